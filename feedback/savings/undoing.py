"""Take back what was done to a savings idea, from what the audit table kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.savings import rows
from feedback.store import audit, changing
from feedback.store.tables import Audit, Remark, SavingsImpact


def undo(idea_id: int, *, seen_version: int | None = None, session: Session, actor: str) -> int:
    """Take back the last change to an idea that was not taken back yet.

    Parameters
    ----------
    idea_id : int
    seen_version : int, optional
        The version that the person looked at; refused when it is another by now.
    session : Session
    actor : str

    Returns
    -------
    int
        The idea's id.

    Raises
    ------
    UserError
        When there is nothing to take back, or somebody else changed the idea meanwhile.
    """
    idea = rows.find(idea_id, session=session)
    changing.as_seen(idea, seen_version, "savings.error.changed", title=idea.title)
    change = _last_change(idea_id, session=session)
    if change is None:
        raise UserError("savings.error.nothing_to_undo")
    before, linked = change.before, change.after.get("linked", ())
    fields = {name: before[name] for name in rows.FIELDS if name in before}
    if isinstance(fields.get("title"), dict):
        remark = session.get(Remark, fields["title"]["remark"])
        fields["title"] = rows.shorten(remark.text) if remark and remark.text else idea.title
    if fields.get("taken_on"):
        fields["taken_on"] = dt.date.fromisoformat(fields["taken_on"])
    rows.change(idea, fields)
    for organisation, row in before.get("impacts", {}).items():
        rows.forget_impact(idea_id, int(organisation), session=session)
        if row is not None:
            session.add(SavingsImpact(idea_id=idea_id, organisation_id=int(organisation), **row))
    links = [(*name.split(":"), was) for name, was in before.get("links", {}).items()]
    rows.put_links(idea_id, {(kind, int(other)): was for kind, other, was in links}, session=session)
    if "source" in before:
        source = rows.find(before["source"]["id"], session=session)
        rows.change(source, {"status": before["source"]["status"]})
        rows.put_evidence(before["source"]["id"], before["source"]["remarks"], session=session)
        replies = before["source"].get("replies", ())
        rows.hand_over_replies(idea_id, before["source"]["id"], only=replies, session=session)
        rows.hand_over_times(idea_id, before["source"]["id"], only=before["source"].get("times", ()), session=session)
    audit.record(
        session=session, actor=actor, act="undo", entity=rows.ENTITY, entity_id=idea_id,
        before={"change": change.id, "act": change.act},
    )  # fmt: skip
    rows.take_evidence(idea_id, linked, session=session)
    return idea_id


def undo_all(versions: Mapping[int, int], *, session: Session, actor: str) -> list[int]:
    """Take back the last change to each of several ideas, all of it or nothing.

    Parameters
    ----------
    versions : mapping of int to int
        By idea the version that the person left; see `ideas.judge`.
    session : Session
    actor : str

    Returns
    -------
    list of int
        Their ids.

    Raises
    ------
    UserError
        When somebody else changed one of them meanwhile.
    """
    return [undo(idea_id, seen_version=versions[idea_id], session=session, actor=actor) for idea_id in sorted(versions)]


def can_undo(idea_id: int, *, session: Session) -> bool:
    """Tell whether there is a change to take back.

    Parameters
    ----------
    idea_id : int
    session : Session

    Returns
    -------
    bool
    """
    return _last_change(idea_id, session=session) is not None


def _last_change(idea_id: int, *, session: Session) -> Audit | None:
    changes = session.exec(
        select(Audit).where(Audit.entity == rows.ENTITY, Audit.entity_id == idea_id).order_by(col(Audit.id).desc())
    ).all()
    undone = {change.before["change"] for change in changes if change.act == "undo"}
    return next((change for change in changes if change.act != "undo" and change.id not in undone), None)
