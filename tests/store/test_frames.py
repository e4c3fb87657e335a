"""What pages read: what counts now, with the people behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from feedback.store import frames, savings_frames
from feedback.store.engine import reading, writing
from feedback.store.tables import (
    Batch,
    Note,
    Reply,
    SavingsEvidence,
    SavingsIdea,
    SavingsImpact,
    ServiceArea,
    Theme,
    ThemeEvent,
    now,
)
from feedback.themes import curation
from tests.builders import add_batch, add_remark, add_score, add_session, small_panel

EVERY = (
    frames.remarks, frames.scores, frames.themes, frames.areas, frames.aspects, savings_frames.ideas, savings_frames.evidence,
    savings_frames.impacts, frames.organisations, frames.sessions, frames.batches, frames.replies, frames.theme_events,
    frames.history,
)  # fmt: skip


def read(engine: Engine, frame: Callable[..., pd.DataFrame], **values: Any) -> pd.DataFrame:
    with reading(engine) as session:
        return frame(session=session, **values)


@pytest.mark.parametrize("frame", EVERY, ids=lambda frame: frame.__name__)
def test_columns_are_the_same_with_and_without_rows(fresh_db: Engine, frame: Callable[..., pd.DataFrame]) -> None:
    before = read(fresh_db, frame)
    small_panel(fresh_db)
    after = read(fresh_db, frame)
    assert list(before.columns) == list(after.columns)
    assert list(after.index) == list(range(len(after)))


def test_what_ships_is_all_asleep(fresh_db: Engine) -> None:
    themes = read(fresh_db, frames.themes)
    assert set(themes["status"]) == {"dormant"}
    assert {"ict", "hr", "algemeen"} <= set(read(fresh_db, frames.areas)["area"])
    assert {"snelheid", "overig"} <= set(read(fresh_db, frames.aspects)["aspect"])
    assert len(read(fresh_db, frames.remarks)) == 0


def test_a_remark_says_who_when_where_and_about_what(fresh_db: Engine) -> None:
    panel = small_panel(fresh_db)
    row = read(fresh_db, frames.remarks).set_index("remark_id").loc[panel.remarks[0]]
    assert (row["organisation"], row["level"]) == ("Gemeente Elzen", "operationeel")
    assert (row["session"], row["kind"], row["date"]) == ("Voorjaarspanel", "session", pd.Timestamp(2026, 3, 10))
    assert (row["theme_id"], row["area"], row["words"]) == (panel.coffee, "facilitair", ["koffie"])


def test_remarks_stand_in_the_order_of_the_sessions(fresh_db: Engine) -> None:
    small_panel(fresh_db)
    with writing(fresh_db) as session:
        early = add_batch(add_session("Vorig jaar", held_on=dt.date(2025, 5, 6), session=session), session=session)
        add_remark("Uit het archief.", batch_id=early, session=session)
    remarks = read(fresh_db, frames.remarks)
    assert remarks["date"].is_monotonic_increasing
    assert remarks["text"].iloc[0] == "Uit het archief."


def test_a_note_has_its_own_date_when_it_says_so(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        add_remark(session=session)
        session.exec(select(Note)).one().said_on = dt.date(2026, 2, 1)
    assert list(read(fresh_db, frames.remarks)["date"]) == [pd.Timestamp(2026, 2, 1)]


def test_an_undone_batch_does_not_count(fresh_db: Engine) -> None:
    panel = small_panel(fresh_db)
    with writing(fresh_db) as session:
        batch = session.get(Batch, panel.batches[0])
        assert batch is not None
        batch.undone_at = now()
    assert set(read(fresh_db, frames.remarks)["batch_id"]) == {panel.batches[1]}
    assert set(read(fresh_db, frames.scores)["batch_id"]) == {panel.batches[1]}
    assert len(read(fresh_db, frames.batches)) == 2


def test_an_erased_note_does_not_count(fresh_db: Engine) -> None:
    small_panel(fresh_db)
    with writing(fresh_db) as session:
        session.exec(select(Note)).all()[0].erased_at = now()
    assert len(read(fresh_db, frames.remarks)) == 11


def test_a_member_is_one_person_in_all_sessions(fresh_db: Engine) -> None:
    small_panel(fresh_db)
    assert read(fresh_db, frames.remarks)["person"].nunique() == 6


def test_a_row_of_an_anonymous_survey_is_one_person(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        survey = add_batch(add_session(kind="survey", session=session), session=session)
        for _ in range(3):
            add_remark(batch_id=survey, session=session)
        add_score(8, batch_id=survey, row=1, session=session)
    remarks, scores = read(fresh_db, frames.remarks), read(fresh_db, frames.scores)
    assert remarks["person"].nunique() == 3
    assert scores["person"].iloc[0] == remarks["person"].iloc[0]


@pytest.mark.parametrize(("session_kind", "batch_kind"), [("session", "table"), ("survey", "notes")])
def test_a_note_without_a_speaker_is_nobody(fresh_db: Engine, session_kind: str, batch_kind: str) -> None:
    with writing(fresh_db) as session:
        batch = add_batch(add_session(kind=session_kind, session=session), kind=batch_kind, session=session)
        add_remark(batch_id=batch, session=session)
    assert read(fresh_db, frames.remarks)["person"].isna().all()


def test_a_merged_theme_is_gone_and_its_remarks_are_not(fresh_db: Engine) -> None:
    panel = small_panel(fresh_db)
    with writing(fresh_db) as session:
        curation.merge(panel.coffee, panel.parking, session=session, actor="Anna")
    assert panel.coffee not in set(read(fresh_db, frames.themes)["theme_id"])
    assert set(read(fresh_db, frames.remarks)["theme_id"]) == {panel.parking}


def test_an_idea_only_spotted_goes_with_its_batch(fresh_db: Engine) -> None:
    panel = small_panel(fresh_db)
    with writing(fresh_db) as session:
        for title, status, remark in (("Mokken", "spotted", 0), ("Thuisprinten", "spotted", 1), ("Tuin", "study", 0)):
            idea = SavingsIdea(title=title, status=status)
            session.add(idea)
            session.flush()
            session.add(SavingsEvidence(idea_id=idea.id or 0, remark_id=panel.remarks[remark]))
            session.add(SavingsImpact(idea_id=idea.id or 0, organisation_id=panel.organisations[2], impact=-2))
        batch = session.get(Batch, panel.batches[0])
        assert batch is not None
        batch.undone_at = now()
    assert set(read(fresh_db, savings_frames.ideas)["title"]) == {"Thuisprinten", "Tuin"}
    assert list(read(fresh_db, savings_frames.evidence)["remark_id"]) == [panel.remarks[1]]
    impacts = read(fresh_db, savings_frames.impacts)
    assert impacts["clients"].isna().all() and set(impacts["impact"]) == {-2}


def test_unknown_numbers_stay_unknown(fresh_db: Engine) -> None:
    small_panel(fresh_db)
    organisations = read(fresh_db, frames.organisations).set_index("organisation")["clients"]
    assert organisations["Gemeente Elzen"] == 900
    assert organisations["Hogeschool Berkum"] is pd.NA
    assert list(read(fresh_db, frames.sessions)["attendance"]) == [8, pd.NA]


def test_batches_count_what_they_brought(fresh_db: Engine) -> None:
    small_panel(fresh_db)
    batches = read(fresh_db, frames.batches)
    assert list(batches["remarks"]) == [6, 6] and list(batches["notes"]) == [6, 6]
    assert batches["batch_id"].is_monotonic_decreasing


def test_areas_stand_in_the_coordinators_order(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        session.exec(select(ServiceArea).where(ServiceArea.key == "hr")).one().position = -1
    assert read(fresh_db, frames.areas)["area"].iloc[0] == "hr"


def test_events_of_one_theme_name_it_first_or_second(fresh_db: Engine) -> None:
    panel = small_panel(fresh_db)
    with writing(fresh_db) as session:
        curation.rename(panel.coffee, "Koffie", session=session, actor="Anna")
        curation.move(panel.remarks[:1], panel.parking, session=session, actor="Anna")
    assert list(read(fresh_db, frames.theme_events, theme_id=panel.coffee)["act"]) == ["move", "rename"]
    assert list(read(fresh_db, frames.theme_events, theme_id=panel.parking)["act"]) == ["move"]
    assert len(read(fresh_db, frames.history)) == 2


def test_replies_belong_to_a_theme_or_an_idea(fresh_db: Engine) -> None:
    panel = small_panel(fresh_db)
    with writing(fresh_db) as session:
        session.add(Reply(theme_id=panel.coffee, kind="change", text="Er komt een tweede automaat."))
    row = read(fresh_db, frames.replies).iloc[0]
    assert row["theme_id"] == panel.coffee and row["idea_id"] is pd.NA


def test_frames_hold_plain_values(fresh_db: Engine) -> None:
    small_panel(fresh_db)
    for frame in EVERY:
        found = read(fresh_db, frame)
        assert not any(isinstance(value, Theme | ThemeEvent) for column in found for value in found[column])
