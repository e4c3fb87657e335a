"""Which remarks carry a savings idea, and two ideas that are one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session

from feedback.i18n import UserError
from feedback.savings import rows
from feedback.store import audit
from feedback.store.tables import IMPACT_SOURCES, SavingsImpact

# What the other idea may know where an idea does not.
FILLED = (
    "description", "area_id", "eur_low", "eur_high", "one_off_cost", "effort", "owner", "eur_agreed", "eur_realised", "taken_on",
)  # fmt: skip


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
    """Put one idea into another: its remarks, replies and links go along, and what the other did not know.

    Parameters
    ----------
    source_id, target_id : int
        The target keeps its title and what it knows; the source disappears until this is undone. Of whom an idea hits,
        what customers voted goes before what was read in remarks, and that before what somebody typed.
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
    told = {name: row for name, row in others.items() if name not in known or _trusted(row) < _trusted(known[name])}
    for name, row in told.items():
        rows.forget_impact(target_id, int(name), session=session)
        session.add(SavingsImpact(idea_id=target_id, organisation_id=int(name), **row))
    filled = {name: getattr(source, name) for name in FILLED if getattr(target, name) in (None, "")}
    before = {name: getattr(target, name) for name in filled}
    # What the target says of an idea itself goes before what the source says of it.
    stands = {target_id, *(other for _, other in rows.links_of(target_id, session=session))}
    links = {pair: True for pair in rows.links_of(source_id, session=session) if pair[1] not in stands}
    linked_to = rows.put_links(target_id, links, session=session)
    replies = rows.hand_over_replies(source_id, target_id, session=session)
    times = rows.hand_over_times(source_id, target_id, session=session)
    audit.record(
        session=session, actor=actor, act="merge", entity=rows.ENTITY, entity_id=target_id,
        before={
            "source": {
                "id": source_id, "status": source.status, "remarks": carried[source_id], "replies": replies, "times": times,
            },
            "impacts": {name: known.get(name) for name in told},
            "links": linked_to,
            **rows.plain(before),
        },
        after={"linked": linked, **rows.plain(filled)},
    )  # fmt: skip
    rows.change(source, {"status": "spotted"})
    rows.change(target, filled)
    rows.take_evidence(source_id, carried[source_id], session=session)
    return target_id


def _trusted(row: Mapping[str, Any]) -> int:
    return IMPACT_SOURCES.index(row["source"])


def differ(idea_id: int, other_id: int, *, session: Session, actor: str) -> int:
    """Say that two ideas that look alike are not the same: they are not proposed as one again.

    Parameters
    ----------
    idea_id, other_id : int
    session : Session
    actor : str

    Returns
    -------
    int
        The first idea's id; this is undone there.
    """
    ideas = [rows.find(one, session=session) for one in sorted((idea_id, other_id))]
    links = rows.put_links(idea_id, {("differs", other_id): True}, session=session)
    if links:
        for idea in ideas:
            rows.change(idea, {})
        audit.record(
            session=session, actor=actor, act="differ", entity=rows.ENTITY, entity_id=idea_id, before={"links": links}
        )
    return idea_id
