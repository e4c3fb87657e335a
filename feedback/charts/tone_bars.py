"""Stacked bars of remarks by tone: a bar for every aspect, session or whatever remarks are counted by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, translator

ROW_HEIGHT = 24
# Streamlit counts axis and legend in.
AROUND = 108
# From bad to good.
TONES = tuple(palette.TONES)


def counts(remarks: pd.DataFrame, by: str, names: Mapping[Any, str], language: Language) -> pd.DataFrame:
    """Count remarks and people by tone.

    Parameters
    ----------
    remarks : DataFrame
        sentiment, person and the column `by`.
    by : str
        Column to count by.
    names : mapping
        Value to name, in the order to show; other values are left out.
    language : {"nl", "en"}

    Returns
    -------
    DataFrame
        value, name, tone (key), tone_name, place (of the tone, from bad to good), remarks, people; only what has
        remarks.
    """
    t = translator(language)
    known = remarks.loc[remarks[by].notna(), [by, "sentiment", "person"]]
    groups = known.groupby([by, "sentiment"], observed=True)["person"]
    table = pd.DataFrame({"remarks": groups.size(), "people": groups.nunique()}).reset_index()
    table = table.rename(columns={by: "value", "sentiment": "tone"})
    table = table[table["value"].isin(list(names))]
    table["tone"] = table["tone"].astype("str")
    order = {value: at for at, value in enumerate(names)}
    table["place"] = table["tone"].map({tone: at for at, tone in enumerate(TONES)}).astype(int)
    table = table.assign(order=table["value"].map(order).astype(int)).sort_values(["order", "place"])
    table["value"] = table["value"].astype(object)
    table["name"] = table["value"].map(names)
    table["tone_name"] = table["tone"].map({tone: t(f"sentiment.{tone}") for tone in TONES})
    return table[["value", "name", "tone", "tone_name", "place", "remarks", "people"]].reset_index(drop=True)


def spec(table: pd.DataFrame, language: Language, *, title: str) -> dict[str, Any]:
    """Describe the bars.

    Parameters
    ----------
    table : DataFrame
        See `counts`.
    language : {"nl", "en"}
    title : str
        What a bar stands for, for the tooltip.

    Returns
    -------
    dict
        Vega-Lite; pieces of a bar are clickable, told by value and tone.
    """
    t = translator(language)
    rows = list(dict.fromkeys(table["name"]))
    # Vega first draws without data, and complains where the end of the axis would come from them.
    longest = int(table.groupby("name")["remarks"].sum().max()) if len(table) else 1
    colour = {
        "field": "tone_name", "type": "nominal", "legend": {"orient": "top", "title": None, "symbolSize": 60, "columns": 2},
        "scale": {"domain": [t(f"sentiment.{tone}") for tone in TONES], "range": list(palette.TONES.values())},
    }  # fmt: skip
    tooltip = [
        {"field": "name", "title": title}, {"field": "tone_name", "title": t("charts.tone")},
        {"field": "remarks", "title": t("charts.remarks"), "format": ",d"},
        {"field": "people", "title": t("charts.people"), "format": ",d"},
    ]  # fmt: skip
    return palette.base(
        language,
        height=ROW_HEIGHT * max(len(rows), 1) + AROUND,
        params=palette.pick("value", "tone"),
        mark={"type": "bar", "cursor": "pointer", "cornerRadius": 2, "height": {"band": 0.75}},
        encoding={
            "y": {
                "field": "name", "type": "nominal", "sort": rows, "title": None,
                "axis": {"labelPadding": 6, "labelLimit": 200, "labelOverlap": False},
            },
            "x": {
                "field": "remarks", "type": "quantitative", "title": None, "stack": True,
                "scale": {"domain": [0, longest], "nice": True},
                "axis": {"grid": True, "tickMinStep": 1, "tickCount": 5, "format": ",d"},
            },
            "color": colour,
            "order": {"field": "place", "type": "quantitative"},
            "tooltip": tooltip,
        },
    )  # fmt: skip


def alt(table: pd.DataFrame, language: Language) -> str:
    """Tell what the bars show: the longest, and the one with most that is negative."""
    t = translator(language)
    if table.empty:
        return t("charts.nothing")
    sizes = table.groupby("name", sort=False)["remarks"].sum()
    bad = table[table["tone"] == "neg"].set_index("name")["remarks"]
    return t(
        "charts.tones_alt", bars=len(sizes), most=sizes.idxmax(), n=int(sizes.max()),
        worst=bad.idxmax() if len(bad) else sizes.idxmax(), negative=int(bad.max()) if len(bad) else 0,
    )  # fmt: skip
