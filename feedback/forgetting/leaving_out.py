"""What was erased or hidden stays so: rows of forgotten people are left out of a file, hidden words are hidden again."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from feedback.intake.model import Dropped, Taken
from feedback.panel import people
from feedback.panel.forgotten import Remembered
from feedback.text.passages import rows_of_words

HIDDEN = "[verborgen]"


def forgotten_rows(taken: Taken, notes: pd.DataFrame, erased: Remembered, *, numbers_of: str = "") -> set[int]:
    """Find the rows of people who were forgotten.

    Parameters
    ----------
    taken : Taken
    notes : DataFrame
        Its notes, masked: row, text.
    erased : Remembered
    numbers_of : str
        See `panel.people.speakers`.

    Returns
    -------
    set of int
    """
    if not erased.marks:
        return set()
    called = {note.person for note in taken.notes} | {score.person for score in taken.scores}
    gone = {name for name in called if name and erased.person(people.code(name, numbers_of=numbers_of, key=erased.key))}
    gone |= {
        name for name, alias in taken.also_called
        if erased.alias(people.code(alias, numbers_of=numbers_of, key=erased.key))
    }  # fmt: skip
    rows = {note.row for note in taken.notes if note.person in gone}
    rows |= {score.row for score in taken.scores if score.person in gone}
    return rows | {row for row, text in zip(notes["row"], notes["text"], strict=True) if erased.text(text)}


def without_rows(taken: Taken, rows: set[int]) -> Taken:
    """Leave out rows of forgotten people; the log tells how many, not which: that would tell who."""
    if not rows:
        return taken
    return replace(
        taken, rows=taken.rows - len(rows), notes=tuple(note for note in taken.notes if note.row not in rows),
        scores=tuple(score for score in taken.scores if score.row not in rows),
        dropped=(
            *(drop for drop in taken.dropped if drop.row not in rows),
            Dropped(1, "", "pipeline.dropped.forgotten", {"n": len(rows)}),
        ),
    )  # fmt: skip


def hide_again(texts: pd.Series, erased: Remembered) -> pd.Series:
    """Hide the words that were hidden everywhere.

    Parameters
    ----------
    texts : Series of str
    erased : Remembered

    Returns
    -------
    Series of str
    """
    if not erased.sizes:
        return texts
    hidden = {text: _hidden(text, erased) for text in texts.unique()}
    return texts.map(hidden)


def _hidden(text: str, erased: Remembered) -> str:
    for size in sorted(erased.sizes, reverse=True):
        free = len(text)
        for words, start, end in reversed(rows_of_words(text, size)):
            if end <= free and erased.hidden(words):
                free = start
                text = f"{text[:start]}{HIDDEN}{text[end:]}"
    return text
