"""Charts in a Word document: native ones. python-docx has none, so python-pptx writes the chart and the workbook behind it."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Doc
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Length
from pptx.chart import chart as native
from pptx.oxml import parse_xml as parse_chart
from pptx.oxml.ns import nsdecls as chart_nsdecls

from feedback.reports.session_blocks import Chart
from feedback.reports.session_charts import dress, figures_of, is_stacked, kind_of

# As many bars as stand on a page with a heading over them.
BARS = 22
FONT, LETTERS = "Calibri", 10
# Centimetres: of a bar, of the axis under them, and of a legend.
_BAR, _AXIS, _LEGEND = 0.95, 1.0, 0.9
# The chart of a slide has no paper of its own; one of a document is given paper, an edge and round corners unless it says no.
_SQUARE = f'<c:roundedCorners {chart_nsdecls("c")} val="0"/>'
# This one of the library has no types.
Native: Any = native.Chart
_BARE = f"<c:spPr {chart_nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


def add_chart(document: Doc, chart: Chart, width: Length) -> None:
    """Draw a native bar chart in a paragraph of its own.

    Parameters
    ----------
    document : Document
    chart : Chart
        Of at most `BARS` bars; see `session_charts.pieces`.
    width : Length
    """
    height = Cm(_BAR * len(chart.names) + _AXIS + (_LEGEND if is_stacked(chart) else 0))
    part: Any = document.part
    inline = _inline(part.relate_to(_chart_part(part.package, chart), RELATIONSHIP_TYPE.CHART), width, height)
    about = inline.docPr
    number = part.next_id
    for key, value in (("id", str(number)), ("name", f"Chart {number}"), ("descr", chart.alt), ("title", chart.title)):
        about.set(key, value)
    document.add_paragraph().add_run()._r.add_drawing(inline)


def _chart_part(package: Any, chart: Chart) -> Part:
    figures = figures_of(chart)
    space: Any = parse_chart(figures.xml_bytes(kind_of(chart)))
    made = Native(space, None)
    dress(made, chart, LETTERS)
    made.font.name = FONT
    space.chart.addnext(parse_chart(_BARE))
    # After the system of dates and before the style: the order of the schema.
    space.date1904.addnext(parse_chart(_SQUARE))
    part = XmlPart(package.next_partname("/word/charts/chart%d.xml"), CONTENT_TYPE.DML_CHART, space, package)
    book = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{part.partname.idx}.xlsx")
    behind = Part(book, CONTENT_TYPE.SML_SHEET, figures.xlsx_blob, package)
    space.get_or_add_externalData().rId = part.relate_to(behind, RELATIONSHIP_TYPE.PACKAGE)
    return part


def _inline(relation: str, width: Length, height: Length) -> Any:
    return parse_xml(
        f'<wp:inline {nsdecls("wp", "a", "c", "r")} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(width)}" cy="{int(height)}"/><wp:docPr id="1" name="Chart"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline>'
    )
