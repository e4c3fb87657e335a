"""Importance against performance: a dot a service, in four quarters with a name."""

from __future__ import annotations

from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.charts.savings_labels import Room, place
from feedback.i18n import Language, number, translator
from feedback.scores.importance import QUADRANTS

# Of the palette those that can be read on white and on the dark background alike.
COLOURS = {"first": "#d55e00", "keep": "#009e73", "later": palette.QUIET, "less": "#3f8fc4"}
HEIGHT = 400
# The quadrants are named in words; a line has nothing to say by itself.
LIMIT = {"type": "rule", "strokeDash": [5, 4], "color": palette.QUIET, "aria": False}
# Lines and names that stand once on the map, whatever the data.
ONE: dict[str, Any] = {"values": [{}]}
_WIDE = Room(520, 330, 5.8, 15, (30, 20, 14), ())
_NARROW = Room(230, 330, 5.4, 14, (16, 12), ())


def marks(table: pd.DataFrame, names: dict[str, str], language: Language) -> pd.DataFrame:
    """Give the dots of the map.

    Parameters
    ----------
    table : DataFrame
        Index area (key); importance, importance_n, grade, low, high, n, quadrant, sure (see `scores.importance.quadrants`).
    names : dict of str to str
        Key to name.
    language : {"nl", "en"}

    Returns
    -------
    DataFrame
        area, area_name, importance, importance_low, importance_high, importance_n, grade, low, high, n, quadrant,
        quadrant_name, sure, and a label with its side for a wide and a narrow screen.
    """
    t = translator(language)
    dots = table.reset_index().astype({"area": "str"})
    dots["area_name"] = dots["area"].map(names)
    dots["quadrant_name"] = [t(f"services.quadrant_{key}") for key in dots["quadrant"]]
    xs, ys = _ends(dots["grade"]), _ends(dots["importance"])
    across = (dots["grade"].astype(float) - xs[0]) / (xs[1] - xs[0])
    down = 1 - (dots["importance"].astype(float) - ys[0]) / (ys[1] - ys[0])
    places = list(zip(across.tolist(), down.tolist(), strict=True))
    for prefix, room in (("", _WIDE), ("short_", _NARROW)):
        told = place(places, dots["area_name"], room)
        dots[f"{prefix}label"], dots[f"{prefix}side"] = [label for label, _ in told], [side for _, side in told]
    return dots


def spec(dots: pd.DataFrame, cut: float, line: float, language: Language, *, stated: bool) -> dict[str, Any]:
    """Describe the map.

    Parameters
    ----------
    dots : DataFrame
        See `marks`.
    cut, line : float
        Importance and grade where the quarters meet.
    language : {"nl", "en"}
    stated : bool
        Whether people said what is important; else it was derived.

    Returns
    -------
    dict
        Vega-Lite without data; a click picks `area`. A dot of which the quarter is not sure is open.
    """
    t = translator(language)
    figure = ".1f" if stated else ".2f"
    x = _axis(t("charts.grade"), _ends(dots["grade"]), ".1f")
    y = _axis(t(f"services.axis_{'stated' if stated else 'derived'}"), _ends(dots["importance"]), figure)
    where = {"x": {"field": "grade", **x}, "y": {"field": "importance", **y}}
    colour: dict[str, Any] = {
        "field": "quadrant", "type": "nominal", "legend": None,
        "scale": {"domain": list(QUADRANTS), "range": [COLOURS[key] for key in QUADRANTS]},
    }  # fmt: skip
    tooltip = [
        {"field": "area_name", "title": t("charts.area")},
        {"field": "quadrant_name", "title": t("columns.quadrant_name")},
        {"field": "grade", "title": t("charts.grade"), "format": ".1f"},
        {"field": "n", "title": t("columns.n"), "format": ",d"},
        {"field": "importance", "title": t("columns.importance"), "format": figure},
        {"field": "importance_n", "title": t("columns.importance_n"), "format": ",d"},
    ]
    dot: dict[str, Any] = {
        **where, "color": colour, "description": {"field": "area_name"}, "tooltip": tooltip,
        "fill": {"condition": {"test": "!datum.sure", "value": "transparent"}, **colour},
    }  # fmt: skip
    left = "(width < 480 ? datum.short_side : datum.side) == 'left'"
    title: dict[str, Any] = {
        "type": "text", "fontSize": {"expr": "width < 480 ? 11 : 12"}, "fontWeight": 600, "color": palette.INK,
        "text": {"expr": "width < 480 ? datum.short_label : datum.label"},
        "align": {"expr": f"{left} ? 'right' : 'left'"}, "dx": {"expr": f"{left} ? -13 : 13"},
    }  # fmt: skip
    circle = {"type": "point", "size": 190, "strokeWidth": 2.5, "opacity": 1, "cursor": "pointer"}
    layers = [
        {"data": ONE, "mark": LIMIT, "encoding": {"x": {"datum": line, **x}}},
        {"data": ONE, "mark": LIMIT, "encoding": {"y": {"datum": cut, **y}}},
        *(_corner(key, t(f"services.quadrant_{key}")) for key in QUADRANTS),
        {"mark": title, "encoding": where},
        {"name": "areas", "mark": circle, "encoding": dot},
    ]
    return palette.base(language, height=HEIGHT, params=palette.pick("area", view="areas"), layer=layers)


def _axis(title: str, ends: tuple[float, float], figure: str) -> dict[str, Any]:
    return {
        "type": "quantitative", "title": title, "scale": {"domain": list(ends), "nice": False, "zero": False},
        "axis": {"format": figure, "tickCount": 5},
    }  # fmt: skip


def _ends(values: pd.Series) -> tuple[float, float]:
    """Give the ends of an axis: room around the dots for the names in the corners."""
    low, high = (float(values.min()), float(values.max())) if len(values) else (1.0, 10.0)
    room = max(0.35 * (high - low), 0.05)
    return low - room, high + room


def _corner(quadrant: str, name: str) -> dict[str, Any]:
    """Write the name of a quarter in its corner: important on top, good on the right."""
    left, top = quadrant in ("first", "later"), quadrant in ("first", "keep")
    text = {
        "type": "text", "text": name, "fontSize": {"expr": "width < 480 ? 12 : 15"}, "fontWeight": "bold",
        "color": palette.INK, "align": "left" if left else "right", "dx": 8 if left else -8,
        "baseline": "top" if top else "bottom", "dy": 8 if top else -8,
    }  # fmt: skip
    where = {"x": {"value": 0 if left else "width"}, "y": {"value": 0 if top else "height"}}
    return {"data": ONE, "mark": text, "encoding": where}


def alt(dots: pd.DataFrame, language: Language) -> str:
    """Tell what the map shows: which services stand in each quarter."""
    t = translator(language)
    if dots.empty:
        return t("charts.nothing")
    parts = []
    for key in QUADRANTS:
        inside = dots[dots["quadrant"] == key]
        if len(inside):
            told = ", ".join(
                f"{name} ({number(grade, language, 1)})"
                for name, grade in zip(inside["area_name"], inside["grade"], strict=True)
            )
            parts.append(f"{t(f'services.quadrant_{key}')}: {told}")
    return t("services.priority_alt", quadrants="; ".join(parts))
