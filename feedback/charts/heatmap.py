"""Themes against service areas: how many remarks each pair has."""

from __future__ import annotations

from typing import Any

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
    known = remarks.loc[remarks["theme"].notna() & remarks["area"].notna(), ["theme", "area", "person"]]
    largest = known["theme"].value_counts()
    largest = largest[largest > 0].iloc[:most]
    groups = known[known["theme"].isin(largest.index)].groupby(["theme", "area"], observed=True)["person"]
    table = pd.DataFrame({"remarks": groups.size(), "people": groups.nunique()}).reset_index()
    for name in ("theme", "area"):
        table[name] = table[name].astype("str")
    table["theme_name"] = table["theme"].map(themes)
    table["area_name"] = table["area"].map(areas)
    order = {str(theme): at for at, theme in enumerate(largest.index)}
    place = {area: at for at, area in enumerate(areas)}
    table = table.sort_values(
        ["theme", "area"], key=lambda column: column.map(order if column.name == "theme" else place)
    )
    table["area_at"] = table["area"].map(place)
    return table[["theme", "area", "theme_name", "area_name", "area_at", "remarks", "people"]].reset_index(drop=True)


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
