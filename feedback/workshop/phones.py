"""Who joined a room: a phone, known by a keyed hash of its cookie, and never by more."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.store.tables import LEVELS, Ballot, Member, Note, Organisation, Participant, Poll, Workshop


def mark(cookie: str, *, workshop_id: int, key: str) -> str:
    """Give what a phone is known by in one room; another room knows it as somebody else."""
    return hmac.new(key.encode(), f"phone {workshop_id} {cookie}".encode(), hashlib.sha256).hexdigest()


def join(
    workshop_id: int,
    cookie: str,
    *,
    key: str,
    session: Session,
    organisation_id: int | None = None,
    level: str | None = None,
    said: str = "",
) -> int:
    """Find the participant that a phone is, or add it; what is said later fills what was open.

    Parameters
    ----------
    workshop_id : int
    cookie : str
    key : str
        The installation's secret.
    session : Session
    organisation_id : int, optional
    level : str, optional
        Of `store.tables.LEVELS`.
    said : str
        Pseudonym of the code that the person gave, in a room that asks for one (see `panel.people.pseudonym`).

    Returns
    -------
    int
        Id of the participant.

    Raises
    ------
    UserError
        When there is no such organisation or level.
    """
    if level is not None and level not in LEVELS:
        raise UserError("workshop.error.level")
    if organisation_id is not None and session.get(Organisation, organisation_id) is None:
        raise UserError("workshop.error.organisation")
    who = mark(cookie, workshop_id=workshop_id, key=key)
    row = session.exec(select(Participant).where(Participant.mark == who)).first()
    if row is None:
        # The person that its remarks are of: known again by the code that was said, else for this room only.
        pseudonym = said or who[:24]
        member = session.exec(select(Member).where(Member.pseudonym == pseudonym)).first()
        if member is None:
            is_example = session.get_one(Workshop, workshop_id).is_example
            member = Member(pseudonym=pseudonym, organisation_id=organisation_id, level=level, is_example=is_example)
            session.add(member)
            session.flush()
        row = Participant(
            workshop_id=workshop_id, mark=who, member_id=member.id,
            organisation_id=organisation_id or member.organisation_id, level=level or member.level,
        )  # fmt: skip
        session.add(row)
    elif organisation_id or level:
        row.organisation_id, row.level = organisation_id or row.organisation_id, level or row.level
        member = session.get(Member, row.member_id) if row.member_id is not None else None
        if member is not None:
            member.organisation_id = member.organisation_id or row.organisation_id
            member.level = member.level or row.level
    session.flush()
    assert row.id is not None
    return row.id


def known(workshop_id: int, cookie: str, *, key: str, session: Session) -> Participant | None:
    """Give the participant that a phone is, None before it sent anything."""
    who = mark(cookie, workshop_id=workshop_id, key=key)
    return session.exec(select(Participant).where(Participant.mark == who)).first()


def participants(workshop_id: int, *, session: Session) -> pd.DataFrame:
    """Read who joined.

    Parameters
    ----------
    workshop_id : int
    session : Session

    Returns
    -------
    DataFrame
        A row a phone: participant_id, member_id, organisation (name or None), level, joined_at, took_part (sent or voted; who
        only said an organisation did neither). Not for a screen as it is: a group of few people is a person.
    """
    _select: Any = select
    rows = session.exec(
        _select(Participant.id, Participant.member_id, Organisation.name, Participant.level, Participant.joined_at)
        .join(Organisation, col(Participant.organisation_id) == Organisation.id, isouter=True)
        .where(Participant.workshop_id == workshop_id)
        .order_by(col(Participant.id))
    ).all()
    columns = ["participant_id", "member_id", "organisation", "level", "joined_at"]
    found = pd.DataFrame([tuple(row) for row in rows], columns=columns)
    sent = session.exec(
        select(Note.member_id)
        .join(Workshop, col(Workshop.batch_id) == Note.batch_id)
        .where(Workshop.id == workshop_id, col(Note.member_id).is_not(None))
    ).all()
    voted = session.exec(
        select(Ballot.participant_id)
        .join(Poll, col(Ballot.poll_id) == Poll.id)
        .where(Poll.workshop_id == workshop_id)
        .distinct()
    ).all()
    return found.assign(took_part=found["member_id"].isin(sent) | found["participant_id"].isin(voted))
