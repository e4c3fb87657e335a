"""The middle of the main job: notes masked, cut into remarks and annotated. Functions of text and frames; no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Literal

import pandas as pd

from feedback.intake.model import Taken
from feedback.intake.split import split_remarks
from feedback.savings.spot import spot
from feedback.text.empty import is_empty
from feedback.text.handover import is_handover
from feedback.text.language import detect
from feedback.text.masking import mask
from feedback.text.names import names_of
from feedback.text.sentiment import sentiment

Step = Literal["read", "masked", "annotated", "themed", "stored"]
STEPS: tuple[Step, ...] = ("read", "masked", "annotated", "themed", "stored")
Progress = Callable[[Step, float], object]


def silent(step: Step, share: float) -> None:
    """Report to nobody."""


def mask_notes(taken: Taken) -> tuple[pd.DataFrame, dict[str, int]]:
    """Hide personal data in every note, and tell empty answers from answers.

    Parameters
    ----------
    taken : Taken

    Returns
    -------
    notes : DataFrame
        See `Prepared.notes`.
    found : dict of str to int
        How often each kind was hidden.
    """
    columns = ["row", "question", "text", "said_on", "person", "organisation", "level", "area"]
    notes = pd.DataFrame([[getattr(note, name) for name in columns] for note in taken.notes], columns=columns)
    found: Counter[str] = Counter()
    masked: dict[str, str] = {}
    people = names_of(taken.people)
    for text, times in Counter(notes["text"]).items():
        hidden = mask(text, people)
        masked[text] = hidden.text
        for kind, n in hidden.found.items():
            found[kind] += n * times
    notes["text"] = notes["text"].map(masked)
    # A heading of session notes may hold a name as well.
    notes["question"] = notes["question"].map(
        {question: mask(question, people).text for question in notes["question"].unique()}
    )
    notes["is_empty"] = notes["text"].map({text: is_empty(text) for text in notes["text"].unique()}).astype(bool)
    notes["language"] = notes["text"].map({text: detect(text) for text in notes["text"].unique()})
    return notes, dict(found)


def cut(notes: pd.DataFrame) -> pd.DataFrame:
    """Cut notes into remarks: one statement each.

    Parameters
    ----------
    notes : DataFrame
        With text, is_empty, area, language.

    Returns
    -------
    DataFrame
        note (position in `notes`), position, text, stated_area, language (None where a remark is only part of its note);
        empty answers give none.
    """
    columns = (notes[name] for name in ("text", "is_empty", "area", "language"))
    rows = [
        (at, position, text, area, language if text == note else None)
        for at, (note, empty, area, language) in enumerate(zip(*columns, strict=True))
        if not empty
        for position, text in enumerate(split_remarks(note))
    ]
    return pd.DataFrame(rows, columns=["note", "position", "text", "stated_area", "language"])


def annotate(remarks: pd.DataFrame, progress: Progress = silent) -> pd.DataFrame:
    """Add what each text says by itself: language, sentiment, saving, handover.

    Parameters
    ----------
    remarks : DataFrame
        With text, and language where that is known already.
    progress : callable

    Returns
    -------
    DataFrame
        The same rows with language, sentiment, sentiment_words, is_saving, saving_eur, is_handover.
    """
    texts: dict[str, str | None] = dict(zip(remarks["text"], remarks["language"], strict=True))
    known: dict[str, tuple[object, ...]] = {}
    for at, (text, detected) in enumerate(texts.items()):
        # pandas makes NaN of None.
        language = detected if isinstance(detected, str) else detect(text)
        reading: Literal["nl", "en"] = "en" if language == "en" else "nl"
        mood = sentiment(text, reading)
        saving = spot(text, reading)
        known[text] = (
            language, mood.label, list(mood.words), saving.is_saving, saving.eur if saving.is_saving else None,
            is_handover(text, reading),
        )  # fmt: skip
        if at % 1000 == 0:
            progress("annotated", 0.9 * at / len(texts))
    names = ["language", "sentiment", "sentiment_words", "is_saving", "saving_eur", "is_handover"]
    facts = pd.DataFrame([known[text] for text in remarks["text"]], columns=names, index=remarks.index)
    facts["saving_eur"] = facts["saving_eur"].astype(float)
    return remarks.drop(columns="language").join(facts)
