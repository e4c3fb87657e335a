"""A chart of a report as a picture for a document."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, number
from feedback.reports import pictures
from feedback.reports.session_blocks import Chart

ROW_HEIGHT = 34
# A picture of this width stands in a document at two thirds of its size, so letters of 16 are read as of 11.
LETTERS = 16


def picture(chart: Chart, language: Language) -> bytes:
    """Draw a chart as PNG.

    Parameters
    ----------
    chart : Chart
    language : {"nl", "en"}

    Returns
    -------
    bytes
    """
    return pictures.as_png(palette.on_paper(spec(chart, language)), rows(chart, language))


def rows(chart: Chart, language: Language) -> pd.DataFrame:
    """Give the pieces of the bars: name, series, place (of the series), value, middle (of the piece) and told (its figure)."""
    pieces = []
    for at, name in enumerate(chart.names):
        end = 0.0
        for place, series in enumerate(chart.series):
            value = series.values[at]
            told = number(value, language, chart.decimals) if value or len(chart.series) == 1 else ""
            pieces.append(
                {
                    # Two bars of one name would become one.
                    "bar": at, "name": name, "series": series.name, "place": place, "value": value,
                    "middle": end + value / 2 if len(chart.series) > 1 else value, "told": told,
                }
            )  # fmt: skip
            end += value
    return pd.DataFrame(pieces)


def spec(chart: Chart, language: Language) -> dict[str, Any]:
    """Describe a chart.

    Parameters
    ----------
    chart : Chart
    language : {"nl", "en"}

    Returns
    -------
    dict
        Vega-Lite without data; see `rows`.
    """
    stacked = len(chart.series) > 1
    far = max((sum(one.values[at] for one in chart.series) for at in range(len(chart.names))), default=0.0)
    ends = chart.ends or (0.0, max(math.ceil(far * 1.05), 1))
    places = {str(at): name for at, name in enumerate(chart.names)}
    y = {
        "field": "bar", "type": "nominal", "sort": None, "title": None,
        "axis": {"labelExpr": _labels(places), "labelFontSize": LETTERS, "labelLimit": 320, "labelOverlap": False},
    }  # fmt: skip
    scale = {"domain": list(ends), "nice": False}
    x = {
        "field": "value", "type": "quantitative", "title": None, "stack": "zero" if stacked else None, "scale": scale,
        "axis": {"grid": True, "tickCount": 5, "tickMinStep": 1, "format": ",d", "labelFontSize": LETTERS},
    }  # fmt: skip
    colour = {
        "field": "series", "type": "nominal", "sort": None,
        "scale": {"domain": [one.name for one in chart.series], "range": [one.colour for one in chart.series]},
        "legend": {"orient": "top", "title": None, "labelFontSize": LETTERS, "symbolSize": 160} if stacked else None,
    }  # fmt: skip
    figure = {
        "type": "text", "fontSize": LETTERS, "align": "center" if stacked else {"expr": "datum.value < 0 ? 'right' : 'left'"},
        "dx": 0 if stacked else {"expr": "datum.value < 0 ? -6 : 6"}, "color": "#000000" if stacked else palette.INKS["light"],
        "fontWeight": "bold" if stacked else "normal",
    }  # fmt: skip
    order = {"field": "place", "type": "quantitative"}
    return palette.base(
        language,
        height=ROW_HEIGHT * len(chart.names),
        encoding={"y": y},
        layer=[
            {
                "mark": {"type": "bar", "cornerRadius": 2, "height": {"band": 0.72}},
                "encoding": {"x": x, "color": colour, "order": order},
            },
            {
                "mark": figure,
                "encoding": {
                    "x": {"field": "middle", "type": "quantitative", "scale": scale},
                    "text": {"field": "told"},
                },
            },
        ],
    )


def _labels(places: dict[str, str]) -> str:
    """Name the bars by an expression; names are data in it, whatever stands in them."""
    pairs = ", ".join(f"{_quoted(key)}: {_quoted(name)}" for key, name in places.items())
    return f"({{{pairs}}})[datum.value]"


def _quoted(text: str) -> str:
    escaped = "".join(letter if letter.isalnum() or letter == " " else f"\\u{{{ord(letter):x}}}" for letter in text)
    return f"'{escaped}'"
