"""An import from the command line, told as plain values (the keys of `python -m feedback import --json`)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Literal

from feedback import pipeline, starter
from feedback.i18n import Language, UserError, translate
from feedback.intake.archive import unpack
from feedback.intake.direction import answered
from feedback.intake.model import Best, Column, Dropped, Mapping, Taken
from feedback.settings import settings
from feedback.store import example
from feedback.store.engine import engine, reading
from feedback.store.tables import PanelSession

Status = Literal["stored", "partial", "refused"]


@dataclass(frozen=True)
class Wishes:
    """What a person asked for an import from the command line.

    Attributes
    ----------
    dry_run : bool
        Store nothing.
    session_name, held_on, kind
        Of the panel session; guessed from the file when left out.
    language : {"nl", "en"}
        Of the messages.
    best : {"high", "low"}, optional
        Which end of a scale is best where the file does not tell.
    """

    language: Language
    dry_run: bool = False
    session_name: str | None = None
    held_on: dt.date | None = None
    kind: str | None = None
    best: Best | None = None


def import_path(path: Path, wishes: Wishes) -> list[dict[str, Any]]:
    """Import a file, or each file in a zip, into the database of the settings.

    Parameters
    ----------
    path : Path
    wishes : Wishes

    Returns
    -------
    list of dict
        See `import_one`.
    """
    try:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UserError("files.error.unreadable", file=str(path), reason=error.strerror or str(error)) from error
        files = unpack(path.name, data, max_mb=settings().max_upload_mb)
    except UserError as error:
        return [_nothing(path.name) | {"message": error.message(wishes.language)}]
    if [name for name, _ in files] == [path.name]:
        return [import_one(path.name, data, wishes)]
    return [import_one(name, content, wishes) | {"file": f"{path.name}/{name}"} for name, content in files]


def _nothing(name: str) -> dict[str, Any]:
    return {
        "file": name, "status": "refused", "kind": None, "rows": 0, "notes": 0, "remarks": 0, "dropped": [],
        "masked": {}, "columns": _columns(None, None), "language": None, "message": "",
    }  # fmt: skip


def import_one(name: str, data: bytes, wishes: Wishes) -> dict[str, Any]:
    """Import one file, or tell what would be stored.

    Parameters
    ----------
    name : str
    data : bytes
    wishes : Wishes

    Returns
    -------
    dict
        file, status, kind, rows, notes, remarks, dropped, masked, columns, language, message.
    """
    result = _nothing(name)
    try:
        starter.ensure(engine())
        with reading(engine()) as session:
            context = pipeline.read_context(session=session)
            removed = example.loaded(session=session)
        understood = pipeline.understand(name, data, context)
        if wishes.best and _asking(understood):
            assert understood.taken.mapping is not None
            mapping = Mapping(answered(understood.taken.mapping.columns, wishes.best))
            understood = pipeline.understand(name, data, context, mapping=mapping)
        prepared = _what_is_new(understood, wishes)
        result |= _told(prepared, wishes.language)
        pipeline.must_hold_something(prepared)
        asking = _asking(prepared)
        if doubted := next((column for column in asking if column.doubted and column.scale), None):
            assert doubted.scale is not None
            raise UserError(
                "summary.direction", file=name, column=doubted.name, low=f"{doubted.scale.low:g}",
                high=f"{doubted.scale.high:g}",
            )  # fmt: skip
        if not wishes.dry_run:
            (prepared,) = pipeline.put_in_themes([prepared], context)
            destination = _destination(prepared, wishes)
            removed = pipeline.store(prepared, destination, engine=engine(), actor="command line").removed_example
        status: Status = "partial" if any(lost(drop) for drop in prepared.taken.dropped) else "stored"
        key = "summary.would_store" if wishes.dry_run else f"summary.{status}"
        result["status"] = status
        result["message"] = translate(
            wishes.language, key, notes=result["notes"], remarks=result["remarks"], scores=len(prepared.taken.scores),
            dropped=len(result["dropped"]),
        )  # fmt: skip
        if removed:
            told = "summary.example_would_go" if wishes.dry_run else "upload.done_example"
            result["message"] += " " + translate(wishes.language, told)
        if again := prepared.again:
            result["message"] += " " + translate(wishes.language, "summary.again", file=again.filename, **again.counts)
        for column in asking:
            if column.scale:
                best = column.scale.high if column.scale.best == "high" else column.scale.low
                result["message"] += " " + translate(
                    wishes.language, "summary.assumed", column=column.name, best=f"{best:g}"
                )
    except UserError as error:
        return _nothing(name) | {"message": error.message(wishes.language)}
    return result


def _asking(prepared: pipeline.Prepared) -> list[Column]:
    """Give the columns of which nothing tells which end of the scale is best."""
    mapping = prepared.taken.mapping
    return [column for column in mapping.of("score") if column.asks] if mapping else []


def _what_is_new(prepared: pipeline.Prepared, wishes: Wishes) -> pipeline.Prepared:
    """Leave out what is there already, unless the person names another panel session than the one that it is in."""
    new = pipeline.what_is_new(prepared, engine=engine())
    if new.again is None:
        return prepared
    with reading(engine()) as session:
        there = session.get_one(PanelSession, new.again.session_id)
        other = wishes.session_name not in (None, there.name) or wishes.held_on not in (None, there.held_on)
    return prepared if other else new


def _told(prepared: pipeline.Prepared, language: Language) -> dict[str, Any]:
    """Tell what was understood of a file."""
    taken, notes = prepared.taken, prepared.notes[~prepared.notes["is_empty"]]
    return {
        "kind": taken.kind, "rows": taken.rows, "notes": len(notes), "remarks": len(prepared.remarks),
        # Columns that are not used have no row; `columns` tells which are.
        "dropped": [
            {"row": drop.row, "column": drop.column, "reason": translate(language, drop.reason, **drop.values)}
            for drop in taken.dropped
            if _reason(drop) not in ("column", "private_column", "sheet", "same")
        ],
        "masked": prepared.masked, "columns": _columns(taken, taken.mapping),
        "language": Counter(notes["language"]).most_common(1)[0][0] if len(notes) else None,
    }  # fmt: skip


def _destination(prepared: pipeline.Prepared, wishes: Wishes) -> pipeline.Destination:
    taken = prepared.taken
    anonymous = taken.scores and not (taken.mapping and taken.mapping.of("member"))
    guessed = "survey" if taken.kind == "table" and anonymous else "session"
    name = wishes.session_name or PurePath(prepared.source.filename).stem
    return pipeline.Destination(name=name, kind=wishes.kind or guessed, held_on=wishes.held_on)


def _reason(drop: Dropped) -> str:
    return drop.reason.rsplit(".", 1)[-1]


def lost(drop: Dropped) -> bool:
    """Tell whether something that the panel said stayed behind; what is no remark, and columns that hold none, belong outside."""
    outside = "action decision reply formality total header_again column private_column sheet same forgotten"
    return _reason(drop) not in outside.split()


def _columns(taken: Taken | None, mapping: Mapping | None) -> dict[str, Any]:
    """Tell what the columns were taken for."""
    told: dict[str, Any] = {
        "text": [], "score": [], "date": None, "organisation": None, "area": None, "member": None, "level": None,
    }  # fmt: skip
    if taken is None or mapping is None:
        return told
    for column in mapping.columns:
        if column.role == "text":
            told["text"].append(column.name)
        elif column.role == "score" and column.scale is not None:
            values = [score.value for score in taken.scores if score.question == column.name]
            told["score"].append(
                {
                    "column": column.name, "scale": [column.scale.low, column.scale.high], "best": column.scale.best,
                    "n": len(values), "sum": round(sum(values), 4),
                }
            )  # fmt: skip
        elif column.role == "date":
            days = {note.row: note.said_on for note in taken.notes if note.said_on}
            days |= {score.row: score.said_on for score in taken.scores if score.said_on}
            told["date"] = {
                "column": column.name, "n": len(days), "first": min(days.values()).isoformat() if days else None,
                "last": max(days.values()).isoformat() if days else None,
            }  # fmt: skip
        elif column.role in told:
            told[column.role] = column.name
    return told
