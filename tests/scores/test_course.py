"""The grade of a service area from one measurement to the next."""

from __future__ import annotations

import pandas as pd

from feedback.scores import course


def scores(*rows: tuple[int, str | None, float]) -> pd.DataFrame:
    """Session, service area and grade; every row another person, sessions half a year apart."""
    table = pd.DataFrame(rows, columns=["session_id", "area", "grade"])
    table["person"] = [f"m{at}" for at in range(len(table))]
    table["batch_id"], table["row"] = table["session_id"], range(len(table))
    table["session"] = "Meting " + table["session_id"].astype(str)
    table["kind"] = "survey"
    table["score_id"] = range(len(table))
    table = table.assign(question="cijfer", scale_low=1.0, scale_high=10.0)
    table["date"] = pd.Timestamp("2025-03-01") + pd.to_timedelta(180 * table["session_id"], unit="D")
    return table


def test_every_area_has_its_measurements_oldest_first() -> None:
    table = course.measurements(scores((2, "ict", 6), (1, "ict", 8), (1, "hr", 7), (1, None, 5)))
    assert list(zip(table["area"], table["session_id"], table["grade"], strict=True)) == [
        ("hr", 1, 7),
        ("ict", 1, 8),
        ("ict", 2, 6),
    ]


def test_a_step_within_the_intervals_is_noise() -> None:
    table = scores((1, "ict", 5), (1, "ict", 7), (1, "ict", 9), (2, "ict", 6), (2, "ict", 8), (2, "ict", 9))
    row = course.latest(course.measurements(table)).loc["ict"]
    assert round(row["step"], 2) == 0.67
    assert not row["clear"]


def test_a_step_beyond_the_intervals_is_clear() -> None:
    first = [(1, "ict", grade) for grade in (5.0, 5.1, 5.2, 5.1)]
    second = [(2, "ict", grade) for grade in (8.0, 8.1, 8.2, 8.1)]
    row = course.latest(course.measurements(scores(*first, *second))).loc["ict"]
    assert (row["session"], row["before_session"]) == ("Meting 2", "Meting 1")
    assert row["clear"]


def test_without_an_interval_a_step_is_never_clear() -> None:
    row = course.latest(course.measurements(scores((1, "ict", 2), (2, "ict", 9)))).loc["ict"]
    assert row["step"] == 7
    assert not row["clear"]


def test_a_first_measurement_has_no_step() -> None:
    row = course.latest(course.measurements(scores((1, "ict", 7), (1, "ict", 8)))).loc["ict"]
    assert row["grade"] == 7.5
    assert pd.isna(row["step"])


def test_without_grades_there_is_nothing() -> None:
    assert course.latest(course.measurements(scores((1, None, 7)))).empty


def test_one_question_on_a_service_counts() -> None:
    table = scores((1, "ict", 2), (1, "ict", 3), (1, "ict", 8))
    table["question"] = ["Zou u ICT aanbevelen?", "Zou u ICT aanbevelen?", "Cijfer ICT"]
    assert course.measurements(table).loc[0, ["grade", "n"]].to_list() == [8, 1]


def test_a_survey_is_compared_with_the_survey_before_it() -> None:
    table = scores((1, "ict", 7), (1, "ict", 8), (2, "ict", 4), (2, "ict", 5), (3, "ict", 6), (3, "ict", 7))
    table["kind"] = table["session_id"].map({1: "survey", 2: "session", 3: "survey"})
    row = course.latest(course.measurements(table)).loc["ict"]
    assert (row["before_session"], row["step"]) == ("Meting 1", -1)


def test_without_one_of_its_kind_the_one_before_counts() -> None:
    table = scores((1, "ict", 7), (2, "ict", 5)).assign(kind=["session", "survey"])
    assert course.latest(course.measurements(table)).loc["ict", "before_session"] == "Meting 1"
