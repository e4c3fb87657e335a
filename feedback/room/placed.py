"""The themes of a room: which it speaks of, and the place and colour that each keeps."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from sqlmodel import Session, col, func, select

from feedback.store.tables import Remark, RoomRemark, RoomTheme, Theme, Workshop
from feedback.themes import acts, stored
from feedback.themes.live import GROUP
from feedback.workshop.door import Room

# From here on a slot is no place yet: the theme is of one remark.
NO_GROUP = 1000


def keys_in(room: Room, *, session: Session) -> frozenset[str]:
    """Give the keys of the themes that a room speaks of or begins with; what was merged away goes by its target."""
    ids = set(session.exec(select(RoomTheme.theme_id).where(RoomTheme.workshop_id == room.workshop_id)).all())
    ids |= set(room.start_themes)
    rows = session.exec(select(Theme).where(col(Theme.id).in_(ids))).all()
    targets = [acts.target_of(row, session=session) for row in rows]
    return frozenset(row.key for row in targets if row.status != "parked")


def theme_ids(keys: pd.Series, *, room: Room, session: Session) -> dict[str, int]:
    """Give the row of each theme, awake from now on; a rehearsal wakes nobody."""
    if not room.is_rehearsal:
        return stored.wake(keys, (), is_example=room.is_example, session=session)
    wanted = set(keys) - {""}
    rows = session.exec(select(Theme).where(col(Theme.key).in_(wanted))).all()
    targets = {row.key: acts.target_of(row, session=session).id for row in rows}
    return {key: theme_id for key, theme_id in targets.items() if theme_id is not None}


def give_slots(workshop_id: int, theme_ids: Iterable[int], *, session: Session) -> None:
    """Give themes their places in a room: one for good as soon as a theme is a group, or when the room began with it.

    Parameters
    ----------
    workshop_id : int
    theme_ids : iterable of int
        That remarks went to.
    session : Session
    """
    there = session.exec(select(RoomTheme).where(RoomTheme.workshop_id == workshop_id)).all()
    rows = {row.theme_id: row for row in there}
    began = set(session.get_one(Workshop, workshop_id).start_themes)
    touched = list(dict.fromkeys(int(one) for one in theme_ids))
    size = dict(
        session.exec(
            select(Remark.theme_id, func.count())
            .join(RoomRemark, col(RoomRemark.remark_id) == Remark.id)
            .where(RoomRemark.workshop_id == workshop_id, col(Remark.theme_id).in_(touched))
            .group_by(col(Remark.theme_id))
        ).all()
    )
    for theme_id in touched:
        row = rows.get(theme_id)
        if row is None:
            waits = [one.slot for one in rows.values() if one.slot >= NO_GROUP]
            row = rows[theme_id] = RoomTheme(
                workshop_id=workshop_id, theme_id=theme_id, slot=max(waits, default=NO_GROUP - 1) + 1
            )
            session.add(row)
        if row.slot >= NO_GROUP and (theme_id in began or size.get(theme_id, 0) >= GROUP):
            row.slot = max((one.slot for one in rows.values() if one.slot < NO_GROUP), default=-1) + 1
    session.flush()
