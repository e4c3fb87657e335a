"""The main job: a file becomes notes, notes become remarks, masked, annotated, themed and stored.

Read from top to bottom: `prepare` computes everything about a file without touching the database's data, `store` writes it in one
transaction, `import_file` is the two together. Slow work happens in `prepare`, so that the write lock is held for a moment only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from sqlalchemy import Engine
from sqlmodel import Session

from feedback.annotating import Progress, annotate, cut, mask_notes, silent
from feedback.areas.frame import Area
from feedback.areas.placing import areas_in_use, corrections, place_in_areas
from feedback.forgetting.leaving_out import forgotten_rows, hide_again, without_rows
from feedback.i18n import UserError
from feedback.intake import batches
from feedback.intake.again import Again, find_again, replace_rows
from feedback.intake.by_hand import PLACEHOLDERS
from feedback.intake.columns import guess
from feedback.intake.model import Dropped, Mapping, Source, Table, Taken
from feedback.intake.read import read
from feedback.intake.rows import Row, rows_of_file
from feedback.intake.take import take
from feedback.panel import forgotten, people
from feedback.panel.forgotten import Remembered, remembered
from feedback.savings import ideas
from feedback.settings import settings
from feedback.store import example
from feedback.store.engine import reading, writing
from feedback.text.passages import grams_of
from feedback.themes import placing, stored
from feedback.themes.codebook import Codebook
from feedback.themes.finding import FoundTheme


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
    again : Again or None
        The file that this is a later version of; notes, remarks and scores are then the new and changed rows only.
    hidden : tuple of str
        What a person hid as well; lives in memory only.
    """

    source: Source
    taken: Taken
    notes: pd.DataFrame
    remarks: pd.DataFrame
    found: tuple[FoundTheme, ...]
    masked: dict[str, int]
    again: Again | None = None
    hidden: tuple[str, ...] = field(default=(), repr=False)


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
    """What the panel knows already, and a file is set against.

    Areas, codebook, corrections, themes awake, weak placements; what people said of the columns of earlier tables; who
    was forgotten.
    """

    areas: list[Area]
    book: Codebook
    taught: list[tuple[str, str]]
    awake: frozenset[str]
    pool: pd.DataFrame
    columns: dict[tuple[str, ...], Mapping] = field(default_factory=dict)
    erased: Remembered = field(default_factory=Remembered)

    def mapping_of(self, table: Table) -> Mapping:
        """Guess what the columns of a table mean; what a person said of a table of the same shape leads."""
        guessed = guess(table, {area.key: area.all_words for area in self.areas})
        earlier = self.columns.get(table.header)
        return guessed.corrected_by(earlier) if earlier else guessed


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
    erased = remembered(key=settings().hash_key, session=session)
    if example.loaded(session=session):
        # It goes when the file is stored: nothing of it may colour a panel of one's own.
        book = stored.stored_codebook(session=session, without_example=True)
        return Context(areas, book, taught=[], awake=frozenset(), pool=placing.NO_POOL, erased=erased)
    return Context(
        areas=areas, book=stored.stored_codebook(session=session), taught=corrections(session=session),
        awake=stored.awake_themes(session=session), pool=stored.weakly_placed(session=session),
        columns=batches.remembered(session=session), erased=erased,
    )  # fmt: skip


