"""Praise and complaint read from the words of a remark: a hint that a person or a grade overrules.

Rules find the words that judge: our own list (`data/lexicon/ssc.yaml`) and behind it, at a lower weight, the subjectivity lexicon of
Pattern (De Smedt & Daelemans 2012, public domain) for Dutch and VADER (Hutto & Gilbert 2014, MIT) for English. Phrases go before
words, a negation turns the word it belongs to, what is wished or asked is no praise. Most complaints name no feeling, though ("I
had to call three times"), so a learner weighs what the rules found together with the small words, the subject and the word vectors,
as it learned from the examples in `data/lexicon/sentiment-examples.tsv`. Irony is left alone, but for a few fixed sayings.
"""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, cast

from feedback.text.judge import Evidence, Judge, read
from feedback.text.language import detect
from feedback.text.phrases import END, Match, Phrases
from feedback.text.resources import DATA, read_examples, read_yaml
from feedback.text.tokens import fold

Label = Literal["neg", "neu", "pos", "mixed"]

_PATTERN_WEIGHT = 0.7  # the general lexicons know books and tweets, not service desks
_VADER_WEIGHT = 0.2  # their scale is -4..4
_LEAST = 0.3  # weaker words of the general lexicons are noise
_FORWARD, _BACKWARD = 4, 4  # how many words a negation reaches
_TILT = 0.1  # in favour of "neu": weak evidence is none
_MIXED_MARGIN = 0.25  # "mixed" must fit clearly better than the rest
_BREAKS = frozenset("dat als om omdat want die en of maar and or but because that if which when while toen terwijl zodat".split())
_SMILE = re.compile("[👍👏🎉🙏😀😃😄😁😊🙂😍🤩❤💚💯🥳✅⭐]|(?<!\\w)[:;]-?\\)|<3")
_FROWN = re.compile("[👎😡😠😤😞🙁☹😢😭😒🙄🤬😕😩🤦💩❌]|(?<!\\w):-?\\(")


@dataclass(frozen=True)
class Sentiment:
    """What the words of a text say about the service.

    Attributes
    ----------
    label : {"neg", "neu", "pos", "mixed"}
    score : float
        From -1 (only complaint) to 1 (only praise).
    words : tuple of str
        The words and phrases that gave it, in reading order.
    """

    label: Label
    score: float
    words: tuple[str, ...]


class _Lexicon:
    """The lists of one language, ready for looking up."""

    def __init__(self, language: str) -> None:
        raw: dict[str, Any] = read_yaml(DATA / "lexicon" / "ssc.yaml")[language]
        self.language = language
        self.phrases = Phrases({value: lines.splitlines() for value, lines in raw["phrases"].items()}, raw["macros"])
        self.wishes = Phrases({1.0: raw["wish_phrases"].splitlines()}, raw["macros"])
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
        self.starts = sorted(starts.items(), key=lambda item: -len(item[0]))
        self.zero = frozenset(raw["zero"].split())
        self.negators = {word: float(value) for value, listed in raw["negators"].items() for word in str(listed).split()}
        self.louder, self.softer = frozenset(raw["intensifiers"].split()), frozenset(raw["diminishers"].split())
        self.contrast, self.wish = frozenset(raw["contrast"].split()), frozenset(raw["wish"].split())
        self.past = frozenset(raw["past"].split())
        self.openings, self.imperatives = frozenset(raw["openings"].split()), frozenset(raw["imperatives"].split())
        self.general = _pattern() if language == "nl" else _vader()
        self._cache: dict[str, float] = {}

    def value(self, word: str) -> float:
        """Value of a folded word from -1 to 1; 0 when it says nothing."""
        known = self._cache.get(word)
        if known is None:
            known = self._look_up(word)
            if len(self._cache) > 100_000:
                self._cache.clear()
            self._cache[word] = known
        return known

    def _look_up(self, word: str) -> float:
        import simplemma

        if word in self.negators or not word[0].isalpha():
            return 0.0
        lemma = fold(simplemma.lemmatize(word, lang=self.language))
        for form in (word, lemma):
            if form in self.exact:
                return self.exact[form]
        for start, value in self.starts:
            if word.startswith(start):
                return value
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
    for node in ET.parse(DATA / "lexicon" / "nl-sentiment.xml").getroot():
        confidence = float(node.attrib["confidence"] or 0.7)
        senses.setdefault(fold(node.attrib["form"]), []).append((float(node.attrib["polarity"]), confidence))
    mean = {form: sum(p * c for p, c in seen) / sum(c for _, c in seen) for form, seen in senses.items()}
    return {form: polarity * _PATTERN_WEIGHT for form, polarity in mean.items() if abs(polarity) >= _LEAST}


