"""Expectation beside experience, own staff beside customers: the figures, and what stays hidden."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from feedback.scores.expectation import beside, estimates, paired
from feedback.scores.questions import marked

GRADE, HOPED = "Cijfer ICT", "Welk cijfer verwacht u van ICT?"


def scores(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """(session, person, question, grade), as `store.frames.scores` gives them."""
    table = pd.DataFrame(rows, columns=["session_id", "person", "question", "grade"])
    table = table.assign(
        score_id=range(len(table)), area="ict", scale_low=1.0, scale_high=10.0, row=1, batch_id=table["session_id"],
        session=[f"Sessie {at}" for at in table["session_id"]], kind="survey",
        date=[pd.Timestamp(2026, int(at), 1) for at in table["session_id"]],
    )  # fmt: skip
    return marked(table.astype({"grade": float}))


def survey(session: int, grades: list[float], hoped: list[float] | None = None) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = [(session, f"p{session}-{at}", GRADE, grade) for at, grade in enumerate(grades)]
    return rows + [(session, f"p{session}-{at}", HOPED, grade) for at, grade in enumerate(hoped or [])]


NOBODY = scores()


def test_student_s_ten_patients() -> None:
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    told = paired(pd.Series(second) - pd.Series(first))
    assert (told.step, told.low, told.high) == pytest.approx((1.58, 0.7001142, 2.4598858))
    assert told.p == pytest.approx(0.002833, abs=1e-6)


@pytest.mark.parametrize("steps", [[1.0], [1.0, 1.0, 1.0]])
def test_one_person_and_no_spread_cannot_be_told_from_noise(steps: list[float]) -> None:
    told = paired(pd.Series(steps))
    assert told.step == 1 and np.isnan(told.low) and not told.clear


def test_the_gap_is_of_the_people_who_gave_both() -> None:
    row = beside(scores(*survey(1, [5, 6, 7, 9], [7, 7, 9])), NOBODY, 5).loc["ict"]
    assert (row["grade"], row["expected"]) == (6.75, pytest.approx(23 / 3))
    assert (row["gap"], row["gap_n"], row["paired"]) == (pytest.approx(-5 / 3), 3, True)


def test_the_grade_is_of_the_session_that_asked_what_was_expected() -> None:
    row = beside(scores(*survey(1, [5, 6], [8, 9]), *survey(2, [9, 9])), NOBODY, 5).loc["ict"]
    assert (row["grade"], row["session"]) == (5.5, "Sessie 1")


def test_other_people_are_compared_as_two_groups() -> None:
    hoped = [(1, f"q{at}", HOPED, grade) for at, grade in enumerate([8, 9, 8])]
    row = beside(scores(*hoped, *survey(2, [5, 6, 5])), NOBODY, 5).loc["ict"]
    assert row["gap"] == pytest.approx(-3) and not row["paired"]
    assert row["gap_high"] < 0


def test_own_staff_below_the_threshold_show_nothing() -> None:
    own = scores(*survey(1, [7, 8, 7, 8, 7]), *survey(2, [9, 9]))
    table = beside(scores(*survey(3, [5, 5, 6])), own, 5)
    assert table.loc["ict", "estimate_session"] == "Sessie 1"
    assert table.loc["ict", "blind"] == pytest.approx(7.4 - 16 / 3)
    assert estimates(own, 6).empty and beside(scores(*survey(3, [5, 5, 6])), own, 6).empty


def test_what_own_staff_expect_is_their_estimate_where_no_grade_was_asked() -> None:
    asked = [(1, f"m{at}", "Welk cijfer verwacht u dat klanten geven voor ICT?", 8.0) for at in range(5)]
    assert estimates(scores(*asked), 5).loc["ict", "grade"] == 8
    both = scores(*asked, *survey(1, [6, 6, 6, 6, 6]))
    assert estimates(both, 5).loc["ict", "grade"] == 6


def test_without_questions_there_is_nothing() -> None:
    assert beside(NOBODY, NOBODY, 5).empty
    assert beside(scores(*survey(1, [5, 6])), NOBODY, 5).empty
