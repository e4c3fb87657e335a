"""What the filters do to the savings and the to-do strip of the overview."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from feedback.i18n import LANGUAGES, Language, translator

App = Callable[..., AppTest]


def to_do(at: AppTest) -> list[str]:
    return [button.label for button in at.button if str(button.key).startswith("overview.do.")]


def told(at: AppTest) -> str:
    return " ".join(part.value for part in at.caption)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_strip_is_about_the_whole_panel_and_says_so_under_a_filter(app: App, lang: Language) -> None:
    whole = translator(lang)("overview.to_do_whole")
    plain, chosen = app(lang=lang), app(lang=lang, dienst="hr")
    assert to_do(plain) == to_do(chosen)
    assert whole not in told(plain)
    assert whole in told(chosen)


def test_savings_are_those_of_the_service_chosen(app: App) -> None:
    assert "84.000" in told(app())
    hr = told(app(dienst="hr"))
    assert "84.000" not in hr and "9.000" in hr
