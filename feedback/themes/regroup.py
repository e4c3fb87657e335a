"""Acts that take remarks to another theme: merge, split off, move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.store.tables import Remark, Reply, Theme
from feedback.themes import acts

# A person says it belongs here: no doubt, and no words of a model that explain it.
_BY_PERSON: dict[str, Any] = {"strength": 1.0, "placed_by": "person", "words": []}


def merge(source_id: int, target_id: int, *, session: Session, actor: str) -> int:
    """Merge a theme into another: its remarks and replies go there, its examples go on teaching there.

    Parameters
    ----------
    source_id, target_id : int
        No other theme is touched.
    session : Session
    actor : str

    Returns
    -------
    int
        Id of the event, which remembers what moved.

    Raises
    ------
    UserError
        When both are the same theme, or one was merged away meanwhile (tells where it went).
    """
    if source_id == target_id:
        raise UserError("themes.error.itself")
    # Undoing it gives a name back, so both wait for whoever is naming.
    acts.one_naming_at_a_time(session=session)
    themes = acts.locked((source_id, target_id), session=session)
    source, target = (acts.alive(themes[at], session=session) for at in (source_id, target_id))
    remarks = _hand_over(Remark, source, target, session)
    replies = _hand_over(Reply, source, target, session)
    before: dict[str, Any] = {"status": source.status, "merged_into_id": None, "remarks": remarks, "replies": replies}
    if remarks:
        before["other"] = acts.wake(target)
    source.status, source.merged_into_id = "merged", target_id
    for theme in (source, target):
        theme.version += 1
    return acts.write_down(
        "merge", source, target, before=before, after={"status": "merged", "merged_into_id": target_id},
        log={"remarks": len(remarks), "name": acts.both_names(source), "into": acts.both_names(target)},
        actor=actor, session=session,
    )  # fmt: skip


def _hand_over(table: type[Remark] | type[Reply], source: Theme, target: Theme, session: Session) -> list[int]:
    statement = (
        update(table).where(col(table.theme_id) == source.id).values(theme_id=target.id)
        .returning(col(table.id)).execution_options(synchronize_session=False)
    )  # fmt: skip
    return sorted(row for row in session.connection().scalars(statement) if row is not None)


def split(theme_id: int, remark_ids: Iterable[int], name: str, *, session: Session, actor: str) -> int:
    """Split remarks off into a theme of their own, which learns from them.

    Parameters
    ----------
    theme_id : int
        Where they are now.
    remark_ids : iterable of int
    name : str
        Name of the new theme, see `curation.rename`.
    session : Session
    actor : str

    Returns
    -------
    int
        Id of the new theme; it keeps the service area and aspect of the old one.

    Raises
    ------
    UserError
        When the name cannot be used, the theme was merged away, or a remark is not in it (any more).
    """
    name = acts.clean_name(name)
    acts.one_naming_at_a_time(session=session)
    source = acts.one(theme_id, session=session)
    acts.check_free(acts.both(name), but=None, session=session)
    remarks = _all(remark_ids, session=session)
    if any(remark.theme_id != theme_id for remark in remarks):
        raise UserError("themes.error.not_in_theme", name=acts.shown(source))
    target = acts.new_theme(name, area_id=source.area_id, aspect_id=source.aspect_id, session=session)
    before = _place(remarks, target, {source.id: source}, session)
    source.version += 1
    acts.write_down(
        "split", source, target, before=before, after={}, log={"remarks": before["remarks"], "name": name},
        actor=actor, session=session,
    )  # fmt: skip
    assert target.id is not None
    return target.id


def move(remark_ids: Iterable[int], theme_id: int, *, session: Session, actor: str) -> int:
    """Move remarks to a theme, which learns from them; no model moves them away again.

    Parameters
    ----------
    remark_ids : iterable of int
        From any theme or none. One that is there already is thereby confirmed in its place.
    theme_id : int
    session : Session
    actor : str

    Returns
    -------
    int
        Id of the event.

    Raises
    ------
    UserError
        When the theme was merged away, or a remark is not there or was moved by somebody else just now.
    """
    remark_ids = list(remark_ids)
    found = [
        row
        for chunk in acts.chunks(remark_ids)
        for row in session.exec(select(Remark.theme_id).where(col(Remark.id).in_(chunk)).distinct()).all()
    ]
    themes = acts.locked({theme_id, *found}, session=session)
    target = acts.alive(themes[theme_id], session=session)
    remarks = _all(remark_ids, session=session)
    sources = {remark.theme_id for remark in remarks} - {None}
    if not sources <= set(themes):
        # Between the look and the lock: its new theme is not ours to change.
        raise UserError("themes.error.remarks_moved")
    woken = acts.wake(target)
    before = {**woken, **_place(remarks, target, themes, session)}
    for at in sources | {theme_id}:
        themes[at].version += 1
    others = sources - {theme_id}
    return acts.write_down(
        "move", target, themes[others.pop()] if len(others) == 1 else None, before=before,
        after={"status": target.status} if woken else {}, log={"remarks": before["remarks"]}, actor=actor,
        session=session,
    )  # fmt: skip


def _all(remark_ids: Iterable[int], *, session: Session) -> list[Remark]:
    wanted = set(remark_ids)
    remarks = acts.locked_remarks(wanted, session=session)
    if not wanted or len(remarks) < len(wanted):
        raise UserError("themes.error.remarks_gone")
    return remarks


def _place(
    remarks: Sequence[Remark], target: Theme, themes: Mapping[int | None, Theme], session: Session
) -> dict[str, Any]:
    """Put remarks in a theme in a person's name, and give what undoing it needs.

    Returns
    -------
    dict
        remarks (ids), placed (of each: theme_id, strength, placed_by, words as they were), taught (remark ids whose
        text became an example), dropped (examples that had to go for it), untaught (theme id, remark id and place
        of examples that left with their remark).
    """
    untaught: list[tuple[int | None, int | None, int]] = []
    for remark in remarks:
        source = themes.get(remark.theme_id)
        if source is not None and source is not target and remark.text in source.examples:
            at = source.examples.index(remark.text)
            untaught.append((source.id, remark.id, at))
            source.examples = [*source.examples[:at], *source.examples[at + 1 :]]
    taught, dropped = acts.teach(target, [remark.text for remark in remarks])
    before = {
        "remarks": [remark.id for remark in remarks],
        "placed": [[remark.theme_id, remark.strength, remark.placed_by, remark.words] for remark in remarks],
        "taught": [remark.id for remark in remarks if remark.text in taught],
        "dropped": dropped,
        "untaught": untaught,
    }
    for remark in remarks:
        remark.theme_id = target.id
        for name, value in _BY_PERSON.items():
            setattr(remark, name, value)
    session.flush()
    return before
