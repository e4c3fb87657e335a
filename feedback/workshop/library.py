"""Questions to put to a panel, by what they are for: a start for who prepares a workshop."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from feedback.i18n import LANGUAGES, Language
from feedback.settings import DATA

FILE = DATA / "questions.yaml"


@dataclass(frozen=True)
class Purpose:
    """What questions are for.

    Attributes
    ----------
    key : str
        Stable.
    name : dict of str to str
        By language.
    questions : tuple of dict of str to str
        By language, the broadest first.
    """

    key: str
    name: dict[str, str]
    questions: tuple[dict[str, str], ...]


@cache
def purposes() -> tuple[Purpose, ...]:
    """Read the library.

    Returns
    -------
    tuple of Purpose
        In the order of the file.

    Raises
    ------
    ValueError
        When a name or question is missing in a language.
    """
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    found = tuple(Purpose(row["key"], row["name"], tuple(row["questions"])) for row in rows)
    for one in found:
        if any(set(text) != set(LANGUAGES) for text in (one.name, *one.questions)):
            raise ValueError(f"{FILE.name}: {one.key} is not complete in every language")
    return found


def in_language(question: str, language: Language) -> str:
    """Give a question as the library has it in a language; one that somebody wrote or changed stays as it is.

    Parameters
    ----------
    question : str
    language : {"nl", "en"}

    Returns
    -------
    str
    """
    known = _known().get(question)
    return known[language] if known else question


@cache
def _known() -> dict[str, dict[str, str]]:
    return {text: question for purpose in purposes() for question in purpose.questions for text in question.values()}
