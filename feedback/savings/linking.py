"""Which remarks carry a savings idea, and two ideas that are one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from feedback.i18n import UserError
from feedback.savings import rows
from feedback.store import audit
from feedback.store.tables import SavingsImpact


def link(idea_id: int, remark_ids: Iterable[int], *, session: Session, actor: str) -> int:
    """Add remarks that carry an idea.

    Parameters
    ----------
    idea_id : int
    remark_ids : iterable of int
        Remarks that are gone, or that carry it already, are passed over.
    session : Session
    actor : str

    Returns
    -------
    int
        The idea's id.
    """
    idea = rows.find(idea_id, session=session)
    linked = rows.put_evidence(idea_id, remark_ids, session=session)
    if linked:
        rows.change(idea, {})
        audit.record(
            session=session, actor=actor, act="link", entity=rows.ENTITY, entity_id=idea_id,
            after={"linked": linked},
        )  # fmt: skip
    return idea_id


def merge(source_id: int, target_id: int, *, session: Session, actor: str) -> int:
    """Put one idea into another: its remarks, replies and links go along, and whom it hits where the other did not know.

    Parameters
    ----------
    source_id, target_id : int
        The target keeps its title and amounts; the source disappears until this is undone.
    session : Session
    actor : str

    Returns
    -------
    int
        The target's id.

    Raises
    ------
    UserError
        When they are one idea already.
    """
    if source_id == target_id:
        raise UserError("savings.error.same")
    # Always in the same order, or two people who merge a pair both ways wait for each other for ever.
    ideas = {idea_id: rows.find(idea_id, session=session) for idea_id in sorted((source_id, target_id))}
    carried = {idea_id: rows.evidence_of(idea_id, session=session) for idea_id in ideas}
    if any(idea.status == "spotted" and not carried[idea_id] for idea_id, idea in ideas.items()):
        raise UserError("savings.error.gone")
    source, target = ideas[source_id], ideas[target_id]
    linked = rows.put_evidence(target_id, carried[source_id], session=session)
    known = rows.impacts_of(target_id, session=session)
    others = rows.impacts_of(source_id, session=session)
    told = {name: row for name, row in others.items() if name not in known}
    session.add_all([SavingsImpact(idea_id=target_id, organisation_id=int(name), **row) for name, row in told.items()])
    # What the target says of an idea itself goes before what the source says of it.
    stands = {target_id, *(other for _, other in rows.links_of(target_id, session=session))}
    links = {pair: True for pair in rows.links_of(source_id, session=session) if pair[1] not in stands}
    linked_to = rows.put_links(target_id, links, session=session)
    replies = rows.hand_over_replies(source_id, target_id, session=session)
    audit.record(
        session=session, actor=actor, act="merge", entity=rows.ENTITY, entity_id=target_id,
        before={
            "source": {"id": source_id, "status": source.status, "remarks": carried[source_id], "replies": replies},
            "impacts": dict.fromkeys(told),
            "links": linked_to,
        },
        after={"linked": linked},
    )  # fmt: skip
    rows.change(source, {"status": "spotted"})
    rows.change(target, {})
    rows.take_evidence(source_id, carried[source_id], session=session)
    return target_id
