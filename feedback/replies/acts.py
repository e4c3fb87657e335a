"""Acts on answers. A change adds a version and never overwrites one; taking back marks the newest, and the one before counts again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.replies.covering import cover
from feedback.replies.states import MOVES, NEEDS, OPEN, REASONS, Subject
from feedback.store import audit, changing
from feedback.store.tables import Reply, SavingsIdea, Theme, now

LONGEST = 2000


def answer(
    subject: Subject,
    kind: str,
    *,
    text: str = "",
    reason: str = "",
    owner: str = "",
    due_on: dt.date | None = None,
    answered_on: dt.date | None = None,
    keep: Collection[str] = (),
    seen: int | None,
    session: Session,
    actor: str,
) -> int:
    """Say what becomes of a theme or an idea.

    Parameters
    ----------
    subject : Subject
    kind : {"change", "stays", "study", "done"}
        Must be a move of `states.MOVES` from where it is now.
    text : str
        The sentence to the customer. Personal data in it is hidden, but for the owner's name and for `keep`.
    reason : str
        One of `states.REASONS`, for *stays*; otherwise not kept.
    owner : str
        Who sees to it.
    due_on : date, optional
        See `states.NEEDS`.
    answered_on : date, optional
        When customers heard it; default today.
    keep : collection of str
        What masking would hide and the person means to say; see `covering.cover`.
    seen : int or None
        The reply that the person looked at; None: there was none.
    session : Session
    actor : str

    Returns
    -------
    int
        Id of the reply.

    Raises
    ------
    UserError
        When somebody answered since (the message gives their text), the move is not allowed, something is not filled
        in, or a date cannot be.
    """
    lock(subject, session=session)
    before = as_seen(subject, seen, session=session)
    was = before.kind if before else OPEN
    if kind not in MOVES[was] or kind not in NEEDS:
        raise UserError("replies.error.move")
    today = dt.date.today()
    answered_on = answered_on or today
    covered = cover(text.strip()[:LONGEST], owner=owner, keep=keep).text[:LONGEST]
    values: dict[str, Any] = {"text": covered, "owner": owner.strip()[:200], "due_on": due_on}
    values["reason"] = reason if kind == "stays" and reason in REASONS else ""
    for name in NEEDS[kind]:
        if not values[name]:
            raise UserError(f"replies.error.no_{name if name != 'due_on' else f'date_{kind}'}")
    if answered_on > today or (kind == "done" and due_on is not None and due_on > today):
        raise UserError("replies.error.future")
    # A better sentence for a promise whose day went by keeps that day.
    kept = before is not None and (before.kind, before.due_on) == (kind, due_on)
    if kind != "done" and due_on is not None and due_on < answered_on and not kept:
        raise UserError("replies.error.past")
    reply = Reply(
        theme_id=subject.id if subject.kind == "theme" else None, idea_id=subject.id if subject.kind == "idea" else None,
        kind=kind, answered_on=answered_on, actor=actor, version=(before.version if before else 0) + 1, **values,
    )  # fmt: skip
    session.add(reply)
    session.flush()
    assert reply.id is not None
    audit.record(
        session=session, actor=actor, act="answer", entity="reply", entity_id=reply.id,
        before={"reply": seen, "kind": was},
        after={"kind": kind, subject.kind: subject.id, "due_on": due_on.isoformat() if due_on else None},
    )  # fmt: skip
    return reply.id


def undo(subject: Subject, *, seen: int, session: Session, actor: str) -> int:
    """Take back the newest version of an answer; the one before it, if any, counts again.

    Parameters
    ----------
    subject : Subject
    seen : int
        The reply to take back, as the person saw it.
    session : Session
    actor : str

    Returns
    -------
    int
        Id of the reply that was taken back.

    Raises
    ------
    UserError
        When it is not the newest any more.
    """
    lock(subject, session=session)
    reply = as_seen(subject, seen, session=session)
    assert reply is not None
    reply.undone_at = now()
    session.flush()
    audit.record(session=session, actor=actor, act="undo", entity="reply", entity_id=seen, before={"kind": reply.kind})
    return seen


def versions(subject: Subject, *, session: Session) -> pd.DataFrame:
    """Read everything that was ever said about a subject, what was taken back included.

    Parameters
    ----------
    subject : Subject
    session : Session

    Returns
    -------
    DataFrame
        Newest first: reply_id, reply (kind), text, reason, owner, due_on, answered_on, actor, created_at, undone (bool).
    """
    rows = session.exec(select(Reply).where(_about(subject)).order_by(col(Reply.id).desc())).all()
    return pd.DataFrame(
        [
            {
                "reply_id": row.id, "reply": row.kind, "text": row.text, "reason": row.reason, "owner": row.owner,
                "due_on": row.due_on, "answered_on": row.answered_on, "actor": row.actor,
                "created_at": row.created_at, "undone": row.undone_at is not None,
            }
            for row in rows
        ]
    )  # fmt: skip


def _about(subject: Subject) -> bool:
    about: bool = (Reply.theme_id if subject.kind == "theme" else Reply.idea_id) == subject.id
    return about


def lock(subject: Subject, *, session: Session) -> None:
    """Let nobody else answer the same meanwhile; a theme that was merged away is answered where it went."""
    if subject.kind == "idea":
        changing.find(SavingsIdea, subject.id, gone="replies.error.gone", session=session)
    elif changing.find(Theme, subject.id, gone="replies.error.gone", session=session).merged_into_id is not None:
        raise UserError("replies.error.gone")


def as_seen(subject: Subject, seen: int | None, *, session: Session) -> Reply | None:
    """Give the reply that counts; refuse when it is another than a person saw."""
    newest = select(Reply).where(_about(subject), col(Reply.undone_at).is_(None)).order_by(col(Reply.id).desc())
    reply = session.exec(newest.limit(1)).first()
    if (reply.id if reply else None) != seen:
        if reply is None:
            raise UserError("replies.error.taken_back")
        raise UserError("replies.error.changed", who=reply.actor, text=reply.text or "–", reply=reply.id)
    return reply
