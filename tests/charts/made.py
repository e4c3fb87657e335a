"""Every chart as a page makes it, from a handful of rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pandas as pd

from feedback.charts import area_grades, frontier, grade_trend, heatmap, map_labels, remark_map, savings_map, tone_bars
from feedback.i18n import Language
from feedback.savings.impact import Cuts
from feedback.savings.portfolio import Point, Portfolio

THEMES = {"mail": "Trage <b>mail</b>", "wifi": "Wifi 'valt' weg", "loket": "Eén loket"}
AREAS = {"ict": "ICT", "hr": "HR", "algemeen": "Algemeen"}


@dataclass(frozen=True)
class Chart:
    """A chart as a page makes it: what it sends, how it is drawn, what it says."""

    data: pd.DataFrame
    spec: dict[str, Any]
    words: str
    picks: list[str]


def remarks() -> pd.DataFrame:
    rows = [
        ("mail", "ict", "m1"),
        ("mail", "ict", "m2"),
        ("mail", "hr", None),
        ("wifi", "ict", "m1"),
        ("loket", "algemeen", "m3"),
        (None, "ict", "m3"),
    ]
    return pd.DataFrame(rows, columns=["theme", "area", "person"], dtype="category")


def make_heatmap(language: Language) -> Chart:
    table = heatmap.cells(remarks(), THEMES, AREAS, most=2)
    return Chart(table, heatmap.spec(table, language), heatmap.alt(table, language), ["theme", "area"])


def make_bars(language: Language) -> Chart:
    tones = ["pos", "neg", "neg", "neg", "neu", "mixed"]
    table = tone_bars.counts(remarks().assign(sentiment=pd.Categorical(tones)), "theme", THEMES, language)
    spec = tone_bars.spec(table, language, title="Thema")
    return Chart(table, spec, tone_bars.alt(table, language), ["value", "tone"])


def make_trend(language: Language) -> Chart:
    table = pd.DataFrame(
        {
            "session_id": [1, 2], "session": ["Voorjaar", "Enquête"],
            "kind": ["session", "survey"], "kind_name": ["sessie", "enquête"],
            "date": pd.to_datetime(["2026-03-17", "2026-09-15"]), "grade": [6.3, 6.9], "low": [5.8, None],
            "high": [6.8, None], "n": [26, 1],
        }
    )  # fmt: skip
    return Chart(table, grade_trend.spec(table, language), grade_trend.alt(table, language), ["session_id"])


def make_areas(language: Language) -> Chart:
    table = pd.DataFrame(
        {
            "area": ["ict", "hr"],
            "area_name": ["ICT", "HR"],
            "grade": [5.6, 7.1],
            "low": [5.1, None],
            "high": [6.1, None],
            "n": [30, 1],
            "told": ["5,6 (n = 30)", "7,1 (n = 1)"],
        }
    )
    return Chart(table, area_grades.spec(table, language), area_grades.alt(table, language), ["area"])


def dots() -> pd.DataFrame:
    table = pd.DataFrame({"remark_id": range(6), "x": [0, 0.1, 0.2, 1, 1.1, 1.2], "y": [0, 0.2, 0.1, 1, 0.9, 0.8]})
    table["theme"] = pd.Categorical(["Mail"] * 3 + ["Wifi"] * 3)
    table["area"] = pd.Categorical(["ICT"] * 5 + [None])
    return table.astype({"remark_id": "int32", "x": "float32", "y": "float32"})


def make_map(language: Language) -> Chart:
    return Chart(dots(), remark_map.spec(dots(), language), remark_map.alt(dots(), language), ["remark_id"])


def make_named_map(language: Language) -> Chart:
    table = dots().assign(label=map_labels.labels(dots()))
    spec = map_labels.with_labels(remark_map.spec(dots(), language))
    return Chart(table, spec, remark_map.alt(dots(), language), ["remark_id"])


def make_savings(language: Language) -> Chart:
    ideas = pd.DataFrame(
        {
            "idea_id": [1, 2, 3], "title": ["Licenties opzeggen", "Minder printen", "Onbekend"],
            "eur": [84000.0, 9000.0, 5000.0],
            "pain": [120.0, 900.0, None], "unknown": [0, 1, 2], "quadrant": ["do", "later", None],
        }
    )  # fmt: skip
    table = savings_map.marks(ideas, language)
    return Chart(
        table,
        savings_map.spec(table, Cuts(20000, 500), language),
        savings_map.alt(table, language),
        ["idea_id"],
    )


def make_frontier(language: Language) -> Chart:
    chosen = Portfolio(80_000, True, ("1",), 84_000, 0, 2, 120, {}, 93_000)
    now = [Point(84_000, 120), Point(93_000, 1020)]
    table = frontier.marks(now, [Point(84_000, 100), Point(95_000, 900)], chosen, language)
    return Chart(table, frontier.spec(table, 80_000, language), frontier.alt(table, language), ["saving"])


MAKERS = [make_heatmap, make_bars, make_trend, make_areas, make_map, make_named_map, make_savings, make_frontier]


def with_data(chart: Chart) -> dict[str, Any]:
    return {
        **chart.spec,
        "data": {"values": json.loads(chart.data.to_json(orient="records", date_format="iso"))},
    }
