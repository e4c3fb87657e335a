"""What a person brings to the upload page: files, a zip of files, or a text; taken one after the other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import streamlit as st

from feedback.i18n import UserError
from feedback.intake.archive import unpack
from feedback.settings import settings
from feedback.ui.page import Page, escape

TURN, READ, HELD, CHOSEN = "upload.turn", "upload.read", "upload.held", "upload.chosen"
HAND, CHANGED, FINISHED = "upload.hand", "upload.changed", "upload.finished"
PIECES, SECRETS, TWICE = "upload.pieces", "upload.secrets", "upload.twice"
UNPACKED, HANDLED, REFUSED = "upload.unpacked", "upload.handled", "upload.refused"
# What is kept of the file on the page; some of it is not masked.
ABOUT_ONE = (READ, HELD, CHOSEN, HAND, CHANGED, FINISHED, PIECES, SECRETS, TWICE)
# Streamlit writes its own limit here, in English; ours stands above it.
QUIET = '<style>[data-testid="stFileUploaderDropzoneInstructions"] {display: none}</style>'


@dataclass(frozen=True)
class Incoming:
    """A file, or a pasted text, as a person brought it.

    Attributes
    ----------
    filename : str
    data : bytes
    key : str
        Names its content; part of the keys of widgets about it.
    pasted : bool
    """

    filename: str
    data: bytes
    key: str
    pasted: bool = False


def choose(page: Page) -> list[Incoming]:
    """Ask for files or a text.

    Parameters
    ----------
    page : Page

    Returns
    -------
    list of Incoming
        What still waits to be looked at, in order.
    """
    t, turn, limit = page.t, st.session_state.get(TURN, 0), settings().max_upload_mb
    ways = {way: t(f"upload.way_{way}") for way in ("file", "text")}
    way = st.segmented_control(t("upload.way"), list(ways), key="upload.way", required=True, default="file",
                               format_func=ways.__getitem__, label_visibility="collapsed")  # fmt: skip
    if way == "text":
        text = st.text_area(
            t("upload.paste"), key=f"upload.paste.{turn}", height=200, placeholder=t("upload.paste_hint")
        )
        st.button(t("upload.paste_read"), key="upload.paste_read")
        return [_incoming(t("upload.pasted_name"), text.encode(), pasted=True)] if text.strip() else []
    st.html(QUIET)
    st.markdown(f"**{escape(t('upload.drop', mb=limit))}**")
    # A larger file comes in and is refused by us, in the reader's language.
    files = st.file_uploader(t("upload.drop", mb=limit), key=f"upload.file.{turn}", max_upload_size=3 * limit,
                             accept_multiple_files=True, label_visibility="collapsed")  # fmt: skip
    st.caption(t("upload.kinds"))
    return _waiting(page, files) if files else []


def _waiting(page: Page, files: list[Any]) -> list[Incoming]:
    """Give the files that were not stored or put aside yet; tell which could not be opened."""
    held = st.session_state.get(UNPACKED)
    named = tuple(file.file_id for file in files)
    if not held or held[0] != named:
        found: list[Incoming] = []
        refused: list[UserError] = []
        for file in files:
            try:
                parts = unpack(file.name, file.getvalue(), max_mb=settings().max_upload_mb)
                found += [_incoming(name, data) for name, data in parts]
            except UserError as error:
                refused.append(error)
        held = st.session_state[UNPACKED] = named, found, refused
    for refusal in held[2]:
        st.error(escape(refusal.message(page.lang)))
    handled = st.session_state.get(HANDLED, set())
    return [one for one in held[1] if one.key not in handled]


def queue(page: Page, waiting: list[Incoming], now: Incoming) -> None:
    """Tell which of several files this is, and let a person skip it.

    Parameters
    ----------
    page : Page
    waiting : list of Incoming
        See `choose`.
    now : Incoming
        The one on the page.
    """
    held = st.session_state.get(UNPACKED)
    if now.pasted or not held or len(held[1]) < 2:
        return
    after = waiting[waiting.index(now) + 1 :]
    names = ", ".join(one.filename for one in after) or page.t("upload.queue_last")
    line = page.t("upload.queue", n=held[1].index(now) + 1, total=len(held[1]), file=now.filename, names=names)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(escape(line), width="stretch")
        st.button(page.t("upload.skip"), key="upload.skip", on_click=put_aside, args=(now,))


def _incoming(filename: str, data: bytes, *, pasted: bool = False) -> Incoming:
    return Incoming(filename, data, hashlib.sha256(filename.encode() + data).hexdigest()[:12], pasted)


def put_aside(incoming: Incoming) -> None:
    """Be done with one file; the next of several comes up."""
    handled = st.session_state.setdefault(HANDLED, set())
    handled.add(incoming.key)
    held, refused = st.session_state.get(UNPACKED), st.session_state.get(REFUSED, {})
    if incoming.pasted or not held or all(one.key in handled or one.key in refused for one in held[1]):
        forget()
    for key in ABOUT_ONE:
        st.session_state.pop(key, None)


def forget() -> None:
    """Put all files away: their widgets, and what was read from them (which is not masked yet)."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    for key in (*ABOUT_ONE, HANDLED, REFUSED, UNPACKED):
        st.session_state.pop(key, None)
