"""Saving the whole list of service areas as a coordinator typed it: all rows, or none with the reason of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from feedback.areas import curation
from feedback.i18n import UserError
from feedback.store.tables import ServiceArea


@dataclass(frozen=True)
class Row:
    """A row of the list that was changed or added.

    Attributes
    ----------
    number : int
        As the person counts them, from 1.
    changes : mapping
        Some of `curation.FIELDS` with their new values.
    area_id : int or None
        None for a new area.
    version : int
        The version that the person saw; of no use for a new area.
    """

    number: int
    changes: Mapping[str, Any]
    area_id: int | None = None
    version: int = 0


@dataclass(frozen=True)
class Saved:
    """What was stored, to be taken back with `undo`.

    Attributes
    ----------
    edited : tuple of (int, int)
        Areas and the version that they have now.
    added : tuple of (int, int)
        Likewise.
    """

    edited: tuple[tuple[int, int], ...]
    added: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How many areas were changed or added."""
        return len(self.edited) + len(self.added)


class RowsError(Exception):
    """Rows that cannot be stored.

    Parameters
    ----------
    rows : mapping of int to UserError
        Number of the row to what is wrong.
    """

    def __init__(self, rows: Mapping[int, UserError]) -> None:
        super().__init__(f"rows {sorted(rows)} cannot be stored")
        self.rows = dict(rows)


def save(rows: Iterable[Row], *, session: Session, actor: str) -> Saved:
    """Store changed and new service areas.

    Parameters
    ----------
    rows : iterable of Row
    session : Session
    actor : str

    Returns
    -------
    Saved

    Raises
    ------
    RowsError
        When a row cannot be stored; roll the session back, so that nothing is.
    """
    edited, added, wrong = [], [], {}
    for row in rows:
        try:
            if row.area_id is None:
                added.append(_add(row.changes, session=session, actor=actor))
            else:
                changes = dict(row.changes)
                curation.edit(row.area_id, changes, session=session, actor=actor, seen_version=row.version)
                now = _version(row.area_id, session=session)
                if now != row.version:
                    edited.append((row.area_id, now))
        except UserError as error:
            wrong[row.number] = error
    if wrong:
        raise RowsError(wrong)
    return Saved(tuple(edited), tuple(added))


def undo(saved: Saved, *, session: Session, actor: str) -> int:
    """Take back what `save` stored.

    Parameters
    ----------
    saved : Saved
    session : Session
    actor : str

    Returns
    -------
    int
        How many areas are as they were.

    Raises
    ------
    UserError
        When somebody changed one of them since, or something is about a new one by now.
    """
    for area_id, version in saved.edited:
        curation.undo(session=session, actor=actor, area_id=area_id, seen_version=version)
    for area_id, version in saved.added:
        if _version(area_id, session=session) != version:
            raise UserError("areas.error.used", name=_name(area_id, session=session))
        curation.remove(area_id, session=session, actor=actor)
    return saved.count


def _add(changes: Mapping[str, Any], *, session: Session, actor: str) -> tuple[int, int]:
    names = [str(changes.get(key) or "") for key in ("name_nl", "name_en")]
    area_id = curation.add(names[0] or names[1], session=session, actor=actor)
    rest = {key: value for key, value in changes.items() if value not in (None, "")}
    if rest:
        curation.edit(area_id, rest, session=session, actor=actor)
    return area_id, _version(area_id, session=session)


def _version(area_id: int, *, session: Session) -> int:
    return session.exec(select(ServiceArea.version).where(ServiceArea.id == area_id)).one()


def _name(area_id: int, *, session: Session) -> str:
    return session.exec(select(ServiceArea.name_nl).where(ServiceArea.id == area_id)).one()
