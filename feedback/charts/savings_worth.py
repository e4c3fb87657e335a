"""What the panel voted that services are worth: a bar a service, from can be less to worth more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, number, percent, translator
from feedback.savings.worth import ANSWERS

COLOURS = {"less": palette.TONES["neg"], "keep": palette.TONES["neu"], "more": palette.TONES["pos"]}
ROW_HEIGHT = 30
# Streamlit counts axis and legend in.
AROUND = 112


def bars(totals: pd.DataFrame, names: Mapping[str, str], language: Language) -> pd.DataFrame:
    """Give the pieces of the bars.

    Parameters
    ----------
    totals : DataFrame
        See `savings.worth.totals`.
    names : mapping of str to str
        Area's key to its name.
    language : {"nl", "en"}

    Returns
    -------
    DataFrame
        area, area_name, answer (key), answer_name, place, votes, share (0..1), text and n; a row a service and answer.
    """
    t = translator(language)
    rows = [
        {
            "area": row["area"], "area_name": names.get(row["area"], row["area"]), "answer": answer,
            "answer_name": t(f"savings.worth_{answer}"), "place": place, "votes": int(row[answer]),
            "share": row[answer] / max(row["n"], 1), "n": int(row["n"]),
            "text": f"{percent(row[answer] / max(row['n'], 1), language)} ({number(int(row[answer]), language)})",
        }
        for row in totals.to_dict("records")
        for place, answer in enumerate(ANSWERS)
    ]  # fmt: skip
    columns = ["area", "area_name", "answer", "answer_name", "place", "votes", "share", "n", "text"]
    return pd.DataFrame(rows, columns=columns)


def spec(table: pd.DataFrame, language: Language) -> dict[str, Any]:
    """Describe the bars.

    Parameters
    ----------
    table : DataFrame
        See `bars`.
    language : {"nl", "en"}

    Returns
    -------
    dict
        Vega-Lite without data; every bar is as long, because services are compared by share; a click picks `area`.
    """
    t = translator(language)
    names = list(dict.fromkeys(table["area_name"]))
    colour = {
        "field": "answer_name", "type": "nominal", "legend": {"orient": "top", "title": None, "symbolSize": 60, "columns": 2},
        "scale": {"domain": [t(f"savings.worth_{key}") for key in ANSWERS], "range": [COLOURS[key] for key in ANSWERS]},
    }  # fmt: skip
    return palette.base(
        language,
        height=ROW_HEIGHT * max(len(names), 1) + AROUND,
        params=palette.pick("area"),
        mark={"type": "bar", "cursor": "pointer", "cornerRadius": 2, "height": {"band": 0.7}},
        encoding={
            "y": {
                "field": "area_name", "type": "nominal", "sort": names, "title": None,
                "axis": {"labelPadding": 6, "labelLimit": 160, "labelOverlap": False},
            },
            "x": {
                "field": "share", "type": "quantitative", "title": None, "stack": "zero",
                "scale": {"domain": [0, 1], "nice": False}, "axis": {"format": ".0%", "tickCount": 5, "grid": True},
            },
            "color": colour,
            "order": {"field": "place", "type": "quantitative"},
            "tooltip": [
                {"field": "area_name", "title": t("remarks.area")},
                {"field": "answer_name", "title": t("savings.worth_answer")},
                {"field": "text", "title": t("savings.worth_votes")},
            ],
        },
    )  # fmt: skip


def alt(table: pd.DataFrame, language: Language) -> str:
    """Say in words what the bars show.

    Parameters
    ----------
    table : DataFrame
        See `bars`.
    language : {"nl", "en"}

    Returns
    -------
    str
    """
    t = translator(language)
    if table.empty:
        return t("charts.nothing")
    less = table[table["answer"] == "less"].set_index("area_name")["text"]
    more = table[table["answer"] == "more"].sort_values("share").set_index("area_name")["text"]
    return t(
        "savings.worth_alt",
        n=len(less),
        least=less.index[0],
        less=less.iloc[0],
        most=more.index[-1],
        more=more.iloc[-1],
    )
