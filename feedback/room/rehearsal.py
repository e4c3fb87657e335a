"""A rehearsal: invented participants send and vote through the same door, and nothing of it stays."""

from __future__ import annotations

import logging
import random
import threading
import time
import uuid
from typing import Any

import yaml
from sqlalchemy import Engine, delete, select
from sqlmodel import Session, col

from feedback.i18n import Language, UserError
from feedback.room import taking_back
from feedback.room.desk import Desk
from feedback.room.desk import desk as desk_of_process
from feedback.room.receiving import Sent
from feedback.settings import DATA, settings
from feedback.store import audit, changing
from feedback.store.engine import reading, writing
from feedback.store.tables import (
    LEVELS,
    Ballot,
    Batch,
    Member,
    Note,
    Participant,
    Poll,
    Received,
    Regrouping,
    Remark,
    RoomAct,
    RoomRemark,
    RoomTheme,
    Theme,
    ThemeEvent,
    Workshop,
)
from feedback.workshop import door, phones, polls
from feedback.workshop.polls import RANGES, Vote

log = logging.getLogger(__name__)

REMARKS = DATA / "demo" / "rehearsal.yaml"
PEOPLE = 12
SECONDS = 120.0
# They look every so often whether there is something to vote on, as phones do.
LOOK = 2.0


def start(
    workshop_id: int,
    *,
    engine: Engine,
    actor: str,
    language: Language = "nl",
    seconds: float = SECONDS,
    desk: Desk | None = None,
) -> threading.Thread:
    """Open the room for practice, and let invented participants speak for two minutes and vote until it is closed.

    Parameters
    ----------
    workshop_id : int
    engine : Engine
    actor : str
    language : {"nl", "en"}
        What they speak.
    seconds : float
        Over which they say all they have to say.
    desk : Desk, optional
        That takes it in; the one of this process when left out.

    Returns
    -------
    Thread
        Which goes on until the room is closed.

    Raises
    ------
    UserError
        When the room is open, or was held already.
    """
    with writing(engine) as session:
        door.open_room(workshop_id, rehearsal=True, session=session, actor=actor)
        door.put(workshop_id, screen="join", session=session)
    desk = desk or desk_of_process()
    desk.warm(workshop_id)
    said = yaml.safe_load(REMARKS.read_text(encoding="utf-8"))[language]
    # One name for all they do: a rehearsal that was stopped and begun anew has others.
    name = uuid.uuid4().hex
    thread = threading.Thread(
        target=_play,
        args=(workshop_id, said, seconds / len(said), name, engine, desk),
        name="rehearsal",
        daemon=True,
    )
    thread.start()
    return thread


def _play(workshop_id: int, said: list[str], pause: float, name: str, engine: Engine, desk: Desk) -> None:
    lot = random.Random(name)  # noqa: S311  (who says what in play)
    try:
        people = _join(workshop_id, name, engine)
        for at, text in enumerate(said):
            time.sleep(pause)
            desk.send(workshop_id, Sent(text, f"{name} {at}", 0, people[at % len(people)])).result()
            _vote(workshop_id, people, lot, engine)
        while _vote(workshop_id, people, lot, engine):
            time.sleep(LOOK)
    except UserError:
        log.info("the rehearsal of workshop %s ended", workshop_id)
    except Exception:
        log.exception("the rehearsal of workshop %s", workshop_id)


def _join(workshop_id: int, name: str, engine: Engine) -> list[int]:
    people = []
    for at in range(PEOPLE):
        with writing(engine) as session:
            people.append(
                phones.join(
                    workshop_id,
                    f"{name} {at}",
                    key=settings().hash_key,
                    level=LEVELS[at % len(LEVELS)],
                    session=session,
                )
            )
    return people


