"""Does a text say what it is about? "Kan niet beter" and "Vorig jaar was het beter" do not: they praise or blame anything."""

import re
from collections.abc import Collection
from functools import lru_cache

from feedback.text.resources import DATA, read_lines
from feedback.text.tokens import fold, stopwords, words

# "IT" among small letters is a department, "it" is none.
_SHORT = re.compile(r"\b[A-Z]{2,4}\b")


@lru_cache(maxsize=1)
def _no_subject() -> frozenset[str]:
    listed = frozenset(word for line in read_lines(DATA / "lexicon" / "no-subject.txt") for word in line.split())
    return listed | stopwords("nl") | stopwords("en")


def names_a_subject(text: str, also: Collection[str] = frozenset()) -> bool:
    """Tell whether a text holds a word that says what it is about.

    Parameters
    ----------
    text : str
        What masking left behind names nothing.
    also : collection of str
        Lower-case words that name a subject in this house.

    Returns
    -------
    bool
        False where all words are small words, time, praise or blame; True where a text has no Latin word at all.
    """
    found = words(text)
    if not found or (not text.isupper() and _SHORT.search(text)):
        return True
    none = _no_subject()
    return any(word in also or (word not in none and fold(word) not in none) for word in found)
