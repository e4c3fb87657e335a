"""The report of a workshop as a Word document: real headings, tables with header rows, charts that can be edited."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph

from feedback.i18n import BABEL_LOCALE, Language, translator
from feedback.reports.session_blocks import NARROW, Block, Bullets, Part, Quotes, Report, Table, Words
from feedback.reports.session_charts import pieces
from feedback.reports.session_docx_charts import BARS, add_chart

INK, QUIET, LINE = RGBColor(0x12, 0x37, 0x68), RGBColor(0x4A, 0x55, 0x63), "5D93C5"
HEADER_FILL = "DBE8F4"
TEXT_WIDTH, NARROW_WIDTH = Cm(17), Cm(9)


def as_docx(report: Report, language: Language) -> bytes:
    """Write a report as a Word document.

    Parameters
    ----------
    report : Report
        See `session_told.told`.
    language : {"nl", "en"}
        Of its words; the language of a quote is its own.

    Returns
    -------
    bytes
    """
    document = Document()
    _style(document, language)
    _name(document, report, language)
    _edges(document, report, language)
    document.add_paragraph(report.title, style="Title")
    document.add_paragraph(report.subtitle, style="Subtitle")
    if report.notice:
        document.add_paragraph().add_run(report.notice).bold = True
    for part in report.parts:
        _part(document, part)
    _words(document, Words(report.source, is_small=True))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _style(document: Doc, language: Language) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    styles: Any = document.styles
    locale = BABEL_LOCALE[language].replace("_", "-")
    for lang in styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), locale)
    for key, size, before, after in (
        ("Normal", 11, 0, 6), ("Title", 26, 0, 4), ("Subtitle", 13, 0, 14), ("Heading 1", 17, 18, 6),
        ("Heading 2", 13, 12, 4), ("Quote", 11, 2, 4), ("List Bullet", 11, 0, 3), ("List Number", 11, 0, 3),
    ):  # fmt: skip
        style = styles[key]
        style.font.name = "Calibri"
        style.font.size = Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        # A font of the theme goes before the one that is named.
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)
        if key not in ("Normal", "List Bullet", "List Number", "Quote"):
            style.font.color.rgb = INK
    styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    styles["Quote"].paragraph_format.keep_together = True


def _name(document: Doc, report: Report, language: Language) -> None:
    about = document.core_properties
    about.title, about.subject, about.author = report.title[:255], report.subtitle[:255], "Klantpanel"
    about.language, about.comments, about.keywords = BABEL_LOCALE[language].replace("_", "-"), "", ""


def _edges(document: Doc, report: Report, language: Language) -> None:
    """Write the name of the session above each page, and its date and the number of the page below."""
    t, section = translator(language), document.sections[0]
    head = section.header.paragraphs[0]
    head.text = report.title
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{report.subtitle}\t{t('session_report.page')} ")
    _field(foot, "PAGE")
    foot.add_run(f" {t('session_report.page_of')} ")
    _field(foot, "NUMPAGES")
    for field in foot._p.iter(qn("w:fldSimple")):
        for run in field.iter(qn("w:r")):
            size = OxmlElement("w:sz")
            size.set(qn("w:val"), "18")
            properties = OxmlElement("w:rPr")
            properties.append(size)
            run.insert(0, properties)
    for paragraph in (head, foot):
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(9), QUIET


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    # What stands there until the program counts.
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _part(document: Doc, part: Part) -> None:
    document.add_heading(part.title, level=part.level)
    for block in part.blocks:
        _block(document, block, part)


def _block(document: Doc, block: Block, part: Part) -> None:
    if isinstance(block, Words):
        _words(document, block)
    elif isinstance(block, Bullets):
        for item in block.items:
            document.add_paragraph(item, style="List Number" if block.is_numbered else "List Bullet")
    elif isinstance(block, Quotes):
        for text, spoken in block.said:
            run = document.add_paragraph(style="Quote").add_run(f"“{text}”")
            _speak(run, spoken)
    elif isinstance(block, Table):
        _table(document, block, part)
    else:
        for piece in pieces(block, BARS):
            add_chart(document, piece, TEXT_WIDTH)


def _words(document: Doc, words: Words) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(words.text)
    if words.is_head:
        run.bold = True
        paragraph.paragraph_format.keep_with_next = True
    if words.is_small:
        paragraph.paragraph_format.space_before = Pt(8)
        run.font.size, run.font.color.rgb = Pt(9.5), QUIET


def _speak(run: Any, spoken: str) -> None:
    """Tell a screen reader in which language a run is."""
    if spoken in BABEL_LOCALE:
        lang = OxmlElement("w:lang")
        lang.set(qn("w:val"), BABEL_LOCALE[spoken].replace("_", "-"))
        run._r.get_or_add_rPr().append(lang)


def _table(document: Doc, table: Table, part: Part) -> None:
    if table.title != part.title:
        title = document.add_paragraph()
        title.add_run(table.title).bold = True
        title.paragraph_format.keep_with_next = True
        title.paragraph_format.space_before = Pt(12)
    made = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    made.autofit = False
    _describe(made, table.title)
    widths = _widths(table)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Emu(width)
    _row(made.rows[0], table.columns, table, widths, header=True)
    for row in table.rows:
        _row(made.add_row(), row, table, widths)


def _describe(made: Any, title: str) -> None:
    """Give a table its name for a screen reader, light lines, and a header that is one."""
    properties = made._tbl.tblPr
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    parts: list[Any] = []
    edges = OxmlElement("w:tblBorders")
    # In the order of the schema; some programs refuse another.
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edge = OxmlElement(f"w:{side}")
        is_line = side in ("top", "bottom", "insideH")
        for key, value in (
            (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)) if is_line else (("val", "nil"),)
        ):
            edge.set(qn(f"w:{key}"), value)
        edges.append(edge)
    look = OxmlElement("w:tblLook")
    for key, value in (("val", "0420"), ("firstRow", "1"), ("firstColumn", "0"), ("noHBand", "0"), ("noVBand", "1")):
        look.set(qn(f"w:{key}"), value)
    parts += [look]
    for tag in ("w:tblCaption", "w:tblDescription"):
        about = OxmlElement(tag)
        about.set(qn("w:val"), title)
        parts.append(about)
    # The order of the schema: borders, layout, look, caption, description.
    layout = properties.find(qn("w:tblLayout"))
    if layout is not None:
        layout.addprevious(edges)
    else:
        properties.append(edges)
    for part in parts:
        properties.append(part)


def _widths(table: Table) -> list[int]:
    """Share the width: figures take little, sentences take most."""
    parts = []
    for at, name in enumerate(table.columns):
        longest = max([len(name), *(len(row[at]) for row in table.rows)])
        parts.append(min(max(longest, 10), 14) if at in table.figures else min(max(longest, 12), 48))
    width = NARROW_WIDTH if len(table.columns) <= NARROW else TEXT_WIDTH
    return [int(width * part / sum(parts)) for part in parts]


def _row(made: Any, cells: tuple[str, ...], table: Table, widths: list[int], *, header: bool = False) -> None:
    properties = made._tr.get_or_add_trPr()
    for tag in ("w:cantSplit", *(("w:tblHeader",) if header else ())):
        properties.append(OxmlElement(tag))
    for at, (cell, text) in enumerate(zip(made.cells, cells, strict=True)):
        cell.width = Emu(widths[at])
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.space_before = Pt(2)
        if header:
            # It leads to its rows: never the last line of a page.
            paragraph.paragraph_format.keep_with_next = True
        if at in table.figures:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(text)
        run.font.size = Pt(10)
        if header:
            run.bold = True
            fill = OxmlElement("w:shd")
            for key, value in (("val", "clear"), ("color", "auto"), ("fill", HEADER_FILL)):
                fill.set(qn(f"w:{key}"), value)
            cell._tc.get_or_add_tcPr().append(fill)
