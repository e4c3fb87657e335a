"""The beamer of a workshop: one component that follows the workshop's row, and the keys that move it."""

from __future__ import annotations

import json
import time
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from feedback.charts.palette import CATEGORIES, CATEGORIES_ON_DARK, QUIET, TONES
from feedback.room.picture import Picture
from feedback.store.tables import SCREENS
from feedback.ui import room_control_data
from feedback.ui.page import Page, reporting
from feedback.ui.room_stage_data import drawn
from feedback.ui.room_stage_keys import HELP, press
from feedback.ui.room_stage_parts import Drawn
from feedback.workshop import library

# The room sees a change within 2 s: this wait, a small question to the database, and a run of this part of the page.
POLL = "1s"
# The browser hears at least this often that the server is there, in seconds.
BEAT = 5
# Streamlit would tell the room, in English, to restart it in a terminal; the beamer says it in its own words.
_BARE = "<style>[data-testid='stDialog'] {display: none}</style>"
KEY = "beamer"
SCRIPTS = ("room_stage_dom.js", "room_stage_screens.js", "room_stage.js")
# Of the session: which presses were done, what was last said about one, and the scene on the screen.
_DONE, _NOTICE, _SCENE = "beamer_done", "beamer_notice", "beamer_scene"
COLOURS = {"light": list(CATEGORIES), "dark": list(CATEGORIES_ON_DARK)}
# A vote for more, and one for less; both stand out on light and dark.
_TONES = {look: {"more": TONES["pos"], "less": TONES["neg"], "none": QUIET} for look in COLOURS}


@cache
def _read(*names: str) -> str:
    return "\n".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in names)


@st.fragment(run_every=POLL)
def beamer(page: Page, workshop_id: int) -> None:
    """Draw a room, and again whenever anything in it changes.

    Parameters
    ----------
    page : Page
    workshop_id : int
    """

    def pressed() -> None:
        _press(page, workshop_id)

    st.html(_BARE)
    with reporting(page):
        data = _scene(page, room_control_data.seen(workshop_id))
        data |= {"done": st.session_state.get(_DONE, 0), "beat": int(time.time() // BEAT)}
        show = st.components.v2.component("beamer", css=_read("room_stage.css"), js=_read(*SCRIPTS))
        show(key=KEY, data=data, on_keys_change=pressed, height="content")


def _press(page: Page, workshop_id: int) -> None:
    """Do what was pressed since the last time, once: the browser sends a press again until it hears that it was done."""
    for one in st.session_state[KEY].get("keys") or []:
        if isinstance(one, dict) and one.get("n", 0) > st.session_state.get(_DONE, 0):
            st.session_state[_DONE] = one["n"]
            told = press(page, workshop_id, str(one.get("key", "")), one.get("on"))
            if told:
                st.session_state[_NOTICE] = {"n": one["n"], "text": told}


def _scene(page: Page, seen: Picture) -> dict[str, Any]:
    """Give the scene on the screen; the same one as long as nothing changed."""
    look = "dark" if st.context.theme.type == "dark" else "light"
    notice = st.session_state.get(_NOTICE)
    key = json.dumps([seen.room.workshop_id, seen.key, page.lang, look, notice and notice["n"]])
    held = st.session_state.get(_SCENE)
    if held is None or held["key"] != key:
        held = {
            **scene(page, seen, drawn(page, seen)),
            "key": key,
            "look": look,
            "notice": notice,
            "clock": time.time(),
        }
        st.session_state[_SCENE] = held
    return dict(held)


def scene(page: Page, seen: Picture, shown: Drawn) -> dict[str, Any]:
    """Give all that stands on the screen, as plain values.

    Parameters
    ----------
    page : Page
    seen : Picture
        Of all remarks.
    shown : Drawn

    Returns
    -------
    dict
        lang, view, marked, held (whether the mark stays on its remark), turned, note; asked (the question), rehearsal, frozen ("" or the
        words of a mark), corner (address and code, or None), timer (step, ends in seconds since 1970, lasts in seconds, words; or None),
        help, lost (what to say when the server is away), colours, tones.
    """
    t, room = page.t, seen.room
    frozen = t("room.frozen") if room.frozen_at is not None else ""
    if frozen and (newer := int((seen.remarks["remark_id"] > room.frozen_at).sum())):
        frozen += f" · {t('room.newer', n=newer)}"
    return {
        "lang": page.lang, "view": shown.view, "marked": shown.marked, "held": room.page != 0,
        "turned": shown.turned, "note": shown.note, "aside": shown.aside,
        "asked": library.in_language(room.asked, page.lang), "rehearsal": t("room.rehearsal") if room.is_rehearsal else "", "frozen": frozen,
        "corner": _corner(seen), "timer": _timer(page, seen), "help": _help(page), "lost": t("room.lost"),
        "colours": COLOURS, "tones": _TONES,
    }  # fmt: skip


def _corner(seen: Picture) -> dict[str, str] | None:
    room = seen.room
    if room.code is None or room.screen in ("join", "promises"):
        return None
    return {"address": room_control_data.joining(room.code).short, "code": room.code}


def _timer(page: Page, seen: Picture) -> dict[str, Any] | None:
    room, lasts = seen.room, dict(seen.room.steps).get(seen.room.step, 0) * 60
    if not room.is_open or room.step_at is None or not lasts:
        return None
    t = page.t
    ends = room.step_at.timestamp() + lasts
    # The browser counts, and puts the number of minutes in.
    left = t("room.left", minutes="{n}")
    return {"step": t(f"control.step_{room.step}"), "ends": ends, "lasts": lasts, "left": left, "over": t("room.over")}


def _help(page: Page) -> dict[str, Any]:
    t = page.t
    names = {str(at): t(f"control.screen_{screen}") for at, screen in enumerate(SCREENS, start=1)}
    keys = [[key, names.get(sent) or t(f"room.key_{'help' if sent == '?' else sent}"), sent] for key, sent in HELP]
    return {"title": t("room.keys"), "keys": keys}
