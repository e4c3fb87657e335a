"""Every change by a person leaves a row; the rows are also the version of the data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from feedback.store.tables import Audit


def record(
    *,
    session: Session,
    actor: str,
    act: str,
    entity: str,
    entity_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write down a change in the same transaction as the change itself.

    Parameters
    ----------
    session : Session
    actor : str
        Who did it.
    act : str
        What was done: `rename`, `merge`, `import`, `undo` ...
    entity, entity_id : str, int
        To what: a table's name and its row.
    before, after : mapping
        JSON-able values that changed. Never text of a customer that masking could still have to reach.
    """
    session.add(
        Audit(
            actor=actor, act=act, entity=entity, entity_id=entity_id, before=dict(before or {}), after=dict(after or {})
        )
    )


def version(*, session: Session) -> str:
    """Give a name for the present state of the data: it differs after every change.

    Parameters
    ----------
    session : Session

    Returns
    -------
    str
        Highest id and number of audit rows. The number is needed on PostgreSQL, where a lower id may be stored later.
    """
    highest, rows = session.exec(select(func.max(col(Audit.id)), func.count())).one()
    return f"{highest or 0}-{rows}"


def only_about(entities: Collection[str], *, since: str, session: Session) -> bool:
    """Tell whether nothing but some kinds of things changed since a state of the data.

    Parameters
    ----------
    entities : collection of str
        See `record`.
    since : str
        See `version`.
    session : Session

    Returns
    -------
    bool
        False as well where rows were taken out, or came in with a lower id.
    """
    highest, rows = map(int, since.split("-"))
    there = session.exec(select(func.count()).select_from(Audit)).one()
    newer = session.exec(select(Audit.entity).where(col(Audit.id) > highest)).all()
    return there == rows + len(newer) and set(newer) <= set(entities)
