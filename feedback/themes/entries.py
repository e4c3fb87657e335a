"""What a coordinator does to one entry of the codebook: change it, add it, put it out of use; `curation.undo` undoes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, select

from feedback.i18n import LANGUAGES, Language, UserError
from feedback.store import changing
from feedback.store.tables import Aspect, ServiceArea, Theme, ThemeEvent
from feedback.themes import acts
from feedback.themes.codebook_plan import lists
from feedback.themes.codebook_table import LISTS
from feedback.themes.stored import with_remarks

TEXTS = ("name_nl", "name_en", "description_nl", "description_en")
# No theme may have this key: in the address it is the list of what is still to place.
_KEY = re.compile(r"(?!nog-te-plaatsen$)[a-z0-9][a-z0-9_-]{0,99}")


def edit(
    theme_id: int, values: Mapping[str, Any], *, session: Session, actor: str, seen_version: int | None = None
) -> int | None:
    """Change an entry.

    Parameters
    ----------
    theme_id : int
    values : mapping
        Any of name_nl, name_en, description_nl, description_en (str), area, aspect (key or None), keywords, examples
        (iterable of str). Personal data in new examples is masked.
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
        When a name cannot be used, an area or aspect is gone, a list is too long, the theme was merged away, or
        somebody changed it since `seen_version`.
    """
    acts.one_naming_at_a_time(session=session)
    theme = acts.one(theme_id, session=session)
    changing.as_seen(theme, seen_version, "codebook.error.changed", name=acts.shown(theme))
    return change(theme, "codebook", _columns(theme, values, session), actor=actor, session=session)


def add(values: Mapping[str, Any], *, session: Session, actor: str) -> int:
    """Add an entry; it sleeps until remarks meet it.

    Parameters
    ----------
    values : mapping
        See `edit`; one name is enough.
    session : Session
    actor : str

    Returns
    -------
    int
        Id of the event.

    Raises
    ------
    UserError
        See `edit`.
    """
    acts.one_naming_at_a_time(session=session)
    some = next((name for language in LANGUAGES if (name := acts.clean(values.get(f"name_{language}", "")))), "")
    both = {f"name_{language}": acts.clean(values.get(f"name_{language}", "")) or some for language in LANGUAGES}
    return add_as("", {**values, **both}, session=session, actor=actor)


def retire(theme_id: int, *, session: Session, actor: str) -> int | None:
    """Put an entry without remarks out of use: no remark is placed on it any more.

    Returns
    -------
    int or None
        Id of the event; None when it was out of use already.

    Raises
    ------
    UserError
        When it has remarks, or was merged away.
    """
    theme = acts.one(theme_id, session=session)
    if theme_id in with_remarks([theme_id], session=session):
        raise UserError("codebook.error.has_remarks", name=acts.shown(theme))
    return change(theme, "park", {"status": "parked"}, actor=actor, session=session)


def reuse(theme_id: int, *, session: Session, actor: str) -> int | None:
    """Let an entry that was put aside meet remarks again. Returns and errors: see `retire`."""
    theme = acts.one(theme_id, session=session)
    if theme.status != "parked":
        return None
    status = "proposed" if theme_id in with_remarks([theme_id], session=session) else "dormant"
    return change(theme, "reopen", {"status": status}, actor=actor, session=session)


def add_as(key: str, values: Mapping[str, Any], *, session: Session, actor: str) -> int:
    """Add an entry with a key of its own, where that can be had; see `add`. Both names must be there; may have a status."""
    names: dict[Language, str] = {language: acts.clean_name(values[f"name_{language}"]) for language in LANGUAGES}
    acts.check_free(names, but=None, session=session)
    theme = acts.new_theme(names["nl"], area_id=None, aspect_id=None, session=session)
    if _KEY.fullmatch(key) and session.exec(select(Theme.id).where(Theme.key == key)).first() is None:
        theme.key = key
    theme.status = values.get("status", "dormant")
    columns = _columns(theme, {**values, **{f"name_{language}": name for language, name in names.items()}}, session)
    _put(theme, columns)
    acts.write_down("create", theme, before={}, after={}, log={"name": names["nl"]}, actor=actor, session=session)
    event = session.exec(select(ThemeEvent.id).where(ThemeEvent.theme_id == theme.id)).one()
    assert event is not None
    return event


def _columns(theme: Theme, values: Mapping[str, Any], session: Session) -> dict[str, Any]:
    """Clean what a person gave, and leave out what is so already."""
    columns: dict[str, Any] = {}
    for name in TEXTS:
        if name in values:
            columns[name] = (acts.clean_name if name.startswith("name") else acts.clean)(values[name])
    for name in ("area", "aspect"):
        if name in values:
            columns[f"{name}_id"] = place_id(name, values[name], session)
    columns = {name: value for name, value in columns.items() if getattr(theme, name) != value}
    names: dict[Language, str] = {at: columns[f"name_{at}"] for at in LANGUAGES if f"name_{at}" in columns}
    acts.check_free(names, but=theme.id, session=session)
    for name in LISTS:
        if name in values:
            gone, added = lists(name, getattr(theme, name), values[name], own=frozenset())
            if gone or added:
                columns[name] = gone, added
    return columns


def _put(theme: Theme, columns: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write columns; give what an event needs to undo it."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name, value in columns.items():
        if name in LISTS:
            gone, after[name] = value
            before[name] = acts.relist(theme, name, gone, after[name])
        else:
            before[name], after[name] = getattr(theme, name), value
            setattr(theme, name, value)
    return before, after


def change(theme: Theme, kind: str, columns: Mapping[str, Any], *, actor: str, session: Session) -> int | None:
    """Write columns of a locked entry, with the event that can be undone; of a list what goes and what comes. None: it is so already."""
    changed = {name: value for name, value in columns.items() if name in LISTS or getattr(theme, name) != value}
    if not changed:
        return None
    before, after = _put(theme, changed)
    theme.version += 1
    log = {"changed": sorted(changed)}
    return acts.write_down(kind, theme, before=before, after=after, log=log, actor=actor, session=session)


def place_id(name: str, key: str | None, session: Session) -> int | None:
    """Give the id of a service area or an aspect (`name`) by its key; None for none."""
    if not key:
        return None
    kind: type[ServiceArea] | type[Aspect] = ServiceArea if name == "area" else Aspect
    found = session.exec(select(kind.id).where(kind.key == key)).first()
    if found is None:
        raise UserError(f"codebook.error.{name}", value=key)
    return found
