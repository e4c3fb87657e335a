"""Remarks of a room come in: each stored exactly once, masked, cut, annotated and placed, before anybody is told "received"."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from feedback import pipeline, starter
from feedback.i18n import UserError
from feedback.intake import batches
from feedback.intake.model import IncomingNote, Source, Taken
from feedback.room import guarding, placed
from feedback.room.acts import BY_ITSELF
from feedback.room.trained import Trained
from feedback.savings import ideas
from feedback.settings import settings
from feedback.store import changing, example
from feedback.store.engine import reading, writing
from feedback.store.tables import Batch, Participant, Received, RoomRemark, Workshop, now
from feedback.themes import stored
from feedback.themes.live import place_live
from feedback.workshop import door
from feedback.workshop.door import Room

LONGEST = 1000
# For nobody: whatever placing needs is loaded and trained by them.
SAMPLE = ("De laptop start traag op.", "The invoice was paid late.")


@dataclass(frozen=True)
class Sent:
    """What somebody said in a room.

    Attributes
    ----------
    text : str
    nonce : str
        Of the form that it was typed in: sent again, it is the same remark.
    question : int
        Which of the workshop's questions it answers.
    participant_id : int, optional
        The phone that it came from; None: said aloud, typed by the facilitator.
    """

    text: str
    nonce: str
    question: int = 0
    participant_id: int | None = None


def receive(workshop_id: int, sent: Sequence[Sent], *, engine: Engine, trained: Trained | None = None) -> list[bool]:
    """Store what was said in a room.

    Parameters
    ----------
    workshop_id : int
    sent : sequence of Sent
    engine : Engine
    trained : Trained, optional
        Left out: everything is set against the panel as it is this moment.

    Returns
    -------
    list of bool
        Of each whether it is new; what came in before is passed over.

    Raises
    ------
    UserError
        When the room is closed, or something is empty or too long; then nothing is stored.
    """
    for one in sent:
        if not one.text.strip():
            raise UserError("workshop.error.empty")
        if len(one.text) > LONGEST:
            raise UserError("workshop.error.long", length=len(one.text), limit=LONGEST)
    starter.ensure(engine)
    try:
        return _receive(workshop_id, sent, engine, trained)
    except IntegrityError:
        # The same phone sent it twice at the same moment, through another server: now it is known.
        return _receive(workshop_id, sent, engine, trained)


def _receive(workshop_id: int, sent: Sequence[Sent], engine: Engine, trained: Trained | None) -> list[bool]:
    with reading(engine) as session:
        room = _open(workshop_id, session)
        marks = [_mark(workshop_id, one.nonce) for one in sent]
        known = set(session.exec(select(Received.mark).where(col(Received.mark).in_(marks))).all())
        context = _context(room, session)
        in_room = placed.keys_in(room, session=session)
    if trained is not None:
        context = trained.of(context, lambda now: _warm(room, now, in_room))
    new: dict[str, Sent] = {}
    is_new = []
    for mark, one in zip(marks, sent, strict=True):
        is_new.append(mark not in known and mark not in new)
        if is_new[-1]:
            new[mark] = one
    if new:
        prepared = _prepared(room, list(new.values()), context, in_room)
        with writing(engine) as session:
            _store(room, new, prepared, session)
    return is_new


def _context(room: Room, session: Session) -> pipeline.Context:
    context = pipeline.read_context(session=session)
    if not room.is_example:
        return context
    # Play with the example is set against all of it, as its own remarks are.
    return replace(context, book=stored.stored_codebook(session=session))


def get_ready(workshop_id: int, trained: Trained, *, engine: Engine) -> None:
    """Train and load what the first remark of a room will need.

    Parameters
    ----------
    workshop_id : int
    trained : Trained
        Has it from then on.
    engine : Engine
    """
    with reading(engine) as session:
        room = door.room(workshop_id, session=session)
        context, in_room = _context(room, session), placed.keys_in(room, session=session)
    _warm(room, context, in_room)
    trained.of(context, lambda _now: None)


def _warm(room: Room, context: pipeline.Context, in_room: frozenset[str]) -> None:
    """Train and load whatever placing needs, in both languages."""
    _prepared(room, [Sent(text, "") for text in SAMPLE], context, in_room)


def _open(workshop_id: int, session: Session) -> Room:
    room = door.room(workshop_id, session=session)
    if not room.is_open:
        raise UserError("workshop.error.closed")
    return room


def _mark(workshop_id: int, nonce: str) -> str:
    return hmac.new(settings().hash_key.encode(), f"room {workshop_id} {nonce}".encode(), hashlib.sha256).hexdigest()


def _prepared(
    room: Room, sent: Sequence[Sent], context: pipeline.Context, in_room: frozenset[str]
) -> pipeline.Prepared:
    """Mask, cut, annotate and place; slow beside the storing, so before it."""
    notes = tuple(
        IncomingNote(
            row, room.questions[min(one.question, len(room.questions) - 1)], one.text.strip(), now().date(),
            str(one.participant_id) if one.participant_id is not None else None,
        )
        for row, one in enumerate(sent, start=1)
    )  # fmt: skip
    source = Source("zaal", hashlib.sha256(uuid.uuid4().bytes).hexdigest(), "notes")
    prepared = pipeline.annotated(source, Taken("notes", len(notes), notes, (), ()), context)
    texts = list(prepared.remarks["text"])
    keys, strengths, words = place_live(texts, book=context.book, in_room=in_room)
    remarks = prepared.remarks.assign(theme=keys, strength=strengths)
    remarks["words"] = pd.Series(words, index=remarks.index, dtype=object)
    return replace(prepared, remarks=remarks)


class _Speakers:
    """Who said it, by the number of their phone."""

    def __init__(self, session: Session, ids: Sequence[int]):
        rows = session.exec(select(Participant).where(col(Participant.id).in_(ids))).all() if ids else []
        self.rows = {str(row.id): row for row in rows}

    def member_id(self, person: str | None) -> int | None:
        return self.rows[person].member_id if person in self.rows else None

    def organisation_id(self, name: str | None) -> int | None:
        return self.rows[name].organisation_id if name in self.rows else None


def _store(room: Room, new: dict[str, Sent], prepared: pipeline.Prepared, session: Session) -> None:
    row = changing.find(Workshop, room.workshop_id, gone="workshop.error.gone", session=session)
    if row.code is None or row.closed_at is not None:
        raise UserError("workshop.error.closed")
    if not row.is_example:
        example.remove(session=session, actor=BY_ITSELF)
    batch = _batch(row, session)
    sent = list(new.values())
    speakers = _Speakers(session, [one.participant_id for one in sent if one.participant_id is not None])
    # By its number the phone tells the organisation too.
    notes = prepared.notes.assign(
        row=prepared.notes["row"] + batch.rows, organisation=prepared.notes["person"],
        level=prepared.notes["person"].map(lambda person: _level(speakers, person)).astype(object),
    )  # fmt: skip
    ids = placed.theme_ids(prepared.remarks["theme"], room=room, session=session)
    remarks = prepared.remarks.assign(theme_id=prepared.remarks["theme"].map(ids))
    assert batch.id is not None
    remark_ids = batches.add_notes(notes, remarks, speakers, batch_id=batch.id, session=session)
    batch.rows += len(notes)
    batch.masked = {
        kind: batch.masked.get(kind, 0) + prepared.masked.get(kind, 0) for kind in {**batch.masked, **prepared.masked}
    }
    if not room.is_rehearsal:
        ideas.spotted(remarks.assign(remark_id=remark_ids), is_example=room.is_example, session=session)
    said = list(prepared.notes["row"])
    for remark_id, note, text in zip(remark_ids, remarks["note"], remarks["text"], strict=True):
        aloud = sent[said[note] - 1].participant_id is None
        waits = not aloud and (room.is_moderated or guarding.unfit(text))
        session.add(
            RoomRemark(remark_id=remark_id, workshop_id=room.workshop_id, state="waiting" if waits else "shown")
        )
    placed.give_slots(room.workshop_id, remarks["theme_id"].dropna().astype(int), session=session)
    session.add_all([Received(mark=mark, batch_id=batch.id) for mark in new])
    session.flush()


def _level(speakers: _Speakers, person: object) -> str | None:
    row = speakers.rows.get(str(person))
    return row.level if row else None


def _batch(row: Workshop, session: Session) -> Batch:
    """Give the batch that everything of the room is in; of a rehearsal one that never counts."""
    if row.batch_id is not None:
        return session.get_one(Batch, row.batch_id)
    batch = Batch(
        session_id=row.session_id, filename="zaal", sha256=hashlib.sha256(uuid.uuid4().bytes).hexdigest(), kind="room",
        created_by=BY_ITSELF, is_example=row.is_example, undone_at=now() if row.is_rehearsal else None,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    row.batch_id = batch.id
    # What the room begins with has the first places.
    assert row.id is not None
    placed.give_slots(row.id, row.start_themes, session=session)
    return batch
