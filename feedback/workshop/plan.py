"""What a workshop is for, written before it begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
from sqlalchemy import case
from sqlmodel import Session, col, func, select

from feedback.i18n import LANGUAGES, UserError
from feedback.store import audit, changing
from feedback.store.tables import STEPS, Batch, NoticedVote, PanelSession, Participant, RoomRemark, Workshop, now

MOST_QUESTIONS = 3
LONGEST = 300
# Minutes of each step as most meetings of an hour and a half have them.
USUAL = (("collect", 20), ("theme", 15), ("weigh", 15), ("decide", 20), ("close", 10))


@dataclass(frozen=True)
class Plan:
    """A workshop as its facilitator prepares it.

    Attributes
    ----------
    goal : str
    questions : tuple of str
        One to three.
    steps : tuple of (str, int)
        Of `store.tables.STEPS`, with minutes.
    languages : tuple of str
    is_pseudonymous : bool
        Whether people may give a code by which they are known again; else each phone is somebody new.
    is_moderated : bool
        Whether a remark waits until the facilitator lets it through.
    start_themes, start_replies : tuple of int
        Ids of earlier themes, and of open promises, to begin with.
    """

    goal: str = ""
    questions: tuple[str, ...] = ()
    steps: tuple[tuple[str, int], ...] = USUAL
    languages: tuple[str, ...] = LANGUAGES
    is_pseudonymous: bool = False
    is_moderated: bool = False
    start_themes: tuple[int, ...] = ()
    start_replies: tuple[int, ...] = ()

    def cleaned(self) -> Plan:
        """Give the plan as it is stored.

        Raises
        ------
        UserError
            When it has no question or too many, or a step or language that is not known.
        """
        questions = tuple(" ".join(one.split())[:LONGEST] for one in self.questions if one.strip())
        if not 1 <= len(questions) <= MOST_QUESTIONS:
            raise UserError("workshop.error.questions", most=MOST_QUESTIONS)
        steps = tuple((step, int(minutes)) for step, minutes in self.steps if minutes > 0)
        if not steps or any(step not in STEPS or minutes > 600 for step, minutes in steps):
            raise UserError("workshop.error.steps")
        languages = tuple(one for one in LANGUAGES if one in self.languages)
        if not languages:
            raise UserError("workshop.error.languages")
        return Plan(
            self.goal.strip()[:LONGEST], questions, steps, languages, self.is_pseudonymous, self.is_moderated,
            tuple(self.start_themes), tuple(self.start_replies),
        )  # fmt: skip


def prepare(
    name: str, held_on: dt.date, plan: Plan, *, session: Session, actor: str, session_id: int | None = None
) -> int:
    """Plan a workshop.

    Parameters
    ----------
    name : str
        Of the panel session, where that is new.
    held_on : date
    plan : Plan
    session : Session
    actor : str
    session_id : int, optional
        A panel session that is there already.

    Returns
    -------
    int
        Id of the workshop.

    Raises
    ------
    UserError
        When the plan cannot be used, the session is gone or has a workshop already, or a new one has no name.
    """
    values = _stored(plan.cleaned())
    # While the example counts, whatever is made belongs to it.
    example = session.exec(select(Batch.id).where(col(Batch.is_example)).limit(1)).first() is not None
    if session_id is None:
        name = " ".join(name.split())[:200]
        if not name:
            raise UserError("workshop.error.name")
        panel = PanelSession(name=name, kind="session", held_on=held_on, question=plan.questions[0], is_example=example)
        session.add(panel)
        session.flush()
        session_id = panel.id
    elif session.get(PanelSession, session_id) is None:
        raise UserError("workshop.error.session_gone")
    elif session.exec(select(Workshop.id).where(Workshop.session_id == session_id)).first() is not None:
        raise UserError("workshop.error.has_one")
    assert session_id is not None
    row = Workshop(session_id=session_id, is_example=example, step=plan.steps[0][0], **values)
    session.add(row)
    session.flush()
    assert row.id is not None
    audit.record(session=session, actor=actor, act="prepare workshop", entity="workshop", entity_id=row.id)
    return row.id


def edit(workshop_id: int, plan: Plan, *, seen_version: int | None, session: Session, actor: str) -> int:
    """Change the plan of a workshop, also while it is open.

    Parameters
    ----------
    workshop_id : int
    plan : Plan
    seen_version : int or None
        The version that the person looked at; None: whatever it is.
    session : Session
    actor : str

    Returns
    -------
    int
        The new version.

    Raises
    ------
    UserError
        When the plan cannot be used, or somebody changed it since.
    """
    values = _stored(plan.cleaned())
    row = changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session)
    changing.as_seen(row, seen_version, "workshop.error.changed")
    for name, value in values.items():
        setattr(row, name, value)
    row.question = min(row.question, len(row.questions) - 1)
    row.version += 1
    audit.record(session=session, actor=actor, act="edit workshop", entity="workshop", entity_id=workshop_id)
    return row.version


def remove(workshop_id: int, *, session: Session, actor: str) -> int:
    """Take away a workshop that was never held; its panel session goes along when nothing else is of it.

    `prepare` with its plan brings it back.

    Parameters
    ----------
    workshop_id : int
    session : Session
    actor : str

    Returns
    -------
    int
        Its panel session, where that stays; else 0.

    Raises
    ------
    UserError
        When it is not there, or was held: then it is part of the panel.
    """
    row = changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session)
    if row.opened_at is not None or row.batch_id is not None:
        raise UserError("workshop.error.held")
    session_id = row.session_id
    session.delete(row)
    session.flush()
    panel = session.get_one(PanelSession, session_id)
    filled = session.exec(select(Batch.id).where(Batch.session_id == session_id).limit(1)).first()
    asked = session.exec(select(NoticedVote.id).where(NoticedVote.session_id == session_id).limit(1)).first()
    goes = filled is None and asked is None and panel.round_id is None
    if goes:
        session.delete(panel)
    audit.record(session=session, actor=actor, act="remove workshop", entity="workshop", entity_id=workshop_id)
    return 0 if goes else session_id


def plan_of(workshop_id: int, *, session: Session) -> tuple[Plan, int]:
    """Read the plan of a workshop, and its version.

    Raises
    ------
    UserError
        When it is not there.
    """
    row = session.get(Workshop, workshop_id)
    if row is None:
        raise UserError("workshop.error.gone")
    return (
        Plan(
            row.goal, tuple(row.questions), tuple((step, minutes) for step, minutes in row.steps),
            tuple(row.languages), row.is_pseudonymous, row.is_moderated, tuple(row.start_themes),
            tuple(row.start_replies),
        ),
        row.version,
    )  # fmt: skip


def workshops(*, session: Session) -> pd.DataFrame:
    """Read all workshops, the newest first.

    Parameters
    ----------
    session : Session

    Returns
    -------
    DataFrame
        workshop_id, session_id, session (name), held_on, goal, code (None unless open), opened_at, closed_at, is_rehearsal,
        version, people (phones that joined), remarks.
    """
    people = select(func.count()).where(Participant.workshop_id == Workshop.id).scalar_subquery()
    remarks = select(func.count()).where(RoomRemark.workshop_id == Workshop.id).scalar_subquery()
    # A code whose time is over opens nothing, whoever forgot to close the room.
    code = case((col(Workshop.expires_at) >= now(), col(Workshop.code)))
    _select: Any = select
    rows = session.exec(
        _select(
            col(Workshop.id).label("workshop_id"), Workshop.session_id, col(PanelSession.name).label("session"),
            PanelSession.held_on, Workshop.goal, code.label("code"), Workshop.opened_at, Workshop.closed_at,
            Workshop.is_rehearsal, Workshop.version, people.label("people"), remarks.label("remarks"),
        )
        .join(PanelSession, col(Workshop.session_id) == PanelSession.id)
        .order_by(col(PanelSession.held_on).desc(), col(Workshop.id).desc())
    )  # fmt: skip
    columns = [
        "workshop_id", "session_id", "session", "held_on", "goal", "code", "opened_at", "closed_at", "is_rehearsal",
        "version", "people", "remarks",
    ]  # fmt: skip
    return pd.DataFrame([tuple(row) for row in rows], columns=columns)


def _stored(plan: Plan) -> dict[str, Any]:
    return {name: _list(value) if isinstance(value, tuple) else value for name, value in asdict(plan).items()}


def _list(values: Sequence[Any]) -> list[Any]:
    return [_list(one) if isinstance(one, tuple) else one for one in values]
