"""What the acts on savings ideas share: rows read and written, values checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.store import changing
from feedback.store.tables import (
    IDEA_STATUSES,
    CustomerTime,
    Organisation,
    Remark,
    Reply,
    SavingsEvidence,
    SavingsIdea,
    SavingsImpact,
    SavingsLink,
)
from feedback.text.money import AmbiguousAmountError, parse_euro

ENTITY = "savings_idea"
MONEY = ("eur_low", "eur_high", "one_off_cost", "eur_agreed", "eur_realised")
FIELDS = ("title", "description", "area_id", *MONEY, "effort", "owner", "status", "taken_on")
TITLE_WIDTH = 90
# How an idea stands to another: what it excludes, requires or differs from, or that the other requires it; and the other's id.
Link = tuple[str, int]
IMPACT = 5  # the scale runs from -IMPACT (hurts) to +IMPACT (helps)


def shorten(text: str, width: int = TITLE_WIDTH) -> str:
    """Cut a text at a word, with an ellipsis where something is left out.

    Parameters
    ----------
    text : str
    width : int
        Most characters, the ellipsis included.

    Returns
    -------
    str
        On one line, without a full stop at the end.
    """
    line = " ".join(text.split()).rstrip(".")
    if len(line) <= width:
        return line
    head = line[: width - 1]
    # One word longer than a title (a link, a row of dots) is cut where it stands.
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:.") + "…"


def amount(typed: str | float | None) -> float | None:
    """Read an amount as a person typed it: 1.250.000, € 12,5k, 0,3 mln; nothing typed is unknown.

    Parameters
    ----------
    typed : str, float or None

    Returns
    -------
    float or None
        Euros.

    Raises
    ------
    UserError
        When it is no amount, or below zero; the message gives an example.
    """
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        return None
    if isinstance(typed, str):
        try:
            typed = parse_euro(typed)
        except AmbiguousAmountError as error:
            raise UserError("savings.error.two_amounts", text=typed) from error
        except ValueError as error:
            raise UserError("savings.error.amount", text=typed) from error
    if typed < 0:
        raise UserError("savings.error.negative")
    return float(typed)


def figure(typed: str | float | None) -> float | None:
    """Read a number as a person typed it, Dutch or plain: 12,5 or 1.250; nothing typed is unknown.

    Parameters
    ----------
    typed : str, float or None

    Returns
    -------
    float or None

    Raises
    ------
    UserError
        When it is no number, or below zero; the message gives an example.
    """
    try:
        return amount(typed)
    except UserError as error:
        raise UserError("savings.error.figure", text=str(typed)) from error


def id_of(idea: SavingsIdea) -> int:
    """Give the id of a stored idea."""
    assert idea.id is not None
    return idea.id


def find(idea_id: int, *, session: Session) -> SavingsIdea:
    """Read an idea to change it; on PostgreSQL the next person who wants that waits."""
    return changing.find(SavingsIdea, idea_id, gone="savings.error.gone", session=session)


def change(idea: SavingsIdea, values: Mapping[str, Any]) -> None:
    """Set values, and tell everybody who looks at the old ones."""
    for name, value in values.items():
        setattr(idea, name, value)
    idea.version += 1


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Bring values to what the table takes, or say what is wrong with them."""
    checked = {name: values[name] for name in FIELDS if name in values}
    for name in ("title", "description", "owner"):
        checked[name] = (checked[name] or "").strip()
    checked["title"] = " ".join(checked["title"].split())[:300]
    if not checked["title"]:
        raise UserError("savings.error.no_title")
    for name in MONEY:
        checked[name] = amount(checked.get(name))
    if isinstance(checked.get("taken_on"), str):
        checked["taken_on"] = dt.date.fromisoformat(checked["taken_on"])
    known = [value for value in (checked["eur_low"], checked["eur_high"]) if value is not None]
    if known:
        checked["eur_low"], checked["eur_high"] = min(known), max(known)
    if checked["effort"] is not None and checked["effort"] not in range(1, 6):
        raise UserError("savings.error.effort")
    if checked.get("status", "confirmed") not in IDEA_STATUSES:
        raise ValueError(f"status {checked['status']!r} is none of {IDEA_STATUSES}")
    return checked


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Write values so that JSON takes them: a day as text."""
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


def title_for_audit(idea: SavingsIdea, *, session: Session) -> str | dict[str, int]:
    """Give a title for the audit table: customers' words by reference, so that masking still reaches them."""
    for remark_id in evidence_of(id_of(idea), session=session):
        remark = session.get(Remark, remark_id)
        if remark is not None and shorten(remark.text) == idea.title:
            return {"remark": remark_id}
    return idea.title


def evidence_of(idea_id: int, *, session: Session) -> list[int]:
    """Give the ids of the remarks that carry an idea."""
    rows = select(SavingsEvidence.remark_id).where(SavingsEvidence.idea_id == idea_id)
    return sorted(session.exec(rows).all())


def put_evidence(idea_id: int, remark_ids: Iterable[int], *, session: Session) -> list[int]:
    """Let remarks carry an idea; give the ids of those that did not yet."""
    new = sorted({int(remark_id) for remark_id in remark_ids} - set(evidence_of(idea_id, session=session)))
    there = set(session.exec(select(Remark.id).where(col(Remark.id).in_(new))).all())
    linked = [remark_id for remark_id in new if remark_id in there]
    session.add_all([SavingsEvidence(idea_id=idea_id, remark_id=remark_id) for remark_id in linked])
    session.flush()
    return linked


