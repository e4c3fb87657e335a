"""Intervals and tests against the worked examples of their sources."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from feedback.scores import nps
from feedback.scores.chance import correlation, welch, wilson


def of(*values: float) -> tuple[float, float, int]:
    return float(np.mean(values)), float(np.std(values, ddof=1)), len(values)


# Newcombe 1998, table I.
@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_share_as_in_newcombe(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_has_no_interval() -> None:
    assert all(math.isnan(end) for end in wilson(0, 0))
    assert wilson(5, 5)[1] == 1


def test_two_means_as_students_sleep_data() -> None:
    first = of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
    second = of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)
    found = welch(first, second)
    assert (found.step, found.low, found.high) == pytest.approx((1.58, -0.2054832, 3.3654832), abs=1e-6)
    assert found.p == pytest.approx(0.07939, abs=5e-6)
    assert not found.clear


def test_one_grade_cannot_be_compared() -> None:
    assert math.isnan(welch((6, math.nan, 1), of(7, 8, 9)).p)
    assert not welch((5, 0, 4), (8, 0, 4)).clear


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_correlation_as_in_anscombe(at: int) -> None:
    x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    same = [8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8]
    y = [
        [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68],
        [9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74],
        [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73],
        [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.50, 5.56, 7.91, 6.89],
    ]
    found = correlation(np.array(same if at == 3 else x, dtype=float), np.array(y[at]))
    assert found[0] == pytest.approx(0.816, abs=1e-3)
    # Fisher: tanh(atanh(0.816) -+ 1.96 / sqrt(8)).
    assert found[1:] == pytest.approx((0.424, 0.951), abs=2e-3)


def test_equal_answers_go_together_with_nothing() -> None:
    assert math.isnan(correlation(np.full(9, 7.0), np.arange(9.0))[0])
    assert math.isnan(correlation(np.arange(3.0), np.arange(3.0))[0])


def test_the_net_promoter_score_of_reichheld_with_the_interval_of_rocks() -> None:
    # 50 promoters, 30 passives and 20 detractors: (50.75 - 20.75) / 103 = 0.2913 around which 0.1516.
    assert nps.net(50, 20, 100) == pytest.approx((30, 14.0, 44.2), abs=0.1)
    assert nps.net(3, 0, 3)[2] == 100
    assert math.isnan(nps.net(0, 0, 0)[0])


def answers(*raw: float, area: str | None = None, low: float = 0, high: float = 10) -> pd.DataFrame:
    table = pd.DataFrame({"grade": [1 + 9 * (value - low) / (high - low) for value in raw]})
    table = table.assign(session_id=1, session="Enquête", kind="survey", date=pd.Timestamp("2026-09-15"), batch_id=1)
    table = table.assign(area=area, question="Zou u ons aanbevelen?", scale_low=low, scale_high=high)
    return table.assign(row=range(len(table)), person=[f"m{at}" for at in range(len(table))])


def test_nine_and_ten_promote_and_six_and_less_detract() -> None:
    row = nps.measured(answers(10, 9, 8, 7, 6, 0)).iloc[0]
    assert (row["promoters"], row["detractors"], row["n"], row["nps"]) == (2, 2, 6, 0)


def test_another_scale_is_no_net_promoter_score() -> None:
    assert nps.measured(answers(10, 9, 8, low=1)).empty
    assert nps.measured(answers(10, 9).assign(question="Cijfer")).empty


def test_who_answers_twice_counts_once() -> None:
    assert nps.measured(answers(10, 2).assign(person="m1")).iloc[0]["n"] == 1
