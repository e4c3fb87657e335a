"""Sheets that are not one table with a row a person: a block of answers under each question, or a column a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from feedback.intake.clean import fold
from feedback.intake.vocabulary import is_known_header

Rows = Sequence[Sequence[str]]
# The first header of a sheet stands this high, and names no more columns.
LOOK, WIDEST = 30, 40
# The column that gets the question of each block; the columns know it as an agenda point.
QUESTION = "Vraag"
_PERSON = re.compile(r"(?:respondent|deelnemer|panellid|persoon|participant|antwoord|response|resp|r|p|d)[ ._-]?\d+")
_ASKS = re.compile(
    r"(?:vraag|vragen|question|questions|stelling|item|onderwerp|respondent(?:en)?|deelnemers?|panelle?den|panellid|respondents|participants?)"
)
_NUMBERED = re.compile(r"(?:question|vraag|slide) ?\d")
# What stands above the answers to a question and is not the question.
_COUNTS = re.compile(
    r"(?:(?:question|vraag|slide|type|voters?|stemmers?|respondents?|responses|antwoorden|aantal|participants?|deelnemers)\b.{0,20}|[\d.,%]+)"
)


def upright(rows: Rows) -> Rows:
    """Turn a sheet with a row a question and a column a person, so that each person has a row.

    Parameters
    ----------
    rows : sequence of sequence of str

    Returns
    -------
    sequence of sequence of str
        As they were, where the first row names no persons.
    """
    first = next((at for at, row in enumerate(rows[:LOOK]) if sum(map(bool, row)) > 1), None)
    if first is None:
        return rows
    head = [fold(cell) for cell in rows[first]]
    persons = [cell for cell in head[1:] if cell]
    if not (_ASKS.fullmatch(head[0]) or not head[0]) or len(persons) < 2 or not all(map(_PERSON.fullmatch, persons)):
        return rows
    body = [list(row) for row in rows[first:] if any(row)]
    width = max(map(len, body))
    return [list(column) for column in zip(*([*row, *[""] * (width - len(row))] for row in body), strict=True)]


def one_table(rows: Rows, is_value: Callable[[str], bool]) -> Rows:
    """Read blocks of answers, each under its question and with the same header, as one table; every row stays where it is.

    Parameters
    ----------
    rows : sequence of sequence of str
    is_value : callable
        Tells a number or a day.

    Returns
    -------
    sequence of sequence of str
        With a column more, `QUESTION`; as they were where no header comes back under another title.
    """
    names = {
        tuple(row)
        for row in rows[:LOOK]
        if 1 < sum(map(bool, row)) <= WIDEST
        and not any(map(is_value, filter(None, row)))
        and any(map(is_known_header, filter(None, row)))
    }
    starts = {row[0] for row in names}
    seen = Counter(head for row in rows if row and row[0] in starts and (head := tuple(row)) in names)
    repeated = [head for head, n in seen.items() if n > 1]
    if not repeated:
        return rows
    header = max(repeated, key=lambda row: seen[row])
    heads = [at for at, row in enumerate(rows) if row and row[0] == header[0] and tuple(row) == header]
    tops = [_top(rows, at) for at in heads]
    questions = [_question(rows[top:at]) for top, at in zip(tops, heads, strict=True)]
    titles = all(_is_title(rows[top:at]) for top, at in zip(tops, heads, strict=True))
    if not titles or not all(questions) or len(set(questions)) < 2:
        return rows
    width = len(header)
    # What stands above the first block is a title, however many cells it has.
    out = [[" ".join(filter(None, row))] if at < heads[0] else [] for at, row in enumerate(rows)]
    for at, end, question in zip(heads, [*tops[1:], len(rows)], questions, strict=True):
        for i in range(at + 1, end):
            if any(row := rows[i]):
                out[i] = [*row, *[""] * (width - len(row)), question]
    out[heads[0]] = [*header, QUESTION]
    return out


def under_one_header(names: list[str], body: list[list[str]], is_value: Callable[[str], bool]) -> None:
    """Read a second table below the first, with other names for some of its columns, as columns more.

    Parameters
    ----------
    names : list of str
        The header; what the second header adds comes at its end.
    body : list of list of str
        Rows below it; the second header becomes a blank row, so that the others stay where they are.
    is_value : callable
        Tells a number or a day.
    """
    width, places = len(names), list(range(len(names)))
    moved = False
    for i, row in enumerate(body):
        if i and any(row) and not any(body[i - 1]) and _is_header(row, names[:width], is_value):
            places = [
                at if at < width and row[at] in ("", names[at]) else _place(names, row[at], width)
                for at in range(len(row))
            ]
            body[i], moved = [], True
        elif moved and row:
            placed = [""] * len(names)
            for at, cell in enumerate(row):
                if cell:
                    to = places[at] if at < len(places) else at
                    placed += [""] * (to + 1 - len(placed))
                    placed[to] = cell
            body[i] = placed


def _is_header(row: Sequence[str], names: Sequence[str], is_value: Callable[[str], bool]) -> bool:
    """Tell other names for the same kind of table: all are names, and one of several is the same."""
    told = [cell for cell in row if cell]
    same = sum(bool(cell) and cell == name for cell, name in zip(row, names, strict=False))
    return len(told) > 1 and 0 < same < len(told) and all(is_known_header(cell) and not is_value(cell) for cell in told)


def _place(names: list[str], name: str, first: int) -> int:
    if name not in names[first:]:
        names.append(name)
    return names.index(name, first)


def _top(rows: Rows, head: int) -> int:
    """Find where what stands above a block begins: at "Question 2", else with the lines right above it."""
    for at in range(head - 1, max(head - 7, -1), -1):
        if rows[at] and _NUMBERED.match(fold(rows[at][0])):
            return at
    at = head
    while at and not any(rows[at - 1]):
        at -= 1
    while at and any(rows[at - 1]):
        at -= 1
    return at


def _is_title(above: Rows) -> bool:
    """Tell what stands above a block from answers: a line of its own, or how many there are."""
    told = [[cell for cell in row if cell] for row in above]
    return len(above) <= 7 and all(len(row) < 2 or _COUNTS.match(fold(row[0])) for row in told)


def _question(above: Rows) -> str:
    """Give what a block is about: the longest text above it."""
    cells = [cell for row in above for cell in row if cell and not _COUNTS.fullmatch(fold(cell))]
    return max(cells, key=len, default="")
