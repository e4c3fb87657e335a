"""Votes of a room: one person one vote, seen only once somebody shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import delete
from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.store import audit, changing
from feedback.store.tables import POLL_KINDS, Ballot, Organisation, Participant, Poll, Workshop, now

# What may be given to one option: the least and the most. Dots are bounded by how many a person has.
RANGES = {"dots_themes": (0, 20), "dots_ideas": (0, 20), "worth": (-1, 1), "impact": (-5, 5), "heard": (1, 5)}
MOST_OPTIONS = 30
MOST_DOTS = 20
HEARD = "heard"


@dataclass(frozen=True)
class Vote:
    """A poll as screens see it.

    Attributes
    ----------
    poll_id, workshop_id : int
    kind : str
        Of `store.tables.POLL_KINDS`.
    options : tuple of str
        Ids of themes or ideas, keys of service areas; of *heard* the one option `HEARD`.
    dots : int
    is_open, is_shown, is_kept : bool
        Whether phones may vote, the result may be seen, and it went into the panel's figures.
    """

    poll_id: int
    workshop_id: int
    kind: str
    options: tuple[str, ...]
    dots: int
    opened_at: dt.datetime
    is_open: bool
    is_shown: bool
    is_kept: bool


def open_poll(
    workshop_id: int, kind: str, options: Sequence[str] = (), *, dots: int = 3, session: Session, actor: str
) -> int:
    """Open a vote on phones and screen; one that is still open closes.

    Parameters
    ----------
    workshop_id : int
    kind : str
    options : sequence of str
    dots : int
        Votes of each person, where these are counted.
    session : Session
    actor : str

    Returns
    -------
    int
        Id of the poll.

    Raises
    ------
    UserError
        When there is nothing, or too much, to choose from.
    """
    options = [HEARD] if kind == "heard" else list(dict.fromkeys(options))
    if kind not in POLL_KINDS or not 1 <= len(options) <= MOST_OPTIONS:
        raise UserError("workshop.error.options", most=MOST_OPTIONS)
    room = changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session)
    for other in session.exec(select(Poll).where(Poll.workshop_id == workshop_id, col(Poll.closed_at).is_(None))):
        other.closed_at = now()
    row = Poll(workshop_id=workshop_id, kind=kind, options=options, dots=min(max(dots, 1), MOST_DOTS))
    session.add(row)
    session.flush()
    assert row.id is not None
    room.poll_id, room.screen, room.page = row.id, "vote", 0
    room.version += 1
    audit.record(session=session, actor=actor, act="open vote", entity="poll", entity_id=row.id, after={"kind": kind})
    return row.id


def close_poll(poll_id: int, *, session: Session, actor: str) -> None:
    """Close a vote; phones may not change theirs any more.

    Raises
    ------
    UserError
        When it is not there.
    """
    _set(poll_id, "closed_at", True, session)
    audit.record(session=session, actor=actor, act="close vote", entity="poll", entity_id=poll_id)


def reopen_poll(poll_id: int, *, session: Session, actor: str) -> None:
    """Open a vote again, with the votes that it has; undoes `close_poll`.

    Raises
    ------
    UserError
        When it is not there, or its result went into the panel's figures.
    """
    if changing.find(Poll, poll_id, gone="workshop.error.poll_gone", session=session).kept_at is not None:
        raise UserError("workshop.error.poll_kept")
    _set(poll_id, "closed_at", False, session)
    _set(poll_id, "shown_at", False, session)
    audit.record(session=session, actor=actor, act="reopen vote", entity="poll", entity_id=poll_id)


def show_poll(poll_id: int, shown: bool = True, *, session: Session, actor: str) -> None:
    """Show the result of a vote on the screen, or hide it again. What is shown is closed.

    Raises
    ------
    UserError
        When it is not there.
    """
    if shown:
        _set(poll_id, "closed_at", True, session)
    _set(poll_id, "shown_at", shown, session)
    audit.record(
        session=session, actor=actor, act="show vote", entity="poll", entity_id=poll_id, after={"shown": shown}
    )


def _set(poll_id: int, name: str, value: bool, session: Session) -> None:
    row = changing.find(Poll, poll_id, gone="workshop.error.poll_gone", session=session)
    setattr(row, name, (getattr(row, name) or now()) if value else None)
    room = changing.find(Workshop, row.workshop_id, gone="workshop.error.gone", session=session)
    room.version += 1


def vote(poll_id: int, *, session: Session) -> Vote:
    """Read a poll.

    Raises
    ------
    UserError
        When it is not there.
    """
    row = session.get(Poll, poll_id)
    if row is None:
        raise UserError("workshop.error.poll_gone")
    return _vote(row)


def votes(workshop_id: int, *, session: Session) -> list[Vote]:
    """Read the polls of a room, the oldest first."""
    rows = session.exec(select(Poll).where(Poll.workshop_id == workshop_id).order_by(col(Poll.id))).all()
    return [_vote(row) for row in rows]


def _vote(row: Poll) -> Vote:
    assert row.id is not None
    return Vote(
        row.id, row.workshop_id, row.kind, tuple(row.options), row.dots, row.opened_at, row.closed_at is None,
        row.shown_at is not None, row.kept_at is not None,
    )  # fmt: skip


def cast(poll_id: int, participant_id: int, given: Mapping[str, int], *, session: Session) -> None:
    """Give a vote; voting again takes the place of what was given before.

    Parameters
    ----------
    poll_id, participant_id : int
    given : mapping of str to int
        Option to dots, -1 .. +1, -5 .. +5 or 1-5.
    session : Session

    Raises
    ------
    UserError
        When the vote is closed, an option is not its own, or more was given than a person has.
    """
    row = changing.find(Poll, poll_id, gone="workshop.error.poll_gone", session=session)
    if row.closed_at is not None:
        raise UserError("workshop.error.poll_closed")
    person = session.get(Participant, participant_id)
    if person is None or person.workshop_id != row.workshop_id:
        raise UserError("workshop.error.gone")
    low, high = RANGES[row.kind]
    counted = row.kind.startswith("dots")
    if any(option not in row.options or not low <= value <= high for option, value in given.items()):
        raise UserError("workshop.error.ballot")
    if counted and sum(given.values()) > row.dots:
        raise UserError("workshop.error.dots", dots=row.dots)
    session.connection().execute(
        delete(Ballot).where(col(Ballot.poll_id) == poll_id, col(Ballot.participant_id) == participant_id)
    )
    for option, value in given.items():
        if value or not counted:
            session.add(Ballot(poll_id=poll_id, participant_id=participant_id, option=option, value=value))
    session.flush()


def given(poll_id: int, participant_id: int, *, session: Session) -> dict[str, int]:
    """Read what a person voted."""
    rows = session.exec(select(Ballot).where(Ballot.poll_id == poll_id, Ballot.participant_id == participant_id)).all()
    return {row.option: row.value for row in rows}


def ballots(poll_id: int, *, session: Session) -> pd.DataFrame:
    """Read all that was voted.

    Parameters
    ----------
    poll_id : int
    session : Session

    Returns
    -------
    DataFrame
        option, value, participant_id, member_id, organisation_id, organisation (name or None), level. Not for a screen as it is.
    """
    _select: Any = select
    rows = session.exec(
        _select(
            Ballot.option, Ballot.value, Ballot.participant_id, Participant.member_id,
            Participant.organisation_id, Organisation.name, Participant.level,
        )
        .join(Participant, col(Ballot.participant_id) == Participant.id)
        .join(Organisation, col(Participant.organisation_id) == Organisation.id, isouter=True)
        .where(Ballot.poll_id == poll_id)
        .order_by(col(Ballot.participant_id), col(Ballot.option))
    ).all()  # fmt: skip
    columns = ["option", "value", "participant_id", "member_id", "organisation_id", "organisation", "level"]
    return pd.DataFrame([tuple(row) for row in rows], columns=columns)
