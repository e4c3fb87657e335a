"""The lists behind sentiment: words and phrases with what they say, ready for looking up."""

import xml.etree.ElementTree as ET
from functools import lru_cache
from typing import Any

from feedback.text.phrases import Phrases
from feedback.text.resources import DATA, read_yaml
from feedback.text.tokens import fold

_PATTERN_WEIGHT = 0.7  # the general lexicons know books and tweets, not service desks
_VADER_WEIGHT = 0.2  # their scale is -4..4
_LEAST = 0.3  # weaker words of the general lexicons are noise


class Lexicon:
    """The lists of one language, ready for looking up."""

    def __init__(self, language: str) -> None:
        raw: dict[str, Any] = read_yaml(DATA / "lexicon" / "ssc.yaml")[language]
        self.language = language
        self.phrases = Phrases({value: lines.splitlines() for value, lines in raw["phrases"].items()}, raw["macros"])
        self.wishes = Phrases({1.0: raw["wish_phrases"].splitlines()}, raw["macros"])
        settled = raw["settles"]
        self.settles = Phrases({1.0: settled["pos"].splitlines(), -1.0: settled["neg"].splitlines()}, raw["macros"])
        self.conditions = Phrases({1.0: settled["neu"].splitlines()}, raw["macros"])
        self.burdens = Phrases({1.0: raw["burdens"].splitlines()}, raw["macros"])
        self.then, self.exclaims = frozenset(raw["then"].split()), frozenset(raw["exclaims"].split())
        self.exact: dict[str, float] = {}
        starts: dict[str, float] = {}
        self.ends: list[tuple[str, float]] = []
        for value, listed in raw["words"].items():
            for word in listed.split():
                if word.endswith("*"):
                    starts[word[:-1]] = float(value)
                elif word.startswith("*"):
                    self.ends.append((word[1:], float(value)))
                else:
                    self.exact[word] = float(value)
        self.starts = starts
        self.longest = max(map(len, starts), default=0)
        self.zero = frozenset(raw["zero"].split())
        self.negators = {
            word: float(value) for value, listed in raw["negators"].items() for word in str(listed).split()
        }
        self.louder, self.softer = frozenset(raw["intensifiers"].split()), frozenset(raw["diminishers"].split())
        self.contrast, self.wish = frozenset(raw["contrast"].split()), frozenset(raw["wish"].split())
        self.past = frozenset(raw["past"].split())
        self.openings, self.imperatives = frozenset(raw["openings"].split()), frozenset(raw["imperatives"].split())
        self.general = _pattern() if language == "nl" else _vader()
        self.known: dict[str, float] = {}

    def value(self, word: str) -> float:
        """Value of a folded word from -1 to 1; 0 when it says nothing. Values asked before stand in `known`."""
        found = self._look_up(word)
        if len(self.known) > 100_000:  # a server runs for months
            self.known.clear()
        self.known[word] = found
        return found

    def _look_up(self, word: str) -> float:
        import simplemma

        if word in self.negators or not word[0].isalpha():
            return 0.0
        lemma = fold(simplemma.lemmatize(word, lang=self.language))
        for form in (word, lemma):
            if form in self.exact:
                return self.exact[form]
        for length in range(min(len(word), self.longest), 1, -1):
            if word[:length] in self.starts:
                return self.starts[word[:length]]
        for end, value in self.ends:
            if word.endswith(end):
                return value
        if word in self.zero or lemma in self.zero:
            return 0.0
        for form in (word, lemma, word.removesuffix("e"), word.removesuffix("s")):
            if form in self.general:
                return self.general[form]
        return 0.0


def _pattern() -> dict[str, float]:
    """Mean polarity of each form over its senses, weighted by the lexicon's own confidence."""
    senses: dict[str, list[tuple[float, float]]] = {}
    for node in ET.parse(DATA / "lexicon" / "nl-sentiment.xml").getroot():  # noqa: S314 - our own file
        confidence = float(node.attrib["confidence"] or 0.7)
        senses.setdefault(fold(node.attrib["form"]), []).append((float(node.attrib["polarity"]), confidence))
    mean = {form: sum(p * c for p, c in seen) / sum(c for _, c in seen) for form, seen in senses.items()}
    return {form: polarity * _PATTERN_WEIGHT for form, polarity in mean.items() if abs(polarity) >= _LEAST}


def _vader() -> dict[str, float]:
    lines = (DATA / "lexicon" / "en-vader.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: float(value) * _VADER_WEIGHT for word, value in rows if abs(float(value)) >= 1}


@lru_cache(maxsize=2)
def lexicon(language: str) -> Lexicon:
    """Return the lists of a language, read once.

    Parameters
    ----------
    language : {"nl", "en"}

    Returns
    -------
    Lexicon
    """
    return Lexicon(language)
