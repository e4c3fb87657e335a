"""The example panel's traces: what the codebook and the areas were before it, and its removal row by row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlmodel import Session, SQLModel, col

from feedback.store import audit
from feedback.store.tables import (
    Agreement,
    AgreementValue,
    Assumption,
    Audit,
    Ballot,
    Batch,
    CustomerTime,
    Member,
    MemberAlias,
    Note,
    NoticedVote,
    Organisation,
    PanelSession,
    Participant,
    Poll,
    Received,
    Regrouping,
    Remark,
    Reply,
    RoomAct,
    RoomDecision,
    RoomRemark,
    RoomTheme,
    Round,
    SavingsEvidence,
    SavingsIdea,
    SavingsImpact,
    SavingsLink,
    Score,
    ServiceArea,
    Theme,
    ThemeEvent,
    Workshop,
    WorthVote,
)

LOADED = "load example"
OF_A_ROOM: tuple[Any, ...] = (Poll, RoomRemark, RoomTheme, RoomAct, Regrouping, RoomDecision, Participant)


def loading(*, session: Session, actor: str) -> None:
    """Remember the codebook and the service areas as they are before the example: people will play with them.

    Parameters
    ----------
    session : Session
    actor : str
    """
    before = {}
    for table in (Theme, ServiceArea):
        rows = session.connection().execute(select(SQLModel.metadata.tables[str(table.__tablename__)])).mappings()
        before[table.__name__] = [{k: v for k, v in row.items() if k not in ("created_at", "version")} for row in rows]
    audit.record(session=session, actor=actor, act=LOADED, entity="panel", before=before)


def _restore(session: Session) -> None:
    """Bring codebook and service areas back to what `loading` remembered."""
    last = (
        session.connection()
        .execute(select(col(Audit.before)).where(col(Audit.act) == LOADED).order_by(col(Audit.id).desc()))
        .first()
    )
    remembered: dict[str, list[dict[str, Any]]] = last[0] if last else {}
    for table in (Theme, ServiceArea):
        for row in remembered.get(table.__name__, []):
            session.connection().execute(update(table).where(col(table.id) == row["id"]).values(**row))
        if table.__name__ in remembered:
            ids = [row["id"] for row in remembered[table.__name__]]
            session.connection().execute(delete(table).where(col(table.id).not_in(ids)))


def loaded(*, session: Session) -> bool:
    """Tell whether the example panel is there."""
    return session.connection().execute(select(col(Batch.id)).where(col(Batch.is_example)).limit(1)).first() is not None


def remove(*, session: Session, actor: str) -> bool:
    """Delete the example panel.

    Parameters
    ----------
    session : Session
    actor : str

    Returns
    -------
    bool
        Whether there was one.
    """
    connection = session.connection()
    batches = select(col(Batch.id)).where(col(Batch.is_example))
    if connection.execute(batches.limit(1)).first() is None:
        return False
    notes = select(col(Note.id)).where(col(Note.batch_id).in_(batches))
    remarks = select(col(Remark.id)).where(col(Remark.note_id).in_(notes))
    ideas = select(col(SavingsIdea.id)).where(col(SavingsIdea.is_example))
    themes = select(col(Theme.id)).where(col(Theme.is_example))
    loaded_at = select(func.max(col(Audit.at))).where(col(Audit.act) == LOADED).scalar_subquery()
    played = select(col(ThemeEvent.id)).where(col(ThemeEvent.at) >= loaded_at)
    sessions = select(col(PanelSession.id)).where(col(PanelSession.is_example))
    organisations = select(col(Organisation.id)).where(col(Organisation.is_example))
    rooms = select(col(Workshop.id)).where(col(Workshop.is_example))
    asked = select(col(Poll.id)).where(col(Poll.workshop_id).in_(rooms))
    agreed = select(col(Agreement.id)).where(or_(col(Agreement.is_example), col(Agreement.created_at) >= loaded_at))
    for statement in (
        delete(Ballot).where(col(Ballot.poll_id).in_(asked)),
        *(delete(table).where(col(table.workshop_id).in_(rooms)) for table in OF_A_ROOM),
        delete(Workshop).where(col(Workshop.is_example)),
        delete(Received).where(col(Received.batch_id).in_(batches)),
        delete(SavingsEvidence).where(or_(col(SavingsEvidence.remark_id).in_(remarks), col(SavingsEvidence.idea_id).in_(ideas))),
        delete(SavingsImpact).where(or_(col(SavingsImpact.idea_id).in_(ideas), col(SavingsImpact.organisation_id).in_(organisations))),
        delete(SavingsLink).where(or_(col(SavingsLink.idea_id).in_(ideas), col(SavingsLink.other_id).in_(ideas))),
        delete(NoticedVote).where(or_(col(NoticedVote.session_id).in_(sessions), col(NoticedVote.created_at) >= loaded_at)),
        delete(Reply).where(or_(col(Reply.idea_id).in_(ideas), col(Reply.theme_id).in_(themes), col(Reply.created_at) >= loaded_at)),
        delete(WorthVote).where(or_(col(WorthVote.is_example), col(WorthVote.organisation_id).in_(organisations))),
        delete(CustomerTime).where(or_(col(CustomerTime.is_example), col(CustomerTime.idea_id).in_(ideas))),
        delete(Assumption).where(col(Assumption.is_example)),
        delete(AgreementValue).where(col(AgreementValue.agreement_id).in_(agreed)),
        delete(Agreement).where(col(Agreement.id).in_(agreed)),
        delete(SavingsIdea).where(col(SavingsIdea.is_example)),
        delete(Remark).where(col(Remark.note_id).in_(notes)),
        delete(Note).where(col(Note.batch_id).in_(batches)),
        delete(Score).where(col(Score.batch_id).in_(batches)),
        delete(Batch).where(col(Batch.is_example)),
        delete(PanelSession).where(col(PanelSession.is_example)),
        delete(Round).where(col(Round.is_example)),
        delete(MemberAlias).where(col(MemberAlias.member_id).in_(select(col(Member.id)).where(col(Member.is_example)))),
        delete(Member).where(col(Member.is_example)),
        delete(Organisation).where(col(Organisation.is_example)),
        # Own data never stood beside the example, so every event since is play with it.
        delete(ThemeEvent).where(col(ThemeEvent.id).in_(played)),
        update(Theme).where(col(Theme.merged_into_id).is_not(None)).values(merged_into_id=None),
    ):  # fmt: skip
        connection.execute(statement)
    _restore(session)
    session.expire_all()
    audit.record(session=session, actor=actor, act="remove example", entity="panel")
    return True
