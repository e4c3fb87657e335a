"""Spreadsheets: nothing in them is executed or fetched, and nothing unpacks beyond its bounds."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

from feedback.i18n import UserError
from feedback.intake import sheet_worker
from feedback.intake.clean import clean
from feedback.intake.grid import MAX_CELLS

MAX_UNPACKED = 400_000_000
MAX_PARTS = 5_000
MAX_MEMORY = 2_000_000_000
MAX_SECONDS = 50


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
    # -I: nothing from the user's folders or environment is imported.
    limits = [str(MAX_MEMORY), str(MAX_SECONDS), str(MAX_CELLS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, no shell
            [sys.executable, "-I", str(Path(sheet_worker.__file__)), *limits],
            input=data, capture_output=True, timeout=MAX_SECONDS + 10, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UserError("intake.error.sheet_too_large", file=filename) from None
    if done.returncode == sheet_worker.PASSWORD:
        raise UserError("intake.error.password", file=filename)
    if done.returncode == sheet_worker.TOO_LARGE or done.returncode < 0:
        raise UserError("intake.error.sheet_too_large", file=filename)
    if done.returncode:
        # A Rust panic ends Python with an exception (1); the file is what caused it.
        raise UserError("intake.error.damaged", file=filename)
    found = json.loads(done.stdout.decode("utf-8", "surrogatepass"))
    return [
        (clean(name), [[clean(cell).strip() if cell else "" for cell in row] for row in rows]) for name, rows in found
    ]


def _check_unpacked(filename: str, data: bytes) -> None:
    """Unpack once, keeping nothing: the sizes that a bomb states are lies."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise UserError("intake.error.bomb", file=filename)
            for part in parts:
                with archive.open(part) as file:
                    while chunk := file.read(1 << 20):
                        total += len(chunk)
                        # No office program writes a document type; entities that multiply need one.
                        if total > MAX_UNPACKED or (part.filename.endswith(".xml") and b"<!DOCTYPE" in chunk):
                            raise UserError("intake.error.bomb", file=filename)
    except UserError:
        raise
    except Exception:  # zipfile and zlib raise many kinds for damaged input
        raise UserError("intake.error.damaged", file=filename) from None
