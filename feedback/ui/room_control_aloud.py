"""What is said aloud in a room, typed by the facilitator or a note-taker: a line a remark."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, wait
from hashlib import sha256

import streamlit as st

from feedback.room.desk import desk
from feedback.room.picture import Picture
from feedback.room.receiving import LONGEST, Sent
from feedback.ui.page import Page, report
from feedback.workshop.door import Room

TYPED = "control.aloud"
# A remark takes some 30 ms. What takes longer is stored while the screen goes on.
PATIENCE = 2.0
# Of what could not be stored, as much as tells what it is.
SHOWN = 5

Handed = tuple[Sent, Future[bool]]


def aloud(page: Page, shown: Picture) -> None:
    """Draw the line to type on, and what is not stored yet.

    Parameters
    ----------
    page : Page
    shown : Picture
    """
    t, room = page.t, shown.room
    with st.container(key="control_aloud"):
        st.chat_input(
            t("control.aloud" if room.is_open else "control.aloud_closed"), key=TYPED, disabled=not room.is_open,
            on_submit=_typed, args=(page, room, shown.key),
        )  # fmt: skip
    handed = _handed(room)
    lost = [(sent, error) for sent, done in handed if done.done() and (error := done.exception())]
    if on_its_way := sum(not done.done() for _, done in handed):
        st.caption(t("control.on_its_way", n=on_its_way))
    if not lost:
        return
    with st.container(border=True, gap="xsmall"):
        st.warning(t("control.unsent", n=len(lost)), icon=":material/sync_problem:")
        first = lost[0][1]
        if isinstance(first, Exception):
            report(page, first)
        for sent, _ in lost[:SHOWN]:
            st.text(sent.text)
        with st.container(horizontal=True, gap="small"):
            # By the same nonces: what did arrive is not stored twice.
            st.button(
                t("control.send_again"), key="control.again", type="primary", on_click=_send,
                args=(page, room, [sent for sent, _ in lost]),
            )  # fmt: skip
            st.button(t("control.cancel"), key="control.drop", on_click=_forget, args=(room,))


def _key(room: Room) -> str:
    return f"control.handed.{room.workshop_id}"


def _handed(room: Room) -> list[Handed]:
    """Give what was handed in and is not stored: on its way still, or refused."""
    handed: list[Handed] = st.session_state.get(_key(room), [])
    left = [(sent, done) for sent, done in handed if not done.done() or done.exception()]
    st.session_state[_key(room)] = left
    return left


def _forget(room: Room) -> None:
    st.session_state[_key(room)] = [one for one in _handed(room) if not one[1].done()]


def _typed(page: Page, room: Room, drawn: str) -> None:
    lines = [line.strip() for line in str(st.session_state[TYPED]).splitlines() if line.strip()]
    # A line too long for one remark is several: nothing that was said is cut off.
    parts = [line[at : at + LONGEST] for line in lines for at in range(0, len(line), LONGEST)]
    # Named after the screen it was typed on: where Streamlit calls this twice (see `room_control_data.do`), it is the same remark.
    nonces = [sha256(f"{drawn} {at} {part}".encode()).hexdigest() for at, part in enumerate(parts)]
    _send(page, room, [Sent(part, nonce, room.question) for part, nonce in zip(parts, nonces, strict=True)])


def _send(page: Page, room: Room, said: Sequence[Sent]) -> None:
    """Hand in what was said; what was refused before and is sent again now is not kept twice."""
    again = {sent.nonce for sent in said}
    new = [(sent, desk().send(room.workshop_id, sent)) for sent in said]
    before = [one for one in _handed(room) if one[0].nonce not in again]
    st.session_state[_key(room)] = [*before, *new]
    stored, waiting = wait([done for _, done in new], timeout=PATIENCE)
    if new and not waiting and not any(done.exception() for done in stored):
        st.toast(page.t("control.sent", n=len(new)), icon=":material/check:")
