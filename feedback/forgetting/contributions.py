"""What one person contributed: found by a name or from a remark, and told from what others said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import ColumnElement, func, union
from sqlmodel import Session, SQLModel, col, select

from feedback.i18n import UserError
from feedback.panel.forgotten import LONG_ENOUGH
from feedback.panel.people import SERIAL, code
from feedback.store.copies import Find, is_text
from feedback.store.tables import KEPT, Batch, Member, MemberAlias, Note, PanelSession, Remark, Score
from feedback.text.passages import QUOTE, Passages, grams_of, is_rare, passages, phrase
from feedback.themes.codebook import Codebook

# Where the house speaks: what it calls things gives no customer away.
_HOUSE = ("organisation", "constituency", "service_area", "aspect", "panel_session", "round")


@dataclass(frozen=True)
class Subject:
    """Whose contributions: a person known by a pseudonym, a row of an anonymous survey, or one note of nobody known.

    Attributes
    ----------
    members : tuple of int
        More than one where files know the person by different keys.
    row : (int, int) or None
        Batch and row.
    note_id : int or None
    called : str
        The name as a person typed it, "" where a remark was picked; never stored.
    """

    members: tuple[int, ...] = ()
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
        More than one where a number was given in several surveys, or several people have the name.
    """
    found: dict[tuple[int, ...], None] = {}
    for one in pseudonyms(called, key=key, session=session):
        own = session.exec(select(Member.id).where(Member.pseudonym == one)).all()
        held = session.exec(select(MemberAlias.member_id).where(MemberAlias.code == one)).all()
        ids = sorted({member for member in (*own, *held) if member is not None})
        # Whom several files or rows call the same may be several people: that is for who asks to say.
        for group in [ids] if len(held) < 2 else [[member] for member in ids]:
            if group:
                found[_everywhere(group, session)] = None
    return [Subject(members=members, called=called) for members in sorted(found)]


def _everywhere(ids: Iterable[int], session: Session) -> tuple[int, ...]:
    """Add who is the same person by another key: what one file calls them beside it is the key of another file."""
    shared = select(MemberAlias.code).group_by(MemberAlias.code).having(func.count() > 1)
    pairs = session.exec(
        select(MemberAlias.member_id, Member.id).join(Member, col(Member.pseudonym) == MemberAlias.code)
        .where(col(MemberAlias.code).not_in(shared))
    ).all()  # fmt: skip
    found = set(ids)
    while more := {one for pair in pairs if found & set(pair) for one in pair if one is not None} - found:
        found |= more
    return tuple(sorted(found))


def known_one_way(*, session: Session) -> list[tuple[str, str]]:
    """Name the files that call people one thing only: there somebody is found by just that.

    Parameters
    ----------
    session : Session

    Returns
    -------
    list of (str, str)
        File, and its column that tells who, "" where it has no columns; by file.
    """
    aliased = select(MemberAlias.member_id)
    said = [select(table.batch_id).where(col(table.member_id).is_not(None)) for table in (Note, Score)]
    more = [select(table.batch_id).where(col(table.member_id).in_(aliased)) for table in (Note, Score)]
    rows = session.exec(
        select(Batch.filename, Batch.mapping).where(
            col(Batch.undone_at).is_(None), col(Batch.id).in_(union(*said)), col(Batch.id).not_in(union(*more))
        )
    ).all()  # fmt: skip
    columns = [
        (name, next((one["name"] for one in mapping.get("columns", ()) if one["role"] == "member"), ""))
        for name, mapping in rows
    ]
    return sorted(set(columns))


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
        return Subject(members=_everywhere([note.member_id], session))
    if kind == "survey" and batch_kind == "table":
        return Subject(row=(note.batch_id, note.row))
    return Subject(note_id=note.id)


def notes_of(subject: Subject, session: Session) -> list[Note]:
    """Read the notes of a subject that were not erased, those in files that no longer count included."""
    own = session.exec(select(Note).where(_mine(Note, subject), col(Note.erased_at).is_(None))).all()
    return [*own, *_elsewhere(own, session)]


def _mine(table: type[Note] | type[Score], subject: Subject) -> ColumnElement[bool]:
    if subject.members:
        return col(table.member_id).in_(subject.members)
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
