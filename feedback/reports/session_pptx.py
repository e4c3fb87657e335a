"""The report of a workshop as slides: native charts that can be edited, letters that a room can read, notes with where it comes from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide
from pptx.util import Inches, Pt

from feedback.i18n import BABEL_LOCALE, Language, translator
from feedback.reports.session_blocks import Bullets, Chart, Part, Quotes, Report, Table, Words
from feedback.reports.session_charts import WHITE, Colour, pieces
from feedback.reports.session_fit import (
    HEIGHT,
    INDENT,
    INSET,
    LEFT,
    SIZES,
    SMALL,
    TOP,
    WIDTH,
    Line,
    Style,
    cut,
    cut_title,
    pages,
    row_height,
    row_pages,
    text_height,
)
from feedback.reports.session_slide_charts import BARS, add_chart
from feedback.reports.session_template import BARE, COVER, HEAD, INK, TEXT, number_slide, widen

# Themes with a slide of their own, the first of the report; the chart before them has all.
TOP_THEMES = 6
# Letters of a quote, of the sentence of a decision, and of its subject and owner; the notes have the rest.
QUOTE_MOST, WORDS_MOST, SUBJECT_MOST = 240, 260, 60
# Slides with what stands alone; the notes have the rest.
ASIDE_MOST = 2


def as_pptx(report: Report, language: Language) -> bytes:
    """Write a report as slides of 16:9.

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
    deck = _Deck(report, language)
    deck.cover()
    themes = 0
    for part in report.parts:
        if part.key == "votes":
            # It only leads to the votes, which have slides of their own.
            continue
        if part.key == "theme":
            if themes == TOP_THEMES or not any(isinstance(block, Quotes) for block in part.blocks):
                continue
            themes += 1
        deck.part(part)
    return deck.saved()


