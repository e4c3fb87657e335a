"""What pages and reports read: frames and plain values, never live objects.

Frames hold what counts now: remarks of batches that are not undone, themes that are not merged away.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import false, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from feedback.store.tables import (
    KEPT,
    Aspect,
    Audit,
    Batch,
    Member,
    Note,
    Organisation,
    PanelSession,
    Remark,
    Reply,
    Score,
    ServiceArea,
    Theme,
    ThemeEvent,
)

# SQLModel types a column as the value it holds, so that no overload of select fits.
_select: Any = select
# Text columns with few values: as categories a frame of 20,000 remarks is three times smaller and filters by number.
_FEW = (
    "session", "kind", "filename", "question", "organisation", "level", "language", "area", "area2", "aspect",
    "sentiment", "theme", "placed_by", "area_by", "said_by",
)  # fmt: skip


def _own() -> Any:
    """Tell own staff from customers: by the session, or by the organisation that somebody speaks for."""
    return col(PanelSession.is_own) | func.coalesce(col(Organisation.is_own), false())


def read(session: Session, statement: Any) -> pd.DataFrame:
    """Read rows into a frame; text columns with few values as categories.

    Parameters
    ----------
    session : Session
    statement : Select

    Returns
    -------
    DataFrame
        A column a label of the statement.
    """
    result = session.connection().execute(statement)
    frame = pd.DataFrame(result.all(), columns=list(result.keys()))
    for name in _FEW:
        if name in frame:
            frame[name] = frame[name].astype("category")
    return frame


def remarks(*, session: Session, own: bool = False) -> pd.DataFrame:
    """Read all remarks that count.

    Parameters
    ----------
    session : Session
    own : bool
        Those of the SSC's own staff, instead of those of customers.

    Returns
    -------
    DataFrame
        A row a remark, oldest first, index 0..n-1: remark_id, text, language, sentiment, sentiment_words (list), area, area2, aspect
        (keys), area_by, theme_id (Int64), theme (key), strength, placed_by, words (list), is_saving, saving_eur, is_handover, note_id, row,
        question, date (datetime64), member_id, organisation_id, organisation, level, constituency_id, batch_id, filename, session_id,
        session (name), kind, and person: who said it (a pseudonym; a row of an anonymous survey is one person; NA: unknown).
    """
    area2 = aliased(ServiceArea)
    statement = (
        _select(
            col(Remark.id).label("remark_id"), Remark.text, Remark.language, Remark.sentiment, Remark.sentiment_words,
            col(ServiceArea.key).label("area"), col(area2.key).label("area2"), col(Aspect.key).label("aspect"),
            Remark.area_by, Remark.theme_id, col(Theme.key).label("theme"), Remark.strength, Remark.placed_by,
            Remark.words, Remark.is_saving, Remark.saving_eur, Remark.is_handover,
            Remark.note_id, Note.row, Note.question, func.coalesce(Note.said_on, PanelSession.held_on).label("date"),
            Note.member_id, Note.organisation_id, col(Organisation.name).label("organisation"), Note.level,
            Member.constituency_id, Note.batch_id, Batch.filename, col(Batch.kind).label("batch_kind"),
            Batch.session_id, col(PanelSession.name).label("session"), PanelSession.kind,
        )
        .join(Note, col(Remark.note_id) == Note.id)
        .join(Batch, col(Note.batch_id) == Batch.id)
        .join(PanelSession, col(Batch.session_id) == PanelSession.id)
        .join(Organisation, col(Note.organisation_id) == Organisation.id, isouter=True)
        .join(Member, col(Note.member_id) == Member.id, isouter=True)
        .join(Theme, col(Remark.theme_id) == Theme.id, isouter=True)
        .join(ServiceArea, col(Remark.area_id) == ServiceArea.id, isouter=True)
        .join(area2, col(Remark.area2_id) == area2.id, isouter=True)
        .join(Aspect, col(Remark.aspect_id) == Aspect.id, isouter=True)
        .where(col(Batch.undone_at).is_(None), col(Note.erased_at).is_(None), _own() if own else ~_own())
        .order_by(col(PanelSession.held_on), col(Remark.id))
    )  # fmt: skip
    frame = read(session, statement)
    return _with_person(frame)


def scores(*, session: Session, own: bool = False) -> pd.DataFrame:
    """Read all scores that count.

    Parameters
    ----------
    session : Session
    own : bool
        Those of the SSC's own staff, instead of those of customers.

    Returns
    -------
    DataFrame
        A row a score: score_id, question, area (key or NA for the services as a whole), raw, scale_low, scale_high, grade (1-10), row, date,
        member_id, organisation_id, organisation, level, constituency_id, batch_id, session_id, session, kind, person.
    """
    statement = (
        _select(
            col(Score.id).label("score_id"), Score.question, col(ServiceArea.key).label("area"),
            Score.raw, Score.scale_low, Score.scale_high, Score.grade, Score.row,
            func.coalesce(Score.said_on, PanelSession.held_on).label("date"),
            Score.member_id, Score.organisation_id, col(Organisation.name).label("organisation"), Score.level,
            Member.constituency_id, Score.batch_id, col(Batch.kind).label("batch_kind"), Batch.session_id,
            col(PanelSession.name).label("session"), PanelSession.kind,
        )
        .join(Batch, col(Score.batch_id) == Batch.id)
        .join(PanelSession, col(Batch.session_id) == PanelSession.id)
        .join(Organisation, col(Score.organisation_id) == Organisation.id, isouter=True)
        .join(Member, col(Score.member_id) == Member.id, isouter=True)
        .join(ServiceArea, col(Score.area_id) == ServiceArea.id, isouter=True)
        .where(col(Batch.undone_at).is_(None), _own() if own else ~_own())
        .order_by(col(PanelSession.held_on), col(Score.id))
    )  # fmt: skip
    return _with_person(read(session, statement))


def _with_person(frame: pd.DataFrame) -> pd.DataFrame:
    """Add who spoke, and bring ids and dates to their types."""
    for name in ("theme_id", "member_id", "organisation_id", "constituency_id"):
        if name in frame:
            frame[name] = frame[name].astype("Int64")
    frame["date"] = pd.to_datetime(frame["date"])
    known = frame["member_id"].notna()
    person = pd.Series(pd.NA, index=frame.index, dtype="string")
    person[known] = "m" + frame.loc[known, "member_id"].astype("string")
    # An anonymous survey has one person a row; a session's note without a speaker could be anybody's.
    row = ~known & (frame["kind"] == "survey") & (frame["batch_kind"] == "table")
    person[row] = "b" + frame.loc[row, "batch_id"].astype("string") + "r" + frame.loc[row, "row"].astype("string")
    frame["person"] = person.astype("category")
    return frame.drop(columns="batch_kind")


def themes(*, session: Session) -> pd.DataFrame:
    """Read all themes that were not merged into another, dormant ones included.

    Parameters
    ----------
    session : Session

    Returns
    -------
    DataFrame
        theme_id, theme (key), name_nl, name_en, description_nl, description_en, area, aspect (keys), keywords, examples, status,
        origin, owner, version.
    """
    statement = (
        _select(
            col(Theme.id).label("theme_id"), col(Theme.key).label("theme"), Theme.name_nl, Theme.name_en,
            Theme.description_nl, Theme.description_en, col(ServiceArea.key).label("area"), col(Aspect.key).label("aspect"), Theme.keywords,
            Theme.examples, Theme.status, Theme.origin, Theme.owner, Theme.version,
        )
        .join(ServiceArea, col(Theme.area_id) == ServiceArea.id, isouter=True)
        .join(Aspect, col(Theme.aspect_id) == Aspect.id, isouter=True)
        .where(col(Theme.merged_into_id).is_(None))
        .order_by(col(Theme.id))
    )  # fmt: skip
    frame = read(session, statement)
    frame["theme"] = frame["theme"].astype("str")
    return frame


def areas(*, session: Session) -> pd.DataFrame:
    """Read the service areas in the coordinator's order: area_id, area (key), name_nl, name_en, keywords, owner, position, is_active, version."""
    statement = _select(
        col(ServiceArea.id).label("area_id"), col(ServiceArea.key).label("area"), ServiceArea.name_nl, ServiceArea.name_en,
        ServiceArea.keywords, ServiceArea.owner, ServiceArea.position, ServiceArea.is_active, ServiceArea.version,
    ).order_by(col(ServiceArea.position), col(ServiceArea.id))  # fmt: skip
    frame = read(session, statement)
    frame["area"] = frame["area"].astype("str")
    return frame


