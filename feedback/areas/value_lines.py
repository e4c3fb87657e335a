"""Measured values as lines of text, pasted or from a CSV file: period and value, with the agreement before them where there are several."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

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
        semicolon, a tab or, where a line has neither, a comma followed by a space. A first line of names is left out.
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
    for number, cells in enumerate(_rows(text), start=1):
        if not any(cells):
            continue
        try:
            if number > MOST_LINES:
                raise UserError("areas.error.many_lines", most=MOST_LINES)
            at, period, typed = _parts(cells, names, only)
            if at not in units:
                raise UserError("areas.error.agreement_unknown", text=cells[0][:80])
            key = (at, parse_period(period))
            values[key] = parse_value(typed, units[at] or "number") if typed else None
        except UserError as error:
            if number == 1 and not any(letter.isdigit() for cell in cells for letter in cell):
                continue
            wrong[number] = error
    return Lines(values, wrong)


def _rows(text: str) -> list[list[str]]:
    text = text.lstrip("\ufeff")
    mark = ";" if ";" in text else "\t" if "\t" in text else ","
    if mark == "," and ", " in text:
        # "maart 2026, 97,5": the second comma is a decimal one.
        return [[cell.strip() for cell in line.split(", ")] for line in text.splitlines()]
    rows = csv.reader(io.StringIO(text), delimiter=mark, skipinitialspace=True)
    return [[cell.strip() for cell in row] for row in rows]


def _parts(cells: list[str], names: dict[str, int], only: int | None) -> tuple[int, str, str]:
    if len(cells) == 2 and only is not None:
        return only, cells[0], cells[1]
    if len(cells) < 3:
        raise UserError("areas.error.line")
    return names.get(sort_key(cells[0]), -1), cells[1], cells[2]