class _Deck:
    """Slides that come one after the other."""

    def __init__(self, report: Report, language: Language) -> None:
        self.report = report
        self.locale = BABEL_LOCALE[language].replace("_", "-")
        self.t = translator(language)
        self.made: Any = Presentation()
        widen(self.made)
        about = self.made.core_properties
        about.title, about.subject, about.author = report.title[:255], report.subtitle[:255], "Klantpanel"
        about.language, about.keywords = self.locale, ""

    def saved(self) -> bytes:
        buffer = io.BytesIO()
        self.made.save(buffer)
        return buffer.getvalue()

    def cover(self) -> None:
        slide = self._slide(COVER, cut_title(self.report.title), ())
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = Colour.from_string(INK)
        told = slide.placeholders[1].text_frame
        self._write(told, [Line(text) for text in (self.report.subtitle, self.report.notice) if text])
        title = slide.shapes.title
        assert title is not None
        for paragraph in (*title.text_frame.paragraphs, *told.paragraphs):
            paragraph.alignment = PP_ALIGN.LEFT
            for run in paragraph.runs:
                run.font.color.rgb = WHITE

    def part(self, part: Part) -> None:
        """Write a part: text on slides of its own, or as a lead over the chart or table after it."""
        waiting: list[Line] = []
        notes: list[str] = []
        slides: list[Any] = []
        tables = [block for block in part.blocks if isinstance(block, Table) and not block.repeats]
        beside = len(tables) == 2 and all(len(table.columns) == 2 and len(table.rows) <= 8 for table in tables)
        for block in part.blocks:
            if isinstance(block, Words):
                if block.is_small:
                    notes.append(block.text)
                else:
                    style: Style = "head" if block.is_head else "words"
                    waiting.append(Line(cut(block.text, 3 * WORDS_MOST), style, stays=True))
            elif isinstance(block, Bullets):
                style = "number" if block.is_numbered else "bullet"
                waiting += [Line(cut(item, WORDS_MOST), style) for item in block.items]
            elif isinstance(block, Quotes):
                waiting += [Line(f"“{cut(text, QUOTE_MOST)}”", "quote", spoken) for text, spoken in block.said]
                notes += [f"“{text}”" for text, _ in block.said if len(text) > QUOTE_MOST]
            elif isinstance(block, Table) and block.sentence is not None:
                waiting += [line for row in block.rows for line in _item(row, block.columns, block.sentence, notes)]
            elif isinstance(block, Chart) or not block.repeats:
                lead, waiting = self._lead(waiting, slides), []
                if isinstance(block, Chart):
                    slides += [("chart", lead, piece) for piece in pieces(block, BARS)]
                elif not beside:
                    slides += [("tables", lead, [piece]) for piece in _table_pieces(block, WIDTH, lead)]
                elif block is tables[0]:
                    slides.append(("tables", lead, tables))
        found = list(pages(waiting))
        if part.key == "aside" and len(found) > ASIDE_MOST:
            found = self._shortened(waiting, notes)
        slides += [("text", (), page) for page in found]
        for at, (kind, lead, holds) in enumerate(slides, start=1):
            title = cut_title(part.title, "" if len(slides) == 1 else f" ({at}/{len(slides)})")
            told = [] if title.startswith(part.title) else [part.title]
            more = [holds.alt] if isinstance(holds, Chart) else []
            slide = self._slide(TEXT if kind == "text" else BARE, title, (*told, *more, *notes))
            if kind == "text":
                self._write(slide.placeholders[1].text_frame, holds)
                continue
            top = self._over(slide, lead)
            if kind == "chart":
                add_chart(slide, holds, top=top, height=TOP + HEIGHT - top)
            else:
                self._tables(slide, holds, top)

    def _shortened(self, lines: Sequence[Line], notes: list[str]) -> list[list[Line]]:
        """Give the first slides of a long list; what does not fit goes to the notes, and the last slide says so."""
        last = Line(self.t("session_report.more_in_notes"), "small")
        found = list(pages(lines, HEIGHT - INSET - text_height(last)))
        notes += [line.text for page in found[ASIDE_MOST:] for line in page]
        return [*found[: ASIDE_MOST - 1], [*found[ASIDE_MOST - 1], last]]

    def _lead(self, waiting: list[Line], slides: list[Any]) -> tuple[Line, ...]:
        """Give the sentence that stands over a chart or table; more than one is a slide of its own."""
        if len(waiting) == 1 and waiting[0].style == "words" and text_height(waiting[0]) < 1:
            return tuple(waiting)
        slides += [("text", (), page) for page in pages(waiting)]
        return ()

    def _slide(self, layout: int, title: str, notes: Sequence[str]) -> Slide:
        slide: Slide = self.made.slides.add_slide(self.made.slide_layouts[layout])
        heading = slide.shapes.title
        assert heading is not None
        heading.text_frame.text = title
        self._speak(heading.text_frame)
        if layout != COVER:
            number_slide(slide)
        told = slide.notes_slide.notes_text_frame
        assert told is not None
        told.text = "\n".join([*notes, self.report.source])
        self._speak(told)
        return slide

    def _over(self, slide: Slide, lead: Sequence[Line]) -> float:
        """Write what stands over a chart or table; give where that begins."""
        if not lead:
            return TOP
        height = sum(text_height(line) for line in lead) + INSET
        box = slide.shapes.add_textbox(Inches(LEFT), Inches(TOP), Inches(WIDTH), Inches(height))
        self._write(box.text_frame, lead)
        return TOP + height

    def _write(self, frame: Any, lines: Sequence[Line]) -> None:
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        for at, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = line.text
            run.font.size, run.font.bold = Pt(SIZES[line.style]), line.style == "head"
            paragraph.space_after, paragraph.space_before = Pt(SIZES[line.style] * 0.35), Pt(0)
            _indent(paragraph._p.get_or_add_pPr(), line)
        self._speak(frame, [line.language for line in lines])

    def _speak(self, frame: Any, languages: Sequence[str] = ()) -> None:
        """Tell spelling and a screen reader in which language each paragraph is."""
        for at, paragraph in enumerate(frame.paragraphs):
            spoken = languages[at] if at < len(languages) else ""
            for run in paragraph.runs:
                locale = BABEL_LOCALE.get(spoken, "").replace("_", "-") or self.locale
                run._r.get_or_add_rPr().set("lang", locale)

    def _tables(self, slide: Slide, tables: Sequence[Table], top: float) -> None:
        gap = 0.5
        width = (WIDTH - gap * (len(tables) - 1)) / len(tables)
        for at, table in enumerate(tables):
            widths = _widths(table, width)
            rows = (table.columns, *table.rows)
            heights = [row_height(row, widths) for row in rows]
            left = LEFT + at * (width + gap)
            frame: Any = slide.shapes.add_table(
                len(rows), len(table.columns), Inches(left), Inches(top), Inches(width), Inches(sum(heights))
            )
            frame._element.nvGraphicFramePr.cNvPr.set("descr", table.title)
            made = frame.table
            for column, wide in zip(made.columns, widths, strict=True):
                column.width = Inches(wide)
            for number, (row, high) in enumerate(zip(rows, heights, strict=True)):
                made.rows[number].height = Inches(high)
                for place, text in enumerate(row):
                    self._cell(made.cell(number, place), text, is_head=number == 0, is_figure=place in table.figures)

    def _cell(self, cell: Any, text: str, *, is_head: bool, is_figure: bool) -> None:
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph = cell.text_frame.paragraphs[0]
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(SMALL), is_head
        if is_figure:
            paragraph.alignment = PP_ALIGN.RIGHT
        if is_head:
            cell.fill.solid()
            cell.fill.fore_color.rgb, run.font.color.rgb = Colour.from_string(HEAD), WHITE
        self._speak(cell.text_frame)


