"""What phones see of a room, read once a second for all of them; and what one phone did there."""

from __future__ import annotations

import threading
import time
import zlib
from collections import OrderedDict
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from feedback.i18n import Language, UserError, sort_key
from feedback.settings import settings
from feedback.store.engine import reading, writing
from feedback.store.tables import Organisation, SavingsIdea, ServiceArea, Theme
from feedback.workshop import door, phones, polls
from feedback.workshop.door import Room
from feedback.workshop.polls import HEARD, Vote

FRESH_SECONDS = 1.0
# Codes of rooms that are over: their phones hear that, not that the code is wrong.
_MOST = 200


@dataclass(frozen=True)
class Option:
    """What can be chosen in a vote."""

    key: str
    names: dict[Language, str]


@dataclass(frozen=True)
class Seen:
    """A room as its phones see it.

    Attributes
    ----------
    room : Room
    vote : Vote or None
        The one that is open.
    options : tuple of Option
        Of the vote.
    organisations : tuple of (int, str)
        Id and name, for who wants to say where they come from.
    """

    room: Room
    vote: Vote | None = None
    options: tuple[Option, ...] = ()
    organisations: tuple[tuple[int, str], ...] = ()

    @property
    def key(self) -> str:
        """What changes when phones have something else to do."""
        question = zlib.crc32(self.room.asked.encode())
        return f"{question:x}-{self.vote.poll_id if self.vote else 0}"


@dataclass(frozen=True)
class Person:
    """What is known of a phone in a room; all None before it sent anything."""

    participant_id: int | None = None
    organisation_id: int | None = None
    level: str | None = None
    given: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class About:
    """What somebody said about themselves; all of it may be left open."""

    organisation_id: int | None = None
    level: str | None = None
    said: str = ""

    def __bool__(self) -> bool:
        return self.organisation_id is not None or self.level is not None


def read(code: str, *, session: Session) -> Seen:
    """Read the open room of a code.

    Raises
    ------
    UserError
        When there is none.
    """
    room = door.room_of(code, session=session)
    vote = _vote(room, session)
    rows = session.exec(select(Organisation.id, Organisation.name)).all()
    named = sorted(((int(key), name) for key, name in rows if key is not None), key=lambda row: sort_key(row[1]))
    return Seen(room, vote, _options(vote, session) if vote else (), tuple(named))


def _vote(room: Room, session: Session) -> Vote | None:
    if room.poll_id is None:
        return None
    vote = polls.vote(room.poll_id, session=session)
    return vote if vote.is_open else None


def _options(vote: Vote, session: Session) -> tuple[Option, ...]:
    if vote.kind == HEARD:
        return (Option(HEARD, {}),)
    names: dict[str, dict[Language, str]]
    if vote.kind == "worth":
        areas = session.exec(select(ServiceArea).where(col(ServiceArea.key).in_(vote.options))).all()
        names = {area.key: {"nl": area.name_nl, "en": area.name_en} for area in areas}
    elif vote.kind == "dots_themes":
        themes = session.exec(select(Theme).where(col(Theme.id).in_([int(key) for key in vote.options]))).all()
        names = {str(theme.id): {"nl": theme.name_nl, "en": theme.name_en} for theme in themes}
    else:
        ideas = session.exec(
            select(SavingsIdea).where(col(SavingsIdea.id).in_([int(key) for key in vote.options]))
        ).all()
        names = {str(idea.id): {"nl": idea.title, "en": idea.title} for idea in ideas}
    return tuple(Option(key, names[key]) for key in vote.options if key in names)


class Rooms:
    """The rooms that phones asked for, each read at most once a second: they ask all the time whether there is something new."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[float, Seen]] = OrderedDict()
        self._over: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def at_hand(self, code: str) -> Seen | None:
        """Give a room that was read just now."""
        at, seen = self._kept.get(door.plain(code), (0.0, None))
        return seen if seen is not None and time.monotonic() - at < FRESH_SECONDS else None

    def look(self, code: str, *, engine: Engine) -> Seen | None:
        """Give the open room of a code, None where there is none."""
        code = door.plain(code)
        with self._lock:
            # Whoever waited for the lock finds it read.
            if (seen := self.at_hand(code)) is not None:
                return seen
            with reading(engine) as session:
                try:
                    seen = read(code, session=session)
                except UserError:
                    # Also when it was opened again since, under another code.
                    if self._kept.pop(code, None) is not None or door.was_open(code, session=session):
                        self._over[code] = None
                        _bound(self._over)
                    return None
            self._kept[code] = (time.monotonic(), seen)
            self._kept.move_to_end(code)
            _bound(self._kept)
            return seen

    def is_over(self, code: str) -> bool:
        """Tell whether a room was open under a code that is nobody's any more."""
        return door.plain(code) in self._over

    def forget(self, code: str) -> None:
        """Read a room anew at the next request: something was refused that it should have taken."""
        _, seen = self._kept.get(door.plain(code), (0.0, None))
        if seen is not None:
            self._kept[door.plain(code)] = (-FRESH_SECONDS, seen)


def _bound(kept: OrderedDict[str, tuple[float, Seen]] | OrderedDict[str, None]) -> None:
    while len(kept) > _MOST:
        kept.popitem(last=False)


def person(token: str, seen: Seen, *, engine: Engine) -> Person:
    """Read what is known of a phone in a room, and what it voted."""
    with reading(engine) as session:
        row = phones.known(seen.room.workshop_id, token, key=settings().hash_key, session=session)
        if row is None or row.id is None:
            return Person()
        given = polls.given(seen.vote.poll_id, row.id, session=session) if seen.vote else {}
        return Person(row.id, row.organisation_id, row.level, given)


def join(token: str, room: Room, about: About, *, engine: Engine) -> int:
    """Find or add the participant that a phone is; give its id.

    Raises
    ------
    UserError
        When there is no such organisation or level.
    """
    key = settings().hash_key
    if not about:
        with reading(engine) as session:
            row = phones.known(room.workshop_id, token, key=key, session=session)
            if row is not None and row.id is not None:
                return row.id

    def added() -> int:
        with writing(engine) as session:
            return phones.join(
                room.workshop_id, token, key=key, session=session, organisation_id=about.organisation_id,
                level=about.level, said=about.said,
            )  # fmt: skip

    try:
        return added()
    except IntegrityError:
        # Another server added it a moment ago: now it is known.
        return added()


def cast(poll_id: int, participant_id: int, given: dict[str, int], *, engine: Engine) -> None:
    """Give a vote.

    Raises
    ------
    UserError
        See `polls.cast`.
    """

    def done() -> None:
        with writing(engine) as session:
            polls.cast(poll_id, participant_id, given, session=session)

    try:
        done()
    except IntegrityError:
        done()
