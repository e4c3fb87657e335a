"""Every chart: a spec that Vega-Lite accepts and draws, in both languages, and words for who cannot see."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import pytest
import vl_convert

from feedback.charts import (
    area_grades,
    grade_trend,
    heatmap,
    map_labels,
    palette,
    remark_map,
    savings_map,
    tone_bars,
)
from feedback.i18n import LANGUAGES, Language
from feedback.savings.impact import Cuts

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


MAKERS = [make_heatmap, make_bars, make_trend, make_areas, make_map, make_named_map, make_savings]
every_chart = pytest.mark.parametrize("make", MAKERS)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def with_data(chart: Chart) -> dict[str, Any]:
    return {
        **chart.spec,
        "data": {"values": json.loads(chart.data.to_json(orient="records", date_format="iso"))},
    }


def selections(spec: dict[str, Any]) -> list[tuple[dict[str, Any], list[str]]]:
    """Selection parameters of a spec and its layers, with the names of the layers beside them."""
    names = [layer.get("name", "") for layer in spec.get("layer", [])]
    found = [(param, names) for param in spec.get("params", []) if "select" in param]
    return found + [pair for layer in spec.get("layer", []) for pair in selections(layer)]


@every_chart
@both_languages
def test_the_spec_is_vega_lite(make: Any, language: Language) -> None:
    alt.Chart.from_dict(with_data(make(language)), validate=True)


@every_chart
@both_languages
def test_the_spec_is_drawn_without_complaints(make: Any, language: Language, capfd: pytest.CaptureFixture[str]) -> None:
    svg = vl_convert.vegalite_to_svg(with_data(make(language)))
    assert svg.count("<path") + svg.count("<text") > 5
    assert "NaN" not in svg.replace("NaN-", "")
    assert "undefined" not in svg


@every_chart
def test_the_spec_holds_no_data_and_no_background(make: Any) -> None:
    spec = make("nl").spec
    assert "data" not in spec
    assert "background" not in spec
    assert "background" not in spec.get("config", {})
    assert len(json.dumps(spec)) < 12_000


@every_chart
def test_a_click_tells_what_was_clicked(make: Any) -> None:
    chart = make("nl")
    ((pick, names),) = [(param, names) for param, names in selections(chart.spec) if param["name"] == "pick"]
    assert pick["select"]["fields"] == chart.picks
    assert set(chart.picks) <= set(chart.data)
    assert set(pick.get("views", [])) <= set(names)


@every_chart
def test_figures_and_days_are_written_as_in_the_language(make: Any) -> None:
    numbers = {language: make(language).spec["config"]["locale"]["number"] for language in LANGUAGES}
    assert (numbers["nl"]["decimal"], numbers["en"]["decimal"]) == (",", ".")


@every_chart
def test_who_cannot_see_the_chart_is_told(make: Any) -> None:
    words = {language: make(language).words for language in LANGUAGES}
    assert all(len(text) > 20 and "charts." not in text for text in words.values())
    assert words["nl"] != words["en"]


def test_every_field_of_a_spec_is_in_the_data() -> None:
    for make in MAKERS:
        chart = make("nl")
        made = {step["as"] for step in chart.spec.get("transform", []) if "as" in step}
        assert fields(chart.spec) <= set(chart.data) | made, make.__name__


def fields(part: Any) -> set[str]:
    if isinstance(part, list):
        return set().union(*map(fields, part))
    if not isinstance(part, dict):
        return set()
    own = {part["field"]} if isinstance(part.get("field"), str) else set()
    return own.union(*(fields(value) for key, value in part.items() if key != "data"))


def test_the_months_are_dutch() -> None:
    svg = vl_convert.vegalite_to_svg(with_data(make_trend("nl")))
    assert "mrt 2026" in svg or "mei 2026" in svg


def test_nothing_to_show_is_said() -> None:
    empty = heatmap.cells(remarks().iloc[:0], THEMES, AREAS, most=5)
    assert heatmap.alt(empty, "nl") == "Er is nog niets om te tonen."
    alt.Chart.from_dict({**heatmap.spec(empty, "nl"), "data": {"values": []}}, validate=True)
    for module in (grade_trend, area_grades):
        table = make_trend("nl").data.assign(area_name="").iloc[:0]
        assert module.alt(table, "en") == "There is nothing to show yet."
        alt.Chart.from_dict({**module.spec(table, "nl"), "data": {"values": []}}, validate=True)


def test_the_heat_map_counts_remarks_and_people_of_the_largest_themes() -> None:
    table = heatmap.cells(remarks(), THEMES, AREAS, most=1)
    assert table[["theme", "area", "remarks", "people"]].to_numpy().tolist() == [
        ["mail", "ict", 2, 2],
        ["mail", "hr", 1, 0],
    ]
    assert "Warmtekaart van 1 thema's en 2 diensten" in heatmap.alt(table, "nl")


def test_bars_hold_the_parts_of_a_theme_from_bad_to_good() -> None:
    table = make_bars("nl").data
    assert table[["value", "tone", "remarks", "people"]].to_numpy().tolist() == [
        ["mail", "neg", 2, 1], ["mail", "pos", 1, 1], ["wifi", "neg", 1, 1], ["loket", "neu", 1, 1],
    ]  # fmt: skip


@both_languages
def test_a_survey_is_a_square_in_every_language(language: Language) -> None:
    shape = make_trend(language).spec["layer"][-1]["encoding"]["shape"]
    assert shape["scale"] == {"domain": ["sessie", "enquête"], "range": ["circle", "square"]}


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("background", ["#ffffff", "#12171f"])
def test_marks_stand_out_on_light_and_on_dark(background: str) -> None:
    colours = [*palette.TONES.values(), palette.ACCENT, palette.QUIET, *savings_map.COLOURS.values()]
    assert [colour for colour in colours if contrast(colour, background) < 3] == []
