"""Lists of remarks say what all of them share once, and beside each remark the words that placed it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from feedback.access.identity import User
from feedback.i18n import LANGUAGES, Language
from feedback.store import frames
from feedback.store.engine import engine, reading
from feedback.ui.page import Page, escape, who

App = Callable[..., AppTest]


def largest_theme() -> tuple[str, str]:
    """Key and Dutch name of the theme with most remarks that no person placed."""
    with reading(engine()) as session:
        remarks = frames.remarks(session=session)
        key = remarks.loc[remarks["placed_by"] != "person", "theme"].value_counts().index[0]
        themes = frames.themes(session=session).set_index("theme")
    return str(key), str(themes.loc[key, "name_nl"])


def test_the_theme_of_a_list_is_not_repeated_in_each_row(app: App) -> None:
    key, name = largest_theme()
    at = app("pages/themes.py", thema=key)
    at.query_params["thema"] = key
    at.run()
    rows = [part.value for part in at.caption if "past " in part.value]
    assert len(rows) > 5
    assert not [row for row in rows if escape(name) in row]
    assert any("door" in row for row in rows)


def test_what_is_hidden_for_a_small_group_is_said_once(app: App) -> None:
    at = app("pages/services.py")
    at.query_params["dienst"] = "juridisch"
    at.run()
    captions = [part.value for part in at.caption]
    assert len([text for text in captions if "organisatie en niveau weg" in text]) <= 1
    assert not [text for text in captions if "verborgen" in text]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_of_the_product_itself_are_in_the_readers_language(lang: Language) -> None:
    page = Page(key="test", lang=lang, user=User(name="anna", role="admin"))
    assert who(page, "command line") == {"nl": "de opdrachtregel", "en": "the command line"}[lang]
    assert who(page, "anna") == "anna"
