"""Answers: what may follow what, what must be filled in, nothing overwritten unseen, everything taken back."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from feedback.i18n import UserError
from feedback.replies import acts
from feedback.replies.states import MOVES, NEEDS, OPEN, REOPENED, Subject
from feedback.savings import ideas, linking, undoing
from feedback.store import frames
from feedback.store.engine import reading, writing
from feedback.store.tables import REPLY_KINDS, Audit
from feedback.themes import curation
from tests.builders import add_theme

TODAY = dt.date.today()
LATER = TODAY + dt.timedelta(days=30)
FULL: dict[str, dict[str, Any]] = {
    "study": {"due_on": LATER},
    "change": {"text": "Wij zetten er een tweede automaat bij.", "owner": "Joke", "due_on": LATER},
    "stays": {"text": "Het contract loopt nog een jaar.", "reason": "contract", "due_on": LATER},
    "done": {"text": "De automaat staat er.", "due_on": TODAY},
}


def say(subject: Subject, kind: str, seen: int | None, session: Session, **values: Any) -> int:
    return acts.answer(subject, kind, **{**FULL[kind], **values}, seen=seen, session=session, actor="anna")


def theme(session: Session, name: str = "Koffie") -> Subject:
    return Subject("theme", add_theme(name, session=session))


def test_the_table_of_moves_names_every_state() -> None:
    assert set(MOVES) == {OPEN, REOPENED, *REPLY_KINDS}
    assert {kind for kinds in MOVES.values() for kind in kinds} - {REOPENED} == set(REPLY_KINDS) == set(NEEDS)


def test_an_answer_goes_through_its_states_and_every_version_stays_readable(fresh_db: Engine) -> None:
    way = ("study", "change", "change", "done")
    with writing(fresh_db) as session:
        subject, seen = theme(session), None
        for kind in way:
            seen = say(subject, kind, seen, session)
        told = acts.versions(subject, session=session)
    assert tuple(reversed(told["reply"])) == way
    with reading(fresh_db) as session:
        assert list(frames.replies(session=session)["version"]) == [4, 3, 2, 1]


def test_a_savings_idea_is_answered_like_a_theme(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        idea = Subject("idea", ideas.add("Minder printers", session=session, actor="anna"))
        say(idea, "stays", None, session)
    with reading(fresh_db) as session:
        row = frames.replies(session=session).iloc[0]
    assert (row["idea_id"], row["reason"]) == (idea.id, "contract")


@pytest.mark.parametrize(("was", "kind"), [(None, "done"), ("stays", "done"), ("study", "done"), ("done", "stays")])
def test_a_move_that_is_not_in_the_table_is_refused(fresh_db: Engine, was: str | None, kind: str) -> None:
    with writing(fresh_db) as session:
        subject, seen = theme(session), None
        for step in ("change", "done") if was == "done" else (was,) if was else ():
            seen = say(subject, step, seen, session)
        with pytest.raises(UserError, match="cannot follow"):
            say(subject, kind, seen, session)


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in NEEDS.items() for name in names])
def test_what_an_answer_needs_must_be_filled_in(sqlite_db: Engine, kind: str, name: str) -> None:
    with writing(sqlite_db) as session:
        subject = theme(session)
        seen = say(subject, "change", None, session) if kind == "done" else None
        with pytest.raises(UserError, match=r"^(Write|Fill|Choose)"):
            say(subject, kind, seen, session, **{name: None if name == "due_on" else " "})


@pytest.mark.parametrize(
    "dates",
    [
        {"kind": "change", "answered_on": LATER},
        {"kind": "change", "due_on": TODAY - dt.timedelta(days=1)},
        {"kind": "study", "due_on": TODAY - dt.timedelta(days=1)},
    ],
)
def test_dates_that_cannot_be_are_refused(sqlite_db: Engine, dates: dict[str, Any]) -> None:
    with writing(sqlite_db) as session, pytest.raises(UserError):
        say(theme(session), seen=None, session=session, **dates)


def test_a_better_sentence_keeps_a_day_that_went_by(sqlite_db: Engine) -> None:
    then, due = TODAY - dt.timedelta(days=30), TODAY - dt.timedelta(days=5)
    with writing(sqlite_db) as session:
        subject = theme(session)
        first = say(subject, "change", None, session, answered_on=then, due_on=due)
        say(subject, "change", first, session, text="Beter gezegd.", due_on=due)


def test_an_answer_given_in_the_room_is_dated_then(fresh_db: Engine) -> None:
    then = TODAY - dt.timedelta(days=9)
    with writing(fresh_db) as session:
        say(theme(session), "change", None, session, answered_on=then)
    with reading(fresh_db) as session:
        assert frames.replies(session=session)["answered_on"].iloc[0].date() == then


def test_the_second_of_two_people_is_shown_what_the_first_wrote(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        subject = theme(session)
        first = say(subject, "change", None, session)
    with pytest.raises(UserError, match="tweede automaat"), writing(fresh_db) as session:
        say(subject, "stays", None, session)
    with writing(fresh_db) as session:
        say(subject, "stays", first, session)


def test_taking_back_makes_the_version_before_count_again(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        subject = theme(session)
        first = say(subject, "change", None, session)
        second = say(subject, "stays", first, session)
        with pytest.raises(UserError):
            acts.undo(subject, seen=first, session=session, actor="bas")
        acts.undo(subject, seen=second, session=session, actor="bas")
        assert list(frames.replies(session=session)["reply_id"]) == [first]
        acts.undo(subject, seen=first, session=session, actor="bas")
        assert frames.replies(session=session).empty
        assert acts.versions(subject, session=session)["undone"].all()
        with pytest.raises(UserError, match="took it back"):
            acts.undo(subject, seen=first, session=session, actor="bas")


def test_every_change_is_in_the_audit_table_without_its_words(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        subject = theme(session)
        acts.undo(subject, seen=say(subject, "change", None, session), session=session, actor="bas")
        told = [row for row in session.exec(select(Audit).order_by(Audit.id)).all() if row.entity == "reply"]
        assert [(row.act, row.actor) for row in told] == [("answer", "anna"), ("undo", "bas")]
        assert not any("automaat" in str((row.before, row.after)) for row in told)


def test_a_merge_hands_the_history_over_and_undoing_it_gives_it_back(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        coffee, drinks = theme(session), theme(session, "Dranken")
        first = say(coffee, "study", None, session)
        second = say(coffee, "change", first, session)
        event = curation.merge(coffee.id, drinks.id, session=session, actor="anna")
        with pytest.raises(UserError, match="no longer there"):
            say(coffee, "stays", second, session)
        assert list(acts.versions(drinks, session=session)["reply_id"]) == [second, first]
        third = say(drinks, "done", second, session)
        curation.undo(event, session=session, actor="anna")
        ids = [acts.versions(subject, session=session)["reply_id"].to_list() for subject in (coffee, drinks)]
    assert ids == [[second, first], [third]]
    assert all(newer > older for newer, older in pairwise([third, second, first]))


def test_merging_ideas_hands_the_history_over_and_undoing_it_gives_it_back(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        one, other = (
            Subject("idea", ideas.add(name, session=session, actor="anna")) for name in ("Printers", "Papier")
        )
        first = say(one, "study", None, session)
        linking.merge(one.id, other.id, session=session, actor="anna")
        assert list(acts.versions(other, session=session)["reply_id"]) == [first]
        undoing.undo(other.id, session=session, actor="anna")
        assert list(acts.versions(one, session=session)["reply_id"]) == [first]
        assert acts.versions(other, session=session).empty
