"""Questions to put to a panel, by what they are for: a start for who prepares a workshop."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from feedback.i18n import LANGUAGES
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