def aspects(*, session: Session) -> pd.DataFrame:
    """Read the quality aspects in order: aspect_id, aspect (key), name_nl, name_en, keywords."""
    statement = _select(
        col(Aspect.id).label("aspect_id"),
        col(Aspect.key).label("aspect"),
        Aspect.name_nl,
        Aspect.name_en,
        Aspect.keywords,
    ).order_by(col(Aspect.position))
    frame = read(session, statement)
    frame["aspect"] = frame["aspect"].astype("str")
    return frame


def organisations(*, session: Session, own: bool = False) -> pd.DataFrame:
    """Read the customer organisations (`own`: those that are the SSC itself): organisation_id, organisation, clients (Int64)."""
    statement = (
        _select(
            col(Organisation.id).label("organisation_id"),
            col(Organisation.name).label("organisation"),
            Organisation.clients,
        )
        .where(col(Organisation.is_own) == own)
        .order_by(col(Organisation.name))
    )
    frame = read(session, statement)
    frame["clients"] = frame["clients"].astype("Int64")
    frame["organisation"] = frame["organisation"].astype("str")
    return frame


def sessions(*, session: Session) -> pd.DataFrame:
    """Read the panel sessions, oldest first: session_id, session (name), kind, date, question, attendance (Int64), own (bool: of own staff only)."""
    statement = _select(
        col(PanelSession.id).label("session_id"), col(PanelSession.name).label("session"), PanelSession.kind,
        col(PanelSession.held_on).label("date"), PanelSession.question, PanelSession.attendance,
        col(PanelSession.is_own).label("own"),
    ).order_by(col(PanelSession.held_on), col(PanelSession.id))  # fmt: skip
    frame = read(session, statement)
    frame["date"] = pd.to_datetime(frame["date"])
    frame["attendance"] = frame["attendance"].astype("Int64")
    frame["own"] = frame["own"].astype(bool)
    frame["session"] = frame["session"].astype("str")
    return frame


