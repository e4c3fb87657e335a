"""Forgetting a person under the files, and hiding words at a remark: seen first, confirmed by a word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from feedback.i18n import translator
from feedback.settings import settings
from feedback.store.engine import engine, reading
from feedback.store.tables import Forgotten, Note, Remark, Theme

App = Callable[..., AppTest]


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    at.run()
    assert not at.exception
    return at


def erased() -> int:
    with reading(engine()) as session:
        return len(session.exec(select(Note.id).where(col(Note.erased_at).is_not(None))).all())


def test_a_person_is_seen_and_forgotten_only_after_the_word(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    t = translator("nl")
    # The key with which the example was made.
    monkeypatch.setenv("KLANTPANEL_HASH_KEY", "the key of the tests")
    settings.cache_clear()
    at = app("pages/upload.py")
    at.session_state["forgetting.box"] = True
    at.run()
    at.text_input(key="forgetting.called.0").set_value("niemand van hier").run()
    assert t("forgetting.nobody") in [one.value for one in at.info]
    at.text_input(key="forgetting.called.0").set_value("p16").run()
    assert any("**6**" in one.value for one in at.markdown)
    seen = next(one.value for one in at.dataframe if t("forgetting.text") in one.value.columns)
    assert len(seen) == 5 and seen[t("forgetting.text")].str.len().min() > 0
    assert seen[t("forgetting.where_panel_session")].all() and seen[t("forgetting.day")].notna().all()
    form = next(block for block in at.main if block.type == "form")
    # Else the browser writes "Press Enter to submit form" under the field, in English.
    assert not form.proto.form.enter_to_submit
    press(at, t("forgetting.forget"))
    assert erased() == 0 and at.error[0].value == t("forgetting.error.word", word="VERGEET")
    at.text_input(key="forgetting.confirm_forget.0").set_value("vergeet")
    press(at, t("forgetting.forget"))
    assert erased() == 6 and at.success
    # It is the example: their real file may come with the same number.
    at.text_input(key="forgetting.called.1").set_value("p16").run()
    assert t("forgetting.nobody") in [one.value for one in at.info]


def test_words_are_hidden_everywhere_and_forgetting_is_offered_at_a_remark(app: App) -> None:
    t = translator("en")
    at = app("pages/upload.py", lang="en")
    at.session_state["forgetting.box"] = True
    at.session_state["forgetting.way"] = "words"
    at.run()
    at.text_input(key="forgetting.words.None.0").set_value("Whiteboard").run()
    at.text_input(key="forgetting.confirm_hide.0").set_value("HIDE")
    press(at, t("forgetting.hide"))
    with reading(engine()) as session:
        assert session.exec(select(Remark.id).where(col(Remark.text).contains("whiteboard"))).all() == []
        hidden = select(Remark.id, Theme.key).join(Theme, col(Remark.theme_id) == Theme.id)
        found = session.exec(hidden.where(col(Remark.text).contains("[verborgen]"))).all()
        # A word of the example hides nothing in one's own files.
        assert session.exec(select(Forgotten.mark)).all() == []
    remark, theme = found[0]
    at = app("pages/themes.py", lang="en", thema=theme)
    at.session_state["themes.chosen"] = {remark}
    at.run()
    press(at, t("forgetting.open"))
    assert any("**" in one.value and "Notes" in one.value for one in at.markdown)
