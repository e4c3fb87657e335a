"""Figures that the coordinator types for the savings page: votes, customers' time, the target; each change can be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, select

from feedback.i18n import UserError
from feedback.store import audit, example
from feedback.store.tables import Assumption, Audit, CustomerTime, WorthVote

# Keys of assumptions: the savings target of the whole panel (euro a year), and what an hour of a customer costs (euro).
TARGET, HOUR = "savings_target", "hour_price"
# Of each table what tells a row, and what it says.
KEYS: dict[type[SQLModel], tuple[str, ...]] = {
    WorthVote: ("area_id", "organisation_id", "asked_on"),
    CustomerTime: ("area_id", "kind"),
    Assumption: ("key",),
}
VALUES: dict[type[SQLModel], tuple[str, ...]] = {
    WorthVote: ("more", "keep", "less"),
    CustomerTime: ("minutes", "people", "times", "idea_id"),
    Assumption: ("value",),
}
TABLES = {str(table.__tablename__): table for table in KEYS}
Key = tuple[Any, ...]
Row = dict[str, Any] | None


def put(
    table: type[SQLModel],
    rows: Mapping[Key, Mapping[str, Any] | None],
    *,
    seen: Mapping[Key, Mapping[str, Any] | None] | None = None,
    session: Session,
    actor: str,
) -> int:
    """Store rows, or take them away.

    Parameters
    ----------
    table : {WorthVote, CustomerTime, Assumption}
    rows : mapping
        By key (see `KEYS`) all of `VALUES`; None: the row goes.
    seen : mapping, optional
        What the person saw under these keys when they began.
    session : Session
    actor : str

    Returns
    -------
    int
        How many rows changed.

    Raises
    ------
    UserError
        When somebody else changed one of them meanwhile.
    """
    known = {key: _read(table, key, session=session) for key in sorted(rows, key=str)}
    changed = {
        key: dict(row) if row else None for key, row in rows.items() if (dict(row) if row else None) != known[key]
    }
    if seen is not None and any(known[key] != (dict(row) if (row := seen.get(key)) else None) for key in changed):
        raise UserError("savings.error.kept_changed")
    if changed:
        _write(table, changed, session=session)
        audit.record(
            session=session, actor=actor, act="put", entity=str(table.__tablename__),
            before={"rows": [_plain(table, key, known[key]) for key in changed]},
            after={"rows": [_plain(table, key, row) for key, row in changed.items()]},
        )  # fmt: skip
    return len(changed)


def undo(table: type[SQLModel], *, only: Key | None = None, session: Session, actor: str) -> int:
    """Take back the last change to a table that was not taken back yet.

    Parameters
    ----------
    table : {WorthVote, CustomerTime, Assumption}
    only : tuple, optional
        See `last_change`.
    session : Session
    actor : str

    Returns
    -------
    int
        How many rows came back as they were.

    Raises
    ------
    UserError
        When there is nothing to take back, or something else changed the rows since.
    """
    change = last_change(table, only=only, session=session)
    if change is None:
        raise UserError("savings.error.nothing_to_undo")
    before = {_key(table, row): _values(table, row) for row in change.before["rows"]}
    for row in change.after["rows"]:
        if _read(table, _key(table, row), session=session) != _values(table, row):
            raise UserError("savings.error.kept_changed")
    _write(table, before, session=session)
    audit.record(
        session=session, actor=actor, act="undo", entity=str(table.__tablename__), before={"change": change.id}
    )
    return len(before)


def last_change(table: type[SQLModel], *, only: Key | None = None, session: Session) -> Audit | None:
    """Give the last change to a table that was not taken back yet; `only` those to the one row with this key."""
    entity = str(table.__tablename__)
    changes = session.exec(select(Audit).where(Audit.entity == entity).order_by(col(Audit.id).desc())).all()
    undone = {change.before["change"] for change in changes if change.act == "undo"}
    open_ones = (change for change in changes if change.act == "put" and change.id not in undone)
    if only is None:
        return next(open_ones, None)
    return next((one for one in open_ones if [_key(table, row) for row in one.after["rows"]] == [only]), None)


def _find(table: type[SQLModel], key: Key, *, session: Session) -> Any:
    columns: Any = table
    wanted = [getattr(columns, name) == value for name, value in zip(KEYS[table], key, strict=True)]
    return session.exec(
        select(table).where(*wanted).with_for_update().execution_options(populate_existing=True)
    ).first()


def _read(table: type[SQLModel], key: Key, *, session: Session) -> Row:
    found = _find(table, key, session=session)
    return None if found is None else {name: getattr(found, name) for name in VALUES[table]}


def _write(table: type[SQLModel], rows: Mapping[Key, Row], *, session: Session) -> None:
    is_example = example.loaded(session=session)
    for key, row in rows.items():
        found = _find(table, key, session=session)
        if row is None:
            session.delete(found)
        elif found is None:
            told = dict(zip(KEYS[table], key, strict=True))
            session.add(table(**told, **row, is_example=is_example))
        else:
            for name, value in row.items():
                setattr(found, name, value)
    try:
        session.flush()
    except IntegrityError as error:
        # Two people stored the same row at once; or an organisation or idea is gone.
        raise UserError("savings.error.kept_changed") from error


def _plain(table: type[SQLModel], key: Key, row: Row) -> dict[str, Any]:
    told = {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in zip(KEYS[table], key, strict=True)
    }
    return {**told, "there": row is not None, **(row or {})}


def _key(table: type[SQLModel], row: Mapping[str, Any]) -> Key:
    return tuple(dt.date.fromisoformat(row[name]) if name == "asked_on" else row[name] for name in KEYS[table])


def _values(table: type[SQLModel], row: Mapping[str, Any]) -> Row:
    return {name: row[name] for name in VALUES[table]} if row["there"] else None
