"""One answer over the page: where it stands, the form to answer, and every earlier version."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st
from sqlmodel import Session

from feedback.i18n import UserError, day
from feedback.replies import acts
from feedback.replies.states import MOVES, NEEDS, OPEN, REASONS, REOPENED, Subject
from feedback.store.engine import reading
from feedback.ui import url
from feedback.ui.data import Snapshot, act, database
from feedback.ui.notice import did
from feedback.ui.page import Page, escape, who
from feedback.ui.replies import ANSWER, COLOURS, answer_lines
from feedback.ui.replies_check import check, personal
from feedback.ui.replies_data import as_text

# The reply that a person looked at when they began: {"subject": "thema-12", "reply": 3}.
SEEN, PREFIX = "replies.seen", "reply."


def leave() -> None:
    """Forget which answer was open, and what was typed."""
    url.put(ANSWER, None)
    for key in [key for key in st.session_state if key == SEEN or str(key).startswith(PREFIX)]:
        del st.session_state[key]


def answer_dialog(page: Page, data: Snapshot, row: pd.Series) -> None:
    """Open the answer of a theme or idea; a coordinator can give one.

    Parameters
    ----------
    page : Page
    data : Snapshot
    row : Series
        A row of `clock.subjects`.
    """
    t, lang = page.t, page.lang
    subject = Subject(row["kind"], int(row["id"]))
    known = None if pd.isna(row["reply_id"]) else int(row["reply_id"])
    if st.session_state.get(SEEN, {}).get("subject") != as_text(subject):
        st.session_state[SEEN] = {"subject": as_text(subject), "reply": known}

    @st.dialog(escape(row[f"name_{lang}"]), width="large", on_dismiss=leave)
    def show() -> None:
        facts = [t(f"replies.kind_{row['kind']}"), data.area_names(lang).get(row["area"], "")]
        if row["remarks"]:
            facts += [t("people.count", n=int(row["people"])), t("remarks.count", n=int(row["remarks"]))]
        if pd.notna(row["days"]):
            since = "since" if row["remarks"] else "refused"
            on = row["since"]
            if pd.notna(row["reopened_on"]):
                since, on = "reopened", row["reopened_on"]
            facts.append(t(f"replies.{since}_is", date=day(on, lang), n=int(row["days"])))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.caption(escape(" · ".join(fact for fact in facts if fact)), width="stretch")
            if st.button(
                t(f"replies.open_{row['kind']}"), key="reply.open", type="tertiary", icon=":material/arrow_forward:"
            ):
                _open(row)
        if known is not None:
            with st.container(border=True, gap="xxsmall"):
                answer_lines(page, row)
        if page.user.may("coordinator"):
            _form(page, subject, row)
        _past(page, subject)

    show()


def _open(row: pd.Series) -> None:
    leave()
    if row["kind"] == "theme":
        url.go("pages/themes.py", thema=str(row["key"]))
    url.go("pages/savings.py", idee=str(row["id"]))


def _form(page: Page, subject: Subject, row: pd.Series) -> None:
    t, state = page.t, str(row["state"])
    at = f"{PREFIX}{as_text(subject)}"
    kind = st.segmented_control(
        t("replies.say"), MOVES[state], key=f"{at}.kind", format_func=lambda one: t(f"replies.say_{one}"),
        default=None if state == OPEN else state, help=t("replies.say_help"),
    )  # fmt: skip
    if kind is None:
        return
    # A better sentence starts from the one there is; what was promised is what was done.
    again = kind == state or kind == "done"
    key, values = f"{at}.{kind}", dict[str, Any](kind=kind)
    if "reason" in NEEDS[kind]:
        reasons = list(REASONS)
        values["reason"] = st.selectbox(
            t("replies.reason"), reasons, key=f"{key}.reason", placeholder=t("replies.choose"),
            index=reasons.index(row["reason"]) if again and row["reason"] in reasons else None,
            format_func=lambda one: t(f"replies.reason_{one}"),
        ) or ""  # fmt: skip
    values["text"] = st.text_area(
        t(f"replies.text_{kind}"), row["text"] if again else "", key=f"{key}.text", height=96, max_chars=acts.LONGEST,
        placeholder=t(f"replies.example_{kind}"),
    )  # fmt: skip
    left, middle, right = st.columns(3)
    known = row["due_on"].date() if kind == state and pd.notna(row["due_on"]) else None
    if kind == "done" and known is None:
        known = dt.date.today()
    values["due_on"] = left.date_input(t(f"replies.due_{kind}"), known, key=f"{key}.due", format="DD-MM-YYYY")
    values["owner"] = middle.text_input(t("replies.owner"), row["owner"], key=f"{key}.owner", max_chars=200)
    values["answered_on"] = right.date_input(
        t("replies.told_on"),
        "today",
        key=f"{key}.told",
        format="DD-MM-YYYY",
        max_value="today",
        help=t("replies.told_help"),
    )
    check(page, values["text"], values["due_on"], promise=kind in ("change", "study"))
    values["keep"], looked = personal(page, key, values["text"], values["owner"], str(row["text"]))
    seen = st.session_state[SEEN]["reply"]
    with st.container(horizontal=True, gap="small"):
        if st.button(t("replies.save"), key=f"{key}.save", type="primary", icon=":material/save:"):
            if looked:
                made = act(page, _answer, subject, seen=seen, **values)
                if made is not None:
                    said = t("replies.saved", name=str(row[f"name_{page.lang}"]), state=t(f"replies.state_{kind}"))
                    did(page, said, acts.undo, subject, seen=made)
                _shut(made)
            else:
                st.warning(t("replies.look_first"))
        if seen is not None and st.button(
            t("replies.undo"), key=f"{at}.undo", icon=":material/undo:", help=t("replies.undo_help")
        ):
            undone = act(page, acts.undo, subject, seen=seen)
            if undone is not None:
                did(page, t("services.undid"))
            _shut(undone)


def _answer(subject: Subject, *, kind: str, session: Session, **values: Any) -> int:
    """Answer; who is told that somebody else was first has seen that text from then on."""
    try:
        return acts.answer(subject, kind, session=session, **values)
    except UserError as error:
        if "reply" in error.values:
            st.session_state[SEEN] = {"subject": as_text(subject), "reply": error.values["reply"]}
        raise


def _shut(done: int | None) -> None:
    if done is not None:
        leave()
        st.rerun()


def _past(page: Page, subject: Subject) -> None:
    """List every version, newest first."""
    t, lang = page.t, page.lang
    box = st.expander(t("replies.past"), key="reply.past", on_change="rerun", icon=":material/history:")
    if not box.open:
        return
    with box:
        with reading(database()) as session:
            told = acts.versions(subject, session=session)
        if told.empty:
            st.caption(t("replies.past_none"))
        for row in told.to_dict("records"):
            with st.container(gap="xxsmall"):
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    if row["reply"] == REOPENED:
                        st.badge(t("replies.reopened"), color="red")
                    else:
                        st.badge(t(f"replies.state_{row['reply']}"), color=COLOURS[row["reply"]])
                    if row["undone"]:
                        st.badge(t("replies.undone"), color="gray")
                    facts = [
                        t(
                            "replies.past_line",
                            who=who(page, row["actor"]),
                            when=day(row["created_at"], lang, short=True),
                        )
                    ]
                    if row["due_on"]:
                        facts.append(t(f"replies.date_{row['reply']}", date=day(row["due_on"], lang)))
                    if row["reason"]:
                        facts.append(t("replies.reason_is", reason=t(f"replies.reason_{row['reason']}")))
                    st.caption(escape(" · ".join(facts)))
                if row["text"]:
                    line = escape(row["text"])
                    st.markdown(f"~~{line}~~" if row["undone"] else line)
