"""What a facilitator does to remarks and themes before a room; each act can be taken back, the last first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from feedback.i18n import Language, UserError
from feedback.replies import acts as replies
from feedback.replies.states import Subject
from feedback.room import placed
from feedback.store import audit, changing
from feedback.store.tables import (
    ROOM_STATES,
    Remark,
    RoomAct,
    RoomRemark,
    RoomTheme,
    Theme,
    ThemeEvent,
    Workshop,
    now,
)
from feedback.themes import acts as themes
from feedback.themes import curation, undoing

# In whose name a room takes remarks in and regroups for the first time.
BY_ITSELF = "room"


def remember(
    workshop_id: int,
    kind: str,
    before: dict[str, Any],
    events: Collection[int | None] = (),
    *,
    session: Session,
    actor: str,
) -> None:
    """Write down an act with what undoing it needs, and let every screen follow.

    Parameters
    ----------
    workshop_id : int
    kind : str
        Names the act; `control.act.<kind>` on the screen.
    before : dict
        Never a customer's words.
    events : collection of int
        Of `ThemeEvent`; None is left out.
    session : Session
    actor : str
    """
    row = changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session)
    row.version += 1
    done = [one for one in events if one is not None]
    session.add(RoomAct(workshop_id=workshop_id, kind=kind, before=before, events=done, actor=actor))
    session.flush()


def set_state(workshop_id: int, remark_ids: Iterable[int], state: str, *, session: Session, actor: str) -> None:
    """Show remarks, or take them from the screen: hidden, parked, or waiting again.

    Parameters
    ----------
    workshop_id : int
    remark_ids : iterable of int
    state : str
        Of `store.tables.ROOM_STATES`.
    session : Session
    actor : str

    Raises
    ------
    UserError
        When one is not of this room.
    """
    if state not in ROOM_STATES:
        raise UserError("workshop.error.state")
    rows = _rows(workshop_id, remark_ids, session)
    before = {str(row.remark_id): row.state for row in rows if row.state != state}
    for row in rows:
        row.state = state
    if before:
        remember(workshop_id, state, {"states": before}, session=session, actor=actor)


def pin(workshop_id: int, remark_id: int, pinned: bool = True, *, session: Session, actor: str) -> None:
    """Keep a quote on the screen, or let it go.

    Raises
    ------
    UserError
        When it is not of this room.
    """
    (row,) = _rows(workshop_id, [remark_id], session)
    if row.is_pinned != pinned:
        row.is_pinned = pinned
        remember(workshop_id, "pin" if pinned else "unpin", {"pinned": remark_id}, session=session, actor=actor)


def move(workshop_id: int, remark_ids: Collection[int], theme_id: int, *, session: Session, actor: str) -> None:
    """Move remarks to a theme; see `themes.curation`.

    Raises
    ------
    UserError
        When a remark is not of this room, or the theme is gone.
    """
    rows = _rows(workshop_id, remark_ids, session)
    event = curation.move([row.remark_id for row in rows], theme_id, session=session, actor=actor)
    placed.give_slots(workshop_id, [theme_id], session=session)
    remember(workshop_id, "move", {}, [event], session=session, actor=actor)


def merge(workshop_id: int, source_id: int, target_id: int, *, session: Session, actor: str) -> None:
    """Merge a theme into another, for the whole panel; see `themes.regroup.merge`.

    Raises
    ------
    UserError
        When one of them is gone.
    """
    event = curation.merge(source_id, target_id, session=session, actor=actor)
    placed.give_slots(workshop_id, [target_id], session=session)
    remember(workshop_id, "merge", {}, [event], session=session, actor=actor)


def rename(workshop_id: int, theme_id: int, name: str, language: Language, *, session: Session, actor: str) -> None:
    """Give a theme another name, in the language that the room reads.

    Raises
    ------
    UserError
        When the name cannot be used.
    """
    event = curation.rename(theme_id, name, language=language, session=session, actor=actor)
    if event is not None:
        remember(workshop_id, "rename", {}, [event], session=session, actor=actor)


def new_theme(workshop_id: int, name: str, remark_ids: Collection[int], *, session: Session, actor: str) -> int:
    """Make a theme of remarks, which may come from several.

    Returns
    -------
    int
        Id of the theme.

    Raises
    ------
    UserError
        When the name cannot be used, or a remark is not of this room.
    """
    rows = _rows(workshop_id, remark_ids, session)
    made = curation.create(name, session=session, actor=actor)
    event = curation.move([row.remark_id for row in rows], made, session=session, actor=actor)
    placed.give_slots(workshop_id, [made], session=session)
    events = [_created(made, session), event]
    remember(workshop_id, "new_theme", {"made": made}, events, session=session, actor=actor)
    return made


def _created(theme_id: int, session: Session) -> int | None:
    newest = select(ThemeEvent.id).where(ThemeEvent.theme_id == theme_id, ThemeEvent.kind == "create")
    return session.exec(newest.order_by(col(ThemeEvent.id).desc())).first()


def park(workshop_id: int, theme_id: int, *, session: Session, actor: str) -> None:
    """Park a theme, or bring it back: it is no group on the screen while it is parked.

    Raises
    ------
    UserError
        When it is gone.
    """
    parked = themes.one(theme_id, session=session).status == "parked"
    event = (curation.reopen if parked else curation.park)(theme_id, session=session, actor=actor)
    remember(workshop_id, "unpark" if parked else "park", {}, [event], session=session, actor=actor)


def last(workshop_id: int, *, session: Session) -> str | None:
    """Give the kind of the act that `undo` would take back, None when there is none."""
    row = _last(workshop_id, session)
    return row.kind if row else None


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


def _rows(workshop_id: int, remark_ids: Iterable[int], session: Session) -> list[RoomRemark]:
    wanted = sorted(set(remark_ids))
    found = select(RoomRemark).where(RoomRemark.workshop_id == workshop_id, col(RoomRemark.remark_id).in_(wanted))
    rows = list(session.exec(found.order_by(col(RoomRemark.remark_id))).all())
    if not wanted or len(rows) < len(wanted):
        raise UserError("workshop.error.remark_gone")
    return rows
