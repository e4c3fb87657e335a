"""What the screens of a room show: its remarks, its themes, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from feedback.store import audit
from feedback.store.tables import (
    Aspect,
    Ballot,
    Note,
    Participant,
    Regrouping,
    Remark,
    RoomRemark,
    RoomTheme,
    ServiceArea,
    Theme,
    Workshop,
)
from feedback.themes.finding import WEAK
from feedback.themes.live import GROUP
from feedback.workshop import door
from feedback.workshop.door import Room

# From so many remarks on themes give sense; before that a room sees the remarks themselves.
FIRST_SENSE = 8

# SQLModel types a column as the value it holds, so that no overload of select fits.
_select: Any = select


@dataclass(frozen=True)
class Picture:
    """What there is to show of a room.

    Attributes
    ----------
    room : Room
    key : str
        The `stamp` it was read under.
    remarks : DataFrame
        A row a remark, oldest first: remark_id, text, theme_id (Int64), theme (key or ""), strength, placed_by, weak (bool: a
        model placed it and is not sure), state, is_pinned, area, area2, aspect (keys), sentiment, language, question, said_at, person
        (Int64, missing: said aloud).
    themes : DataFrame
        A row a theme, in the order of slot: theme_id, theme (key), name_nl, name_en, area (key), status, slot, version, remarks,
        people, is_loose (too few remarks to be a group, and none of those it began with).
    joined, voted : int
        Phones that sent or voted; those that voted in the poll on the screen.
    """

    room: Room
    key: str
    remarks: pd.DataFrame
    themes: pd.DataFrame
    joined: int
    voted: int

    @property
    def has_sense(self) -> bool:
        """Whether there are enough remarks for themes."""
        return len(self.remarks) >= FIRST_SENSE

    def on_screen(self) -> Picture:
        """Give what a beamer may show: nothing that is hidden, parked or waits, nothing newer than a freeze."""
        remarks = self.remarks[self.remarks["state"] == "shown"]
        if self.room.frozen_at is not None:
            remarks = remarks[remarks["remark_id"] <= self.room.frozen_at]
        remarks = remarks.reset_index(drop=True)
        return replace(self, remarks=remarks, themes=_counted(self.themes, remarks, self.room))


def stamp(workshop_id: int, *, session: Session) -> str:
    """Give a name for what the screens of a room show: it differs after every change to any of it.

    Parameters
    ----------
    workshop_id : int
    session : Session

    Returns
    -------
    str
    """
    version, batch_id, poll_id = session.connection().execute(
        _select(Workshop.version, Workshop.batch_id, Workshop.poll_id).where(col(Workshop.id) == workshop_id)
    ).one_or_none() or (0, None, None)  # fmt: skip
    row = session.connection().execute(
        _select(
            _select(func.max(RoomRemark.remark_id)).where(col(RoomRemark.workshop_id) == workshop_id).scalar_subquery(),
            _select(func.count()).where(col(RoomRemark.workshop_id) == workshop_id).scalar_subquery(),
            _select(func.max(Regrouping.id)).where(col(Regrouping.workshop_id) == workshop_id).scalar_subquery(),
            _select(func.count()).where(col(Participant.workshop_id) == workshop_id).scalar_subquery(),
            _select(func.count(func.distinct(Ballot.participant_id))).where(col(Ballot.poll_id) == poll_id)
            .scalar_subquery(),
        )
    ).one()  # fmt: skip
    return "-".join(str(part) for part in (version, batch_id, *row, audit.version(session=session)))


def picture(workshop_id: int, *, session: Session) -> Picture:
    """Read what the screens of a room show.

    Parameters
    ----------
    workshop_id : int
    session : Session

    Returns
    -------
    Picture

    Raises
    ------
    UserError
        When there is no such workshop.
    """
    # Read first: what comes in while the rest is read makes the stamp old, not the picture.
    key = stamp(workshop_id, session=session)
    room = door.room(workshop_id, session=session)
    area2 = aliased(ServiceArea)
    frame = _frame(
        session,
        _select(
            col(Remark.id).label("remark_id"), Remark.text, Remark.theme_id, col(Theme.key).label("theme"),
            Remark.strength, Remark.placed_by, RoomRemark.state, RoomRemark.is_pinned, col(ServiceArea.key).label("area"),
            col(area2.key).label("area2"), col(Aspect.key).label("aspect"), Remark.sentiment, Remark.language,
            Note.question, RoomRemark.said_at, col(Note.member_id).label("person"),
        )
        .join(Remark, col(RoomRemark.remark_id) == Remark.id)
        .join(Note, col(Remark.note_id) == Note.id)
        .join(Theme, col(Remark.theme_id) == Theme.id, isouter=True)
        .join(ServiceArea, col(Remark.area_id) == ServiceArea.id, isouter=True)
        .join(area2, col(Remark.area2_id) == area2.id, isouter=True)
        .join(Aspect, col(Remark.aspect_id) == Aspect.id, isouter=True)
        .where(col(RoomRemark.workshop_id) == workshop_id, col(Note.erased_at).is_(None))
        .order_by(col(Remark.id)),
    )  # fmt: skip
    for name in ("theme_id", "person"):
        frame[name] = frame[name].astype("Int64")
    frame["theme"] = frame["theme"].fillna("").astype(str)
    frame["weak"] = (frame["strength"].astype(float) < WEAK) & (frame["placed_by"] != "person")
    themes = _frame(
        session,
        _select(
            col(Theme.id).label("theme_id"), col(Theme.key).label("theme"), Theme.name_nl, Theme.name_en,
            col(ServiceArea.key).label("area"), Theme.status, RoomTheme.slot, Theme.version,
        )
        .join(RoomTheme, col(RoomTheme.theme_id) == Theme.id)
        .join(ServiceArea, col(Theme.area_id) == ServiceArea.id, isouter=True)
        .where(col(RoomTheme.workshop_id) == workshop_id, col(Theme.merged_into_id).is_(None))
        .order_by(col(RoomTheme.slot)),
    )  # fmt: skip
    joined = session.connection().execute(
        _select(func.count()).where(col(Participant.workshop_id) == workshop_id)
    ).scalar_one()  # fmt: skip
    voted = session.connection().execute(
        _select(func.count(func.distinct(Ballot.participant_id))).where(col(Ballot.poll_id) == room.poll_id)
    ).scalar_one()  # fmt: skip
    return Picture(room, key, frame, _counted(themes, frame, room), joined, voted)


def _frame(session: Session, statement: Any) -> pd.DataFrame:
    result = session.connection().execute(statement)
    return pd.DataFrame(result.all(), columns=list(result.keys()))


def _counted(themes: pd.DataFrame, remarks: pd.DataFrame, room: Room) -> pd.DataFrame:
    """Count what is in each theme; a parked one is no group."""
    by_theme = remarks.groupby("theme_id")
    counted = themes.assign(
        remarks=themes["theme_id"].map(by_theme.size()).fillna(0).astype(int),
        people=themes["theme_id"].map(by_theme["person"].nunique()).fillna(0).astype(int),
    )
    few = (counted["remarks"] < GROUP) & ~counted["theme_id"].isin(room.start_themes)
    return counted.assign(is_loose=few | (counted["status"] == "parked"))