def _vote(workshop_id: int, people: list[int], lot: random.Random, engine: Engine) -> bool:
    """Let those who did not vote yet vote, a few at a time; tell whether the room is open still."""
    with reading(engine) as session:
        room = door.room(workshop_id, session=session)
        vote = polls.vote(room.poll_id, session=session) if room.poll_id is not None else None
        voted = set(polls.ballots(vote.poll_id, session=session)["participant_id"]) if vote else set()
    if vote and vote.is_open:
        for person in [one for one in people if one not in voted][:3]:
            with writing(engine) as session:
                polls.cast(vote.poll_id, person, _ballot(vote, lot), session=session)
    return room.is_open and room.is_rehearsal


def _ballot(vote: Vote, lot: random.Random) -> dict[str, int]:
    if not vote.kind.startswith("dots"):
        low, high = RANGES[vote.kind]
        return {option: lot.randint(low, high) for option in vote.options}
    given: dict[str, int] = {}
    for _ in range(vote.dots):
        # The first few draw most, so that there is something to see.
        option = vote.options[min(int(lot.expovariate(0.5)), len(vote.options) - 1)]
        given[option] = given.get(option, 0) + 1
    return given


def stop(workshop_id: int, *, engine: Engine, actor: str) -> None:
    """End a rehearsal: what was said, voted and moved goes, and the workshop is as it was before.

    Parameters
    ----------
    workshop_id : int
    engine : Engine
    actor : str

    Raises
    ------
    UserError
        When it is no rehearsal.
    """
    with writing(engine) as session:
        row = changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session)
        if not row.is_rehearsal:
            raise UserError("workshop.error.no_rehearsal")
        row.code, row.expires_at = None, None
        session.flush()
        while taking_back.undo(workshop_id, session=session, actor=actor) is not None:
            pass
        _delete(row, session)
        row.is_rehearsal, row.opened_at, row.closed_at, row.step_at, row.frozen_at = False, None, None, None, None
        row.step, row.screen, row.question, row.page, row.quotes = row.steps[0][0], "join", 0, 0, True
        row.version += 1
        audit.record(session=session, actor=actor, act="end rehearsal", entity="workshop", entity_id=workshop_id)


def _delete(row: Workshop, session: Session) -> None:
    connection = session.connection()

    def of(table: Any) -> Any:
        return delete(table).where(col(table.workshop_id) == row.id)

    found = [theme for act in _acts(row, session) for theme in act.get("found", ())]
    members = connection.scalars(select(col(Participant.member_id)).where(col(Participant.workshop_id) == row.id)).all()
    asked = select(col(Poll.id)).where(col(Poll.workshop_id) == row.id)
    row.poll_id, row.focus_id, batch_id = None, None, row.batch_id
    row.batch_id = None
    session.flush()
    for statement in (
        delete(Ballot).where(col(Ballot.poll_id).in_(asked)), of(Poll), of(RoomRemark), of(RoomTheme), of(RoomAct),
        of(Regrouping), of(Participant),
    ):  # fmt: skip
        connection.execute(statement)
    if batch_id is not None:
        notes = select(col(Note.id)).where(col(Note.batch_id) == batch_id)
        for statement in (
            delete(Received).where(col(Received.batch_id) == batch_id),
            delete(Remark).where(col(Remark.note_id).in_(notes)),
            delete(Note).where(col(Note.batch_id) == batch_id),
            delete(Batch).where(col(Batch.id) == batch_id),
        ):
            connection.execute(statement)
    connection.execute(delete(ThemeEvent).where(col(ThemeEvent.theme_id).in_(found)))
    connection.execute(delete(Theme).where(col(Theme.id).in_(found)))
    # Whom nothing else is of: a rehearsal knows nobody again.
    connection.execute(delete(Member).where(col(Member.id).in_(members)))
    session.expire_all()


def _acts(row: Workshop, session: Session) -> list[dict[str, Any]]:
    acts_of = select(col(RoomAct.before)).where(col(RoomAct.workshop_id) == row.id)
    return list(session.connection().scalars(acts_of).all())
