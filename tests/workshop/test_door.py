from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from feedback.i18n import UserError
from feedback.store.engine import reading, writing
from feedback.store.tables import Audit, Workshop, now
from feedback.workshop import door, plan

PLAN = plan.Plan("Horen wat u nodig heeft", ("Wat gaat er mis?", "Wat mag minder?"))


@pytest.fixture
def workshop(fresh_db: Engine) -> tuple[Engine, int]:
    with writing(fresh_db) as session:
        return fresh_db, plan.prepare("Klantpanel", dt.date(2026, 11, 22), PLAN, session=session, actor="test")


def opened(workshop: tuple[Engine, int]) -> str:
    with writing(workshop[0]) as session:
        return door.open_room(workshop[1], session=session, actor="test")


def found(workshop: tuple[Engine, int], code: str) -> door.Room:
    with reading(workshop[0]) as session:
        return door.room_of(code, session=session)


def test_a_code_finds_its_room_however_it_is_typed(workshop: tuple[Engine, int]) -> None:
    code = opened(workshop)
    assert len(code) == 5 and set(code) <= set(door.LETTERS)
    assert found(workshop, f" {code[:2].lower()}-{code[2:]} ").workshop_id == workshop[1]


def test_a_closed_room_has_no_code_and_opens_under_a_new_one(workshop: tuple[Engine, int]) -> None:
    code = opened(workshop)
    with writing(workshop[0]) as session:
        door.close_room(workshop[1], session=session, actor="test")
    with pytest.raises(UserError):
        found(workshop, code)
    assert opened(workshop) != code


def test_a_code_expires(workshop: tuple[Engine, int]) -> None:
    code = opened(workshop)
    with writing(workshop[0]) as session:
        session.get_one(Workshop, workshop[1]).expires_at = now() - dt.timedelta(minutes=1)
    with pytest.raises(UserError):
        found(workshop, code)
    with reading(workshop[0]) as session:
        assert not door.room(workshop[1], session=session).is_open
        assert plan.workshops(session=session)["code"].isna().all()


def test_opening_twice_is_the_same_room(workshop: tuple[Engine, int]) -> None:
    assert opened(workshop) == opened(workshop)


def test_screens_move_without_a_row_in_the_audit_table(workshop: tuple[Engine, int]) -> None:
    with writing(workshop[0]) as session:
        before = session.query(Audit).count()
        version = door.put(workshop[1], screen="themes", session=session)
        door.put(workshop[1], page=3, session=session)
        door.put(workshop[1], step="weigh", question=1, session=session)
    with reading(workshop[0]) as session:
        room = door.room(workshop[1], session=session)
        assert session.query(Audit).count() == before
    assert (room.screen, room.page, room.step, room.asked) == ("themes", 3, "weigh", "Wat mag minder?")
    assert room.version == version + 2 and room.step_at is not None


def test_another_screen_begins_at_its_first_page(workshop: tuple[Engine, int]) -> None:
    with writing(workshop[0]) as session:
        door.put(workshop[1], page=3, session=session)
        door.put(workshop[1], screen="wall", session=session)
    with reading(workshop[0]) as session:
        assert door.room(workshop[1], session=session).page == 0


@pytest.mark.parametrize("where", [{"step": "nonsense"}, {"question": 2}, {"question": -1}])
def test_there_is_no_such_place(workshop: tuple[Engine, int], where: dict[str, object]) -> None:
    with writing(workshop[0]) as session, pytest.raises(UserError):
        door.put(workshop[1], session=session, **where)


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_none(text: str) -> None:
    assert len(door.plain(text)) <= door.LENGTH
    assert door.plain(door.plain(text)) == door.plain(text)
