"""The Word document of a workshop, opened again: headings, languages, tables with headers, charts with words and figures, nothing alive."""

from __future__ import annotations

import io
import shutil
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.enum.shape import WD_INLINE_SHAPE
from docx.opc.constants import CONTENT_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from feedback.i18n import Language
from feedback.reports.session_docx import as_docx
from tests.reports import session_made
from tests.reports.session_made import HOSTILE


def written(empty_file: Path, folder: Path, language: Language, **values: Any) -> Any:
    file = Path(shutil.copyfile(empty_file, folder / "a.db"))
    with session_made.database(file) as engine:
        return Document(io.BytesIO(as_docx(session_made.report(engine, language, **values), language)))


@pytest.fixture(scope="module")
def dutch(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return written(empty_file, tmp_path_factory.mktemp("docx"), "nl")


def text_of(document: Any) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_headings_are_headings_and_in_order(dutch: Any) -> None:
    heads = [(p.style.name, p.text) for p in dutch.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert heads[:3] == [("Title", "Klantpanel maart"), ("Heading 1", "In het kort"), ("Heading 1", "Doel en vragen")]
    assert ("Heading 2", "Wifi op kantoor") in heads
    levels = [1 if style == "Title" else int(style[-1]) for style, _ in heads]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_a_header_row_that_repeats_and_words_for_screen_readers(dutch: Any) -> None:
    # Who were there (2), themes, two votes with figures and organisations, decisions, promises.
    assert len(dutch.tables) == 9
    for table in dutch.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    assert [cell.text for cell in dutch.tables[0].rows[1].cells] == ["Gemeente Elzen", "7"]
    assert [cell.text for cell in dutch.tables[2].rows[1].cells] == [
        "Wifi op kantoor",
        "ICT",
        "5",
        "6",
        "2",
        "0",
        "2",
        "2",
    ]


def test_every_chart_has_words(dutch: Any) -> None:
    assert [shape._inline.docPr.get("descr", "")[:28] for shape in dutch.inline_shapes] == [
        "Staven met 3 thema's. De mee", "Staven met 3 keuzes. Bovenaa", "Staven met 2 diensten. Het v",
    ]  # fmt: skip
    section = dutch.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert all(shape.width <= room for shape in dutch.inline_shapes)


def charts(document: Any) -> list[Any]:
    """Give the chart parts of a document, in the order of its text."""
    found = document.element.iter(qn("c:chart"))
    return [document.part.related_parts[chart.get(qn("r:id"))] for chart in found]


def workbook(chart: Any) -> Any:
    """Open the workbook behind a chart."""
    space = parse_xml(chart.blob)
    behind = chart.related_parts[space.find(qn("c:externalData")).get(qn("r:id"))]
    assert behind.content_type == CONTENT_TYPE.SML_SHEET
    return openpyxl.load_workbook(io.BytesIO(behind.blob)).active


def test_charts_are_native_with_their_figures_in_a_workbook_behind_them(dutch: Any) -> None:
    assert {shape.type for shape in dutch.inline_shapes} == {WD_INLINE_SHAPE.CHART}
    assert {chart.content_type for chart in charts(dutch)} == {CONTENT_TYPE.DML_CHART}
    assert [list(row) for row in workbook(charts(dutch)[0]).values] == [
        [None, "negatief", "gemengd", "neutraal", "positief"],
        ["Wifi op kantoor", 2, 0, 2, 2],
        ["Roosters", 2, 0, 1, 1],
        ["Laptops", 2, 0, 1, 2],
    ]
    for chart in charts(dutch):
        space = parse_xml(chart.blob)
        shown = [
            [float(value.text) for value in series.find(qn("c:val")).iter(qn("c:v"))]
            for series in space.iter(qn("c:ser"))
        ]
        behind = list(workbook(chart).values)[1:]
        assert shown == [[float(row[at]) for row in behind] for at in range(1, len(behind[0]))]


def test_parts_of_a_chart_are_in_the_order_of_the_schema(dutch: Any) -> None:
    order = ["date1904", "roundedCorners", "AlternateContent", "style", "chart", "spPr", "txPr", "externalData"]
    for chart in charts(dutch):
        tags = [child.tag.split("}")[1] for child in parse_xml(chart.blob)]
        assert tags == [tag for tag in order if tag in tags]
        assert {"spPr", "externalData"} < set(tags)
        assert all(int(axis.get("val")) >= 0 for axis in parse_xml(chart.blob).iter(qn("c:axId"), qn("c:crossAx")))


def test_every_chart_and_its_workbook_are_in_the_file_once(dutch: Any) -> None:
    buffer = io.BytesIO()
    dutch.save(buffer)
    names = zipfile.ZipFile(buffer).namelist()
    assert len(names) == len(set(names))
    assert [sum(name.startswith(f"word/{folder}/") for name in names) for folder in ("charts", "embeddings")] == [6, 3]
    identities = [about.get("id") for about in dutch.element.iter(qn("wp:docPr"))]
    assert len(set(identities)) == len(identities) == 3


def test_language_date_and_page_numbers_are_set(dutch: Any) -> None:
    assert {lang.get(qn("w:val")) for lang in dutch.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    assert (dutch.core_properties.language, dutch.core_properties.title) == ("nl-NL", "Klantpanel maart")
    foot = dutch.sections[0].footer.paragraphs[0]
    assert "17 maart 2026" in foot.text
    assert [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert dutch.sections[0].header.paragraphs[0].text == "Klantpanel maart"
    quotes = [p for p in dutch.paragraphs if p.style.name == "Quote"]
    assert len(quotes) == 11
    assert {p.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:val")) for p in quotes} == {"nl-NL"}


def test_no_name_and_no_small_group_is_in_it(dutch: Any) -> None:
    told = text_of(dutch)
    assert "Afdeling netwerk" in told
    assert "Berkum" not in told
    assert not [word for word in ("persoon", "telefoon 1") if word in told]


def test_hostile_text_is_text(empty_file: Path, tmp_path: Path) -> None:
    document = written(
        empty_file, tmp_path, "en", name=HOSTILE, names=(HOSTILE, "B", "C"), text=f"{HOSTILE} zo gaat het",
        decided=HOSTILE, owner=HOSTILE,
    )  # fmt: skip
    assert document.paragraphs[0].text.startswith('=HYPERLINK("http://kwaad.example";"klik") <script>alert(1)</script>')
    assert len(charts(document)) == 3
    for chart in charts(document):
        assert not [cell for row in workbook(chart) for cell in row if cell.data_type == "f" or cell.hyperlink]
        assert not [rel for rel in chart.rels.values() if rel.is_external]
    body = document.element.xml
    assert "w:hyperlink" not in body
    assert "w:instrText" not in body
    # Nothing that is fetched from elsewhere.
    assert not [rel for rel in document.part.rels.values() if rel.is_external]
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_the_order_in_a_table_is_that_of_the_schema(dutch: Any) -> None:
    order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblLook", "tblCaption", "tblDescription"]
    for table in dutch.tables:
        tags = [child.tag.split("}")[1] for child in table._tbl.tblPr]
        assert tags == [tag for tag in order if tag in tags]
        edges = [child.tag.split("}")[1] for child in table._tbl.tblPr.find(qn("w:tblBorders"))]
        assert edges == ["top", "left", "bottom", "right", "insideH", "insideV"]
