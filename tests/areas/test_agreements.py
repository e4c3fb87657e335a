"""Agreements: the register, what was measured, the SMART check and how it feels."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from feedback.areas.agreements import add, edit, end, is_met, last_change, measure, measured, register, undo
from feedback.areas.periods import month
from feedback.areas.smart import feeling, smart
from feedback.i18n import UserError
from feedback.scores.chance import wilson
from feedback.store.engine import writing
from tests.builders import area_id

MARCH, APRIL = month(2026, 3), month(2026, 4)


def values(session: Session, **other: Any) -> dict[str, Any]:
    known = {
        "area_id": area_id("ict", session=session), "text": "De servicedesk neemt binnen twee minuten op.",
        "measure": "Deel van de telefoontjes, uit de centrale", "norm": "90 %", "unit": "percent", "at_most": False,
        "themes": [2, 1], "owner": "Servicedesk", "review_on": dt.date(2027, 1, 1), "customer_part": "",
    }  # fmt: skip
    return {**known, **other}


def version(session: Session) -> int:
    return int(register(session=session)["version"].iloc[0])


def test_an_agreement_is_written_down_and_read(sqlite_db: Engine) -> None:
    with writing(sqlite_db) as session:
        add(values(session), session=session, actor="test")
        row = register(session=session).iloc[0]
    assert (row["area"], row["norm"], row["themes"], row["owner"]) == ("ict", 90, [1, 2], "Servicedesk")


@pytest.mark.parametrize(
    ("wrong", "key"), [({"text": " "}, "no_text"), ({"area_id": None}, "no_area"), ({"norm": "veel"}, "value")]
)
def test_what_is_missing_is_said(sqlite_db: Engine, wrong: dict[str, Any], key: str) -> None:
    with writing(sqlite_db) as session, pytest.raises(UserError) as refused:
        add(values(session, **wrong), session=session, actor="test")
    assert refused.value.key == f"areas.error.{key}"


def test_every_change_is_audited_and_taken_back_the_last_first(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        at = add(values(session), session=session, actor="test")
        edit(at, values(session, norm="95", review_on=None), seen=1, session=session, actor="test")
        assert measure({(at, MARCH): 93.0, (at, APRIL): 96.0}, session=session, actor="test") == 2
        assert measure({(at, MARCH): 94.0, (at, APRIL): None}, source="file", session=session, actor="test") == 2
        end(at, seen=version(session), session=session, actor="test")
        assert register(session=session).empty

        def back() -> None:
            seen = version(session) if len(register(session=session)) else None
            undo(at, seen=seen, session=session, actor="test")

        back()
        assert list(measured(session=session)["value"]) == [94]
        back()
        assert dict(zip(measured(session=session)["starts_on"], measured(session=session)["value"], strict=True)) == {
            MARCH[0]: 93, APRIL[0]: 96,
        }  # fmt: skip
        back()
        assert measured(session=session).empty
        back()
        row = register(session=session).iloc[0]
        assert (row["norm"], row["review_on"].date()) == (90, dt.date(2027, 1, 1))
        with pytest.raises(UserError):
            undo(at, seen=None, session=session, actor="test")
        assert len(register(session=session)) == 1


def test_a_change_that_somebody_else_made_since_is_not_taken_back(sqlite_db: Engine) -> None:
    with writing(sqlite_db) as session:
        at = add(values(session), session=session, actor="test")
        edit(at, values(session, norm="95"), seen=None, session=session, actor="test")
        mine = last_change(at, session=session)
        assert mine is not None
        edit(at, values(session, norm="97"), seen=None, session=session, actor="somebody else")
        with pytest.raises(UserError):
            undo(at, seen=None, change_id=mine.id, session=session, actor="test")
        undo(at, seen=None, session=session, actor="somebody else")
        undo(at, seen=None, change_id=mine.id, session=session, actor="test")
        assert register(session=session)["norm"].iloc[0] == 90


def test_what_an_example_came_with_is_not_taken_back(sqlite_db: Engine) -> None:
    with writing(sqlite_db) as session:
        at = add(values(session), session=session, actor="test", is_example=True)
        measure({(at, MARCH): 93.0}, session=session, actor="test")
        assert last_change(at, session=session) is None
        measure({(at, MARCH): 94.0}, session=session, actor="test")
        undo(at, seen=None, session=session, actor="test")
        assert list(measured(session=session)["value"]) == [93]
        assert last_change(at, session=session) is None


def test_what_somebody_else_changed_is_not_overwritten(sqlite_db: Engine) -> None:
    with writing(sqlite_db) as session:
        at = add(values(session), session=session, actor="test")
        measure({(at, MARCH): 93.0}, session=session, actor="Anna")
        with pytest.raises(UserError) as refused:
            edit(at, values(session, norm=80.0), seen=1, session=session, actor="Bas")
    assert refused.value.key == "areas.error.agreement_changed"


def test_measuring_the_same_again_changes_nothing(sqlite_db: Engine) -> None:
    with writing(sqlite_db) as session:
        at = add(values(session), session=session, actor="test")
        measure({(at, MARCH): 93.0}, session=session, actor="test")
        before = version(session)
        assert measure({(at, MARCH): 93.0}, session=session, actor="test") == 0
        assert version(session) == before


def test_a_norm_is_kept_at_least_or_at_most() -> None:
    assert is_met(90, 90, at_most=False) and not is_met(89.9, 90, at_most=False)
    assert is_met(4, 4, at_most=True) and not is_met(4.1, 4, at_most=True)


TODAY = dt.date(2026, 11, 1)


def missing(session: Session, measured: tuple[float, ...] = (), **other: Any) -> list[str]:
    add(values(session, **other), session=session, actor="test")
    row = next(iter(register(session=session).itertuples()))
    return [f"{one.letter}.{one.reason}" for one in smart(row, measured, today=TODAY)]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, []),
        ({"text": "Wij reageren zo snel mogelijk op een melding."}, ["specific.vague"]),
        ({"text": "Snel opnemen"}, ["specific.short"]),
        ({"norm": "", "measure": ""}, ["measurable.norm", "measurable.measure"]),
        ({"owner": ""}, ["accepted.owner"]),
        ({"norm": 100.0}, ["realistic.absolute"]),
        ({"review_on": None}, ["timed.review"]),
        ({"review_on": dt.date(2026, 10, 31)}, ["timed.past"]),
    ],
)
def test_what_is_not_smart_is_named(sqlite_db: Engine, other: dict[str, Any], expected: list[str]) -> None:
    with writing(sqlite_db) as session:
        assert missing(session, **other) == expected


def test_a_norm_that_was_never_kept_is_not_realistic(sqlite_db: Engine) -> None:
    with writing(sqlite_db) as session:
        assert missing(session, (80, 85, 89)) == ["realistic.never"]


@pytest.mark.parametrize(
    ("bad", "about", "spoke", "expected"),
    [(20, 25, 100, "hurts"), (2, 25, 100, "fine"), (10, 20, 100, "mixed"), (0, 0, 0, "few"), (1, 1, 200, "fine")],
)
def test_how_it_feels(bad: int, about: int, spoke: int, expected: str) -> None:
    assert feeling(wilson(bad, about), wilson(bad, spoke)) == expected
