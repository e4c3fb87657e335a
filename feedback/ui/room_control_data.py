"""A room as its control screen sees it, and the acts on it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import streamlit as st
from sqlmodel import Session

from feedback.room import picture, regrouping
from feedback.room.picture import Picture
from feedback.room.regrouping import Proposed
from feedback.settings import settings
from feedback.store.engine import reading
from feedback.ui.data import act, database
from feedback.ui.page import Page
from feedback.workshop import address, door
from feedback.workshop.address import Joining
from feedback.workshop.door import Room

# What each step is for, on the beamer and beside it.
SCREEN_OF = {"collect": "wall", "theme": "themes", "weigh": "vote", "decide": "promises", "close": "promises"}
PANEL_OF = {"collect": "themes", "theme": "themes", "weigh": "votes", "decide": "decisions", "close": "end"}
PANEL = "control.panel"
# The last act and when it was asked for; in seconds, how soon after it the same one is no second click.
LAST, TWICE = "control.last", 1.0

R = TypeVar("R")


def stamp(workshop_id: int) -> str:
    """Name the present state of a room; see `room.picture.stamp`."""
    with reading(database()) as session:
        return picture.stamp(workshop_id, session=session)


def seen(workshop_id: int) -> Picture:
    """Read a room, once for each state of it. Read-only.

    Raises
    ------
    UserError
        When there is no such workshop.
    """
    return _picture(settings().database_url, workshop_id, stamp(workshop_id))


@st.cache_resource(max_entries=8, show_spinner=False)
def _picture(url: str, workshop_id: int, key: str) -> Picture:
    with reading(database()) as session:
        return picture.picture(workshop_id, session=session)


def proposed(shown: Picture) -> Proposed | None:
    """Read the fresh look that waits for the facilitator. Read-only."""
    return _proposed(settings().database_url, shown.room.workshop_id, shown.key)


@st.cache_resource(max_entries=8, show_spinner=False)
def _proposed(url: str, workshop_id: int, key: str) -> Proposed | None:
    with reading(database()) as session:
        return regrouping.waiting(workshop_id, session=session)


@st.cache_data(ttl=20, max_entries=16, show_spinner=False)
def joining(code: str) -> Joining:
    """Give the address that phones use, as it is now: a laptop changes networks."""
    return address.joining(code, st.get_option("server.address"), int(st.get_option("server.port")))


def put(page: Page, workshop_id: int, was: Mapping[str, Any] | None = None, /, **where: Any) -> None:
    """Move the screens of a room; for a callback. `was`: see `workshop.door.put`."""
    _moved(page, workshop_id, was, **where)


def _moved(page: Page, workshop_id: int, was: Mapping[str, Any] | None, /, **where: Any) -> bool:
    def move(*, session: Session, actor: str) -> int | None:
        return door.put(workshop_id, was=was, session=session, **where)

    return act(page, move) is not None


def do(page: Page, what: Callable[..., R], /, *args: Any, **kwargs: Any) -> R | None:
    """Do an act on the room; for a callback, so that the run after it draws the room as it is then.

    A click that meets the timer of a fragment makes Streamlit call its callback twice (measured on 1.67: 1 click in 25), so the same
    act again at once is that click, and is passed over.

    Parameters
    ----------
    page, what, *args, **kwargs
        See `ui.data.act`.

    Returns
    -------
    object or None
        See `ui.data.act`; None also when it was passed over.
    """
    asked, now = f"{what.__qualname__} {args} {kwargs}", time.monotonic()
    last = st.session_state.get(LAST, ("", 0.0))
    if last[0] == asked and now - last[1] < TWICE:
        return None
    st.session_state[LAST] = asked, now
    return act(page, what, *args, **kwargs)


def go_to(page: Page, workshop_id: int, step: str, was: str) -> None:
    """Go to a step, to the screen that belongs to it, and to the tools beside it; for a callback."""
    if _moved(page, workshop_id, {"step": was}, step=step, screen=SCREEN_OF[step], focus_id=None):
        st.session_state[PANEL] = PANEL_OF[step]


def key(name: str, room: Room) -> str:
    """Name a choice after the state of the room that it shows.

    A browser sends what was chosen along with the next click: of an earlier state that is nobody's choice any more.

    Parameters
    ----------
    name : str
    room : Room

    Returns
    -------
    str
        For a widget.
    """
    return f"control.{name}.{room.version}"


def chosen(name: str, room: Room, was: R) -> R | None:
    """Give what was chosen, None where that is what stood there; for a callback.

    A run that is cut short before Streamlit has stored it calls the callbacks of new widgets with what they began with (measured on 1.67
    under load), and a choice that nobody made moves no screen.

    Parameters
    ----------
    name : str
        See `key`.
    room : Room
    was : object
        What stood there.

    Returns
    -------
    object or None
    """
    now: R | None = st.session_state.get(key(name, room))
    return None if now == was else now


def theme_names(shown: Picture, lang: str) -> dict[int, str]:
    """Give the name of every theme of a room by id, those with most remarks first. Not escaped."""
    order = shown.themes.sort_values(["remarks", "slot"], ascending=[False, True])
    return {
        int(theme_id): str(name)
        for theme_id, name in zip(order["theme_id"], order[f"name_{lang}"], strict=True)
    }  # fmt: skip
