"""The frontier: how much pain each amount costs at least, with the set that was chosen on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, euro, number, translator
from feedback.savings.portfolio import Point, Portfolio

HERE = "#d55e00"
FAR = 1.3
LINES = {"free": palette.QUIET, "now": palette.ACCENT}


def marks(now: Sequence[Point], free: Sequence[Point], chosen: Portfolio, language: Language) -> pd.DataFrame:
    """Give what the curve draws.

    Parameters
    ----------
    now : sequence of Point
        The frontier under the terms of now, see `savings.portfolio.frontier`.
    free : sequence of Point
        The one without them; empty: there are no terms.
    chosen : Portfolio
        The set that is shown.
    language : {"nl", "en"}

    Returns
    -------
    DataFrame
        kind ("free", "now" or "here": the set), saving, pain, saving_text, pain_text.
    """
    rows = [("free", point.saving, point.pain) for point in free]
    rows += [("now", point.saving, point.pain) for point in now]
    if chosen.most_possible is not None:
        rows.append(("here", chosen.saving, chosen.pain))
    table = pd.DataFrame(rows, columns=["kind", "saving", "pain"]).astype({"saving": float, "pain": float})
    return table.assign(
        saving_text=[euro(value, language) for value in table["saving"]],
        pain_text=[number(value, language) for value in table["pain"]],
    )


def spec(table: pd.DataFrame, target: float, language: Language) -> dict[str, Any]:
    """Describe the curve.

    Parameters
    ----------
    table : DataFrame
        See `marks`.
    target : float
        Euro a year.
    language : {"nl", "en"}

    Returns
    -------
    dict
        Vega-Lite without data; a click picks `saving`.
    """
    t = translator(language)
    highest = max(float(table["saving"].max()) if len(table) else 0.0, 1.0)
    # A target far out of reach must not press the curve against the side.
    reach = target if highest < target <= FAR * highest else highest
    top = max(float(table["pain"].max()) if len(table) else 0.0, 1.0)
    x = {
        "field": "saving", "type": "quantitative", "title": t("savings.axis_eur"),
        "scale": {"domain": [0, 1.04 * reach], "nice": False}, "axis": {"format": "$,.0f", "tickCount": 5},
    }  # fmt: skip
    y = {
        "field": "pain", "type": "quantitative", "title": t("portfolio.axis_pain"),
        "scale": {"domain": [0, 1.08 * top], "nice": False}, "axis": {"format": ",.0f", "tickCount": 5, "grid": True},
    }  # fmt: skip
    told = [
        {"field": "saving_text", "title": t("savings.eur")},
        {"field": "pain_text", "title": t("portfolio.axis_pain")},
    ]
    place = {"x": x, "y": y}

    def of(kind: str) -> list[dict[str, str]]:
        return [{"filter": f"datum.kind === '{kind}'"}]

    # Any amount up to a point is reached with the pain of that point: a stair, not a slope.
    stairs: list[dict[str, Any]] = [
        {
            "transform": of(kind), "encoding": place,
            "mark": {
                "type": "line", "interpolate": "step-before", "color": colour, "strokeWidth": 2,
                "strokeDash": [4, 3] if kind == "free" else [],
            },
        }
        for kind, colour in LINES.items()
    ]  # fmt: skip
    dot = {"type": "point", "filled": True, "size": 75, "opacity": 1, "cursor": "pointer", "color": palette.ACCENT}
    here = {"type": "point", "size": 320, "strokeWidth": 3, "filled": False, "opacity": 1, "color": HERE}
    rule = {"type": "rule", "clip": True, "strokeDash": [5, 4], "color": HERE}
    layers = [
        {"data": {"values": [{}]}, "mark": rule, "encoding": {"x": {"datum": target, **_same_axis(x)}}},
        *stairs,
        {"transform": of("here"), "mark": here, "encoding": {**place, "tooltip": told}},
        {
            "name": "points", "transform": of("now"), "mark": dot,
            "encoding": {**place, "tooltip": told, "description": {"field": "saving_text"}},
        },
    ]  # fmt: skip
    return palette.base(language, height=300, params=palette.pick("saving", view="points"), layer=layers)


def _same_axis(axis: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in axis.items() if name != "field"}


def alt(table: pd.DataFrame, language: Language) -> str:
    """Say in words what the curve shows.

    Parameters
    ----------
    table : DataFrame
        See `marks`.
    language : {"nl", "en"}

    Returns
    -------
    str
    """
    t = translator(language)
    now = table[table["kind"] == "now"]
    if now.empty:
        return t("charts.nothing")
    first, last = now.iloc[0], now.iloc[-1]
    return t(
        "portfolio.curve_alt", n=len(now), least=first["saving_text"], pain=first["pain_text"],
        most=last["saving_text"], worst=last["pain_text"],
    )  # fmt: skip