def batches(*, session: Session) -> pd.DataFrame:
    """Read the imported files, newest first.

    Returns
    -------
    DataFrame
        batch_id, filename, session, date, kind, rows, notes, remarks, dropped, masked, created_by, created_at, undone_at, is_example.
    """
    # What was erased stays as a row without text: it is counted no more.
    there = col(Note.erased_at).is_(None)
    notes = (
        _select(col(Note.batch_id), func.count().label("notes")).where(there).group_by(col(Note.batch_id)).subquery()
    )
    cut = (
        _select(col(Note.batch_id), func.count().label("remarks"))
        .join(Remark, col(Remark.note_id) == Note.id).where(there).group_by(col(Note.batch_id)).subquery()
    )  # fmt: skip
    statement = (
        _select(
            col(Batch.id).label("batch_id"), Batch.filename, col(PanelSession.name).label("session"),
            col(PanelSession.held_on).label("date"), Batch.kind, Batch.rows,
            func.coalesce(notes.c.notes, 0).label("notes"), func.coalesce(cut.c.remarks, 0).label("remarks"),
            Batch.dropped, Batch.masked, Batch.created_by, Batch.created_at, Batch.undone_at, Batch.is_example,
        )
        .join(PanelSession, col(Batch.session_id) == PanelSession.id)
        .join(notes, notes.c.batch_id == Batch.id, isouter=True)
        .join(cut, cut.c.batch_id == Batch.id, isouter=True)
        .where(col(Batch.kind) != KEPT)
        .order_by(col(Batch.id).desc())
    )  # fmt: skip
    return read(session, statement)


def replies(*, session: Session) -> pd.DataFrame:
    """Read every version of the replies, but for those taken back, newest first.

    Returns
    -------
    DataFrame
        reply_id, theme_id (Int64), idea_id (Int64), reply (kind), text, reason, owner, due_on, answered_on (datetime64), actor, version.
    """
    statement = (
        _select(
            col(Reply.id).label("reply_id"), Reply.theme_id, Reply.idea_id, col(Reply.kind).label("reply"), Reply.text,
            Reply.reason, Reply.owner, Reply.due_on, Reply.answered_on, Reply.created_at, Reply.actor, Reply.version,
        )
        .where(col(Reply.undone_at).is_(None))
        .order_by(col(Reply.id).desc())
    )  # fmt: skip
    frame = read(session, statement)
    for name in ("theme_id", "idea_id"):
        frame[name] = frame[name].astype("Int64")
    typed = pd.to_datetime(frame.pop("created_at"), utc=True).dt.tz_localize(None).dt.normalize()
    frame["due_on"] = pd.to_datetime(frame["due_on"])
    frame["answered_on"] = pd.to_datetime(frame["answered_on"]).fillna(typed)
    return frame


def theme_events(*, session: Session, theme_id: int | None = None) -> pd.DataFrame:
    """Read what people did to themes, newest first: event_id, theme_id, other_id, kind, before, after, actor, at, undone_at."""
    statement = _select(
        col(ThemeEvent.id).label("event_id"), ThemeEvent.theme_id, ThemeEvent.other_id, col(ThemeEvent.kind).label("act"),
        ThemeEvent.before, ThemeEvent.after, ThemeEvent.actor, ThemeEvent.at, ThemeEvent.undone_at,
    ).order_by(col(ThemeEvent.id).desc())  # fmt: skip
    if theme_id is not None:
        statement = statement.where((col(ThemeEvent.theme_id) == theme_id) | (col(ThemeEvent.other_id) == theme_id))
    return read(session, statement)


def history(*, session: Session, limit: int = 200) -> pd.DataFrame:
    """Read the last changes by people: at, actor, act, entity, entity_id, before, after."""
    statement = (
        _select(Audit.at, Audit.actor, Audit.act, Audit.entity, Audit.entity_id, Audit.before, Audit.after)
        .order_by(col(Audit.id).desc()).limit(limit)
    )  # fmt: skip
    return read(session, statement)
