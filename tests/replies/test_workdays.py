"""Working days between two days, over the Dutch holidays."""

import datetime as dt

import pytest

from feedback.replies.workdays import between, easter, holidays


@pytest.mark.parametrize(
    ("year", "month", "day"),
    # Meeus's own worked examples (1818, 1954, 1991, 2000) and recent years; 2038 is the latest day there is.
    [
        (1818, 3, 22),
        (1954, 4, 18),
        (1991, 3, 31),
        (2000, 4, 23),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2038, 4, 25),
    ],
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == dt.date(year, month, day)


def test_holidays_of_2026() -> None:
    assert [f"{day:%d-%m}" for day in holidays(2026)] == "01-01 03-04 06-04 27-04 05-05 14-05 25-05 25-12 26-12".split()


def test_the_king_does_not_celebrate_on_a_sunday() -> None:
    assert dt.date(2025, 4, 26) in holidays(2025)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2026-03-17", "2026-03-17", 0),
        ("2026-03-17", "2026-03-16", 0),
        ("2026-03-17", "2026-03-18", 1),
        ("2026-03-20", "2026-03-23", 1),  # over a weekend
        ("2026-04-02", "2026-04-07", 1),  # over Easter
        ("2026-12-24", "2027-01-04", 5),  # over the turn of the year
    ],
)
def test_working_days_between(since: str, until: str, days: int) -> None:
    assert between(dt.date.fromisoformat(since), dt.date.fromisoformat(until)) == days