def _item(row: Sequence[str], columns: Sequence[str], sentence: int, notes: list[str]) -> list[Line]:
    """Write a row as its subject, its sentence, and the facts; what is too long for a slide goes to the notes as a whole."""
    facts = [
        (column, text)
        for at, (column, text) in enumerate(zip(columns, row, strict=True))
        if at not in (0, sentence) and text
    ]
    whole = " · ".join([row[0], row[sentence], *(f"{column}: {text}" for column, text in facts)])
    told = [
        Line(cut(row[0], SUBJECT_MOST), "head", stays=True),
        Line(cut(row[sentence], WORDS_MOST), stays=True),
        Line(" · ".join(f"{column}: {cut(text, SUBJECT_MOST)}" for column, text in facts), "small"),
    ]
    if any("…" in line.text for line in told):
        notes.append(whole)
    return [line for line in told if line.text]


def _table_pieces(table: Table, width: float, lead: Sequence[Line]) -> list[Table]:
    widths = _widths(table, width)
    height = HEIGHT - INSET - sum(text_height(line) for line in lead) - row_height(table.columns, widths)
    rows = [tuple(cut(cell, 80) for cell in row) for row in table.rows]
    return [
        Table(table.title, table.columns, tuple(tuple(row) for row in page), table.figures)
        for page in row_pages(rows, widths, height)
    ]


def _widths(table: Table, width: float) -> list[float]:
    """Share the width of a table: as much for a figure as its name needs, the rest for words."""
    figure = min(1.9, width / (len(table.columns) + 1))
    words = (width - figure * len(table.figures)) / (len(table.columns) - len(table.figures))
    return [figure if at in table.figures else words for at in range(len(table.columns))]


def _indent(properties: Any, line: Line) -> None:
    """Set a line of a list or a quote in; the layout's own bullets go."""
    indent = Inches(INDENT.get(line.style, 0.0))
    hangs = line.style in ("bullet", "number")
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent if hangs else 0))
    kinds = {"bullet": ("a:buChar", "char", "•"), "number": ("a:buAutoNum", "type", "arabicPeriod")}
    tag, key, value = kinds.get(line.style, ("a:buNone", "", ""))
    mark: Any = OxmlElement(tag)
    if key:
        mark.set(key, value)
    properties.append(mark)
