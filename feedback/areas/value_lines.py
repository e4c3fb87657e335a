"""Measured values as lines of text, pasted or from a CSV file: period and value, with the agreement before them where there are several."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import pandas as pd

from feedback.areas.periods import Period, parse_period, parse_value
from feedback.i18n import UserError, sort_key

MOST_LINES = 2000


@dataclass(frozen=True)
class Lines:
    """What was understood.

    Attributes
    ----------
    values : dict of (agreement, period) to float or None
        None: an empty value takes away what stood there.
    wrong : dict of int to UserError
        Line, as the person counts them, to what is wrong with it.
    """

    values: dict[tuple[int, Period], float | None]
    wrong: dict[int, UserError]


def read(text: str, register: pd.DataFrame, *, only: int | None = None) -> Lines:
    """Read values of one agreement or several.

    Parameters
    ----------
    text : str
        Lines of `period; value`, or `agreement; period; value` with the text or the number of the agreement; separated by a
        semicolon, a tab or, where a line has neither, a comma (followed by a space); each line in its own way. A first line of names
        is left out. The same period twice is wrong.
    register : DataFrame
        See `agreements.register`.
    only : int, optional
        The agreement that lines of two cells are about.

    Returns
    -------
    Lines
    """
    units = dict(zip(register["agreement_id"], register["unit"], strict=True))
    names = {sort_key(text): int(at) for at, text in zip(register["agreement_id"], register["text"], strict=True)}
    names |= {str(at): int(at) for at in register["agreement_id"]}
    values: dict[tuple[int, Period], float | None] = {}
    wrong: dict[int, UserError] = {}
    lines: dict[tuple[int, Period], int] = {}
    for number, cells in _rows(text):
        if not any(cells):
            continue
        try:
            if number > MOST_LINES:
                raise UserError("areas.error.many_lines", most=MOST_LINES)
            at, period, typed = _parts(cells, names, only)
            if at not in units:
                raise UserError("areas.error.agreement_unknown", text=cells[0][:80])
            key = (at, parse_period(period))
            if key in lines:
                raise UserError("areas.error.value_twice", first=lines[key])
            lines[key] = number
            values[key] = parse_value(typed, units[at] or "number") if typed else None
        except UserError as error:
            if number == 1 and not any(letter.isdigit() for cell in cells for letter in cell):
                continue
            wrong[number] = error
    return Lines(values, wrong)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each line, as the person counts them, with its cells; a cell between quotes may go on over lines."""
    text = text.lstrip("\ufeff")
    lines, number = io.StringIO(text, newline=None), 1
    usual = next((mark for mark in (";", "\t") if mark in text), ",")
    for line in lines:
        mark = next((mark for mark in (";", "\t", ", ", ",") if mark in line), usual)
        if mark == ", ":
            # "maart 2026, 97,5": the second comma is a decimal one.
            cells, used = line.split(mark), 1
        else:
            reader = csv.reader(chain([line], lines), delimiter=mark, skipinitialspace=True)
            cells, used = next(reader), reader.line_num
        yield number, [cell.strip() for cell in cells]
        number += used


def _parts(cells: list[str], names: dict[str, int], only: int | None) -> tuple[int, str, str]:
    if len(cells) >= 3 and (only is None or names.get(sort_key(cells[0])) == only):
        return names.get(sort_key(cells[0]), -1), cells[1], cells[2]
    if only is None:
        raise UserError("areas.error.line")
    if len(cells) < 2 or any(cells[2:]):
        raise UserError("areas.error.line_of_one")
    return only, cells[0], cells[1]
