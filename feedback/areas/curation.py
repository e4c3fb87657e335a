"""What the coordinator does to the list of service areas, and to the area of a remark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session, col, select

from feedback.i18n import UserError, sort_key
from feedback.store import audit, changing
from feedback.store.tables import Agreement, Audit, Remark, SavingsIdea, Score, ServiceArea, Theme, now

LONGEST_NAME = 200
CORRECT, UNDO_CORRECT = "correct area", "undo correct area"
# What a coordinator may change of an area; its key stays, figures and links hang on it.
FIELDS = ("name_nl", "name_en", "keywords", "owner", "position", "is_active")
# Everything that can be about an area; while something is, the area cannot be taken away.
_ABOUT = (Remark.area_id, Remark.area2_id, Score.area_id, Theme.area_id, SavingsIdea.area_id, Agreement.area_id)


def _clean(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise UserError("areas.error.name", limit=LONGEST_NAME)
    return name


def _check_free(names: Iterable[str], *, session: Session, but: int | None = None) -> None:
    taken = {
        sort_key(name)
        for row in session.exec(select(ServiceArea)).all()
        if row.id != but
        for name in (row.name_nl, row.name_en)
    }
    for name in names:
        if sort_key(name) in taken:
            raise UserError("areas.error.name_taken", name=name)


def keywords_of(text: str) -> list[str]:
    """Cut a typed list of keywords (commas, semicolons or lines) into lower-case words, each once."""
    words = (" ".join(word.split()).lower() for word in re.split(r"[,;\n]", text))
    return list(dict.fromkeys(word for word in words if word))


def edit(
    area_id: int, changes: dict[str, Any], *, session: Session, actor: str, seen_version: int | None = None
) -> None:
    """Change names, keywords, owner, place or use of a service area.

    Parameters
    ----------
    area_id : int
    changes : dict
        Some of `FIELDS` with their new values.
    session : Session
    actor : str
    seen_version : int, optional
        The version the person was looking at.

    Raises
    ------
    UserError
        When it is gone, somebody changed it since, or a name cannot be used or is taken.
    """
    area = changing.find(ServiceArea, area_id, gone="areas.error.gone", session=session)
    changing.as_seen(area, seen_version, "areas.error.changed", name=area.name_nl)
    wanted = {
        name: _clean(value) if name.startswith("name_") else value for name, value in changes.items() if name in FIELDS
    }
    before = {name: getattr(area, name) for name in wanted if getattr(area, name) != wanted[name]}
    if not before:
        return
    _check_free((wanted[name] for name in before if name.startswith("name_")), session=session, but=area_id)
    for name in before:
        setattr(area, name, wanted[name])
    area.version += 1
    session.add(area)
    audit.record(
        session=session, actor=actor, act="edit", entity="service_area", entity_id=area_id, before=before,
        after={name: wanted[name] for name in before},
    )  # fmt: skip


def add(name: str, *, session: Session, actor: str) -> int:
    """Add a service area at the end of the list.

    Parameters
    ----------
    name : str
        For both languages; no other area may have it.
    session : Session
    actor : str

    Returns
    -------
    int
        Its id.

    Raises
    ------
    UserError
        When the name cannot be used or is taken.
    """
    name = _clean(name)
    _check_free([name], session=session)
    rows = session.exec(select(ServiceArea)).all()
    base = re.sub(r"[^a-z0-9]+", "_", sort_key(name)).strip("_")[:50] or "dienst"
    taken, key, n = {row.key for row in rows}, base, 2
    while key in taken:
        key, n = f"{base}_{n}", n + 1
    area = ServiceArea(key=key, name_nl=name, name_en=name, position=max((row.position for row in rows), default=0) + 1)
    session.add(area)
    session.flush()
    audit.record(
        session=session, actor=actor, act="add", entity="service_area", entity_id=area.id, after={"name": name}
    )
    assert area.id is not None
    return area.id


def remove(area_id: int, *, session: Session, actor: str) -> None:
    """Take back the adding of a service area.

    Parameters
    ----------
    area_id : int
    session : Session
    actor : str

    Raises
    ------
    UserError
        When it is gone, or something is about it by now.
    """
    area = changing.find(ServiceArea, area_id, gone="areas.error.gone", session=session)
    for column in _ABOUT:
        if session.exec(select(col(column)).where(col(column) == area_id).limit(1)).first() is not None:
            raise UserError("areas.error.used", name=area.name_nl)
    audit.record(
        session=session, actor=actor, act="remove", entity="service_area", entity_id=area_id,
        before={"name": area.name_nl},
    )  # fmt: skip
    session.delete(area)
    session.flush()


def undo(*, session: Session, actor: str, area_id: int, seen_version: int | None = None) -> None:
    """Take back the last edit of a service area.

    Parameters
    ----------
    session : Session
    actor : str
    area_id : int
    seen_version : int, optional
        The version the person was looking at.

    Raises
    ------
    UserError
        When there is nothing to take back, or somebody changed it since `seen_version`.
    """
    last = session.exec(
        select(Audit)
        .where(Audit.entity == "service_area", Audit.entity_id == area_id, Audit.act == "edit")
        .order_by(col(Audit.id).desc())
    ).first()
    if last is None:
        raise UserError("areas.error.nothing_to_undo")
    edit(area_id, last.before, session=session, actor=actor, seen_version=seen_version)


def correct(remark_ids: Iterable[int], area: str, *, session: Session, actor: str) -> int | None:
    """Say which service area remarks are about; corrections teach the next import.

    Parameters
    ----------
    remark_ids : iterable of int
    area : str
        Key.
    session : Session
    actor : str

    Returns
    -------
    int or None
        Id of the correction, for `undo_correct`; None when there was no remark to correct.

    Raises
    ------
    UserError
        When the area is gone.
    """
    row = session.exec(select(ServiceArea).where(ServiceArea.key == area)).first()
    if row is None:
        raise UserError("areas.error.gone")
    ids: Sequence[int] = sorted(set(remark_ids))
    remarks = session.exec(select(Remark).where(col(Remark.id).in_(ids)).with_for_update()).all()
    if not remarks:
        return None
    before = {str(remark.id): [remark.area_id, remark.area2_id, remark.area_by] for remark in remarks}
    for remark in remarks:
        remark.area_id, remark.area2_id, remark.area_by = row.id, None, "person"
        session.add(remark)
    after = {"area": area, "area_id": row.id, "at": now().isoformat()}
    audit.record(session=session, actor=actor, act=CORRECT, entity="remark", before=before, after=after)
    session.flush()
    own = select(Audit).where(Audit.act == CORRECT, Audit.actor == actor).order_by(col(Audit.id).desc())
    return next(change.id for change in session.exec(own) if change.after == after)


def undo_correct(correction: int, *, session: Session, actor: str) -> int:
    """Take back a correction: remarks get the areas that they had.

    Parameters
    ----------
    correction : int
        Given by `correct`.
    session : Session
    actor : str

    Returns
    -------
    int
        Remarks left as they are, because somebody corrected them again since.

    Raises
    ------
    UserError
        When it was taken back already, or nothing of it is left to take back.
    """
    change = session.exec(select(Audit).where(Audit.id == correction, Audit.act == CORRECT).with_for_update()).first()
    undone = session.exec(select(Audit.before).where(Audit.act == UNDO_CORRECT)).all()
    if change is None or any(before["correction"] == correction for before in undone):
        raise UserError("areas.error.nothing_to_undo")
    ids = [int(key) for key in change.before]
    remarks = session.exec(select(Remark).where(col(Remark.id).in_(ids)).with_for_update()).all()
    given = (change.after["area_id"], None, "person")
    # What somebody decided later about a remark goes before.
    same = [remark for remark in remarks if (remark.area_id, remark.area2_id, remark.area_by) == given]
    later = _corrected_since(correction, session=session)
    same = [remark for remark in same if str(remark.id) not in later]
    if not same:
        raise UserError("areas.error.nothing_to_undo")
    for remark in same:
        remark.area_id, remark.area2_id, remark.area_by = change.before[str(remark.id)]
        session.add(remark)
    audit.record(
        session=session, actor=actor, act=UNDO_CORRECT, entity="remark", before={"correction": correction},
        after={"remarks": len(same)},
    )  # fmt: skip
    return len(ids) - len(same)


def _corrected_since(correction: int, *, session: Session) -> set[str]:
    changes = session.exec(select(Audit).where(Audit.act == CORRECT, col(Audit.id) > correction)).all()
    undone = {before["correction"] for before in session.exec(select(Audit.before).where(Audit.act == UNDO_CORRECT))}
    return {key for change in changes if change.id not in undone for key in change.before}
