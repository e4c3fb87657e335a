"""Measured values pasted or from a file."""

from __future__ import annotations

import pandas as pd
import pytest

from feedback.areas.periods import month
from feedback.areas.value_lines import MOST_LINES, read

REGISTER = pd.DataFrame(
    {
        "agreement_id": [3, 8],
        "text": ["De servicedesk neemt op.", "Een laptop is vervangen."],
        "unit": ["percent", "workdays"],
    }
)
MARCH, APRIL = month(2026, 3), month(2026, 4)


@pytest.mark.parametrize(
    "text",
    ["maart 2026; 93,5\napril 2026; 95", "maart 2026\t93,5\napril 2026\t95", "maart 2026, 93,5\n2026-04, 95",
     "periode;waarde\n2026-03;93,5%\n\n2026-04;95%", "maart 2026; 93,5\napril 2026\t95", "maart 2026, 93,5\napril 2026; 95;"],
)  # fmt: skip
def test_lines_of_one_agreement(text: str) -> None:
    found = read(text, REGISTER, only=3)
    assert found.values == {(3, MARCH): 93.5, (3, APRIL): 95}
    assert found.wrong == {}


def test_a_file_names_agreements_by_text_or_number() -> None:
    text = "\ufeffafspraak;periode;waarde\nde servicedesk neemt op.;maart 2026;93,5\n8;april 2026;3 werkdagen\n"
    assert read(text, REGISTER).values == {(3, MARCH): 93.5, (8, APRIL): 3}


def test_an_empty_value_takes_away_what_stood_there() -> None:
    assert read("maart 2026;", REGISTER, only=3).values == {(3, MARCH): None}


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("ooit; 3", "period"), ("april 2026; veel", "value"), ("april 2026; 140", "value_range"), ("alleen dit 1", "line_of_one"),
        ("8; april 2026; 3", "line_of_one"), ("2026-03; 80", "value_twice"),
    ],
)  # fmt: skip
def test_a_line_that_is_wrong_is_named(line: str, key: str) -> None:
    found = read(f"maart 2026; 90\n{line}", REGISTER, only=3)
    assert {number: error.key for number, error in found.wrong.items()} == {2: f"areas.error.{key}"}


def test_too_many_lines_are_refused() -> None:
    found = read("maart 2026; 90\n" * (MOST_LINES + 1), REGISTER, only=3)
    assert found.wrong[MOST_LINES + 1].key == "areas.error.many_lines"


def test_a_line_of_several_agreements_that_is_wrong_is_named() -> None:
    found = read("3; maart 2026; 90\nonbekend 1; maart 2026; 3\nmaart 2026; 3", REGISTER)
    assert {at: error.key for at, error in found.wrong.items()} == {
        2: "areas.error.agreement_unknown", 3: "areas.error.line",
    }  # fmt: skip


def test_the_same_period_twice_names_both_lines() -> None:
    found = read("maart 2026; 90\n\n2026-03; 91", REGISTER, only=3)
    assert {at: error.values for at, error in found.wrong.items()} == {3: {"first": 1}}


def test_a_name_between_quotes_may_go_on_over_lines_and_lines_are_counted_as_seen() -> None:
    table = REGISTER.assign(text=["De servicedesk\nneemt op.", "Een laptop is vervangen."])
    found = read('"De servicedesk\nneemt op.";maart 2026;93,5\n8;ooit;3', table)
    assert found.values == {(3, MARCH): 93.5}
    assert list(found.wrong) == [3]
