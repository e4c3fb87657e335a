"""What one person contributed: found by a name or from a remark, and told from what others said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, col, select

from feedback.i18n import UserError
from feedback.panel.forgotten import LONG_ENOUGH
from feedback.panel.people import SERIAL, code
from feedback.store.copies import Find, is_text
from feedback.store.tables import KEPT, Batch, Member, Note, PanelSession, Remark, Score
from feedback.text.passages import QUOTE, Passages, grams_of, is_rare, passages, phrase
from feedback.themes.codebook import Codebook

# Where the house speaks: what it calls things gives no customer away.
_HOUSE = ("organisation", "constituency", "service_area", "aspect", "panel_session", "round")


@dataclass(frozen=True)
class Subject:
    """Whose contributions: a person known by a pseudonym, a row of an anonymous survey, or one note of nobody known.

    Attributes
    ----------
    member_id : int or None
    row : (int, int) or None
        Batch and row.
    note_id : int or None
    called : str
        The name as a person typed it, "" where a remark was picked; never stored.
    """

    member_id: int | None = None
    row: tuple[int, int] | None = None
    note_id: int | None = None
    called: str = field(default="", repr=False)


def find(called: str, *, key: str, session: Session) -> list[Subject]:
    """Find people by what a file calls them.

    Parameters
    ----------
    called : str
        Name, address or number, as it stood in the file; capitals and accents do not matter.
    key : str
        Of the pseudonyms.
    session : Session

    Returns
    -------
    list of Subject
        More than one where a number was given in several surveys: there each is somebody else.
    """
    codes = pseudonyms(called, key=key, session=session)
    rows = session.exec(select(Member.id).where(col(Member.pseudonym).in_(codes)).order_by(col(Member.id))).all()
    return [Subject(member_id=one, called=called) for one in rows]


def pseudonyms(called: str, *, key: str, session: Session) -> list[str]:
    """Give every pseudonym that somebody with this name or number can have."""
    if not grams_of(called):
        return []
    surveys = session.exec(select(PanelSession.id).where(PanelSession.kind == "survey")).all()
    places = ["", *(f"session {one}" for one in surveys)] if SERIAL.fullmatch(called.strip()) else [""]
    return [code(called, numbers_of=place, key=key) for place in places]


def of_remark(remark_id: int, *, session: Session) -> Subject:
    """Find who made a remark.

    Parameters
    ----------
    remark_id : int
    session : Session

    Returns
    -------
    Subject

    Raises
    ------
    UserError
        When it is gone.
    """
    row = session.exec(
        select(Note, Batch.kind, PanelSession.kind)
        .join(Remark, col(Remark.note_id) == Note.id)
        .join(Batch, col(Note.batch_id) == Batch.id)
        .join(PanelSession, col(Batch.session_id) == PanelSession.id)
        .where(Remark.id == remark_id, col(Note.erased_at).is_(None))
    ).first()
    if row is None:
        raise UserError("forgetting.error.gone")
    note, batch_kind, kind = row
    if note.member_id is not None:
        return Subject(member_id=note.member_id)
    if kind == "survey" and batch_kind == "table":
        return Subject(row=(note.batch_id, note.row))
    return Subject(note_id=note.id)


def notes_of(subject: Subject, session: Session) -> list[Note]:
    """Read the notes of a subject that were not erased, those in files that no longer count included."""
    own = session.exec(select(Note).where(_mine(Note, subject), col(Note.erased_at).is_(None))).all()
    return [*own, *_elsewhere(own, session)]


def _mine(table: type[Note] | type[Score], subject: Subject) -> ColumnElement[bool]:
    if subject.member_id is not None:
        return col(table.member_id) == subject.member_id
    if subject.row is not None:
        return (col(table.batch_id) == subject.row[0]) & (col(table.row) == subject.row[1])
    return col(table.id) == (subject.note_id if table is Note else None)


def _elsewhere(own: Sequence[Note], session: Session) -> list[Note]:
    """Give the notes without a name that say the same in files that no longer count: undone, or replaced by a later one."""
    said = {words for note in own if len(words := grams_of(note.text)) >= LONG_ENOUGH}
    mine = {note.id for note in own}
    runs = Passages(frozenset(run for run in _unsaid(own, session).anywhere if len(run) == QUOTE))
    rows = session.exec(
        select(Note, Batch.kind).join(Batch, col(Note.batch_id) == Batch.id)
        .where(col(Batch.undone_at).is_not(None), col(Note.member_id).is_(None), col(Note.erased_at).is_(None))
    ).all()  # fmt: skip
    return [
        note for note, kind in rows
        # What a later version of a file replaced said it a little differently.
        if note.id not in mine and (grams_of(note.text) in said or (kind == KEPT and runs.hits(note.text)))
    ]  # fmt: skip


def scores_of(subject: Subject, session: Session) -> list[Score]:
    """Read the scores of a subject."""
    return list(session.exec(select(Score).where(_mine(Score, subject))).all())


def remarks_of(notes: Sequence[Note], session: Session) -> list[Remark]:
    """Read what was cut from notes."""
    return list(session.exec(select(Remark).where(col(Remark.note_id).in_([note.id for note in notes]))).all())


def _unsaid(notes: Sequence[Note], session: Session) -> Passages:
    """Give by what a text can be known to repeat these notes and nobody else's."""
    texts = [note.text for note in notes] + [remark.text for remark in remarks_of(notes, session)]
    found = passages(texts, _usual(session))
    others = (
        select(Note.text, Note.question).join(Batch, col(Note.batch_id) == Batch.id)
        .where(col(Batch.undone_at).is_(None), col(Note.id).not_in([note.id for note in notes]))
    )  # fmt: skip
    said: set[tuple[str, ...]] = set()
    questions: set[str] = set()
    for text, question in session.exec(others):
        said |= found.hits(text)
        questions.add(question)
    return found.without(said.union(*map(found.hits, questions)))


def passages_of(notes: Sequence[Note], called: str, session: Session) -> Passages:
    """Give by what a copy of these notes can be known.

    Parameters
    ----------
    notes : sequence of Note
    called : str
        How the person is called: looked for as well, where it is a name and no number or usual word.
    session : Session

    Returns
    -------
    Passages
    """
    name = grams_of(called)
    is_name = len(name) > 1 or (len(name) == 1 and is_rare(name[0]))
    found = _unsaid(notes, session)
    return found.with_all_of(phrase(called)) if is_name and not SERIAL.fullmatch(called.strip()) else found


def _usual(session: Session) -> frozenset[str]:
    """Give the words of the house: of its organisations, services and sessions, and of the codebook that ships."""
    said: list[str] = []
    for name in _HOUSE:
        table = SQLModel.metadata.tables[name]
        texts = [column for column in table.columns if is_text(column)]
        said += [str(value) for row in session.connection().execute(select(*texts)) for value in row]
    return _shipped_words() | {word for text in said for word in grams_of(text)}


@cache
def _shipped_words() -> frozenset[str]:
    return frozenset(word for text in _shipped() for word in grams_of(text))


@cache
def _shipped() -> frozenset[str]:
    entries = Codebook.load().entries
    return frozenset(
        text
        for one in entries
        for text in (*one.name.values(), *one.description.values(), *one.keywords, *one.examples)
    )


def but_what_ships(find: Find) -> Find:
    """Leave the texts that came with the product as they are: no customer said them.

    Parameters
    ----------
    find : callable
        Gives the places of a text that go.

    Returns
    -------
    callable
    """
    return lambda text: [] if text in _shipped() else find(text)
