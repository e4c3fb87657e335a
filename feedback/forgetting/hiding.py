"""Mask a word or phrase later on (a name that slipped through), in one remark or everywhere, with its copies. It cannot be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial

from sqlmodel import Session, col, select

from feedback.forgetting.contributions import but_what_ships
from feedback.forgetting.leaving_out import HIDDEN
from feedback.i18n import UserError
from feedback.intake.batches import one_import_at_a_time
from feedback.panel import forgotten
from feedback.store import audit, copies, example
from feedback.store.copies import SAID, Copy
from feedback.store.tables import Batch, Note, Remark, Theme
from feedback.text.passages import grams_of, phrase, runs_of, within
from feedback.text.tokens import PLACEHOLDERS

# Enough for a name with everything that goes with it; a longer one is a passage.
MOST_WORDS = 12
# What stands where something was hidden already.
_PLACEHOLDERS = frozenset(grams_of(f"{PLACEHOLDERS} gewist"))


@dataclass(frozen=True)
class Counts:
    """How much: remarks in which the words stand, and texts elsewhere."""

    remarks: int
    copies: int


@dataclass(frozen=True)
class Look:
    """What is hidden.

    Attributes
    ----------
    counts : Counts
    found : tuple of Copy
    everywhere : bool
        Whether the words are hidden wherever they stand: also where one remark was meant and nobody else used them.
    """

    counts: Counts
    found: tuple[Copy, ...]
    everywhere: bool


def look(words: str, remark_id: int | None = None, *, session: Session) -> Look:
    """Tell where a word or phrase would be hidden; changes nothing.

    Parameters
    ----------
    words : str
        Capitals, accents and signs do not matter.
    remark_id : int, optional
        Only in this remark, its note and what quotes it; everywhere when left out.
    session : Session

    Returns
    -------
    Look

    Raises
    ------
    UserError
        When there is no word in it, more than `MOST_WORDS`, or it stands nowhere.
    """
    wanted = grams_of(words)
    if not wanted or len(wanted) > MOST_WORDS or set(wanted) <= _PLACEHOLDERS:
        raise UserError("forgetting.error.words", limit=MOST_WORDS)
    found = phrase(words)
    # The key of a theme is made of its name.
    themes = session.exec(select(Theme).where(Theme.origin != "starter")).all()
    keys = {row.key: f"{row.origin}-{row.id}" for row in themes if found.spans(row.key)}
    rows = copies.find_copies(but_what_ships(found.spans), sign=HIDDEN, exact=keys, said=True, session=session)
    everywhere = True
    if remark_id is not None:
        notes, remarks = _around(remark_id, session=session)
        own = {("note", note.id) for note in notes} | {("remark", remark.id) for remark in remarks}
        said = [copy for copy in rows if copy.table in SAID]
        # What nobody else used means this one person wherever it stands.
        everywhere = {(copy.table, copy.row["id"]) for copy in said} <= own
        if not everywhere:
            quoted = runs_of([note.text for note in notes] + [remark.text for remark in remarks])
            rows = copies.find_copies(but_what_ships(partial(within, found, quoted)), sign=HIDDEN, session=session)
            rows = [*(copy for copy in said if (copy.table, copy.row["id"]) in own), *rows]
    if not rows:
        raise UserError("forgetting.error.nowhere", words=" ".join(words.split()))
    hidden = {copy.row["id"] for copy in rows if (copy.table, copy.column) == ("remark", "text")}
    elsewhere = sum(len(copy.told) for copy in rows if copy.table not in SAID)
    return Look(Counts(len(hidden), elsewhere), tuple(rows), everywhere)


def _around(remark_id: int, *, session: Session) -> tuple[list[Note], list[Remark]]:
    """Give the note of a remark, and all that was cut from it."""
    note = session.exec(select(Note).join(Remark, col(Remark.note_id) == Note.id).where(Remark.id == remark_id)).first()
    if note is None:
        raise UserError("forgetting.error.gone")
    return [note], list(session.exec(select(Remark).where(Remark.note_id == note.id)).all())


def hide(words: str, remark_id: int | None = None, *, key: str, session: Session, actor: str) -> Counts:
    """Mask a word or phrase for good. Follow it by `store.scrub.scrub`.

    Parameters
    ----------
    words, remark_id
        See `look`.
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
        See `look`.
    """
    one_import_at_a_time(session=session)
    copies.nobody_writes(session=session)
    looked = look(words, remark_id, session=session)
    notes = [copy for copy in looked.found if (copy.table, copy.column) == ("note", "text")]
    # Else the same file, uploaded again, would bring back what stood there.
    if example.loaded(session=session):
        # Invented, and gone with the first file of one's own, of which it must hide nothing.
        pass
    elif looked.everywhere:
        forgotten.remember(words=[grams_of(words)], key=key, session=session)
    else:
        forgotten.remember(texts=[copy.before for copy in notes], key=key, session=session)
    copies.write(looked.found, session=session)
    _count(notes, session=session)
    counts = asdict(looked.counts)
    audit.record(session=session, actor=actor, act="hide words", entity="panel", after=counts)
    session.flush()
    return looked.counts


def _count(notes: Sequence[Copy], *, session: Session) -> None:
    """Add to the log of each file how often something was hidden."""
    kind = HIDDEN.strip("[]")
    for copy in notes:
        batch = session.exec(select(Batch).join(Note).where(Note.id == copy.row["id"])).one()
        times = copy.after.count(HIDDEN) - copy.before.count(HIDDEN)
        batch.masked = {**batch.masked, kind: batch.masked.get(kind, 0) + times}
        session.flush()
