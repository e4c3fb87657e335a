"""A file that came in before, with rows added and changed since: what of it is new."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import select, true, update
from sqlmodel import Session, col

from feedback.i18n import UserError
from feedback.intake.rows import Difference, Row, differences, rows_of
from feedback.store.tables import KEPT, Batch, Member, Note, Organisation, Score, now

_NEWEST = 60
# From here on two texts are one that somebody mended.
_ALIKE = 0.75
_MANY = 40_000


@dataclass(frozen=True)
class Again:
    """What a file has to do with one that is there already.

    Attributes
    ----------
    session_id : int
        The panel session of the earlier file.
    filename : str
        Its name.
    added : frozenset of int
        Rows of the file that are new.
    changed : dict of int to (int, int)
        Rows of the file that say something else now, to batch and row of what they said.
    same : int
        Rows that are there already.
    missing : int
        Rows that are there, and not in the file; they stay.
    said : dict of int to tuple of Difference
        What the changed rows said, and what they say now.
    """

    session_id: int
    filename: str
    added: frozenset[int]
    changed: dict[int, tuple[int, int]] = field(default_factory=dict)
    same: int = 0
    missing: int = 0
    said: dict[int, tuple[Difference, ...]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of the file are added, changed and the same."""
        return {"added": len(self.added), "changed": len(self.changed), "same": self.same}

    @property
    def wanted(self) -> set[int]:
        """Rows of the file to be stored."""
        return {*self.added, *self.changed}


def find_again(
    columns: Sequence[str], rows_in: Callable[[int], list[Row]], *, kind: str, session: Session
) -> Again | None:
    """Find the earlier file of which this is a later version.

    Parameters
    ----------
    columns : sequence of str
        Names of the columns; none of session notes.
    rows_in : callable
        Gives the rows of the file as they would be stored in a panel session, by its id.
    kind : {"table", "notes"}
    session : Session

    Returns
    -------
    Again or None
        None where less than a third of its rows is there: another round of the same questions is another file.
    """
    batches = session.connection().execute(
        select(Batch.id, Batch.session_id, Batch.filename, Batch.mapping)  # type: ignore[call-overload]
        .where(col(Batch.kind) == kind, col(Batch.undone_at).is_(None), col(Batch.is_example).is_(False))
        .order_by(col(Batch.id).desc()).limit(_NEWEST)
    )  # fmt: skip
    sessions: dict[int, list[Any]] = defaultdict(list)
    for batch in batches:
        if [column["name"] for column in batch.mapping.get("columns", ())] == list(columns):
            sessions[batch.session_id].append(batch)
    best: Again | None = None
    for session_id, there in sessions.items():
        compared = compare(rows_in(session_id), _stored([batch.id for batch in there], session))
        if compared and (best is None or compared.same > best.same):
            best = replace(compared, session_id=session_id, filename=there[0].filename)
    return best


def _stored(batch_ids: list[int], session: Session) -> list[Row]:
    cells: list[Any] = []
    for table, said in ((Note, Note.text), (Score, Score.raw)):
        cells += session.connection().execute(
            select(table.batch_id, table.row, Member.pseudonym, Organisation.name, table.said_on, table.question, said)  # type: ignore[call-overload]
            .join(Member, col(table.member_id) == Member.id, isouter=True)
            .join(Organisation, col(table.organisation_id) == Organisation.id, isouter=True)
            .where(col(table.batch_id).in_(batch_ids), col(Note.erased_at).is_(None) if table is Note else true())
            .order_by(col(table.id))
        )  # fmt: skip
    return rows_of(tuple(cell) for cell in cells)


def compare(file: Sequence[Row], stored: Sequence[Row]) -> Again | None:
    """Set the rows of a file against those that are there.

    Parameters
    ----------
    file, stored : sequence of Row

    Returns
    -------
    Again or None
        Of no session yet; None where it is another file.
    """
    waiting: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in reversed(stored):
        waiting[row.whole].append(row)
    pairs: dict[int, Row] = {}
    for row in file:
        if there := waiting[row.whole]:
            pairs[row.number] = there.pop()
    if not _is_later(file, stored, pairs):
        return None
    same = len(pairs)
    left = {(row.batch, row.number): row for rows in waiting.values() for row in rows}
    for find in (_by_person, _by_place, _by_words):
        for number, row in find([row for row in file if row.number not in pairs], file, stored, pairs, left):
            if left.pop((row.batch, row.number), None):
                pairs[number] = row
    exact = {row.number for row in file if row.number in pairs and row.whole == pairs[row.number].whole}
    changed = {n: (row.batch, row.number) for n, row in pairs.items() if n not in exact}
    added = frozenset(row.number for row in file if row.number not in pairs)
    said = {row.number: differences(pairs[row.number], row) for row in file if row.number in changed}
    return Again(0, "", added, changed, max(same, len(exact)), len(left), said)


