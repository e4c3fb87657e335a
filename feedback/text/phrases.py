"""Many phrases looked up in a text at once: a list of phrases is read from data and matched word by word."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

# Besides words, the ends of sentences ("." and "?") and commas count: no phrase reaches over the end of a sentence.
_TOKEN = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+)*|[.!;:\n]+|\?[?!]*|,")
_NUMBER = frozenset(
    """twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien twintig dertig veertig vijftig zestig honderd
    duizend anderhalf anderhalve halve paar enkele meerdere verschillende tientallen honderden zoveel ettelijke two three four five six
    seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred several couple few multiple""".split()
)
END = ".?"  # what a token starts with when it ends a sentence


def tokenize(folded: str) -> list[str]:
    """Cut a folded text into words, ``","``, ``"."`` (any end of a sentence) and ``"?"``.

    Parameters
    ----------
    folded : str
        Text as `feedback.text.tokens.fold` gives it.

    Returns
    -------
    list of str
    """
    return [token if token[0].isalnum() else token[0] if token[0] in "?," else "." for token in _TOKEN.findall(folded)]


class _Part(NamedTuple):
    exact: frozenset[str]
    starts: tuple[str, ...]
    number: bool
    optional: bool
    gap: int  # how many words may come before this part

    def fits(self, token: str) -> bool:
        if token in self.exact or (self.starts and token.startswith(self.starts)):
            return True
        return self.number and (token[0].isdigit() or token in _NUMBER)


class _Phrase(NamedTuple):
    value: float
    parts: list[_Part]
    needed: tuple[frozenset[str], ...]  # one word of each set must occur somewhere: a quick way to say no


class Match(NamedTuple):
    """One phrase found: its value and the positions of its words (words skipped by a gap are not among them)."""

    value: float
    at: tuple[int, ...]


class Phrases:
    """A set of phrases, each with a value, that is matched against a list of tokens.

    A phrase is words with spaces between; ``a|b`` is either, ``zo?`` may be left out, ``traag*`` is a beginning, ``#`` a number
    in digits or letters, ``~`` skips up to four words (``~2``: up to two), ``<name>`` stands for a list of words.

    Parameters
    ----------
    phrases : mapping of float to sequence of str
        Value -> phrases.
    macros : mapping of str to str, optional
        Name -> words joined by ``|``.
    share : bool
        Whether phrases of different values may share words.

    Raises
    ------
    ValueError
        When a phrase starts with a gap or names an unknown macro.
    """

    def __init__(
        self,
        phrases: Mapping[float, Iterable[str]],
        macros: Mapping[str, str] | None = None,
        share: bool = False,
    ) -> None:
        self._share = share
        self._phrases: list[_Phrase] = []
        for value, lines in phrases.items():
            for line in lines:
                parts = _parse(line, macros or {})
                if not parts or parts[0].gap:
                    raise ValueError(f"phrase {line!r}: starts with a gap or is empty")
                self._phrases.append(_Phrase(float(value), parts, _needed(parts)))
        self._by_word: dict[str, list[int]] = {}
        self._by_start: list[tuple[str, int]] = []
        for number, phrase in enumerate(self._phrases):
            for first in _possible_firsts(phrase.parts):
                for word in first.exact:
                    self._by_word.setdefault(word, []).append(number)
                self._by_start += [(start, number) for start in first.starts]
                if first.number:
                    self._by_word.setdefault("#", []).append(number)
        self._known: dict[str, tuple[int, ...]] = {}

    def _candidates(self, token: str) -> tuple[int, ...]:
        """Phrases that may begin with a token."""
        numbers = list(self._by_word.get(token, ()))
        numbers += [number for start, number in self._by_start if token.startswith(start)]
        if token[0].isdigit() or token in _NUMBER:
            numbers += self._by_word.get("#", [])
        found = tuple(sorted(set(numbers)))
        if len(self._known) > 100_000:  # a server runs for months
            self._known.clear()
        self._known[token] = found
        return found

    def find(self, tokens: Sequence[str]) -> list[Match]:
        """Find all phrases; where two share a word the one with more words wins, then the one that comes first in the list.

        Parameters
        ----------
        tokens : sequence of str
            As `tokenize` gives them.

        Returns
        -------
        list of Match
            In reading order; no two share a word, unless their values differ and `share` is set.
        """
        known = self._known
        begins = [
            (position, numbers)
            for position, token in enumerate(tokens)
            if (numbers := known[token] if token in known else self._candidates(token))
        ]
        if not begins:
            return []
        hits: list[tuple[int, int, tuple[int, ...]]] = []
        present = set(tokens)
        for position, numbers in begins:
            for number in numbers:
                phrase = self._phrases[number]
                for words in phrase.needed:
                    if words.isdisjoint(present):
                        break
                else:
                    at = _match(phrase.parts, 0, tokens, position)
                    if at:
                        hits.append((-len(at), number, at))
        if not hits:
            return []
        hits.sort()
        taken: dict[float, set[int]] = {}
        kept: list[Match] = []
        for _, number, at in hits:
            value = self._phrases[number].value
            mine = taken.setdefault(value if self._share else 0.0, set())
            if mine.isdisjoint(at):
                mine.update(at)
                kept.append(Match(value, at))
        kept.sort(key=lambda match: match.at)
        return kept


def _needed(parts: list[_Part]) -> tuple[frozenset[str], ...]:
    """Words of the parts after the first that must occur: the last part first, which is mostly the rarest."""
    plain = [part.exact for part in parts[1:] if not part.optional and not part.starts and not part.number]
    return tuple(reversed(plain))


def _parse(line: str, macros: Mapping[str, str]) -> list[_Part]:
    parts: list[_Part] = []
    gap = 0
    for item in line.split():
        if item.startswith("~"):
            gap = int(item[1:] or 4)
            continue
        optional = item.endswith("?")
        item = item.removesuffix("?")
        for name in re.findall(r"<(\w+)>", item):
            if name not in macros:
                raise ValueError(f"phrase {line!r}: no list is called {name!r}")
            item = item.replace(f"<{name}>", macros[name])
        choices = item.split("|")
        parts.append(
            _Part(
                frozenset(choice for choice in choices if not choice.endswith("*") and choice != "#"),
                tuple(choice[:-1] for choice in choices if choice.endswith("*")),
                "#" in choices,
                optional,
                gap,
            )
        )
        gap = 0
    return parts


def _possible_firsts(parts: list[_Part]) -> list[_Part]:
    firsts = []
    for part in parts:
        firsts.append(part)
        if not part.optional:
            break
    return firsts


def _match(parts: list[_Part], index: int, tokens: Sequence[str], position: int) -> tuple[int, ...] | None:
    """Positions of the words of ``parts[index:]`` when they match from `position` on, else None."""
    if index == len(parts):
        return ()
    part = parts[index]
    for skipped in range(part.gap + 1):
        here = position + skipped
        if here >= len(tokens):
            break
        token = tokens[here]
        if part.fits(token):
            rest = _match(parts, index + 1, tokens, here + 1)
            if rest is not None:
                return (here, *rest)
        if token in END and not part.fits(token):
            break
    return _match(parts, index + 1, tokens, position) if part.optional else None
