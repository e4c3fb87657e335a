"""Notes that a form sends by itself (`POST /api/notes`): JSON becomes checked values, or a refusal that names the field."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from feedback.i18n import UserError
from feedback.intake.clean import clean
from feedback.intake.levels import as_level
from feedback.intake.model import Level
from feedback.intake.take import MAX_TEXT
from feedback.store.tables import SESSION_KINDS

MOST_NOTES = 200
LONGEST_NAME, LONGEST_QUESTION = 200, 500
_FIELDS = ("id", "session", "date", "kind", "organisation", "level", "member", "question", "text", "grade")
_EARLIEST = dt.date(1990, 1, 1)


@dataclass(frozen=True)
class Posted:
    """One answer, unmasked: not to be stored or logged so. See README for what each field means."""

    id: str
    session: str
    date: dt.date
    kind: str
    organisation: str | None
    level: Level | None
    member: str | None
    question: str
    text: str
    grade: float | None


def read_posted(body: bytes) -> list[Posted]:
    """Read the body of a request.

    Parameters
    ----------
    body : bytes
        JSON: one note, a list of notes, or `{"notes": [...]}`.

    Returns
    -------
    list of Posted

    Raises
    ------
    UserError
        Its value `field` says where: `notes[2].grade`.
    """
    try:
        given = json.loads(body.decode("utf-8-sig"), parse_constant=_no_number)
    # Too deep, or a number of thousands of digits.
    except (ValueError, RecursionError):
        _refuse("json", "")
    if isinstance(given, dict) and set(given) == {"notes"}:
        given = given["notes"]
    if isinstance(given, dict):
        return [_note(given, "")]
    if not isinstance(given, list) or not given:
        _refuse("no_notes", "notes")
    if len(given) > MOST_NOTES:
        _refuse("many", "notes", limit=MOST_NOTES)
    notes = [_note(one, f"notes[{at}].") for at, one in enumerate(given)]
    ids: set[str] = set()
    for at, note in enumerate(notes):
        if note.id in ids:
            _refuse("twice", f"notes[{at}].id")
        ids.add(note.id)
    return notes


def _no_number(_text: str) -> NoReturn:
    raise ValueError("not a number")


def _refuse(reason: str, field: str, **values: Any) -> NoReturn:
    raise UserError(f"posted.error.{reason}", field=field, **values)


def _note(given: Any, at: str) -> Posted:
    if not isinstance(given, Mapping):
        _refuse("object", at.rstrip(".") or "notes")
    for name in given:
        if name not in _FIELDS:
            _refuse("unknown", at + clean(str(name))[:60], fields=", ".join(_FIELDS))
    text = _text(given, "text", at, MAX_TEXT)
    grade = _grade(given, at)
    if not text and grade is None:
        _refuse("empty", f"{at}text")
    kind = _text(given, "kind", at, LONGEST_NAME) or "survey"
    if kind not in SESSION_KINDS:
        _refuse("choice", f"{at}kind", choices=", ".join(SESSION_KINDS))
    return Posted(
        id=_needed(given, "id", at), session=_needed(given, "session", at), date=_day(given, at), kind=kind,
        organisation=_line(given, "organisation", at) or None, level=_level(given, at),
        member=_line(given, "member", at) or None, question=_line(given, "question", at, LONGEST_QUESTION),
        text=text, grade=grade,
    )  # fmt: skip


def _text(given: Mapping[str, Any], name: str, at: str, limit: int) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        _refuse("string", at + name)
    value = clean(value).strip()
    if len(value) > limit:
        _refuse("long", at + name, length=len(value), limit=limit)
    return value


def _line(given: Mapping[str, Any], name: str, at: str, limit: int = LONGEST_NAME) -> str:
    return " ".join(_text(given, name, at, limit).split())


def _needed(given: Mapping[str, Any], name: str, at: str) -> str:
    value = _line(given, name, at)
    if not value:
        _refuse("needed", at + name)
    return value


def _day(given: Mapping[str, Any], at: str) -> dt.date:
    text = _needed(given, "date", at)
    try:
        # Forms send the moment; the day is what counts.
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        _refuse("date", f"{at}date")
    if not _EARLIEST <= day <= dt.date.today() + dt.timedelta(days=366):
        _refuse("date", f"{at}date")
    return day


def _level(given: Mapping[str, Any], at: str) -> Level | None:
    text = _line(given, "level", at)
    level = as_level(text) if text else None
    if text and level is None:
        _refuse("choice", f"{at}level", choices="operationeel, tactisch, strategisch")
    return level


def _grade(given: Mapping[str, Any], at: str) -> float | None:
    value = given.get("grade")
    if value is None:
        return None
    # True is a number to Python.
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or not 1 <= value <= 10
    ):
        _refuse("grade", f"{at}grade")
    return float(value)
