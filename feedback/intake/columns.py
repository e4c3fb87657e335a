"""Guess what the columns of a table mean, from their names and from what is in them."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import takewhile

from feedback.intake import scales
from feedback.intake import vocabulary as words
from feedback.intake.areas import AreaNames
from feedback.intake.dates import is_serial
from feedback.intake.direction import settled
from feedback.intake.facts import Facts, facts_of, is_yes_no
from feedback.intake.guesses import Guess, no_empty_text, one_of_each, same_scale, some_text
from feedback.intake.levels import as_level
from feedback.intake.model import AreaWords, Column, Mapping, Table

_EXPLAINS = re.compile(r"(?:toelichting|uitleg|motivatie|opmerking|waarom|why|explanation|comment|reason|reden|kunt u)")
# "Hoeveel moeite kostte het u?" counts nothing, "Hoeveel klachten had u?" does.
_EFFORT = re.compile(r"\b(?:moeite|effort)\b")

# A table with a row an answer has words and grades under one name.
_ANSWERS = re.compile(r"(?:antwoord(?:en)?|answers?|responses?|respons|waarde|value)")


def guess(table: Table, areas: AreaWords) -> Mapping:
    """Guess what each column means.

    Parameters
    ----------
    table : Table
    areas : mapping of str to sequence of str
        Service area key to its names and keywords, names first.

    Returns
    -------
    Mapping
        One column for each of the table's, in its order. Below a confidence of 0.7 a person had better look.
    """
    names = AreaNames(areas)
    columns_of_cells = zip(*table.rows, strict=True)
    facts = [facts_of(name, cells, names) for name, cells in zip(table.header, columns_of_cells, strict=True)]
    headers = [words.words_of(name) for name in table.header]
    guesses = [_guess(*given) for given in zip(table.header, headers, facts, strict=True)]
    guesses = one_of_each(headers, facts, guesses)
    guesses = some_text(facts, no_empty_text(headers, facts, guesses))
    guesses = same_scale(guesses)
    columns: list[Column] = []
    for name, header, fact, given in zip(table.header, headers, facts, guesses, strict=True):
        area = None
        if given.role == "score":
            area = names.within(name)
        elif given.role == "text":
            area = names.within(name, names_only=len(header.split()) > 4)
            # "Toelichting" right after "Cijfer ICT" explains that grade, after several grades in a row all of them.
            graded = {before.area for before in takewhile(lambda one: one.role == "score", reversed(columns))}
            if area is None and len(graded) == 1 and _EXPLAINS.match(header):
                area = columns[-1].area
        examples = tuple(value[:80] for value in list(fact.counts)[:3])
        columns.append(
            Column(
                name,
                given.role,
                round(given.confidence, 2),
                area,
                given.scale,
                examples,
                given.asks,
                asks_ends=given.asks_ends,
            )
        )
    return Mapping(tuple(settled(table, columns)))


def may_be_score(name: str, cells: Collection[str]) -> bool:
    """Tell whether a column that is not used may hold grades: its name says so, and its cells are marks of some kind.

    Parameters
    ----------
    name : str
    cells : collection of str
        Distinct ones that are filled in.

    Returns
    -------
    bool
    """
    header = words.words_of(name)
    if not words.SCORE.search(header) or words.COUNT.search(header) or words.TEXT.search(header) or len(cells) < 2:
        return False
    return all(len(cell.split()) <= 4 for cell in cells) and not all(is_yes_no(cell) for cell in cells)


def _guess(name: str, header: str, facts: Facts) -> Guess:
    if not facts.filled:
        private = _short(header) and words.PRIVATE.search(header)
        return Guess("text", 0.5) if _asks(header) and not private else Guess("ignore", 0.9)
    if facts.mails > 0.5:
        return Guess("private", 0.95)
    return (
        _who(header, facts)
        or _when(header, facts)
        or _how_much(name, header, facts)
        or _what(header, facts)
        or Guess("ignore", 0.6)
    )


def _short(header: str) -> bool:
    """Tell a column's name from a whole question."""
    return len(header.split()) <= 5 and not words.QUESTION.search(header)


def _asks(header: str) -> bool:
    return bool(words.TEXT.search(header) or words.QUESTION.search(header) or words.CLOSING.search(header))


def _who(header: str, facts: Facts) -> Guess | None:
    """Member, organisation, level, area, session: columns of short, mostly repeated values."""
    if facts.mean_words > 6 or facts.longest > 14:
        return None
    named = _short(header)
    if facts.days >= 0.6:
        # "Datum sessie" tells when, not which.
        return Guess("private", 0.85) if words.PRIVATE.search(header) else None
    if facts.numbers < 0.5:
        return _who_in_words(header, named, facts)
    if named and words.PRIVATE.search(header):
        return Guess("private", 0.85)
    return _who_by_number(header, facts) if named else None