def take_evidence(idea_id: int, remark_ids: Iterable[int], *, session: Session) -> None:
    """Let remarks no longer carry an idea."""
    session.flush()
    session.connection().execute(
        delete(SavingsEvidence).where(
            col(SavingsEvidence.idea_id) == idea_id, col(SavingsEvidence.remark_id).in_(list(remark_ids))
        )
    )
    session.expire_all()


def hand_over_replies(
    source_id: int, target_id: int, *, only: Iterable[int] | None = None, session: Session
) -> list[int]:
    """Give the replies of an idea to another; of `only` these, those that are still there. Gives the ids of what went."""
    statement = update(Reply).where(col(Reply.idea_id) == source_id)
    if only is not None:
        statement = statement.where(col(Reply.id).in_(list(only)))
    moved = statement.values(idea_id=target_id).returning(col(Reply.id)).execution_options(synchronize_session=False)
    return sorted(row for row in session.connection().scalars(moved) if row is not None)


def hand_over_times(
    source_id: int, target_id: int, *, only: Iterable[Sequence[Any]] | None = None, session: Session
) -> list[list[Any]]:
    """Set what was assumed of customers' time against another idea; of `only` these. Gives area and kind of what went."""
    held = session.exec(select(CustomerTime).where(CustomerTime.idea_id == source_id).with_for_update()).all()
    wanted = None if only is None else {tuple(key) for key in only}
    moved = [row for row in held if wanted is None or (row.area_id, row.kind) in wanted]
    for row in moved:
        row.idea_id = target_id
    session.flush()
    return sorted([row.area_id, row.kind] for row in moved)


def impacts_of(idea_id: int, *, session: Session) -> dict[str, dict[str, Any]]:
    """Give whom an idea hits, by organisation; the keys are text because JSON has no others."""
    rows = session.exec(select(SavingsImpact).where(SavingsImpact.idea_id == idea_id)).all()
    return {str(row.organisation_id): {"impact": row.impact, "source": row.source} for row in rows}


def forget_impact(idea_id: int, organisation_id: int, *, session: Session) -> None:
    """Make what an idea does to an organisation unknown."""
    row = session.get(SavingsImpact, (idea_id, organisation_id))
    if row is not None:
        session.delete(row)
        session.flush()


def put_impacts(
    idea_id: int, impacts: Mapping[int, float | None], *, source: str = "typed", session: Session
) -> dict[str, dict[str, Any] | None]:
    """Store impacts; give what stood there before, for those that changed."""
    known = impacts_of(idea_id, session=session)
    there = set(session.exec(select(Organisation.id)).all())
    before: dict[str, dict[str, Any] | None] = {}
    for organisation_id, impact in impacts.items():
        if organisation_id not in there:
            raise UserError("savings.error.organisation_gone")
        if impact is not None and not -IMPACT <= impact <= IMPACT:
            raise UserError("savings.error.impact", limit=IMPACT)
        old = known.get(str(organisation_id))
        if (old or {}).get("impact") == impact:
            continue
        before[str(organisation_id)] = old
        forget_impact(idea_id, organisation_id, session=session)
        if impact is not None:
            session.add(
                SavingsImpact(idea_id=idea_id, organisation_id=organisation_id, impact=float(impact), source=source)
            )
    session.flush()
    return before


def links_of(idea_id: int, *, session: Session) -> set[Link]:
    """Give how an idea stands to others."""
    own = or_(col(SavingsLink.idea_id) == idea_id, col(SavingsLink.other_id) == idea_id)
    links: set[Link] = set()
    for row in session.exec(select(SavingsLink).where(own)).all():
        mine = row.idea_id == idea_id
        kind = "needed_by" if row.kind == "requires" and not mine else row.kind
        links.add((kind, row.other_id if mine else row.idea_id))
    return links


def put_links(idea_id: int, links: Mapping[Link, bool], *, session: Session) -> dict[str, bool]:
    """Make links, or break them (False); give those that changed as they were, the keys as text for JSON."""
    known = links_of(idea_id, session=session)
    changed = {link: there for link, there in links.items() if there != (link in known) and link[1] != idea_id}
    kinds: dict[int, set[str]] = {}
    for kind, other in known - changed.keys() | {link for link, there in changed.items() if there}:
        kinds.setdefault(other, set()).add(kind)
    if any("excludes" in own and own & {"requires", "needed_by"} for own in kinds.values()):
        raise UserError("savings.error.contradiction")
    for (kind, other), there in changed.items():
        if session.get(SavingsIdea, other) is None:
            raise UserError("savings.error.gone")
        both_ways = kind in ("excludes", "differs")
        ends = (other, idea_id) if kind == "needed_by" or (both_ways and other < idea_id) else (idea_id, other)
        stored = kind if both_ways else "requires"
        row = session.get(SavingsLink, (*ends, stored))
        if there and row is None:
            session.add(SavingsLink(idea_id=ends[0], other_id=ends[1], kind=stored))
        elif row is not None and not there:
            session.delete(row)
    session.flush()
    return {f"{kind}:{other}": not there for (kind, other), there in changed.items()}
