from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from feedback.i18n import UserError
from feedback.store.engine import reading, writing
from feedback.store.tables import PanelSession
from feedback.workshop import door, plan
from tests.builders import add_session

PLAN = plan.Plan(" Horen wat u nodig heeft ", ("Wat  gaat er mis?", ""), start_themes=(3, 1))
DAY = dt.date(2026, 11, 22)


def prepared(engine: Engine, **values: object) -> int:
    with writing(engine) as session:
        return plan.prepare("Klantpanel", DAY, replace(PLAN, **values), session=session, actor="test")  # type: ignore[arg-type]


def test_a_plan_comes_back_as_it_was_meant(fresh_db: Engine) -> None:
    with reading(fresh_db) as session:
        at = prepared(fresh_db)
        stored, version = plan.plan_of(at, session=session)
        (row,) = plan.workshops(session=session).to_dict("records")
    assert stored == replace(PLAN, goal="Horen wat u nodig heeft", questions=("Wat gaat er mis?",))
    assert (version, row["session"], row["held_on"], row["remarks"]) == (1, "Klantpanel", DAY, 0)


@pytest.mark.parametrize(
    "values",
    [
        {"questions": ()},
        {"questions": ("a", "b", "c", "d")},
        {"steps": ()},
        {"steps": (("nap", 5),)},
        {"languages": ()},
    ],
)
def test_what_cannot_be_held_is_refused(sqlite_db: Engine, values: dict[str, object]) -> None:
    with pytest.raises(UserError):
        prepared(sqlite_db, **values)


def test_a_step_of_no_minutes_is_left_out(sqlite_db: Engine) -> None:
    at = prepared(sqlite_db, steps=(("collect", 10), ("weigh", 0)))
    with reading(sqlite_db) as session:
        assert plan.plan_of(at, session=session)[0].steps == (("collect", 10),)


def test_a_session_has_one_workshop(sqlite_db: Engine) -> None:
    with writing(sqlite_db) as session:
        there = add_session(session=session)
        plan.prepare("", DAY, PLAN, session_id=there, session=session, actor="test")
    with writing(sqlite_db) as session, pytest.raises(UserError):
        plan.prepare("", DAY, PLAN, session_id=there, session=session, actor="test")


def test_nobody_overwrites_what_they_have_not_seen(fresh_db: Engine) -> None:
    at = prepared(fresh_db)
    with writing(fresh_db) as session:
        assert plan.edit(at, replace(PLAN, goal="Anders"), seen_version=1, session=session, actor="test") == 2
    with writing(fresh_db) as session, pytest.raises(UserError):
        plan.edit(at, PLAN, seen_version=1, session=session, actor="test")


def test_what_was_never_held_can_be_taken_away_with_its_session(fresh_db: Engine) -> None:
    at = prepared(fresh_db)
    with writing(fresh_db) as session:
        plan.remove(at, session=session, actor="test")
    with reading(fresh_db) as session:
        assert plan.workshops(session=session).empty
        assert session.exec(select(PanelSession)).first() is None


def test_what_was_held_stays(sqlite_db: Engine) -> None:
    at = prepared(sqlite_db)
    with writing(sqlite_db) as session:
        door.open_room(at, session=session, actor="test")
    with writing(sqlite_db) as session, pytest.raises(UserError):
        plan.remove(at, session=session, actor="test")
