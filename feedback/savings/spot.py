"""Spot remarks that propose to save money or hours, also without the words "besparen" or "kosten".

Rules count signs (`data/lexicon/savings.yaml`): something to do that saves, a gain, a waste, the tone of a proposal, and against it
bills, complaints of a price and savings already made. A learner weighs them together with the words, as it learned from the
examples in `data/lexicon/savings-examples.tsv`. A person confirms every idea, so this is a first sieve.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from feedback.text.judge import Evidence, Judge, read
from feedback.text.language import detect
from feedback.text.money import euros_a_year, names_money
from feedback.text.phrases import END, Phrases
from feedback.text.resources import DATA, made_once, read_examples, read_yaml

_KINDS = ("act", "way", "gain", "waste", "proposal", "against")
_FOR = 4  # the first four speak of a saving, and are shown
_LEAST = 0.4  # how much better "yes" must fit than "no"


@dataclass(frozen=True)
class SavingHint:
    """What a remark says about saving.

    Attributes
    ----------
    is_saving : bool
        Whether it proposes something that saves money or hours.
    eur : float or None
        Euros a year where the text names them or they follow from its numbers; only of a proposal.
    words : tuple of str
        The signs found, in reading order; without signs the words that decided.
    """

    is_saving: bool
    eur: float | None
    words: tuple[str, ...]


class _Signs:
    def __init__(self, language: str) -> None:
        raw = read_yaml(DATA / "lexicon" / "savings.yaml")[language]
        self.phrases = Phrases({float(place): raw[kind].splitlines() for place, kind in enumerate(_KINDS)}, share=True)
        self.commands = frozenset(read_yaml(DATA / "lexicon" / "ssc.yaml")[language]["imperatives"].split())


@lru_cache(maxsize=2)
def _signs(language: str) -> _Signs:
    return _Signs(language)


def _evidence(text: str, language: str) -> tuple[Evidence, tuple[str, ...]]:
    """What the rules find in a text, for the learner, and the signs of a saving in reading order."""
    language = "en" if language == "en" else "nl"
    lists, reading = _signs(language), read(text, language)
    tokens = ["1" if token == "één" else folded for token, folded in zip(reading.shown, reading.tokens, strict=True)]
    found = lists.phrases.find(tokens)
    counts = [0] * len(_KINDS)
    for match in found:
        counts[int(match.value)] += 1
    signs: list[float] = []
    for count in counts:
        signs += (float(count > 0), float(min(max(count - 1, 0), 2)))
    words = [" ".join(reading.shown[place] for place in match.at) for match in found if match.value < _FOR]
    openings = [token for place, token in enumerate(tokens) if place == 0 or tokens[place - 1] in END]
    command = not lists.commands.isdisjoint(openings)
    signs += (
        float(command),
        float(command and bool(signs[0])),
        float("?" in tokens),
        float(names_money(text)),
        math.log1p(len(tokens)),
    )
    return Evidence(tuple(signs), reading), tuple(words)


SOURCES = tuple(
    DATA / "lexicon" / name for name in ("savings-examples.tsv", "sentiment-examples.tsv", "savings.yaml", "ssc.yaml")
)


@made_once()
def _judge() -> Judge:
    return Judge.kept("saving", SOURCES, learn)


def learn() -> Judge:
    """Learn from the examples that ship; `tools/learn.py` keeps the result."""
    told = read_examples(DATA / "lexicon" / "savings-examples.tsv")
    # praise and complaint are no proposals; wishes may be, so they are left out
    known = {text for _, text in told}
    others = read_examples(DATA / "lexicon" / "sentiment-examples.tsv")
    told = told + [("no", text) for label, text in others if label != "neu" and text not in known]
    rows = []
    for _, text in told:
        language = detect(text)
        rows.append(_evidence(text, "nl" if language == "other" else language)[0])
    return Judge(("no", "yes"), vector_share=0.7).fit(rows, [label for label, _ in told])


def strength(text: str, language: str = "nl") -> float:
    """Tell how much a text reads as a proposal to save.

    Parameters
    ----------
    text : str
    language : {"nl", "en", "other"}

    Returns
    -------
    float
        How much better "yes" fits than "no": below 0.4 nothing is spotted, above 3 nobody would doubt.
    """
    no, yes = _judge().scores(_evidence(text, language)[0])
    return yes - no


def spot(text: str, language: str = "nl") -> SavingHint:
    """Spot a concrete proposal that saves money or hours.

    Parameters
    ----------
    text : str
    language : {"nl", "en", "other"}

    Returns
    -------
    SavingHint
    """
    row, words = _evidence(text, language)
    no, yes = _judge().scores(row)
    if yes - no < _LEAST or not row.reading.words:
        return SavingHint(False, None, ())
    return SavingHint(True, euros_a_year(text), words or _judge().words_for(row, "yes", language))
