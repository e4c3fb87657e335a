"""The codebook on the themes page, driven without a browser: find, change, add, put out of use, export, import, undo."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from feedback.access.identity import User
from feedback.i18n import Language, translator
from feedback.store import frames
from feedback.store.engine import engine, reading

App = Callable[..., AppTest]
PAGE = "pages/themes.py"


@pytest.fixture(params=["nl", "en"])
def lang(request: pytest.FixtureRequest) -> Language:
    return request.param


def themes() -> pd.DataFrame:
    with reading(engine()) as session:
        return frames.themes(session=session).set_index("theme")


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception, at.exception
    return at


def click(at: AppTest, key: str) -> AppTest:
    next(button for button in at.button if button.key == key).click()
    return run(at)


def shown(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.success, at.info, at.error)
    return "\n".join(str(element.value) for kind in kinds for element in kind).replace("\\", "")


def choose(at: AppTest, name: str) -> AppTest:
    """Click the row of a theme."""
    row = list(at.dataframe[0].value.iloc[:, 0]).index(name)
    turn = at.session_state["codebook.turn"] if "codebook.turn" in at.session_state else 0  # noqa: SIM401 (it has no get)
    at.session_state[f"codebook.table.{turn}"] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return run(at)


def test_the_codebook_shows_sleeping_entries_too(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang, beeld="codeboek")
    assert len(at.dataframe[0].value) == len(themes())
    assert translator(lang)("codebook.lead") in shown(at)


def test_searching_and_filtering_shorten_the_list(app: App) -> None:
    at = app(PAGE, beeld="codeboek")
    at.selectbox(key="codebook.area").set_value("hr")
    at.selectbox(key="codebook.state").set_value("dormant")
    run(at)
    known = themes()
    assert len(at.dataframe[0].value) == ((known["area"] == "hr") & (known["status"] == "dormant")).sum()
    at.selectbox(key="codebook.area").set_value(None)
    at.text_input(key="codebook.search").set_value("SALARIS")
    assert 0 < len(run(at).dataframe[0].value) < 20
    at.text_input(key="codebook.search").set_value("zoiets bestaat niet")
    assert translator("nl")("codebook.none_found") in shown(run(at))
    at.text_input(key="codebook.search").set_value("zoiets bestaat ook niet")
    assert translator("nl")("codebook.none_found") in shown(run(at))


def test_on_an_empty_panel_the_codebook_is_there_to_start_from(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang, example=False)
    assert len(at.dataframe[0].value) == len(themes())


def test_a_viewer_has_no_codebook(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback.ui.page.current_user", lambda: User(name="kijker", role="viewer"))
    at = app(PAGE, beeld="codeboek")
    assert translator("nl")("codebook.lead") not in shown(at)


def test_an_entry_is_changed_and_that_is_undone(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang, beeld="codeboek")
    before = themes().iloc[50]
    choose(at, before[f"name_{lang}"])
    at.text_input(key=f"codebook.entry.name_{lang}").set_value("Loonstrook")
    at.text_area(key="codebook.entry.keywords").set_value("loonstrook\n\nstrookje ")
    click(at, "codebook.entry.save")
    now = themes().loc[before.name]
    assert (now[f"name_{lang}"], sorted(now["keywords"])) == ("Loonstrook", ["loonstrook", "strookje"])
    assert translator(lang)("codebook.changed", name="Loonstrook") in shown(at)
    click(at, "themes.undo_last")
    assert themes().loc[before.name].drop("version").equals(before.drop("version"))


def test_a_taken_name_is_refused_and_what_was_typed_stays(app: App) -> None:
    at = app(PAGE, beeld="codeboek")
    first, second = themes()["name_nl"].iloc[:2]
    choose(at, first)
    at.text_input(key="codebook.entry.name_nl").set_value(second)
    click(at, "codebook.entry.save")
    assert "Er is al een thema" in shown(at) or "staat al een thema" in shown(at)
    assert at.text_input(key="codebook.entry.name_nl").value == second


def test_the_second_editor_is_told(app: App) -> None:
    from feedback.store.engine import writing
    from feedback.themes import entries

    at = app(PAGE, beeld="codeboek")
    row = themes().iloc[0]
    choose(at, row["name_nl"])
    with writing(engine()) as session:
        entries.edit(int(row["theme_id"]), {"keywords": ["anders"]}, session=session, actor="Ander")
    at.text_area(key="codebook.entry.keywords").set_value("van mij")
    click(at, "codebook.entry.save")
    assert "terwijl u bezig was" in shown(at)
    assert themes().iloc[0]["keywords"] == ["anders"]


def test_a_new_theme_sleeps(app: App, lang: Language) -> None:
    at = click(app(PAGE, lang=lang, beeld="codeboek"), "codebook.new")
    at.text_input(key=f"codebook.entry.name_{lang}").set_value("Ergonomie")
    click(at, "codebook.entry.save")
    assert themes().loc["eigen-ergonomie", "status"] == "dormant"
    assert translator(lang)("codebook.added", name="Ergonomie") in shown(at)


def test_a_sleeping_entry_is_put_out_of_use_and_back(app: App) -> None:
    at = app(PAGE, beeld="codeboek")
    key = themes().query("status == 'dormant'").index[0]
    name = themes().loc[key, "name_nl"]
    click(choose(at, name), "codebook.entry.retire")
    assert themes().loc[key, "status"] == "parked"
    click(choose(at, name), "codebook.entry.reuse")
    assert themes().loc[key, "status"] == "dormant"


def test_an_entry_with_remarks_leads_to_them(app: App) -> None:
    at = app(PAGE, beeld="codeboek")
    key = themes().query("status == 'proposed'").index[0]
    click(choose(at, themes().loc[key, "name_nl"]), "codebook.entry.to_theme")
    assert at.query_params["thema"] in (key, [key])


FILE = "naam;dienst;trefwoorden\nErgonomie;hr;zit-sta bureau\nFietsen;fietsenstalling;\n"


def test_a_file_is_shown_stored_and_undone(app: App, lang: Language) -> None:
    t = translator(lang)
    at = click(app(PAGE, lang=lang, beeld="codeboek"), "codebook.import")
    at.file_uploader(key="codebook.file.0").upload("codeboek.csv", FILE.encode())
    run(at)
    told = at.table[0].value
    assert list(told.iloc[:, 0]) == ["3", "2"]
    assert t("codebook.error.area", value="fietsenstalling") in told.iloc[0, 2].replace("\\", "")
    click(at, "codebook.import_do")
    assert t("codebook.imported", new=1, changed=0) in shown(at)
    assert "eigen-ergonomie" in themes().index
    click(click(at, "codebook.import"), "codebook.undo_last")
    assert "eigen-ergonomie" not in themes().index


def test_a_file_that_is_no_codebook_says_so(app: App, lang: Language) -> None:
    at = click(app(PAGE, lang=lang, beeld="codeboek"), "codebook.import")
    at.file_uploader(key="codebook.file.0").upload("codeboek.csv", b"wie;wat\nik;dit\n")
    assert translator(lang)("codebook.error.header") in shown(run(at))
