"""The curve shows the least pain for each amount, with the set on it; without any set it says so."""

from __future__ import annotations

import pytest

from feedback.charts import frontier
from feedback.savings.portfolio import Idea, Point, Terms, choose

IDEAS = [Idea("a", 1000, {"x": 0.0}), Idea("b", 5000, {"x": 50.0}, excludes=frozenset({"a"}))]
POINTS = [Point(1000, 0), Point(5000, 50)]


def test_the_set_stands_on_the_curve() -> None:
    table = frontier.marks(POINTS, [], choose(IDEAS, 2000), "nl")
    assert table[["kind", "saving", "pain"]].to_numpy().tolist() == [
        ["now", 1000, 0],
        ["now", 5000, 50],
        ["here", 5000, 50],
    ]
    assert table["saving_text"].iloc[2] == "€\u00a05.000"


@pytest.mark.parametrize(("target", "reach"), [(2000, 5000), (6000, 6000), (20_000, 5000)])
def test_a_target_just_out_of_reach_is_on_the_axis_and_one_far_away_leaves_it_to_the_curve(
    target: float, reach: float
) -> None:
    table = frontier.marks(POINTS, POINTS, choose(IDEAS, 2000), "nl")
    rule = frontier.spec(table, target, "nl")["layer"][0]["encoding"]["x"]
    assert rule["scale"]["domain"][1] == pytest.approx(1.04 * reach)


def test_terms_that_no_set_meets_leave_an_empty_curve() -> None:
    table = frontier.marks([], [], choose(IDEAS, 0, Terms(forced=frozenset("ab"))), "en")
    assert table.empty
    assert frontier.alt(table, "en") == "There is nothing to show yet."
    assert frontier.spec(table, 0, "en")["layer"]
