"""Copies of what a customer said: every column in which people or the product wrote free text, found from the schema.

A table that is added later is looked through by itself. What others said themselves (notes and remarks), keys, names
of organisations and of who did something are not copies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, String, Table, select, text, update
from sqlmodel import Session, SQLModel

from feedback.store.tables import Note, Remark

Find = Callable[[str], list[tuple[int, int]]]
# The frame in which people speak, named by the SSC itself.
_FRAME = {"organisation", "constituency", "member", "aspect", "service_area.name_nl", "service_area.name_en"}
SAID = {str(Note.__tablename__), str(Remark.__tablename__)}
# Who did something or looks after it works for the SSC.
_STAFF = {"owner", "actor", "created_by"}
# What is shorter is a code of the product; only the key of a theme is made of its name.
_LONG = 150
_NAMED = "theme.key"


@dataclass(frozen=True)
class Copy:
    """A value that changes.

    Attributes
    ----------
    table, column : str
    row : dict of str to Any
        Its primary key.
    before, after : Any
        Text or JSON.
    told : tuple of (str, str)
        Of each text in it that changes: before and after.
    """

    table: str
    column: str
    row: dict[str, Any]
    before: Any
    after: Any
    told: tuple[tuple[str, str], ...]


def free_text(*, said: bool = False) -> Iterator[tuple[Table, Column[Any]]]:
    """Give every column that holds free text.

    Parameters
    ----------
    said : bool
        What customers said themselves too.
    """
    for table in SQLModel.metadata.sorted_tables:
        if table.name in _FRAME or (table.name in SAID and not said):
            continue
        for column in table.columns:
            kind = _kind(column)
            long = isinstance(kind, JSON) or (is_text(column) and (kind.length or _LONG) >= _LONG)
            name = f"{table.name}.{column.name}"
            if name == _NAMED or (long and column.name not in _STAFF and name not in _FRAME):
                yield table, column


def _kind(column: Column[Any]) -> Any:
    # SQLModel wraps the type of a column for text.
    return getattr(column.type, "impl_instance", column.type)


def is_text(column: Column[Any]) -> bool:
    """Tell whether a column holds text, short or long."""
    return isinstance(_kind(column), String)


def rewritten(value: Any, find: Find, sign: str, exact: Mapping[str, str], told: list[tuple[str, str]]) -> Any:
    """Give a text, or JSON with texts in it, with a sign for what is found.

    Parameters
    ----------
    value : Any
    find : callable
        Gives the places of a text that go.
    sign : str
        What stands there instead.
    exact : mapping of str to str
        Whole texts that become another: keys that were made of what is found.
    told : list of (str, str)
        Gets what changes.

    Returns
    -------
    Any
        The same object where nothing is found. Of a list of texts those go altogether of which nothing is left, also as
        [place, text].
    """
    if isinstance(value, str):
        after = exact.get(value) or _signed(value, find(value), sign)
        if after != value:
            told.append((value, after))
        return after if after != value else value
    if isinstance(value, dict):
        done = {name: one if name in _STAFF else rewritten(one, find, sign, exact, told) for name, one in value.items()}
        return done if any(done[name] is not value[name] for name in value) else value
    if isinstance(value, list):
        new = [rewritten(one, find, sign, exact, told) for one in value]
        if all(one is old for one, old in zip(new, value, strict=True)):
            return value
        return [one for one, old in zip(new, value, strict=True) if one is old or not _gone(one, sign)]
    return value


def _signed(value: str, spans: Iterable[tuple[int, int]], sign: str) -> str:
    for start, end in reversed(list(spans)):
        value = f"{value[:start]}{sign}{value[end:]}"
    return value


def _gone(value: Any, sign: str) -> bool:
    if isinstance(value, list):
        return len(value) == 2 and isinstance(value[0], int) and isinstance(value[1], str) and _gone(value[1], sign)
    return isinstance(value, str) and not re.search(r"\w", value.replace(sign, ""))


def find_copies(
    find: Find, *, sign: str, exact: Mapping[str, str] | None = None, said: bool = False, session: Session
) -> list[Copy]:
    """Find what would change.

    Parameters
    ----------
    find, sign, exact
        See `rewritten`.
    said : bool
        Look in what customers said themselves too.
    session : Session

    Returns
    -------
    list of Copy
    """
    found = []
    for table, column in free_text(said=said):
        keys = list(table.primary_key.columns)
        for *key, value in session.connection().execute(select(*keys, column)):
            told: list[tuple[str, str]] = []
            after = rewritten(value, find if str(column) != _NAMED else _nowhere, sign, exact or {}, told)
            if after is not value:
                row = {one.name: part for one, part in zip(keys, key, strict=True)}
                found.append(Copy(table.name, column.name, row, value, after, tuple(told)))
    return found


def _nowhere(_text: str) -> list[tuple[int, int]]:
    return []


def write(found: Iterable[Copy], *, session: Session) -> None:
    """Store what `find_copies` found; who looks at an old value can no longer save it."""
    for copy in found:
        table = SQLModel.metadata.tables[copy.table]
        values: dict[str, Any] = {copy.column: copy.after}
        if "version" in table.columns:
            values["version"] = table.c.version + 1
        where = [table.c[name] == value for name, value in copy.row.items()]
        session.connection().execute(update(table).where(*where).values(values))
    session.expire_all()


def nobody_writes(*, session: Session) -> None:
    """Let nobody copy a text while it is being taken away; on SQLite whoever writes is alone anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return
    tables = SQLModel.metadata.sorted_tables
    # Acts write in this table last: locked first, two would wait for each other for ever.
    tables = sorted(tables, key=lambda table: table.name == "audit")
    quoted = ", ".join(session.get_bind().dialect.identifier_preparer.format_table(table) for table in tables)
    session.connection().execute(text(f"LOCK TABLE {quoted} IN SHARE ROW EXCLUSIVE MODE"))


def unlink(table: str, ids: Iterable[int], *, session: Session) -> None:
    """Let no row point to these rows any more; a row that is nothing without it goes.

    Parameters
    ----------
    table : str
    ids : iterable of int
    session : Session
    """
    wanted = list(ids)
    for other in SQLModel.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table.name != table:
                continue
            column = key.parent
            for start in range(0, len(wanted), 500):
                where = column.in_(wanted[start : start + 500])
                change = update(other).values({column.name: None}) if column.nullable else other.delete()
                session.connection().execute(change.where(where))
    session.expire_all()
