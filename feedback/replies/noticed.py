"""*Merkt u het?* What the panel says of a promise that was done. A clear no opens the answer again."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import pandas as pd
from sqlmodel import Session, col, select

from feedback.i18n import UserError
from feedback.replies.acts import as_seen, lock
from feedback.replies.helped import Share
from feedback.replies.states import REOPENED, Subject
from feedback.store import audit
from feedback.store.tables import NoticedVote, PanelSession, Reply, now

Verdict = Literal["yes", "no", "unsure"]
CHOICES = ("yes", "a_bit", "no")


def verdict(yes: int, a_bit: int, no: int) -> Verdict:
    """Say whether the panel notices.

    Parameters
    ----------
    yes, a_bit, no : int
        Votes.

    Returns
    -------
    {"yes", "no", "unsure"}
        *no* (a clear no) when, with 95 % certainty, more than half vote no; *yes* when more than half vote yes or a bit; by the interval
        of `helped.Share`. Four people who agree are the fewest that can tell.
    """
    n = yes + a_bit + no
    if Share(no, n).interval[0] > 0.5:
        return "no"
    return "yes" if Share(yes + a_bit, n).interval[0] > 0.5 else "unsure"


def vote(
    subject: Subject,
    session_id: int,
    *,
    yes: int,
    a_bit: int,
    no: int,
    seen: int,
    seen_vote: int | None = None,
    session: Session,
    actor: str,
) -> int:
    """Write down what a session voted; a clear no opens the answer again.

    Parameters
    ----------
    subject : Subject
    session_id : int
        A panel session on or after the day that it was done.
    yes, a_bit, no : int
        Votes; at least one.
    seen : int
        The reply that the person looked at: it says that it is done.
    seen_vote : int, optional
        The vote of that session that the person looked at; the new one counts instead.
    session : Session
    actor : str

    Returns
    -------
    int
        Id of the vote.

    Raises
    ------
    UserError
        When somebody answered or wrote down this vote since, it is not done, or the numbers or the session cannot be.
    """
    lock(subject, session=session)
    done = as_seen(subject, seen, session=session)
    if done is None or done.kind != "done" or done.due_on is None:
        raise UserError("replies.error.vote_not_done")
    held = session.get(PanelSession, session_id)
    if held is None or held.held_on < done.due_on:
        raise UserError("replies.error.vote_session")
    cast = yes + a_bit + no
    if min(yes, a_bit, no) < 0 or cast == 0:
        raise UserError("replies.error.vote_none")
    if held.attendance is not None and cast > held.attendance:
        raise UserError("replies.error.vote_many", n=cast, present=held.attendance)
    before = _standing(done, session_id, session=session)
    if (before.id if before else None) != seen_vote:
        told = (
            {"who": before.actor, "yes": before.yes, "a_bit": before.a_bit, "no": before.no, "vote": before.id}
            if before
            else {}
        )
        raise UserError("replies.error.voted" if before else "replies.error.vote_gone", **told)
    row = NoticedVote(reply_id=seen, session_id=session_id, yes=yes, a_bit=a_bit, no=no, actor=actor)
    session.add(row)
    if verdict(yes, a_bit, no) == "no":
        reopened = Reply(
            theme_id=done.theme_id, idea_id=done.idea_id, kind=REOPENED, owner=done.owner, actor=actor,
            answered_on=held.held_on, version=done.version + 1,
        )  # fmt: skip
        session.add(reopened)
        session.flush()
        row.reopened_id = reopened.id
    session.flush()
    assert row.id is not None
    audit.record(
        session=session, actor=actor, act="vote", entity="noticed_vote", entity_id=row.id, before={"vote": seen_vote},
        after={"reply": seen, "session": session_id, "yes": yes, "a_bit": a_bit, "no": no, "reopened": row.reopened_id},
    )  # fmt: skip
    return row.id


def take_back(vote_id: int, *, session: Session, actor: str) -> int:
    """Take a vote back, and with it what it opened again, unless that was answered since; the vote before it counts again.

    Parameters
    ----------
    vote_id : int
    session : Session
    actor : str

    Returns
    -------
    int
        The vote.

    Raises
    ------
    UserError
        When it is not the vote that counts any more.
    """
    row = session.get(NoticedVote, vote_id)
    if row is None:
        raise UserError("replies.error.vote_gone")
    done = session.get_one(Reply, row.reply_id)
    subject = Subject("theme", done.theme_id) if done.theme_id is not None else Subject("idea", done.idea_id or 0)
    lock(subject, session=session)
    counts = _standing(done, row.session_id, session=session)
    if counts is None or counts.id != vote_id:
        raise UserError("replies.error.vote_gone")
    row.undone_at = now()
    closed = None
    if row.reopened_id is not None:
        reopened = session.get_one(Reply, row.reopened_id)
        newest = select(Reply.id).where(_same(done), col(Reply.undone_at).is_(None)).order_by(col(Reply.id).desc())
        if session.exec(newest.limit(1)).first() == reopened.id:
            reopened.undone_at, closed = row.undone_at, reopened.id
    session.flush()
    audit.record(
        session=session, actor=actor, act="undo", entity="noticed_vote", entity_id=vote_id,
        before={"yes": row.yes, "a_bit": row.a_bit, "no": row.no}, after={"closed": closed},
    )  # fmt: skip
    return vote_id


def _standing(done: Reply, session_id: int, *, session: Session) -> NoticedVote | None:
    """Find what a session voted on the same subject, whichever wording of the reply it saw."""
    wanted = (
        select(NoticedVote)
        .join(Reply, col(NoticedVote.reply_id) == Reply.id)
        .where(_same(done), NoticedVote.session_id == session_id)
        .where(col(NoticedVote.undone_at).is_(None), col(Reply.undone_at).is_(None))
    )
    return session.exec(wanted.order_by(col(NoticedVote.id).desc()).limit(1)).first()


def _same(reply: Reply) -> bool:
    same: bool = Reply.idea_id == reply.idea_id if reply.theme_id is None else Reply.theme_id == reply.theme_id
    return same


def votes(*, session: Session) -> pd.DataFrame:
    """Read the votes that count, on replies that count: the newest of each session on a subject, oldest session first.

    Parameters
    ----------
    session : Session

    Returns
    -------
    DataFrame
        vote_id, reply_id, theme_id, idea_id (Int64), session_id, session (name), date (of the session), yes, a_bit, no, actor.
    """
    columns = ["vote_id", "reply_id", "theme_id", "idea_id", "session_id", "session", "date", *CHOICES, "actor"]
    statement = (
        select(NoticedVote, Reply, PanelSession)
        .join(Reply, col(NoticedVote.reply_id) == Reply.id)
        .join(PanelSession, col(NoticedVote.session_id) == PanelSession.id)
        .where(col(NoticedVote.undone_at).is_(None), col(Reply.undone_at).is_(None))
        .order_by(col(PanelSession.held_on), col(NoticedVote.id))
    )
    rows: list[tuple[int | str | dt.date | None, ...]] = [
        (
            row.id, row.reply_id, reply.theme_id, reply.idea_id, row.session_id, held.name, held.held_on,
            row.yes, row.a_bit, row.no, row.actor,
        )
        for row, reply, held in session.exec(statement).all()
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    table = table.drop_duplicates(["theme_id", "idea_id", "session_id"], keep="last", ignore_index=True)
    table[["theme_id", "idea_id"]] = table[["theme_id", "idea_id"]].astype("Int64")
    table["date"] = pd.to_datetime(table["date"])
    return table
