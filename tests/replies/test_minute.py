"""The klantminuut: never the same twice running, and everything in its turn."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.replies.minute import order, week_of

_KEYS = st.sets(st.text("abcdef0123456789", min_size=1, max_size=8), min_size=2, max_size=40)


@given(_KEYS, st.integers(0, 200_000))
def test_two_weeks_running_begin_with_something_else_and_all_is_shown_once(keys: set[str], week: int) -> None:
    now, then = order(keys, week), order(keys, week + 1)
    assert now[0] != then[0]
    assert sorted(now) == sorted(then) == sorted(keys)
    assert order(sorted(keys, reverse=True), week) == now


def test_what_comes_or_goes_in_between_does_not_bring_last_week_back() -> None:
    keys = {f"opmerking-{n}" for n in range(40)}
    for week in range(100, 140):
        shown = order(keys, week)[0]
        keys = keys - {f"opmerking-{week - 100}"} | {f"nieuw-{week}", shown}
        assert order(keys, week + 1)[0] != shown


@pytest.mark.parametrize("n", [5, 12, 31])
def test_everything_has_its_turn_in_some_week(n: int) -> None:
    keys = {f"opmerking-{at}" for at in range(n)}
    assert {order(keys, week)[0] for week in range(2 * n)} == keys


def test_the_order_is_shuffled_not_that_of_the_list() -> None:
    keys = [f"{at:02}" for at in range(20)]
    assert order(keys, 0) != keys and order(keys, 0) != keys[::-1]


def test_a_week_begins_on_monday() -> None:
    sunday = dt.date(2026, 11, 22)
    assert [week_of(sunday + dt.timedelta(days=step)) - week_of(sunday) for step in (-6, 0, 1, 7, 8)] == [0, 0, 1, 1, 2]


def test_one_thing_is_shown_every_week_and_nothing_is_nothing() -> None:
    assert order(["a"], 3) == order(["a"], 4) == ["a"]
    assert order([], 3) == []
