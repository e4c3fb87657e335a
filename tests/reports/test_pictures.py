"""Charts become pictures without a browser or a network."""

from __future__ import annotations

import pandas as pd

from feedback.charts import heatmap
from feedback.reports.pictures import as_png, as_svg

REMARKS = pd.DataFrame({"theme": ["a", "a", "b"], "area": ["ict", "hr", "ict"], "person": ["x", "y", None]})


def test_a_chart_becomes_png_and_svg() -> None:
    table = heatmap.cells(REMARKS, {"a": "Inloggen", "b": "Koffie"}, {"ict": "ICT", "hr": "HR"}, most=5)
    spec = heatmap.spec(table, "nl")
    svg = as_svg(spec, table).decode()
    assert "Inloggen" in svg and "ICT" in svg
    assert as_png(spec, table).startswith(b"\x89PNG")
    assert spec["params"], "drawing a picture leaves the chart on the screen clickable"
