"""The themes of a room: which it speaks of, and the place and colour that each keeps."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from sqlmodel import Session, col, func, select

from feedback.store.tables import RoomTheme, Theme
from feedback.themes import stored
from feedback.workshop.door import Room


def keys_in(room: Room, *, session: Session) -> frozenset[str]:
    """Give the keys of the themes that a room speaks of or begins with; what was merged away goes by its target."""
    ids = set(session.exec(select(RoomTheme.theme_id).where(RoomTheme.workshop_id == room.workshop_id)).all())
    ids |= set(room.start_themes)
    rows = {row.id: row for row in session.exec(select(Theme).where(col(Theme.id).in_(ids))).all()}
    keys = set()
    for found in rows.values():
        row: Theme | None = found
        while row is not None and row.merged_into_id is not None:
            row = session.get(Theme, row.merged_into_id)
        if row is not None and row.status != "parked":
            keys.add(row.key)
    return frozenset(keys)


def theme_ids(keys: pd.Series, *, room: Room, session: Session) -> dict[str, int]:
    """Give the row of each theme, awake from now on; a rehearsal wakes nobody."""
    if not room.is_rehearsal:
        return stored.wake(keys, (), is_example=room.is_example, session=session)
    wanted = set(keys) - {""}
    rows = session.exec(select(Theme).where(col(Theme.key).in_(wanted))).all()
    ids = {}
    for found in rows:
        row = found
        while row.merged_into_id is not None:
            row = session.get_one(Theme, row.merged_into_id)
        assert row.id is not None
        ids[found.key] = row.id
    return ids


def give_slots(workshop_id: int, theme_ids: Iterable[int], *, session: Session) -> None:
    """Give themes that are new to a room the next places; what has one keeps it.

    Parameters
    ----------
    workshop_id : int
    theme_ids : iterable of int
    session : Session
    """
    there = select(RoomTheme.theme_id).where(RoomTheme.workshop_id == workshop_id)
    known = set(session.exec(there).all())
    slot = session.exec(select(func.max(RoomTheme.slot)).where(RoomTheme.workshop_id == workshop_id)).one()
    for theme_id in dict.fromkeys(int(one) for one in theme_ids):
        if theme_id not in known:
            known.add(theme_id)
            slot = 0 if slot is None else slot + 1
            session.add(RoomTheme(workshop_id=workshop_id, theme_id=theme_id, slot=slot))
    session.flush()
