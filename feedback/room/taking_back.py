"""Taking back what was done in a room, the last first, and doing it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from feedback.i18n import LANGUAGES
from feedback.replies import acts as replies
from feedback.replies.states import Subject
from feedback.room import acts, placed
from feedback.room.acts import BY_ITSELF
from feedback.store import audit, changing
from feedback.store.tables import (
    Remark,
    RoomAct,
    RoomRemark,
    RoomTheme,
    Theme,
    ThemeEvent,
    Workshop,
    now,
)
from feedback.themes import curation, undoing


@dataclass(frozen=True)
class Done:
    """What `undo` would take back, or `redo` would do again.

    Attributes
    ----------
    act_id : int
    kind : str
    remark_ids : tuple of int
        Those that were hidden, shown, parked or pinned.
    """

    act_id: int
    kind: str
    remark_ids: tuple[int, ...]


def last(workshop_id: int, *, session: Session) -> Done | None:
    """Give the act that `undo` would take back, None when there is none."""
    return _told(_last(workshop_id, session))


def next_again(workshop_id: int, *, session: Session) -> Done | None:
    """Give the act that `redo` would do again, None when there is none, or when it cannot be done again."""
    row = _next(workshop_id, session)
    return _told(row) if row is not None and _repeats(row, session) else None


def _told(row: RoomAct | None) -> Done | None:
    if row is None or row.id is None:
        return None
    ids = row.before.get("states", {}) or [one for one in (row.before.get("pinned"),) if one is not None]
    return Done(row.id, row.kind, tuple(int(one) for one in ids))


def undo(workshop_id: int, *, session: Session, actor: str) -> str | None:
    """Take back the last act that was not taken back.

    Parameters
    ----------
    workshop_id : int
    session : Session
    actor : str

    Returns
    -------
    str or None
        Its kind; None when there is nothing to take back.

    Raises
    ------
    UserError
        When something later makes it impossible.
    """
    room = changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session)
    row = _last(workshop_id, session)
    if row is None:
        return None
    if "made" in row.before:
        # It goes altogether, so no screen may point at it.
        session.connection().execute(delete(RoomTheme).where(col(RoomTheme.theme_id) == row.before["made"]))
        room.focus_id = None if room.focus_id == row.before["made"] else room.focus_id
        session.flush()
    for event in reversed(row.events):
        undoing.undo(event, session=session, actor=actor)
    for key, back in _BACK.items():
        if key in row.before:
            back(row.before[key], session, actor)
    row.undone_at = now()
    room.version += 1
    audit.record(
        session=session, actor=actor, act="undo", entity="room_act", entity_id=row.id, after={"kind": row.kind}
    )
    return row.kind


def _last(workshop_id: int, session: Session) -> RoomAct | None:
    # What the room did by itself is nobody's to take back: nothing was on the screen before it.
    newest = select(RoomAct).where(
        RoomAct.workshop_id == workshop_id, col(RoomAct.undone_at).is_(None), RoomAct.actor != BY_ITSELF
    )
    return session.exec(newest.order_by(col(RoomAct.id).desc()).limit(1)).first()


def _states_back(before: dict[str, str], session: Session, _actor: str) -> None:
    for remark_id, state in before.items():
        if (row := session.get(RoomRemark, int(remark_id))) is not None:
            row.state = state


def _pin_back(remark_id: int, session: Session, _actor: str) -> None:
    if (row := session.get(RoomRemark, remark_id)) is not None:
        row.is_pinned = not row.is_pinned


def _places_back(before: list[list[Any]], session: Session, _actor: str) -> None:
    """Put remarks back where a fresh look took them from; who was moved by a person since stays."""
    for remark_id, theme_id, strength, words, went_to in before:
        row = session.get(Remark, remark_id)
        if row is not None and row.theme_id == went_to and row.placed_by == "model":
            row.theme_id, row.strength, row.words = theme_id, strength, words


def _sleep_again(theme_ids: list[int], session: Session, _actor: str) -> None:
    """Let themes that an act woke or made sleep again, when nothing is in them."""
    for theme_id in theme_ids:
        row = session.get(Theme, theme_id)
        used = session.exec(select(Remark.id).where(Remark.theme_id == theme_id).limit(1)).first()
        if row is not None and row.status == "proposed" and used is None:
            row.status = "dormant"


def _decision_back(decided: list[Any], session: Session, actor: str) -> None:
    kind, subject_id, reply_id = decided
    replies.undo(Subject(kind, subject_id), seen=reply_id, session=session, actor=actor)


# What undoing does with each part of what an act remembered.
_BACK: dict[str, Callable[[Any, Session, str], None]] = {
    "states": _states_back,
    "pinned": _pin_back,
    "places": _places_back,
    "woken": _sleep_again,
    "decided": _decision_back,
}


def redo(workshop_id: int, *, session: Session, actor: str) -> str | None:
    """Do again what was taken back last, as long as nothing was done since.

    Parameters
    ----------
    workshop_id : int
    session : Session
    actor : str

    Returns
    -------
    str or None
        Its kind; None when there is nothing to do again, or nothing that can be: a decision and a regrouping are taken anew.

    Raises
    ------
    UserError
        When something that it needs is gone.
    """
    room = changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session)
    row = _next(workshop_id, session)
    if row is None or not _repeats(row, session):
        return None
    _again(row, session, actor)
    row.undone_at = None
    room.version += 1
    audit.record(
        session=session, actor=actor, act="redo", entity="room_act", entity_id=row.id, after={"kind": row.kind}
    )
    return row.kind


def _next(workshop_id: int, session: Session) -> RoomAct | None:
    """Give the oldest of the acts that were taken back after everything that stands."""
    stands = _last(workshop_id, session)
    undone = select(RoomAct).where(RoomAct.workshop_id == workshop_id, col(RoomAct.undone_at).is_not(None))
    after = undone.where(col(RoomAct.id) > (stands.id if stands else 0))
    return session.exec(after.order_by(col(RoomAct.id)).limit(1)).first()


def _repeats(row: RoomAct, session: Session) -> bool:
    if row.kind == "new_theme":
        return "name" in row.before
    # An event goes with the theme that was made in this room and unmade.
    if row.kind in _EVENTS:
        return bool(row.events) and all(session.get(ThemeEvent, one) is not None for one in row.events)
    return "states" in row.before or "pinned" in row.before


def _again(row: RoomAct, session: Session, actor: str) -> None:
    if row.kind == "new_theme":
        made, events = acts.make(
            row.workshop_id, row.before["name"], row.before["remarks"], session=session, actor=actor
        )
        row.before, row.events = {**row.before, "made": made}, [one for one in events if one is not None]
    elif row.kind in _EVENTS:
        before = [session.get_one(ThemeEvent, one) for one in row.events]
        after = [one for event in before for one in _EVENTS[row.kind](event, session, actor)]
        row.events = [one for one in after if one is not None]
        placed.give_slots(row.workshop_id, _received(before), session=session)
    elif "states" in row.before:
        _states_back(dict.fromkeys(row.before["states"], row.kind), session, actor)
    else:
        _pin_back(row.before["pinned"], session, actor)


def _received(events: Sequence[ThemeEvent]) -> list[int]:
    """Give the themes into which these acts bring remarks."""
    into = {"move": lambda event: event.theme_id, "merge": lambda event: event.other_id}
    return [into[event.kind](event) for event in events if event.kind in into]


def _moved(event: ThemeEvent, session: Session, actor: str) -> list[int | None]:
    return [curation.move(event.before["remarks"], event.theme_id, session=session, actor=actor)]


def _merged(event: ThemeEvent, session: Session, actor: str) -> list[int | None]:
    assert event.other_id is not None
    return [curation.merge(event.theme_id, event.other_id, session=session, actor=actor)]


def _renamed(event: ThemeEvent, session: Session, actor: str) -> list[int | None]:
    names = [(language, event.after.get(f"name_{language}")) for language in LANGUAGES]
    return [
        curation.rename(event.theme_id, name, language=language, session=session, actor=actor)
        for language, name in names
        if name
    ]


def _parked(event: ThemeEvent, session: Session, actor: str) -> list[int | None]:
    return [(curation.park if event.kind == "park" else curation.reopen)(event.theme_id, session=session, actor=actor)]


# How an act on themes is done again, from the event that it left.
_EVENTS: dict[str, Callable[[ThemeEvent, Session, str], list[int | None]]] = {
    "move": _moved, "merge": _merged, "rename": _renamed, "park": _parked, "unpark": _parked,
}  # fmt: skip
