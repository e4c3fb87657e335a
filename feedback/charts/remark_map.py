"""All remarks as dots: near each other when they say alike things, coloured by service area."""

from __future__ import annotations

from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, translator

HEIGHT = 520


def spec(dots: pd.DataFrame, language: Language) -> dict[str, Any]:
    """Describe the map.

    Parameters
    ----------
    dots : DataFrame
        remark_id, x, y, theme, area (names as shown).
    language : {"nl", "en"}

    Returns
    -------
    dict
        Vega-Lite; a dot can be clicked (`pick`) and a frame drawn around several (`frame`).
    """
    t = translator(language)
    areas = sorted(dots["area"].dropna().astype("str").unique())
    return palette.base(
        language,
        height=HEIGHT,
        params=[*palette.pick("remark_id"), {"name": "frame", "select": {"type": "interval"}}],
        mark={"type": "circle", "size": 70, "opacity": 0.8, "cursor": "pointer"},
        encoding={
            "x": _axis(dots, "x"),
            "y": _axis(dots, "y"),
            "color": {"field": "area", "type": "nominal", "scale": {"domain": areas}},
            "tooltip": [
                {"field": "theme", "title": t("charts.theme")},
                {"field": "area", "title": t("charts.area")},
            ],
        },
    )


def _axis(dots: pd.DataFrame, name: str) -> dict[str, Any]:
    # Vega first draws without data, and complains where the ends of an axis would come from them.
    ends = [float(dots[name].min()), float(dots[name].max())] if len(dots) else [0.0, 1.0]
    return {
        "field": name, "type": "quantitative", "axis": None,
        "scale": {"domain": ends, "zero": False, "nice": False, "padding": 12},
    }  # fmt: skip


def alt(dots: pd.DataFrame, language: Language) -> str:
    """Tell what the map shows."""
    return translator(language)("charts.map_alt", n=len(dots), themes=dots["theme"].nunique())
