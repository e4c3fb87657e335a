"""The codebook as a file: out, and in again, which `curation.undo_all` undoes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.store import audit
from feedback.store.tables import Aspect, Audit, Remark, ServiceArea, Theme, ThemeEvent
from feedback.themes import acts, entries
from feedback.themes.codebook_plan import Change, Frame, Known, Plan, plan, to_table
from feedback.themes.codebook_table import LISTS, Row
from feedback.themes.stored import with_remarks

TAKEN_IN = "import codebook"


def table(*, session: Session, own_examples: bool) -> pd.DataFrame:
    """Give the codebook as a table to download.

    Parameters
    ----------
    session : Session
    own_examples : bool
        With the examples that are remarks of one's own panel.

    Returns
    -------
    DataFrame
        A row an entry that was not merged away, a column each of `codebook_table.COLUMNS`.
    """
    return to_table(_known(session), own_examples=own_examples)


def preview(rows: Iterable[Row], *, session: Session) -> Plan:
    """Tell what a file would change; see `codebook_plan.plan`."""
    areas, aspects = session.exec(select(ServiceArea)).all(), session.exec(select(Aspect)).all()
    frame = Frame(_words(areas), _words(aspects), _merged(session))
    return plan(rows, _known(session), frame)


def take_in(rows: Iterable[Row], seen: Plan, filename: str, *, session: Session, actor: str) -> list[int]:
    """Store what a file changes: all of it, or nothing.

    Parameters
    ----------
    rows : iterable of Row
    seen : Plan
        What the person was shown.
    filename : str
    session : Session
    actor : str

    Returns
    -------
    list of int
        Ids of the events, the last first, for `curation.undo_all`.

    Raises
    ------
    UserError
        When the file would do something else by now.
    """
    acts.one_naming_at_a_time(session=session)
    themes = acts.locked(session.exec(select(Theme.id)).all(), session=session)
    now = preview(rows, session=session)
    if now != seen:
        raise UserError("codebook.error.other_now")
    events = [_change_row(themes[change.theme_id], change, session=session, actor=actor) for change in now.changed]
    events += [_new_row(change, session=session, actor=actor) for change in now.new]
    told = {"file": filename[:200], "new": len(now.new), "changed": len(now.changed), "events": events}
    audit.record(session=session, actor=actor, act=TAKEN_IN, entity="codebook", after=told)
    return events[::-1]


@dataclass(frozen=True)
class TakenIn:
    """A file that was taken in: its name, when and by whom, how many new and changed, and the events that can be undone."""

    filename: str
    at: datetime
    actor: str
    new: int
    changed: int
    events: list[int]


def last_taken_in(*, session: Session) -> TakenIn | None:
    """Give the last file that was taken in, None when there was none or all of it was undone."""
    row = session.exec(select(Audit).where(Audit.act == TAKEN_IN).order_by(col(Audit.id).desc()).limit(1)).first()
    if row is None:
        return None
    left: list[int] = []
    for chunk in acts.chunks(row.after["events"]):
        wanted = select(ThemeEvent.id).where(col(ThemeEvent.id).in_(chunk), col(ThemeEvent.undone_at).is_(None))
        left += [at for at in session.exec(wanted).all() if at is not None]
    if not left:
        return None
    told = row.after
    return TakenIn(told["file"], row.at, row.actor, told["new"], told["changed"], sorted(left, reverse=True))


def _change_row(theme: Theme, change: Change, *, session: Session, actor: str) -> int:
    values: dict[str, Any] = {}
    for name, (_, after) in change.fields.items():
        if name in ("area", "aspect"):
            values[f"{name}_id"] = entries.place_id(name, after, session)
        elif name not in LISTS:
            values[name] = after
    values |= {name: change.fields[name] for name in LISTS if name in change.fields}
    event = entries.change(theme, "codebook", values, actor=actor, session=session)
    assert event is not None
    return event


def _new_row(change: Change, *, session: Session, actor: str) -> int:
    values = {name: after for name, (_, after) in change.fields.items()}
    return entries.add_as(values.pop("key", ""), values, session=session, actor=actor)


def _known(session: Session) -> list[Known]:
    areas = {row.id: row.key for row in session.exec(select(ServiceArea)).all()}
    aspects = {row.id: row.key for row in session.exec(select(Aspect)).all()}
    rows = session.exec(select(Theme).where(col(Theme.merged_into_id).is_(None)).order_by(col(Theme.id))).all()
    used = with_remarks([row.id for row in rows if row.id is not None], session=session)
    taught, said = sorted({text for row in rows for text in row.examples}), set[str]()
    for start in range(0, len(taught), 500):
        wanted = col(Remark.text).in_(taught[start : start + 500])
        said |= set(session.exec(select(Remark.text).where(wanted).distinct()).all())
    return [
        Known(
            row.id or 0,
            {
                **{name: getattr(row, name) for name in ("key", *entries.TEXTS, "status")},
                **{name: list(getattr(row, name)) for name in LISTS},
                "area": areas.get(row.area_id, ""), "aspect": aspects.get(row.aspect_id, ""),
            },
            used=row.id in used, own=frozenset(said.intersection(row.examples)),
        )
        for row in rows
    ]  # fmt: skip


def _words(rows: Sequence[ServiceArea] | Sequence[Aspect]) -> dict[str, str]:
    names = {name.casefold(): row.key for row in rows for name in (row.name_nl, row.name_en)}
    return names | {row.key.casefold(): row.key for row in rows}


def _merged(session: Session) -> dict[str, str]:
    # All at once: a target is among them.
    rows = session.exec(select(Theme)).all()
    gone = (row for row in rows if row.merged_into_id is not None)
    return {row.key: acts.both_names(acts.target_of(row, session=session)) for row in gone}
