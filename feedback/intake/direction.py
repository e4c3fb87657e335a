"""Which end of a scale is best, where its header does not say: found in what else the file tells, or left to be asked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from feedback.intake import scales
from feedback.intake.legend import Legend, legends, of_column
from feedback.intake.model import Best, Column, Scale, Table
from feedback.text.empty import is_empty
from feedback.text.language import detect
from feedback.text.sentiment import sentiment

# Rows that are looked into: enough to be sure, and quick.
ROWS = 300
# Standard errors from chance: from here on it is found, from here on it is doubted.
SURE, DOUBT = 1.96, 1.5
_FOUND = 0.8
# Share of the answers between the ends that a legend tells, for it to be about a column; the others are slips.
_FITS = 0.8
# A grade out of ten is best at ten, and everybody knows.
_SHORT = 7


def settled(table: Table, columns: Sequence[Column]) -> list[Column]:
    """Find the direction of the scales, and their ends where a legend tells those.

    Columns with the same ends are one question to a person, and one here. What tells, first to last: words in the column
    itself ("1 = best"), a legend beside the table, which outranks what a name like "Score" lets suppose,
    columns with the same ends that do say it, praise and complaint in the words of the same rows (Mann & Whitney 1947).

    Parameters
    ----------
    table : Table
    columns : sequence of Column
        All of the table's, in its order.

    Returns
    -------
    list of Column
        What was found asks no more; what the words speak against is `doubted`.
    """
    columns = _by_legend(table, columns)
    result = list(columns)
    short = {_ends(column.scale) for column in columns if column.scale and (column.asks or column.scale.high <= _SHORT)}
    if not short:
        return result
    moods = _moods(table, columns)
    for ends in short:
        those = [i for i, column in enumerate(columns) if column.scale and _ends(column.scale) == ends]
        asked = [i for i in those if columns[i].asks]
        if not asked:
            if abs(lean := _lean([_marks(table, columns[i]) for i in those], moods)) >= SURE:
                for i in those:
                    scale = columns[i].scale
                    if scale and (scale.best == "high") == (lean < 0):
                        result[i] = replace(columns[i], asks=True, doubted=True)
            continue
        said = {column.scale.best for i in those if (column := columns[i]).scale and not column.asks}
        best = said.pop() if len(said) == 1 else None
        lean = 0.0 if best else _lean([_marks(table, columns[i]) for i in asked], moods)
        if abs(lean) >= SURE:
            best = "high" if lean > 0 else "low"
        for i in asked:
            scale = columns[i].scale
            assert scale is not None
            if best:
                result[i] = replace(
                    columns[i], scale=replace(scale, best=best), asks=False,
                    confidence=max(columns[i].confidence, _FOUND),
                )  # fmt: skip
            else:
                result[i] = replace(columns[i], doubted=(lean if scale.best == "high" else -lean) <= -DOUBT)
    return result


def _by_legend(table: Table, columns: Sequence[Column]) -> list[Column]:
    """Take over what stands above the table or on another sheet about the scales of columns that do not say it themselves."""
    found = legends(table.title)
    return [
        _explained(table, column, of_column(found, column.name, table.header)) if found else column
        for column in columns
    ]


def _explained(table: Table, column: Column, found: Sequence[Legend]) -> Column:
    scale = column.scale
    if scale is None:
        return column
    at = table.header.index(column.name)
    cells = {row[at] for row in table.rows[:ROWS]}
    marks = [mark for row in table.rows[:ROWS] if (mark := scales.number(row[at])) is not None]
    # Words have a direction of their own, whatever numbers stand for.
    if len(marks) < 0.5 * sum(1 for row in table.rows[:ROWS] if row[at]):
        return column
    fits = {
        ends for legend in found if (ends := legend.ends) and sum(ends[0] <= mark <= ends[1] for mark in marks) >= _FITS * len(marks)
    }  # fmt: skip
    if not scales.ends_told(column.name) and len(fits) == 1:
        scale = replace(scale, low=(ends := fits.pop())[0], high=ends[1])
        column = replace(column, scale=scale, asks_ends=False, confidence=max(column.confidence, _FOUND))
    said = {best for legend in found if (best := legend.best(scale))}
    if not said or scales.labels_tell(column.name, cells, scale):
        return column
    if len(said) > 1:
        return replace(column, asks=True)
    return replace(
        column, scale=replace(scale, best=said.pop()), asks=False, confidence=max(column.confidence, _FOUND)
    )  # fmt: skip


def answered(columns: Iterable[Column], best: Best) -> tuple[Column, ...]:
    """Fill in a person's answer on every column that asks."""
    return tuple(
        replace(column, scale=replace(column.scale, best=best), confidence=1.0, asks=False, doubted=False)
        if column.asks and column.scale
        else column
        for column in columns
    )


def _ends(scale: Scale) -> tuple[float, float]:
    return scale.low, scale.high


def _marks(table: Table, column: Column) -> list[float | None]:
    at = table.header.index(column.name)
    cells = [row[at] for row in table.rows[:ROWS]]
    assert column.scale is not None
    values = scales.read_values(set(cells), column.scale)
    return [value if isinstance(value := values[cell], float) else None for cell in cells]


def _moods(table: Table, columns: Sequence[Column]) -> list[int]:
    """Give for each row whether its words praise (1) or complain (-1)."""
    texts = [table.header.index(column.name) for column in columns if column.role == "text"]
    return [_mood(" ".join(row[at] for at in texts if not is_empty(row[at]))) for row in table.rows[:ROWS]]


def _mood(text: str) -> int:
    if not text:
        return 0
    language: Literal["nl", "en"] = "en" if detect(text[:2000]) == "en" else "nl"
    return {"pos": 1, "neg": -1}.get(sentiment(text[:2000], language).label, 0)


def _lean(columns: Sequence[Sequence[float | None]], moods: Sequence[int]) -> float:
    """Tell whether praise goes with high marks (above 0) or low ones, in standard errors of the rank-sum test."""
    rows = [[mark for mark in row if mark is not None] for row in zip(*columns, strict=True)]
    means = [(sum(marks) / len(marks), mood) for marks, mood in zip(rows, moods, strict=True) if marks and mood]
    praise, complaint = ([mark for mark, mood in means if mood == which] for which in (1, -1))
    if not praise or not complaint:
        return 0.0
    wins = sum((high > low) + 0.5 * (high == low) for high in praise for low in complaint)
    n, m = len(praise), len(complaint)
    return float(wins - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
