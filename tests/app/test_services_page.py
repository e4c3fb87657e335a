"""Diensten: all service areas, one of them, and what a coordinator does there."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from feedback.i18n import LANGUAGES, Language, translator
from feedback.store import frames
from feedback.store.engine import engine, reading, writing
from tests.builders import add_score

App = Callable[..., AppTest]
PAGE = "pages/services.py"


def areas() -> pd.DataFrame:
    with reading(engine()) as session:
        return frames.areas(session=session).set_index("area")


def remarks() -> pd.DataFrame:
    with reading(engine()) as session:
        return frames.remarks(session=session)


def about(area: str) -> int:
    table = remarks()
    return int(((table["area"] == area) | (table["area2"] == area)).sum())


def words(at: AppTest) -> str:
    parts = (*at.title, *at.markdown, *at.caption, *at.info, *at.success, *at.error, *at.metric)
    return " ".join(str(part.value) for part in parts) + " ".join(str(part.proto.body) for part in at.get("html"))


def address(at: AppTest, key: str) -> str | None:
    value = at.query_params.get(key)
    return value[0] if isinstance(value, list) else value


# All service areas ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_area_is_there_with_what_was_said(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang)
    names = areas()[f"name_{lang}"]
    assert at.title[0].value == translator(lang)("services.title")
    assert [button.label for button in at.button if str(button.key).startswith("services.open.")] == [
        f"**{name}**" for name in names
    ]
    assert len(at.get("vega_lite_chart")) == 1
    assert translator(lang)("remarks.count", n=about("ict")) in words(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_panel_says_what_to_do(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang, example=False)
    assert at.info[0].value == translator(lang)("services.empty")
    assert not at.get("vega_lite_chart")


def test_a_name_opens_its_area_and_the_address_goes_along(app: App) -> None:
    at = app(PAGE)
    at.button(key="services.open.hr").click().run()
    assert address(at, "gebied") == "hr"
    assert at.title[0].value == "HR"
    at.button(key="services.back").click().run()
    assert address(at, "gebied") is None
    assert at.title[0].value == "Diensten"


def test_a_dot_opens_its_area(app: App) -> None:
    at = app(PAGE)
    at.session_state["services.dots.0"] = {"selection": {"pick": [{"area": "inkoop"}]}}
    at.run()
    assert at.title[0].value == "Inkoop"


def test_a_filter_on_services_leaves_those(app: App) -> None:
    at = app(PAGE)
    at.multiselect(key="f_dienst").set_value(["ict", "hr"]).run()
    assert {str(button.key) for button in at.button if str(button.key).startswith("services.open.")} == {
        "services.open.ict",
        "services.open.hr",
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_grade_of_a_small_group_is_hidden_and_not_missing(
    app: App, lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    # More than gave any service a grade, fewer than all who spoke.
    monkeypatch.setenv("KLANTPANEL_GROUP_THRESHOLD", "45")
    t = translator(lang)
    at = app(PAGE, lang=lang)
    assert t("services.grades_hidden", n=5) not in words(at)
    at.multiselect(key="f_organisatie").set_value(["1"]).run()
    assert t("services.grades_hidden", n=5) in words(at)
    assert t("services.no_grades", n=5) in words(at)
    assert t("services.no_grade_at_all") not in words(at)


def test_questions_that_count_in_no_grade_stand_apart(app: App) -> None:
    with reading(engine()) as session:
        batch = int(frames.scores(session=session)["batch_id"].iloc[-1])
    with writing(engine()) as session:
        for row in range(1, 8):
            add_score(2.0, question="Zou u <b>ons</b> aanbevelen?", batch_id=batch, row=row, session=session)
    st.cache_resource.clear()
    at = app(PAGE)
    told = words(at).replace("\\", "")
    assert translator("nl")("services.other_questions") in told
    assert "Zou u <b>ons</b> aanbevelen?: cijfer 2,0 (n = 7)" in told
    at.multiselect(key="f_organisatie").set_value(["1"]).run()
    assert translator("nl")("services.other_questions") not in words(at)


# One service area -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_opens_one_area_with_grade_themes_and_words(app: App, lang: Language) -> None:
    t = translator(lang)
    at = app(PAGE, lang=lang, gebied="ict")
    shown = {metric.label: metric.value for metric in at.metric}
    assert shown[t("services.remarks")] == str(about("ict"))
    assert t("services.grade_title") in shown
    for key in ("aspects", "sessions", "themes", "quotes_neg", "quotes_pos"):
        assert t(f"services.{key}") in words(at)
    assert [button for button in at.button if str(button.key).startswith("services.theme.")]


def test_an_area_without_grades_says_so(app: App) -> None:
    at = app(PAGE, gebied="juridisch")
    assert at.metric[0].value == "–"
    assert translator("nl")("services.trend_none") in words(at)


def test_the_list_beside_the_title_goes_to_another_area(app: App) -> None:
    at = app(PAGE, gebied="ict")
    at.selectbox(key="services.jump").select("facilitair").run()
    assert at.title[0].value == "Facilitair"
    assert address(at, "gebied") == "facilitair"


def test_an_area_that_is_gone_is_told(app: App) -> None:
    at = app(PAGE, gebied="wagenpark")
    assert at.info[0].value == translator("nl")("services.gone")


def test_a_piece_of_a_bar_opens_the_remarks_behind_it(app: App) -> None:
    at = app(PAGE, gebied="ict")
    table = remarks()
    inside = table[((table["area"] == "ict") | (table["area2"] == "ict")) & (table["sentiment"] == "neg")]
    n = int((inside["aspect"] == "snelheid").sum())
    at.session_state["services.aspects.0"] = {"selection": {"pick": [{"value": "snelheid", "tone": "neg"}]}}
    at.run()
    assert not at.exception
    assert any(caption.value.startswith(translator("nl")("remarks.count", n=n)) for caption in at.caption)


def test_a_theme_leads_to_its_own_page(app: App) -> None:
    at = app(PAGE, gebied="ict")
    theme = next(button for button in at.button if str(button.key).startswith("services.theme."))
    name = theme.label.strip("*")
    theme.click().run()
    assert not at.exception
    assert at.title[0].value == name


def test_a_choice_by_who_shows_no_tones_and_no_small_groups(app: App) -> None:
    t = translator("nl")
    at = app(PAGE)
    at.multiselect(key="f_organisatie").set_value(["1"]).run()
    assert "% negatief" not in words(at)
    assert t("services.hidden", threshold=5) in words(at)
    at.button(key="services.open.archief").click().run()
    assert at.info[0].value == t("services.hidden_area")
    assert not at.metric
    at.selectbox(key="services.jump").select("ict").run()
    assert t("services.parts_by_who") in words(at)
    assert not at.toggle


# What a coordinator does ----------------------------------------------------------------------------------------------


def open_editor(app: App, state: dict[str, object]) -> AppTest:
    at = app(PAGE)
    at.session_state["services.edit"] = True
    at.run()
    at.session_state["services.editor.0"] = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **state}
    at.run()
    at.button(key="services.save").click().run()
    return at


def test_the_list_is_edited_and_that_is_undone(app: App) -> None:
    before = None
    changed = {
        0: {"name_nl": "Automatisering", "keywords": "Wifi, laptop"},
        1: {"owner": "Team HR", "is_active": False},
    }
    at = open_editor(app, {"edited_rows": changed, "added_rows": [{"name_nl": "Wagenpark", "is_active": True}]})
    after = areas()
    assert after.loc["ict", "name_nl"] == "Automatisering"
    assert after.loc["ict", "keywords"] == ["wifi", "laptop"]
    assert (after.loc["hr", "owner"], bool(after.loc["hr", "is_active"])) == ("Team HR", False)
    assert after.loc["wagenpark", "name_en"] == "Wagenpark"
    assert "3 diensten opgeslagen" in words(at).replace("\\", "")
    at.button(key="services.undo").click().run()
    before = areas()
    assert before.loc["ict", "name_nl"] == "ICT"
    assert "wagenpark" not in before.index


def test_an_area_given_a_place_moves_there(app: App) -> None:
    open_editor(app, {"edited_rows": {0: {"position": 3}}})
    assert list(areas().index)[:4] == ["hr", "financien", "ict", "facilitair"]
    open_editor(app, {"edited_rows": {3: {"position": 1}}})
    assert list(areas().index)[:4] == ["facilitair", "hr", "financien", "ict"]


def test_every_row_that_is_wrong_is_told_and_nothing_is_stored(app: App) -> None:
    changed = {0: {"owner": "Sanne"}, 1: {"name_nl": ""}}
    at = open_editor(app, {"edited_rows": changed, "added_rows": [{"name_nl": "Archief"}]})
    told = [error.value.replace("\\", "") for error in at.error]
    assert len(told) == 3
    assert told[1].startswith("Rij 2 (HR)")
    assert told[2].startswith("Rij 11 (nieuw)")
    assert areas().loc["ict", "owner"] == ""


def test_remarks_go_to_the_right_area_and_back(app: App) -> None:
    at = app(PAGE, gebied="ict")
    n = about("ict")
    at.toggle(key="services.correct_on").set_value(True).run()
    boxes = [box for box in at.checkbox if str(box.key).startswith("services.tick.")]
    chosen = [int(str(box.key).rsplit(".", 1)[1]) for box in boxes[:2]]
    for box in boxes[:2]:
        at.checkbox(key=box.key).check().run()
    at.selectbox(key="services.target.0").select("archief").run()
    at.button(key="services.correct_do").click().run()
    table = remarks().set_index("remark_id")
    assert set(table.loc[chosen, "area"]) == {"archief"}
    assert set(table.loc[chosen, "area_by"]) == {"person"}
    assert about("ict") == n - 2
    at.button(key="services.undo").click().run()
    assert about("ict") == n
    assert not at.exception


def test_words_of_a_customer_stay_inert(app: App) -> None:
    at = open_editor(
        app, {"edited_rows": {0: {"name_nl": "<b>Vet</b> [klik](http://x)", "owner": "<script>x</script>"}}}
    )
    shown = words(at)
    assert "Vet" in shown or any("Vet" in button.label for button in at.button)
    assert all("<b>Vet" not in button.label and "[klik]" not in button.label for button in at.button)
    assert "<script>" not in shown
