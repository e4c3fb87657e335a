"""The service area that a column name or a cell speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feedback.intake.clean import WORD, fold
from feedback.intake.model import AreaWords

# DESIGN: the area of what belongs to no single service; for a column that is the same as none.
GENERAL = "algemeen"
# A shorter keyword at the start of a longer word is chance; salaris in salarisadministratie is not.
_STEM = 6
_LONGEST = 3


class AreaNames:
    """Looks service areas up by their names and keywords.

    Parameters
    ----------
    areas : mapping of str to sequence of str
        Key to names and keywords, names (at most two) first.
    """

    def __init__(self, areas: AreaWords) -> None:
        self._names: dict[str, set[str]] = {}
        self._words: dict[str, set[str]] = {}
        for key, words in areas.items():
            for place, word in enumerate([key, *words]):
                if folded := fold(word):
                    self._words.setdefault(folded, set()).add(key)
                    if place <= 2:
                        self._names.setdefault(folded, set()).add(key)

    def exactly(self, text: str) -> str | None:
        """Give the area that a cell names, None where it names none or several."""
        folded = fold(text)
        keys = self._names.get(folded) or self._words.get(folded) or set()
        return next(iter(keys)) if len(keys) == 1 else None

    def called(self, text: str) -> str | None:
        """Give the area that a cell of a column of services names, in the words of who made the file: "ICT-diensten"."""
        return self.exactly(text) or self.within(text.replace("-", " ").replace("/", " "))

    def within(self, text: str, *, names_only: bool = False) -> str | None:
        """Give the area that a column name speaks of.

        Parameters
        ----------
        text : str
        names_only : bool
            Leave keywords out of it: in a whole question a keyword is often only an example.

        Returns
        -------
        str or None
            None for several areas, for none, and for the services in general.
        """
        phrases = list(_phrases(text))
        named = self._matches(phrases, self._names)
        if named or names_only:
            return next(iter(named)) if len(named) == 1 else None
        found = self._matches(phrases, self._words)
        longest = [key for key, length in found.items() if length == max(found.values())]
        return longest[0] if len(longest) == 1 else None

    @staticmethod
    def _matches(phrases: Iterable[str], known: dict[str, set[str]]) -> dict[str, int]:
        """Give the areas spoken of, with the length of the longest phrase that tells."""
        found: dict[str, int] = {}
        for phrase in phrases:
            keys = known.get(phrase, set())
            for end in range(len(phrase) - 1, _STEM - 1, -1):
                if keys or " " in phrase:
                    break
                keys = known.get(phrase[:end], set())
            for key in keys - {GENERAL}:
                found[key] = max(found.get(key, 0), len(phrase))
        return found


def _phrases(text: str) -> Iterator[str]:
    """Give all runs of up to three words. "it" is only a name in capitals: IT."""
    raw = WORD.findall(text)
    words = [fold(word) for word in raw]
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            if end > start + 1 or len(raw[start]) > 2 or raw[start].isupper():
                yield " ".join(words[start:end])
