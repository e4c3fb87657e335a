"""Headers of more than one row: of survey tools that write a question above its parts, and of merged cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from feedback.intake.clean import fold
from feedback.intake.vocabulary import is_known_header

# What Qualtrics calls its own columns, in a row of its own.
_IMPORT_ID = re.compile(r"^\{\s*\"ImportId\"")
# SurveyMonkey's name for a column that is the whole question.
_WHOLE = frozenset(
    ("response", "open ended response", "antwoord", "open antwoord", "respons", "reactie", "open reactie", "responses")
)
_LABEL = 120


def join_headers(
    rows: Sequence[Sequence[str]], at: int, is_value: Callable[[str], bool]
) -> tuple[int, list[str], int] | None:
    """Find a header of two or three rows.

    Parameters
    ----------
    rows : sequence of sequence of str
        Of a sheet.
    at : int
        The row that was taken for the header.
    is_value : callable
        Tells a number or a day.

    Returns
    -------
    (int, list of str, int) or None
        Its first row, the names of the columns, and the row after it; None where the header is one row.
    """
    for start in (at, at + 1, at - 1, at - 2):
        following = rows[start + 1 : start + 3] if 0 <= start < len(rows) else []
        for more, row in enumerate(following, 1):
            told = [cell for cell in row if cell]
            if len(told) > 1 and sum(bool(_IMPORT_ID.match(cell)) for cell in told) > 0.5 * len(told):
                # Names, questions, ids: the questions say more than "Q3".
                return start, list(rows[start + more - 1]), start + more + 1
    for top in (at, at - 1):
        if 0 <= top < len(rows) - 2 and _is_two(rows[top], rows[top + 1], rows[top + 2 : top + 40], is_value):
            return top, _joined(rows[top], rows[top + 1]), top + 2
    return None


def _cell(row: Sequence[str], i: int) -> str:
    return row[i] if i < len(row) else ""


def _is_two(
    top: Sequence[str], below: Sequence[str], body: Sequence[Sequence[str]], is_value: Callable[[str], bool]
) -> bool:
    """Tell a second row of names: it names what the first leaves open, and is blank where answers are not."""
    below = [cell if cell != _cell(top, i) else "" for i, cell in enumerate(below)]
    parts = [i for i, cell in enumerate(below) if cell]
    named = [i for i, cell in enumerate(top) if cell]
    rows = [row for row in body if any(row)]
    if len(parts) < 1 or len(named) < 2 or not rows or any(is_value(c) or len(c) > _LABEL for c in (*top, *below) if c):
        return False
    if _groups(top, below, rows):
        return True
    whole = sum(fold(below[i]) in _WHOLE for i in parts)
    open_parts = [i for i in parts if not _cell(top, i)]
    if not whole and not open_parts:
        return False
    # A name that covers the columns to its right is no answer; the blank below it is no answer either.
    blank = [i for i in named if not _cell(below, i) and sum(bool(_cell(row, i)) for row in rows) > 0.6 * len(rows)]
    if whole:
        return bool(blank) or whole == len(parts)
    return bool(blank) and all(i and (_cell(top, i - 1) or i - 1 in parts) for i in open_parts)


def _groups(top: Sequence[str], below: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Tell names that each stand over several columns from answers: below each the same names come again."""
    names = [fold(cell) for cell in below if cell]
    width = max(map(len, rows))
    used = [i for i in range(width) if any(_cell(row, i) for row in rows)]
    again = [name for name in names if names.count(name) > 1 and is_known_header(name)]
    gaps = [i for i in used if not _cell(top, i)]
    return bool(gaps) and len(again) > 1 and all(_cell(below, i) for i in used) and bool(_cell(top, used[0]))


def _joined(top: Sequence[str], below: Sequence[str]) -> list[str]:
    names: list[str] = []
    above = ""
    for i in range(max(len(top), len(below))):
        part = _cell(below, i)
        above = _cell(top, i) or (above if part else "")
        names.append(
            above
            if not part or part == _cell(top, i) or fold(part) in _WHOLE
            else f"{above} - {part}"
            if above
            else part
        )
    return names
