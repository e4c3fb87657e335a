"""From a file as read to notes and scores: each row taken whole, or left out with its reason."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from feedback.i18n import UserError
from feedback.intake import columns as guessing
from feedback.intake.also_called import also_called
from feedback.intake.areas import AreaNames
from feedback.intake.clean import fold
from feedback.intake.dates import find_day, is_day, month_first, parse_day
from feedback.intake.levels import as_level
from feedback.intake.long_form import asked_marks
from feedback.intake.model import (
    AreaWords,
    Column,
    Document,
    Dropped,
    IncomingNote,
    IncomingScore,
    Level,
    Mapping,
    Role,
    Scale,
    Source,
    Table,
    Taken,
)  # fmt: skip
from feedback.intake.scales import detect, is_blank, number, read_values
from feedback.intake.unseen import NOT_WORKED_OUT, is_error
from feedback.intake.vocabulary import NOBODY
from feedback.text.masking import mask

# An answer of some eight pages; what is longer is a document that slipped into a cell.
MAX_TEXT = 20_000
# What is read, annotated and themed in a minute; who has more has several rounds in one file.
MAX_ANSWERS, MAX_CHARACTERS = 100_000, 10_000_000
# Of a column of numbers, that they are grades.
_SURE = 0.7
# A desk's system writes when and by whom each part of a ticket was typed.
_STAMP = re.compile(r"^\d{1,2}-\d{1,2}-\d{4},? \d{1,2}:\d{2}(?::\d{2})? [^:\n]{2,60}:[ \t]*", re.MULTILINE)
# Column names that say nothing: the agenda point is the question then.
_PLAIN_NAMES = """
    opmerking opmerkingen antwoord antwoorden tekst text reactie reacties feedback commentaar comment
    comments remark remarks answer answers response notitie notities note notes inbreng uitspraak quote
    citaat statement gezegd said bijdrage
