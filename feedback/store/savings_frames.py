"""What pages and reports read of savings: ideas, whom they hit, what services are worth, customers' time. Frames, never live objects."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlmodel import Session, col

from feedback.store.frames import read
from feedback.store.tables import (
    Assumption,
    Audit,
    Batch,
    CustomerTime,
    Note,
    Organisation,
    Remark,
    SavingsEvidence,
    SavingsIdea,
    SavingsImpact,
    SavingsLink,
    ServiceArea,
    WorthVote,
)

# SQLModel types a column as the value it holds, so that no overload of select fits.
_select: Any = select


def ideas(*, session: Session) -> pd.DataFrame:
    """Read the savings ideas: idea_id, title, description, area, eur_low, eur_high, one_off_cost, effort, owner, status,
    eur_agreed, eur_realised, taken_on (datetime64), version, dismissed (bool: refused when it was only spotted, so never an
    idea of anybody's), refused_on (datetime64, the day of the last no; missing where it stands or nobody wrote the no down).

    An idea that was only spotted, in batches that are all undone, does not count.
    """
    statement = (
        _select(
            col(SavingsIdea.id).label("idea_id"), SavingsIdea.title, SavingsIdea.description,
            col(ServiceArea.key).label("area"), SavingsIdea.eur_low, SavingsIdea.eur_high, SavingsIdea.one_off_cost,
            SavingsIdea.effort, SavingsIdea.owner, SavingsIdea.status, SavingsIdea.eur_agreed, SavingsIdea.eur_realised,
            SavingsIdea.taken_on, SavingsIdea.version,
        )
        .join(ServiceArea, col(SavingsIdea.area_id) == ServiceArea.id, isouter=True)
        .order_by(col(SavingsIdea.id))
    )  # fmt: skip
    frame = read(session, statement)
    frame["taken_on"] = pd.to_datetime(frame["taken_on"])
    alive = set(evidence(session=session)["idea_id"])
    refusals = _refusals(frame.loc[frame["status"] == "refused", "idea_id"], session)
    frame["dismissed"] = frame["idea_id"].map({at: was == "spotted" for at, (was, _) in refusals.items()}).eq(True)
    frame["refused_on"] = pd.to_datetime(frame["idea_id"].map({at: day for at, (_, day) in refusals.items()}))
    return frame[(frame["status"] != "spotted") | frame["idea_id"].isin(alive)].reset_index(drop=True)


def _refusals(refused: pd.Series, session: Session) -> dict[int, tuple[str | None, dt.date]]:
    """Give by refused idea what it was until then, and the day of the no."""
    if refused.empty:
        return {}
    ids = [int(at) for at in refused]
    changes = (
        _select(Audit.entity_id, Audit.before, Audit.after, Audit.at)
        .where(col(Audit.entity) == SavingsIdea.__tablename__, col(Audit.entity_id).in_(ids))
        .order_by(col(Audit.id))
    )
    return {
        idea_id: (before.get("status"), at.date())
        for idea_id, before, after, at in session.connection().execute(changes)
        if after.get("status") == "refused"
    }


def evidence(*, session: Session) -> pd.DataFrame:
    """Read which remarks carry which savings idea: idea_id, remark_id (remarks that count only)."""
    statement = (
        _select(SavingsEvidence.idea_id, SavingsEvidence.remark_id)
        .join(Remark, col(SavingsEvidence.remark_id) == Remark.id)
        .join(Note, col(Remark.note_id) == Note.id)
        .join(Batch, col(Note.batch_id) == Batch.id)
        .where(col(Batch.undone_at).is_(None), col(Note.erased_at).is_(None))
        .order_by(SavingsEvidence.idea_id, SavingsEvidence.remark_id)
    )
    return read(session, statement)


def impacts(*, session: Session) -> pd.DataFrame:
    """Read whom an idea hits: idea_id, organisation_id, organisation, clients (Int64), impact, source."""
    statement = _select(
        SavingsImpact.idea_id, SavingsImpact.organisation_id, col(Organisation.name).label("organisation"),
        Organisation.clients, SavingsImpact.impact, SavingsImpact.source,
    ).join(Organisation, col(SavingsImpact.organisation_id) == Organisation.id)  # fmt: skip
    frame = read(session, statement)
    frame["clients"] = frame["clients"].astype("Int64")
    return frame


def links(*, session: Session) -> pd.DataFrame:
    """Read which ideas (see `ideas`) cannot go together, need another or differ: idea_id, other_id, kind (excludes, requires or differs)."""
    statement = _select(SavingsLink.idea_id, SavingsLink.other_id, col(SavingsLink.kind).label("link")).order_by(
        SavingsLink.idea_id, SavingsLink.other_id
    )
    frame = read(session, statement).rename(columns={"link": "kind"})
    there = ideas(session=session)["idea_id"]
    return frame[frame["idea_id"].isin(there) & frame["other_id"].isin(there)].reset_index(drop=True)


def worth_votes(*, session: Session) -> pd.DataFrame:
    """Read the votes on what services are worth, oldest first.

    Parameters
    ----------
    session : Session

    Returns
    -------
    DataFrame
        area (key), organisation_id, organisation, asked_on (datetime64), more, keep, less (how many votes).
    """
    statement = (
        _select(
            col(ServiceArea.key).label("area"), WorthVote.organisation_id, col(Organisation.name).label("organisation"),
            WorthVote.asked_on, WorthVote.more, WorthVote.keep, WorthVote.less,
        )
        .join(ServiceArea, col(WorthVote.area_id) == ServiceArea.id)
        .join(Organisation, col(WorthVote.organisation_id) == Organisation.id)
        .order_by(col(WorthVote.asked_on), col(WorthVote.id))
    )  # fmt: skip
    frame = read(session, statement).astype({"area": "str", "organisation": "str"})
    frame["asked_on"] = pd.to_datetime(frame["asked_on"])
    return frame


def customer_time(*, session: Session) -> pd.DataFrame:
    """Read what was assumed of customers' time: area (key), time (search, wait or twice), minutes, people (Int64), times, idea_id (Int64)."""
    statement = _select(
        col(ServiceArea.key).label("area"), col(CustomerTime.kind).label("time"), CustomerTime.minutes,
        CustomerTime.people, CustomerTime.times, CustomerTime.idea_id,
    ).join(ServiceArea, col(CustomerTime.area_id) == ServiceArea.id).order_by(ServiceArea.position, CustomerTime.kind)  # fmt: skip
    frame = read(session, statement).astype({"minutes": float, "people": "Int64", "times": float, "idea_id": "Int64"})
    return frame.astype({"area": "str", "time": "str"})


def assumptions(*, session: Session) -> pd.DataFrame:
    """Read the figures that the coordinator set for the whole panel: key, value."""
    return read(session, _select(Assumption.key, Assumption.value).order_by(Assumption.key))
