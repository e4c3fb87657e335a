"""Reads a workbook in a process of its own, bounded in memory and time; `workbook` starts it.

A workbook may claim a cell at the far end of a sheet, and the reader makes room for all before it. Here that ends
this process, with an exit status that says so, and not the server. Standard library and calamine only: it starts in
a moment.

Standard input: the file. Standard output: a JSON list of [name of sheet, rows of cells as text].
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from typing import Any

# Exit statuses, known to `workbook`.
DAMAGED, PASSWORD, TOO_LARGE = 3, 4, 5


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
    """Read the visible sheets that hold anything, row 1 first."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    found = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet or meta.visible != SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.total_height * sheet.total_width > max_cells:
                raise MemoryError
            rows = [[as_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            if any(any(row) for row in rows):
                found.append((meta.name, rows))
    return found


def main(memory: int, seconds: int, max_cells: int) -> int:
    """Read standard input, write standard output; give the exit status."""
    bound(memory, seconds)
    from python_calamine import CalamineError, PasswordError

    try:
        found = sheets(sys.stdin.buffer.read(), max_cells)
        sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    except PasswordError:
        return PASSWORD
    except MemoryError:
        return TOO_LARGE
    except (CalamineError, ValueError, OSError, OverflowError):
        return DAMAGED
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
