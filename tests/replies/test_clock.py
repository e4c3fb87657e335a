"""The clock: what is owed, since when, what is late and what was kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from feedback.replies import clock

TODAY = dt.date(2026, 6, 30)
THEMES = pd.DataFrame(
    {
        "theme_id": [1, 2, 3, 4], "theme": ["koffie", "wifi", "stoel", "stil"], "area": ["facilitair", "ict", "facilitair", "hr"],
        "status": ["confirmed", "confirmed", "proposed", "confirmed"], "owner": ["Joke", "", "", ""],
        "name_nl": ["Koffie", "Wifi", "Stoel", "Stil"], "name_en": ["Coffee", "Wifi", "Chair", "Still"],
    }
)  # fmt: skip
IDEAS = pd.DataFrame(
    {
        "idea_id": [7, 8],
        "title": ["Minder printers", "Gevonden"],
        "area": ["ict", "ict"],
        "owner": "",
        "status": ["refused", "spotted"],
        "dismissed": False,
        "refused_on": pd.to_datetime(["2026-06-22", None]),
    }
)
REMARKS = pd.DataFrame(
    {
        "remark_id": range(6), "theme_id": pd.array([1, 1, 2, 3, 1, None], dtype="Int64"),
        "person": ["a", "b", "a", "c", "a", "d"],
        "date": pd.to_datetime(["2026-03-17"] * 4 + ["2026-06-16", "2026-06-16"]),
    }
)  # fmt: skip
EVIDENCE = pd.DataFrame({"idea_id": [7, 8], "remark_id": [5, 5]})


def replies(*rows: dict[str, Any]) -> pd.DataFrame:
    """Replies, given oldest first."""
    plain = {"theme_id": pd.NA, "idea_id": pd.NA, "text": "x", "reason": "", "owner": "", "due_on": None}
    table = pd.DataFrame(
        [{**plain, "reply_id": at + 1, **row} for at, row in enumerate(rows)],
        columns=[*plain, "reply_id", "reply", "answered_on"],
    )
    for name in ("due_on", "answered_on"):
        table[name] = pd.to_datetime(table[name])
    return table.iloc[::-1]


def at(told: pd.DataFrame) -> pd.DataFrame:
    table = clock.subjects(THEMES, IDEAS, REMARKS, EVIDENCE, told, today=TODAY, promised=20)
    return table.set_index("name_nl")


def test_owed_is_what_a_person_judged_and_somebody_said() -> None:
    table = at(replies())
    assert list(table.index) == ["Koffie", "Wifi", "Stoel", "Minder printers", "Gevonden", "Stil"]
    assert list(table.index[table["owed"].astype(bool)]) == ["Koffie", "Wifi", "Minder printers"]
    assert table.loc["Koffie", ["people", "remarks"]].to_list() == [2, 3]


def test_what_was_refused_as_soon_as_it_was_found_is_not_owed() -> None:
    ideas = IDEAS.assign(dismissed=[True, False])
    table = clock.subjects(THEMES, ideas, REMARKS, EVIDENCE, replies(), today=TODAY, promised=20).set_index("name_nl")
    assert not table.loc["Minder printers", "owed"]


def test_a_no_owes_the_reason_also_where_no_remark_stands_behind_the_idea() -> None:
    table = clock.subjects(THEMES, IDEAS, REMARKS, EVIDENCE.iloc[1:], replies(), today=TODAY, promised=20)
    row = table.set_index("name_nl").loc["Minder printers"]
    assert row[["owed", "waiting", "remarks", "days"]].to_list() == [True, True, 0, 6]


def test_whatever_got_a_reply_is_owed_one() -> None:
    table = at(replies({"idea_id": 8, "reply": "study", "answered_on": "2026-06-01", "due_on": "2026-09-01"}))
    assert table.loc["Gevonden", ["owed", "waiting"]].to_list() == [True, True]


def test_who_got_an_answer_late_waits_no_more() -> None:
    table = at(replies({"theme_id": 2, "reply": "change", "answered_on": "2026-06-24", "due_on": "2026-09-01"}))
    assert table.loc["Wifi", ["days", "waiting", "late"]].to_list() == [65, False, False]


def test_figures_are_the_sums_of_what_the_list_shows() -> None:
    table = at(replies({"theme_id": 1, "reply": "study", "answered_on": "2026-03-24", "due_on": "2026-06-01"}))
    told = clock.figures(table.reset_index()).iloc[0]
    for name in ("waiting", "late", "overdue"):
        assert told[name] == table[name].sum() == {"waiting": 3, "late": 2, "overdue": 1}[name]
    assert told["n"] == table["owed"].sum() == told["waiting"] + told["answered"]


def test_the_clock_runs_from_the_first_session_to_the_answer() -> None:
    table = at(replies({"theme_id": 1, "reply": "change", "answered_on": "2026-03-24", "due_on": "2026-09-01"}))
    assert (table.loc["Koffie", "days"], table.loc["Koffie", "late"]) == (5, False)
    assert (table.loc["Wifi", "days"], table.loc["Wifi", "late"]) == (69, True)


def test_under_study_does_not_stop_the_clock_and_a_better_sentence_does_not_start_it_again() -> None:
    study = {"theme_id": 1, "reply": "study", "answered_on": "2026-03-18", "due_on": "2026-04-01"}
    assert at(replies(study)).loc["Koffie", "days"] == 69
    said = {"theme_id": 1, "reply": "change", "answered_on": "2026-03-24", "due_on": "2026-09-01"}
    better = {**said, "answered_on": "2026-05-11"}
    assert at(replies(study, said, better)).loc["Koffie", "days"] == 5
    # Opened again: what was said before no longer stands.
    assert at(replies(said, study)).loc["Koffie", "days"] == 69


def test_what_the_panel_opened_again_counts_from_that_day() -> None:
    promise = {"theme_id": 1, "reply": "change", "answered_on": "2026-03-24", "due_on": "2026-05-01"}
    done = {"theme_id": 1, "reply": "done", "answered_on": "2026-04-28", "due_on": "2026-04-28", "text": "Klaar."}
    again = {"theme_id": 1, "reply": "reopened", "answered_on": "2026-06-16", "text": ""}
    row = at(replies(promise, done, again)).loc["Koffie"]
    assert row[["state", "waiting", "days", "late", "text"]].to_list() == ["open", True, 10, False, "Klaar."]
    assert (row["done_on"], row["reopened_on"]) == (pd.Timestamp("2026-04-28"), pd.Timestamp("2026-06-16"))
    assert row["kept"] is True and pd.isna(row["answered_on"])
    # Done too late is too late, also when the panel says no to it.
    assert at(replies(promise, {**done, "due_on": "2026-05-12"}, again)).loc["Koffie", "kept"] is False
    # Answered again: five working days later.
    row = at(replies(promise, done, again, {**promise, "answered_on": "2026-06-23"})).loc["Koffie"]
    assert row[["state", "waiting", "days"]].to_list() == ["change", False, 5]
    assert pd.isna(row["done_on"])


def test_a_date_that_went_by_is_overdue() -> None:
    row = {"theme_id": 2, "answered_on": "2026-03-24", "due_on": "2026-06-01"}
    assert [bool(at(replies({**row, "reply": kind})).loc["Wifi", "overdue"]) for kind in ("study", "change", "stays", "done")] == [
        True, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(("done", "kept"), [("2026-05-30", True), ("2026-06-02", False)])
def test_a_promise_is_kept_when_it_is_done_by_its_day(done: str, kept: bool) -> None:
    promise = {"theme_id": 1, "reply": "change", "answered_on": "2026-03-24", "due_on": "2026-06-01"}
    table = at(replies(promise, {"theme_id": 1, "reply": "done", "answered_on": done, "due_on": done}))
    assert table.loc["Koffie", "kept"] is kept
    assert table.loc["Koffie", "again"] == 1


def test_moving_a_promise_on_does_not_keep_it() -> None:
    promise = {"theme_id": 1, "reply": "change", "answered_on": "2026-03-24", "due_on": "2026-05-01"}
    moved = {**promise, "answered_on": "2026-04-30", "due_on": "2026-06-01"}
    done = {"theme_id": 1, "reply": "done", "answered_on": "2026-05-20", "due_on": "2026-05-20"}
    assert at(replies(promise, moved, done)).loc["Koffie", "kept"] is False


def test_figures_count_what_is_owed() -> None:
    table = at(
        replies({"theme_id": 1, "reply": "stays", "answered_on": "2026-03-24", "due_on": "2026-06-01"})
    ).reset_index()
    all_ = clock.figures(table).iloc[0]
    assert (all_["n"], all_["answered"], all_["median"], all_["oldest"], all_["late"], all_["overdue"]) == (
        3,
        1,
        5,
        69,
        1,
        1,
    )
    assert all_["share"] == pytest.approx(1 / 3)
    by_area = clock.figures(table, "area")
    assert by_area["n"].to_dict() == {"ict": 2, "facilitair": 1}
    assert clock.figures(table, "owner").loc["Joke", "share"] == 1


def test_nothing_owed_gives_no_figures() -> None:
    table = clock.subjects(
        THEMES.iloc[:0], IDEAS.iloc[:0], REMARKS.iloc[:0], EVIDENCE.iloc[:0], replies(), today=TODAY, promised=20
    )
    assert table.empty and clock.figures(table).empty
