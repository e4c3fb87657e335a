"""An import from the command line, told as plain values (the keys of `python -m feedback import --json`)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any, Literal

from feedback import pipeline, starter
from feedback.i18n import Language, UserError, translate
from feedback.intake.model import Dropped, Mapping, Taken
from feedback.store.engine import engine

Status = Literal["stored", "partial", "refused"]


def import_one(
    path: Path,
    *,
    dry_run: bool,
    session_name: str | None,
    held_on: dt.date | None,
    kind: str | None,
    language: Language,
) -> dict[str, Any]:
    """Import one file into the database of the settings, or tell what would be stored.

    Parameters
    ----------
    path : Path
    dry_run : bool
        Store nothing.
    session_name, held_on, kind
        Of the panel session; guessed from the file when left out.
    language : {"nl", "en"}
        Of the messages.

    Returns
    -------
    dict
        file, status, kind, rows, notes, remarks, dropped, masked, columns, language, message.
    """
    result: dict[str, Any] = {
        "file": path.name, "status": "refused", "kind": None, "rows": 0, "notes": 0, "remarks": 0, "dropped": [],
        "masked": {}, "columns": _columns(None, None), "language": None, "message": "",
    }  # fmt: skip
    try:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UserError("files.error.unreadable", file=str(path), reason=error.strerror or str(error)) from error
        starter.ensure(engine())
        prepared = pipeline.prepare(path.name, data, engine=engine())
        taken = prepared.taken
        notes = prepared.notes[~prepared.notes["is_empty"]]
        result |= {
            "kind": taken.kind, "rows": taken.rows, "notes": len(notes), "remarks": len(prepared.remarks),
            "dropped": [
                {"row": drop.row, "column": drop.column, "reason": translate(language, drop.reason, **drop.values)}
                for drop in taken.dropped
            ],
            "masked": prepared.masked, "columns": _columns(taken, taken.mapping),
            "language": Counter(notes["language"]).most_common(1)[0][0] if len(notes) else None,
        }  # fmt: skip
        pipeline.must_hold_something(prepared)
        if not dry_run:
            guessed = (
                "survey"
                if taken.kind == "table" and taken.scores and not (taken.mapping and taken.mapping.of("member"))
                else "session"
            )
            destination = pipeline.Destination(name=session_name or path.stem, kind=kind or guessed, held_on=held_on)
            pipeline.store(prepared, destination, engine=engine(), actor="command line")
        status: Status = "partial" if any(lost(drop) for drop in taken.dropped) else "stored"
        result["status"] = status
        key = "summary.would_store" if dry_run else f"summary.{status}"
        result["message"] = translate(
            language, key, notes=len(notes), remarks=len(prepared.remarks), dropped=len(taken.dropped)
        )
    except UserError as error:
        result["message"] = error.message(language)
    return result


def lost(drop: Dropped) -> bool:
    """Tell whether something that the panel said stayed behind; what is no remark, and columns that hold none, belong outside."""
    outside = "action decision reply formality total header_again column private_column sheet"
    return drop.reason.rsplit(".", 1)[-1] not in outside.split()


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
            days = {one.row: one.said_on for one in (*taken.notes, *taken.scores) if one.said_on}
            told["date"] = {
                "column": column.name, "n": len(days), "first": min(days.values()).isoformat() if days else None,
                "last": max(days.values()).isoformat() if days else None,
            }  # fmt: skip
        elif column.role in told:
            told[column.role] = column.name
    return told
