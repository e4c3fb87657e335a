"""Whether customers can read an answer: how long it is, who promises what by when, and which words and sentences are difficult."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from feedback.settings import DATA
from feedback.text import language

# The usual advice for B1 is ten words a sentence on average; one that is half as long again is pointed out.
LONGEST_SENTENCE = 15
LONGEST_TEXT = 80
SHORTEST_TEXT = 5
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SPEAKS = re.compile(r"\b(?:wij|we|ik|u|I|you)(?:['’](?:ll|ve|re|m|d))?\b", re.IGNORECASE)
_PROMISES = re.compile(r"\b(?:wij|we|ik|I)(?:['’](?:ll|ve|re|m|d))?\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"january|february|march|may|june|july|august|october|"
    r"(?:maan|dins|donder|vrij|zater|zon)dag|woensdag|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"\d{1,2}[-/]\d{1,2}|20\d\d|week \d+|Q[1-4]|kwartaal|quarter|zomer|herfst|najaar|winter|voorjaar|lente|spring|summer|autumn|"
    r"vandaag|morgen|today|tomorrow|(?:volgend|dit|deze|next|this) ?e? (?:week|maand|jaar|month|year)|"
    r"(?:binnen|within) \w+ (?:dag|dagen|werkdagen|weken|maanden|days|working days|weeks|months))\b",
    re.IGNORECASE,
)
_MONTHS = (
    "januari january", "februari february", "maart march", "april", "mei may", "juni june", "juli july", "augustus august",
    "september", "oktober october", "november", "december",
)  # fmt: skip
_MONTH = {name: at for at, names in enumerate(_MONTHS, start=1) for name in names.split()}
_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:e|th|st|nd|rd)? (?P<name>{'|'.join(_MONTH)})(?: (?P<year>20\d\d))?\b"
    r"|\b(?P<day2>\d{1,2})[-/](?P<month>\d{1,2})(?:[-/](?P<year2>20\d\d))?\b",
    re.IGNORECASE,
)
# A form of "worden" or "be" with a past participle in the same clause: nobody does it.
_PASSIVE = {
    "nl": re.compile(
        r"\b(?:word(?:en|t)?|werd(?:en)?)\b[^.!?;]*?\b(?:(?:\w{2,6})?ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|er|onder|over|voor|door)\w{2,}(?:d|t))\b"
        r"|\b(?:(?:\w{2,6})?ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|er|onder|over|voor|door)\w{2,}(?:d|t)) (?:word(?:en|t)|werd(?:en)?)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:is|are|was|were|be|been|being)\b (?:\w+ly |not |also |now |still |being )?"
        r"(?:\w{2,}[^e\W]ed|built|bought|brought|chosen|done|found|given|held|kept|known|made|paid|put|seen|sent|set|shown|sold|taken|told|written)\b",
        re.IGNORECASE,
    ),
}
# Capitals that everybody in an office reads.
_KNOWN = frozenset("AVG BTW BV CV EU GDPR HR HRM ICT IT KVK NL NS NV OK PC PDF SSC TV UK VPN WC WIFI".split())
_CAPITALS = re.compile(r"\b[A-Z][A-Z&]{1,4}\b")


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
    passives : tuple of str
        What is done by nobody: "wordt binnenkort onderzocht".
    abbreviations : tuple of str
        Capitals that not everybody knows.
    short, long : bool
        Of fewer than `SHORTEST_TEXT` words, of more than `LONGEST_TEXT`.
    speaks : bool
        Whether somebody speaks to somebody: we, you.
    promises : bool
        Whether somebody says *we*, or nothing has to be promised.
    dated : bool
        Whether the text names a time, or the form has a date to put beside it.
    other_days : tuple of str
        Days in the text, as they stand there, where the date beside it is none of them.
    difficult : tuple of Difficult
        In the order of the text, each once.
    """

    words: int
    long_sentences: tuple[str, ...]
    passives: tuple[str, ...]
    abbreviations: tuple[str, ...]
    short: bool
    long: bool
    speaks: bool
    promises: bool
    dated: bool
    other_days: tuple[str, ...]
    difficult: tuple[Difficult, ...]

    @property
    def fine(self) -> bool:
        """Whether there is nothing to mend."""
        wrong = self.long_sentences or self.passives or self.abbreviations or self.difficult or self.other_days
        return not (wrong or self.short or self.long) and self.speaks and self.promises and self.dated


@cache
def _simpler(lang: str) -> tuple[re.Pattern[str], dict[str, str]]:
    name = "plain-words.tsv" if lang == "nl" else "plain-words-en.tsv"
    lines = (DATA / "lexicon" / name).read_text(encoding="utf-8").splitlines()
    words: dict[str, str] = {}
    for word, simpler, *rest in (line.split("\t") for line in lines):
        # Of a verb the third column has the forms of the simpler one, so that what is proposed fits where it stands.
        words |= dict(zip(_forms(word, lang), rest[0].split("|"), strict=True)) if rest else {}
        words[word] = simpler
    # The longest first: "ten gevolge van" is one expression.
    choice = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w)", re.IGNORECASE), words


def _forms(word: str, lang: str) -> list[str]:
    """Give the other forms of a verb: implementeer, implementeert, geïmplementeerd; utilises, utilised, utilising."""
    if lang == "en":
        return [f"{word}s", f"{word}d", f"{word.removesuffix('e')}ing"]
    stem = word.removesuffix("eren") + "eer"
    joined = {"e": "geë", "i": "geï"}.get(word[0], f"ge{word[0]}") + stem[1:]
    return [stem, f"{stem}t", f"{stem}de", f"{stem}den", f"{joined}d", f"{joined}de"]


def _other_days(text: str, due_on: dt.date | None) -> tuple[str, ...]:
    """Give the days that a text names, unless the date beside it is one of them."""
    named = list(_DAY.finditer(text)) if due_on else []
    for match in named:
        day, year = int(match["day"] or match["day2"]), match["year"] or match["year2"]
        month = _MONTH[match["name"].casefold()] if match["name"] else int(match["month"])
        if due_on and (day, month) == (due_on.day, due_on.month) and int(year or due_on.year) == due_on.year:
            return ()
    return tuple(dict.fromkeys(match.group() for match in named))


def read(text: str, due_on: dt.date | None = None, *, promise: bool = False) -> Reading:
    """Read an answer as a customer would, in the language that it is written in.

    Parameters
    ----------
    text : str
    due_on : date, optional
        The date that stands beside it.
    promise : bool
        Whether the answer has to say who will do something.

    Returns
    -------
    Reading
    """
    lang = "en" if language.detect(text) == "en" else "nl"
    n = len(_WORD.findall(text))
    sentences = [part.strip() for part in _SENTENCE.split(text)]
    pattern, words = _simpler(lang)
    found = {match.group().casefold(): match.group() for match in pattern.finditer(text)}
    capitals = dict.fromkeys(match for match in _CAPITALS.findall(text) if match not in _KNOWN)
    return Reading(
        words=n,
        long_sentences=tuple(part for part in sentences if len(_WORD.findall(part)) > LONGEST_SENTENCE),
        passives=tuple(match.group() for match in _PASSIVE[lang].finditer(text)),
        abbreviations=() if text.isupper() else tuple(capitals),
        short=n < SHORTEST_TEXT,
        long=n > LONGEST_TEXT,
        speaks=bool(_SPEAKS.search(text)),
        promises=not promise or bool(_PROMISES.search(text)),
        dated=due_on is not None or bool(_DATE.search(text)),
        other_days=_other_days(text, due_on),
        difficult=tuple(Difficult(word, words[folded]) for folded, word in found.items()),
    )
