"""Themes against service areas: how many remarks each pair has."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, translator

ROW_HEIGHT = 25
# The luminance on which black and white letters stand out alike, both at 4.58:1.
HALFWAY = 0.179
# On a phone: labels upright and short.
NARROW = "containerSize()[0] < 480"


def cells(remarks: pd.DataFrame, themes: dict[str, str], areas: dict[str, str], *, most: int) -> pd.DataFrame:
    """Count remarks and people for every theme and service area.

    Parameters
    ----------
    remarks : DataFrame
        theme, area (keys), person.
    themes, areas : dict of str to str
        Key to name; areas in the order to show.
    most : int
        Only the largest themes, so many.

    Returns
    -------
    DataFrame
        theme, area (keys), theme_name, area_name, area_at (place in the order), remarks, people; largest theme first, only cells with remarks.
    """
    known = remarks[["theme", "area", "person"]].astype("category")
    theme, area, person = (known[name].cat.codes.to_numpy().astype(np.int64) for name in known)
    keys = {name: [str(key) for key in known[name].cat.categories] for name in ("theme", "area")}
    both = (theme >= 0) & (area >= 0)
    sizes = np.bincount(theme[both], minlength=len(keys["theme"]))
    largest = [at for at in np.argsort(-sizes, kind="stable")[:most] if sizes[at]]
    width, persons = max(len(keys["area"]), 1), int(person.max(initial=0)) + 1
    cell = theme * width + area
    said = np.bincount(cell[both], minlength=len(keys["theme"]) * width)
    who = both & (person >= 0)
    voices = np.bincount(np.unique(cell[who] * persons + person[who]) // persons, minlength=len(said))
    place = {area: at for at, area in enumerate(areas)}
    order = sorted(range(len(keys["area"])), key=lambda at: place.get(keys["area"][at], len(place)))
    found = [(row, column) for row in largest for column in order if said[row * width + column]]
    rows = [(keys["theme"][row], keys["area"][column], row * width + column) for row, column in found]
    return pd.DataFrame(
        {
            "theme": pd.Series([theme for theme, _, _ in rows], dtype="str"),
            "area": pd.Series([area for _, area, _ in rows], dtype="str"),
            "theme_name": pd.Series([themes.get(theme) for theme, _, _ in rows], dtype="str"),
            "area_name": pd.Series([areas.get(area) for _, area, _ in rows], dtype="str"),
            "area_at": [place.get(area) for _, area, _ in rows],
            "remarks": [int(said[at]) for _, _, at in rows],
            "people": [int(voices[at]) for _, _, at in rows],
        }
    )


def spec(table: pd.DataFrame, language: Language) -> dict[str, Any]:
    """Describe the heat map.

    Parameters
    ----------
    table : DataFrame
        See `cells`.
    language : {"nl", "en"}

    Returns
    -------
    dict
        Vega-Lite; cells are clickable, told by theme and area.
    """
    t = translator(language)
    themes = list(dict.fromkeys(table["theme_name"]))
    areas = list(dict.fromkeys(table.sort_values("area_at")["area_name"]))
    highest = int(table["remarks"].max()) if len(table) else 1
    position = {
        "y": {
            "field": "theme_name",
            "type": "nominal",
            "sort": themes,
            "title": None,
            "axis": {"labelPadding": 6, "labelOverlap": False, "labelLimit": {"expr": f"{NARROW} ? 120 : 260"}},
        },
        "x": {
            "field": "area_name",
            "type": "nominal",
            "sort": areas,
            "title": None,
            "axis": {
                "orient": "top",
                "labelOverlap": False,
                "labelAlign": "left",
                "labelBaseline": "middle",
                "labelOffset": {"expr": f"{NARROW} ? 0 : -6"},
                "labelAngle": {"expr": f"{NARROW} ? -90 : -35"},
            },
        },
    }
    tooltip = [
        {"field": "theme_name", "title": t("charts.theme")}, {"field": "area_name", "title": t("charts.area")},
        {"field": "remarks", "title": t("charts.remarks"), "format": ",d"}, {"field": "people", "title": t("charts.people"), "format": ",d"},
    ]  # fmt: skip
    # From below nought, so that one remark stands out from the background.
    colour = {
        "field": "remarks", "type": "quantitative", "legend": None, "scale": {"domain": [-0.2 * highest, highest]},
    }  # fmt: skip
    return palette.base(
        language,
        height=ROW_HEIGHT * max(len(themes), 1),
        # Below, room for Streamlit's buttons, which would cover the last row.
        padding={"left": 5, "top": 5, "right": _overhang(areas), "bottom": 28},
        # The height is that of the rows; the names of the areas come on top of it.
        autosize={"type": "fit-x", "contains": "padding"},
        params=palette.pick("theme", "area", view="cells"),
        encoding={**position, "tooltip": tooltip},
        layer=[
            {
                "name": "cells",
                "mark": {
                    "type": "rect",
                    "cornerRadius": 3,
                    "cursor": "pointer",
                    "stroke": "transparent",
                    "strokeWidth": 2,
                },
                "encoding": {"color": colour},
            },
            {
                "mark": {"type": "text", "fontSize": 12, "cursor": "pointer", "tooltip": None},
                "encoding": {
                    "text": {"field": "remarks", "format": ",d"},
                    "color": {
                        "condition": {
                            "test": f"luminance(scale('color', datum.remarks)) < {HALFWAY}",
                            "value": "#ffffff",
                        },
                        "value": "#000000",
                    },
                },
            },
        ],
    )


def _overhang(areas: list[str]) -> int:
    """Give the pixels that slanted names stick out on the right; on a screen Vega does not count them."""
    places = range(len(areas) - 1, -1, -1)
    return max([5, *(round(5.2 * len(name)) - 16 - 30 * place for name, place in zip(areas, places, strict=True))])


def alt(table: pd.DataFrame, language: Language) -> str:
    """Tell what the heat map shows: the largest cell."""
    t = translator(language)
    if table.empty:
        return t("charts.nothing")
    top = table.iloc[int(table["remarks"].argmax())]
    return t(
        "charts.heatmap_alt", themes=table["theme"].nunique(), areas=table["area"].nunique(), theme=top["theme_name"],
        area=top["area_name"], n=int(top["remarks"]),
    )  # fmt: skip
