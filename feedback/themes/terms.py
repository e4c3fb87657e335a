"""The words of a remark as terms: with their grouping key, and whether they tell something."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from feedback.text.language import detect
from feedback.text.tokens import key, stopwords, words


class Term(NamedTuple):
    """A word of a remark.

    Attributes
    ----------
    form : str
        As it was written, in lower case.
    key : str
        Under which its forms are grouped.
    counts : bool
        Neither stop word nor single letter.
    """

    form: str
    key: str
    counts: bool


@lru_cache(maxsize=5_000)
def terms(text: str) -> tuple[Term, ...]:
    """Read the words of a remark in its own language.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of Term
    """
    language = spoken(text)
    skip = stopwords(language)
    return tuple(Term(form, key(form, language), form not in skip and len(form) > 1) for form in words(text))


def keys_and_pairs(text: str) -> list[str]:
    """Return the keys of the telling words of a remark, and of each two that stand side by side.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
    """
    read: Sequence[Term] = terms(text)
    pairs = [f"{a.key} {b.key}" for a, b in pairwise(read) if a.counts and b.counts]
    return [term.key for term in read if term.counts] + pairs


@lru_cache(maxsize=50_000)
def spoken(text: str) -> Literal["nl", "en"]:
    """Return the language whose words are counted: Dutch unless it is English."""
    return "en" if detect(text) == "en" else "nl"
