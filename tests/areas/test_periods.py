"""Periods and values as people type them."""

from __future__ import annotations

import datetime as dt

import pytest

from feedback.areas.periods import parse_period, parse_value, period_name
from feedback.i18n import LANGUAGES, UserError


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("03-2026", "2026-03-01", "2026-03-31"),
        ("Maart 2026", "2026-03-01", "2026-03-31"),
        ("feb. 2028", "2028-02-01", "2028-02-29"),
        ("K1 2026", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2e kwartaal 2026", "2026-04-01", "2026-06-30"),
        ("week 1 2026", "2025-12-29", "2026-01-04"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("1-1-2026 t/m 15-2-2026", "2026-01-01", "2026-02-15"),
        ("2026-01-01 - 2026-02-15", "2026-01-01", "2026-02-15"),
    ],
)
def test_a_period_is_understood_and_its_name_is_too(text: str, first: str, last: str) -> None:
    found = parse_period(text)
    assert found == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert all(parse_period(period_name(*found, language)) == found for language in LANGUAGES)


@pytest.mark.parametrize(
    "text", ["", "ooit", "maart", "2026-13", "31-2-2026 t/m 1-3-2026", "2-1-2026 t/m 1-1-2026", "week 54 2026"]
)
def test_what_is_no_period_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_period(text)
    assert "maart 2026" in refused.value.message("nl")


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("97,5 %", "percent", 97.5), ("97.5", "percent", 97.5), ("100 procent", "percent", 100), ("4:30", "hours", 4.5),
        ("4u30", "hours", 4.5), ("4,5 uur", "hours", 4.5), ("12:15", "minutes", 12.25), ("1.250", "number", 1250),
        ("1.250.000", "euro", 1_250_000), ("€ 12,5k", "euro", 12_500), ("0,3 mln", "euro", 300_000),
        ("3 werkdagen", "workdays", 3), ("7,2", "grade", 7.2), ("0", "number", 0),
    ],
)  # fmt: skip
def test_a_value_is_read_in_dutch_notation(text: str, unit: str, value: float) -> None:
    assert parse_value(text, unit) == value


@pytest.mark.parametrize(
    ("text", "unit"),
    [("", "number"), ("veel", "percent"), ("4:75", "hours"), ("120", "percent"), ("11", "grade"), ("-3", "days")],
)
def test_another_value_is_refused(text: str, unit: str) -> None:
    with pytest.raises(UserError):
        parse_value(text, unit)
