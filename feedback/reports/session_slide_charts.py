"""Charts on slides."""

from __future__ import annotations

from typing import Any

from pptx.slide import Slide
from pptx.util import Inches

from feedback.reports.session_blocks import Chart
from feedback.reports.session_charts import dress, figures_of, kind_of
from feedback.reports.session_fit import LEFT, SMALL, WIDTH

# More bars in a chart are not read from a chair.
BARS = 8


def add_chart(slide: Slide, chart: Chart, *, top: float, height: float) -> None:
    """Draw a native bar chart.

    Parameters
    ----------
    slide : Slide
    chart : Chart
        Of at most `BARS` bars; see `session_charts.pieces`.
    top, height : float
        Inches.
    """
    # Few bars do not fill a slide: they would be blocks.
    high = min(height, 1.1 + 0.8 * len(chart.names))
    frame: Any = slide.shapes.add_chart(
        kind_of(chart), Inches(LEFT), Inches(top), Inches(WIDTH), Inches(high), figures_of(chart)
    )
    about = frame._element.nvGraphicFramePr.cNvPr
    about.set("descr", chart.alt)
    about.set("title", chart.title)
    dress(frame.chart, chart, SMALL)