def _vader() -> dict[str, float]:
    lines = (DATA / "lexicon" / "en-vader.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: float(value) * _VADER_WEIGHT for word, value in rows if abs(float(value)) >= 1}


@lru_cache(maxsize=2)
def _lexicon(language: str) -> _Lexicon:
    return _Lexicon(language)


@dataclass
class _Item:
    """A word or phrase that judges: where it stands and how much it says."""

    at: tuple[int, ...]
    value: float
    bare: bool = False  # a negation without a word that it turns
    turned: bool = False
    phrase: bool = False


def sentiment(text: str, language: str = "nl") -> Sentiment:
    """Read praise and complaint from the words of a text.

    Parameters
    ----------
    text : str
    language : {"nl", "en", "other"}
        As `feedback.text.language.detect` gives it; of another language only smileys are read.

    Returns
    -------
    Sentiment
        The score is half the lead of "pos" over "neg".
    """
    smile = len(_SMILE.findall(text)) - len(_FROWN.findall(text)) if not text.isascii() or ":" in text or "<" in text else 0
    if language == "other":
        label: Label = "pos" if smile > 0 else "neg" if smile < 0 else "neu"
        return Sentiment(label, 0.6 * max(-1, min(1, smile)), ())
    row, named = _evidence(text, language, smile)
    judge = _judge()
    scores = dict(zip(judge.classes, judge.scores(row), strict=True))
    scores["neu"] += _TILT
    best = max(("neg", "neu", "pos"), key=scores.__getitem__)
    if scores["mixed"] > scores[best] + _MIXED_MARGIN:
        best = "mixed"
    balance = max(-1.0, min(1.0, (scores["pos"] - scores["neg"]) / 2))
    if best in ("pos", "neg") and not named:
        named = judge.words_for(row, best, language)
    return Sentiment(cast(Label, best), round(balance, 3), named)


def _evidence(text: str, language: str, smile: int) -> tuple[Evidence, tuple[str, ...]]:
    """What the rules find in a text, for the learner, and the words that judge."""
    lexicon = _lexicon("en" if language == "en" else "nl")
    reading = read(text, lexicon.language)
    shown, tokens = reading.shown, reading.tokens
    items = _items(tokens, lexicon)
    praise, complaint = _sums(tokens, items, lexicon)
    praise += 0.6 * max(smile, 0)
    complaint += 0.6 * max(-smile, 0)
    openings = [token for place, token in enumerate(tokens) if place == 0 or tokens[place - 1] in END]
    signs = (
        min(praise, 2.0),
        min(complaint, 2.0),
        float(praise > 0.3),
        float(complaint > 0.3),
        praise - complaint,
        float(praise + complaint < 0.2),
        min(praise, complaint),
        float("?" in tokens),
        float(bool(lexicon.wishes.find(tokens)) or not lexicon.wish.isdisjoint(tokens)),
        float(not lexicon.imperatives.isdisjoint(openings)),
        float(not lexicon.openings.isdisjoint(openings)),
        float(not lexicon.contrast.isdisjoint(tokens)),
        float(sum(item.bare for item in items)),
        math.log1p(len(tokens)),
    )
    named = tuple(" ".join(shown[place] for place in item.at) for item in items if abs(item.value) >= 0.2)
    return Evidence(signs, reading), named


@lru_cache(maxsize=1)
def _judge() -> Judge:
    examples = read_examples(DATA / "lexicon" / "sentiment-examples.tsv")
    rows = []
    for _, text in examples:
        language = detect(text)
        rows.append(_evidence(text, "nl" if language == "other" else language, 0)[0])
    return Judge(("neg", "neu", "pos", "mixed"), vector_share=0.8).fit(rows, [label for label, _ in examples])


def _items(tokens: Sequence[str], lexicon: _Lexicon) -> list[_Item]:
    matches: list[Match] = lexicon.phrases.find(tokens)
    taken = {place for match in matches for place in match.at}
    items = [_Item(match.at, match.value, phrase=True) for match in matches if match.value]
    negations = []
    for place, token in enumerate(tokens):
        if place in taken:
            continue
        if token in lexicon.negators:
            negations.append(place)
            continue
        value = lexicon.value(token)
        if value:
            items.append(_Item((place,), value))
    items.sort(key=lambda item: item.at)
    for place in negations:
        _negate(place, tokens, items, lexicon)
    for item in items:
        if not item.bare:
            _weigh(item, tokens, lexicon, taken)
    items.sort(key=lambda item: item.at)
    return items


def _negate(place: int, tokens: Sequence[str], items: list[_Item], lexicon: _Lexicon) -> None:
    """Turn the word that a negation belongs to: the next one, else the one before ("goed is het niet"), else none."""
    target = _reach(range(place + 1, min(place + 1 + _FORWARD, len(tokens))), tokens, items, lexicon)
    if target is None:
        target = _reach(range(place - 1, max(place - 1 - _BACKWARD, -1), -1), tokens, items, lexicon)
    if target is None:
        items.append(_Item((place,), lexicon.negators[tokens[place]], bare=True))
        return
    target.turned = True
    target.value = -(0.5 + 0.4 * target.value) if target.value > 0 else 0.1 - 0.4 * target.value
    target.at = tuple(sorted((*target.at, place)))


def _reach(places: range, tokens: Sequence[str], items: list[_Item], lexicon: _Lexicon) -> _Item | None:
    for place in places:
        token = tokens[place]
        if token in END or token == "," or token in _BREAKS or token in lexicon.contrast:
            return None
        for item in items:
            if place in item.at and not item.bare:
                # a phrase of complaint is complete by itself: "niet na vijf weken" is no praise
                return None if item.turned or (item.phrase and item.value < 0) else item
    return None


def _weigh(item: _Item, tokens: Sequence[str], lexicon: _Lexicon, taken: set[int]) -> None:
    first = item.at[0]
    if first == 0 or first - 1 in taken:
        return
    before = tokens[first - 1]
    if before in lexicon.louder:
        item.value *= 1.3
    elif before in lexicon.softer:
        item.value *= 0.7


def _sums(tokens: Sequence[str], items: list[_Item], lexicon: _Lexicon) -> tuple[float, float]:
    """Praise and complaint of a text: the net value of each clause, wishes and questions at a discount."""
    wish_places = {match.at[0] for match in lexicon.wishes.find(tokens)}
    wish_places |= {place for place, token in enumerate(tokens) if token in lexicon.wish}
    praise = complaint = 0.0
    start = pointer = 0
    for end in range(len(tokens) + 1):
        if end < len(tokens) and tokens[end] not in END:
            continue
        if end > start:
            asked = tokens[end : end + 1] == ["?"] or tokens[start] in lexicon.openings
            wished = tokens[start] in lexicon.imperatives or any(start <= place < end for place in wish_places)
            first = pointer
            while pointer < len(items) and items[pointer].at[0] < end:
                pointer += 1
            plus, minus = _clauses(tokens, items[first:pointer], lexicon, start, end, asked, wished)
            praise += plus
            complaint += minus
        start = end + 1
    return praise, complaint


def _clauses(
    tokens: Sequence[str], items: list[_Item], lexicon: _Lexicon, start: int, end: int, asked: bool, wished: bool
) -> tuple[float, float]:
    plus = minus = net = 0.0
    by_place = {item.at[0]: item for item in items}
    past = False  # praise of how it was is complaint of how it is
    for place in range(start, end + 1):
        if place == end or tokens[place] == "," or tokens[place] in lexicon.contrast:
            plus, minus = plus + max(net, 0.0), minus + max(-net, 0.0)
            net, past = 0.0, False
        if place < end and tokens[place] in lexicon.past and tokens[place - 1] not in ("dan", "met", "van", "than"):
            past = True
        item = by_place.get(place)
        if item is None:
            continue
        value = item.value
        if past and value > 0:
            value *= -0.8
        elif asked or wished:
            if value > 0:
                value *= 0.15
            elif item.bare:
                value *= 0.0 if asked else 0.3
            else:
                value *= 0.5 if asked else 0.8
        net += value
    return plus, minus
