"""What stands on the beamer in the facilitator's hands: which screen, how far it is turned, whether it stands still; and undo."""

from __future__ import annotations

import textwrap

import streamlit as st

from feedback.room import taking_back
from feedback.room.picture import Picture
from feedback.room.taking_back import Done
from feedback.store.engine import reading
from feedback.store.tables import SCREENS
from feedback.ui.data import database
from feedback.ui.page import Page, escape
from feedback.ui.room_control_data import SCREEN_OF, chosen, do, key, put
from feedback.ui.room_stage_data import drawn
from feedback.workshop.door import Room

# As much of a remark as tells which one it was.
SHORT, NAMED = 28, 120
# Of the session: the last act that was seen here.
SEEN = "control.acted"


def screens(page: Page, shown: Picture) -> None:
    """Draw what the beamer shows, and what was done last.

    Parameters
    ----------
    page : Page
    shown : Picture
    """
    t, room = page.t, shown.room
    proposal = SCREEN_OF.get(room.step)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="control_screens"):
        st.segmented_control(
            t("control.screen"), SCREENS, key=key("screen", room), default=room.screen, required=True, label_visibility="collapsed",
            format_func=lambda one: t(f"control.screen_{one}") + (" ★" if one == proposal else ""),
            help=t("control.screen_help"), on_change=_screen, args=(page, room),
        )  # fmt: skip
        _pages(page, shown)
        newest = int(shown.remarks["remark_id"].max()) if len(shown.remarks) else 0
        st.toggle(
            t("control.freeze"), room.frozen_at is not None, key=key("freeze", room), help=t("control.freeze_help"), on_change=_freeze,
            args=(page, room, newest),
        )  # fmt: skip
        with st.container(key="control_quotes", width="content"):
            st.toggle(t("control.quotes"), room.quotes, key=key("quotes", room), on_change=_quotes, args=(page, room))
        _done(page, shown)


def _pages(page: Page, shown: Picture) -> None:
    """Turn what stands on the beamer, wherever its arrows lead."""
    t, room, there = page.t, shown.room, drawn(page, shown)
    was = {"screen": room.screen, "page": room.page, "focus_id": room.focus_id, "poll_id": room.poll_id}
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content", key="control_pages"):
        st.button(
            t("control.page_back"), key="control.page_back", icon=":material/chevron_left:", disabled=not there.left,
            help=t("control.page_help"), on_click=put, args=(page, room.workshop_id, was), kwargs=there.left,
        )  # fmt: skip
        if there.turned:
            st.text(there.turned, width="content")
        st.button(
            t("control.page_on"), key="control.page_on", icon=":material/chevron_right:", icon_position="right",
            disabled=not there.right, help=t("control.page_help"), on_click=put, args=(page, room.workshop_id, was),
            kwargs=there.right,
        )  # fmt: skip


def _screen(page: Page, room: Room) -> None:
    if (screen := chosen("screen", room, room.screen)) is not None:
        put(page, room.workshop_id, {"screen": room.screen}, screen=screen, focus_id=None)


def _freeze(page: Page, room: Room, newest: int) -> None:
    if (wanted := chosen("freeze", room, room.frozen_at is not None)) is not None:
        put(page, room.workshop_id, {"frozen_at": room.frozen_at}, frozen_at=newest if wanted else None)


def _quotes(page: Page, room: Room) -> None:
    if (quotes := chosen("quotes", room, room.quotes)) is not None:
        put(page, room.workshop_id, {"quotes": room.quotes}, quotes=quotes)


def _done(page: Page, shown: Picture) -> None:
    """Say what was hidden, also by a key of the beamer, and take back or do again what was done last."""
    t, number = page.t, shown.room.workshop_id
    with reading(database()) as session:
        last = taking_back.last(number, session=session)
        again = taking_back.next_again(number, session=session)
    _tell(page, shown, last)
    st.button(
        t("control.undo", act=_named(page, shown, last)) if last else t("control.undo_none"), key="control.undo",
        icon=":material/undo:", disabled=last is None, on_click=_undo, args=(page, number),
    )  # fmt: skip
    if again is not None:
        st.button(
            t("control.redo", act=_named(page, shown, again)), key="control.redo", icon=":material/redo:", on_click=_redo,
            args=(page, number),
        )  # fmt: skip


def _tell(page: Page, shown: Picture, last: Done | None) -> None:
    mark = (shown.room.workshop_id, last.act_id if last else 0)
    before = st.session_state.get(SEEN, mark)
    st.session_state[SEEN] = mark
    if last is None or last.kind != "hidden" or before[0] != mark[0] or before[1] >= mark[1]:
        return
    said = _said(shown, last, NAMED)
    st.toast(page.t("control.hid", text=escape(said)), icon=":material/visibility_off:", duration="long")


def _named(page: Page, shown: Picture, done: Done) -> str:
    """Name an act, and the remark where it was about one."""
    act, said = page.t(f"control.act.{done.kind}"), _said(shown, done, SHORT)
    return page.t("control.act_on", act=act, text=escape(said)) if said and len(done.remark_ids) == 1 else act


def _said(shown: Picture, done: Done, width: int) -> str:
    texts = shown.remarks.loc[shown.remarks["remark_id"].isin(done.remark_ids), "text"]
    return " · ".join(textwrap.shorten(str(text), width, placeholder="…") for text in texts[:2])


def _undo(page: Page, number: int) -> None:
    kind = do(page, taking_back.undo, number)
    if kind is not None:
        st.toast(page.t("control.undone", act=page.t(f"control.act.{kind}")), icon=":material/undo:")


def _redo(page: Page, number: int) -> None:
    kind = do(page, taking_back.redo, number)
    if kind is not None:
        st.toast(page.t("control.redone", act=page.t(f"control.act.{kind}")), icon=":material/redo:")
