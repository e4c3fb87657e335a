"""Erase what one person contributed (GDPR, article 17), with every copy of it. It cannot be undone.

Their notes and remarks stay as rows that say nothing, their scores and the row of who they are go, and so does every copy:
quotes in themes, ideas, replies and in what undo and the audit table remember. What others said too stays theirs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlmodel import Session, col, delete, select

from feedback.forgetting.contributions import Subject, but_what_ships, notes_of, passages_of, remarks_of, scores_of
from feedback.i18n import UserError
from feedback.intake.batches import one_import_at_a_time
from feedback.panel import forgotten
from feedback.store import audit, copies
from feedback.store.copies import Copy
from feedback.store.tables import (
    Ballot,
    Batch,
    Member,
    MemberAlias,
    Note,
    PanelSession,
    Participant,
    Regrouping,
    Remark,
    RoomAct,
    SavingsEvidence,
    SavingsIdea,
    Score,
    Theme,
    ThemeEvent,
    now,
)
from feedback.text.passages import Passages

SIGN = "[gewist]"
# So many texts show whose it is.
FIRST = 5


@dataclass(frozen=True)
class Counts:
    """How much: notes, remarks, scores, and texts elsewhere that repeat them."""

    notes: int
    remarks: int
    scores: int
    copies: int


@dataclass(frozen=True)
class Look:
    """What goes.

    Attributes
    ----------
    counts : Counts
    sessions : tuple of str
        Names of the panel sessions, oldest first.
    copies : tuple of Copy
    first : tuple of (str, date, str)
        The first texts that go, at most `FIRST`: session, day and text.
    """

    counts: Counts
    sessions: tuple[str, ...]
    copies: tuple[Copy, ...]
    first: tuple[tuple[str, dt.date, str], ...] = ()


def look(subject: Subject, *, session: Session) -> Look:
    """Tell what erasing would take away; changes nothing.

    Parameters
    ----------
    subject : Subject
    session : Session

    Returns
    -------
    Look
    """
    notes = notes_of(subject, session)
    told = select(PanelSession.name).join(Batch, col(Batch.session_id) == PanelSession.id).order_by(
        col(PanelSession.held_on), col(PanelSession.id)
    )  # fmt: skip
    scores = scores_of(subject, session)
    batches = {note.batch_id for note in notes} | {score.batch_id for score in scores}
    sessions = session.exec(told.where(col(Batch.id).in_(batches))).all()
    found = _copies(passages_of(notes, subject.called, session), session)
    remarks = remarks_of(notes, session)
    counts = Counts(len(notes), len(remarks), len(scores), sum(len(copy.told) for copy in found))
    return Look(counts, tuple(dict.fromkeys(sessions)), tuple(found), _first(notes, session))


def _first(notes: Sequence[Note], session: Session) -> tuple[tuple[str, dt.date, str], ...]:
    rows = session.exec(
        select(Batch.id, PanelSession).join(PanelSession)
        .where(col(Batch.id).in_({note.batch_id for note in notes}))
    ).all()  # fmt: skip
    where = dict(rows)
    texts = {
        (where[note.batch_id].name, note.said_on or where[note.batch_id].held_on, note.text): None
        for note in notes
        if note.text.strip()
    }
    return tuple(sorted(texts, key=lambda one: one[1]))[:FIRST]


def erase(subject: Subject, *, key: str, session: Session, actor: str) -> Counts:
    """Erase what a person contributed, and every copy of it. Follow it by `store.scrub.scrub`.

    Parameters
    ----------
    subject : Subject
    key : str
        Of the pseudonyms.
    session : Session
    actor : str

    Returns
    -------
    Counts

    Raises
    ------
    UserError
        When nothing of the person is there any more.
    """
    one_import_at_a_time(session=session)
    copies.nobody_writes(session=session)
    notes, scores = notes_of(subject, session), scores_of(subject, session)
    members = session.exec(select(Member).where(col(Member.id).in_(subject.members))).all()
    if not notes and not scores and not members:
        raise UserError("forgetting.error.gone")
    remarks = remarks_of(notes, session)
    _remember(notes, members, key=key, session=session)
    found = _copies(passages_of(notes, subject.called, session), session)
    counts = Counts(len(notes), len(remarks), len(scores), sum(len(copy.told) for copy in found))
    ideas = _ideas_of(remarks, session)
    rows = {(note.batch_id, note.row) for note in notes} | {(score.batch_id, score.row) for score in scores}
    _forget_rows(rows, session)
    _forget_words({remark.id for remark in remarks}, session)
    _forget_room({remark.id for remark in remarks}, subject.members, session)
    for note in notes:
        _empty(note, keep=("id", "batch_id", "row"))
        note.is_empty, note.erased_at = True, now()
    for remark in remarks:
        _empty(remark, keep=("id", "note_id", "position"))
    session.flush()
    session.connection().execute(delete(Score).where(col(Score.id).in_([score.id for score in scores])))
    copies.unlink("remark", [remark.id for remark in remarks if remark.id is not None], session=session)
    if members:
        copies.unlink("member", subject.members, session=session)
        session.connection().execute(delete(Member).where(col(Member.id).in_(subject.members)))
    copies.write(found, session=session)
    _empty_ideas(ideas, session)
    audit.record(session=session, actor=actor, act="erase person", entity="panel", after=asdict(counts))
    session.flush()
    return counts


def erase_again(*, key: str, session: Session, actor: str) -> int:
    """Erase whom a restored backup brought back, though they were forgotten since. Follow it by `store.scrub.scrub`.

    Parameters
    ----------
    key : str
        Of the pseudonyms.
    session : Session
    actor : str

    Returns
    -------
    int
        How many people, and notes of people who are not known.
    """
    erased = forgotten.remembered(key=key, session=session)
    members = session.exec(select(Member)).all() if erased.marks else []
    back = [Subject(members=(one.id,)) for one in members if one.id and erased.person(one.pseudonym)]
    for subject in back:
        erase(subject, key=key, session=session, actor=actor)
    notes = session.exec(select(Note).where(col(Note.erased_at).is_(None))).all() if erased.marks else []
    loose = [Subject(note_id=one.id) for one in notes if erased.text(one.text)]
    for subject in loose:
        # One may have gone with another that says the same.
        if notes_of(subject, session):
            erase(subject, key=key, session=session, actor=actor)
    return len(back) + len(loose)


def _copies(found: Passages, session: Session) -> list[Copy]:
    # The key of a theme is made of its name.
    keys = {
        row.key: f"{row.origin}-{row.id}"
        for row in session.exec(select(Theme).where(Theme.origin != "starter")).all()
        if found.spans(row.key)
    }  # fmt: skip
    return copies.find_copies(but_what_ships(found.spans), sign=SIGN, exact=keys, session=session)


def _remember(notes: Sequence[Note], members: Sequence[Member], *, key: str, session: Session) -> None:
    """Put the person on the list; whom only a number or nothing at all names, by what they said."""
    batches = {note.batch_id for note in notes}
    rows = session.exec(
        select(Batch.id, Batch.is_example, PanelSession.kind).join(PanelSession)
        .where(col(Batch.id).in_(batches))
    ).all()  # fmt: skip
    # The example panel is invented, and goes altogether.
    surveys = {batch for batch, is_example, kind in rows if kind == "survey" and not is_example}
    own = {batch for batch, is_example, _ in rows if not is_example}
    texts = [note.text for note in notes if note.batch_id in (surveys if members else own)]
    mine = [member.id for member in members if not member.is_example]
    named = {member.pseudonym for member in members if not member.is_example}
    called = set(session.exec(select(MemberAlias.code).where(col(MemberAlias.member_id).in_(mine))).all()) | named
    # What others are called too keeps nobody else out.
    others = select(MemberAlias.code).where(col(MemberAlias.code).in_(called), col(MemberAlias.member_id).not_in(mine))
    aliases = called - set(session.exec(others).all())
    forgotten.remember(people=named | aliases, aliases=aliases, texts=texts, key=key, session=session)


def _empty(row: Note | Remark, *, keep: Sequence[str]) -> None:
    """Bring every column of a row back to what a row has of which nothing is known."""
    for name, column in type(row).model_fields.items():
        if name not in keep:
            setattr(row, name, column.get_default(call_default_factory=True))


def _forget_rows(rows: Iterable[tuple[int, int]], session: Session) -> None:
    """Take out of the log of a file what it tells of these rows."""
    by_batch: dict[int, set[int]] = {}
    for batch_id, row in rows:
        by_batch.setdefault(batch_id, set()).add(row)
    for batch in session.exec(select(Batch).where(col(Batch.id).in_(by_batch))).all():
        assert batch.id is not None
        batch.dropped = [one for one in batch.dropped if one.get("row") not in by_batch[batch.id]]


def _forget_words(remarks: set[int | None], session: Session) -> None:
    """Take out of what undo remembers the words by which remarks were placed."""
    for event in session.exec(select(ThemeEvent)).all():
        if "placed" in event.before and remarks & set(event.before["remarks"]):
            placed = zip(event.before["remarks"], event.before["placed"], strict=True)
            blank = [[*one[:3], []] if at in remarks else one for at, one in placed]
            event.before = {**event.before, "placed": blank}
    session.flush()


def _forget_room(remarks: set[int | None], members: Iterable[int], session: Session) -> None:
    """Take out of workshops what the person voted, where their phone was from, and what undo remembers of their remarks."""
    for act in session.exec(select(RoomAct)).all():
        if any(place[0] in remarks for place in act.before.get("places", ())):
            kept = [place for place in act.before["places"] if place[0] not in remarks]
            act.before = {**act.before, "places": kept}
    for look in session.exec(select(Regrouping)).all():
        if any(move[0] in remarks for move in look.moves):
            look.moves = [move for move in look.moves if move[0] not in remarks]
    phones = session.exec(select(Participant).where(col(Participant.member_id).in_(list(members)))).all()
    ids = [phone.id for phone in phones]
    session.connection().execute(delete(Ballot).where(col(Ballot.participant_id).in_(ids)))
    for phone in phones:
        phone.organisation_id, phone.level = None, None
    session.flush()


def _ideas_of(remarks: Sequence[Remark], session: Session) -> set[int]:
    carried = select(SavingsEvidence.idea_id).where(
        col(SavingsEvidence.remark_id).in_([remark.id for remark in remarks])
    )
    return set(session.exec(carried).all())


def _empty_ideas(ideas: Iterable[int], session: Session) -> None:
    """Empty the ideas that were only spotted, in these remarks alone: title and euros are the customer's."""
    wanted = select(SavingsIdea).where(
        col(SavingsIdea.id).in_(ideas), SavingsIdea.status == "spotted",
        col(SavingsIdea.id).not_in(select(SavingsEvidence.idea_id)),
    )  # fmt: skip
    for idea in session.exec(wanted).all():
        idea.title, idea.description, idea.eur_low, idea.eur_high = SIGN, "", None, None
        idea.version += 1
