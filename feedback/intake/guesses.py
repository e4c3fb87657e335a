"""What the guesses for the columns of one table say about each other: one date, some text, one scale for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback.intake import vocabulary as words
from feedback.intake.clean import fold
from feedback.intake.facts import Facts
from feedback.intake.model import SINGLE_ROLES, Role, Scale

# From here on a guess is one to go by.
_SURE = 0.7


@dataclass(frozen=True)
class Guess:
    """A role, and how sure it is."""

    role: Role
    confidence: float
    scale: Scale | None = None
    asks: bool = False
    asks_ends: bool = False


def one_of_each(headers: Sequence[str], facts: Sequence[Facts], guesses: Sequence[Guess]) -> list[Guess]:
    """Keep the surest column of each role of which a row has one; name who speaks where only a private column can."""
    result = list(guesses)
    for role in SINGLE_ROLES:

        def rank(i: int, role: Role = role) -> tuple[float, bool, int]:
            finished = role == "date" and bool(words.FINISHED.search(headers[i])) and not words.BEGUN.search(headers[i])
            return result[i].confidence, finished, -i

        several = sorted((i for i, given in enumerate(result) if given.role == role), key=rank)
        for i in several[:-1]:
            # Of a start and an end the end counts; nobody needs to look at that.
            result[i] = Guess("ignore", 0.75 if result[several[-1]].confidence >= 0.9 else 0.6)
    if not any(given.role == "member" for given in result):
        private = [
            i for i, given in enumerate(result) if given.role == "private" and _tells_apart(headers[i], facts[i])
        ]
        if private:
            # An address is one person's; names come in several spellings.
            first = min(private, key=lambda i: (facts[i].mails < 0.5, i))
            result[first] = Guess("member", 0.7)
    return result


def _tells_apart(header: str, facts: Facts) -> bool:
    people = {fold(text) for text in facts.counts} - words.NOBODY
    return len(people) > 1 and (facts.mails > 0.5 or header in words.WHO or bool(words.NAME.search(header)))


def some_text(facts: Sequence[Facts], guesses: list[Guess]) -> list[Guess]:
    """A file of one column of words is about those words, whatever the column is called."""
    if any(given.role == "text" for given in guesses):
        return guesses
    left = [
        i
        for i, given in enumerate(guesses)
        if given.role in ("heading", "ignore")
        and facts[i].longest >= 3
        and facts[i].letters
        and facts[i].numbers < 0.6
        and facts[i].codes < 0.5
    ]
    if not left:
        return guesses
    best = max(left, key=lambda i: facts[i].mean_words)
    if facts[best].mean_words < 2.5:
        return guesses
    return [replace(given, role="text", confidence=0.5) if i == best else given for i, given in enumerate(guesses)]


def no_empty_text(headers: Sequence[str], facts: Sequence[Facts], guesses: list[Guess]) -> list[Guess]:
    """Leave out what a form adds to each question ("Feedback - Wat kan beter?") and nobody filled in."""
    if not any(given.role == "text" and fact.filled for given, fact in zip(guesses, facts, strict=True)):
        return guesses

    def added(i: int) -> bool:
        alone = not words.QUESTION.search(headers[i]) and not words.CLOSING.search(headers[i])
        return alone or any(name != headers[i] and headers[i].endswith(f" {name}") for name in headers)

    return [
        Guess("ignore", 0.8) if given.role == "text" and not facts[i].filled and added(i) else given
        for i, given in enumerate(guesses)
    ]


def same_scale(guesses: list[Guess]) -> list[Guess]:
    """Let a column of low grades follow its neighbours: nobody asks one grade out of 5 and the next out of 10."""
    if any(given.scale == Scale(1, 10) and given.confidence >= _SURE for given in guesses):
        guesses = [replace(given, confidence=_SURE, asks_ends=False) if given.asks_ends else given for given in guesses]
    unsure = [i for i, given in enumerate(guesses) if given.scale and given.scale.high == 5 and given.confidence < 0.7]
    tens = sum(1 for given in guesses if given.scale and (given.scale.low, given.scale.high) == (1, 10))
    if tens <= len(unsure):
        return guesses
    ten = {i: Scale(1, 10, given.scale.best) for i in unsure if (given := guesses[i]).scale}
    return [
        replace(given, scale=ten[i], asks=given.asks and ten[i].best == "low") if i in ten else given
        for i, given in enumerate(guesses)
    ]
