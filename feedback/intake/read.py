"""The way in: bytes of any file become a table or session notes, or a refusal that says what to do."""

from __future__ import annotations

import hashlib
import re

from feedback.i18n import UserError
from feedback.intake import delimited, workbook
from feedback.intake.clean import clean
from feedback.intake.grid import to_table
from feedback.intake.kinds import ending, kind_of
from feedback.intake.model import Source, Table
from feedback.intake.notes import document
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
    if kind_of(name, data) == "workbook":
        return Source(name, sha256, "table", table=_from_workbook(name, data))
    text = delimited.decode(name, data)
    if not re.search(r"[^\s;,|\"]", text):
        raise UserError("intake.error.empty", file=name)
    if _is_table(name, text):
        rows, found = delimited.grid(text)
        table = to_table(rows, filename=name, separator=found.separator, usual=found.width)
        return Source(name, sha256, "table", table=table)
    notes = document(text)
    if not any(re.search(r"[^\W_]", paragraph.text) for paragraph in notes.paragraphs):
        raise UserError("intake.error.no_text", file=name)
    return Source(name, sha256, "notes", document=notes)


def file_name(filename: str) -> str:
    """Give the bare name of a file: without folders and without what cannot be seen; at most 200 characters."""
    bare = " ".join(clean(re.split(r"[/\\]", filename)[-1]).split())
    return bare[:200]


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
    found = workbook.sheets(name, data)
    if not found:
        raise UserError("intake.error.empty", file=name)
    tables: list[Table] = []
    refusal: UserError | None = None
    for sheet, rows in found:
        others = [other for other, _ in found if other != sheet]
        try:
            tables.append(to_table(rows, filename=name, sheet=sheet, other_sheets=others))
        except UserError as error:
            refusal = refusal or error
    if not tables:
        assert refusal is not None
        raise refusal
    # The sheet with the most answers; a legend or a pivot beside it is smaller.
    return max(tables, key=_content)


def _content(table: Table) -> int:
    return sum(min(len(cell), 200) for row in table.rows for cell in row)
