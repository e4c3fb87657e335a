"""Every reason that intake gives has its words, in both languages, with the same values."""

import re
from pathlib import Path

import pytest

from feedback.i18n import LANGUAGES, catalogue
from feedback.intake import model

FOLDER = Path(model.__file__).parent
KEYS = sorted(
    {
        key
        for path in FOLDER.glob("*.py")
        for key in re.findall(r"\"(intake\.(?:error|dropped)\.\w+)\"", path.read_text())
    }
)


def named(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def test_the_code_gives_reasons():
    assert len(KEYS) > 30


@pytest.mark.parametrize("key", [*KEYS, "intake.dropped.action", "intake.dropped.decision"])
def test_a_reason_has_words_in_each_language(key):
    texts = [catalogue(language)[key][0] for language in LANGUAGES]
    assert all(len(text) > 20 for text in texts)
    assert named(texts[0]) == named(texts[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_over(language):
    known = {*KEYS, "intake.dropped.action", "intake.dropped.decision"}
    assert {key for key in catalogue(language) if key.startswith(("intake.error.", "intake.dropped."))} <= known