"""
_PLAIN = frozenset(_PLAIN_NAMES.split())


def take(source: Source, mapping: Mapping | None = None, *, areas: AreaWords | None = None) -> Taken:
    """Take the notes and scores out of a file.

    Parameters
    ----------
    source : Source
    mapping : Mapping, optional
        What the columns mean, as a person corrected it; guessed when left out.
    areas : mapping of str to sequence of str, optional
        Service area key to its names and keywords, names first.

    Returns
    -------
    Taken
        Notes and scores in the order of the file; texts unmasked.

    Raises
    ------
    UserError
        When no column holds text or grades, the mapping names a column that is not there, or no row can be used.
    """
    if source.document is not None:
        return _from_document(source, source.document)
    assert source.table is not None
    given = mapping is not None
    mapping = mapping or guessing.guess(source.table, areas or {})
    # Grades alone are worth having; a number that may as well be a code is not taken for one unless a person says so.
    if not given and (asking := [column.name for column in mapping.of("score") if column.asks_ends]):
        raise UserError("intake.error.ends", file=source.filename, columns=", ".join(asking[:8]))
    grades = [column for column in mapping.of("score") if given or column.confidence >= _SURE]
    if not mapping.of("text") and not grades and (maybe := mapping.of("score")):
        names = ", ".join(column.name for column in maybe[:8])
        raise UserError("intake.error.scores_unsure", file=source.filename, columns=names)
    if not mapping.of("text") and not grades:
        names = ", ".join(source.table.header[:8]) + (" ..." if len(source.table.header) > 8 else "")
        raise UserError("intake.error.no_text_column", file=source.filename, columns=names)
    return _Taking(source, source.table, mapping, AreaNames(areas or {})).result()


def _from_document(source: Source, document: Document) -> Taken:
    notes = tuple(
        # The day is the session's, which a person may still correct; a paragraph has none of its own.
        IncomingNote(p.row, p.heading, p.text, None, p.speaker, p.organisation, p.level)
        for p in document.paragraphs
        if p.kind == "remark" and len(p.text) <= MAX_TEXT
    )
    apart = [Dropped(p.row, "", f"intake.dropped.{p.kind}") for p in document.paragraphs if p.kind != "remark"]
    apart += [
        Dropped(p.row, "", "intake.dropped.paragraph", {"length": len(p.text), "limit": MAX_TEXT}, whole_row=True)
        for p in document.paragraphs
        if p.kind == "remark" and len(p.text) > MAX_TEXT
    ]
    if not notes:
        raise UserError("intake.error.no_text", file=source.filename)
    _must_fit(source.filename, notes)
    dropped = tuple(sorted(apart, key=lambda one: one.row))
    return Taken(
        "notes", len(notes), notes, (), dropped, None, document.held_on, document.attendance, people=document.people
    )  # fmt: skip


class _Taking:
    """Reads a table column by column, each distinct cell once, and then puts the rows together."""

    def __init__(self, source: Source, table: Table, mapping: Mapping, areas: AreaNames) -> None:
        self.source, self.table, self.mapping, self.areas = source, table, mapping, areas
        self.cells: list[Sequence[str]] = list(zip(*table.rows, strict=True))
        self.dropped: list[Dropped] = list(table.left_out)
        # Positions of rows that stay behind.
        self.behind: set[int] = set()
        for column in mapping.columns:
            if column.name not in table.header:
                raise UserError("intake.error.column_gone", file=source.filename, column=column.name)

    def result(self) -> Taken:
        """Put notes and scores together."""
        self._find_repeated_headers()
        said_on = self._days()
        person = self._each("member", _someone)
        organisation = self._each("organisation", _organisation)
        level: list[Level | None] = self._each("level", as_level)
        area = self._each("area", self._service)
        heading = self._each("heading", lambda text: " ".join(text.split())[:500])
        texts = [(column, self._texts(column), fold(column.name) in _PLAIN) for column in self.mapping.of("text")]
        scores = [self._scores(column) for column in self.mapping.of("score")]
        marks = [self._marks(column, cells, heading) for column, cells, _ in texts]

        notes: list[IncomingNote] = []
        grades: list[IncomingScore] = []
        rows = 0
        for i in range(len(self.table.rows)):
            if i in self.behind:
                continue
            row, before = self.table.first_row + i, len(notes) + len(grades)
            day, who, about = said_on[i], (person[i], organisation[i], level[i]), area[i]
            for (column, cells, plain), marked in zip(texts, marks, strict=True):
                if i in marked:
                    if (one := marked[i]) is not None:
                        grades.append(
                            IncomingScore(
                                row, heading[i], cells[i], one[0], one[2], about or column.area, *who, day, one[1]
                            )
                        )
                elif text := cells[i]:
                    question = column.name
                    if heading[i]:
                        question = heading[i] if plain else f"{heading[i]}: {column.name}"
                    notes.append(IncomingNote(row, question, text, day, *who, about or column.area))
            for column, scale, cells, values in scores:
                if (value := values[cells[i]]) is not None:
                    at, grade, raw = value
                    grades.append(
                        IncomingScore(row, column.name, raw, scale, grade, column.area or about, *who, day, at)
                    )
            rows += len(notes) + len(grades) > before
        self.dropped.sort(key=lambda one: one.row)
        if not rows:
            raise self._nothing_left()
        _must_fit(self.source.filename, notes)
        self.dropped[:0] = self._skipped()
        return Taken(
            "table", rows, tuple(notes), tuple(grades), tuple(self.dropped), self.mapping,
            None if any(said_on) else find_day(self.table.title),
            also_called=also_called(self.table, self.mapping, person),
        )  # fmt: skip

    def _skipped(self) -> list[Dropped]:
        """Name the sheets and columns that hold something and are not used."""
        header = max(self.table.first_row - 1, 1)
        return [Dropped(1, sheet, "intake.dropped.sheet") for sheet in self.table.other_sheets] + [
            Dropped(header, column.name, why)
            for column in self.mapping.columns
            if column.role in ("ignore", "private") and (why := self._why_not(column))
        ]

    def _why_not(self, column: Column) -> str | None:
        """Tell why a column is not used; None where nothing stands in it."""
        cells = {text for text in self._column(column.name) if text}
        if not cells or column.role == "private":
            return "intake.dropped.private_column" if cells else None
        if all(map(is_error, cells)):
            return "intake.dropped.formula_column"
        # What a person left out is left out; a guess that lets grades go is told as a loss.
        lost = column.confidence < 1 and guessing.may_be_score(column.name, cells)
        return "intake.dropped.score_column" if lost else "intake.dropped.column"

    def _nothing_left(self) -> UserError:
        file = self.source.filename
        worst = next((one for one in self.dropped if one.whole_row), None)
        if worst is None:
            return UserError("intake.error.no_answers", file=file)
        return UserError("intake.error.no_good_row", file=file, row=str(worst.row), column=worst.column)

    def _column(self, name: str) -> Sequence[str]:
        return self.cells[self.table.header.index(name)]

    def _each(self, role: Role, read: Callable[[str], Any]) -> list[Any]:
        columns = self.mapping.of(role)
        if not columns:
            return [None] * len(self.table.rows)
        cells = self._column(columns[0].name)
        known = {text: read(text) if text and not is_error(text) else None for text in set(cells)}
        return [known[text] for text in cells]

    def _service(self, text: str) -> str | None:
        """Give the service area that a cell names; what a person said of it leads."""
        said = dict(self.mapping.of("area")[0].names)
        return said.get(fold(text), self.areas.called(text)) or None

    def _drop(self, i: int, column: str, reason: str, *, whole_row: bool = False, **values: Any) -> None:
        place = self.table.place(i, column)
        self.dropped.append(Dropped(self.table.first_row + i, place, reason, values, whole_row))
        if whole_row:
            self.behind.add(i)

    def _find_repeated_headers(self) -> None:
        """Exports of several pages repeat their header."""
        for i, row in enumerate(self.table.rows):
            if row[0] == self.table.header[0] and row == self.table.header:
                self._drop(i, "", "intake.dropped.header_again")
                self.behind.add(i)

    def _days(self) -> list[dt.date | None]:
        columns = self.mapping.of("date")
        if not columns:
            return [None] * len(self.table.rows)
        name = columns[0].name
        cells = self._column(name)
        american = month_first(set(cells))
        days: dict[str, dt.date | None] = {}
        wrong: dict[str, str] = {}
        for text in set(cells):
            try:
                days[text] = parse_day(text, month_first=american)
            except ValueError as error:
                days[text], wrong[text] = None, str(error)
        for i, text in enumerate(cells):
            if text in wrong and i not in self.behind:
                # "Begin maart" tells no day; a day that cannot be is a slip somewhere in the row.
                readable = wrong[text] != "intake.dropped.date_unreadable"
                values = {"value": text[:40] if is_day(text) else "…"} if readable else {}
                self._drop(i, name, wrong[text], whole_row=readable, **values)
        return [days[text] for text in cells]

    def _texts(self, column: Column) -> Sequence[str]:
        cells = self._column(column.name)
        if any(_STAMP.match(text) for text in cells):
            cells = [_STAMP.sub("", text).strip() for text in cells]
        for i, text in enumerate(cells):
            if len(text) > MAX_TEXT:
                self._drop(i, column.name, "intake.dropped.too_long", whole_row=True, length=len(text), limit=MAX_TEXT)
        wrong = {text for text in set(cells) if is_error(text)}
        for i, text in enumerate(cells) if wrong else ():
            if text in wrong:
                self._drop(i, column.name, _error(text))
        return [text if text not in wrong else "" for text in cells] if wrong else cells

    def _marks(
        self, column: Column, cells: Sequence[str], heading: Sequence[str | None]
    ) -> dict[int, tuple[Scale, float, float] | None]:
        """Read the answers that are grades because their question asks for one: scale, value and grade by row."""
        scales = asked_marks(heading, cells) if self.mapping.of("heading") else {}
        found: dict[int, tuple[Scale, float, float] | None] = {}
        for i, (question, text) in enumerate(zip(heading, cells, strict=True)) if scales else ():
            if i in self.behind or not text or question not in scales or is_blank(text):
                continue
            scale = scales[question]
            value = read_values([text], scale)[text] if scale else None
            found[i] = (scale, value, scale.to_grade(value)) if scale and isinstance(value, float) else None
            if scale and isinstance(value, str):
                self._bad_score(i, column.name, text, value, scale)
            elif not scale:
                self._drop(i, column.name, "intake.dropped.number_answer")
        return found

    def _scores(
        self, column: Column
    ) -> tuple[Column, Scale, Sequence[str], dict[str, tuple[float, float, str] | None]]:
        cells = self._column(column.name)
        scale = column.scale or detect(column.name, Counter(text for text in cells if text)).scale
        if scale is None:
            raise UserError("intake.error.no_scale", file=self.source.filename, column=column.name)
        read = read_values(set(cells), scale)
        reasons = {text: value for text, value in read.items() if isinstance(value, str)}
        # Where most are outside, it is the scale or the column that is wrong, and the rows are worth having.
        outside = sum(reasons.get(text) == "intake.dropped.score_outside" for text in cells)
        alone = 2 * outside > sum(bool(text) for text in cells)
        for i, text in enumerate(cells) if reasons else ():
            if text in reasons and i not in self.behind:
                self._bad_score(i, column.name, text, reasons[text], scale, alone=alone)
        values = {
            text: (value, scale.to_grade(value), _without_names(text)) if isinstance(value, float) else None
            for text, value in read.items()
        }
        return column, scale, cells, values

    def _bad_score(self, i: int, name: str, text: str, reason: str, scale: Scale, *, alone: bool = False) -> None:
        value = number(text)
        if reason == "intake.dropped.score_outside" and value is not None:
            told = f"{value:g}" if scale.low > value or scale.high < value else text[:20]
            reason = "intake.dropped.score_cell_outside" if alone else reason
            self._drop(
                i, name, reason, whole_row=not alone, value=told, low=f"{scale.low:g}", high=f"{scale.high:g}"
            )  # fmt: skip
        else:
            # A word where a grade was asked does not make the rest of the answer worthless.
            self._drop(i, name, _error(text) if is_error(text) else "intake.dropped.score_unreadable")


def _error(text: str) -> str:
    return "intake.dropped.formula" if text == NOT_WORKED_OUT else "intake.dropped.error_cell"


def _must_fit(filename: str, notes: Sequence[IncomingNote]) -> None:
    """Refuse what would keep everybody waiting; the same answer many times is read once."""
    texts = {note.text for note in notes}
    if len(texts) > MAX_ANSWERS or sum(map(len, texts)) > MAX_CHARACTERS:
        raise UserError(
            "intake.error.too_much_text", file=filename, answers=len(texts), limit=MAX_ANSWERS,
            millions=MAX_CHARACTERS // 1_000_000,
        )  # fmt: skip


def _without_names(text: str) -> str:
    """Mask what somebody wrote beside a grade: "8, zegt Jan de Vries"."""
    return mask(text).text if len(text.split()) > 2 else text


def _someone(text: str) -> str | None:
    return None if fold(text) in NOBODY else text[:200]


def _organisation(text: str) -> str | None:
    return None if is_blank(text) or fold(text) in NOBODY else " ".join(text.split())[:200]
