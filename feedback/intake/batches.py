"""Batches in the database: stored whole, undone by a mark, redone by taking it away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Protocol

import pandas as pd
from sqlalchemy import insert, text
from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.intake.again import move
from feedback.intake.model import Dropped, IncomingScore, Mapping, Source, Taken
from feedback.store import audit
from feedback.store.tables import KEPT, Aspect, Batch, Note, PanelSession, Remark, Score, ServiceArea, now

# Any fixed number: imports on PostgreSQL wait for each other while storing, as they do on SQLite.
_IMPORT_LOCK = 715_003_122
# Tables whose corrected columns are remembered.
_LOOK_BACK = 300
# Rows that are stored at a time.
_PIECE = 10_000


class SpeakerIds(Protocol):
    """Gives the rows of who speaks (see `panel.people.Speakers`)."""

    def organisation_id(self, name: str | None) -> int | None:
        """Give the organisation's row."""

    def member_id(self, person: str | None) -> int | None:
        """Give the member's row."""


def one_import_at_a_time(*, session: Session) -> None:
    """Let imports store one after the other, so that two of them never make the same organisation twice."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _IMPORT_LOCK})


def panel_session(
    *,
    session_id: int | None,
    name: str,
    kind: str,
    held_on: dt.date,
    question: str,
    attendance: int | None,
    is_example: bool,
    session: Session,
    round_id: int | None = None,
) -> int:
    """Find the panel session a batch belongs to, or make it.

    Returns
    -------
    int
        Its id.

    Raises
    ------
    UserError
        When `session_id` is not there any more.
    """
    if session_id is not None:
        if session.get(PanelSession, session_id) is None:
            raise UserError("batch.error.session_gone")
        return session_id
    row = PanelSession(
        name=name[:200], kind=kind, held_on=held_on, question=question, attendance=attendance, round_id=round_id,
        is_example=is_example,
    )  # fmt: skip
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def numbers_of(session_id: int, *, session: Session) -> str:
    """Give what people in a panel session are numbered in: a survey's R12 is another in the next (see `panel.people`)."""
    kind = session.exec(select(PanelSession.kind).where(PanelSession.id == session_id)).one()
    return f"session {session_id}" if kind == "survey" else ""


def remembered(*, session: Session) -> dict[tuple[str, ...], Mapping]:
    """Give what people corrected in tables that came in before.

    Parameters
    ----------
    session : Session

    Returns
    -------
    dict of tuple of str to Mapping
        By the names of the columns; of each the newest, undone batches included.
    """
    stored = session.exec(
        select(Batch.mapping)
        .where(Batch.kind == "table", col(Batch.is_example).is_(False))
        .order_by(col(Batch.id).desc())
        .limit(_LOOK_BACK)
    )
    found: dict[tuple[str, ...], Mapping] = {}
    for mapping in stored:
        names = tuple(column["name"] for column in mapping.get("columns", ()))
        if names not in found and any(column["confidence"] == 1 for column in mapping.get("columns", ())):
            found[names] = Mapping.from_dict(mapping)
    return found


def same_file(sha256: str, *, session: Session) -> str | None:
    """Give the panel session in which exactly this file already counts, None where it does not."""
    return session.exec(
        select(PanelSession.name)
        .join(Batch, col(Batch.session_id) == PanelSession.id)
        .where(Batch.sha256 == sha256, col(Batch.undone_at).is_(None))
    ).first()


def must_be_new(source: Source, *, session: Session) -> None:
    """Refuse a file that counts already: nothing is ever doubled.

    Raises
    ------
    UserError
    """
    where = same_file(source.sha256, session=session)
    if where is not None:
        raise UserError("batch.error.same_file", file=source.filename, session=where)


def new_batch(
    source: Source,
    taken: Taken,
    masked: dict[str, int],
    *,
    session_id: int,
    actor: str,
    is_example: bool,
    session: Session,
) -> int:
    """Open a batch.

    Returns
    -------
    int
        Its id.

    Raises
    ------
    UserError
        When the same file counts already: nothing is ever doubled.
    """
    must_be_new(source, session=session)
    row = Batch(
        session_id=session_id, filename=source.filename[:300], sha256=source.sha256, kind=source.kind, rows=taken.rows,
        mapping=taken.mapping.to_dict() if taken.mapping else {},
        dropped=[_told(drop) for drop in taken.dropped],
        masked=masked, created_by=actor, is_example=is_example,
    )  # fmt: skip
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def add_to(batch_id: int, taken: Taken, masked: dict[str, int], *, session: Session) -> int:
    """Count what comes into a batch that is there already.

    Returns
    -------
    int
        Its id.
    """
    row = session.get_one(Batch, batch_id)
    row.rows += taken.rows
    row.masked = {kind: row.masked.get(kind, 0) + masked.get(kind, 0) for kind in {**row.masked, **masked}}
    row.dropped = [*row.dropped, *map(_told, taken.dropped)]
    session.add(row)
    session.flush()
    return batch_id


def _told(drop: Dropped) -> dict[str, Any]:
    return {"row": drop.row, "column": drop.column, "reason": drop.reason, "values": drop.values}


def _ids(table: Any, session: Session) -> dict[str, int]:
    rows: Any = session.connection().execute(select(table.key, table.id))
    return dict(rows.all())


def _none(value: Any) -> Any:
    """Turn pandas' several ways of missing into the database's one."""
    return None if value is None or value != value or value is pd.NaT else value


