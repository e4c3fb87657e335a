"""A row that a person is about to change: nobody else changes it meanwhile, and nothing unseen is overwritten."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from sqlmodel import Session, SQLModel, select

from feedback.i18n import UserError


class Versioned(Protocol):
    """A row that counts its changes."""

    version: int


Row = TypeVar("Row", bound=SQLModel)


def find(table: type[Row], row_id: int, *, gone: str, session: Session) -> Row:
    """Read a row to change it; on PostgreSQL the next person who wants that waits.

    Parameters
    ----------
    table : type
        Of `store.tables`, with an `id`.
    row_id : int
    gone : str
        Key of the message when it is not there.
    session : Session

    Returns
    -------
    SQLModel
        As it is now, also where this session read it before.

    Raises
    ------
    UserError
        When there is no such row.
    """
    column: Any = table
    wanted = select(table).where(column.id == row_id).with_for_update().execution_options(populate_existing=True)
    found = session.exec(wanted).first()
    if found is None:
        raise UserError(gone)
    return found


def as_seen(row: Versioned, seen_version: int | None, changed: str, **values: Any) -> None:
    """Refuse to overwrite what a person has not seen.

    Parameters
    ----------
    row : Versioned
    seen_version : int or None
        The version that the person looked at; None: whatever it is.
    changed : str
        Key of the message when it is another by now.
    **values
        For the message.

    Raises
    ------
    UserError
        When somebody changed the row since.
    """
    if seen_version not in (None, row.version):
        raise UserError(changed, **values)
