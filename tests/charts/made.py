"""Every chart as a page makes it, from a handful of rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pandas as pd

from feedback.charts import (
    area_grades,
    driver_bars,
    expectation,
    frontier,
    grade_trend,
    heatmap,
    map_labels,
    priority_map,
    remark_map,
    savings_course,
    savings_map,
    savings_worth,
    tone_bars,
)
from feedback.i18n import Language
from feedback.savings import worth
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
            "whom": ["", "Museum −2", ""], "voice": ["Niemand opent ze.", "", ""], "sure": [1.0, 0.8, 0.0],
        }
    )  # fmt: skip
    table = savings_map.marks(ideas, Cuts(20000, 500), language)
    return Chart(
        table,
        savings_map.spec(table, Cuts(20000, 500), language),
        savings_map.alt(table, language),
        ["idea_id"],
    )


def make_worth(language: Language) -> Chart:
    votes = pd.DataFrame(
        {"area": ["ict", "hr"], "asked_on": pd.Timestamp("2026-10-13"), "more": [6, 1], "keep": [2, 5], "less": [1, 4]}
    )
    table = savings_worth.bars(worth.totals(votes), {"ict": "ICT", "hr": "HR"}, language)
    return Chart(table, savings_worth.spec(table, language), savings_worth.alt(table, language), ["area"])


def make_course(language: Language) -> Chart:
    days = pd.to_datetime(["2026-01-01", "2026-05-01"])
    book = pd.DataFrame(
        {"idea_id": [1, 2], "title": ["Een <b>", "Twee"], "taken_on": days, "eur_realised": [26500.0, 8500.0]}
    )
    course = pd.DataFrame(
        {
            "date": days,
            "grade": [6.5, 6.7],
            "low": [6.1, 6.4],
            "high": [6.9, 7.0],
            "n": [40, 44],
            "session": ["Een", "Twee"],
        }
    )
    table = savings_course.points(book, course, language)
    return Chart(table, savings_course.spec(table, language), savings_course.alt(table, language), ["idea_id"])


def make_frontier(language: Language) -> Chart:
    chosen = Portfolio(80_000, True, ("1",), 84_000, 0, 2, 120, {}, 93_000)
    now = [Point(84_000, 120), Point(93_000, 1020)]
    table = frontier.marks(now, [Point(84_000, 100), Point(95_000, 900)], chosen, language)
    return Chart(table, frontier.spec(table, 80_000, language), frontier.alt(table, language), ["saving"])


def make_aspects(language: Language) -> Chart:
    table = pd.DataFrame(
        {
            "area": ["ict", "ict", "hr"], "area_name": ["ICT", "ICT", "HR"], "aspect": ["snelheid", "kosten", "kosten"],
            "aspect_name": ["Snelheid", "Kosten", "Kosten"], "aspect_at": [0, 1, 1], "remarks": [9, 2, 3], "people": [8, 2, 3],
            "negative": [7, 0, 1],
        }
    )  # fmt: skip
    told = {"negative": "columns.negative", "remarks": "charts.remarks"}
    spec = heatmap.spec(table, language, row="area", column="aspect", value="negative", told=told)
    words = {"nl": "Warmtekaart van diensten en aspecten.", "en": "Heat map of services and aspects."}
    return Chart(table, spec, words[language], ["area", "aspect"])


def make_priority(language: Language) -> Chart:
    table = pd.DataFrame(
        {
            "importance": [8.9, 6.0], "importance_low": [8.5, 5.5], "importance_high": [9.2, 6.6], "importance_n": [80, 75],
            "grade": [5.8, 7.2], "low": [5.5, 6.3], "high": [6.0, 8.0], "n": [84, 12], "quadrant": ["first", "less"],
            "sure": [True, False],
        },
        index=pd.Index(["ict", "hr"], name="area"),
    )  # fmt: skip
    dots = priority_map.marks(table, AREAS, language)
    spec = priority_map.spec(dots, 7.4, 6.5, language, stated=True)
    return Chart(dots, spec, priority_map.alt(dots, language), ["area"])


def make_drivers(language: Language) -> Chart:
    table = pd.DataFrame(
        {
            "theme": ["wifi", "mail"], "theme_name": [THEMES["wifi"], THEMES["mail"]], "n_with": [25, 6],
            "grade_with": [6.0, 7.1], "n_without": [158, 177], "without": [6.7, 6.5], "low": [6.5, 6.4],
            "high": [6.8, 6.7], "pull": [-0.09, 0.02], "clear": [True, False], "clear_name": ["duidelijk", "ruis"],
        }
    )  # fmt: skip
    return Chart(table, driver_bars.spec(table, language), driver_bars.alt(table, language), ["theme"])


def make_beside(language: Language) -> Chart:
    nothing = {f"{kind}{end}": None for kind in ("expected", "estimate") for end in ("", "_low", "_high", "_n")}
    table = pd.DataFrame(
        [
            {"grade": 5.8, "low": 5.5, "high": 6.1, "n": 84, **nothing, "expected": 7.4, "expected_low": 7.1,
             "expected_high": 7.7, "expected_n": 80, "estimate": 7.2, "estimate_low": 6.8, "estimate_high": 7.6, "estimate_n": 25},
            {"grade": 7.1, "low": None, "high": None, "n": 1, **nothing},
        ],
        index=pd.Index(["ict", "hr"], name="area"),
    )  # fmt: skip
    dots = expectation.marks(table, AREAS, language)
    return Chart(dots, expectation.spec(dots, language), expectation.alt(dots, language), ["area"])


MAKERS = [
    make_beside,
    make_aspects,
    make_priority,
    make_drivers,
    make_heatmap,
    make_bars,
    make_trend,
    make_areas,
    make_map,
    make_named_map,
    make_savings,
    make_frontier,
    make_worth,
    make_course,
]


def with_data(chart: Chart) -> dict[str, Any]:
    return {
        **chart.spec,
        "data": {"values": json.loads(chart.data.to_json(orient="records", date_format="iso"))},
    }