def prepare(
    filename: str,
    data: bytes,
    *,
    engine: Engine,
    mapping: Mapping | None = None,
    whole: bool = False,
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
    whole : bool
        Take every row, also of a file that is a later version of one that is there.
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
    if not whole:
        annotated = what_is_new(annotated, engine=engine)
    (prepared,) = put_in_themes([annotated], context)
    progress("themed", 1.0)
    return prepared


def what_is_new(file: Prepared, *, engine: Engine) -> Prepared:
    """Leave out of a later version of a file what is there already; nothing is ever doubled.

    Parameters
    ----------
    file : Prepared
        Not in themes yet.
    engine : Engine

    Returns
    -------
    Prepared
        The same where the file is no later version of another.

    Raises
    ------
    UserError
        When the same file is there, or every row of it.
    """
    columns = [column.name for column in file.taken.mapping.columns] if file.taken.mapping else []
    with reading(engine) as session:
        if example.loaded(session=session):
            return file
        batches.must_be_new(file.source, session=session)

        def rows_in(session_id: int) -> list[Row]:
            numbers_of = batches.numbers_of(session_id, session=session)
            return rows_of_file(
                file.taken, file.notes, lambda name: people.code(name, numbers_of=numbers_of, key=settings().hash_key)
            )

        again = find_again(columns, rows_in, kind=file.taken.kind, session=session)
        if again is None:
            return file
        erased = remembered(key=settings().hash_key, session=session)
        numbers_of = batches.numbers_of(again.session_id, session=session)
    # Whom only a number names is known by the survey that it is of.
    gone = forgotten_rows(file.taken, file.notes, erased, numbers_of=numbers_of) & again.wanted
    changed = {row: there for row, there in again.changed.items() if row not in gone}
    again = replace(again, added=again.added - gone, changed=changed)
    if not again.wanted:
        raise UserError("pipeline.error.nothing_new", file=file.source.filename, earlier=again.filename)
    left = replace(file, taken=without_rows(file.taken, gone), again=again)
    taken = left.taken
    taken = replace(
        taken, rows=len(again.wanted), notes=tuple(note for note in taken.notes if note.row in again.wanted),
        scores=tuple(score for score in taken.scores if score.row in again.wanted),
        dropped=(*taken.dropped, Dropped(1, "", "pipeline.dropped.same", again.counts)),
    )  # fmt: skip
    return replace(_with_rows(left, again.wanted), taken=taken)


def _with_rows(file: Prepared, wanted: set[int]) -> Prepared:
    """Keep the notes and remarks of some rows."""
    stays = file.notes["row"].isin(wanted)
    at = pd.Series(np.cumsum(stays) - 1, index=file.notes.index)
    remarks = file.remarks[file.remarks["note"].map(stays).astype(bool)]
    return replace(
        file, notes=file.notes[stays].reset_index(drop=True),
        remarks=remarks.assign(note=remarks["note"].map(at).astype(int)).reset_index(drop=True),
    )  # fmt: skip


def _without_erased(file: Prepared, *, numbers_of: str, session: Session) -> Prepared:
    """Leave out who was forgotten, and hide what was hidden, since the file was read."""
    erased = remembered(key=settings().hash_key, session=session)
    gone = forgotten_rows(file.taken, file.notes, erased, numbers_of=numbers_of)
    if gone:
        file = _with_rows(replace(file, taken=without_rows(file.taken, gone)), set(file.notes["row"]) - gone)
    remarks = file.remarks.assign(text=hide_again(file.remarks["text"], erased))
    return replace(file, notes=_hidden_again(file.notes, erased), remarks=remarks)


def _hidden_again(notes: pd.DataFrame, erased: Remembered) -> pd.DataFrame:
    return notes.assign(**{name: hide_again(notes[name], erased) for name in ("text", "question")})


def _remember_hidden(words: Sequence[str], *, session: Session) -> None:
    """Put what a person hid on the list, so that a later version of the file does not bring it back."""
    rows = [row for row in map(grams_of, words) if not set(row) <= PLACEHOLDERS]
    forgotten.remember(words=rows, key=settings().hash_key, session=session)


def understand(
    filename: str, data: bytes, context: Context, *, mapping: Mapping | None = None, progress: Progress = silent
) -> Prepared:
    """Do what `prepare` does up to the themes: read, mask, cut, annotate."""
    source = read(filename, data, max_mb=settings().max_upload_mb)
    if source.table and mapping is None and source.table.header in context.columns:
        mapping = context.mapping_of(source.table)
    taken = take(source, mapping, areas={area.key: area.all_words for area in context.areas})
    progress("read", 1.0)
    return annotated(source, taken, context, progress=progress)


def annotated(source: Source, taken: Taken, context: Context, *, progress: Progress = silent) -> Prepared:
    """Do the second half of `understand`: mask, cut, annotate what was taken out of a file."""
    notes, found_personal = mask_notes(taken)
    notes = _hidden_again(notes, context.erased)
    gone = forgotten_rows(taken, notes, context.erased)
    taken, notes = without_rows(taken, gone), notes[~notes["row"].isin(gone)].reset_index(drop=True)
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
    prepared: Prepared,
    destination: Destination,
    *,
    session: Session,
    actor: str,
    is_example: bool = False,
    into: int | None = None,
) -> Stored:
    """Do what `store` does inside a transaction of the caller's; `into` is a batch to add to instead of a new one."""
    batches.one_import_at_a_time(session=session)
    removed = False if is_example else example.remove(session=session, actor=actor)
    again = prepared.again
    session_id = batches.panel_session(
        session_id=again.session_id if again else destination.session_id,
        name=destination.name or prepared.source.filename, kind=destination.kind,
        held_on=destination.held_on or prepared.taken.held_on or dt.date.today(), question=destination.question,
        attendance=destination.attendance or prepared.taken.attendance, is_example=is_example, session=session,
    )  # fmt: skip
    numbers_of = batches.numbers_of(session_id, session=session)
    if not is_example:
        _remember_hidden(prepared.hidden, session=session)
    prepared = _without_erased(prepared, numbers_of=numbers_of, session=session)
    if into is not None:
        batch_id = batches.add_to(into, prepared.taken, prepared.masked, session=session)
    else:
        batch_id = batches.new_batch(
            prepared.source, prepared.taken, prepared.masked, session_id=session_id, actor=actor,
            is_example=is_example, session=session,
        )  # fmt: skip
    if again:
        replace_rows(batch_id, again, actor=actor, session=session)
    theme_ids = stored.wake(prepared.remarks["theme"], prepared.found, is_example=is_example, session=session)
    remarks = prepared.remarks.assign(theme_id=prepared.remarks["theme"].map(theme_ids))
    speakers = people.speakers(
        [*prepared.taken.notes, *prepared.taken.scores], key=settings().hash_key, is_example=is_example,
        numbers_of=numbers_of, session=session,
    )  # fmt: skip
    people.keep_aliases(
        prepared.taken.also_called, speakers, key=settings().hash_key, numbers_of=numbers_of, session=session
    )
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
    whole: bool = True,
    is_example: bool = False,
    progress: Progress = silent,
) -> tuple[Prepared, Stored]:
    """Take a file the whole way: read, masked, annotated, themed, stored.

    Parameters
    ----------
    filename, data, mapping, whole, engine, progress
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
    prepared = prepare(filename, data, engine=engine, mapping=mapping, whole=whole, progress=progress)
    must_hold_something(prepared)
    return prepared, store(prepared, destination, engine=engine, actor=actor, is_example=is_example, progress=progress)
