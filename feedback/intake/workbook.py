"""Spreadsheets: nothing in them is executed or fetched, and nothing unpacks beyond its bounds."""

from __future__ import annotations

import io
import zipfile

from feedback.i18n import UserError
from feedback.intake.bounded import read_apart
from feedback.intake.clean import clean

MAX_UNPACKED = 400_000_000
MAX_PARTS = 5_000


def sheets(filename: str, data: bytes) -> list[tuple[str, list[list[str]]]]:
    """Read the visible sheets of a workbook.

    Parameters
    ----------
    filename : str
        For the messages.
    data : bytes
        xlsx, xlsm, xls, xlsb or ods.

    Returns
    -------
    list of (str, list of list of str)
        Name and rows of each sheet that holds anything; row 1 of the sheet first. A formula is its last result.

    Raises
    ------
    UserError
        When it is damaged, has a password, or unpacks to more than any survey is.
    """
    if data.startswith(b"PK"):
        _check_unpacked(filename, data)
    found = read_apart("sheets", filename, data)
    return [
        (clean(name), [[clean(cell).strip() if cell else "" for cell in row] for row in rows]) for name, rows in found
    ]


def _check_unpacked(filename: str, data: bytes) -> None:
    """Unpack once, keeping nothing: the sizes that a bomb states are lies."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise UserError("intake.error.odd", file=filename)
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _too_much(filename, max(parts, key=lambda part: part.file_size))
            for part in parts:
                with archive.open(part) as file:
                    while chunk := file.read(1 << 20):
                        total += len(chunk)
                        if total > MAX_UNPACKED:
                            raise _too_much(filename, part)
                        # No office program writes a document type; entities that multiply need one.
                        if part.filename.endswith(".xml") and b"<!DOCTYPE" in chunk:
                            raise UserError("intake.error.entities", file=filename, part=part.filename[:100])
    except UserError:
        raise
    except Exception:  # zipfile and zlib raise many kinds for damaged input
        raise UserError("intake.error.damaged", file=filename) from None


def _too_much(filename: str, part: zipfile.ZipInfo) -> UserError:
    return UserError("intake.error.bomb", file=filename, part=part.filename[:100], limit=MAX_UNPACKED // 1_000_000)
