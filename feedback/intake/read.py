"""The way in: bytes of any file become a table or session notes, or a refusal that says what to do."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from itertools import accumulate
from typing import Literal

from feedback.i18n import UserError
from feedback.intake import delimited, workbook
from feedback.intake.clean import clean
from feedback.intake.grid import to_table
from feedback.intake.kinds import ending, kind_of
from feedback.intake.mail import mail_text
from feedback.intake.model import Document, Dropped, Source, Table
from feedback.intake.notes import document, document_of
from feedback.intake.office import docx_lines, odt_lines
from feedback.intake.pdf import pdf_text
from feedback.intake.vocabulary import is_known_header


def read(filename: str, data: bytes, *, max_mb: int) -> Source:
    """Read a file.

    Parameters
    ----------
    filename : str
        As the person knows it; "" for pasted text. Only says what is hoped for: the bytes decide.
    data : bytes
    max_mb : int
        Largest size, in megabytes (10**6 bytes).

    Returns
    -------
    Source

    Raises
    ------
    UserError
        When it cannot be used: `intake.error.*`.
    """
    name = file_name(filename)
    if len(data) > max_mb * 1_000_000:
        raise UserError("intake.error.too_large", file=name, size=-(-len(data) // 1_000_000), limit=max_mb)
    if not data.strip(b"\x00\xef\xbb\xbf\xfe\xff \t\r\n\x0b\x0c"):
        raise UserError("intake.error.empty", file=name)
    sha256 = hashlib.sha256(data).hexdigest()
    kind = kind_of(name, data)
    if kind == "workbook":
        return Source(name, sha256, "table", table=_from_workbook(name, data))
    if kind != "text":
        return Source(name, sha256, "notes", document=_must_say(name, _from_document(kind, name, data)))
    text = delimited.decode(name, data)
    if not re.search(r"[^\s;,|\"]", text):
        raise UserError("intake.error.empty", file=name)
    if text.lstrip()[:1] in ("{", "[") and _is_json(text):
        raise UserError("intake.error.json", file=name)
    if _is_table(name, text):
        rows, found = delimited.grid(text)
        table = to_table(rows, filename=name, separator=found.separator, usual=found.width)
        return Source(name, sha256, "table", table=table)
    return Source(name, sha256, "notes", document=_must_say(name, document(text)))


def file_name(filename: str) -> str:
    """Give the bare name of a file: without folders and without what cannot be seen; at most 200 characters."""
    bare = " ".join(clean(re.split(r"[/\\]", filename)[-1]).split())
    return bare[:200]


def _from_document(kind: Literal["docx", "odt", "pdf", "mail"], name: str, data: bytes) -> Document:
    if kind == "pdf":
        return document(pdf_text(name, data))
    if kind == "mail":
        text, day = mail_text(name, data)
        found = document(text)
        return replace(found, held_on=found.held_on or day)
    return document_of(docx_lines(name, data) if kind == "docx" else odt_lines(name, data))


def _must_say(name: str, notes: Document) -> Document:
    if not any(re.search(r"[^\W_]", paragraph.text) for paragraph in notes.paragraphs):
        raise UserError("intake.error.no_text", file=name)
    return notes


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        # A line a record, as logs are written.
        first = text.lstrip().split("\n", 1)[0]
    try:
        return first.startswith("{") and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(filename: str, text: str) -> bool:
    named = ending(filename)
    if named in ("csv", "tsv", "tab"):
        return True
    if named in ("md", "markdown"):
        return False
    found = delimited.shape(text)
    if found.width < 2 or found.share < 0.9:
        return False
    lines = [row for row in delimited.split(text[:20_000], found) if any(cell.strip() for cell in row)]
    header = next((row for row in lines if len(row) == found.width), [])
    # Prose has commas too: only names that a header has make it a table. Tabs come from a pasted sheet.
    known = sum(is_known_header(cell) for cell in header)
    return len(lines) > 1 and (found.separator == "\t" or known >= 2 or (known == 1 and found.separator != ","))


def _from_workbook(name: str, data: bytes) -> Table:
    found = workbook.read(name, data)
    if not any(sheet.rows for sheet in found):
        raise UserError("intake.error.empty", file=name)
    tables: list[Table] = []
    refusal: UserError | None = None
    for sheet in found:
        others = [other.name for other in found if other is not sheet]
        try:
            if any(sheet.rows):
                table = to_table(sheet.rows, filename=name, sheet=sheet.name, other_sheets=others)
                tables.append(replace(table, left_out=(*_hidden(sheet, table), *table.left_out)))
        except UserError as error:
            refusal = refusal or error
    if not tables:
        raise refusal or UserError("intake.error.empty", file=name)
    # The sheet with the most answers; a legend or a pivot beside it is smaller.
    best = max(tables, key=_content)
    one = _as_one([table for table in tables if table.header == best.header])
    legend = [line for sheet in found if sheet.name in one.other_sheets for line in _legend(sheet.rows)]
    return replace(one, title="\n".join(filter(None, [one.title, *legend]))[:1000])


def _hidden(sheet: workbook.Sheet, table: Table) -> list[Dropped]:
    """Name the columns and the rows of answers that a reader of a sheet does not see."""
    rows = [row + 1 for row in sheet.hidden_rows if row + 1 >= table.first_row]
    return [
        *(Dropped(row + 1, name, "intake.dropped.hidden_column") for _, row, name in sheet.hidden_columns),
        *(Dropped(row, "", "intake.dropped.hidden_row") for row in rows),
    ]


def _legend(rows: list[list[str]]) -> list[str]:
    """Give the lines of a small sheet that tells what the numbers mean: "1 = zeer tevreden"."""
    lines = [" ".join(cell for cell in row if cell) for row in rows]
    return [line for line in lines if re.match(r"\d{1,3}\s*(?:[=:-]\s*)?[^\W\d]", line)] if len(lines) <= 40 else []


def _as_one(tables: list[Table]) -> Table:
    """Read sheets of one shape, one for each organisation or month, as one table; its rows are numbered on."""
    first = tables[0]
    if len(tables) == 1:
        return first
    starts = accumulate((len(table.rows) for table in tables), initial=0)
    parts = tuple((table.sheet, at, table.first_row) for table, at in zip(tables, starts, strict=False))
    left_out = [
        replace(drop, row=drop.row - table.first_row + first.first_row + at, column=f"{sheet}!{drop.row}")
        for table, (sheet, at, _) in zip(tables, parts, strict=True)
        for drop in table.left_out
    ]
    return replace(
        first, rows=tuple(row for table in tables for row in table.rows), sheet=", ".join(sheet for sheet, _, _ in parts),
        other_sheets=tuple(name for name in first.other_sheets if name not in {sheet for sheet, _, _ in parts}),
        left_out=tuple(left_out), parts=parts,
    )  # fmt: skip


def _content(table: Table) -> int:
    return sum(min(len(cell), 200) for row in table.rows for cell in row)