def _who_in_words(header: str, named: bool, facts: Facts) -> Guess | None:
    if words.CONTACT.search(header):
        return Guess("private", 0.85)
    if words.WORKPLACE.search(header) and facts.mean_words <= 4:
        return Guess("organisation", 0.85)
    if words.LEVEL.search(header) and facts.levels >= 0.5:
        return Guess("level", 0.95)
    if words.AREA.search(header) and facts.areas >= 0.6:
        return Guess("area", 0.9)
    if words.WHICH_SERVICE.search(header) and facts.is_choice and facts.mean_words <= 4:
        return Guess("area", 0.65)
    if named and words.SESSION.search(header) and not words.TEXT.search(header):
        return Guess("session", 0.85)
    opinion = bool(words.TEXT.search(header) or words.OPINION.match(header))
    if words.ORGANISATION.search(header) and not opinion and (named or words.WHICH_ORGANISATION.search(header)):
        return Guess("organisation", 0.95 if named else 0.85)
    if named and words.UNIT.match(header) and not opinion and not words.SOMEBODY.search(header):
        return Guess("organisation", 0.7)
    if header in words.WHO or (named and words.PRIVATE.search(header) and not words.TEXT.search(header)):
        return Guess("private", 0.9)
    if by_number := _who_by_number(header, facts) if named else None:
        return by_number
    if facts.levels >= 0.9 and facts.is_choice and len(set(map(as_level, facts.counts))) > 1:
        return Guess("level", 0.75)
    if facts.areas >= 0.9 and len(facts.counts) > 2 and facts.filled > len(facts.counts):
        return Guess("area", 0.7)
    if (named or words.WHICH_UNIT.search(header)) and words.UNIT.search(header) and not opinion:
        return Guess("organisation", 0.6)
    return None


def _who_by_number(header: str, facts: Facts) -> Guess | None:
    """Tell a person's number from one that counts rows."""
    if words.MEMBER.search(header) and facts.mean_words <= 4:
        return Guess("member", 0.95)
    if words.NUMBER.search(header) and facts.mean_words <= 2:
        # Numbers that never come back count rows.
        people = len(facts.counts) < 0.9 * facts.filled or (facts.letters > 0.9 and "code" in header)
        return Guess("member", 0.6) if people and facts.distinct > 0.02 else Guess("ignore", 0.75)
    if (
        words.SESSION.search(header)
        and not words.SCORE.search(header)
        and not words.DATE.search(header)
        and facts.is_choice
    ):
        return Guess("session", 0.75)
    return None


def _when(header: str, facts: Facts) -> Guess | None:
    named = bool(words.DATE.search(header))
    if facts.days >= 0.6:
        return Guess("date", 0.75 if not named or words.CLOSED.search(header) else 0.95)
    serials = sum(n for text, n in facts.counts.items() if is_serial(text)) / facts.filled
    if named and _short(header) and (serials > 0.8 or facts.days > 0):
        return Guess("date", 0.8)
    return None


def _how_much(name: str, header: str, facts: Facts) -> Guess | None:
    if (facts.mean_words > 6 and facts.numbers < 0.7) or _mixed(header, facts):
        return None
    found = scales.detect(name, facts.counts)
    if found.scale is None:
        return Guess("ignore", 0.7) if facts.numbers > 0.9 else None
    if facts.yes_no == 1:
        return Guess("ignore", 0.8)
    # A header that tells the ends of the scale asks for a score, in whatever words.
    hinted = bool(words.SCORE.search(header) or _EFFORT.search(header)) or found.confidence >= 0.9
    # "Goed" and "slecht" under "Feedback" are answers, as long as there are only a few; under a whole statement they are marks.
    says = words.TEXT.search(header) and not words.SCORE.search(header) and len(header.split()) <= 4
    if facts.numbers < 0.5 and says and facts.filled < 8:
        return None
    if len(facts.counts) == 1 and facts.filled > 1 and not hinted:
        return Guess("ignore", 0.6)
    if (words.COUNT.search(header) or facts.is_counter) and not hinted:
        return Guess("ignore", 0.75)
    sure = found.confidence if hinted or facts.numbers < 0.7 else min(found.confidence, 0.65)
    return Guess("score", sure, found.scale, asks=not found.told, asks_ends=not found.ends_told)


def _mixed(header: str, facts: Facts) -> bool:
    return facts.numbers < 1 and facts.longest >= 4 and bool(_ANSWERS.fullmatch(header))


def _what(header: str, facts: Facts) -> Guess | None:
    """Tell free text from choices out of a list."""
    if not facts.letters or (facts.numbers > 0.6 and not _mixed(header, facts)):
        return None
    if words.TOOL.fullmatch(header) or (facts.codes > 0.9 and not _asks(header)):
        return Guess("ignore", 0.85)
    says = bool(words.TEXT.search(header))
    few = facts.is_choice
    if words.HEADING.search(header) and _short(header) and not says and not words.NUMBERED.search(header):
        repeats = facts.filled > len(facts.counts)
        if few or repeats or facts.mean_words < 3:
            return Guess("heading", 0.85 if few or repeats else 0.6)
    if (
        facts.yes_no > 0.8
        or words.DESK.fullmatch(header)
        or (few and facts.mean_words < 4 and words.SORTED.search(header))
    ):
        return Guess("ignore", 0.8)
    if words.CLOSING.search(header):
        return Guess("text", 0.9)
    asks = _asks(header)
    if facts.longest >= 5 and not (few and facts.mean_words < 4 and not says):
        return Guess("text", 0.95 if asks else 0.75 if facts.mean_words >= 3 else 0.6)
    if says or (asks and not few and (facts.longest > 2 or " " in header)):
        return Guess("text", 0.75 if facts.longest > 1 else 0.55)
    if few or facts.longest < 3:
        return Guess("ignore", 0.6)
    return Guess("text", 0.5)
