"""Overzicht: figures that say what they count and which question they come from."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from feedback.i18n import LANGUAGES, Language, translator
from feedback.store import frames
from feedback.store.engine import engine, reading, writing
from tests.builders import add_batch, add_score, add_session

App = Callable[..., AppTest]


def tile(at: AppTest, lang: Language, key: str) -> tuple[str, str, str]:
    """Figure, line below it and explanation of a tile."""
    (found,) = [metric for metric in at.metric if metric.label == translator(lang)(key)]
    return str(found.value), str(found.delta), str(found.proto.help).replace("\\", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_with_content_stand_beside_all_answers(app: App, lang: Language) -> None:
    at = app(lang=lang)
    with reading(engine()) as session:
        filled = frames.remarks(session=session)["note_id"].nunique()
        every = int(frames.batches(session=session)["notes"].sum())
    assert filled < every
    assert tile(at, lang, "overview.notes")[:2] == (str(filled), translator(lang)("overview.of_notes", n=every))


def test_in_a_selection_answers_are_counted_of_those_with_content(app: App) -> None:
    at = app(dienst="ict")
    with reading(engine()) as session:
        filled = frames.remarks(session=session)["note_id"].nunique()
    assert tile(at, "nl", "overview.notes")[1] == f"van {filled} met inhoud"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_satisfaction_names_its_question(app: App, lang: Language) -> None:
    _, step, explained = tile(app(lang=lang), lang, "overview.grade")
    assert "“cijfer”" in explained
    # The session of October against that of June, not against the survey of September.
    assert "Panelsessie zomer" in explained
    assert step == translator(lang)("overview.grade_noise", step="−0,2" if lang == "nl" else "−0.2")


def test_a_recommendation_does_not_touch_satisfaction(app: App) -> None:
    before = tile(app(), "nl", "overview.grade")
    with reading(engine()) as session:
        latest = frames.scores(session=session).iloc[-1]
    with writing(engine()) as session:
        for row in range(1, 20):
            add_score(1.0, question="Zou u ons aanbevelen?", batch_id=int(latest["batch_id"]), row=row, session=session)
    st.cache_resource.clear()
    assert tile(app(), "nl", "overview.grade") == before


def test_where_nothing_else_was_asked_the_recommendation_says_so(app: App) -> None:
    app(example=False)
    with writing(engine()) as session:
        batch = add_batch(add_session(session=session), session=session)
        for row in range(1, 4):
            add_score(7.0, question="NPS <b>", batch_id=batch, row=row, session=session)
    st.cache_resource.clear()
    figure, _, explained = tile(app(example=False), "nl", "overview.recommend")
    assert figure == "7,0"
    assert "“nps <b>”" in explained
