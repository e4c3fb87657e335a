"""Rows that say nearly the same: sent in twice, or taken from a file of earlier."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from sqlalchemy import select
from sqlmodel import Session, col

from feedback.intake.model import Taken
from feedback.store.tables import Batch, Note, PanelSession
from feedback.text.tokens import fold

# Two people write "de koffie is prima" by themselves, but not the same sentence of six words.
SHORTEST = 6
# Share of their pairs of words that two texts have in common: one word in ten is another.
ALIKE = 0.6
# A pair of words that more texts have is a turn of phrase: nothing is looked for by it.
COMMON = 40
# The newest of what is stored; a file is sent in twice within weeks, not years.
NEWEST = 20_000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Twice:
    """A row that says nearly what another says.

    Attributes
    ----------
    row : int
    text : str
        Masked.
    other : int
        The earlier row of the same file; 0 where it is in another.
    other_text : str
        Masked.
    session : str
        The panel session that has it already, "" where it is the same file.
    same_person : bool
        Whether the file names the same person on both rows.
    """

    row: int
    text: str
    other: int
    other_text: str
    session: str = ""
    same_person: bool = False


def pairs(texts: Sequence[str]) -> dict[int, int]:
    """Find the texts that are nearly the same as an earlier one.

    Every two texts with a likeness (Jaccard, of pairs of neighbouring words) of `ALIKE` share one of their rarest pairs, so only
    texts that do are compared (prefix filtering; Chaudhuri, Ganti & Kaushik 2006).

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    dict of int to int
        Position of a text to that of the first one like it.
    """
    found: dict[int, int] = {}
    first: dict[tuple[str, ...], int] = {}
    for at, text in enumerate(texts):
        words = tuple(_WORD.findall(fold(text)))
        if len(words) >= SHORTEST and (there := first.setdefault(words, at)) != at:
            found[at] = there
    grams = {at: {hash(pair) for pair in pairwise(words)} for words, at in first.items()}
    often = Counter(gram for said in grams.values() for gram in said)
    holders: dict[int, list[int]] = defaultdict(list)
    for at, said in grams.items():
        by_rarity = sorted(said, key=lambda gram: (often[gram], gram))
        seen: set[int] = set()
        for gram in by_rarity[: len(said) - math.ceil(ALIKE * len(said)) + 1]:
            if often[gram] > COMMON:
                break
            seen.update(holders[gram])
            holders[gram].append(at)
        like = [there for there in seen if _likeness(said, grams[there]) >= ALIKE]
        if like:
            there = min(like)
            found[at] = found.get(there, there)
    return {at: found.get(there, there) for at, there in found.items()}


def _likeness(one: set[int], other: set[int]) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both)


def stored_rows(*, session: Session) -> list[tuple[str, str]]:
    """Read what is stored and counts, newest first.

    Parameters
    ----------
    session : Session

    Returns
    -------
    list of (str, str)
        Panel session and text of a row, all its answers together.
    """
    said = session.connection().execute(
        select(Note.batch_id, Note.row, PanelSession.name, Note.text)  # type: ignore[call-overload]
        .join(Batch, col(Note.batch_id) == Batch.id)
        .join(PanelSession, col(Batch.session_id) == PanelSession.id)
        .where(col(Batch.undone_at).is_(None), col(Batch.is_example).is_(False), col(Note.is_empty).is_(False))
        .order_by(col(Note.id).desc()).limit(NEWEST)
    )  # fmt: skip
    rows: dict[tuple[int, int], tuple[str, list[str]]] = {}
    for batch, row, name, text in said:
        rows.setdefault((batch, row), (name, []))[1].append(text)
    return [(name, " ".join(reversed(texts))) for name, texts in rows.values()]


def twice(taken: Taken, notes: pd.DataFrame, stored: Sequence[tuple[str, str]]) -> list[Twice]:
    """Find the rows of a file that say nearly what an earlier row says, or what is stored.

    Parameters
    ----------
    taken : Taken
    notes : DataFrame
        Its notes, masked: row, text, is_empty.
    stored : sequence of (str, str)
        See `stored_rows`.

    Returns
    -------
    list of Twice
        In the order of the file.
    """
    who = {note.row: note.person for note in taken.notes}
    told = notes[~notes["is_empty"]]
    rows: dict[int, list[str]] = {}
    for row, text in zip(told["row"], told["text"], strict=True):
        rows.setdefault(int(row), []).append(text)
    numbers = list(rows)
    texts = [*(text for _, text in stored), *(" ".join(said) for said in rows.values())]
    before = len(stored)
    found = []
    for at, there in pairs(texts).items():
        if at < before:
            continue
        row, inside = numbers[at - before], there >= before
        other = numbers[there - before] if inside else 0
        same = inside and who[row] is not None and who[row] == who[other]
        found.append(Twice(row, texts[at], other, texts[there], "" if inside else stored[there][0], same))
    return sorted(found, key=lambda one: one.row)