def add_notes(
    notes: pd.DataFrame, remarks: pd.DataFrame, speakers: SpeakerIds, *, batch_id: int, session: Session
) -> list[int]:
    """Store notes and the remarks cut from them.

    Parameters
    ----------
    notes, remarks : DataFrame
        See `pipeline.Prepared`; remarks with theme_id added.
    speakers : SpeakerIds
    batch_id : int
    session : Session

    Returns
    -------
    list of int
        Ids of the remarks, in the order given.
    """
    if notes.empty:
        return []
    areas, aspects = _ids(ServiceArea, session), _ids(Aspect, session)
    columns = ("row", "question", "text", "language", "is_empty", "said_on", "person", "organisation", "level")
    note_rows = (
        {
            "batch_id": batch_id, "row": row, "question": question or "", "text": said, "language": language,
            "is_empty": empty, "said_on": _none(day), "member_id": speakers.member_id(_none(person)),
            "organisation_id": speakers.organisation_id(_none(organisation)), "level": _none(level),
        }
        for row, question, said, language, empty, day, person, organisation, level in _rows(notes, columns)
    )  # fmt: skip
    _insert(Note, note_rows, session)
    note_ids = _newest(select(Note.id).where(Note.batch_id == batch_id), Note, len(notes), session)
    if remarks.empty:
        return []
    copied = ("position", "text", "language", "sentiment", "area_by", "is_saving", "is_handover")
    columns = ("note", "sentiment_words", "words", "area", "area2", "aspect", "theme_id", "strength", "saving_eur")
    remark_rows = (
        {
            "note_id": note_ids[note], "sentiment_words": list(judging), "words": list(placing),
            "area_id": areas.get(area), "area2_id": areas.get(area2), "aspect_id": aspects.get(aspect),
            "theme_id": None if pd.isna(theme) else int(theme), "strength": float(strength), "placed_by": "model",
            "saving_eur": _none(euros), **dict(zip(copied, rest, strict=True)),
        }
        for note, judging, placing, area, area2, aspect, theme, strength, euros, *rest in _rows(
            remarks, (*columns, *copied)
        )
    )  # fmt: skip
    _insert(Remark, remark_rows, session)
    there = select(Remark.id).join(Note, col(Remark.note_id) == Note.id).where(Note.batch_id == batch_id)
    return _newest(there, Remark, len(remarks), session)


def _insert(table: Any, rows: Iterator[dict[str, Any]], session: Session) -> None:
    """Store rows a piece at a time: a hundred thousand at once take as much memory again as everything before."""
    while piece := list(islice(rows, _PIECE)):
        session.connection().execute(insert(table), piece)


def _rows(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Give some columns row by row, as plain values."""
    return zip(*(frame[name].tolist() for name in columns), strict=True)


def _newest(ids: Any, table: Any, n: int, session: Session) -> list[int]:
    """Give the ids of the rows that were just stored, in their order: ids only rise; asking at each row takes three times as long."""
    return list(reversed(session.exec(ids.order_by(col(table.id).desc()).limit(n)).all()))


def add_scores(scores: Sequence[IncomingScore], speakers: SpeakerIds, *, batch_id: int, session: Session) -> None:
    """Store scores.

    Parameters
    ----------
    scores : sequence of IncomingScore
    speakers : SpeakerIds
    batch_id : int
    session : Session
    """
    if not scores:
        return
    areas = _ids(ServiceArea, session)
    rows = (
        {
            "batch_id": batch_id, "row": score.row, "question": score.question[:500],
            "area_id": areas.get(score.area) if score.area else None, "raw": score.raw[:100],
            "scale_low": score.scale.low, "scale_high": score.scale.high, "grade": score.grade,
            "member_id": speakers.member_id(score.person),
            "organisation_id": speakers.organisation_id(score.organisation), "level": score.level,
            "said_on": score.said_on,
        }
        for score in scores
    )  # fmt: skip
    _insert(Score, rows, session)


def log_import(batch_id: int, filename: str, remarks: int, *, actor: str, session: Session) -> None:
    """Leave the row in the audit table that says who brought what in."""
    audit.record(
        session=session, actor=actor, act="import", entity="batch", entity_id=batch_id,
        after={"filename": filename, "remarks": remarks},
    )  # fmt: skip


def undo(batch_id: int, *, actor: str, session: Session) -> None:
    """Take a batch out of everything that is shown; nothing is deleted.

    Raises
    ------
    UserError
        When it is not there.
    """
    _mark(batch_id, undone=True, actor=actor, session=session)


def redo(batch_id: int, *, actor: str, session: Session) -> None:
    """Bring an undone batch back, with everything people did to its remarks.

    Raises
    ------
    UserError
        When it is not there, or the same file was stored again in the meantime.
    """
    _mark(batch_id, undone=False, actor=actor, session=session)


def _mark(batch_id: int, *, undone: bool, actor: str, session: Session) -> None:
    one_import_at_a_time(session=session)
    batch = session.get(Batch, batch_id)
    if batch is None or batch.kind == KEPT:
        raise UserError("batch.error.gone")
    if (batch.undone_at is not None) == undone:
        return
    if not undone:
        where = same_file(batch.sha256, session=session)
        if where is not None:
            raise UserError("batch.error.same_file", file=batch.filename, session=where)
    batch.undone_at = now() if undone else None
    session.add(batch)
    move(batch, away=not undone, session=session)
    audit.record(
        session=session, actor=actor, act="undo import" if undone else "redo import", entity="batch",
        entity_id=batch_id, after={"filename": batch.filename},
    )  # fmt: skip
