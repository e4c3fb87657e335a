"""What people did to one theme, told with names, so that it can be read and undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from feedback.i18n import Language
from feedback.store.tables import Theme, ThemeEvent


@dataclass(frozen=True)
class Told:
    """One act.

    Attributes
    ----------
    event_id : int
    act : str
        Kind of the event, see `store.tables.ThemeEvent`.
    theme, other : str
        Name of the theme it was done to, and of the second one, "" where there is none.
    before, after : str
        The name or owner before and after, "" where it is about something else.
    remarks : int
        How many remarks moved.
    here : bool
        Whether it was done to this theme, not from another one to this.
    actor : str
    at : datetime
    undone : bool
    """

    event_id: int
    act: str
    theme: str
    other: str
    before: str
    after: str
    remarks: int
    here: bool
    actor: str
    at: datetime
    undone: bool


def told(theme_id: int, language: Language, *, session: Session) -> list[Told]:
    """Read the acts on a theme, newest first.

    Parameters
    ----------
    theme_id : int
    language : {"nl", "en"}
        Of the names of themes.
    session : Session

    Returns
    -------
    list of Told
    """
    events = session.exec(
        select(ThemeEvent)
        .where(or_(col(ThemeEvent.theme_id) == theme_id, col(ThemeEvent.other_id) == theme_id))
        .order_by(col(ThemeEvent.id).desc())
    ).all()
    touched = {event.theme_id for event in events} | {event.other_id for event in events}
    # Merged themes too: they have a name still.
    rows = session.exec(select(Theme).where(col(Theme.id).in_(touched))).all()
    names = {row.id: row.name_en if language == "en" else row.name_nl for row in rows}
    return [
        Told(
            event_id=event.id or 0, act=event.kind, theme=names.get(event.theme_id, ""),
            other=names.get(event.other_id, ""), before=_value(event.before, language),
            after=_value(event.after, language), remarks=len(event.before.get("remarks", ())),
            here=event.theme_id == theme_id, actor=event.actor, at=event.at, undone=event.undone_at is not None,
        )
        for event in events
    ]  # fmt: skip


def last_event(theme_id: int, *, session: Session) -> int | None:
    """Give the id of the last act on a theme, None when there was none."""
    return session.exec(
        select(ThemeEvent.id).where(ThemeEvent.theme_id == theme_id).order_by(col(ThemeEvent.id).desc()).limit(1)
    ).first()


def _value(side: dict[str, Any], language: Language) -> str:
    other = "nl" if language == "en" else "en"
    for name in (f"name_{language}", f"name_{other}", "owner"):
        if isinstance(side.get(name), str):
            return str(side[name])
    return ""
