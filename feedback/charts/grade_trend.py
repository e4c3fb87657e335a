"""The mean grade from session to session, with the uncertainty that its number brings."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, day, number, translator

# Pixels; a lower chart tells the kind of a session on hover only.
ROOM_FOR_LEGEND = 150
# A survey is another measure than a meeting: never told by colour alone.
SHAPES = {"session": "circle", "survey": "square", "interview": "triangle-up"}


def spec(table: pd.DataFrame, language: Language, *, height: int = 180) -> dict[str, Any]:
    """Describe the line.

    Parameters
    ----------
    table : DataFrame
        session_id, session, kind, kind_name, date, grade, low, high, n (see `scores.grades.overall`).
    language : {"nl", "en"}
    height : int
        Pixels.

    Returns
    -------
    dict
        Vega-Lite; points are clickable, told by session_id; surveys are squares, meetings circles.
    """
    t = translator(language)
    # The whole scale would flatten every course; half a point around what is sure stays honest, with the axis shown.
    ends = table[["low", "grade", "high"]]
    lowest, highest = (float(ends.min().min()), float(ends.max().max())) if len(table) else (1.0, 10.0)
    scale = {"domain": [max(1, math.floor(lowest - 0.5)), min(10, math.ceil(highest + 0.5))], "zero": False}
    x = {
        "field": "date", "type": "temporal", "title": None, "scale": {"padding": 12, **_days(table)},
        "axis": {"format": "%b %Y", "tickCount": 4},
    }  # fmt: skip
    axis = {"format": ".0f", "tickCount": 4, "tickMinStep": 1, "grid": True}
    y = {"field": "grade", "type": "quantitative", "title": None, "scale": scale, "axis": axis}
    tooltip = [
        {"field": "session", "title": t("charts.session")},
        {"field": "kind_name", "title": t("charts.kind")},
        {"field": "date", "type": "temporal", "title": t("charts.date"), "format": "%d-%m-%Y"},
        {"field": "grade", "title": t("charts.grade"), "format": ".1f"},
        {"field": "low", "title": t("charts.low"), "format": ".1f"},
        {"field": "high", "title": t("charts.high"), "format": ".1f"},
        {"field": "n", "title": t("charts.n"), "format": ",d"},
    ]
    names = table.astype({"kind": "str", "kind_name": "str"}).drop_duplicates("kind").set_index("kind")["kind_name"]
    kinds = {names[kind]: shape for kind, shape in SHAPES.items() if kind in names}
    shape = {
        "field": "kind_name", "type": "nominal", "legend": {"title": None, "orient": "top"} if height >= ROOM_FOR_LEGEND else None,
        "scale": {"domain": list(kinds), "range": list(kinds.values())},
    }  # fmt: skip
    dot = {"type": "point", "filled": True, "size": 110, "opacity": 1, "color": palette.ACCENT, "cursor": "pointer"}
    return palette.base(
        language,
        height=height,
        params=palette.pick("session_id", view="grades"),
        encoding={"x": x, "tooltip": tooltip},
        layer=[
            {
                "mark": {"type": "rule", "strokeWidth": 6, "opacity": 0.3, "color": palette.ACCENT},
                "encoding": {"y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {"mark": {"type": "line", "color": palette.ACCENT, "strokeWidth": 2}, "encoding": {"y": y}},
            {"name": "grades", "mark": dot, "encoding": {"y": y, "shape": shape}},
        ],
    )


def _days(table: pd.DataFrame) -> dict[str, Any]:
    # Vega first draws without data, and complains where the ends of an axis would come from them.
    days = pd.to_datetime(table["date"])
    ends = (days.min(), days.max()) if len(table) else ()
    # As parts of a date: the page's own reading of expressions, for the sake of security, knows no moment in one number.
    return {"domain": [{"year": end.year, "month": end.month, "date": end.day} for end in ends]} if len(table) else {}


def alt(table: pd.DataFrame, language: Language) -> str:
    """Tell what the line shows: first and last grade."""
    t = translator(language)
    if table.empty:
        return t("charts.nothing")
    first, last = table.iloc[0], table.iloc[-1]
    return t(
        "charts.trend_alt", first=number(first["grade"], language, 1), since=day(first["date"], language),
        last=number(last["grade"], language, 1), until=day(last["date"], language), n=int(last["n"]),
    )  # fmt: skip
