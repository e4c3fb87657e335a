"""The slides of a workshop, opened again: native charts with their figures, letters for a room, nothing that runs off a slide."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from feedback.i18n import Language
from feedback.reports.session_blocks import Bullets, Chart, Part, Quotes, Report, Series, Table, Words
from feedback.reports.session_fit import Line, cut, lines_of, pages, width_of
from feedback.reports.session_pptx import as_pptx
from tests.reports import session_made
from tests.reports.session_made import HOSTILE

LONG = "Een verhaal dat maar doorgaat over wachten, bellen, formulieren en nog eens wachten. " * 12


def slides(report: Report, language: Language = "nl") -> Any:
    return Presentation(io.BytesIO(as_pptx(report, language)))


@pytest.fixture(scope="module")
def told(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    file = Path(shutil.copyfile(empty_file, tmp_path_factory.mktemp("pptx") / "a.db"))
    with session_made.database(file) as engine:
        return session_made.report(engine, "nl")


@pytest.fixture(scope="module")
def dutch(told: Report) -> Any:
    return slides(told)


@pytest.fixture(scope="module")
def crowded(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Twenty themes with long names, remarks as long as may be, hostile words."""
    file = Path(shutil.copyfile(empty_file, tmp_path_factory.mktemp("crowded") / "a.db"))
    names = [
        f"{HOSTILE} {LONG}"[:190],
        "http://kwaad.example",
        "{=1+1}",
        *(f"Thema {at} {LONG}"[:200] for at in range(17)),
    ]
    with session_made.database(file) as engine:
        return slides(
            session_made.report(
                engine, "en", name=f"{HOSTILE}{LONG}"[:190], names=names, per_theme=[2] * 20, text=LONG[:990],
                decided=LONG, owner=LONG[:190],
            ),
            "en",
        )  # fmt: skip


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def charts(deck: Any) -> list[Any]:
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def runs(slide: Any) -> Iterator[Any]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield from ((run, shape) for paragraph in shape.text_frame.paragraphs for run in paragraph.runs)
        if shape.has_table:
            for cell in shape.table.iter_cells():
                yield from ((run, shape) for paragraph in cell.text_frame.paragraphs for run in paragraph.runs)


def lines(text: str, width: float, size: float) -> int:
    """Break a text as a program does: word by word, a word that is too long within it."""
    count, left = 1, width
    for word in text.split(" "):
        wide = width_of(word, size)
        if wide > left and left < width:
            count, left = count + 1, width
        while wide > width:
            count, wide = count + 1, wide - width
        left -= wide + 0.278 * size
    return count


def height(frame: Any, width: float, size_of_none: float, *, is_bold: bool = False) -> float:
    """Measure a text in points, as Arial."""
    total = 7.2
    for paragraph in frame.paragraphs:
        size = next((run.font.size.pt for run in paragraph.runs if run.font.size), size_of_none)
        indent = int(paragraph._p.pPr.get("marL", 0)) / Pt(1) if paragraph._p.pPr is not None else 0
        bold = 1.08 if is_bold or any(run.font.bold for run in paragraph.runs) else 1.0
        after = paragraph.space_after.pt if paragraph.space_after is not None else 0
        total += lines(paragraph.text, (width - 14.4 - indent) / bold, size) * size * 1.2 + after
    return total


def fits(deck: Any) -> None:
    for number, slide in enumerate(deck.slides, start=1):
        boxes, title = [], slide.shapes.title.shape_id
        assert len({shape.shape_id for shape in slide.shapes}) == len(slide.shapes), number
        for shape in slide.shapes:
            left, top = shape.left, shape.top
            right, bottom = left + shape.width, top + shape.height
            assert left >= 0 and top >= 0 and right <= deck.slide_width and bottom <= deck.slide_height, number
            boxes.append((left, top, right, bottom))
            if shape.has_text_frame and shape.text_frame.text:
                is_title = shape.shape_id == title
                needed = height(shape.text_frame, shape.width.pt, 32 if is_title else 18, is_bold=is_title)
                assert needed <= shape.height.pt + 1, (number, shape.name)
            if shape.has_table:
                total = 0.0
                for row in shape.table.rows:
                    cells = zip(row.cells, shape.table.columns, strict=True)
                    needed = max(height(cell.text_frame, column.width.pt, 18) for cell, column in cells)
                    total += max(needed, row.height.pt)
                assert total <= shape.height.pt + 1, number
        for one, other in combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (number, one, other)


