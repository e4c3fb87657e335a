"""Why a remark stands in a theme: the words that are like those of the entry, and the example that is most like the remark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from feedback.text.likeness import directions
from feedback.text.tokens import stopwords, words
from feedback.text.vectors import word_vectors

# A word that is less like every word of the entry is there by chance; so is an example that is less like the remark.
WORD, EXAMPLE = 0.5, 0.35
# How much or how often says nothing of what a remark is about.
_NUMBER = re.compile(
    r".*\d.*|.*(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig|(?:.*(?:honderd|duizend|miljoen|miljard))(?:en)?|.*tallen"
    r"|twee|drie|vier|vijf|zes|zeven|acht|negen|(?:vijf|zes|zeven|acht|negen)?tien|elf|twaalf|dertien|veertien"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|(?:hundred|thousand|million|dozen)s?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
)


@dataclass(frozen=True)
class Evidence:
    """What speaks for a placement.

    Attributes
    ----------
    words : tuple of str
        Of the remark, the most telling first.
    example : str
        Of the entry, the one most like the remark; "" where none is.
    """

    words: tuple[str, ...]
    example: str


def evidence(text: str, said: Iterable[str], described: Sequence[str], examples: Sequence[str]) -> Evidence:
    """Tell what speaks for the place of a remark.

    Parameters
    ----------
    text : str
        The remark.
    said : iterable of str
        Its words that spoke for the entry when it was placed.
    described : sequence of str
        Names, description and keywords of the entry.
    examples : sequence of str
        Its examples, people's corrections too.

    Returns
    -------
    Evidence
    """
    # The remark itself is no reason, when a person made it an example.
    own = words(text)
    entry = _entry(tuple(described), tuple(one for one in examples if one != text and words(one) != own))
    found = [word for word in said if not _NUMBER.fullmatch(word)]
    if found and entry.words:
        best = (directions(found) @ entry.of_words.T).max(axis=1)
        known = set(entry.words)
        found = [word for word, like in zip(found, best, strict=True) if like >= WORD or word in known]
    nearest = ""
    if entry.examples:
        alike = entry.points @ word_vectors().encode([text])[0]
        nearest = entry.examples[int(alike.argmax())] if alike.max() >= EXAMPLE else ""
    return Evidence(tuple(found), nearest)


@dataclass(frozen=True)
class _Entry:
    words: tuple[str, ...]
    of_words: npt.NDArray[np.float32]
    examples: tuple[str, ...]
    points: npt.NDArray[np.float32]


@lru_cache(maxsize=128)
def _entry(described: tuple[str, ...], examples: tuple[str, ...]) -> _Entry:
    skip = stopwords("nl") | stopwords("en")
    own = tuple(sorted({word for text in (*described, *examples) for word in words(text)} - skip))
    return _Entry(own, directions(own), examples, word_vectors().encode(examples))
