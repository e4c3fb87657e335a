"""Where a text repeats what somebody said: runs of their words, and words that only they used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from feedback.text.name_lists import is_word
from feedback.text.tokens import fold, stopwords

Gram = tuple[str, ...]
# From so many words in a row on, of which one tells something, a text quotes another.
QUOTE = 5
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")


def grams_of(text: str) -> Gram:
    """Give the words of a text, folded, in reading order; a hyphen or an apostrophe parts two words."""
    return tuple(fold(word) for word in _WORD.findall(text))


Word = tuple[str, int, int]


def _words(text: str) -> list[Word]:
    """Give each word of a text, folded, with its first character and the one after its last."""
    return [(fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


def _rows(words: list[Word], size: int) -> Iterator[tuple[Gram, int, int]]:
    for first in range(len(words) - size + 1):
        row = words[first : first + size]
        yield tuple(word for word, _, _ in row), row[0][1], row[-1][2]


def rows_of_words(text: str, size: int) -> list[tuple[Gram, int, int]]:
    """Give every row of so many words, folded, with its first character and the one after its last."""
    return list(_rows(_words(text), size))


@dataclass(frozen=True)
class Passages:
    """What to look for in other texts.

    Attributes
    ----------
    anywhere : frozenset of tuple of str
        Rows of words to be found wherever they stand.
    alone : frozenset of tuple of str
        Words that may be too common for that: found only where a text is nothing else.
    """

    anywhere: frozenset[Gram] = frozenset()
    alone: frozenset[Gram] = frozenset()

    @cached_property
    def _sizes(self) -> list[int]:
        return sorted({len(gram) for gram in self.anywhere})

    def without(self, grams: Iterable[Gram]) -> Passages:
        """Give the same without some of the rows of words."""
        gone = set(grams)
        return replace(self, anywhere=self.anywhere - gone, alone=self.alone - gone)

    def with_all_of(self, other: Passages) -> Passages:
        """Give the rows of words of both."""
        return Passages(self.anywhere | other.anywhere, self.alone | other.alone)

    def _found(self, text: str) -> list[tuple[Gram, int, int]]:
        """Give each row of words that a text holds, with the first and last character of it."""
        words = _words(text)
        found = [one for size in self._sizes for one in _rows(words, size) if one[0] in self.anywhere]
        whole = tuple(word for word, _, _ in words)
        return [*found, (whole, words[0][1], words[-1][2])] if whole in self.alone else found

    def hits(self, text: str) -> set[Gram]:
        """Give the rows of words that a text holds."""
        return {gram for gram, _, _ in self._found(text)}

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Give the places of a text that are to be hidden: first character and the one after the last, in order.

        What overlaps, or stands beside another with nothing but signs between, is one place.
        """
        joined: list[tuple[int, int]] = []
        for _, start, end in sorted(self._found(text), key=lambda one: one[1:]):
            if joined and not _WORD.search(text, joined[-1][1], max(start, joined[-1][1])):
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
        return joined


def passages(texts: Iterable[str], usual: frozenset[str] = frozenset()) -> Passages:
    """Find out by what a text can be known to repeat one of these.

    Parameters
    ----------
    texts : iterable of str
        What somebody said.
    usual : frozenset of str
        Folded words that give nobody away: those of the house itself.

    Returns
    -------
    Passages
        Every `QUOTE` words in a row that tell something (of a shorter text: all of it, when two of its words do), and every
        word that no dictionary knows. Whether others said the same is not looked at.
    """
    anywhere: set[Gram] = set()
    alone: set[Gram] = set()
    for words in {grams_of(text) for text in texts} - {()}:
        size = min(QUOTE, len(words))
        runs = {words[at : at + size] for at in range(len(words) - size + 1)}
        anywhere |= {run for run in runs if _telling(run) >= (1 if size == QUOTE else 2)}
        if len(words) > 1:
            alone.add(words)
        anywhere |= {(word,) for word in words if word not in usual and is_rare(word)}
    return Passages(frozenset(anywhere), frozenset(alone))


def is_rare(word: str) -> bool:
    """Tell whether a folded word can give somebody away: a name, a code, a number; no dictionary knows it."""
    if word.isdigit():
        return len(word) > 3 and not _YEAR.fullmatch(word)
    return len(word) > 2 and not is_word(word)


def _telling(run: Gram) -> int:
    return sum(len(word) > 1 and word not in stopwords("nl") and word not in stopwords("en") for word in run)


def phrase(text: str) -> Passages:
    """Look for a word or phrase, wherever it stands and however it is written (capitals, accents, signs)."""
    words = grams_of(text)
    return Passages(frozenset({words} if words else ()))


def runs_of(texts: Iterable[str]) -> Passages:
    """Look for every `QUOTE` words in a row of some texts, telling or not; of a shorter text for all of it."""
    said = [grams_of(text) for text in texts]
    size = [min(QUOTE, len(words)) for words in said]
    return Passages(
        frozenset(
            words[at : at + n] for words, n in zip(said, size, strict=True) if n for at in range(len(words) - n + 1)
        )
    )


def within(found: Passages, runs: Passages, text: str) -> list[tuple[int, int]]:
    """Give the places of a text where `found` stands inside a run of words that is quoted."""
    quoted = runs.spans(text)
    return [(start, end) for start, end in found.spans(text) if any(a <= start and end <= b for a, b in quoted)]
