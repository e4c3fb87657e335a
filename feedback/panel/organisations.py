"""What the panel's organisations are: how many clients stand behind each weighs the pain of a saving; and who is no customer."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.store import audit
from feedback.store.tables import Organisation, PanelSession


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


def set_own(organisations: Collection[int], sessions: Collection[int], *, session: Session, actor: str) -> int:
    """Say who is the SSC itself: what these say and grade is an estimate, and counts in no figure of customers.

    Parameters
    ----------
    organisations, sessions : collection of int
        Ids of the organisations that are the SSC, and of the panel sessions that only own staff answered. All others are
        customers.
    session : Session
    actor : str

    Returns
    -------
    int
        How many organisations and sessions changed.
    """
    changed = 0
    known = session.exec(select(Organisation).order_by(col(Organisation.id)).with_for_update()).all()
    held = session.exec(select(PanelSession).order_by(col(PanelSession.id)).with_for_update()).all()
    rows: list[tuple[Organisation | PanelSession, bool]] = [(row, row.id in organisations) for row in known]
    rows += [(row, row.id in sessions) for row in held]
    for row, own in rows:
        if row.is_own != own:
            audit.record(
                session=session, actor=actor, act="own staff", entity=str(row.__tablename__), entity_id=row.id,
                before={"is_own": row.is_own}, after={"is_own": own},
            )  # fmt: skip
            row.is_own = own
            changed += 1
    session.flush()
    return changed
