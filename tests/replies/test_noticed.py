"""*Merkt u het?*: a clear no opens an answer again, nothing is replaced unseen, everything is taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from feedback.i18n import UserError
from feedback.replies import acts, noticed
from feedback.replies.states import REOPENED, Subject
from feedback.store import frames
from feedback.store.engine import writing
from feedback.store.tables import Audit
from feedback.themes import curation
from tests.builders import add_session, add_theme

TODAY = dt.date.today()
DONE = TODAY - dt.timedelta(days=30)
MANY_NO = {"yes": 1, "a_bit": 2, "no": 17}
MANY_YES = {"yes": 15, "a_bit": 3, "no": 2}


def kept_promise(session: Session, name: str = "Koffie") -> tuple[Subject, int]:
    """A theme whose promise is done; with the reply that says so."""
    subject = Subject("theme", add_theme(name, session=session))
    values: dict[str, Any] = {"text": "De automaat staat er.", "owner": "Joke", "due_on": DONE, "session": session}
    first = acts.answer(subject, "change", answered_on=DONE, seen=None, actor="anna", **values)
    return subject, acts.answer(subject, "done", answered_on=DONE, seen=first, actor="anna", **values)


def kinds(subject: Subject, session: Session) -> list[str]:
    told = acts.versions(subject, session=session)
    return list(told.loc[~told["undone"], "reply"])


@pytest.mark.parametrize(
    ("votes", "said"),
    # More than half, with the interval of Wilson: 4 of 4 is just enough (0.51), 3 of 3 is not (0.44); 15 of 20 is (0.53), 14 is not.
    [
        ((0, 0, 4), "no"),
        ((0, 0, 3), "unsure"),
        ((3, 2, 15), "no"),
        ((3, 3, 14), "unsure"),
        ((10, 5, 5), "yes"),
        ((0, 4, 0), "yes"),
        ((1, 0, 0), "unsure"),
    ],
)
def test_a_vote_says_something_only_when_it_is_sure(votes: tuple[int, int, int], said: str) -> None:
    assert noticed.verdict(*votes) == said


@given(st.tuples(*[st.integers(0, 300)] * 3).filter(any))
def test_a_clear_no_is_always_more_than_half(votes: tuple[int, int, int]) -> None:
    yes, a_bit, no = votes
    assert noticed.verdict(*votes) != "no" or no > yes + a_bit
    assert noticed.verdict(*votes) != "yes" or yes + a_bit > no


def test_a_clear_no_opens_the_answer_and_a_yes_does_not(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        summer, autumn = (add_session(name, held_on=TODAY, session=session) for name in ("Zomer", "Najaar"))
        subject, done = kept_promise(session)
        noticed.vote(subject, summer, **MANY_YES, seen=done, session=session, actor="anna")
        assert kinds(subject, session) == ["done", "change"]
        noticed.vote(subject, autumn, **MANY_NO, seen=done, session=session, actor="anna")
        assert kinds(subject, session) == [REOPENED, "done", "change"]
        told = noticed.votes(session=session)
        assert told[["session", "yes", "a_bit", "no"]].to_numpy().tolist() == [
            ["Zomer", 15, 3, 2],
            ["Najaar", 1, 2, 17],
        ]
        newest = int(frames.replies(session=session)["reply_id"].iloc[0])
        with pytest.raises(UserError, match="cannot follow"):
            acts.answer(subject, REOPENED, seen=newest, session=session, actor="anna")
        acts.answer(subject, "study", due_on=TODAY, seen=newest, session=session, actor="anna")


def test_taking_a_vote_back_closes_what_it_opened(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        autumn = add_session(held_on=TODAY, session=session)
        subject, done = kept_promise(session)
        cast = noticed.vote(subject, autumn, **MANY_NO, seen=done, session=session, actor="anna")
        noticed.take_back(cast, session=session, actor="bas")
        assert kinds(subject, session) == ["done", "change"]
        assert noticed.votes(session=session).empty
        with pytest.raises(UserError, match="changed this vote"):
            noticed.take_back(cast, session=session, actor="bas")
        told = [
            (row.act, row.actor)
            for row in session.exec(select(Audit).order_by(Audit.id))
            if row.entity == "noticed_vote"
        ]
        assert told == [("vote", "anna"), ("undo", "bas")]


def test_an_answer_given_since_stays_when_the_vote_is_taken_back(sqlite_db: Engine) -> None:
    with writing(sqlite_db) as session:
        autumn = add_session(held_on=TODAY, session=session)
        subject, done = kept_promise(session)
        cast = noticed.vote(subject, autumn, **MANY_NO, seen=done, session=session, actor="anna")
        newest = int(frames.replies(session=session)["reply_id"].iloc[0])
        acts.answer(subject, "study", due_on=TODAY, seen=newest, session=session, actor="anna")
        noticed.take_back(cast, session=session, actor="bas")
        assert kinds(subject, session)[0] == "study"


def test_the_second_of_two_people_is_shown_the_totals_of_the_first(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        autumn = add_session(held_on=TODAY, session=session)
        subject, done = kept_promise(session)
        first = noticed.vote(subject, autumn, **MANY_YES, seen=done, session=session, actor="anna")
    with pytest.raises(UserError, match="15 yes, 3 a bit, 2 no"), writing(fresh_db) as session:
        noticed.vote(subject, autumn, **MANY_NO, seen=done, session=session, actor="bas")
    with writing(fresh_db) as session:
        noticed.vote(subject, autumn, **MANY_NO, seen=done, seen_vote=first, session=session, actor="bas")
        assert list(noticed.votes(session=session)["no"]) == [17]
        with pytest.raises(UserError, match="Look first"):
            noticed.take_back(first, session=session, actor="anna")


def test_taking_back_a_vote_makes_the_one_before_it_count_again(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        autumn = add_session(held_on=TODAY, session=session)
        subject, done = kept_promise(session)
        first = noticed.vote(subject, autumn, **MANY_YES, seen=done, session=session, actor="anna")
        second = noticed.vote(subject, autumn, **MANY_NO, seen=done, seen_vote=first, session=session, actor="anna")
        assert kinds(subject, session)[0] == REOPENED
        noticed.take_back(second, session=session, actor="anna")
        assert list(noticed.votes(session=session)["no"]) == [2]
        assert kinds(subject, session)[0] == "done"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"yes": 0, "a_bit": 0, "no": 0}, "more than none"),
        ({"yes": -1, "a_bit": 0, "no": 5}, "more than none"),
        ({"yes": 10, "a_bit": 10, "no": 11}, "30 people"),
    ],
)
def test_numbers_that_cannot_be_are_refused(sqlite_db: Engine, wrong: dict[str, int], said: str) -> None:
    with writing(sqlite_db) as session:
        autumn = add_session(held_on=TODAY, attendance=30, session=session)
        subject, done = kept_promise(session)
        with pytest.raises(UserError, match=said):
            noticed.vote(subject, autumn, **wrong, seen=done, session=session, actor="anna")


def test_only_a_session_since_it_was_done_can_tell(sqlite_db: Engine) -> None:
    with writing(sqlite_db) as session:
        before = add_session(held_on=DONE - dt.timedelta(days=1), session=session)
        subject, done = kept_promise(session)
        with pytest.raises(UserError, match="on or after"):
            noticed.vote(subject, before, **MANY_NO, seen=done, session=session, actor="anna")
        change = acts.undo(subject, seen=done, session=session, actor="anna") - 1
        with pytest.raises(UserError, match="done can be voted on"):
            noticed.vote(subject, before, **MANY_NO, seen=change, session=session, actor="anna")


def test_votes_go_along_when_themes_are_merged(sqlite_db: Engine) -> None:
    with writing(sqlite_db) as session:
        autumn = add_session(held_on=TODAY, session=session)
        subject, done = kept_promise(session)
        noticed.vote(subject, autumn, **MANY_NO, seen=done, session=session, actor="anna")
        other = add_theme("Dranken", session=session)
        event = curation.merge(subject.id, other, session=session, actor="anna")
        assert list(noticed.votes(session=session)["theme_id"]) == [other]
        curation.undo(event, session=session, actor="anna")
        assert list(noticed.votes(session=session)["theme_id"]) == [subject.id]
