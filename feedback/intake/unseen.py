"""What a workbook holds and its reader does not tell: hidden rows and columns, errors, formulas that were never worked out."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field

from defusedxml import ElementTree

# Stands in a cell whose formula has no result; other errors stand there as the program writes them.
NOT_WORKED_OUT = "#FORMULE?"
_ERROR = re.compile(
    r"#(?:REF|VERW|DIV/0|DEEL/0|N/A|N/B|NAME|NAAM|VALUE|WAARDE|NUM|GETAL|NULL|LEEG|SPILL|OVERLOPEN|CALC|BEREKEN|FIELD|VELD)[!?]?|Err:\d{3}"
    rf"|{re.escape(NOT_WORKED_OUT)}"
)
_MOST = 100_000
# An element that is longer than this is no cell.
_TAIL = 100_000
_ATTRIBUTE = re.compile(rb"\b(\w+)=\"([^\"]*)\"")
_COLUMN = re.compile(rb"<col\b([^>]*\bhidden=\"(?:1|true)\"[^>]*)>")
_ROW = re.compile(rb"<row\b([^>]*\bhidden=\"(?:1|true)\"[^>]*)>")
_CELL = re.compile(
    rb"<c\b([^>]*)>\s*(?:<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?|(?:<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*)?<v>(#[^<]{1,20})</v>)\s*</c>"
)
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def is_error(cell: str) -> bool:
    """Tell what a spreadsheet shows where it cannot work out a formula: "#REF!", "#DEEL/0!"."""
    return cell[:1] in ("#", "E") and bool(_ERROR.fullmatch(cell))


@dataclass
class Unseen:
    """Of one sheet; rows and columns count from 0.

    Attributes
    ----------
    rows, columns : set of int
        Hidden ones.
    cells : dict of (int, int) to str
        Row and column to the error that stands there.
    """

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    _tail: bytes = b""

    def feed(self, chunk: bytes) -> None:
        """Look at the next piece of a sheet's XML."""
        text = self._tail + chunk
        # What stands before the last cell or row is whole.
        cut = max(text.rfind(b"<c "), text.rfind(b"<row "), 0)
        self._look(text[:cut])
        self._tail = text[cut:][-_TAIL:]

    def end(self) -> None:
        """Look at what is left."""
        self._look(self._tail)
        self._tail = b""

    def _look(self, text: bytes) -> None:
        if b"hidden=" in text:
            for found in _COLUMN.finditer(text):
                told = dict(_ATTRIBUTE.findall(found[1]))
                first, last = int(told.get(b"min", 0)), int(told.get(b"max", 0))
                self.columns.update(range(first - 1, min(last, first + 1000)))
            self.rows.update(
                int(told[b"r"]) - 1 for found in _ROW.finditer(text) if (told := dict(_ATTRIBUTE.findall(found[1]))).get(b"r")
            )  # fmt: skip
        if b"<f" in text or b't="e"' in text:
            for found in _CELL.finditer(text):
                told = dict(_ATTRIBUTE.findall(found[1]))
                place = _PLACE.fullmatch(told.get(b"r", b"").decode("ascii", "replace"))
                # A formula may well give an empty text.
                if place and len(self.cells) < _MOST and (found[2] or b"t" not in told):
                    error = found[2].decode("utf-8", "replace") if found[2] else NOT_WORKED_OUT
                    self.cells[int(place[2]) - 1, _index(place[1])] = error


def _index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = 26 * index + ord(letter) - 64
    return index - 1


def parts_of(archive: zipfile.ZipFile) -> dict[str, str]:
    """Find which part of a workbook holds which sheet.

    Parameters
    ----------
    archive : ZipFile

    Returns
    -------
    dict of str to str
        Path of the part to name of the sheet; empty for what is no xlsx.
    """
    try:
        related = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
    except Exception:  # not there, or damaged: the reader will say so
        return {}
    targets = {one.get("Id"): str(one.get("Target")).lstrip("/") for one in related}
    sheets = {one.get(_REL): str(one.get("name")) for one in book.iter() if one.tag.endswith("}sheet")}
    return {
        path if (path := targets[at]).startswith("xl/") else f"xl/{path}": name for at, name in sheets.items() if at in targets
    }  # fmt: skip
