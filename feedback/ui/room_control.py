"""The control screen of a room: what a facilitator needs at hand while people talk."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from feedback.i18n import UserError
from feedback.room import rehearsal
from feedback.room.desk import desk
from feedback.room.picture import Picture
from feedback.ui import (
    room_control_aloud,
    room_control_data,
    room_control_decide,
    room_control_queue,
    room_control_screens,
    room_control_themes,
    room_control_votes,
    url,
)
from feedback.ui.data import database
from feedback.ui.page import Page, escape, report, reporting
from feedback.ui.room_control_data import PANEL, chosen, do, go_to, key, put
from feedback.ui.room_plan import PLAN, WORKSHOP, state_of
from feedback.workshop import door, library
from feedback.workshop.door import Room

PANELS = ("themes", "votes", "decisions", "end")
POLL = "1s"

# All that is wanted at once fits a laptop beside the beamer; the two lists below scroll by themselves.
_LOOK = """<style>
[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"] {display: none}
[data-testid="stMainBlockContainer"] {max-width: none; padding: 3.9rem 1.5rem 1rem}
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] {gap: .6rem}
.st-key-control_code [data-testid="stText"] {font-size: 2rem; font-weight: 700; letter-spacing: .12em; line-height: 1.1}
.st-key-control_clock [data-testid="stText"] {font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums}
.st-key-control_top h2, .st-key-control_top h3 {padding: 0}
.st-key-control_queue [data-testid="stHorizontalBlock"] {padding: .4rem .75rem}
:is(.st-key-control-undo, .st-key-control-redo) button {max-width: 14.5rem}
:is(.st-key-control-undo, .st-key-control-redo) button :is(p, div:has(> p), span:has(p)) {
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap}
@media (min-width: 900px) {
  .st-key-control_queue, .st-key-control_panel {
    max-height: calc(100vh - 24.5rem); min-height: 20rem; overflow-y: auto; padding-right: .5rem; flex-wrap: nowrap}
}
@media (max-width: 640px) {
  [data-testid="stHeader"] {display: none}
  [data-testid="stMainBlockContainer"] {padding: .75rem .75rem 1rem}
  .st-key-control_doors {gap: .4rem}
  .st-key-control_doors :is(button, a) {padding: .1rem .55rem}
  .st-key-control_doors :is(span, div):has(> span > [data-testid="stIconMaterial"]:only-child):not(:has(p)),
  .st-key-control_doors span:has(> [data-testid="stIconMaterial"]) {display: none}
  .st-key-control_clock {flex: 1; text-align: right}
  .st-key-control_top {row-gap: .25rem}
  .st-key-control_view [role="radiogroup"] {width: 100%}
  .st-key-control-undo:has(button:disabled) {display: none}
  .st-key-control_queue [data-testid="stHorizontalBlock"] {flex-wrap: wrap; row-gap: .25rem}
  .st-key-control_queue [data-testid="stElementContainer"]:has(> [data-testid="stMarkdown"]) {flex: 1 0 100%}
}
@media (min-width: 641px) {.st-key-control_view {display: none}}
</style>"""
# A phone shows one of them at a time, and beside it what is wanted at once: the next step, the screen, what was said aloud.
_REMARKS = '[data-testid="stColumn"]:has(.st-key-control_queue)'
_TOOLS = '[data-testid="stColumn"]:has(.st-key-control_panel)'
_REST = ".st-key-control_doors, .st-key-control_steps [data-testid='stElementContainer']:not(.st-key-control-next), .st-key-control_quotes"
_AWAY = {"remarks": f"{_TOOLS}, {_REST}", "tools": f"{_REMARKS}, {_REST}", "rest": f"{_REMARKS}, {_TOOLS}"}
VIEW = "control.view"


def control(page: Page, workshop_id: int) -> None:
    """Draw the control screen.

    Parameters
    ----------
    page : Page
    workshop_id : int
    """
    try:
        shown = room_control_data.seen(workshop_id)
    except UserError as error:
        report(page, error)
        st.button(page.t("control.back"), key="control.back", on_click=_leave)
        return
    st.html(_LOOK)
    _top(page, shown)
    _steps(page, shown.room)
    room_control_screens.screens(page, shown)
    room_control_aloud.aloud(page, shown)
    with st.container(key="control_view"):
        view = st.segmented_control(
            page.t("control.view"), tuple(_AWAY), key=VIEW, default="remarks", required=True, label_visibility="collapsed",
            format_func=lambda one: page.t(f"control.view_{one}"),
        )  # fmt: skip
    st.html(f"<style>@media (max-width: 640px) {{{_AWAY[view]} {{display: none}}}}</style>")
    left, right = st.columns([11, 9], gap="medium")
    with left:
        room_control_queue.queue(page, shown)
    with right:
        room = shown.room
        st.session_state.setdefault(PANEL, room_control_data.PANEL_OF[room.step])
        panel = st.segmented_control(
            page.t("control.panel"), PANELS, key=PANEL, required=True, label_visibility="collapsed",
            format_func=lambda one: page.t(f"control.panel_{one}"),
        )  # fmt: skip
        with st.container(key="control_panel", gap="small"):
            if panel == "themes":
                room_control_themes.themes(page, shown)
            elif panel == "votes":
                room_control_votes.votes(page, shown)
            elif panel == "decisions":
                room_control_decide.decisions(page, shown)
            else:
                _end(page, room)


def _leave() -> None:
    url.put(WORKSHOP, None)
    st.session_state.pop(PANEL, None)


def _top(page: Page, shown: Picture) -> None:
    t, room = page.t, shown.room
    number = room.workshop_id
    state, colour = state_of(room.code, room.opened_at, room.is_rehearsal)
    with st.container(
        key="control_top", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):
        with st.container(gap="xxsmall", width=430):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.subheader(escape(room.name), anchor=False, width="content")
                st.badge(t(f"control.state_{state}"), color=colour)  # type: ignore[arg-type]
                if room.is_example:
                    st.badge(t("page.example"), color="orange")
            size = [t("control.phones", n=shown.joined), t("remarks.count", n=len(shown.remarks))]
            st.caption(escape(" · ".join(size)))
        if room.code:
            where = room_control_data.joining(room.code)
            with st.container(gap="xxsmall", width="content", key="control_code"):
                st.text(room.code, width="content")
                if where.is_local:
                    with st.popover(t("control.local_short"), type="tertiary", icon=":material/wifi_off:"):
                        st.warning(t("control.local"))
                else:
                    st.caption(escape(where.short), width="content")
        with st.container(key="control_clock", width="content"):
            _follow(page, number, shown.key, room.step_at if room.is_open else None, dict(room.steps).get(room.step, 0))
        with st.container(
            key="control_doors", horizontal=True, gap="small", width="content", vertical_alignment="center"
        ):
            _doors(page, room)
            st.link_button(
                t("control.beamer"), f"zaal?w={number}&lang={page.lang}", icon=":material/cast:",
                help=t("control.beamer_help"),
            )  # fmt: skip
            if room.opened_at is not None:
                _report(page, number)
            st.menu_button(
                t("control.more"), ("edit", "list"), key="control.more", type="tertiary", on_click=_elsewhere,
                args=(number,), format_func=lambda one: t("control.edit" if one == "edit" else "control.back"),
            )  # fmt: skip


def _elsewhere(number: int) -> None:
    if st.session_state["control.more"] == "edit":
        url.put(PLAN, str(number))
    else:
        _leave()


def _doors(page: Page, room: Room) -> None:
    """Draw what opens and closes the room."""
    t, number = page.t, room.workshop_id
    # Also one whose code went by itself: what it left behind goes before the room is opened for real.
    if room.is_rehearsal:
        if st.button(t("control.stop_rehearsal"), key="control.stop", type="primary", icon=":material/stop_circle:"):
            with reporting(page):
                rehearsal.stop(number, engine=database(), actor=page.user.name)
                st.session_state.pop(PANEL, None)
                st.rerun()
    elif room.is_open:
        # Opened again, a room has another code, and everybody would have to type it: no click by accident.
        with st.popover(t("control.close"), icon=":material/lock:", key="control.closing"):
            st.caption(t("control.close_about"))
            st.button(
                t("control.close"), key="control.close", type="primary", on_click=do,
                args=(page, door.close_room, number),
            )  # fmt: skip
    else:
        st.button(
            t("control.open" if room.opened_at is None else "control.reopen"), key="control.open", type="primary",
            icon=":material/door_open:", on_click=_open, args=(page, room),
        )  # fmt: skip
        if room.opened_at is None and st.button(
            t("control.rehearse"), key="control.rehearse", icon=":material/theater_comedy:",
            help=t("control.rehearse_help"),
        ):  # fmt: skip
            with reporting(page):
                rehearsal.start(number, engine=database(), actor=page.user.name, language=page.lang)
                st.rerun()


def _open(page: Page, room: Room) -> None:
    """Open the room, and let the beamer say how to join."""
    if do(page, door.open_room, room.workshop_id) is None:
        return
    desk().warm(room.workshop_id)
    if room.opened_at is None:
        put(page, room.workshop_id, screen="join")


@st.fragment(run_every=POLL)
def _follow(page: Page, workshop_id: int, drawn: str, since: dt.datetime | None, minutes: int) -> None:
    """Draw the screen anew as soon as anything changed, and count the minutes of the step down meanwhile.

    Nothing that a person types stands in here: what is typed elsewhere stays through a new drawing.
    """
    if room_control_data.stamp(workshop_id) != drawn:
        st.rerun()
    if since is None:
        st.text("–")
        return
    left = minutes * 60 - int((dt.datetime.now(dt.UTC) - since).total_seconds())
    clock = f"{abs(left) // 60}:{abs(left) % 60:02d}"
    st.text(page.t("control.left" if left >= 0 else "control.over", clock=clock))


def _steps(page: Page, room: Room) -> None:
    t, number = page.t, room.workshop_id
    steps = dict(room.steps)
    names = list(steps)
    at = names.index(room.step) if room.step in steps else 0
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="control_steps"):
        st.segmented_control(
            t("control.step"), names, key=key("step", room), default=names[at], required=True, label_visibility="collapsed",
            format_func=lambda one: f"{names.index(one) + 1}. {t(f'control.step_{one}')} · {steps[one]}′",
            on_change=_step, args=(page, room),
        )  # fmt: skip
        if at + 1 < len(names):
            st.button(
                t("control.next", step=t(f"control.step_{names[at + 1]}")), key="control.next", type="primary",
                icon=":material/arrow_forward:", on_click=go_to, args=(page, number, names[at + 1], room.step),
            )  # fmt: skip
        if len(room.questions) > 1:
            st.selectbox(
                t("control.asked"), range(len(room.questions)), room.question, key=key("question", room), width=420,
                label_visibility="collapsed", format_func=lambda one: f"{one + 1}. {library.in_language(room.questions[one], page.lang)}",
                on_change=_question, args=(page, room),
            )  # fmt: skip
        else:
            st.caption(escape(library.in_language(room.asked, page.lang)), width="content")


def _step(page: Page, room: Room) -> None:
    if (step := chosen("step", room, room.step)) is not None:
        go_to(page, room.workshop_id, step, room.step)


def _question(page: Page, room: Room) -> None:
    if (question := chosen("question", room, room.question)) is not None:
        put(page, room.workshop_id, {"question": room.question}, question=question)


def _end(page: Page, room: Room) -> None:
    t, number = page.t, room.workshop_id
    st.caption(t("control.end_about"))
    with st.container(horizontal=True, gap="small"):
        if room.is_open and not room.is_rehearsal:
            st.button(
                t("control.close"), key="control.close_end", type="primary", icon=":material/lock:", on_click=do,
                args=(page, door.close_room, number),
            )  # fmt: skip
        st.button(
            t("control.to_promises"), key="control.to_promises", icon=":material/handshake:", on_click=put,
            args=(page, number), kwargs={"screen": "promises"},
        )  # fmt: skip
        _report(page, number)


def _report(page: Page, number: int) -> None:
    st.link_button(page.t("control.report"), f"verslag?w={number}&lang={page.lang}", icon=":material/description:")
