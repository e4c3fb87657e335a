"""Before and after: shares with intervals, checked against the published examples."""

import pandas as pd
import pytest

from feedback.replies.helped import Share, difference, shares, verdict


def test_wilson_interval() -> None:
    # Newcombe, "Two-sided confidence intervals for the single proportion", Stat. Med. 17 (1998), table I, method 3.
    assert Share(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert Share(0, 20).interval == pytest.approx((0, 0.1611), abs=5e-5)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    # Newcombe (1998), table II, method 10: columns a, b, d and e.
    [
        (Share(56, 70), Share(48, 80), (0.0524, 0.3339)),
        (Share(9, 10), Share(3, 10), (0.1705, 0.8090)),
        (Share(5, 56), Share(0, 29), (-0.0381, 0.1926)),
        (Share(0, 10), Share(0, 20), (-0.1611, 0.2775)),
    ],
)
def test_newcombe_interval(before: Share, after: Share, expected: tuple[float, float]) -> None:
    assert difference(before, after) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (Share(20, 100), Share(5, 100), "less"),
        (Share(5, 100), Share(20, 100), "more"),
        (Share(12, 100), Share(9, 100), "same"),
        (Share(20, 100), Share(0, 29), "few"),
    ],
)
def test_what_is_said_needs_numbers_and_an_interval_without_zero(before: Share, after: Share, said: str) -> None:
    assert verdict(before, after) == said


def test_remarks_on_the_day_itself_are_before() -> None:
    days = pd.to_datetime(["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-03", "2026-03-04"])
    remarks = pd.DataFrame({"theme": ["a", "a", "a", "b", None], "date": days})
    assert shares(remarks, "a", pd.Timestamp("2026-03-02")) == (Share(2, 2), Share(1, 2))
