"""What people do to themes: name, describe, confirm and park them; merge, split and move; undo.

Every act locks the themes it touches, leaves an event (which can be undone) and a row in the audit table, and
counts their version up. Acts on one theme stand here, acts that move remarks in `regroup`, undoing in `undoing`;
all are called through this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session, select

from feedback.i18n import MISSING, Language, UserError
from feedback.store import changing
from feedback.store.tables import ServiceArea, Theme
from feedback.themes import acts
from feedback.themes.regroup import merge, move, split
from feedback.themes.undoing import undo

__all__ = [
    "confirm", "create", "describe", "join", "merge", "move", "park", "rename", "reopen", "set_area", "set_owner", "split",
    "undo", "undo_all",
]  # fmt: skip


def rename(
    theme_id: int,
    name: str,
    *,
    session: Session,
    actor: str,
    language: Language | None = None,
    seen_version: int | None = None,
) -> int | None:
    """Give a theme another name.

    Parameters
    ----------
    theme_id : int
    name : str
        1 to 200 characters; no other living theme may have it.
    session : Session
    actor : str
    language : {"nl", "en"}, optional
        Change the name in this language only.
    seen_version : int, optional
        The version the person was looking at.

    Returns
    -------
    int or None
        Id of the event; None when it had that name already.

    Raises
    ------
    UserError
        When the name cannot be used, the theme was merged away, or somebody changed it since `seen_version`.
    """
    name = acts.clean_name(name)
    names = {language: name} if language else acts.both(name)
    acts.one_naming_at_a_time(session=session)
    theme = acts.one(theme_id, session=session)
    _as_seen(theme, seen_version, now=acts.shown(theme))
    acts.check_free(names, but=theme_id, session=session)
    return _change(theme, "rename", {f"name_{key}": name for key, name in names.items()}, actor=actor, session=session)


def describe(
    theme_id: int,
    description: str,
    *,
    session: Session,
    actor: str,
    language: Language | None = None,
    seen_version: int | None = None,
) -> int | None:
    """Say in a sentence what a theme is about.

    Parameters
    ----------
    theme_id : int
    description : str
        May be empty.
    session : Session
    actor : str
    language : {"nl", "en"}, optional
        Change it in this language only.
    seen_version : int, optional
        The version the person was looking at.

    Returns
    -------
    int or None
        Id of the event; None when nothing changed.

    Raises
    ------
    UserError
        When the theme was merged away, or somebody changed it since `seen_version`.
    """
    theme = acts.one(theme_id, session=session)
    _as_seen(theme, seen_version, now=theme.description_en if language == "en" else theme.description_nl)
    fields = {f"description_{key}": text for key, text in acts.both(acts.clean(description)).items()}
    if language:
        fields = {key: text for key, text in fields.items() if key.endswith(language)}
    return _change(theme, "edit", fields, actor=actor, session=session)


def set_owner(
    theme_id: int, owner: str, *, session: Session, actor: str, seen_version: int | None = None
) -> int | None:
    """Say who in the SSC looks after a theme.

    Parameters
    ----------
    theme_id : int
    owner : str
        Empty for nobody; cut at 200 characters.
    session : Session
    actor : str
    seen_version : int, optional
        The version the person was looking at.

    Returns
    -------
    int or None
        Id of the event; None when nothing changed.

    Raises
    ------
    UserError
        When the theme was merged away, or somebody changed it since `seen_version`.
    """
    theme = acts.one(theme_id, session=session)
    _as_seen(theme, seen_version, now=theme.owner)
    return _change(theme, "edit", {"owner": acts.clean(owner)[: acts.LONGEST_OWNER]}, actor=actor, session=session)


def set_area(
    theme_id: int, area: str | None, *, session: Session, actor: str, seen_version: int | None = None
) -> int | None:
    """Say to which service area a theme belongs; the areas of its remarks stay theirs.

    Parameters
    ----------
    theme_id : int
    area : str or None
        Key of a service area; None for no single one.
    session : Session
    actor : str
    seen_version : int, optional
        The version the person was looking at.

    Returns
    -------
    int or None
        Id of the event; None when nothing changed.

    Raises
    ------
    UserError
        When there is no such area, the theme was merged away, or somebody changed it since `seen_version`.
    """
    theme = acts.one(theme_id, session=session)
    present = session.get(ServiceArea, theme.area_id) if theme.area_id is not None else None
    _as_seen(theme, seen_version, now=present.name_nl if present else "")
    return _change(theme, "edit", {"area_id": _area_id(area, session)}, actor=actor, session=session)


def confirm(theme_id: int, *, session: Session, actor: str) -> int | None:
    """Turn a proposal into a theme that a person stands behind.

    Returns
    -------
    int or None
        Id of the event; None when it was confirmed already.

    Raises
    ------
    UserError
        When the theme was merged away.
    """
    return _status(theme_id, "confirm", "confirmed", actor=actor, session=session)


def park(theme_id: int, *, session: Session, actor: str) -> int | None:
    """Put a theme aside; its remarks stay with it. Returns and errors: see `confirm`."""
    return _status(theme_id, "park", "parked", actor=actor, session=session)


def reopen(theme_id: int, *, session: Session, actor: str) -> int | None:
    """Make a parked or confirmed theme a proposal again. Returns and errors: see `confirm`."""
    return _status(theme_id, "reopen", "proposed", actor=actor, session=session)


def create(
    name: str,
    area: str | None = None,
    *,
    session: Session,
    actor: str,
    description: str = "",
    keywords: Iterable[str] = (),
) -> int:
    """Add a theme of one's own to the codebook; remarks are moved to it, or meet it with the next file.

    Parameters
    ----------
    name : str
        For both languages; see `rename`.
    area : str, optional
        Key of a service area.
    session : Session
    actor : str
    description : str
        For both languages.
    keywords : iterable of str
        Words that customers use for it.

    Returns
    -------
    int
        Id of the theme.

    Raises
    ------
    UserError
        When the name cannot be used or there is no such area.
    """
    name = acts.clean_name(name)
    acts.one_naming_at_a_time(session=session)
    acts.check_free(acts.both(name), but=None, session=session)
    theme = acts.new_theme(name, area_id=_area_id(area, session), aspect_id=None, session=session)
    theme.description_nl = theme.description_en = acts.clean(description)
    theme.keywords = list(dict.fromkeys(word for word in map(acts.clean, keywords) if word))
    acts.write_down("create", theme, before={}, after={}, log={"name": name}, actor=actor, session=session)
    assert theme.id is not None
    return theme.id


def join(theme_ids: Sequence[int], name: str, *, session: Session, actor: str) -> list[int]:
    """Make one theme of several: all are merged into the first, which gets a name that covers them.

    Parameters
    ----------
    theme_ids : sequence of int
        At least two.
    name : str
        See `curation.rename`; "" keeps the name of the first.
    session : Session
    actor : str

    Returns
    -------
    list of int
        Ids of the events, the last first: undone in this order, all is as before.

    Raises
    ------
    UserError
        See `merge` and `curation.rename`.
    """
    target, *others = theme_ids
    events = [merge(source, target, session=session, actor=actor) for source in others]
    named = rename(target, name, session=session, actor=actor) if acts.clean(name) else None
    return [*([] if named is None else [named]), *reversed(events)]


def undo_all(event_ids: Iterable[int], *, session: Session, actor: str) -> int:
    """Undo several acts in the order given; see `undo`. All or, when one cannot be undone, none.

    Returns
    -------
    int
        Number of remarks that stay where somebody put them later.
    """
    return sum(undo(event_id, session=session, actor=actor) for event_id in event_ids)


def _status(theme_id: int, kind: str, status: str, *, actor: str, session: Session) -> int | None:
    theme = acts.one(theme_id, session=session)
    return _change(theme, kind, {"status": status}, actor=actor, session=session)


def _change(theme: Theme, kind: str, fields: Mapping[str, Any], *, actor: str, session: Session) -> int | None:
    changed = {name: value for name, value in fields.items() if getattr(theme, name) != value}
    if not changed:
        return None
    before = {name: getattr(theme, name) for name in changed}
    for name, value in changed.items():
        setattr(theme, name, value)
    theme.version += 1
    return acts.write_down(
        kind, theme, before=before, after=changed, log={"changed": sorted(changed)}, actor=actor, session=session
    )


def _as_seen(theme: Theme, seen_version: int | None, *, now: str | dict[Language, str]) -> None:
    """Refuse to overwrite what the person has not seen."""
    changing.as_seen(theme, seen_version, "themes.error.changed", name=acts.shown(theme), now=now or MISSING)


def _area_id(area: str | None, session: Session) -> int | None:
    if area is None:
        return None
    found = session.exec(select(ServiceArea.id).where(ServiceArea.key == area)).first()
    if found is None:
        raise UserError("themes.error.area_gone")
    return found
