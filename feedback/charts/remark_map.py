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
    none = {"axis": None, "scale": {"zero": False, "nice": False, "padding": 12}}
    return palette.base(
        language,
        height=HEIGHT,
        params=[*palette.pick("remark_id"), {"name": "frame", "select": {"type": "interval"}}],
        mark={"type": "circle", "size": 70, "opacity": 0.8, "cursor": "pointer"},
        encoding={
            "x": {"field": "x", "type": "quantitative", **none},
            "y": {"field": "y", "type": "quantitative", **none},
            "color": {
                "field": "area",
                "type": "nominal",
                "scale": {"domain": areas, "range": list(palette.CATEGORIES)},
            },
            "tooltip": [
                {"field": "theme", "title": t("charts.theme")},
                {"field": "area", "title": t("charts.area")},
            ],
        },
    )


def alt(dots: pd.DataFrame, language: Language) -> str:
    """Tell what the map shows."""
    return translator(language)("charts.map_alt", n=len(dots), themes=dots["theme"].nunique())