def _is_later(file: Sequence[Row], stored: Sequence[Row], pairs: dict[int, Row]) -> bool:
    """Tell a later version from another round, by the rows that only one person can have written."""
    own = [_own(file), _own(stored)]
    least = min(map(len, own))
    if least:
        says = sum(1 for row in file if row.number in pairs and row.words in own[0] and row.words in own[1])
        return 3 * says >= least
    # "Geen" and a seven are in every file; only in the same order are they the same rows.
    return [row.whole for row in file[: len(stored)]] == [row.whole for row in stored]


def _own(rows: Sequence[Row]) -> set[str]:
    counts = Counter(row.words for row in rows)
    return {words for words, n in counts.items() if n == 1 and len(words.split()) > 3}


Left = dict[tuple[int, int], Row]
Found = Iterable[tuple[int, Row]]


def _by_person(
    open_rows: list[Row], file: Sequence[Row], stored: Sequence[Row], _: dict[int, Row], left: Left
) -> Found:
    """Pair the rows of people who have one row on either side."""
    here, there = Counter(row.person for row in file), Counter(row.person for row in stored)
    theirs = {row.person: row for row in left.values() if row.person and there[row.person] == 1}
    return [(row.number, theirs[row.person]) for row in open_rows if here[row.person] == 1 and row.person in theirs]


def _by_place(_: list[Row], file: Sequence[Row], __: Sequence[Row], pairs: dict[int, Row], left: Left) -> Found:
    """Pair rows that stand at the same distance from a neighbour that is known."""
    found: list[tuple[int, Row]] = []
    known = dict(pairs)
    for ordered in (file, list(reversed(file))):
        before: Row | None = None
        for row in ordered:
            if row.number not in known and before is not None and before.number in known:
                near = known[before.number]
                there = left.get((near.batch, near.number + row.number - before.number))
                if there and there not in known.values() and there.person == row.person:
                    known[row.number] = there
                    found.append((row.number, there))
            before = row
    return found


def _by_words(open_rows: list[Row], _: Sequence[Row], __: Sequence[Row], ___: dict[int, Row], left: Left) -> Found:
    """Pair rows whose texts are nearly the same."""
    if len(open_rows) * len(left) > _MANY:
        return []
    likes = []
    for row in open_rows:
        for there in left.values():
            if row.person == there.person and min(len(row.words), len(there.words)) > 20:
                matcher = SequenceMatcher(None, row.words, there.words, autojunk=False)
                if matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE:
                    likes.append((matcher.ratio(), row.number, there))
    return [(n, there) for like, n, there in sorted(likes, key=lambda one: -one[0]) if like > _ALIKE]


def replace_rows(batch_id: int, again: Again, *, actor: str, session: Session) -> None:
    """Put the rows that a file changed out of what counts, and remember with its batch where they were.

    Parameters
    ----------
    batch_id : int
        Of the file.
    again : Again
    actor : str
    session : Session

    Raises
    ------
    UserError
        When the earlier file was undone in the meantime.
    """
    old: dict[int, list[int]] = defaultdict(list)
    for origin, number in again.changed.values():
        old[origin].append(number)
    replaced = []
    for origin, numbers in old.items():
        first = session.get_one(Batch, origin)
        if first.undone_at is not None:
            raise UserError("batch.error.gone")
        kept = Batch(
            session_id=first.session_id, filename=first.filename, sha256=first.sha256, kind=KEPT, rows=len(numbers),
            created_by=actor, undone_at=now(),
        )  # fmt: skip
        session.add(kept)
        session.flush()
        replaced.append({"batch": origin, "kept": kept.id, "rows": sorted(numbers)})
    batch = session.get_one(Batch, batch_id)
    batch.mapping = {**batch.mapping, "replaces": replaced}
    session.add(batch)
    move(batch, away=True, session=session)


def move(batch: Batch, *, away: bool, session: Session) -> None:
    """Put the rows that a batch changed out of what counts, or bring them back when it is undone."""
    for one in batch.mapping.get("replaces", ()):
        here, there = (one["batch"], one["kept"]) if away else (one["kept"], one["batch"])
        for start in range(0, len(one["rows"]), 500):
            numbers = one["rows"][start : start + 500]
            for table in (Note, Score):
                session.connection().execute(
                    update(table).where(col(table.batch_id) == here, col(table.row).in_(numbers)).values(batch_id=there)
                )
