"""Grades and their uncertainty, on examples that can be checked by hand or in a book."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from scipy import stats

from feedback.scores import grades

COLUMNS = [
    "score_id", "question", "scale_low", "scale_high", "grade", "person", "area", "batch_id", "row", "session_id", "session",
    "kind", "date",
]  # fmt: skip
CATEGORIES = ("question", "person", "area", "session", "kind")


def scores(rows: list[dict[str, Any]]) -> pd.DataFrame:
    same = {"question": "cijfer", "scale_low": 1, "scale_high": 10, "batch_id": 1}
    same |= {"session_id": 1, "session": "Voorjaar", "kind": "session"}
    every = [{**same, "row": at, "score_id": at, **row} for at, row in enumerate(rows, 1)]
    table = pd.DataFrame(every, columns=COLUMNS)
    table["date"] = pd.to_datetime("2026-03-01") + pd.to_timedelta(table["session_id"].astype(int), unit="D")
    return table.astype(dict.fromkeys(CATEGORIES, "category"))


def given(values: list[float], **also: Any) -> list[dict[str, Any]]:
    return [{"grade": value, "person": f"m{at}", **also} for at, value in enumerate(values)]


def test_the_interval_agrees_with_the_book() -> None:
    # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2, ZARR13.DAT: n 195, mean 9.26146, sd 0.022789,
    # 95 % interval (9.258242, 9.264679).
    half = grades.half_width(pd.Series([0.022789]).to_numpy(), pd.Series([195]).to_numpy())[0]
    assert 9.261460 - half == pytest.approx(9.258242, abs=2e-6)
    assert 9.261460 + half == pytest.approx(9.264679, abs=2e-6)


def test_a_mean_has_the_interval_of_student() -> None:
    values = [6.0, 7.0, 5.5, 8.0, 6.5]
    row = grades.summary(scores(given(values, area="ict")), "area").loc["ict"]
    low, high = stats.t.interval(0.95, 4, loc=6.6, scale=stats.sem(values))
    assert row[["grade", "low", "high", "n", "people"]].tolist() == pytest.approx([6.6, low, high, 5, 5])


def test_below_two_there_is_no_interval() -> None:
    row = grades.summary(scores(given([7.0], area="ict")), "area").loc["ict"]
    assert (row["grade"], row["n"]) == (7.0, 1)
    assert pd.isna(row["low"]) and pd.isna(row["high"])


def test_an_interval_stays_within_the_scale() -> None:
    row = grades.summary(scores(given([1.0, 10.0], area="ict")), "area").loc["ict"]
    assert (row["low"], row["high"]) == (1.0, 10.0)


def test_who_gives_many_grades_counts_once() -> None:
    rows = [{"grade": 4.0, "person": "m1", "area": "ict"}] * 3 + [{"grade": 8.0, "person": "m2", "area": "ict"}]
    row = grades.summary(scores(rows), "area").loc["ict"]
    assert row[["grade", "n", "people"]].tolist() == [6.0, 2, 2]


def test_unknown_people_count_for_themselves() -> None:
    row = grades.summary(scores([{"grade": 4.0, "area": "ict"}, {"grade": 6.0, "area": "ict"}]), "area").loc["ict"]
    assert row[["grade", "n", "people"]].tolist() == [5.0, 2, 0]


def test_areas_without_a_grade_are_not_there() -> None:
    table = grades.summary(scores(given([7.0, 6.0], area="ict") + given([5.0])), "area")
    assert list(table.index) == ["ict"]
    assert grades.summary(scores([]), "area").empty


def test_over_sessions_the_grade_for_everything_counts_and_nothing_is_mixed_with_it() -> None:
    rows = (
        given([6.0, 8.0], session_id=2, session="Zomer") + given([2.0], session_id=2, session="Zomer", area="ict")
        + given([5.0, 6.0], session_id=1, area="hr")
    )  # fmt: skip
    table = grades.overall(scores(rows))
    told = table[["session_id", "session", "grade", "n", "source", "question"]].to_numpy().tolist()
    assert told == [[2, "Zomer", 7.0, 2, "general", "cijfer"]]
    assert grades.overall(scores([])).empty


def test_would_you_recommend_us_is_not_mixed_with_the_grade() -> None:
    rows = given([6.0, 8.0], question="Cijfer algemeen") + given(
        [1.0, 1.0], question="Zou u ons aanbevelen?", scale_low=0
    )
    row = grades.overall(scores(rows)).iloc[0]
    assert row[["grade", "n", "question"]].tolist() == [7.0, 2, "Cijfer algemeen"]


def test_without_a_grade_for_everything_the_service_areas_count_together() -> None:
    rows = given([5.0, 6.0], area="hr", question="HR") + given([7.0, 8.0], area="ict", question="ICT")
    row = grades.overall(scores(rows)).iloc[0]
    assert row[["grade", "n", "source", "question"]].tolist() == [6.5, 2, "areas", ""]


def test_a_recommendation_tells_where_there_is_nothing_else() -> None:
    row = grades.overall(scores(given([5.0, 6.0], question="NPS", scale_low=0))).iloc[0]
    assert row[["grade", "source", "question"]].tolist() == [5.5, "recommend", "NPS"]


def test_a_step_is_from_the_last_session_with_the_same_scale() -> None:
    rows = (
        given([6.0, 8.0], session_id=1) + given([4.0, 4.5], session_id=2, question="Tevreden?", scale_high=5)
        + given([7.0, 9.0], session_id=3)
    )  # fmt: skip
    course = grades.overall(scores(rows))
    before = grades.before_last(course)
    assert before is not None and before["session_id"] == 1
    assert grades.before_last(course.iloc[:2]) is None


def test_a_session_is_not_set_against_a_yearly_survey() -> None:
    rows = (
        given([6.0, 8.0], session_id=1) + given([5.0, 9.0], session_id=2, kind="survey")
        + given([7.0, 9.0], session_id=3)
    )  # fmt: skip
    course = grades.overall(scores(rows))
    before = grades.before_last(course)
    assert before is not None and before["session_id"] == 1
    assert grades.before_last(course.iloc[1:]) is None


@pytest.mark.parametrize(
    ("first", "second", "places"),
    [(6.16, 6.14, 2), (6.0, 6.5, 1), (6.04, 5.96, 2), (6.22, 6.11, 1), (float("nan"), 6.0, 1)],
)
def test_two_grades_and_their_difference_agree_as_they_are_written(first: float, second: float, places: int) -> None:
    assert grades.decimals(first, second) == places
