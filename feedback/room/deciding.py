"""What a room decides becomes the panel's: answers to themes and ideas, and votes that count on other pages."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.replies import acts as replies
from feedback.replies.states import Subject
from feedback.room import acts
from feedback.savings import ideas, keeping
from feedback.settings import settings
from feedback.store import audit, changing
from feedback.store.tables import (
    PanelSession,
    Poll,
    Reply,
    RoomAct,
    RoomDecision,
    SavingsIdea,
    ServiceArea,
    Theme,
    Workshop,
    WorthVote,
    now,
)
from feedback.workshop import polls

# Votes of the room that other pages count: what services are worth, whom an idea hits.
KEPT_KINDS = ("worth", "impact")


def decide(
    workshop_id: int,
    subject: Subject,
    kind: str,
    *,
    text: str = "",
    reason: str = "",
    owner: str = "",
    due_on: dt.date | None = None,
    keep: Collection[str] = (),
    seen: int | None,
    session: Session,
    actor: str,
) -> int:
    """Record a decision that was taken in the room: an answer like any other, linked to the room.

    Parameters
    ----------
    workshop_id : int
    subject, kind, text, reason, owner, due_on, keep, seen
        See `replies.acts.answer`.
    session : Session
    actor : str

    Returns
    -------
    int
        Id of the reply.

    Raises
    ------
    UserError
        When a workshop is only a rehearsal, or the answer cannot be given.
    """
    if changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session).is_rehearsal:
        raise UserError("workshop.error.rehearsal")
    reply_id = replies.answer(
        subject, kind, text=text, reason=reason, owner=owner, due_on=due_on, keep=keep, seen=seen, session=session,
        actor=actor,
    )  # fmt: skip
    session.add(RoomDecision(workshop_id=workshop_id, reply_id=reply_id))
    decided = [subject.kind, subject.id, reply_id]
    acts.remember(workshop_id, "decide", {"decided": decided}, session=session, actor=actor)
    return reply_id


def decisions(workshop_id: int, *, session: Session) -> pd.DataFrame:
    """Read what was decided in a room and was not taken back.

    Parameters
    ----------
    workshop_id : int
    session : Session

    Returns
    -------
    DataFrame
        In the order of deciding: reply_id, subject ("theme" or "idea"), subject_id, name_nl, name_en, kind, text, reason, owner, due_on.
        Of each theme or idea the last word.
    """
    rows = session.exec(
        select(Reply, Theme, SavingsIdea)
        .join(RoomDecision, col(RoomDecision.reply_id) == Reply.id)
        .join(Theme, col(Reply.theme_id) == Theme.id, isouter=True)
        .join(SavingsIdea, col(Reply.idea_id) == SavingsIdea.id, isouter=True)
        .where(RoomDecision.workshop_id == workshop_id, col(Reply.undone_at).is_(None))
        .order_by(col(Reply.id))
    ).all()
    last: dict[tuple[str, int | None], dict[str, Any]] = {}
    for reply, theme, idea in rows:
        kind, about = ("theme", reply.theme_id) if theme is not None else ("idea", reply.idea_id)
        names = (theme.name_nl, theme.name_en) if theme is not None else (idea.title, idea.title)
        last[kind, about] = {
            "reply_id": reply.id, "subject": kind, "subject_id": about, "name_nl": names[0], "name_en": names[1],
            "kind": reply.kind, "text": reply.text, "reason": reply.reason, "owner": reply.owner, "due_on": reply.due_on,
        }  # fmt: skip
    columns = ["reply_id", "subject", "subject_id", "name_nl", "name_en", "kind", "text", "reason", "owner", "due_on"]
    in_order: list[dict[str, Any]] = sorted(last.values(), key=operator.itemgetter("reply_id"))
    return pd.DataFrame(in_order, columns=columns)


def take_back(workshop_id: int, reply_id: int, *, session: Session, actor: str) -> None:
    """Take back one decision of a room, whatever was done after it.

    Parameters
    ----------
    workshop_id : int
    reply_id : int
        See `decisions`.
    session : Session
    actor : str

    Raises
    ------
    UserError
        When somebody answered since, or took it back already.
    """
    reply = session.get_one(Reply, reply_id)
    subject = Subject("theme", reply.theme_id) if reply.theme_id is not None else Subject("idea", reply.idea_id or 0)
    replies.undo(subject, seen=reply_id, session=session, actor=actor)
    # Done, so that taking back the last act of the room does not come upon it again.
    for row in session.exec(select(RoomAct).where(RoomAct.workshop_id == workshop_id, RoomAct.kind == "decide")):
        if row.before.get("decided", [None])[-1] == reply_id:
            row.undone_at = now()
    changing.find(Workshop, workshop_id, gone="workshop.error.gone", session=session).version += 1


def keep(poll_id: int, *, session: Session, actor: str) -> int:
    """Take the votes of a room into the panel's figures: of each organisation of which enough people voted.

    Parameters
    ----------
    poll_id : int
    session : Session
    actor : str

    Returns
    -------
    int
        Of how many organisations votes count from now on.

    Raises
    ------
    UserError
        When the vote is open still, counted already, of another kind, or only a rehearsal; or no organisation had enough voters.
    """
    row = changing.find(Poll, poll_id, gone="workshop.error.poll_gone", session=session)
    room = session.get_one(Workshop, row.workshop_id)
    if room.is_rehearsal:
        raise UserError("workshop.error.rehearsal")
    if row.kind not in KEPT_KINDS or row.closed_at is None or row.kept_at is not None:
        raise UserError("workshop.error.keep")
    cast = polls.ballots(poll_id, session=session).dropna(subset="organisation_id")
    # By option: most of an organisation may have said nothing of one of them.
    size = cast.groupby(["option", "organisation_id"])["participant_id"].transform("nunique")
    cast = cast[size >= settings().group_threshold]
    if cast.empty:
        raise UserError("workshop.error.keep_few", threshold=settings().group_threshold)
    if row.kind == "worth":
        _keep_worth(cast, session.get_one(PanelSession, room.session_id).held_on, session=session, actor=actor)
    else:
        means = cast.groupby(["option", "organisation_id"], as_index=False)["value"].mean()
        for idea in means["option"].unique():
            mine = means[means["option"] == idea]
            impacts = {int(at): float(mean) for at, mean in zip(mine["organisation_id"], mine["value"], strict=True)}
            ideas.set_impacts(int(idea), impacts, source="votes", session=session, actor=actor)
    row.kept_at = now()
    room.version += 1
    audit.record(session=session, actor=actor, act="keep vote", entity="poll", entity_id=poll_id)
    return int(cast["organisation_id"].nunique())


def _keep_worth(cast: pd.DataFrame, day: dt.date, *, session: Session, actor: str) -> None:
    areas = {row.key: row.id for row in session.exec(select(ServiceArea)).all()}
    rows: dict[tuple[Any, ...], dict[str, int]] = {}
    for area, organisation, value in zip(cast["option"], cast["organisation_id"], cast["value"], strict=True):
        if area in areas:
            counted = rows.setdefault((areas[area], int(organisation), day), {"more": 0, "keep": 0, "less": 0})
            counted["more" if value > 0 else "less" if value < 0 else "keep"] += 1
    keeping.put(WorthVote, rows, session=session, actor=actor)
