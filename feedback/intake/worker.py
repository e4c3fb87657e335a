"""Reads a workbook or a PDF in a process of its own, bounded in memory and time; `bounded` starts it.

A workbook may claim a cell at the far end of a sheet, and the reader makes room for all before it; a page may draw
itself for ever. Here that ends this process, with an exit status that says so, and not the server. It imports nothing
of the house, so that it starts in a moment.

Standard input: the file. Standard output, JSON: of a workbook a list of [name of sheet, rows of cells as text], a hidden
sheet without its rows; of a PDF a list of the texts of its pages.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from typing import Any

# Exit statuses, known to `bounded`.
DAMAGED, PASSWORD, TOO_LARGE = 3, 4, 5
MAX_PAGES = 1000


def bound(memory: int, seconds: int) -> None:
    """Let the system end this process when it takes more than its share; Windows has no such bounds."""
    try:
        import resource
    except ImportError:
        return
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):
            continue


def as_text(value: Any) -> str:
    """Write a cell as its owner would type it: a whole number without a decimal mark, a day as 2026-03-03."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    return str(value)


def sheets(data: bytes, max_cells: int) -> list[tuple[str, list[list[str]]]]:
    """Read the visible sheets that hold anything, row 1 first; of those that are hidden the name."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    found: list[tuple[str, list[list[str]]]] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != SheetVisibleEnum.Visible:
                found.append((meta.name, []))
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.total_height * sheet.total_width > max_cells:
                raise MemoryError
            cells = sheet.to_python(skip_empty_area=False)
            _fill_merged(cells, sheet.merged_cell_ranges or ())
            rows = [[as_text(value) for value in row] for row in cells]
            if any(any(row) for row in rows):
                found.append((meta.name, rows))
    return found


def _fill_merged(cells: list[list[Any]], ranges: Any) -> None:
    """Let an organisation or name that is merged over several rows stand in each; a grade or a remark stays one."""
    for (top, left), (bottom, right) in ranges:
        value = cells[top][left] if top < len(cells) and left < len(cells[top]) else ""
        short = isinstance(value, str) and value and len(value.split()) <= 6
        if left == right and (short or isinstance(value, dt.date)):
            for row in cells[top + 1 : bottom + 1]:
                if left < len(row) and row[left] == "":
                    row[left] = value


def pages(data: bytes) -> list[str]:
    """Read the text of each page."""
    import logging

    from pypdf import PdfReader

    logging.disable()
    reader = PdfReader(io.BytesIO(data))
    # Many a PDF is locked against printing only, with an empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise PermissionError
    if len(reader.pages) > MAX_PAGES:
        raise MemoryError
    return [page.extract_text() or "" for page in reader.pages]


def _read_sheets(data: bytes, max_cells: int) -> list[tuple[str, list[list[str]]]]:
    from python_calamine import CalamineError, PasswordError

    try:
        return sheets(data, max_cells)
    except PasswordError:
        raise PermissionError from None
    except CalamineError as error:
        raise ValueError from error


def main(kind: str, memory: int, seconds: int, max_cells: int) -> int:
    """Read standard input, write standard output; give the exit status."""
    bound(memory, seconds)
    data = sys.stdin.buffer.read()
    try:
        found = pages(data) if kind == "pdf" else _read_sheets(data, max_cells)
        sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    except PermissionError:
        return PASSWORD
    except (MemoryError, RecursionError):
        return TOO_LARGE
    except Exception:  # pypdf raises many kinds for damaged input
        return DAMAGED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
