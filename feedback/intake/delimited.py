"""Text files: their encoding, and tables with any separator."""

from __future__ import annotations

import codecs
import csv
import io
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from feedback.i18n import UserError
from feedback.intake.clean import clean

SEPARATORS = (";", "\t", "|", ",", "^", "~", "¦")
# A character that decoded text does not hold any more: reads a file of one column.
_NO_SEPARATOR = "\x1f"
_SAMPLE = 100_000
# Excel's own first line, which it does not show.
_EXCEL = re.compile(r"\"?sep=(.)\"?\n")
# A quoted answer of more lines than this was never closed.
_LINES = 200
# A cell of 5 MB is dropped with its row and reason later on; the csv module must not stop the whole file for it.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(filename: str, data: bytes) -> str:
    """Turn bytes into text: by the mark at the start, else UTF-8, else Windows' cp1252.

    No statistical detector: one read cp1252 as cp1250 and changed letters unseen.

    Parameters
    ----------
    filename : str
        For the message.
    data : bytes

    Returns
    -------
    str
        Lines ended by a line feed; not cleaned yet.

    Raises
    ------
    UserError
        When it is not text.
    """
    text = _decode(data)
    head = text[:4000]
    strange = sum(1 for c in head if unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\t\n\r\f\x1a")
    if strange > 2 + 0.02 * len(head):
        raise UserError("intake.error.not_text", file=filename)
    # What else cannot be seen is taken out of each cell: some of it breaks lines, and would break rows here.
    return re.sub("[\x00\x1f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace").removesuffix("\ufffd")
    head = data[:4000]
    if b"\x00" in head:
        # Western text in UTF-16 has a zero in every other byte; nothing else that is text has zeros.
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if max(even, odd) > 0.2 * len(head) > 10 * min(even, odd):
            return data.decode("utf-16-le" if odd > even else "utf-16-be", errors="replace").removesuffix("\ufffd")
    text = data.decode("utf-8", errors="surrogateescape")
    if text.isascii():
        return text
    wrong = len(re.findall("[\udc80-\udcff]", text))
    if not wrong:
        return text
    if sum(1 for c in text if c > "\x7f") - wrong > 3 * wrong:
        # UTF-8 in which another program pasted a few letters of its own.
        return re.sub("[\udc80-\udcff]+", _escaped_as_cp1252, text)
    return _as_cp1252(data)


def _escaped_as_cp1252(match: re.Match[str]) -> str:
    return _as_cp1252(match.group().encode("utf-8", "surrogateescape"))


def _as_cp1252(data: bytes) -> str:
    return data.decode("cp1252", errors="replace").replace("\ufffd", "")


@dataclass(frozen=True)
class Shape:
    """How a text splits into cells: `share` of its rows have the same `width`; width 1 where nothing separates."""

    separator: str
    width: int
    share: float


def shape(text: str) -> Shape:
    """Find the separator: the one that cuts nearly every row into as many cells, the header among them.

    Parameters
    ----------
    text : str

    Returns
    -------
    Shape
    """
    sample = text[:_SAMPLE]
    best, best_rank = Shape(_NO_SEPARATOR, 1, 1.0), (False, False, 0.0, 0)
    for separator in SEPARATORS:
        if separator not in sample:
            continue
        rows = [row for row in _split(sample, separator) if any(cell.strip() for cell in row)]
        if len(text) > _SAMPLE and len(rows) > 1:
            rows.pop()
        first = next((i for i, row in enumerate(rows) if len(row) > 1), None)
        if first is None:
            continue
        # Titles may stand above the header; what stands below has its width.
        header = rows[first]
        widths = Counter(len(row) for row in rows[first:])
        width, count = max(widths.items(), key=lambda one: (one[1], one[0]))
        share = count / (len(rows) - first)
        if width < 2 or share < 0.5:
            continue
        if first and (count < 2 or share < 0.9 or not all(cell.strip() for cell in header)):
            continue
        rank = (share >= 0.9, len(header) == width, count / len(rows), width)
        if rank > best_rank:
            best, best_rank = Shape(separator, width, share), rank
    return best


def _split(text: str, separator: str, *, strict: bool = False) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict))


def split(text: str, found: Shape) -> list[list[str]]:
    """Cut a text into rows of cells; a quote that is never closed costs its own cell only, not the rest of the file."""
    try:
        rows = _split(text, found.separator, strict=True)
    except csv.Error:
        return list(_line_by_line(text, found))
    if any(_swallowed(cell, found) for row in rows for cell in row if "\n" in cell):
        return list(_line_by_line(text, found))
    return rows


