"""Documents of Word (docx) and LibreOffice (odt) as lines: text, headings, lists and tables; nothing else is opened."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from feedback.i18n import UserError
from feedback.intake.clean import clean
from feedback.intake.lines import Line

# The text of a thousand pages; pictures are other parts, which stay packed.
_MAX_PART = 30_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# A manual bullet in front of a paragraph.
_SIGN = re.compile(r"^(?:[-*•◦▪●○■□–—·➢►✓]|\(?\d{1,2}[.)](?!\d))\s+(?=\S)")
_INDENT = 2


def docx_lines(filename: str, data: bytes) -> list[Line]:
    """Read a Word document.

    Parameters
    ----------
    filename : str
        For the messages.
    data : bytes

    Returns
    -------
    list of Line
        `row` counts paragraphs and rows of tables from 1, as a reader would. Deleted text, notes, headers and hidden
        text are left out.

    Raises
    ------
    UserError
        When it is damaged or unpacks to more than any document is.
    """
    styles = _styles(_part(filename, data, "word/styles.xml", required=False))
    body = _part(filename, data, "word/document.xml")
    return _numbered(filename, _docx_blocks(_children(body, f"{_W}body"), styles))


def odt_lines(filename: str, data: bytes) -> list[Line]:
    """Read a text document of LibreOffice; see `docx_lines`."""
    content = _part(filename, data, "content.xml")
    return _numbered(filename, _odt_blocks(_children(content, f"{_OFFICE}body/{_OFFICE}text"), 0))


def _children(root: Element | None, path: str) -> list[Element]:
    found = root.find(path) if root is not None else None
    return list(found) if found is not None else []


def _part(filename: str, data: bytes, name: str, *, required: bool = True) -> Element | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not required and name not in archive.namelist():
                return None
            with archive.open(name) as file:
                # The size that is stated may be a lie; what comes out is counted.
                xml = file.read(_MAX_PART + 1)
        if len(xml) > _MAX_PART:
            raise UserError("intake.error.bomb", file=filename, part=name, limit=_MAX_PART // 1_000_000)
        root: Element = ElementTree.fromstring(xml, forbid_dtd=True)
    except UserError:
        raise
    except DefusedXmlException:
        raise UserError("intake.error.entities", file=filename, part=name) from None
    except Exception:  # zipfile, zlib and the parser raise many kinds for damaged input
        raise UserError("intake.error.damaged", file=filename) from None
    return root


def _numbered(filename: str, blocks: Iterator[Line]) -> list[Line]:
    lines = []
    try:
        found = list(blocks)
    except RecursionError:
        # Nobody nests a thousand tables.
        raise UserError("intake.error.odd", file=filename) from None
    for row, line in enumerate(found, 1):
        line.row = row
        line.text = clean(line.text).strip()
        line.cells = tuple(clean(cell).strip() for cell in line.cells)
        if line.text or any(line.cells):
            lines.append(line)
    return lines


@dataclass
class _Style:
    """What a paragraph style of Word says: a heading, or a list and how deep."""

    heading: bool = False
    level: int | None = None
    based_on: str = ""


@dataclass
class _Styles:
    """The styles of a document by their id."""

    of: dict[str, _Style] = field(default_factory=dict)

    def __getitem__(self, name: str) -> _Style:
        found, seen = _Style(), 0
        while name in self.of and seen < 10:
            style = self.of[name]
            found.heading = found.heading or style.heading
            found.level = style.level if found.level is None else found.level
            name, seen = style.based_on, seen + 1
        return found


def _value(element: Element | None, path: str) -> str | None:
    found = element.find(path) if element is not None else None
    return found.get(f"{_W}val") if found is not None else None


def _level(properties: Element | None) -> int | None:
    numbering = properties.find(f"{_W}numPr") if properties is not None else None
    if numbering is None or _value(numbering, f"{_W}numId") == "0":
        return None
    return int(re.sub(r"\D", "", _value(numbering, f"{_W}ilvl") or "") or 0)


def _styles(root: Element | None) -> _Styles:
    styles = _Styles()
    for style in root.iter(f"{_W}style") if root is not None else ():
        properties = style.find(f"{_W}pPr")
        outline = _value(properties, f"{_W}outlineLvl")
        # Word keeps the English names of its own styles, whatever language it speaks.
        name = (_value(style, f"{_W}name") or "").lower()
        heading = name.startswith("heading") or name in ("title", "subtitle") or (outline or "9") < "9"
        level = _level(properties)
        if name.startswith("list "):
            # "List Bullet 2" is the first level of a numbering of its own, and the second to who reads it.
            level = max(level or 0, int(re.sub(r"\D", "", name) or 1) - 1)
        styles.of[style.get(f"{_W}styleId") or ""] = _Style(heading, level, _value(style, f"{_W}basedOn") or "")
    return styles


def _docx_blocks(parent: list[Element], styles: _Styles) -> Iterator[Line]:
    after_blank = True
    for block in parent:
        if block.tag == f"{_W}p":
            line = _docx_paragraph(block, styles)
            line.after_blank = after_blank or not line.bullet
            yield line
            after_blank = not line.text.strip()
        elif block.tag == f"{_W}tbl":
            for at, row in enumerate(block.iter(f"{_W}tr")):
                cells = tuple(_docx_cell(cell) for cell in row.iter(f"{_W}tc"))
                yield Line(0, " ".join(cells), 0, False, at == 0, cells=cells)
            after_blank = True
        elif block.tag == f"{_W}sdt":
            yield from _docx_blocks(_children(block, f"{_W}sdtContent"), styles)
        elif block.tag in (f"{_W}ins", f"{_W}customXml"):
            yield from _docx_blocks(list(block), styles)


def _docx_paragraph(paragraph: Element, styles: _Styles) -> Line:
    properties = paragraph.find(f"{_W}pPr")
    style = styles[_value(properties, f"{_W}pStyle") or ""]
    own = _level(properties)
    level = own if own is not None else style.level
    text = " ".join(_docx_text(paragraph).split())
    heading = style.heading or ((_value(properties, f"{_W}outlineLvl") or "9") < "9")
    if not heading and level is None:
        heading = _is_bold(paragraph) and 0 < len(text.split()) <= 10 and not text.endswith((".", "!", ",", ";"))
    sign = _SIGN.match(text) if not heading and level is None else None
    if sign:
        text, level = text[sign.end() :], 0
    return Line(0, text, _INDENT * (level or 0), not heading and level is not None, False, heading=heading)


def _docx_cell(cell: Element) -> str:
    return "\n".join(filter(None, (" ".join(_docx_text(p).split()) for p in cell.iter(f"{_W}p"))))


def _docx_text(element: Element) -> str:
    """Join the text of runs, without what was deleted, hidden or is there twice for old versions of Word."""
    if element.tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", _FALLBACK):
        return ""
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
        return " "
    if element.tag == f"{_W}noBreakHyphen":
        return "-"
    if element.tag == f"{_W}r" and element.find(f"{_W}rPr/{_W}vanish") is not None:
        return ""
    return "".join(map(_docx_text, element))


def _is_bold(paragraph: Element) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if _docx_text(run).strip()]
    bold = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(one is not None and one.get(f"{_W}val") not in ("0", "false") for one in bold)


def _odt_blocks(parent: list[Element], depth: int) -> Iterator[Line]:
    for block in parent:
        if block.tag == f"{_TEXT}h":
            yield Line(0, _odt_text(block), 0, False, True, heading=True)
        elif block.tag == f"{_TEXT}p":
            text = _odt_text(block)
            sign = _SIGN.match(text) if not depth else None
            yield Line(
                0, text[sign.end() :] if sign else text, _INDENT * max(depth - 1, 0), bool(depth or sign),
                not depth and not sign,
            )  # fmt: skip
        elif block.tag == f"{_TEXT}list":
            for item in block:
                yield from _odt_blocks(list(item), depth + 1)
        elif block.tag == f"{_TABLE}table":
            for at, row in enumerate(block.iter(f"{_TABLE}table-row")):
                cells = tuple("\n".join(_odt_text(p) for p in cell.iter(f"{_TEXT}p"))
                              for cell in row if cell.tag == f"{_TABLE}table-cell")  # fmt: skip
                yield Line(0, " ".join(cells), 0, False, at == 0, cells=cells)
        elif block.tag == f"{_TEXT}section":
            yield from _odt_blocks(list(block), depth)


def _odt_text(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag in (f"{_TEXT}tab", f"{_TEXT}s", f"{_TEXT}line-break"):
            parts.append(" ")
        elif child.tag not in (f"{_TEXT}note", f"{_OFFICE}annotation"):
            parts.append(_odt_text(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split()) if element.tag in (f"{_TEXT}p", f"{_TEXT}h") else "".join(parts)
