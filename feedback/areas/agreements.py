"""Acts on agreements (SLA) and on what was measured of them. Every change can be taken back, the last one first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from feedback.areas.periods import UNITS, Period, parse_value
from feedback.i18n import UserError
from feedback.store import audit, changing
from feedback.store.tables import Agreement, AgreementValue, Audit, ServiceArea, now

ENTITY = "agreement"
FIELDS = ("area_id", "text", "customer_part", "measure", "norm", "unit", "at_most", "themes", "owner", "review_on")
LONGEST = 2000
_COLUMNS = ["agreement_id", "area", *FIELDS[1:], "version"]


def add(values: Mapping[str, Any], *, session: Session, actor: str, is_example: bool = False) -> int:
    """Write down an agreement.

    Parameters
    ----------
    values : mapping
        `FIELDS` with their values; area_id and text are needed. A norm may be as typed.
    session : Session
    actor : str
    is_example : bool

    Returns
    -------
    int
        Its id.

    Raises
    ------
    UserError
        When something needed is missing or cannot be.
    """
    checked = _checked(values, session=session)
    row = Agreement(**checked, is_example=is_example)
    session.add(row)
    session.flush()
    assert row.id is not None
    _record("add", row.id, {}, {"fields": _plain(checked)}, session=session, actor=actor)
    return row.id


def edit(agreement_id: int, values: Mapping[str, Any], *, seen: int | None, session: Session, actor: str) -> int:
    """Change an agreement.

    Parameters
    ----------
    agreement_id : int
    values : mapping
        See `add`; all of them.
    seen : int or None
        The version that the person looked at.
    session : Session
    actor : str

    Returns
    -------
    int
        Its id.

    Raises
    ------
    UserError
        When it is gone, somebody changed it since, or a value cannot be.
    """
    row = _find(agreement_id, seen, session=session)
    checked = _checked(values, session=session)
    before = {name: getattr(row, name) for name in checked if getattr(row, name) != checked[name]}
    if before:
        _set(row, {name: checked[name] for name in before})
        after = {"fields": _plain({name: checked[name] for name in before})}
        _record("edit", agreement_id, {"fields": _plain(before)}, after, session=session, actor=actor)
    return agreement_id


def end(agreement_id: int, *, seen: int | None, session: Session, actor: str) -> int:
    """Let an agreement end: it leaves the register, and what was measured stays.

    Parameters
    ----------
    agreement_id : int
    seen : int or None
        The version that the person looked at.
    session : Session
    actor : str

    Returns
    -------
    int
        Its id.
    """
    row = _find(agreement_id, seen, session=session)
    if row.ended_at is None:
        _set(row, {"ended_at": now()})
        _record("end", agreement_id, {"ended": False}, {"ended": True}, session=session, actor=actor)
    return agreement_id


def measure(
    values: Mapping[tuple[int, Period], float | None], *, source: str = "typed", session: Session, actor: str
) -> int:
    """Store what was measured, of one agreement or several: all of it or nothing.

    Parameters
    ----------
    values : mapping of (agreement, period) to float or None
        None takes away what stood there.
    source : {"typed", "file"}
    session : Session
    actor : str

    Returns
    -------
    int
        How many values are other than they were.

    Raises
    ------
    UserError
        When an agreement is gone.
    """
    changed = 0
    for agreement_id in sorted({agreement_id for agreement_id, _ in values}):
        row = _find(agreement_id, None, session=session)
        before: dict[str, float | None] = {}
        for (other, (first, last)), value in values.items():
            if other != agreement_id:
                continue
            stored = session.get(AgreementValue, (agreement_id, first, last))
            was = stored.value if stored else None
            if was != value:
                before[f"{first}:{last}"] = was
                _put(agreement_id, first, last, value, source, session=session)
        if before:
            changed += len(before)
            _set(row, {})
            _record("measure", agreement_id, {"values": before}, {"n": len(before)}, session=session, actor=actor)
    return changed


def undo(agreement_id: int, *, seen: int | None, change_id: int | None = None, session: Session, actor: str) -> int:
    """Take back the last change to an agreement or its values that was not taken back yet.

    Parameters
    ----------
    agreement_id : int
    seen : int or None
        The version that the person looked at.
    change_id : int, optional
        The change that it must be (see `last_change`): another one was made by somebody else since.
    session : Session
    actor : str

    Returns
    -------
    int
        Its id. That it was added is never taken back: `end` is the act for that.

    Raises
    ------
    UserError
        When there is nothing to take back, or somebody changed it since.
    """
    row = _find(agreement_id, seen, session=session)
    change = last_change(agreement_id, session=session)
    if change is None:
        raise UserError("areas.error.nothing_to_undo")
    if change_id not in (None, change.id):
        raise UserError("areas.error.agreement_changed", text=row.text[:80])
    fields = dict(change.before.get("fields", {}))
    if fields.get("review_on"):
        fields["review_on"] = dt.date.fromisoformat(fields["review_on"])
    if change.act == "end":
        fields["ended_at"] = None
    _set(row, fields)
    for name, value in change.before.get("values", {}).items():
        first, last = (dt.date.fromisoformat(part) for part in name.split(":"))
        _put(agreement_id, first, last, value, "typed", session=session)
    before = {"change": change.id, "act": change.act}
    _record("undo", agreement_id, before, {}, session=session, actor=actor)
    return agreement_id


def last_change(agreement_id: int, *, session: Session) -> Audit | None:
    """Give the change that `undo` would take back; never that it was added, nor what an example came with."""
    mine = select(Audit).where(Audit.entity == ENTITY, Audit.entity_id == agreement_id).order_by(col(Audit.id).desc())
    changes = session.exec(mine).all()
    kept = {change.before["change"] for change in changes if change.act == "undo"}
    row = session.get(Agreement, agreement_id)
    if row is not None and row.is_example:
        # The values of an example are written down right after it was added.
        added = {(change.id or 0) + 1 for change in changes if change.act == "add"}
        kept |= {change.id for change in changes if change.act == "measure" and change.id in added}
    return next((one for one in changes if one.act not in ("add", "undo") and one.id not in kept), None)


def register(*, session: Session) -> pd.DataFrame:
    """Read the agreements that count.

    Parameters
    ----------
    session : Session

    Returns
    -------
    DataFrame
        agreement_id, area (key), text, customer_part, measure, norm (NaN: none), unit, at_most, themes (list of ids), owner,
        review_on (date or NaT), version; in the coordinator's order of services.
    """
    rows = session.exec(
        select(Agreement, ServiceArea.key)
        .join(ServiceArea, col(Agreement.area_id) == ServiceArea.id)
        .where(col(Agreement.ended_at).is_(None))
        .order_by(col(ServiceArea.position), col(Agreement.id))
    ).all()
    told = [(row.id, area, *(getattr(row, name) for name in FIELDS[1:]), row.version) for row, area in rows]
    frame = pd.DataFrame(told, columns=_COLUMNS)
    return frame.assign(norm=frame["norm"].astype(float), review_on=pd.to_datetime(frame["review_on"]))


def measured(*, session: Session) -> pd.DataFrame:
    """Read what was measured, oldest period first: agreement_id, starts_on, ends_on (dates), value, source."""
    rows = session.exec(
        select(AgreementValue).order_by(col(AgreementValue.ends_on), col(AgreementValue.starts_on))
    ).all()
    told = [(row.agreement_id, row.starts_on, row.ends_on, row.value, row.source) for row in rows]
    return pd.DataFrame(told, columns=["agreement_id", "starts_on", "ends_on", "value", "source"])


def is_met(value: float, norm: float, *, at_most: bool) -> bool:
    """Tell whether a measured value keeps an agreement."""
    return value <= norm if at_most else value >= norm


def _checked(values: Mapping[str, Any], *, session: Session) -> dict[str, Any]:
    checked = {name: values.get(name) for name in FIELDS}
    for name, most in (("text", LONGEST), ("customer_part", LONGEST), ("measure", 300), ("owner", 200), ("unit", 20)):
        checked[name] = str(checked[name] or "").strip()[:most]
    if not checked["text"]:
        raise UserError("areas.error.no_text")
    if checked["area_id"] is None or session.get(ServiceArea, checked["area_id"]) is None:
        raise UserError("areas.error.no_area")
    if checked["unit"] not in ("", *UNITS):
        raise ValueError(f"unit {checked['unit']!r} is none of {UNITS}")
    if isinstance(checked["norm"], str):
        typed = checked["norm"].strip()
        checked["norm"] = parse_value(typed, checked["unit"] or "number") if typed else None
    checked["at_most"] = bool(checked["at_most"])
    checked["themes"] = sorted({int(theme) for theme in checked["themes"] or ()})
    return checked


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


def _find(agreement_id: int, seen: int | None, *, session: Session) -> Agreement:
    row = changing.find(Agreement, agreement_id, gone="areas.error.agreement_gone", session=session)
    changing.as_seen(row, seen, "areas.error.agreement_changed", text=row.text[:80])
    return row


def _set(row: Agreement, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1


def _put(
    agreement_id: int, first: dt.date, last: dt.date, value: float | None, source: str, *, session: Session
) -> None:
    stored = session.get(AgreementValue, (agreement_id, first, last))
    if stored is not None and value is not None:
        stored.value, stored.source = value, source
    elif stored is not None:
        session.delete(stored)
    elif value is not None:
        session.add(
            AgreementValue(agreement_id=agreement_id, starts_on=first, ends_on=last, value=value, source=source)
        )
    session.flush()


def _record(act: str, at: int, before: dict[str, Any], after: dict[str, Any], *, session: Session, actor: str) -> None:
    audit.record(session=session, actor=actor, act=act, entity=ENTITY, entity_id=at, before=before, after=after)
