"""Presenteren: one theme after the other or a wall of them, without names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit as st
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from feedback import settings
from feedback.access.disclosure import Selection
from feedback.access.identity import user_without_sign_in
from feedback.i18n import LANGUAGES, Language, translator
from feedback.store import audit, frames
from feedback.store.engine import engine, reading, writing
from feedback.store.tables import Theme
from feedback.ui import stage, stage_minute
from feedback.ui.data import snapshot
from feedback.ui.filters import view_of
from feedback.ui.page import Page, escape

App = Callable[..., AppTest]
PAGE = "pages/present.py"


def linked(app: App, **query: str) -> AppTest:
    """Open the page by a link that somebody mailed."""
    return app(PAGE, **query)


def address(at: AppTest, key: str) -> str:
    value = at.query_params[key]
    return value[0] if isinstance(value, list) else str(value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_arrow_walks_through_the_themes_and_the_address_goes_along(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang)
    first = at.title[0].value
    at.button(key="stage.on").click().run()
    second = at.title[0].value
    assert second != first
    assert address(at, "thema")
    at.button(key="stage.PageUp").click().run()
    assert at.title[0].value == first


def test_a_link_opens_at_its_theme(app: App) -> None:
    at = app(PAGE)
    at.button(key="stage.on").click().run()
    again = linked(app, thema=address(at, "thema"))
    assert again.title[0].value == at.title[0].value


def test_the_ends_stay_where_they_are(app: App) -> None:
    at = app(PAGE)
    first = at.title[0].value
    at.button(key="stage.back").click().run()
    assert at.title[0].value == first


def test_end_goes_to_the_last_theme_and_home_to_the_first(app: App) -> None:
    at = app(PAGE)
    first = at.title[0].value
    at.button(key="stage.End").click().run()
    last = at.title[0].value
    assert last != first
    assert at.button(key="stage.on").click().run().title[0].value == last
    at.button(key="stage.Home").click().run()
    assert at.title[0].value == first


def test_the_first_quote_fits_the_theme_best_of_those_that_a_room_can_read(app: App) -> None:
    view = view_of(snapshot(), Selection())
    for theme in stage.themes_on_stage(view, "nl")["theme"][:5]:
        said = view.remarks[view.remarks["theme"] == theme]
        readable = said[said["text"].str.len().between(stage.TOO_SHORT, stage.QUOTE_WIDTH)]
        assert stage.quotes(view, theme)[0] in set(
            readable.loc[readable["strength"] == readable["strength"].max(), "text"]
        )


def test_quotes_can_be_switched_off(app: App) -> None:
    at = app(PAGE)
    assert any(part.value.startswith("> ") for part in at.markdown)
    at.button(key="stage.quotes").click().run()
    assert not any(part.value.startswith("> ") for part in at.markdown)


def test_the_wall_shows_themes_and_a_click_opens_one(app: App) -> None:
    at = linked(app, beeld="wand")
    tiles = [button for button in at.button if "**" in button.label]
    assert 1 < len(tiles) <= stage.TILES
    name = tiles[1].label.split("**")[1]
    tiles[1].click().run()
    assert at.title[0].value == name


def test_no_names_of_people_or_organisations_on_the_stage(app: App) -> None:
    # Without quotes, in which a customer may name an organisation.
    at = linked(app, citaten="nee")
    with reading(engine()) as session:
        names = frames.organisations(session=session)["organisation"]
    for _ in range(5):
        shown = " ".join(part.value for part in (*at.markdown, *at.caption, *at.title))
        assert not [name for name in names if escape(name) in shown]
        at.button(key="stage.on").click().run()


def test_sessions_of_the_address_choose_what_is_shown(app: App) -> None:
    at = app(PAGE)
    with reading(engine()) as session:
        whole = frames.remarks(session=session)
    session_id = str(whole["session_id"].iloc[0])
    assert at.caption[-1].value != linked(app, sessie=session_id).caption[-1].value


def test_filters_of_other_pages_count_or_are_said_not_to_count(app: App) -> None:
    at = linked(app, organisatie="1", dienst="ict")
    assert "dienst ICT" in at.caption[0].value
    assert "organisatie tellen hier niet" in at.caption[0].value
    shown = at.title[0].value, at.caption[-1].value
    at = linked(app, dienst="ict")
    assert (at.title[0].value, at.caption[-1].value) == shown
    at.button(key="stage.clear").click().run()
    whole = linked(app).caption
    assert [part.value for part in at.caption] == [part.value for part in whole] != [shown[1]]


def test_the_klantminuut_shows_another_on_the_next_and_names_nobody(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    at = linked(app, beeld="minuut")
    names = [str(name) for name in snapshot().organisations["organisation"]]
    shown = []
    for _ in range(3):
        shown.append(next(part.value for part in at.markdown if part.value.startswith("> ")))
        everything = " ".join(part.value for part in (*at.markdown, *at.header))
        assert at.header[0].value and "Wat wij nog doen" in everything
        assert not [name for name in names if escape(name) in everything]
        at.button(key="stage.on").click().run()
    assert len(set(shown)) == 3
    assert at.button(key="stage.minute").click().run().title
    # Small groups are left out: of the quotes and of the numbers.
    monkeypatch.setenv("KLANTPANEL_GROUP_THRESHOLD", "14")
    settings.settings.cache_clear()
    st.cache_resource.clear()
    view = view_of(snapshot(), Selection())
    pool = stage_minute.pool(Page("present", "nl", user_without_sign_in()), view)
    themes = stage.themes_on_stage(view, "nl").set_index("name")["people"]
    assert pool.quotes
    assert min(themes[source.rsplit(" · ", 1)[0]] for _, source in pool.quotes.values()) >= 14
    assert all(float(figure) >= 14 for key, (figure, _) in pool.numbers.items() if key.startswith("theme-"))


def test_a_new_name_of_a_theme_is_on_the_next_screen(app: App) -> None:
    at = app(PAGE)
    shown = at.title[0].value
    with writing(engine()) as session:
        theme = next(row for row in session.exec(select(Theme)).all() if escape(row.name_nl) == shown)
        theme.name_nl = "Een andere naam"
        audit.record(session=session, actor="t", act="rename", entity="theme", entity_id=theme.id)
    assert at.run().title[0].value == "Een andere naam"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_panel_says_what_to_do(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang, example=False)
    assert at.info[0].value == translator(lang)("present.none")
