"""Spreadsheets: nothing in them is executed or fetched, and nothing unpacks beyond its bounds."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from feedback.i18n import UserError
from feedback.intake.bounded import read_apart
from feedback.intake.clean import clean
from feedback.intake.unseen import Unseen, parts_of

MAX_UNPACKED = 400_000_000
MAX_PARTS = 5_000


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook.

    Attributes
    ----------
    name : str
    rows : list of list of str
        Row 1 first; none where the sheet is hidden. A formula is its last result.
    hidden_rows : tuple of int
        Rows, from 0, that a reader does not see; blank in `rows`.
    hidden_columns : tuple of (int, int, str)
        The same of columns: column, row of its first cell that holds something, and what that says.
    """

    name: str
    rows: list[list[str]]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[tuple[int, int, str], ...] = ()


def sheets(filename: str, data: bytes) -> list[tuple[str, list[list[str]]]]:
    """Read what is visible of a workbook; see `read`."""
    return [(sheet.name, sheet.rows) for sheet in read(filename, data) if sheet.rows]


def read(filename: str, data: bytes) -> list[Sheet]:
    """Read a workbook.

    Parameters
    ----------
    filename : str
        For the messages.
    data : bytes
        xlsx, xlsm, xls, xlsb or ods.

    Returns
    -------
    list of Sheet
        Those that hold anything, and the hidden ones.

    Raises
    ------
    UserError
        When it is damaged, has a password, or unpacks to more than any survey is.
    """
    unseen = _check_unpacked(filename, data) if data.startswith(b"PK") else {}
    return [
        _seen(clean(name), [[clean(cell).strip() if cell else "" for cell in row] for row in rows], unseen.get(name))
        for name, rows in read_apart("sheets", filename, data)
    ]


def _seen(name: str, rows: list[list[str]], unseen: Unseen | None) -> Sheet:
    """Leave out what is hidden, and put errors where the reader left a blank."""
    if unseen is None:
        return Sheet(name, rows)
    for (at, column), error in unseen.cells.items():
        if at < len(rows) and column < len(rows[at]) and not rows[at][column]:
            rows[at][column] = error
    hidden_rows = tuple(at for at in sorted(unseen.rows) if at < len(rows) and any(rows[at]))
    for at in hidden_rows:
        rows[at] = []
    hidden_columns = []
    for column in sorted(unseen.columns):
        filled = [(at, row) for at, row in enumerate(rows) if column < len(row) and row[column]]
        if filled:
            hidden_columns.append((column, filled[0][0], filled[0][1][column]))
        for _, row in filled:
            row[column] = ""
    return Sheet(name, rows, hidden_rows, tuple(hidden_columns))


def _check_unpacked(filename: str, data: bytes) -> dict[str, Unseen]:
    """Unpack once, keeping only what is unseen in each sheet: the sizes that a bomb states are lies."""
    total = 0
    found: dict[str, Unseen] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise UserError("intake.error.odd", file=filename)
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _too_much(filename, max(parts, key=lambda part: part.file_size))
            names = parts_of(archive)
            for part in parts:
                unseen = found.setdefault(names[part.filename], Unseen()) if part.filename in names else None
                with archive.open(part) as file:
                    while chunk := file.read(1 << 20):
                        total += len(chunk)
                        if total > MAX_UNPACKED:
                            raise _too_much(filename, part)
                        # No office program writes a document type; entities that multiply need one.
                        if part.filename.endswith(".xml") and b"<!DOCTYPE" in chunk:
                            raise UserError("intake.error.entities", file=filename, part=part.filename[:100])
                        if unseen:
                            unseen.feed(chunk)
                if unseen:
                    unseen.end()
    except UserError:
        raise
    except Exception:  # zipfile and zlib raise many kinds for damaged input
        raise UserError("intake.error.damaged", file=filename) from None
    return found


def _too_much(filename: str, part: zipfile.ZipInfo) -> UserError:
    return UserError("intake.error.bomb", file=filename, part=part.filename[:100], limit=MAX_UNPACKED // 1_000_000)
