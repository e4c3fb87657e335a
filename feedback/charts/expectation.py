"""Service areas by what customers gave, what they expect and what own staff think: a mark each, with its 95 % interval."""

from __future__ import annotations

from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, number, translator

KINDS = ("grade", "expected", "estimate")
SHAPES = ("circle", "diamond", "triangle-up")
ROW_HEIGHT = 54
# Streamlit counts axis and key in.
AROUND = 84


def marks(table: pd.DataFrame, names: dict[str, str], language: Language) -> pd.DataFrame:
    """Give a row for every figure that is known.

    Parameters
    ----------
    table : DataFrame
        See `scores.expectation.beside`.
    names : dict of str to str
        Key of a service to its name, in the order to show.
    language : {"nl", "en"}

    Returns
    -------
    DataFrame
        area (key), area_name, kind (one of `KINDS`), kind_name, grade, low, high, n.
    """
    t = translator(language)
    rows = []
    for area in [area for area in names if area in table.index]:
        row: Any = table.loc[area]
        for kind in KINDS:
            if row[kind] == row[kind]:
                low, high, n = (row[name if kind == "grade" else f"{kind}_{name}"] for name in ("low", "high", "n"))
                told = {"kind": kind, "kind_name": t(f"services.beside_{kind}"), "grade": float(row[kind])}
                rows.append(
                    {
                        "area": area,
                        "area_name": names[area],
                        **told,
                        "low": float(low),
                        "high": float(high),
                        "n": int(n),
                    }
                )
    return pd.DataFrame(rows, columns=["area", "area_name", "kind", "kind_name", "grade", "low", "high", "n"])


def spec(table: pd.DataFrame, language: Language) -> dict[str, Any]:
    """Describe the marks.

    Parameters
    ----------
    table : DataFrame
        See `marks`.
    language : {"nl", "en"}

    Returns
    -------
    dict
        Vega-Lite; marks are clickable, told by area.
    """
    t = translator(language)
    lowest = float(table[["low", "grade"]].min().min()) if len(table) else 1.0
    x = {
        "field": "grade", "type": "quantitative", "title": None,
        "scale": {"domain": [max(1, int(lowest) - 1), 10], "zero": False},
        "axis": {"grid": True, "format": ".0f", "tickMinStep": 1},
    }  # fmt: skip
    shown = [t(f"services.beside_{kind}") for kind in KINDS]
    there = [name for name in shown if name in set(table["kind_name"])]
    kind = {"field": "kind_name", "type": "nominal", "sort": there, "scale": {"domain": there}}
    shapes = [SHAPES[shown.index(name)] for name in there]
    names = {"labelPadding": 6, "labelLimit": 140, "labelOverlap": False}
    order = list(dict.fromkeys(table["area_name"]))
    position = {
        "y": {"field": "area_name", "type": "nominal", "sort": order, "title": None, "axis": names},
        "yOffset": {"field": "kind_name", "type": "nominal", "sort": there},
        "color": {**kind, "legend": {"symbolOpacity": 1, "columns": {"expr": "containerSize()[0] < 480 ? 1 : 3"}}},
    }
    tooltip = [
        {"field": "area_name", "title": t("charts.area")},
        {"field": "kind_name", "title": t("services.beside_what")},
        {"field": "grade", "title": t("charts.grade"), "format": ".1f"},
        {"field": "low", "title": t("charts.low"), "format": ".1f"},
        {"field": "high", "title": t("charts.high"), "format": ".1f"},
        {"field": "n", "title": t("charts.n"), "format": ",d"},
    ]
    dot = {"type": "point", "filled": True, "size": 90, "opacity": 1, "cursor": "pointer"}
    return palette.base(
        language,
        # Streamlit's buttons would cover the axis.
        padding={"left": 5, "top": 5, "right": 5, "bottom": 20},
        height=ROW_HEIGHT * max(len(order), 1) + AROUND,
        params=palette.pick("area", view="figures"),
        encoding={**position, "tooltip": tooltip},
        layer=[
            {
                "mark": {"type": "rule", "strokeWidth": 6, "opacity": 0.35},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            {
                "name": "figures", "mark": dot,
                "encoding": {"x": x, "shape": {**kind, "scale": {"domain": there, "range": shapes}}},
            },
        ],
    )  # fmt: skip


def alt(table: pd.DataFrame, language: Language) -> str:
    """Tell what the marks show: the service that stays behind most of what was expected, and that own staff see too well."""
    t = translator(language)
    if table.empty:
        return t("charts.nothing")
    wide = table.pivot(index="area_name", columns="kind", values="grade").reindex(columns=list(KINDS))
    parts = []
    for kind in KINDS[1:]:
        gap = (wide[kind] - wide["grade"]).dropna()
        if len(gap):
            at = int(gap.argmax())
            there = wide.loc[gap.index]
            grade, other = (number(float(there[name].iloc[at]), language, 1) for name in ("grade", kind))
            parts.append(t(f"services.beside_alt_{kind}", area=str(there.index[at]), grade=grade, other=other))
    return t("services.beside_alt", areas=len(wide)) + " " + " ".join(parts)
