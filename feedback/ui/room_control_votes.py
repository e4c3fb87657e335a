"""The votes of a room: open one, see how many voted, show what came of it."""

from __future__ import annotations

import streamlit as st

from feedback.i18n import number
from feedback.room import deciding
from feedback.room.picture import Picture
from feedback.room.results import Result, results
from feedback.settings import settings
from feedback.store.engine import reading
from feedback.store.tables import POLL_KINDS
from feedback.ui.data import database
from feedback.ui.page import Page, escape
from feedback.ui.room_control_choice import alike, options
from feedback.ui.room_control_data import do, put
from feedback.ui.sheet import sheet
from feedback.workshop import polls
from feedback.workshop.polls import MOST_DOTS, MOST_OPTIONS, Vote

MOST_ALIKE = 3
KIND, DOTS = "vote.kind", "vote.dots"


def votes(page: Page, shown: Picture) -> None:
    """Draw the vote on the screen, the form for another, and those before it.

    Parameters
    ----------
    page : Page
    shown : Picture
    """
    t, room = page.t, shown.room
    with reading(database()) as session:
        known = polls.votes(room.workshop_id, session=session)
    now = next((one for one in known if one.poll_id == room.poll_id), None)
    if now is not None:
        _now(page, shown, now)
    if room.is_open and (now is None or not now.is_open):
        with st.container(key="control_vote_form"):
            _form(page, shown)
    elif not room.is_open and not known:
        st.caption(t("control.vote_closed"))
    earlier = [one for one in reversed(known) if one is not now]
    if earlier:
        st.markdown(f"**{t('control.vote_earlier')}**")
    for one in earlier:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.caption(f"{t(f'control.vote_{one.kind}')} · {_state(page, one)}", width="content")
            st.button(
                t("control.vote_back"), key=f"vote.back.{one.poll_id}", type="tertiary", on_click=put,
                args=(page, room.workshop_id), kwargs={"screen": "vote", "poll_id": one.poll_id},
            )  # fmt: skip


def _state(page: Page, vote: Vote) -> str:
    state = "open" if vote.is_open else ("shown" if vote.is_shown else "closed")
    return page.t(f"control.vote_is_{state}") + (f" · {page.t('control.vote_kept')}" if vote.is_kept else "")


def _now(page: Page, shown: Picture, vote: Vote) -> None:
    t = page.t
    with st.container(border=True, gap="small", key="control_vote"):
        st.markdown(f"**{t(f'control.vote_{vote.kind}')}** · {_state(page, vote)}")
        st.progress(
            min(shown.voted / shown.joined, 1.0) if shown.joined else 0.0,
            t("control.voted", n=shown.voted, joined=shown.joined),
        )
        with st.container(horizontal=True, gap="small"):
            if vote.is_open:
                st.button(
                    t("control.vote_close"), key="vote.close", type="primary", on_click=do,
                    args=(page, polls.close_poll, vote.poll_id),
                )  # fmt: skip
            if not vote.is_shown:
                st.button(
                    t("control.vote_show"), key="vote.show", icon=":material/visibility:",
                    type="secondary" if vote.is_open else "primary", on_click=_show,
                    args=(page, shown.room.workshop_id, vote.poll_id),
                )  # fmt: skip
            else:
                st.button(
                    t("control.vote_hide"), key="vote.hide", icon=":material/visibility_off:", on_click=do,
                    args=(page, polls.show_poll, vote.poll_id, False),
                )  # fmt: skip
            if not vote.is_open and not vote.is_kept and shown.room.is_open:
                st.button(
                    t("control.vote_reopen"), key="vote.reopen", on_click=do,
                    args=(page, polls.reopen_poll, vote.poll_id),
                )  # fmt: skip
            if vote.kind in deciding.KEPT_KINDS and not vote.is_open and not vote.is_kept:
                st.button(
                    t("control.vote_keep"), key="vote.keep", icon=":material/library_add_check:",
                    help=t("control.vote_keep_help", threshold=settings().group_threshold), on_click=_keep,
                    args=(page, vote.poll_id),
                )  # fmt: skip
        if vote.is_shown:
            with reading(database()) as session:
                found = results(vote.poll_id, threshold=settings().group_threshold, session=session)
            _result(page, found)


def _show(page: Page, workshop_id: int, poll_id: int) -> None:
    """Show a result, on the beamer too."""
    if do(page, _shown, poll_id):
        put(page, workshop_id, screen="vote", poll_id=poll_id)


def _shown(poll_id: int, *, session: object, actor: str) -> bool:
    polls.show_poll(poll_id, session=session, actor=actor)  # type: ignore[arg-type]
    return True


def _keep(page: Page, poll_id: int) -> None:
    n = do(page, deciding.keep, poll_id)
    if n is not None:
        st.toast(page.t("control.vote_kept_n", n=n), icon=":material/check:")


def _result(page: Page, found: Result) -> None:
    t, lang = page.t, page.lang
    if found.is_hidden:
        st.caption(t("control.vote_hidden", threshold=settings().group_threshold))
        return
    kind = found.vote.kind
    columns, lines = ["control.vote_option"], []
    columns += {
        "worth": ["control.vote_more", "control.vote_same", "control.vote_less"],
        "impact": ["control.vote_mean", "control.vote_people"],
        "heard": ["control.vote_mean", "control.vote_people"],
    }.get(kind, ["control.vote_dots"])
    for row in found.rows.to_dict("records"):
        name = row[f"name_{lang}"] or t("control.vote_heard")
        figures = {
            "worth": [number(row[one], lang) for one in ("more", "keep", "less")],
            "impact": [number(row["mean"], lang, 1), number(row["n"], lang)],
            "heard": [number(row["mean"], lang, 1), number(row["n"], lang)],
        }.get(kind, [number(row["total"], lang)])
        lines.append([name, *figures])
    sheet([t(column) for column in columns], lines)


def _form(page: Page, shown: Picture) -> None:
    """Let a facilitator say what to vote on."""
    t = page.t
    kind = st.segmented_control(
        t("control.vote_on"), POLL_KINDS, key=KIND, default=POLL_KINDS[0], required=True,
        format_func=lambda one: t(f"control.vote_{one}"),
    )  # fmt: skip
    names, first = options(page.lang, kind, shown)
    chosen: list[str] = []
    if kind != "heard":
        if not names:
            st.caption(t(f"control.vote_nothing_{kind}"))
            return
        key, proposed = f"vote.options.{kind}", f"vote.first.{kind}"
        # What nobody changed follows what the room says.
        if st.session_state.get(key) in (None, st.session_state.get(proposed)):
            st.session_state[key] = first
        st.session_state[proposed] = first
        chosen = st.multiselect(
            t("control.vote_options"), list(names), key=key, format_func=names.__getitem__, max_selections=MOST_OPTIONS,
            placeholder=t("control.choose"),
        )  # fmt: skip
        for one, other in alike(kind, shown, chosen, names)[:MOST_ALIKE]:
            told = t("control.vote_alike", one=escape(names[one]), other=escape(names[other]))
            st.caption(f":material/join_inner: {told}")
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        dots = 3
        if kind.startswith("dots"):
            dots = int(st.number_input(t("control.vote_dots_each"), 1, MOST_DOTS, 3, key=DOTS, width=160))
        st.button(
            t("control.vote_open"), key="vote.open", type="primary", icon=":material/how_to_vote:", on_click=do,
            disabled=kind != "heard" and not chosen, args=(page, polls.open_poll, shown.room.workshop_id, kind, chosen), kwargs={"dots": dots},
        )  # fmt: skip
