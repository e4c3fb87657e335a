"""The library of questions: complete, each fit to be asked as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback.i18n import LANGUAGES, Language
from feedback.workshop import library
from feedback.workshop.plan import LONGEST, Plan


def asked(lang: Language) -> list[str]:
    return [question[lang] for purpose in library.purposes() for question in purpose.questions]


def test_every_purpose_has_a_key_of_its_own_and_something_to_choose() -> None:
    keys = [purpose.key for purpose in library.purposes()]
    assert len(keys) == len(set(keys)) >= 8
    assert all(len(purpose.questions) >= 2 for purpose in library.purposes())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_question_stands_once_and_asks_something(lang: Language) -> None:
    questions = asked(lang)
    assert len(questions) == len(set(questions))
    assert [one for one in questions if "?" not in one] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_question_is_stored_as_it_reads(lang: Language) -> None:
    for question in asked(lang):
        assert len(question) <= LONGEST
        assert Plan(questions=(question,)).cleaned().questions == (question,)


def test_a_question_that_misses_a_language_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text("- {key: a, name: {nl: A, en: A}, questions: [{nl: 'Hoe?'}]}\n")
    monkeypatch.setattr(library, "FILE", path)
    library.purposes.cache_clear()
    with pytest.raises(ValueError, match="a is not complete"):
        library.purposes()
    library.purposes.cache_clear()


def test_a_question_of_the_library_is_read_in_both_languages_and_any_other_stays() -> None:
    dutch, english = asked("nl")[0], asked("en")[0]
    assert (library.in_language(dutch, "en"), library.in_language(english, "nl")) == (english, dutch)
    assert library.in_language(f"{dutch} Echt?", "en") == f"{dutch} Echt?"
