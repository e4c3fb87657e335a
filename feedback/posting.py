"""Notes that a form sends by itself take the way of a file: masked, cut, annotated, placed, stored; each once."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from feedback import pipeline, starter
from feedback.intake import batches
from feedback.intake.model import IncomingNote, IncomingScore, Scale, Source, Taken
from feedback.intake.posted import Posted
from feedback.settings import settings
from feedback.store import example
from feedback.store.engine import reading, writing
from feedback.store.tables import Batch, Note, PanelSession, Received, Score

# In whose name the notes stand in the audit table.
ACTOR = "api"
GRADES = Scale(1, 10)


@dataclass(frozen=True)
class Outcome:
    """How many notes were stored now, and how many were there already."""

    stored: int
    known: int


def take_in(posted: Sequence[Posted], *, engine: Engine) -> Outcome:
    """Store notes; those that came in before are passed over.

    Parameters
    ----------
    posted : sequence of Posted
    engine : Engine

    Returns
    -------
    Outcome

    Raises
    ------
    UserError
        When the codebook was changed meanwhile in a way that this needs a new look.
    """
    starter.ensure(engine)
    try:
        return _take_in(posted, engine)
    except IntegrityError:
        # Another server stored one of them a moment ago: now it is known.
        return _take_in(posted, engine)


def _take_in(posted: Sequence[Posted], engine: Engine) -> Outcome:
    with reading(engine) as session:
        known = _known(posted, session)
        new = [note for note in posted if _mark(note) not in known]
        context = pipeline.read_context(session=session)
    parts = []
    for where, notes in groupby(sorted(new, key=_where), key=_where):
        part = list(notes)
        parts.append((where, part, pipeline.annotated(_source(), _taken(part), context)))
    if not parts:
        return Outcome(0, len(posted))
    ready = pipeline.put_in_themes([prepared for _, _, prepared in parts], context)
    with writing(engine) as session:
        batches.one_import_at_a_time(session=session)
        example.remove(session=session, actor=ACTOR)
        for ((name, day, kind), part, _), prepared in zip(parts, ready, strict=True):
            _store(name, day, kind, part, prepared, session)
    return Outcome(len(new), len(posted) - len(new))


def _where(note: Posted) -> tuple[str, dt.date, str]:
    return note.session, note.date, note.kind


def _mark(note: Posted) -> str:
    # Keyed: a form may well give an address as the id.
    return hmac.new(settings().hash_key.encode(), note.id.encode(), hashlib.sha256).hexdigest()


def _known(posted: Sequence[Posted], session: Session) -> set[str]:
    marks = [_mark(note) for note in posted]
    return set(session.exec(select(Received.mark).where(col(Received.mark).in_(marks))).all())


def _source() -> Source:
    return Source(f"api-{dt.date.today().isoformat()}", hashlib.sha256(uuid.uuid4().bytes).hexdigest(), "table")


def _taken(posted: Sequence[Posted]) -> Taken:
    notes = tuple(
        IncomingNote(row, note.question, note.text, None, note.member, note.organisation, note.level)
        for row, note in enumerate(posted, start=1) if note.text
    )  # fmt: skip
    scores = tuple(
        IncomingScore(
            row, note.question, f"{note.grade:g}", GRADES, note.grade, person=note.member,
            organisation=note.organisation, level=note.level, value=note.grade,
        )
        for row, note in enumerate(posted, start=1) if note.grade is not None
    )  # fmt: skip
    return Taken("table", len(posted), notes, scores, ())


def _store(
    name: str, day: dt.date, kind: str, part: Sequence[Posted], prepared: pipeline.Prepared, session: Session
) -> None:
    there = select(PanelSession.id).where(
        PanelSession.name == name, PanelSession.held_on == day, PanelSession.kind == kind
    )
    session_id = session.exec(there.order_by(col(PanelSession.id))).first()
    # One batch a day and session, so that a busy form does not bury the files.
    today = select(Batch.id).where(
        Batch.session_id == session_id, Batch.created_by == ACTOR, Batch.filename == prepared.source.filename,
        col(Batch.undone_at).is_(None),
    )  # fmt: skip
    batch_id = session.exec(today).first() if session_id is not None else None
    if batch_id is not None:
        prepared = _after(_last_row(batch_id, session), prepared)
    stored = pipeline.store_in(
        prepared, pipeline.Destination(name=name, kind=kind, held_on=day, session_id=session_id), session=session,
        actor=ACTOR, into=batch_id,
    )  # fmt: skip
    session.add_all([Received(mark=_mark(note), batch_id=stored.batch_id) for note in part])
    session.flush()


def _last_row(batch_id: int, session: Session) -> int:
    rows = [
        session.exec(select(func.max(table.row)).where(table.batch_id == batch_id)).one() for table in (Note, Score)
    ]
    return max(row or 0 for row in rows)


def _after(last: int, prepared: pipeline.Prepared) -> pipeline.Prepared:
    """Number rows on after those that are there: each row is a respondent."""
    taken = replace(
        prepared.taken, notes=tuple(replace(note, row=note.row + last) for note in prepared.taken.notes),
        scores=tuple(replace(score, row=score.row + last) for score in prepared.taken.scores),
    )  # fmt: skip
    return replace(prepared, taken=taken, notes=prepared.notes.assign(row=prepared.notes["row"] + last))
