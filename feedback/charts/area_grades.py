"""Service areas by grade: a dot each, with its 95 % interval."""

from __future__ import annotations

from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, number, translator

ROW_HEIGHT = 34
# Streamlit counts the axis in.
AROUND = 36


def spec(table: pd.DataFrame, language: Language) -> dict[str, Any]:
    """Describe the dots.

    Parameters
    ----------
    table : DataFrame
        area (key), area_name, grade, low, high, n and told (the figure beside a dot); in the order to show.
    language : {"nl", "en"}

    Returns
    -------
    dict
        Vega-Lite; dots are clickable, told by area.
    """
    t = translator(language)
    lowest = float(table[["low", "grade"]].min().min()) if len(table) else 1.0
    scale = {"domain": [max(1, int(lowest) - 1), 10], "zero": False}
    axis = {"grid": True, "format": ".0f", "tickMinStep": 1}
    x = {"field": "grade", "type": "quantitative", "title": None, "scale": scale, "axis": axis}
    names = {"labelPadding": 6, "labelLimit": 140, "labelOverlap": False}
    y = {"field": "area_name", "type": "nominal", "sort": list(table["area_name"]), "title": None, "axis": names}
    tooltip = [
        {"field": "area_name", "title": t("charts.area")},
        {"field": "grade", "title": t("charts.grade"), "format": ".1f"},
        {"field": "low", "title": t("charts.low"), "format": ".1f"},
        {"field": "high", "title": t("charts.high"), "format": ".1f"},
        {"field": "n", "title": t("charts.n"), "format": ",d"},
    ]
    dot = {"type": "point", "filled": True, "size": 90, "opacity": 1, "color": palette.ACCENT, "cursor": "pointer"}
    figure = {"type": "text", "dy": -13, "fontSize": 11, "color": palette.INK}
    return palette.base(
        language,
        # Streamlit leaves no room on top, where the figure of the first dot stands.
        padding={"left": 5, "top": 14, "right": 5, "bottom": 20},
        height=ROW_HEIGHT * max(len(table), 1) + AROUND,
        params=palette.pick("area", view="grades"),
        encoding={"y": y, "tooltip": tooltip},
        layer=[
            {
                "mark": {"type": "rule", "strokeWidth": 7, "opacity": 0.35, "color": palette.ACCENT},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            {"name": "grades", "mark": dot, "encoding": {"x": x}},
            {"mark": figure, "encoding": {"x": x, "text": {"field": "told"}}},
        ],
    )


def alt(table: pd.DataFrame, language: Language) -> str:
    """Tell what the dots show: the best and the worst area."""
    t = translator(language)
    if table.empty:
        return t("charts.nothing")
    best, worst = table.iloc[int(table["grade"].argmax())], table.iloc[int(table["grade"].argmin())]
    return t(
        "charts.areas_alt", best=best["area_name"], high=number(best["grade"], language, 1),
        worst=worst["area_name"], low=number(worst["grade"], language, 1),
    )  # fmt: skip
