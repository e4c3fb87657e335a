"""From the cells of a sheet to a table: where the header is, what stands below, names for the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.i18n import UserError
from feedback.intake.blocks import one_table, under_one_header, upright
from feedback.intake.clean import fold
from feedback.intake.headers import join_headers
from feedback.intake.model import Dropped, Table
from feedback.intake.totals import cut_totals, is_value

MAX_COLUMNS = 500
MAX_CELLS = 5_000_000
# Titles, a date and a logo's text stand above a header; a table that starts lower is not looked for.
_LOOK = 30
# The column that was added to rows which stayed behind, when they come back mended.
_REASONS = ("klantpanel reden", "klantpanel reason")


def to_table(
    rows: Sequence[Sequence[str]],
    *,
    filename: str,
    sheet: str = "",
    other_sheets: Sequence[str] = (),
    separator: str = "",
    usual: int | None = None,
) -> Table:
    """Find the table in a sheet.

    Parameters
    ----------
    rows : sequence of sequence of str
        Row 1 of the sheet first; rows may differ in length.
    filename : str
        For the messages.
    sheet : str
    other_sheets : sequence of str
    separator : str
        Of a text file: a row with more cells than the header has separators in its text.
    usual : int, optional
        How many cells most rows of a text file have.

    Returns
    -------
    Table

    Raises
    ------
    UserError
        When nothing stands below the header, or there are more columns or cells than any survey has.
    """
    rows = one_table(upright(rows), is_value)
    filled = [sum(1 for cell in row[:usual] if cell) for row in rows]
    if not any(filled):
        raise UserError("intake.error.empty", file=filename)
    at = _header_at(filled)
    start, names, after = join_headers(rows, at, is_value) or (at, list(rows[at]), at + 1)
    body = [list(row) for row in rows[after:]]
    while body and not any(body[-1]):
        body.pop()
    first_row = after + 1
    if after == at + 1 and _is_data(names, body):
        # No header at all: the columns get the letters that a spreadsheet shows.
        body.insert(0, names)
        names, first_row = [""] * len(names), after
    left_out = _cut_overlong(body, names, first_row, separator) if separator else []
    under_one_header(names, body, is_value)
    width = max(_width(names), max(map(_width, body), default=0))
    if width > MAX_COLUMNS:
        raise UserError("intake.error.columns", file=filename, columns=width, limit=MAX_COLUMNS)
    if width * len(body) > MAX_CELLS:
        raise UserError("intake.error.rows", file=filename, limit=MAX_CELLS // width)
    left_out += cut_totals(body, first_row)
    if not any(any(row) for row in body):
        raise UserError("intake.error.header_only", file=filename, row=str(after))
    even = [(*row[:width], *("",) * (width - len(row))) for row in (names, *body)]
    used = [i for i, cells in enumerate(zip(*even, strict=True)) if any(cells) and fold(cells[0]) not in _REASONS]
    if len(used) < width:
        even = [tuple(row[i] for i in used) for row in even]
    header = _unique([name or letter(i) for name, i in zip(even[0], used, strict=True)])
    title = "\n".join(" ".join(cell for cell in row if cell) for row in rows[:start] if any(row))
    return Table(
        header=tuple(header), rows=tuple(even[1:]), first_row=first_row, sheet=sheet,
        other_sheets=tuple(other_sheets), left_out=tuple(left_out), title=title[:1000],
    )  # fmt: skip


def letter(index: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _width(row: Sequence[str]) -> int:
    width = len(row)
    while width and not row[width - 1]:
        width -= 1
    return width


def _header_at(filled: Sequence[int]) -> int:
    """Give the first row that is nearly as full as the fullest."""
    top = [i for i, n in enumerate(filled) if n][:_LOOK]
    most = max(filled[i] for i in top)
    wanted = max(1, -(-most * 6 // 10))
    return next(i for i in top if filled[i] >= wanted)


def _is_data(names: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell a first row that is data already: a third of its cells are numbers or days, like those below."""
    filled = [i for i, cell in enumerate(names) if cell]
    below = [[row[i] for row in body[:20] if i < len(row)] for i in filled]
    like = sum(1 for i, cells in zip(filled, below, strict=True) if is_value(names[i]) and any(map(is_value, cells)))
    return like > 0 and like * 3 >= len(filled)


def _cut_overlong(body: list[list[str]], names: list[str], first_row: int, separator: str) -> list[Dropped]:
    """Mend rows with more cells than the header where the last answer goes on in the extra ones; leave others out.

    Which other answer held the separator cannot be known, and a remark under the wrong name is worse than none.
    """
    width = _width(names)
    long = [i for i, row in enumerate(body) if _width(row) > width]
    if width < 2 or not long or len(long) > 0.2 * len(body) + 1:
        return []
    too_long = set(long)
    sample = [row for i, row in enumerate(body[:300]) if i not in too_long]
    usual = [_Usual.of([row[i] for row in sample if i < len(row) and row[i]]) for i in range(width)]
    left_out = []
    for i in long:
        row = body[i]
        if usual[-1].values < 0.2 and all(usual[at].fits(row[at], row[at + 1]) for at in range(width - 1)):
            row[width - 1 :] = [f"{separator} ".join(cell for cell in row[width - 1 :] if cell)]
        else:
            counted = {"cells": _width(row), "columns": width}
            left_out.append(Dropped(first_row + i, "", "intake.dropped.cells", counted, whole_row=True))
            body[i] = []
    return left_out


@dataclass(frozen=True)
class _Usual:
    """What a column holds in the rows that are well formed: the share of numbers and days, choices, words a cell."""

    values: float
    choices: frozenset[str]
    words: float

    @classmethod
    def of(cls, cells: Sequence[str]) -> _Usual:
        if not cells:
            return cls(0.0, frozenset(), 0.0)
        few = len(cells) >= 5 and len(set(cells)) <= 0.5 * len(cells)
        return cls(
            values=sum(map(is_value, cells)) / len(cells), choices=frozenset(cells if few else ()),
            words=sum(len(cell.split()) for cell in cells) / len(cells),
        )  # fmt: skip

    def fits(self, cell: str, following: str) -> bool:
        """Tell whether a cell is of this column, and not half of one that goes on in the following."""
        if not cell:
            return True
        if self.values > 0.8:
            return is_value(cell)
        if self.choices:
            return cell in self.choices
        return not (self.words > 4 and following[:1].islower())


def _unique(names: Sequence[str]) -> list[str]:
    """Number the names that occur before: Toelichting, Toelichting (2)."""
    plain = [" ".join(name.split())[:500] for name in names]
    seen: set[str] = set()
    for i, name in enumerate(plain):
        chosen, n = name, 1
        while chosen in seen or (n > 1 and chosen in plain):
            n += 1
            chosen = f"{name} ({n})"
        seen.add(chosen)
        plain[i] = chosen
    return plain
