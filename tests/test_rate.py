"""Whoever asks too often waits; nobody else does."""

from __future__ import annotations

from feedback.rate import Rate


def test_who_asks_too_often_waits() -> None:
    rate = Rate(3)
    assert [rate.wait("a", 0.0) for _ in range(4)] == [0, 0, 0, 20]
    assert rate.wait("b", 0.0) == 0
    assert (rate.wait("a", 15.0), rate.wait("a", 20.5), rate.wait("a", 20.5)) == (5, 0, 20)


def test_fewer_at_once_than_in_a_minute() -> None:
    rate = Rate(12, burst=2)
    assert [rate.wait("a", 0.0) for _ in range(3)] == [0, 0, 5]
    assert [rate.wait("a", 3600.0) for _ in range(3)] == [0, 0, 5]


def test_asking_how_long_counts_nothing() -> None:
    rate = Rate(1)
    assert [rate.would_wait("a", 0.0) for _ in range(3)] == [0, 0, 0]
    assert rate.wait("a", 0.0) == 0
    assert rate.would_wait("a", 30.0) == 30
