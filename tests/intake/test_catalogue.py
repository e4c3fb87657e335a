"""Every reason that intake gives has its words, in both languages, with the same values."""

import re
from pathlib import Path
from typing import get_args

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
    | {f"intake.dropped.{kind}" for kind in get_args(model.ParagraphKind) if kind != "remark"}
)


def named(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def test_the_code_gives_reasons():
    assert len(KEYS) > 30


@pytest.mark.parametrize("key", KEYS)
def test_a_reason_has_words_in_each_language(key):
    texts = [catalogue(language)[key][0] for language in LANGUAGES]
    assert all(len(text) > 20 for text in texts)
    assert named(texts[0]) == named(texts[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_over(language):
    assert {key for key in catalogue(language) if key.startswith(("intake.error.", "intake.dropped."))} <= set(KEYS)
