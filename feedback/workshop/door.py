"""The door of a room: a code that opens it for phones, and what its screens are told."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.store import audit, changing
from feedback.store.tables import STEPS, PanelSession, Workshop, now

# No two of them look or sound alike from the back of a room, and no vowels but A, E and U, so that few words come of it.
LETTERS = "ACDEFHJKMNPRTUVWXY3479"
LENGTH = 5
# Nobody closes a room that went home: its code goes by itself.
HOURS = 12


@dataclass(frozen=True)
class Room:
    """A workshop as its screens see it; everything about where it stands.

    Attributes
    ----------
    workshop_id, session_id : int
    batch_id : int or None
    name : str
        Of the panel session.
    held_on : date
    goal : str
    questions : tuple of str
    question : int
        Which of them is being asked.
    steps : tuple of (str, int)
        With minutes.
    step : str
    step_at : datetime or None
    screen : str
        Of `store.tables.SCREENS`.
    page : int
    focus_id, poll_id : int or None
    quotes : bool
    frozen_at : int or None
        Highest remark that a frozen screen shows.
    languages : tuple of str
    is_pseudonymous, is_moderated, is_rehearsal, is_example : bool
    start_themes, start_replies : tuple of int
    code : str or None
        None unless the room is open.
    opened_at, closed_at : datetime or None
    version : int
    """

    workshop_id: int
    session_id: int
    batch_id: int | None
    name: str
    held_on: dt.date
    goal: str
    questions: tuple[str, ...]
    question: int
    steps: tuple[tuple[str, int], ...]
    step: str
    step_at: dt.datetime | None
    screen: str
    page: int
    focus_id: int | None
    poll_id: int | None
    quotes: bool
    frozen_at: int | None
    languages: tuple[str, ...]
    is_pseudonymous: bool
    is_moderated: bool
    is_rehearsal: bool
    is_example: bool
    start_themes: tuple[int, ...]
    start_replies: tuple[int, ...]
    code: str | None
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    version: int

    @property
    def is_open(self) -> bool:
        """Whether phones may send."""
        return self.code is not None

    @property
    def asked(self) -> str:
        """The question that is being asked."""
        return self.questions[self.question] if self.question < len(self.questions) else ""


_PLAIN = (
    "session_id", "batch_id", "goal", "question", "step", "step_at", "screen", "page", "focus_id", "poll_id", "quotes",
    "frozen_at", "is_pseudonymous", "is_moderated", "is_rehearsal", "is_example", "opened_at", "closed_at", "version",
)  # fmt: skip


def room(workshop_id: int, *, session: Session) -> Room:
    """Read where a workshop stands.

    Raises
    ------
    UserError
        When it is not there.
    """
    row = session.get(Workshop, workshop_id)
    if row is None:
        raise UserError("workshop.error.gone")
    return _room(row, session)


def room_of(code: str, *, session: Session) -> Room:
    """Find the open room of a code, whatever its capitals and blanks.

    Raises
    ------
    UserError
        When no room is open under it: it was never one, or its time is over.
    """
    row = session.exec(select(Workshop).where(Workshop.code == plain(code))).first()
    if row is None or not _is_open(row):
        raise UserError("workshop.error.no_room")
    return _room(row, session)


def was_open(code: str, *, session: Session) -> bool:
    """Tell whether a room was open under a code, and is not any more."""
    row = session.exec(select(Workshop).where(Workshop.code == plain(code))).first()
    return row is not None and not _is_open(row)


def _is_open(row: Workshop) -> bool:
    return row.code is not None and row.closed_at is None and (row.expires_at is None or row.expires_at >= now())


def plain(code: str) -> str:
    """Give a code as it is stored; people type it with blanks, dashes and small letters."""
    return "".join(letter for letter in code.upper() if letter.isalnum())[:LENGTH]


def _room(row: Workshop, session: Session) -> Room:
    panel = session.get_one(PanelSession, row.session_id)
    assert row.id is not None
    values: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    return Room(
        workshop_id=row.id, name=panel.name, held_on=panel.held_on, questions=tuple(row.questions),
        steps=tuple((step, minutes) for step, minutes in row.steps), languages=tuple(row.languages),
        start_themes=tuple(row.start_themes), start_replies=tuple(row.start_replies), code=row.code if _is_open(row) else None, **values,
    )  # fmt: skip


def open_room(workshop_id: int, *, rehearsal: bool = False, session: Session, actor: str) -> str:
    """Open a room: phones may send. One that was closed opens again, under a new code.

    Parameters
    ----------
    workshop_id : int
    rehearsal : bool
        Whether it is for practice; nothing that is sent counts.
    session : Session
    actor : str

    Returns
    -------
    str
        The code.

    Raises
    ------
    UserError
        When it is not there, or is open the other way.
    """
    row = changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session)
    if row.code is not None and _is_open(row):
        if row.is_rehearsal != rehearsal:
            raise UserError("workshop.error.open_already")
        return row.code
    if rehearsal and row.batch_id is not None:
        raise UserError("workshop.error.rehearse_before")
    taken = set(session.exec(select(Workshop.code).where(col(Workshop.code).is_not(None))).all())
    code = _draw()
    while code in taken:
        code = _draw()
    row.code, row.expires_at = code, now() + dt.timedelta(hours=HOURS)
    row.opened_at, row.closed_at, row.is_rehearsal = row.opened_at or now(), None, rehearsal
    row.step_at = row.step_at or now()
    row.version += 1
    audit.record(session=session, actor=actor, act="open room", entity="workshop", entity_id=workshop_id)
    return code


def _draw() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def close_room(workshop_id: int, *, session: Session, actor: str) -> None:
    """Close a room; its code only tells late phones that it is over, until it opens again under another.

    Raises
    ------
    UserError
        When it is not there.
    """
    row = changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session)
    if row.code is None or row.closed_at is not None:
        return
    row.expires_at = row.closed_at = now()
    row.version += 1
    audit.record(session=session, actor=actor, act="close room", entity="workshop", entity_id=workshop_id)


def put(workshop_id: int, *, was: Mapping[str, Any] | None = None, session: Session, **where: Any) -> int | None:
    """Move the screens of a room; every one of them follows.

    Not a change of what anybody said, so it leaves no row in the audit table: pages would read everything anew.

    Parameters
    ----------
    workshop_id : int
    was : mapping, optional
        What the person saw: where it is otherwise by now, nothing is done. A browser sends an old choice along with the next click.
    session : Session
    **where
        Of step, screen, question, page, focus_id, poll_id, quotes, frozen_at.

    Returns
    -------
    int or None
        The new version; None where nothing was done.

    Raises
    ------
    UserError
        When it is not there, or has no such place.
    """
    row = changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session)
    if any(getattr(row, name) != value for name, value in (was or {}).items()):
        return None
    if where.get("step", row.step) != row.step:
        if where["step"] not in STEPS:
            raise UserError("workshop.error.steps")
        row.step_at = now()
    if "question" in where and not 0 <= where["question"] < len(row.questions):
        raise UserError("workshop.error.questions", most=len(row.questions))
    if "page" not in where and where.keys() & {"screen", "focus_id", "poll_id"}:
        where["page"] = 0
    for name in where.keys() & {"step", "screen", "question", "page", "focus_id", "poll_id", "quotes", "frozen_at"}:
        setattr(row, name, where[name])
    row.page = max(row.page, 0)
    row.version += 1
    return row.version
