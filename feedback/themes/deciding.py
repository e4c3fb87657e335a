"""What a person decides about proposals: to take one over, or to decline it, and then it does not come back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.store import audit
from feedback.store.tables import Audit, Theme
from feedback.themes import curation, history
from feedback.themes.proposals import Proposal

_DECLINE, _OFFER, _ENTITY = "decline", "offer again", "proposal"


def take_over(proposal: Proposal, name: str = "", *, session: Session, actor: str) -> list[int]:
    """Do what is proposed, in a person's name.

    Parameters
    ----------
    proposal : Proposal
    name : str
        Of the new theme, where the proposal is one.
    session : Session
    actor : str

    Returns
    -------
    list of int
        Ids of the events, the last first: undone in this order, all is as before.

    Raises
    ------
    UserError
        When a theme is no longer there, or see the acts in `curation`.
    """
    remarks = list(proposal.remarks)
    match proposal.kind:
        case "move" | "wake":
            return [curation.move(remarks, _id(proposal.theme, session), session=session, actor=actor)]
        case "merge":
            gone, target = _id(proposal.source, session), _id(proposal.theme, session)
            return [curation.merge(gone, target, session=session, actor=actor)]
        case _:
            source = _id(proposal.source, session) if proposal.source else None
            return make_theme(remarks, name, source=source, session=session, actor=actor)


def make_theme(remarks: list[int], name: str, *, source: int | None, session: Session, actor: str) -> list[int]:
    """Make a theme of remarks.

    Parameters
    ----------
    remarks : list of int
    name : str
    source : int or None
        The theme they all leave; None where they come from several.
    session : Session
    actor : str

    Returns
    -------
    list of int
        Ids of the events, the last first.
    """
    if source is not None:
        curation.split(source, remarks, name, session=session, actor=actor)
        last = history.last_event(source, session=session)
        return [] if last is None else [last]
    target = curation.create(name, session=session, actor=actor)
    created = history.last_event(target, session=session)
    moved = curation.move(remarks, target, session=session, actor=actor)
    return [moved, *([] if created is None else [created])]


def _id(key: str, session: Session) -> int:
    found = session.exec(select(Theme.id).where(Theme.key == key)).first()
    if found is None:
        raise UserError("themes.error.gone")
    return found


def decline(proposal: Proposal, *, session: Session, actor: str) -> bool:
    """Remember that a person did not want this.

    Parameters
    ----------
    proposal : Proposal
    session : Session
    actor : str

    Returns
    -------
    bool
        True.
    """
    after = {
        "kind": proposal.kind, "theme": proposal.theme, "source": proposal.source, "remarks": sorted(proposal.remarks),
    }  # fmt: skip
    audit.record(session=session, actor=actor, act=_DECLINE, entity=_ENTITY, after=after)
    return True


def declined(*, session: Session) -> list[dict[str, Any]]:
    """Give what was declined and not offered again: kind, theme, source, remarks."""
    rows = session.exec(
        select(Audit.act, Audit.after).where(col(Audit.entity) == _ENTITY).order_by(col(Audit.id).desc())
    ).all()
    since = takewhile(lambda row: row[0] != _OFFER, rows)
    return [dict(after) for _, after in since]


def offer_again(*, session: Session, actor: str) -> bool:
    """Take back every no to a proposal.

    Returns
    -------
    bool
        True.
    """
    audit.record(session=session, actor=actor, act=_OFFER, entity=_ENTITY)
    return True


def wanted(proposals: Iterable[Proposal], *, session: Session) -> list[Proposal]:
    """Leave out what a person declined before.

    Parameters
    ----------
    proposals : iterable of Proposal
    session : Session

    Returns
    -------
    list of Proposal
        In the same order, without those of which every remark was in a declined one of the same kind and themes.
    """
    rows = declined(session=session)
    said = [(row["kind"], row["theme"], row["source"], frozenset(row["remarks"])) for row in rows]
    return [
        one
        for one in proposals
        if not any(
            (one.kind, one.theme, one.source) == (kind, theme, source) and remarks.issuperset(one.remarks)
            for kind, theme, source, remarks in said
        )
    ]
