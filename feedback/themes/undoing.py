"""Undo what a person did to a theme, as long as nothing later stands on it.

What somebody decided later about a remark goes before: a remark that was moved on after the act stays where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from feedback.i18n import LANGUAGES, Language, UserError
from feedback.store import audit
from feedback.store.tables import Remark, Reply, Theme, ThemeEvent, now
from feedback.themes import acts

_Themes = dict[int | None, Theme]
_MOVES = ("merge", "split", "move")


def undo(event_id: int, *, session: Session, actor: str) -> int:
    """Undo an act on a theme.

    Parameters
    ----------
    event_id : int
    session : Session
    actor : str

    Returns
    -------
    int
        Number of remarks of a merge, split or move that stay where somebody put them later.

    Raises
    ------
    UserError
        When it was undone already, or something later makes it impossible; the message says what.
    """
    event = session.get(ThemeEvent, event_id)
    if event is None:
        raise UserError("themes.error.event_gone")
    acts.one_naming_at_a_time(session=session)
    sources = [placed[0] for placed in event.before.get("placed", ())]
    themes = acts.locked({event.theme_id, event.other_id, *sources}, session=session)
    # Somebody else may have undone it while this waited for the themes.
    session.refresh(event)
    if event.undone_at is not None:
        raise UserError("themes.error.undone")
    left = 0
    match event.kind:
        case "merge":
            left = _merge(event, themes, session)
        case "split":
            left = _split(event, themes, session)
        case "move":
            left = _move(event, themes, session)
        case "create":
            _create(event, themes, session)
        case _:
            _fields(event, acts.alive(themes[event.theme_id], session=session), session)
    for theme in themes.values():
        theme.version += 1
    event.undone_at = now()
    after = {"event": event_id}
    audit.record(
        session=session,
        actor=actor,
        act=f"undo {event.kind}",
        entity="theme",
        entity_id=event.theme_id,
        after=after,
    )
    session.flush()
    if event.kind == "create":
        # Nothing hangs on it but acts that were undone, so it can go altogether; the audit table remembers.
        theme = themes[event.theme_id]
        for row in (*session.exec(select(ThemeEvent).where(_mentions(theme))).all(), theme):
            session.delete(row)
            session.flush()
    return left


def _fields(event: ThemeEvent, theme: Theme, session: Session) -> None:
    plain = {name: value for name, value in event.after.items() if name not in acts.LISTS}
    if any(getattr(theme, name) != value for name, value in plain.items()):
        raise UserError("themes.error.later", name=acts.shown(theme))
    names: dict[Language, str] = {
        language: name for language in LANGUAGES if (name := event.before.get(f"name_{language}"))
    }
    acts.check_free(names, but=theme.id, session=session)
    for name, value in event.before.items():
        if name in acts.LISTS:
            acts.list_back(theme, name, value, event.after[name])
        else:
            setattr(theme, name, value)


def _merge(event: ThemeEvent, themes: _Themes, session: Session) -> int:
    source, target = themes[event.theme_id], acts.alive(themes[event.other_id], session=session)
    acts.check_free({"nl": source.name_nl, "en": source.name_en}, but=source.id, session=session)
    source.status, source.merged_into_id = event.before["status"], None
    remarks = set(event.before["remarks"]) - _touched_later(event, session)
    back = _hand_back(Remark, remarks, source, target, session)
    _hand_back(Reply, set(event.before["replies"]), source, target, session)
    if event.before.get("other"):
        _sleep_again(target, session)
    return len(event.before["remarks"]) - back


def _hand_back(table: type[Remark] | type[Reply], ids: set[int], source: Theme, target: Theme, session: Session) -> int:
    back = 0
    for chunk in acts.chunks(sorted(ids)):
        statement = update(table).where(col(table.id).in_(chunk), col(table.theme_id) == target.id)
        back += session.connection().execute(statement.values(theme_id=source.id)).rowcount
    return back


def _split(event: ThemeEvent, themes: _Themes, session: Session) -> int:
    source, target = (acts.alive(themes[at], session=session) for at in (event.theme_id, event.other_id))
    if _received_later(target, event, session):
        raise UserError("themes.error.later", name=acts.shown(target))
    remarks = _still_there(event, target, themes, session)
    _take_back(event, remarks, target, themes, session)
    # What files brought in since goes along, and so do replies; who is reading a file just now finds the way too.
    for table in (Remark, Reply):
        statement = update(table).where(col(table.theme_id) == target.id).values(theme_id=source.id)
        session.connection().execute(statement)
    target.status, target.merged_into_id, target.examples = "merged", source.id, []
    return len(event.before["remarks"]) - len(remarks)


def _move(event: ThemeEvent, themes: _Themes, session: Session) -> int:
    target = acts.alive(themes[event.theme_id], session=session)
    remarks = _still_there(event, target, themes, session)
    if not remarks:
        raise UserError("themes.error.later", name=acts.shown(target))
    _take_back(event, remarks, target, themes, session)
    if "status" in event.before:
        _sleep_again(target, session)
    return len(event.before["remarks"]) - len(remarks)


def _create(event: ThemeEvent, themes: _Themes, session: Session) -> None:
    theme = acts.alive(themes[event.theme_id], session=session)
    used = (
        select(ThemeEvent.id).where(_mentions(theme), ThemeEvent.id != event.id, col(ThemeEvent.undone_at).is_(None)),
        select(Remark.id).where(Remark.theme_id == theme.id),
        select(Reply.id).where(Reply.theme_id == theme.id),
        select(Theme.id).where(Theme.merged_into_id == theme.id),
    )
    if any(session.exec(statement.limit(1)).first() is not None for statement in used):
        raise UserError("themes.error.in_use", name=acts.shown(theme))


def _mentions(theme: Theme) -> ColumnElement[bool]:
    return (col(ThemeEvent.theme_id) == theme.id) | (col(ThemeEvent.other_id) == theme.id)


def _still_there(event: ThemeEvent, target: Theme, themes: _Themes, session: Session) -> list[Remark]:
    """Give the remarks of a split or move that nobody put elsewhere since.

    Raises
    ------
    UserError
        When a theme they would go back to was merged away.
    """
    later = _touched_later(event, session)
    remarks = [
        remark
        for remark in acts.locked_remarks(event.before["remarks"], session=session)
        if remark.theme_id == target.id and remark.id not in later
    ]
    placed = _placed(event)
    for at in {placed[remark.id][0] for remark in remarks} - {None}:
        acts.alive(themes[at], session=session)
    return remarks


def _placed(event: ThemeEvent) -> dict[int | None, list[Any]]:
    return dict(zip(event.before["remarks"], event.before["placed"], strict=True))


def _take_back(event: ThemeEvent, remarks: Sequence[Remark], target: Theme, themes: _Themes, session: Session) -> None:
    """Put remarks back as they were before a split or move, with the examples that came and went with them."""
    texts = {remark.id: remark.text for remark in remarks}
    taught = {texts[remark_id] for remark_id in event.before["taught"] if remark_id in texts}
    examples = [*event.before["dropped"], *(text for text in target.examples if text not in taught)]
    target.examples = examples[-acts.MOST_EXAMPLES :]
    # Last out, first in: so each finds its place again.
    for theme_id, remark_id, at in reversed(event.before["untaught"]):
        source = themes[theme_id]
        if remark_id in texts and texts[remark_id] not in source.examples:
            examples = [*source.examples[:at], texts[remark_id], *source.examples[at:]]
            source.examples = examples[-acts.MOST_EXAMPLES :]
    placed = _placed(event)
    for remark in remarks:
        remark.theme_id, remark.strength, remark.placed_by, remark.words = placed[remark.id]
    session.flush()


def _touched_later(event: ThemeEvent, session: Session) -> set[int]:
    """Give the remarks that a later act, not undone, put somewhere."""
    return {remark_id for later in _later(event, session) for remark_id in later.before["remarks"]}


def _received_later(theme: Theme, event: ThemeEvent, session: Session) -> bool:
    """Tell whether a person put other remarks in a theme later."""
    return any(
        later.theme_id == theme.id if later.kind == "move" else later.other_id == theme.id
        for later in _later(event, session)
    )


def _later(event: ThemeEvent, session: Session) -> list[ThemeEvent]:
    statement = select(ThemeEvent).where(
        col(ThemeEvent.id) > event.id, col(ThemeEvent.kind).in_(_MOVES), col(ThemeEvent.undone_at).is_(None)
    )
    return list(session.exec(statement).all())


def _sleep_again(theme: Theme, session: Session) -> None:
    """Let an entry that an act woke go back to sleep, unless it got remarks or a person's judgement since."""
    remark = session.exec(select(Remark.id).where(Remark.theme_id == theme.id).limit(1)).first()
    if theme.status == "proposed" and remark is None:
        theme.status = "dormant"
