"""Uitleg: the method in plain words, with the figures of this database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from feedback.i18n import LANGUAGES, Language, number, translator
from feedback.store import frames
from feedback.store.engine import engine, reading

App = Callable[..., AppTest]
PAGE = "pages/explain.py"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_are_those_of_this_panel(app: App, lang: Language) -> None:
    t = translator(lang)
    at = app(PAGE, lang=lang)
    with reading(engine()) as session:
        remarks = frames.remarks(session=session)
    shown = {metric.label: metric.value for metric in at.metric}
    assert at.title[0].value == t("explain.title")
    assert shown[t("explain.figure.remarks")] == number(len(remarks), lang)
    assert shown[t("explain.figure.people")] == number(remarks["person"].nunique(), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_is_told_in_the_language(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang)
    told = [part.value for part in at.subheader]
    steps = (
        "intake",
        "mask",
        "cut",
        "themes",
        "areas",
        "sentiment",
        "rising",
        "savings",
        "package",
        "replies",
        "groups",
        "forget",
    )
    assert told == [*(translator(lang)(f"explain.step.{step}") for step in steps), translator(lang)("explain.limits")]
    assert not any("{" in part.value for part in (*at.markdown, *at.caption))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_panel_has_figures_too(app: App, lang: Language) -> None:
    at = app(PAGE, lang=lang, example=False)
    assert {metric.value for metric in at.metric} == {"0"}
