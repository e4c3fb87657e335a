"""Whether customers can read an answer: how long it is, whether it promises something with a date, and which words are difficult."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from feedback.settings import DATA

# The usual advice for B1 is ten words a sentence on average; one that is half as long again is pointed out.
LONGEST_SENTENCE = 15
LONGEST_TEXT = 80
SHORTEST_TEXT = 5
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WE = re.compile(r"\b(?:wij|we|ik|ons|onze|u|we'll|our|us|you|I)\b", re.IGNORECASE)
_MONTH = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "january|february|march|may|june|july|august|october"
)
_DATE = re.compile(
    rf"\b(?:{_MONTH}|\d{{1,2}}[-/]\d{{1,2}}|20\d\d|week \d+|kwartaal|zomer|herfst|najaar|winter|voorjaar|lente|spring|summer|autumn|quarter)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Difficult:
    """A difficult word, as it stands in the text, and a simpler one."""

    word: str
    simpler: str


@dataclass(frozen=True)
class Reading:
    """What a reader will stumble over.

    Attributes
    ----------
    words : int
    long_sentences : tuple of str
        Sentences of more than `LONGEST_SENTENCE` words.
    short, long : bool
        Of fewer than `SHORTEST_TEXT` words, of more than `LONGEST_TEXT`.
    speaks : bool
        Whether somebody speaks to somebody: we, you.
    dated : bool
        Whether the text names a time, or the form has a date to put beside it.
    difficult : tuple of Difficult
        In the order of the text, each once.
    """

    words: int
    long_sentences: tuple[str, ...]
    short: bool
    long: bool
    speaks: bool
    dated: bool
    difficult: tuple[Difficult, ...]

    @property
    def fine(self) -> bool:
        """Whether there is nothing to mend."""
        return not (self.long_sentences or self.short or self.long or self.difficult) and self.speaks and self.dated


@lru_cache(maxsize=1)
def _simpler() -> tuple[re.Pattern[str], dict[str, str]]:
    lines = (DATA / "lexicon" / "plain-words.tsv").read_text(encoding="utf-8").splitlines()
    words = dict(line.split("\t") for line in lines)
    # The longest first: "ten gevolge van" is one expression.
    choice = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w)", re.IGNORECASE), words


def read(text: str, due_on: dt.date | None = None) -> Reading:
    """Read an answer as a customer would.

    Parameters
    ----------
    text : str
    due_on : date, optional
        The date that stands beside it.

    Returns
    -------
    Reading
    """
    n = len(_WORD.findall(text))
    sentences = [part.strip() for part in _SENTENCE.split(text)]
    pattern, words = _simpler()
    found = {match.group().casefold(): match.group() for match in pattern.finditer(text)}
    return Reading(
        words=n,
        long_sentences=tuple(part for part in sentences if len(_WORD.findall(part)) > LONGEST_SENTENCE),
        short=n < SHORTEST_TEXT,
        long=n > LONGEST_TEXT,
        speaks=bool(_WE.search(text)),
        dated=due_on is not None or bool(_DATE.search(text)),
        difficult=tuple(Difficult(word, words[folded]) for folded, word in found.items()),
    )
