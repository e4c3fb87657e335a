"""Native charts of a report, whatever file they stand in: whoever gets it can edit them and their figures."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from feedback.reports.session_blocks import Chart, Series
from feedback.reports.session_fit import cut
from feedback.reports.tables import inert

# These two of the library have no types.
Colour: Any = RGBColor
Figures: Any = CategoryChartData
INK, GRID = Colour(0x33, 0x3D, 0x4A), Colour(0xD5, 0xDA, 0xE0)
# Letters on every colour of a stack (at least 4.5:1), and on the band of a head.
BLACK, WHITE = Colour(0, 0, 0), Colour(0xFF, 0xFF, 0xFF)
# The program behind a native chart would make an address or an array formula of them.
_LIVE = ("{=", "http:", "https:", "ftp:", "mailto:", "internal:", "external:")


def pieces(chart: Chart, most: int) -> list[Chart]:
    """Cut a chart into charts of at most so many bars; all on one scale."""
    ends = chart.ends or (
        0.0,
        max((sum(one.values[at] for one in chart.series) for at in range(len(chart.names))), default=0),
    )
    count = -(-len(chart.names) // most)
    size = -(-len(chart.names) // max(count, 1))
    return [
        Chart(
            chart.title, chart.alt, chart.names[at : at + size],
            tuple(Series(one.name, one.colour, one.values[at : at + size]) for one in chart.series), chart.decimals,
            ends if count > 1 or chart.ends else None,
        )
        for at in range(0, len(chart.names), max(size, 1))
    ]  # fmt: skip


def is_stacked(chart: Chart) -> bool:
    """Tell whether the bars of a chart have several pieces."""
    return len(chart.series) > 1


def kind_of(chart: Chart) -> XL_CHART_TYPE:
    """Give what Office calls a chart of this kind."""
    return XL_CHART_TYPE.BAR_STACKED if is_stacked(chart) else XL_CHART_TYPE.BAR_CLUSTERED


def figures_of(chart: Chart) -> Any:
    """Give the figures of a chart as python-pptx writes them into a chart and into the workbook behind it."""
    data = Figures(number_format="0.0" if chart.decimals else "0")
    data.categories = [_label(name) for name in chart.names]
    for series in chart.series:
        data.add_series(_label(series.name), series.values)
    return data


def dress(made: Any, chart: Chart, size: float) -> None:
    """Give a native chart its colours, axes and figures.

    Parameters
    ----------
    made : pptx.chart.chart.Chart
    chart : Chart
        What it was made of.
    size : float
        Points, of every letter.
    """
    stacked = is_stacked(chart)
    made.has_title = False
    made.font.size, made.font.color.rgb = Pt(size), INK
    made.has_legend = stacked
    if stacked:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        made.legend.font.size = Pt(size)
    _axes(made, chart, size)
    # The library numbers axes below zero, which the schema forbids.
    for axis in made._chartSpace.xpath("//c:axId | //c:crossAx"):
        axis.set("val", str(int(axis.get("val")) % 2**32))
    plot = made.plots[0]
    plot.gap_width = 45
    if stacked:
        plot.overlap = 100
    for series, drawn in zip(chart.series, plot.series, strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = Colour.from_string(series.colour.removeprefix("#").upper())
        drawn.invert_if_negative = False
        labels = drawn.data_labels
        labels.show_value, labels.number_format_is_linked = True, False
        # In a stack nothing is told of what is not there.
        labels.number_format = "0;-0;;" if stacked else ("0.0" if chart.decimals else "0")
        labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size, labels.font.bold = Pt(size), stacked
        labels.font.color.rgb = BLACK if stacked else INK


def _axes(made: Any, chart: Chart, size: float) -> None:
    names, values = made.category_axis, made.value_axis
    # The first on top, as in every table.
    names.reverse_order = True
    names.tick_labels.font.size = Pt(size)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = False
    names.format.line.color.rgb = GRID
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = GRID
    values.format.line.fill.background()
    values.tick_labels.font.size = Pt(size)
    values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "0", False
    if chart.ends:
        values.minimum_scale, values.maximum_scale = chart.ends
    else:
        values.minimum_scale = 0
    if not chart.decimals:
        most = max((sum(one.values[at] for one in chart.series) for at in range(len(chart.names))), default=0)
        if most <= 10:
            values.major_unit = 1 if most <= 5 else 2


def _label(name: str) -> str:
    """Give a name that stays text in the workbook behind a chart."""
    short = cut(name, 48)
    return "'" + short if short.lower().startswith(_LIVE) else str(inert(short))
