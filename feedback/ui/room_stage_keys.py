"""The keys of the beamer: each changes the workshop's row or does an act of the facilitator, so that every screen follows."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from feedback.i18n import UserError
from feedback.room import acts, taking_back
from feedback.room.picture import Picture
from feedback.store.engine import writing
from feedback.store.tables import SCREENS
from feedback.ui import room_control_data
from feedback.ui.data import database
from feedback.ui.page import Page
from feedback.ui.room_stage_data import drawn
from feedback.workshop import door

log = logging.getLogger(__name__)

# What the help shows: what stands on the key, what the browser sends for it.
HELP = (
    ("←", "left"), ("→", "right"), ("PgUp", "back"), ("PgDn", "on"), ("↑", "up"), ("↓", "down"), ("F", "f"), ("H", "h"), ("Z", "z"),
    ("⇧ Z", "redo"), ("Q", "q"), ("N", "n"), ("L", "l"), ("S", "s"), *((str(at), str(at)) for at in range(1, len(SCREENS) + 1)), ("?", "?"),
)  # fmt: skip


def press(page: Page, workshop_id: int, key: str, on: Any) -> str:
    """Do what a key asks.

    Parameters
    ----------
    page : Page
    workshop_id : int
    key : str
    on : int or None
        The remark that was marked on the screen when it was pressed.

    Returns
    -------
    str
        What to tell; "" when the screen says it itself.
    """
    t = page.t
    if not page.user.may("facilitator"):
        return t("page.forbidden")
    try:
        if key == "h":
            return _hide(page, workshop_id, on)
        if key == "z":
            return _undo(page, workshop_id)
        if key == "redo":
            return _redo(page, workshop_id)
        # Read before anything is written: on SQLite a writer keeps the others waiting.
        where = _where(page, room_control_data.seen(workshop_id), key, on)
        if where:
            with writing(database()) as session:
                door.put(workshop_id, session=session, **where)
        return t("room.no_more_steps") if key == "n" and not where else ""
    except UserError as error:
        return error.message(page.lang)
    except Exception as error:
        # The screen has no place for a message of Streamlit.
        number = uuid.uuid4().hex[:8]
        log.error("error %s on the beamer", number, exc_info=error)
        return t("page.unexpected", number=number)


def _hide(page: Page, workshop_id: int, on: Any) -> str:
    if not isinstance(on, int):
        return page.t("room.hide_none")
    with writing(database()) as session:
        acts.set_state(workshop_id, [on], "hidden", session=session, actor=page.user.name)
    return page.t("room.hid")


def _undo(page: Page, workshop_id: int) -> str:
    with writing(database()) as session:
        kind = taking_back.undo(workshop_id, session=session, actor=page.user.name)
    return page.t("room.undid", act=page.t(f"control.act.{kind}")) if kind else page.t("room.undo_none")


def _redo(page: Page, workshop_id: int) -> str:
    with writing(database()) as session:
        kind = taking_back.redo(workshop_id, session=session, actor=page.user.name)
    return page.t("room.redid", act=page.t(f"control.act.{kind}")) if kind else page.t("room.redo_none")


def _where(page: Page, seen: Picture, key: str, on: Any) -> dict[str, Any]:
    """Tell where a key leads from here; {} when it leads nowhere."""
    room = seen.room
    if key in ("left", "back"):
        return drawn(page, seen).left
    if key in ("right", "on"):
        return drawn(page, seen).right
    if key == "mark":
        view = drawn(page, seen).view
        return {"page": on} if view["kind"] == "wall" and on in {note["id"] for note in view["notes"]} else {}
    if key in ("up", "down"):
        screens = [one for one in SCREENS if one == room.screen or _has_content(one, seen)]
        at = screens.index(room.screen) + (1 if key == "down" else -1)
        return {"screen": screens[at], "focus_id": None} if 0 <= at < len(screens) else {}
    if key == "f":
        newest = int(seen.remarks["remark_id"].max()) if len(seen.remarks) else 0
        return {"frozen_at": newest if room.frozen_at is None else None}
    if key == "q":
        return {"quotes": not room.quotes}
    if key == "n":
        steps = [step for step, _ in room.steps]
        at = steps.index(room.step) + 1 if room.step in steps else 0
        if at == len(steps):
            return {}
        return {"step": steps[at], "screen": room_control_data.SCREEN_OF[steps[at]], "focus_id": None}
    if key.isdecimal() and 1 <= int(key) <= len(SCREENS):
        return {"screen": SCREENS[int(key) - 1], "focus_id": None}
    return {}


def _has_content(screen: str, seen: Picture) -> bool:
    if screen == "vote":
        return seen.room.poll_id is not None
    return screen != "regroup" or room_control_data.proposed(seen) is not None