def test_slides_follow_the_session_on_a_wide_screen(dutch: Any) -> None:
    assert round(dutch.slide_width / dutch.slide_height, 2) == 1.78
    assert titles(dutch) == [
        "Klantpanel maart", "In het kort", "Doel en vragen", "Wie er waren (1/2)", "Wie er waren (2/2)", "Waar het over ging",
        "Wifi op kantoor", "Roosters", "Laptops", "Losse en geparkeerde opmerkingen", "Welke thema's zijn het belangrijkst? (1/2)",
        "Welke thema's zijn het belangrijkst? (2/2)", "Wat is waardevol, en wat kan minder? (1/2)", "Wat is waardevol, en wat kan minder? (2/2)",
        "Wat doen ideeën met organisaties?", "Besluiten en beloften", "Beloften waar de sessie mee begon",
        "Wat nog openstaat",
    ]  # fmt: skip
    assert "Afdeling netwerk" in dutch.slides[15].placeholders[1].text_frame.text


def test_charts_are_native_with_the_figures_behind_them(dutch: Any) -> None:
    themes, dots, worth = (shape.chart for shape in charts(dutch))
    assert (themes.chart_type, dots.chart_type) == (XL_CHART_TYPE.BAR_STACKED, XL_CHART_TYPE.BAR_CLUSTERED)
    assert list(themes.plots[0].categories) == ["Wifi op kantoor", "Roosters", "Laptops"]
    assert [(one.name, tuple(one.values)) for one in themes.plots[0].series] == [
        ("negatief", (2, 2, 2)), ("gemengd", (0, 0, 0)), ("neutraal", (2, 1, 1)), ("positief", (2, 1, 2)),
    ]  # fmt: skip
    assert tuple(worth.plots[0].series[0].values) == (7, 0)
    book = openpyxl.load_workbook(io.BytesIO(dots.part.chart_workbook.xlsx_part.blob)).active
    assert [[cell.value for cell in row] for row in book] == [
        [None, "Stippen"], ["Wifi op kantoor", 24], ["Roosters", 12], ["Laptops", 0],
    ]  # fmt: skip


def test_charts_and_tables_have_words_and_slides_notes_and_numbers(dutch: Any) -> None:
    for slide in dutch.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert "Bron: sessie “Klantpanel maart”, 17 maart 2026." in slide.notes_slide.notes_text_frame.text
    assert all(len(list(slide.element.iter(qn("a:fld")))) == 1 for slide in list(dutch.slides)[1:])
    assert "Staven met 3 thema's" in dutch.slides[5].notes_slide.notes_text_frame.text


@pytest.mark.parametrize("which", ["dutch", "crowded"])
def test_nothing_runs_off_a_slide_or_over_another(which: str, request: pytest.FixtureRequest) -> None:
    fits(request.getfixturevalue(which))


@pytest.mark.parametrize("which", ["dutch", "crowded"])
def test_letters_are_for_a_room(which: str, request: pytest.FixtureRequest) -> None:
    deck = request.getfixturevalue(which)
    for slide in deck.slides:
        for run, shape in runs(slide):
            # The size of a title is that of the layout: 32.
            assert shape == slide.shapes.title or run.font.size >= Pt(18)
    for shape in charts(deck):
        assert {int(size) for size in shape.chart._chartSpace.xpath("//@sz")} == {1800}


def test_quotes_speak_their_own_language(told: Report) -> None:
    parts = (Part("theme", "T", (Words("ICT"), Quotes((("The lift is slow.", "en"), ("De lift is traag.", "nl"))))),)
    deck = slides(Report("a", "b", "", parts, "c"))
    spoken = [run._r.rPr.get("lang") for run, _ in runs(deck.slides[1])]
    assert spoken == ["nl-NL", "nl-NL", "en-GB", "nl-NL"]


