"""A fresh look at the themes of a room: the first comes by itself, every later one waits for the facilitator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from feedback.i18n import UserError
from feedback.room import acts, placed
from feedback.room.picture import FIRST_SENSE, picture
from feedback.store import audit, changing
from feedback.store.engine import reading, writing
from feedback.store.tables import Regrouping, Remark, RoomRemark, Theme, Workshop
from feedback.themes import stored
from feedback.themes.finding import FoundTheme
from feedback.themes.live import look_again
from feedback.workshop import door

# A new look is worth the room's while once it has so many remarks more than at the last one: by number and by share.
MORE, SHARE = 8, 1.25


@dataclass(frozen=True)
class Proposed:
    """A fresh look that waits for the facilitator.

    Attributes
    ----------
    regrouping_id : int
    moves : DataFrame
        A row a remark that would move: remark_id, text, before, after (theme ids; Int64, missing: none, or a new theme),
        name_before_nl, name_before_en, name_after_nl, name_after_en ("" for none).
    """

    regrouping_id: int
    moves: pd.DataFrame


def look_when_due(workshop_id: int, *, engine: Engine) -> int | None:
    """Take the first look as soon as there is sense in it, and a new one once much more was said.

    Parameters
    ----------
    workshop_id : int
    engine : Engine

    Returns
    -------
    int or None
        Id of the new proposal; None when none was due or nothing would move.
    """
    with reading(engine) as session:
        if not door.room(workshop_id, session=session).is_open:
            return None
        in_room = select(func.count()).where(RoomRemark.workshop_id == workshop_id)
        now = session.exec(in_room).one()
        newest = select(Regrouping).where(Regrouping.workshop_id == workshop_id).order_by(col(Regrouping.id).desc())
        last = session.exec(newest.limit(1)).first()
        seen = session.exec(in_room.where(col(RoomRemark.said_at) <= last.at)).one() if last else 0
        is_first = last is None
    if now < (FIRST_SENSE if is_first else max(seen + MORE, seen * SHARE)):
        return None
    found = propose(workshop_id, engine=engine, keep_empty=is_first)
    if found is not None and is_first:
        # Nothing was on the screen yet that could jump.
        with writing(engine) as session:
            accept(found, session=session, actor=acts.BY_ITSELF)
    return found


def propose(workshop_id: int, *, engine: Engine, keep_empty: bool = False) -> int | None:
    """Look at all remarks of a room afresh, and keep what would move; an earlier proposal that waits goes.

    Parameters
    ----------
    workshop_id : int
    engine : Engine
    keep_empty : bool
        Keep a look under which nothing moves as well.

    Returns
    -------
    int or None
        Id of the proposal; None when all may stay.
    """
    with reading(engine) as session:
        book = stored.stored_codebook(session=session)
        remarks = picture(workshop_id, session=session).remarks
        ids = {row.key: row.id for row in session.exec(select(Theme).where(col(Theme.merged_into_id).is_(None)))}
    remarks = remarks[~remarks["state"].isin(["hidden", "parked"])].reset_index(drop=True)
    if remarks.empty or not book.entries:
        return None
    look = look_again(remarks, book=book)
    entries = {one.key: {"label": one.label, "keywords": list(one.keywords), "area": one.area} for one in look.found}
    moves: list[list[Any]] = []
    where = zip(remarks["remark_id"], remarks["theme_id"], remarks["theme"], strict=True)
    looked = zip(look.keys, look.strengths, look.words, strict=True)
    for (remark_id, theme_id, theme), (key, strength, words) in zip(where, looked, strict=True):
        if key and key != theme:
            before = None if pd.isna(theme_id) else int(theme_id)
            new = key if key in entries else ""
            moves.append([int(remark_id), before, ids.get(key), new, round(float(strength), 4), list(words)])
    with writing(engine) as session:
        changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session).version += 1
        for waiting in _waiting(workshop_id, session):
            waiting.accepted = False
        if not moves and not keep_empty:
            return None
        row = Regrouping(workshop_id=workshop_id, moves=moves, entries=entries)
        session.add(row)
        session.flush()
        return row.id


def waiting(workshop_id: int, *, session: Session) -> Proposed | None:
    """Read the proposal that waits for the facilitator, if any.

    Parameters
    ----------
    workshop_id : int
    session : Session

    Returns
    -------
    Proposed or None
    """
    rows = _waiting(workshop_id, session)
    if not rows or not rows[0].moves:
        return None
    row = rows[0]
    themes = {one.id: one for one in session.exec(select(Theme)).all()}
    said = {
        one.id: one for one in session.exec(select(Remark).where(col(Remark.id).in_([move[0] for move in row.moves])))
    }
    shown = []
    for remark_id, before, after, new, *_ in row.moves:
        if remark_id not in said or said[remark_id].theme_id != before or not said[remark_id].text:
            continue
        names = [
            *_names(themes.get(before)),
            *(_names(themes.get(after)) if after is not None else (row.entries.get(new, {}).get("label", ""),) * 2),
        ]
        shown.append([remark_id, said[remark_id].text, before, after, *names])
    columns = [
        "remark_id", "text", "before", "after", "name_before_nl", "name_before_en", "name_after_nl", "name_after_en",
    ]  # fmt: skip
    frame = pd.DataFrame(shown, columns=columns).astype({"before": "Int64", "after": "Int64"})
    assert row.id is not None
    return Proposed(row.id, frame) if shown else None


def _names(theme: Theme | None) -> tuple[str, str]:
    return (theme.name_nl, theme.name_en) if theme else ("", "")


def _waiting(workshop_id: int, session: Session) -> list[Regrouping]:
    newest = select(Regrouping).where(Regrouping.workshop_id == workshop_id, col(Regrouping.accepted).is_(None))
    return list(session.exec(newest.order_by(col(Regrouping.id).desc())).all())


def accept(regrouping_id: int, *, session: Session, actor: str) -> int:
    """Do what a fresh look proposed; what anybody moved since stays.

    Parameters
    ----------
    regrouping_id : int
    session : Session
    actor : str

    Returns
    -------
    int
        How many remarks moved.

    Raises
    ------
    UserError
        When somebody decided about it already.
    """
    row = _undecided(regrouping_id, session)
    row.accepted = True
    room = door.room(row.workshop_id, session=session)
    found = [
        FoundTheme(key, one["label"], tuple(one["keywords"]), (), one["area"], ()) for key, one in row.entries.items()
    ]
    keys = pd.Series([move[3] for move in row.moves], dtype=str)
    made = stored.wake(keys, found, is_example=room.is_example or room.is_rehearsal, session=session) if found else {}
    before, woken = [], sorted(set(made.values()))
    for remark_id, was, after, new, strength, words in row.moves:
        remark = session.get(Remark, remark_id)
        theme = session.get(Theme, made[new] if new else after)
        if remark is None or theme is None or remark.theme_id != was or remark.placed_by == "person":
            continue
        if theme.merged_into_id is not None:
            continue
        if theme.status == "dormant" and not room.is_rehearsal:
            theme.status = "proposed"
            assert theme.id is not None
            woken.append(theme.id)
        before.append([remark_id, remark.theme_id, remark.strength, remark.words, theme.id])
        remark.theme_id, remark.strength, remark.words = theme.id, strength, words
    session.flush()
    placed.give_slots(row.workshop_id, [went_to for *_, went_to in before], session=session)
    remembered = {"places": before, "woken": woken, "found": sorted(set(made.values()))}
    acts.remember(row.workshop_id, "regroup", remembered, session=session, actor=actor)
    audit.record(
        session=session, actor=actor, act="regroup", entity="workshop", entity_id=row.workshop_id,
        after={"remarks": len(before)},
    )  # fmt: skip
    return len(before)


def refuse(regrouping_id: int, *, session: Session, actor: str) -> None:
    """Leave all as it is.

    Raises
    ------
    UserError
        When somebody decided about it already.
    """
    row = _undecided(regrouping_id, session)
    row.accepted = False
    changing.find(Workshop, row.workshop_id, gone="workshop.error.gone", session=session).version += 1
    audit.record(session=session, actor=actor, act="refuse regroup", entity="workshop", entity_id=row.workshop_id)


def _undecided(regrouping_id: int, session: Session) -> Regrouping:
    row = changing.find(Regrouping, regrouping_id, gone="workshop.error.regrouped", session=session)
    if row.accepted is not None:
        raise UserError("workshop.error.regrouped")
    return row
