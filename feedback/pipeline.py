"""The main job: a file becomes notes, notes become remarks, masked, annotated, themed and stored.

Read from top to bottom: `prepare` computes everything about a file without touching the database's data, `store` writes it in one
transaction, `import_file` is the two together. Slow work happens in `prepare`, so that the write lock is held for a moment only.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd
from sqlalchemy import Engine
from sqlmodel import Session

from feedback.areas.frame import Area
from feedback.areas.placing import areas_in_use, corrections, place_in_areas
from feedback.i18n import UserError
from feedback.intake import batches
from feedback.intake.model import Mapping, Source, Taken
from feedback.intake.read import read
from feedback.intake.split import split_remarks
from feedback.intake.take import take
from feedback.panel import people
from feedback.savings import ideas
from feedback.savings.spot import spot
from feedback.settings import settings
from feedback.store import example
from feedback.store.engine import reading, writing
from feedback.text.empty import is_empty
from feedback.text.handover import is_handover
from feedback.text.language import detect
from feedback.text.masking import mask
from feedback.text.sentiment import sentiment
from feedback.themes import placing, stored
from feedback.themes.codebook import Codebook

Step = Literal["read", "masked", "annotated", "themed", "stored"]
STEPS: tuple[Step, ...] = ("read", "masked", "annotated", "themed", "stored")
Progress = Callable[[Step, float], object]


def silent(step: Step, share: float) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class Prepared:
    """Everything about one file that is worth showing before it is stored.

    Attributes
    ----------
    source : Source
    taken : Taken
        Notes and scores as understood; texts still unmasked, so never stored or logged.
    notes : DataFrame
        A row a note: row, question, text (masked), language, is_empty, said_on, person, organisation, level, area.
    remarks : DataFrame
        A row a remark: note (position in `notes`), position, text, language, sentiment, sentiment_words, area, area2, aspect, area_by,
        is_saving, saving_eur, is_handover, theme (key of an entry, "" where none fits), strength, words.
    found : tuple of FoundTheme
        Proposed new entries for what fitted none.
    masked : dict of str to int
        What was hidden, by kind.
    """

    source: Source
    taken: Taken
    notes: pd.DataFrame
    remarks: pd.DataFrame
    found: tuple[placing.FoundTheme, ...]
    masked: dict[str, int]


@dataclass(frozen=True)
class Destination:
    """The panel session that a file belongs to: one that exists (`session_id`) or a new one."""

    name: str = ""
    kind: str = "session"
    held_on: dt.date | None = None
    question: str = ""
    attendance: int | None = None
    session_id: int | None = None


@dataclass(frozen=True)
class Stored:
    """What an import left behind."""

    batch_id: int
    session_id: int
    notes: int
    remarks: int
    themes: int
    ideas: int
    removed_example: bool = field(default=False)


@dataclass(frozen=True)
class Context:
    """What the panel knows already, and a file is set against: areas, codebook, corrections, themes awake, weak placements."""

    areas: list[Area]
    book: Codebook
    taught: list[tuple[str, str]]
    awake: frozenset[str]
    pool: pd.DataFrame


def read_context(*, session: Session) -> Context:
    """Read what a file is set against.

    Parameters
    ----------
    session : Session

    Returns
    -------
    Context
    """
    areas = areas_in_use(session=session)
    if example.loaded(session=session):
        # It goes when the file is stored: nothing of it may colour a panel of one's own.
        book = stored.stored_codebook(session=session, without_example=True)
        return Context(areas, book, taught=[], awake=frozenset(), pool=placing.NO_POOL)
    return Context(
        areas=areas, book=stored.stored_codebook(session=session), taught=corrections(session=session),
        awake=stored.awake_themes(session=session), pool=stored.weakly_placed(session=session),
    )  # fmt: skip


def prepare(
    filename: str,
    data: bytes,
    *,
    engine: Engine,
    mapping: Mapping | None = None,
    progress: Progress = silent,
) -> Prepared:
    """Read, mask, cut, annotate and theme a file; store nothing.

    Parameters
    ----------
    filename : str
        As the person knows it; says little about what is inside.
    data : bytes
    engine : Engine
        Read only: its service areas, codebook and corrections are what the file is set against.
    mapping : Mapping, optional
        What the columns mean, as a person corrected it; guessed when left out.
    progress : callable
        Gets a step and the share of it that is done, 0..1.

    Returns
    -------
    Prepared

    Raises
    ------
    UserError
        When the file cannot be used; the message says why and what to do.
    """
    with reading(engine) as session:
        context = read_context(session=session)
    annotated = understand(filename, data, context, mapping=mapping, progress=progress)
    (prepared,) = put_in_themes([annotated], context)
    progress("themed", 1.0)
    return prepared


def understand(
    filename: str, data: bytes, context: Context, *, mapping: Mapping | None = None, progress: Progress = silent
) -> Prepared:
    """Do what `prepare` does up to the themes: read, mask, cut, annotate."""
    source = read(filename, data, max_mb=settings().max_upload_mb)
    taken = take(source, mapping, areas={area.key: area.all_words for area in context.areas})
    progress("read", 1.0)

    notes, found_personal = mask_notes(taken)
    progress("masked", 1.0)

    remarks = annotate(cut(notes), progress)
    remarks = remarks.join(place_in_areas(remarks, areas=context.areas, book=context.book, taught=context.taught))
    progress("annotated", 1.0)
    return Prepared(source, taken, notes, remarks, (), found_personal)


def put_in_themes(files: Sequence[Prepared], context: Context) -> list[Prepared]:
    """Give the remarks of files their themes; several files are themed together.

    Parameters
    ----------
    files : sequence of Prepared
    context : Context

    Returns
    -------
    list of Prepared
        In the same order; proposals for new entries stand with the first.
    """
    ends = np.cumsum([0, *(len(file.remarks) for file in files)])
    together = pd.concat([file.remarks for file in files], ignore_index=True)
    placed, found = placing.place(together, book=context.book, awake=context.awake, pool=context.pool)
    return [
        replace(file, remarks=placed.iloc[start:end].reset_index(drop=True), found=found)
        for file, start, end in zip(files, ends[:-1], ends[1:], strict=True)
    ]


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
    for text, times in Counter(notes["text"]).items():
        hidden = mask(text)
        masked[text] = hidden.text
        for kind, n in hidden.found.items():
            found[kind] += n * times
    notes["text"] = notes["text"].map(masked)
    # A heading of session notes may hold a name as well.
    notes["question"] = notes["question"].map(
        {question: mask(question).text for question in notes["question"].unique()}
    )
    notes["is_empty"] = notes["text"].map({text: is_empty(text) for text in notes["text"].unique()}).astype(bool)
    notes["language"] = notes["text"].map({text: detect(text) for text in notes["text"].unique()})
    return notes, dict(found)


def cut(notes: pd.DataFrame) -> pd.DataFrame:
    """Cut notes into remarks: one statement each.

    Parameters
    ----------
    notes : DataFrame
        With text, is_empty, area.

    Returns
    -------
    DataFrame
        note (position in `notes`), position, text, stated_area; empty answers give none.
    """
    rows = [
        (at, position, text, area)
        for at, (note, empty, area) in enumerate(zip(notes["text"], notes["is_empty"], notes["area"], strict=True))
        if not empty
        for position, text in enumerate(split_remarks(note))
    ]
    return pd.DataFrame(rows, columns=["note", "position", "text", "stated_area"])


def annotate(remarks: pd.DataFrame, progress: Progress = silent) -> pd.DataFrame:
    """Add what each text says by itself: language, sentiment, saving, handover.

    Parameters
    ----------
    remarks : DataFrame
        With text.
    progress : callable

    Returns
    -------
    DataFrame
        The same rows with language, sentiment, sentiment_words, is_saving, saving_eur, is_handover.
    """
    texts = list(dict.fromkeys(remarks["text"]))
    known: dict[str, tuple[object, ...]] = {}
    for at, text in enumerate(texts):
        language = detect(text)
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
    return remarks.join(facts)


def must_hold_something(prepared: Prepared) -> None:
    """Refuse a file without one answer or score.

    Raises
    ------
    UserError
    """
    if prepared.notes["is_empty"].all() and not prepared.taken.scores:
        raise UserError("pipeline.error.nothing", file=prepared.source.filename)


def store(
    prepared: Prepared,
    destination: Destination,
    *,
    engine: Engine,
    actor: str,
    is_example: bool = False,
    progress: Progress = silent,
) -> Stored:
    """Write a prepared file to the database: all of it or, whatever happens, nothing.

    Parameters
    ----------
    prepared : Prepared
    destination : Destination
    engine : Engine
    actor : str
    is_example : bool
        Whether it is part of the example panel, which own data never joins.
    progress : callable

    Returns
    -------
    Stored

    Raises
    ------
    UserError
        When the same file is there already, or the codebook was changed in a way that this needs a new look.
    """
    with writing(engine) as session:
        stored = store_in(prepared, destination, session=session, actor=actor, is_example=is_example)
    progress("stored", 1.0)
    return stored


def store_in(
    prepared: Prepared, destination: Destination, *, session: Session, actor: str, is_example: bool = False
) -> Stored:
    """Do what `store` does inside a transaction of the caller's."""
    batches.one_import_at_a_time(session=session)
    removed = False if is_example else example.remove(session=session, actor=actor)
    session_id = batches.panel_session(
        session_id=destination.session_id, name=destination.name or prepared.source.filename, kind=destination.kind,
        held_on=destination.held_on or prepared.taken.held_on or dt.date.today(), question=destination.question,
        attendance=destination.attendance or prepared.taken.attendance, is_example=is_example, session=session,
    )  # fmt: skip
    batch_id = batches.new_batch(
        prepared.source, prepared.taken, prepared.masked, session_id=session_id, actor=actor, is_example=is_example,
        session=session,
    )  # fmt: skip
    theme_ids = stored.wake(prepared.remarks["theme"], prepared.found, is_example=is_example, session=session)
    remarks = prepared.remarks.assign(theme_id=prepared.remarks["theme"].map(theme_ids))
    speakers = people.speakers(
        [*prepared.taken.notes, *prepared.taken.scores], key=settings().hash_key, is_example=is_example,
        numbers_of=f"session {session_id}" if batches.kind_of(session_id, session=session) == "survey" else "",
        session=session,
    )  # fmt: skip
    remark_ids = batches.add_notes(prepared.notes, remarks, speakers, batch_id=batch_id, session=session)
    batches.add_scores(prepared.taken.scores, speakers, batch_id=batch_id, session=session)
    stored.join_found(prepared.found, theme_ids, session=session)
    spotted = ideas.spotted(remarks.assign(remark_id=remark_ids), is_example=is_example, session=session)
    batches.log_import(batch_id, prepared.source.filename, len(remarks), actor=actor, session=session)
    return Stored(
        batch_id=batch_id, session_id=session_id, notes=len(prepared.notes), remarks=len(remarks),
        themes=remarks["theme"].replace("", None).nunique(), ideas=spotted, removed_example=removed,
    )  # fmt: skip


def import_file(
    filename: str,
    data: bytes,
    destination: Destination,
    *,
    engine: Engine,
    actor: str,
    mapping: Mapping | None = None,
    is_example: bool = False,
    progress: Progress = silent,
) -> tuple[Prepared, Stored]:
    """Take a file the whole way: read, masked, annotated, themed, stored.

    Parameters
    ----------
    filename, data, mapping, engine, progress
        See `prepare`.
    destination, actor, is_example
        See `store`.

    Returns
    -------
    prepared : Prepared
    stored : Stored

    Raises
    ------
    UserError
        When the file cannot be used, or is there already.
    """
    prepared = prepare(filename, data, engine=engine, mapping=mapping, progress=progress)
    must_hold_something(prepared)
    return prepared, store(prepared, destination, engine=engine, actor=actor, is_example=is_example, progress=progress)
