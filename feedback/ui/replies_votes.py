"""*Merkt u het?* beside a promise that was done: what sessions voted, and the form for the totals."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from sqlmodel import Session

from feedback.i18n import UserError, day, percent
from feedback.replies import noticed
from feedback.replies.helped import Share
from feedback.replies.states import Subject
from feedback.ui.data import Snapshot, act
from feedback.ui.notice import did
from feedback.ui.page import Page, escape
from feedback.ui.replies_data import as_text, votes

PREFIX = "vote."


def panel_vote(page: Page, data: Snapshot, row: dict[Any, Any]) -> None:
    """Draw what the panel says of a promise that was done; a coordinator writes down what a session voted.

    Parameters
    ----------
    page : Page
    data : Snapshot
    row : dict
        A row of `clock.subjects`, done or opened again.
    """
    t, lang = page.t, page.lang
    subject = Subject(row["kind"], int(row["id"]))
    cast = votes(data)
    cast = cast[(cast[f"{subject.kind}_id"] == subject.id) & (cast["date"] >= row["done_on"])]
    lines = [t("replies.vote_line", session=one["session"], **{name: one[name] for name in noticed.CHOICES})
             for one in cast.to_dict("records")]  # fmt: skip
    said = t("replies.vote_none")
    if len(cast):
        last = {name: int(cast.iloc[-1][name]) for name in noticed.CHOICES}
        said = t(f"replies.vote_{noticed.verdict(**last)}")
        share = Share(last["no"], sum(last.values()))
        low, high = (percent(end, lang) for end in share.interval)
        figure = t(
            "replies.helped_share_is", share=percent(share.value, lang), k=share.k, n=share.n, low=low, high=high
        )
        lines.append(t("replies.vote_no_share", figure=figure))
    st.markdown(f"**{t('replies.noticed')}** {said}")
    if lines:
        st.caption("  \n".join(map(escape, lines)))
    if page.user.may("coordinator"):
        _form(page, data, subject, row, cast)


def _form(page: Page, data: Snapshot, subject: Subject, row: dict[Any, Any], cast: pd.DataFrame) -> None:
    t, at = page.t, f"{PREFIX}{as_text(subject)}."
    with st.popover(t("replies.vote_enter"), key=f"{at}box", icon=":material/how_to_vote:", on_change="rerun") as box:
        if not box.open:
            _forget(at)
            return
        held = data.sessions[(data.sessions["date"] >= row["done_on"]) & ~data.sessions["own"]]
        names = {
            int(one["session_id"]): f"{one['session']}, {day(one['date'], page.lang, short=True)}"
            for one in held.iloc[::-1].to_dict("records")
        }
        if not names:
            st.caption(t("replies.vote_no_session"))
            return
        chosen = st.selectbox(t("filters.session"), list(names), format_func=lambda one: names[one], key=f"{at}session")
        known = cast[cast["session_id"] == chosen]
        there = {name: int(known.iloc[-1][name]) for name in noticed.CHOICES} if len(known) else {}
        # What stood there when the person began, so that nothing is replaced unseen.
        seen_key = f"{at}{chosen}.seen"
        seen = st.session_state.setdefault(seen_key, int(known.iloc[-1]["vote_id"]) if len(known) else None)
        typed = {
            name: int(
                column.number_input(
                    t(f"replies.vote_{name}_n"), 0, 9999, there.get(name, 0), key=f"{at}{chosen}.{name}"
                )
            )
            for name, column in zip(noticed.CHOICES, st.columns(3), strict=True)
        }
        if row["state"] == "done":
            st.caption(t("replies.vote_help"))
            if st.button(t("replies.save"), key=f"{at}save", type="primary", icon=":material/save:"):
                kwargs = {"seen": int(row["reply_id"]), "seen_vote": seen, "seen_key": seen_key}
                made = act(page, _vote, subject, chosen, **typed, **kwargs)
                if made is not None:
                    did(page, t("replies.vote_saved", session=names[chosen]), noticed.take_back, made)
                _shut(at, made)
        else:
            st.caption(t("replies.vote_reopened"))
        if there and st.button(t("replies.vote_undo"), key=f"{at}undo", icon=":material/undo:"):
            undone = act(page, noticed.take_back, int(known.iloc[-1]["vote_id"]))
            if undone is not None:
                did(page, t("services.undid"))
            _shut(at, undone)


def _vote(*args: Any, session: Session, seen_key: str, **values: Any) -> int:
    """Write a vote down; who is told that somebody else was first has seen those totals from then on."""
    try:
        return noticed.vote(*args, session=session, **values)
    except UserError as error:
        if "vote" in error.values:
            st.session_state[seen_key] = error.values["vote"]
        raise


def _shut(at: str, done: int | None) -> None:
    if done is not None:
        _forget(at)
        st.rerun()


def _forget(at: str) -> None:
    for key in [key for key in st.session_state if str(key).startswith(at) and key != f"{at}box"]:
        del st.session_state[key]
