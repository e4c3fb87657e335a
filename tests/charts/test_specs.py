"""Every chart: a spec that Vega-Lite accepts and draws, in both languages, and words for who cannot see."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pytest
import vl_convert

from feedback.charts import area_grades, grade_trend, heatmap
from feedback.i18n import LANGUAGES, Language
from tests.charts.made import (
    AREAS,
    MAKERS,
    THEMES,
    make_bars,
    make_map,
    make_savings,
    make_trend,
    remarks,
    with_data,
)

every_chart = pytest.mark.parametrize("make", MAKERS)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


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


def test_an_axis_does_not_wait_for_the_data() -> None:
    """Vega draws without data first, and complains in the browser's console."""
    for make in (make_bars, make_trend, make_map):
        axes = [part["scale"] for part in scales(make("nl").spec)]
        assert axes and all("domain" in scale for scale in axes), make.__name__


def scales(part: Any) -> list[dict[str, Any]]:
    """Find the axes of amounts and days."""
    if isinstance(part, list):
        return [one for each in part for one in scales(each)]
    if not isinstance(part, dict):
        return []
    own = [part] if part.get("type") in ("quantitative", "temporal") and "scale" in part else []
    return own + [one for value in part.values() for one in scales(value)]


def test_names_stand_beside_the_dots_of_savings_on_a_telephone_too() -> None:
    table = make_savings("nl").data
    assert list(table["label"]) == ["Licenties opzeggen", "Minder printen"]
    assert list(table["short_label"]) == ["Licenties opzeggen", "Minder printen"]
