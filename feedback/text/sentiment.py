"""Praise and complaint read from the words of a remark: a hint that a person or a grade overrules.

Rules find the words that judge: our own list (`data/lexicon/ssc.yaml`) and behind it, at a lower weight, the subjectivity lexicon of
Pattern (De Smedt & Daelemans 2012, public domain) for Dutch and VADER (Hutto & Gilbert 2014, MIT) for English. Phrases go before
words, a negation turns the word it belongs to, what is wished or asked is no praise. Most complaints name no feeling, though ("I
had to call three times"), so a learner weighs what the rules found together with the small words, the subject and the word vectors,
as it learned from the examples in `data/lexicon/sentiment-examples.tsv`. Irony is left alone, but for a few fixed sayings.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from feedback.text.judge import Evidence, Judge, read
from feedback.text.language import detect
from feedback.text.lexicon import Lexicon, lexicon
from feedback.text.phrases import END, Match
from feedback.text.resources import DATA, made_once, read_examples
from feedback.text.turns import Verdict, turned

Label = Literal["neg", "neu", "pos", "mixed"]

_FORWARD, _BACKWARD = 4, 4  # how many words a negation reaches
_TILT = 0.1  # in favour of "neu": weak evidence is none
_MIXED_MARGIN = 0.25  # "mixed" must fit clearly better than the rest
_TURNED = 1.2  # the weight of how a text is built against its words
_SAID = 0.8  # praise or complaint of a text that says it by its build
_UNNAMED = 0.3  # the learner must be so much surer of praise where the words name only complaint ("neemt nooit op")
_BREAKS = frozenset(
    "dat als om omdat want die en of maar and or but because that if which when while toen terwijl zodat".split()
)
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
    smile = (
        len(_SMILE.findall(text)) - len(_FROWN.findall(text)) if not text.isascii() or ":" in text or "<" in text else 0
    )
    if language == "other":
        label: Label = "pos" if smile > 0 else "neg" if smile < 0 else "neu"
        return Sentiment(label, 0.6 * max(-1, min(1, smile)), ())
    row, named, turn = _evidence(text, language, smile)
    judge = _judge()
    scores = dict(zip(judge.classes, judge.scores(row), strict=True))
    scores["neu"] += _TILT
    praise, complaint = row.signs[:2]
    if complaint > 0.3 and praise < 0.1:
        scores["pos"] -= _UNNAMED
    if turn:
        scores[turn] += _TURNED
    best = max(("neg", "neu", "pos"), key=scores.__getitem__)
    if scores["mixed"] > scores[best] + _MIXED_MARGIN:
        best = "mixed"
    balance = max(-1.0, min(1.0, (scores["pos"] - scores["neg"]) / 2))
    if best in ("pos", "neg") and not named:
        named = judge.words_for(row, best, language)
    if best == "pos" and not named and smile <= 0:
        # Praise that no word bears out is a guess of the learner's.
        best = "neu"
    return Sentiment(cast(Label, best), round(balance, 3), named)


def _evidence(text: str, language: str, smile: int) -> tuple[Evidence, tuple[str, ...], Verdict | None]:
    """What the rules find in a text, for the learner, the words that judge, and what its build says against them."""
    lists = lexicon("en" if language == "en" else "nl")
    reading = read(text, lists.language)
    shown, tokens = reading.shown, reading.tokens
    items = _items(tokens, lists)
    wishes = [match.at[0] for match in lists.wishes.find(tokens)]
    wishes += [place for place, token in enumerate(tokens) if token in lists.wish]
    praise, complaint = _sums(tokens, items, lists, wishes)

    def worth(start: int, end: int) -> tuple[float, float]:
        values = [
            item.value
            for item in items
            if start <= item.at[0] and item.at[-1] < end and tokens[item.at[0]] not in lists.past
        ]
        return sum(value for value in values if value > 0), -sum(value for value in values if value < 0)

    turn = turned(tokens, lists, worth)
    more_to_say = tokens.count(".") > 1 and not lists.contrast.isdisjoint(tokens)
    if turn in ("pos", "neg") and not more_to_say:
        said = max(praise, complaint, _SAID)
        praise, complaint = (said, 0.0) if turn == "pos" else (0.0, said)
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
        float(bool(wishes)),
        float(not lists.imperatives.isdisjoint(openings)),
        float(not lists.openings.isdisjoint(openings)),
        float(not lists.contrast.isdisjoint(tokens)),
        float(sum(item.bare for item in items)),
        math.log1p(len(tokens)),
    )
    named = tuple(" ".join(shown[place] for place in item.at) for item in items if abs(item.value) >= 0.2)
    return Evidence(signs, reading), named, turn


SOURCES = tuple(
    DATA / "lexicon" / name for name in ("sentiment-examples.tsv", "ssc.yaml", "nl-sentiment.xml", "en-vader.txt")
)


@made_once()
def _judge() -> Judge:
    return Judge.kept("sentiment", SOURCES, learn)


def learn() -> Judge:
    """Learn from the examples that ship; `tools/learn.py` keeps the result."""
    examples = read_examples(DATA / "lexicon" / "sentiment-examples.tsv")
    rows = []
    for _, text in examples:
        language = detect(text)
        rows.append(_evidence(text, "nl" if language == "other" else language, 0)[0])
    return Judge(("neg", "neu", "pos", "mixed"), vector_share=0.8).fit(rows, [label for label, _ in examples])


def _items(tokens: Sequence[str], lists: Lexicon) -> list[_Item]:
    matches: list[Match] = lists.phrases.find(tokens)
    taken = {place for match in matches for place in match.at}
    items = [_Item(match.at, match.value, phrase=True) for match in matches if match.value]
    negations = []
    known = lists.known
    for place, token in enumerate(tokens):
        if place in taken:
            continue
        if token in lists.negators:
            negations.append(place)
            continue
        value = known.get(token)
        if value is None:
            value = lists.value(token)
        if value:
            items.append(_Item((place,), value))
    items.sort(key=lambda item: item.at)
    for place in negations:
        _negate(place, tokens, items, lists)
    for item in items:
        if not item.bare:
            _weigh(item, tokens, lists, taken)
    items.sort(key=lambda item: item.at)
    return items


def _negate(place: int, tokens: Sequence[str], items: list[_Item], lists: Lexicon) -> None:
    """Turn the word that a negation belongs to: the next one, else the one before ("goed is het niet"), else none."""
    target = _reach(range(place + 1, min(place + 1 + _FORWARD, len(tokens))), tokens, items, lists)
    if target is None:
        target = _reach(range(place - 1, max(place - 1 - _BACKWARD, -1), -1), tokens, items, lists)
    if target is None:
        items.append(_Item((place,), lists.negators[tokens[place]], bare=True))
        return
    target.turned = True
    target.value = -(0.5 + 0.4 * target.value) if target.value > 0 else 0.1 - 0.4 * target.value
    target.at = tuple(sorted((*target.at, place)))


def _reach(places: range, tokens: Sequence[str], items: list[_Item], lists: Lexicon) -> _Item | None:
    for place in places:
        token = tokens[place]
        if token in END or token == "," or token in _BREAKS or token in lists.contrast:
            return None
        for item in items:
            if place in item.at and not item.bare:
                # a phrase of complaint is complete by itself: "niet na vijf weken" is no praise
                return None if item.turned or (item.phrase and item.value < 0) else item
    return None


def _weigh(item: _Item, tokens: Sequence[str], lists: Lexicon, taken: set[int]) -> None:
    first = item.at[0]
    if first == 0 or first - 1 in taken:
        return
    before = tokens[first - 1]
    if before in lists.louder:
        item.value *= 1.3
    elif before in lists.softer:
        item.value *= 0.7


def _sums(tokens: Sequence[str], items: list[_Item], lists: Lexicon, wishes: Sequence[int]) -> tuple[float, float]:
    """Praise and complaint of a text: the net value of each clause, wishes and questions at a discount."""
    praise = complaint = 0.0
    start = pointer = 0
    for end in range(len(tokens) + 1):
        if end < len(tokens) and tokens[end] not in END:
            continue
        if end > start:
            asked = tokens[end : end + 1] == ["?"] or tokens[start] in lists.openings
            wished = tokens[start] in lists.imperatives or any(start <= place < end for place in wishes)
            first = pointer
            while pointer < len(items) and items[pointer].at[0] < end:
                pointer += 1
            plus, minus = _clauses(tokens, items[first:pointer], lists, start, end, asked, wished)
            praise += plus
            complaint += minus
        start = end + 1
    return praise, complaint


def _clauses(
    tokens: Sequence[str], items: list[_Item], lists: Lexicon, start: int, end: int, asked: bool, wished: bool
) -> tuple[float, float]:
    plus = minus = net = 0.0
    by_place = {item.at[0]: item for item in items}
    past = False  # praise of how it was is complaint of how it is
    for place in range(start, end + 1):
        if place == end or tokens[place] == "," or tokens[place] in lists.contrast:
            plus, minus = plus + max(net, 0.0), minus + max(-net, 0.0)
            net, past = 0.0, False
        if place < end and tokens[place] in lists.past and tokens[place - 1] not in ("dan", "met", "van", "than"):
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
