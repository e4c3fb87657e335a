"""The codebook as a table of a spreadsheet: one row an entry, the same columns out and in.

A cell with several keywords or examples has one a line; "|" between them is read as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedback.i18n import UserError, sort_key
from feedback.themes.codebook import LANGUAGES, Codebook, read_entry

LISTS = ("keywords", "examples")
COLUMNS = (
    "key", "name_nl", "name_en", "description_nl", "description_en", "area", "aspect", *LISTS, "status",
)  # fmt: skip
# One column for both languages, where a file has no more.
FOR_BOTH = ("name", "description")
_SEEN_AS = {
    "key": "key sleutel code id",
    "name": "name naam thema theme",
    "name_nl": "name_nl naam_nl naam_nederlands nederlandse_naam name_dutch dutch_name",
    "name_en": "name_en naam_en naam_engels engelse_naam name_english english_name",
    "description": "description omschrijving beschrijving toelichting",
    "description_nl": "description_nl omschrijving_nl omschrijving_nederlands description_dutch",
    "description_en": "description_en omschrijving_en omschrijving_engels description_english",
    "area": "area service_area dienst dienstgebied",
    "aspect": "aspect quality_aspect kwaliteitsaspect",
    "keywords": "keywords keyword trefwoorden trefwoord woorden words",
    "examples": "examples example voorbeelden voorbeeld",
    "status": "status",
}
_HEADERS = {header: column for column, headers in _SEEN_AS.items() for header in headers.split()}
_OUT_OF_USE = {"parked", "geparkeerd", "niet in gebruik", "not in use"}
_IN_USE = {
    "dormant", "proposed", "confirmed", "slaapt nog", "voorstel", "bevestigd", "asleep", "still asleep", "proposal",
    "in gebruik", "in use",
}  # fmt: skip
# Titles may stand above the header.
_LOOK = 20
# What an export puts before a cell that a spreadsheet would read as a formula.
_MADE_INERT = re.compile(r"\A'(?=[=+\-@\t\r\n＝＋－＠])")


@dataclass(frozen=True)
class Row:
    """One row of a codebook file.

    Attributes
    ----------
    number : int
        As a spreadsheet counts it, the header included.
    cells : dict of str to str
        By column of `COLUMNS` or `FOR_BOTH`; only those that the file has. See `normal`.
    """

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """Give a cell, "" where the file has no such column."""
        return self.cells.get(column, "")


def normal(cell: str) -> str:
    """Write a cell in one way: what an export added taken off, lines without blanks around them, no empty ones."""
    lines = (" ".join(line.split()) for line in _MADE_INERT.sub("", unicodedata.normalize("NFC", cell)).split("\n"))
    return "\n".join(line for line in lines if line)


def joined(texts: Iterable[str]) -> str:
    """Write several texts in one cell."""
    return "\n".join(" ".join(text.split()) for text in texts)


def listed(cell: str) -> list[str]:
    """Read the texts of a cell, each once."""
    parts = normal(cell).split("\n")
    parts = parts[0].split("|") if len(parts) == 1 else parts
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def difference(present: Sequence[str], wanted: Iterable[str]) -> tuple[list[str], list[str]]:
    """Tell which texts go and which come when a list is written anew; blanks and order do not count.

    Parameters
    ----------
    present : sequence of str
    wanted : iterable of str

    Returns
    -------
    gone, added : list of str
        `gone` as they are in `present`.
    """
    told = {normal(text): text for text in wanted if normal(text)}
    before = {normal(text) for text in present}
    return [text for text in present if normal(text) not in told], [key for key in told if key not in before]


def in_use(cell: str) -> bool | None:
    """Read a status: whether remarks may be placed on the entry; None where the word says nothing known."""
    word = normal(cell).casefold()
    return False if word in _OUT_OF_USE else True if word in _IN_USE else None


def read_rows(grid: Sequence[Sequence[str]]) -> list[Row]:
    """Find the header of a sheet and read the rows below.

    Parameters
    ----------
    grid : sequence of sequence of str
        Row 1 of the sheet first; rows may differ in length.

    Returns
    -------
    list of Row
        Without the empty ones.

    Raises
    ------
    UserError
        When no header names a column with names, a column stands there twice, or no row follows.
    """
    headers = [[_column(cell) for cell in row] for row in grid[:_LOOK]]
    at = next((at for at, header in enumerate(headers) if any(name.startswith("name") for name in header)), None)
    if at is None:
        raise UserError("codebook.error.header")
    columns = headers[at]
    twice = next((column for column in columns if column and columns.count(column) > 1), None)
    if twice:
        raise UserError("codebook.error.column_twice", column=grid[at][columns.index(twice)])
    rows = []
    for number, cells in enumerate(grid[at + 1 :], start=at + 2):
        row = {column: normal(cell) for column, cell in zip(columns, cells, strict=False) if column}
        if any(row.values()):
            rows.append(Row(number, row))
    if not rows:
        raise UserError("codebook.error.no_rows")
    return rows


def _column(header: str) -> str:
    return _HEADERS.get(re.sub(r"[^a-z0-9]+", "_", sort_key(header)).strip("_"), "")


def key_of(name: str, taken: Iterable[str], *, start: str = "") -> str:
    """Make a key of a name that no other entry has."""
    base = start + (re.sub(r"[^a-z0-9]+", "-", sort_key(name)).strip("-")[:80] or "thema")
    taken, key, n = set(taken), base, 2
    while key in taken:
        key, n = f"{base}-{n}", n + 1
    return key


def as_codebook(rows: Iterable[Row]) -> Codebook:
    """Make a codebook of a file, without a database; entries out of use are left out.

    Parameters
    ----------
    rows : iterable of Row

    Returns
    -------
    Codebook

    Raises
    ------
    ValueError
        When a row has no name, or a key stands there twice; the message names it.
    """
    entries: dict[str, object] = {}
    for row in rows:
        if in_use(row.get("status")) is False:
            continue
        names = _by_language(row.cells, "name")
        some = next((name for name in names.values() if name), "")
        if not some:
            raise ValueError(f"row {row.number}: no name")
        key = row.get("key") or key_of(some, entries)
        if key in entries:
            raise ValueError(f"row {row.number}: key {key!r} occurs twice")
        fields = {name: listed(row.get(name)) for name in LISTS}
        places = {name: row.get(name) for name in ("area", "aspect")}
        about = _by_language(row.cells, "description")
        entries[key] = {"key": key, "name": names, "description": about, **places, **fields}
    if not entries:
        raise ValueError("no entries in use")
    return Codebook(tuple(read_entry(entry, at) for at, entry in enumerate(entries.values(), start=1)))


def _by_language(cells: Mapping[str, str], field: str) -> dict[str, str]:
    return {language: cells.get(f"{field}_{language}") or cells.get(field, "") for language in LANGUAGES}