def _swallowed(cell: str, found: Shape) -> bool:
    """Tell a cell that holds rows of the table."""
    lines = cell.split("\n")[1:]
    if found.width < 2:
        return len(lines) > _LINES
    rows = sum(1 for line in lines if line.count(found.separator) >= found.width - 1)
    return rows > 0 and rows >= 0.3 * len(lines)


def _line_by_line(text: str, found: Shape) -> Iterator[list[str]]:
    """Read a table with a stray quote: a row goes on to a next line only where that closes its quotes and fits."""
    lines = text.removesuffix("\n").split("\n")
    at, tries = 0, 100
    while at < len(lines):
        end, row = at + 1, _row(lines[at], found, strict=True)
        if row is None and tries > 0:
            end, row = _longer_row(lines, at, found)
            # A file in which every line has an open quote must not take for ever.
            tries -= row is None
        if row is None:
            row = _row(lines[at], found, strict=False)
            if row is None or len(row) < found.width:
                cells = csv.reader([lines[at]], delimiter=found.separator, quoting=csv.QUOTE_NONE)
                row = [cell.strip('"') for cell in next(cells, [])]
        yield row
        at = end


def _longer_row(lines: list[str], at: int, found: Shape) -> tuple[int, list[str] | None]:
    quotes = lines[at].count('"')
    for end in range(at + 2, min(at + _LINES, len(lines)) + 1):
        quotes += lines[end - 1].count('"')
        if quotes % 2 == 0 and (row := _row("\n".join(lines[at:end]), found, strict=True)) is not None:
            return (end, row) if len(row) == found.width else (at + 1, None)
    return at + 1, None


def _row(text: str, found: Shape, *, strict: bool) -> list[str] | None:
    try:
        rows = list(csv.reader([text], delimiter=found.separator, strict=strict))
    except csv.Error:
        return None
    return rows[0] if rows else []


def below(text: str, column: str) -> tuple[list[str], list[list[str]]]:
    """Read a table by its header: it has the column asked for, however wide the rows below it are.

    Parameters
    ----------
    text : str
        From `decode`; the header is the first line that is not blank.
    column : str
        In capitals or not.

    Returns
    -------
    header : list of str
        Without blanks at the ends.
    rows : list of list of str
        Blank lines are left out, but in a table of one column they are empty cells; the one that may end the file is none.
    """
    text = text.lstrip("\n")
    if match := _EXCEL.match(text):
        text, usual = text[match.end() :].lstrip("\n"), match[1]
    else:
        usual = shape(text).separator
    headers = {
        separator: [name.strip() for name in next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])]
        for separator in dict.fromkeys((usual, *SEPARATORS, _NO_SEPARATOR))
    }
    # The separator of the rows, unless the header knows better.
    fits = [separator for separator, header in headers.items() if column_in(header, column) is not None]
    wide = [separator for separator in fits if len(headers[separator]) > 1]
    best = wide[0] if wide else _NO_SEPARATOR if fits else usual
    header = headers[best]
    rows = split(text, Shape(best, len(header), 1.0))[1:]
    if len(header) > 1:
        return header, [row for row in rows if row]
    if rows and not rows[-1]:
        rows.pop()
    return header, [row or [""] for row in rows]


def column_in(header: list[str], column: str) -> int | None:
    """Find a column by its name, else by its name in other capitals."""
    if column in header:
        return header.index(column)
    folded = [name.casefold() for name in header]
    return folded.index(column.casefold()) if folded.count(column.casefold()) == 1 else None


def grid(text: str) -> tuple[list[list[str]], Shape]:
    """Read a table with any separator.

    Parameters
    ----------
    text : str
        From `decode`.

    Returns
    -------
    rows : list of list of str
        Row 1 of the file first, blank rows kept; cells cleaned, without blanks at their ends.
    found : Shape
    """
    if match := _EXCEL.match(text):
        text = text[match.end() :]
        found = Shape(match[1], max((len(row) for row in _split(text[:_SAMPLE], match[1])), default=1), 1.0)
    else:
        found = shape(text)
        if found.width < 2 and (whole := _quoted_rows(text)):
            return grid(whole)
    return [[clean(cell).strip() for cell in row] for row in split(text, found)], found


def _quoted_rows(text: str) -> str | None:
    """Undo the quotes around every whole row that some exports write: "a;b;c"."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or not all(line.startswith('"') and line.rstrip().endswith('"') for line in lines):
        return None
    inner = "\n".join(line.strip()[1:-1].replace('""', '"') for line in lines)
    found = shape(inner)
    named = found.width > 1 and len(_split(inner.split("\n")[0], found.separator)[0]) == found.width
    return inner if named and found.share >= 0.9 else None
