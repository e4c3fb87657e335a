"""What the coordinator types is kept, never over what somebody else typed meanwhile, and can be taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from feedback.i18n import UserError
from feedback.savings import ideas, keeping, linking, rows, undoing
from feedback.store import savings_frames
from feedback.store.engine import writing
from feedback.store.tables import Assumption, CustomerTime, WorthVote
from tests.builders import add_organisation, area_id

BY = {"actor": "t"}


def votes(session: Session) -> list[tuple[int, ...]]:
    return [(row.more, row.keep, row.less) for row in session.exec(select(WorthVote)).all()]


def test_votes_are_kept_changed_taken_away_and_come_back(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        key = (area_id("ict", session=session), add_organisation(session=session), dt.date(2026, 10, 13))
        assert keeping.put(WorthVote, {key: {"more": 1, "keep": 2, "less": 9}}, session=session, **BY) == 1
        assert keeping.put(WorthVote, {key: {"more": 1, "keep": 2, "less": 9}}, session=session, **BY) == 0
        keeping.put(WorthVote, {key: {"more": 4, "keep": 2, "less": 9}}, session=session, **BY)
        row = savings_frames.worth_votes(session=session).iloc[0]
        assert row[["area", "organisation", "more", "keep", "less"]].to_list() == ["ict", "Gemeente Elzen", 4, 2, 9]
        keeping.put(WorthVote, {key: None}, session=session, **BY)
        seen = [votes(session)]
        for _ in range(3):
            keeping.undo(WorthVote, session=session, **BY)
            seen.append(votes(session))
        assert seen == [[], [(4, 2, 9)], [(1, 2, 9)], []]
        with pytest.raises(UserError) as error:
            keeping.undo(WorthVote, session=session, **BY)
        assert error.value.key == "savings.error.nothing_to_undo"


def test_what_somebody_else_typed_meanwhile_is_not_overwritten(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        keeping.put(Assumption, {(keeping.TARGET,): {"value": 250_000.0}}, seen={}, session=session, **BY)
        with pytest.raises(UserError) as error:
            keeping.put(Assumption, {(keeping.TARGET,): {"value": 1.0}}, seen={}, session=session, actor="bas")
        assert error.value.key == "savings.error.kept_changed"
        seen = {(keeping.TARGET,): {"value": 250_000.0}}
        keeping.put(Assumption, {(keeping.TARGET,): {"value": 1.0}}, seen=seen, session=session, actor="bas")
        assert savings_frames.assumptions(session=session).to_numpy().tolist() == [[keeping.TARGET, 1.0]]


def test_a_row_on_something_that_is_gone_is_refused(fresh_db: Engine) -> None:
    row = {"minutes": 5.0, "people": 10, "times": 4.0, "idea_id": 999}
    with pytest.raises(UserError), writing(fresh_db) as session:
        keeping.put(CustomerTime, {(area_id("ict", session=session), "wait"): row}, session=session, **BY)


def test_what_is_assumed_goes_along_in_a_merge_and_comes_back(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        kept, other = (ideas.add(title, session=session, actor="t") for title in ("Balie dicht", "Balie eerder dicht"))
        row = {"minutes": 7.5, "people": 100, "times": 4.0, "idea_id": other}
        keeping.put(CustomerTime, {(area_id("ict", session=session), "wait"): row}, session=session, **BY)
        linking.merge(other, kept, session=session, actor="t")
        assert savings_frames.customer_time(session=session)["idea_id"].to_list() == [kept]
        undoing.undo(kept, session=session, actor="t")
        told = savings_frames.customer_time(session=session).iloc[0]
        assert told[["area", "time", "minutes", "people", "times", "idea_id"]].to_list() == [
            "ict",
            "wait",
            7.5,
            100,
            4.0,
            other,
        ]


def test_one_figure_is_taken_back_without_the_other(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        for key, value in ((keeping.TARGET, 1.0), (keeping.TARGET, 2.0), (keeping.HOUR, 48.0)):
            keeping.put(Assumption, {(key,): {"value": value}}, session=session, **BY)
        keeping.undo(Assumption, only=(keeping.TARGET,), session=session, **BY)
        told = dict(savings_frames.assumptions(session=session).to_numpy().tolist())
        assert told == {keeping.TARGET: 1.0, keeping.HOUR: 48.0}


@pytest.mark.parametrize(
    ("typed", "figure"), [("12,5", 12.5), ("1.250", 1250), ("3.400 ", 3400), ("", None), (None, None)]
)
def test_a_number_is_read_as_it_is_typed(typed: str | None, figure: float | None) -> None:
    assert rows.figure(typed) == figure


@pytest.mark.parametrize("typed", ["ongeveer tien", "-3", "1.2.3"])
def test_a_number_that_is_not_understood_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserError) as error:
        rows.figure(typed)
    assert "12,5" in error.value.message("nl") and typed in error.value.message("nl")
