"""What a facilitator does to remarks and themes before a room; each can be taken back, see `taking_back`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlmodel import Session, col, select

from feedback.i18n import LANGUAGES, Language, UserError
from feedback.room import placed
from feedback.store import changing
from feedback.store.tables import ROOM_STATES, RoomAct, RoomRemark, ThemeEvent, Workshop
from feedback.themes import acts as themes
from feedback.themes import curation

# In whose name a room takes remarks in and regroups for the first time.
BY_ITSELF = "room"


def remember(
    workshop_id: int,
    kind: str,
    before: dict[str, Any],
    events: Collection[int | None] = (),
    *,
    session: Session,
    actor: str,
) -> None:
    """Write down an act with what undoing it needs, and let every screen follow.

    Parameters
    ----------
    workshop_id : int
    kind : str
        Names the act; `control.act.<kind>` on the screen.
    before : dict
        Never a customer's words.
    events : collection of int
        Of `ThemeEvent`; None is left out.
    session : Session
    actor : str
    """
    row = changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session)
    row.version += 1
    done = [one for one in events if one is not None]
    session.add(RoomAct(workshop_id=workshop_id, kind=kind, before=before, events=done, actor=actor))
    session.flush()


def set_state(workshop_id: int, remark_ids: Iterable[int], state: str, *, session: Session, actor: str) -> None:
    """Show remarks, or take them from the screen: hidden, parked, or waiting again.

    Parameters
    ----------
    workshop_id : int
    remark_ids : iterable of int
    state : str
        Of `store.tables.ROOM_STATES`.
    session : Session
    actor : str

    Raises
    ------
    UserError
        When one is not of this room.
    """
    if state not in ROOM_STATES:
        raise UserError("workshop.error.state")
    rows = _rows(workshop_id, remark_ids, session)
    before = {str(row.remark_id): row.state for row in rows if row.state != state}
    for row in rows:
        row.state = state
    if before:
        remember(workshop_id, state, {"states": before}, session=session, actor=actor)


def pin(workshop_id: int, remark_id: int, pinned: bool = True, *, session: Session, actor: str) -> None:
    """Keep a quote on the screen, or let it go.

    Raises
    ------
    UserError
        When it is not of this room.
    """
    (row,) = _rows(workshop_id, [remark_id], session)
    if row.is_pinned != pinned:
        row.is_pinned = pinned
        remember(workshop_id, "pin" if pinned else "unpin", {"pinned": remark_id}, session=session, actor=actor)


def move(workshop_id: int, remark_ids: Collection[int], theme_id: int, *, session: Session, actor: str) -> None:
    """Move remarks to a theme; see `themes.curation`.

    Raises
    ------
    UserError
        When a remark is not of this room, or the theme is gone.
    """
    rows = _rows(workshop_id, remark_ids, session)
    event = curation.move([row.remark_id for row in rows], theme_id, session=session, actor=actor)
    placed.give_slots(workshop_id, [theme_id], session=session)
    remember(workshop_id, "move", {}, [event], session=session, actor=actor)


def merge(workshop_id: int, source_id: int, target_id: int, *, session: Session, actor: str) -> None:
    """Merge a theme into another, for the whole panel; see `themes.regroup.merge`.

    Raises
    ------
    UserError
        When one of them is gone.
    """
    event = curation.merge(source_id, target_id, session=session, actor=actor)
    placed.give_slots(workshop_id, [target_id], session=session)
    remember(workshop_id, "merge", {}, [event], session=session, actor=actor)


def rename(
    workshop_id: int,
    theme_id: int,
    name: str,
    language: Language,
    other: str | None = None,
    *,
    session: Session,
    actor: str,
) -> None:
    """Give a theme another name, in the language that the room reads.

    Parameters
    ----------
    workshop_id, theme_id : int
    name : str
    language : {"nl", "en"}
    other : str, optional
        The name in the other languages; without it they keep theirs.
    session : Session
    actor : str

    Raises
    ------
    UserError
        When a name cannot be used.
    """
    names = {language: name}
    if other is not None:
        names |= {one: other for one in LANGUAGES if one != language}
    events = [
        curation.rename(theme_id, text, language=one, session=session, actor=actor) for one, text in names.items()
    ]
    if any(event is not None for event in events):
        remember(workshop_id, "rename", {}, events, session=session, actor=actor)


def new_theme(workshop_id: int, name: str, remark_ids: Collection[int], *, session: Session, actor: str) -> int:
    """Make a theme of remarks, which may come from several.

    Returns
    -------
    int
        Id of the theme.

    Raises
    ------
    UserError
        When the name cannot be used, or a remark is not of this room.
    """
    rows = _rows(workshop_id, remark_ids, session)
    ids = [row.remark_id for row in rows]
    made, events = make(workshop_id, name, ids, session=session, actor=actor)
    # Undoing leaves no trace of the theme itself: what making it again needs stands here.
    before = {"made": made, "name": name, "remarks": ids}
    remember(workshop_id, "new_theme", before, events, session=session, actor=actor)
    return made


def make(
    workshop_id: int, name: str, remark_ids: Collection[int], *, session: Session, actor: str
) -> tuple[int, list[int | None]]:
    """Make a theme of remarks; give its id and its events. Errors: see `new_theme`."""
    made = curation.create(name, session=session, actor=actor)
    event = curation.move(remark_ids, made, session=session, actor=actor)
    placed.give_slots(workshop_id, [made], session=session)
    return made, [_created(made, session), event]


def _created(theme_id: int, session: Session) -> int | None:
    newest = select(ThemeEvent.id).where(ThemeEvent.theme_id == theme_id, ThemeEvent.kind == "create")
    return session.exec(newest.order_by(col(ThemeEvent.id).desc())).first()


def park(workshop_id: int, theme_id: int, *, session: Session, actor: str) -> None:
    """Park a theme, or bring it back: it is no group on the screen while it is parked.

    Raises
    ------
    UserError
        When it is gone.
    """
    parked = themes.one(theme_id, session=session).status == "parked"
    event = (curation.reopen if parked else curation.park)(theme_id, session=session, actor=actor)
    remember(workshop_id, "unpark" if parked else "park", {}, [event], session=session, actor=actor)


def _rows(workshop_id: int, remark_ids: Iterable[int], session: Session) -> list[RoomRemark]:
    wanted = sorted(set(remark_ids))
    found = select(RoomRemark).where(RoomRemark.workshop_id == workshop_id, col(RoomRemark.remark_id).in_(wanted))
    rows = list(session.exec(found.order_by(col(RoomRemark.remark_id))).all())
    if not wanted or len(rows) < len(wanted):
        raise UserError("workshop.error.remark_gone")
    return rows