def test_what_stands_alone_takes_two_slides_and_the_notes_have_the_rest() -> None:
    said = Quotes(
        tuple((f"Opmerking {at} die helemaal alleen staat en wel een regel of twee vult.", "nl") for at in range(30))
    )
    deck = slides(Report("a", "b", "", (Part("aside", "Los", (Words("ICT", is_head=True), said)),), "c"))
    assert titles(deck)[1:] == ["Los (1/2)", "Los (2/2)"]
    first, last = deck.slides[1], deck.slides[2]
    assert first.placeholders[1].text_frame.paragraphs[0].runs[0].font.bold
    text = last.placeholders[1].text_frame.text
    notes = last.notes_slide.notes_text_frame.text
    assert all(f"Opmerking {at} die" in first.placeholders[1].text_frame.text + text + notes for at in range(30))
    assert text.endswith("De rest staat in de notities bij deze dia, en in het Word-document.")
    assert "Opmerking 29 die" in notes and "Opmerking 29 die" not in text


def test_hostile_words_stay_text_in_the_workbooks_too(crowded: Any) -> None:
    shapes = charts(crowded)
    # Twenty themes are cut into charts of at most eight bars on one scale.
    assert [len(shape.chart.plots[0].categories) for shape in shapes[:3]] == [7, 7, 6]
    assert len({shape.chart.value_axis.maximum_scale for shape in shapes[:3]}) == 1
    for shape in shapes:
        book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)).active
        for cell in (cell for row in book for cell in row):
            assert cell.data_type != "f"
            assert cell.hyperlink is None
    for slide in crowded.slides:
        assert not list(slide.element.iter(qn("a:hlinkClick")))
        assert not [rel for rel in slide.part.rels.values() if rel.is_external]
        assert "\x0b" not in slide.element.xml


def test_what_is_cut_on_a_slide_is_whole_in_its_notes(crowded: Any) -> None:
    at = [title.startswith("Decisions") for title in titles(crowded)].index(True)
    assert LONG.strip()[:900] in crowded.slides[at].notes_slide.notes_text_frame.text
    assert "…" in crowded.slides[at].placeholders[1].text_frame.text


def test_long_tables_and_lists_go_on_on_the_next_slide() -> None:
    rows = tuple((f"Organisatie {at}", str(at)) for at in range(40))
    parts = (
        Part("present", "Wie", (Table("t", ("A", "B"), rows, frozenset({1})),)),
        Part("open", "Open", (Words("Dit staat open:"), Bullets(tuple(LONG[:150] for _ in range(30))))),
        Part("vote", "Eén", (Chart("t", "a", ("x",), (Series("s", "#3f7ab3", (-2.5,)),), 1, (-5.0, 5.0)),)),
    )
    deck = slides(Report("a", "b", "Oefening", parts, "c"))
    fits(deck)
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert sum(len(table.rows) - 1 for table in tables) == 40
    assert all(table.cell(0, 0).text == "A" for table in tables)
    assert sum(title.startswith("Open (") for title in titles(deck)) > 3
    said = [p.text for slide in deck.slides for shape in slide.placeholders for p in shape.text_frame.paragraphs]
    assert said.count(LONG[:150].strip()) == 30
    axis = charts(deck)[0].chart.value_axis
    assert (axis.minimum_scale, axis.maximum_scale) == (-5, 5)


def test_what_stays_together_is_not_parted() -> None:
    heads = [line for at in range(12) for line in (Line(f"Kop {at}", "head", stays=True), Line(LONG[:200]))]
    for page in pages(heads):
        assert page[0].style == "head"
        assert page[-1].style == "words"


@pytest.mark.parametrize(
    ("text", "most", "expected"), [("kort", 9, "kort"), ("een twee drie", 9, "een twee…"), ("x" * 30, 5, "xxxx…")]
)
def test_a_text_is_cut_at_a_blank_where_there_is_one(text: str, most: int, expected: str) -> None:
    assert cut(text, most) == expected


def test_more_letters_are_more_lines() -> None:
    assert lines_of("kort", 10, 18) == 1
    assert lines_of("woord " * 100, 10, 18) > lines_of("woord " * 100, 10, 9) > 1
