"""Heat maps: themes against service areas, service areas against aspects or against each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from feedback.charts import palette
from feedback.codes import codes_of, distinct_of
from feedback.i18n import Language, translator

ROW_HEIGHT = 25
# The luminance on which black and white letters stand out alike, both at 4.58:1.
HALFWAY = 0.179
TOLD = {"remarks": "charts.remarks", "people": "charts.people"}
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
    numbers = {name: codes_of(remarks[name]) for name in ("theme", "area", "person")}
    theme, area, person = (codes for codes, _ in numbers.values())
    keys = {name: list(map(str, values)) for name, (_, values) in numbers.items()}
    both = (theme >= 0) & (area >= 0)
    sizes = np.bincount(theme[both], minlength=len(keys["theme"]))
    largest = [at for at in np.argsort(-sizes, kind="stable")[:most] if sizes[at]]
    width = max(len(keys["area"]), 1)
    cell = np.where(both, theme * width + area, -1)
    said = np.bincount(cell[both], minlength=len(keys["theme"]) * width)
    voices = distinct_of(cell, person, len(said))
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


def spec(
    table: pd.DataFrame,
    language: Language,
    *,
    row: str = "theme",
    column: str = "area",
    value: str = "remarks",
    told: Mapping[str, str] = TOLD,
    titles: tuple[str | None, str | None] = (None, None),
) -> dict[str, Any]:
    """Describe the heat map.

    Parameters
    ----------
    table : DataFrame
        See `cells`; or alike, with other rows, columns and values.
    language : {"nl", "en"}
    row, column : str
        What stands on the left and on top; names are in `<row>_name`, the order of columns in `<column>_at`.
    value : str
        The count that is written and coloured.
    told : mapping of str to str
        Fields of the tooltip, whole numbers, and the key of the name of each.
    titles : (str or None, str or None)
        Of the axes: on the left, and on top.

    Returns
    -------
    dict
        Vega-Lite; cells are clickable, told by row and column.
    """
    t = translator(language)
    themes = list(dict.fromkeys(table[f"{row}_name"]))
    areas = list(dict.fromkeys(table.sort_values(f"{column}_at")[f"{column}_name"]))
    highest = max(int(table[value].max()), 1) if len(table) else 1
    position = {
        "y": {
            "field": f"{row}_name",
            "type": "nominal",
            "sort": themes,
            "title": titles[0],
            "axis": {"labelPadding": 6, "labelOverlap": False, "labelLimit": {"expr": f"{NARROW} ? 120 : 260"}},
        },
        "x": {
            "field": f"{column}_name",
            "type": "nominal",
            "sort": areas,
            "title": titles[1],
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
        {"field": f"{row}_name", "title": t(f"charts.{row}")}, {"field": f"{column}_name", "title": t(f"charts.{column}")},
        *({"field": field, "title": t(key), "format": ",d"} for field, key in told.items()),
    ]  # fmt: skip
    # From below nought, so that one remark stands out from the background.
    colour = {
        "field": value, "type": "quantitative", "legend": None, "scale": {"domain": [-0.2 * highest, highest]},
    }  # fmt: skip
    return palette.base(
        language,
        height=ROW_HEIGHT * max(len(themes), 1),
        # Below, room for Streamlit's buttons, which would cover the last row.
        padding={"expr": f"{{left: 5, top: 5, right: {NARROW} ? 5 : {_overhang(areas)}, bottom: 28}}"},
        # The height is that of the rows; the names of the areas come on top of it.
        autosize={"type": "fit-x", "contains": "padding"},
        params=palette.pick(row, column, view="cells"),
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
                    "text": {"field": value, "format": ",d"},
                    "color": {
                        "condition": {
                            "test": f"luminance(scale('color', datum.{value})) < {HALFWAY}",
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
