"""What the panel's organisations are: how many clients stand behind each weighs the pain of a saving."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.store import audit
from feedback.store.tables import Organisation


def set_clients(clients: Mapping[int, int | None], *, session: Session, actor: str) -> int:
    """Say how many employees organisations have that the services are for.

    Parameters
    ----------
    clients : mapping of int to int or None
        Organisation's id to its number of clients; None: unknown. Organisations left out stay as they are.
    session : Session
    actor : str

    Returns
    -------
    int
        How many organisations changed.

    Raises
    ------
    UserError
        When an organisation does not exist any more, or a number is below zero.
    """
    found = session.exec(select(Organisation).where(col(Organisation.id).in_(clients)).with_for_update()).all()
    if len(found) < len(clients):
        raise UserError("savings.error.organisation_gone")
    changed = [row for row in found if row.clients != clients[row.id or 0]]
    for row in changed:
        wanted = clients[row.id or 0]
        if wanted is not None and wanted < 0:
            raise UserError("savings.error.clients", organisation=row.name)
        audit.record(
            session=session, actor=actor, act="clients", entity="organisation", entity_id=row.id,
            before={"clients": row.clients}, after={"clients": wanted},
        )  # fmt: skip
        row.clients = wanted
    return len(changed)
