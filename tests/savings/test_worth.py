"""Votes on what services are worth: read as people type them, and no small group can be worked out of what is shown."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.i18n import UserError
from feedback.savings import worth

AREAS = {"ICT": 1, "Financiën": 2}
WHO = {"Gemeente Elzen": 10, "Waterschap": 20}
DAY = pd.Timestamp("2026-10-13")


def votes(*rows: tuple[str, str, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["area", "organisation", *worth.COLUMNS]).assign(asked_on=DAY)


@pytest.mark.parametrize(
    "typed",
    [
        "ICT; Gemeente Elzen; 4; 9; 2",
        "dienst\torganisatie\tmeer\tzo houden\tkan minder\nict\tgemeente elzen\t4\t9\t2",
        "\n ICT, gemeente ELZEN, 4, 9, 2 \n\nfinancien, Waterschap, 0, , 0",
    ],
)
def test_totals_are_read_as_they_are_typed_or_pasted(typed: str) -> None:
    assert worth.read(typed, AREAS, WHO) == {(1, 10): (4, 9, 2)}


@pytest.mark.parametrize(
    ("typed", "key", "told"),
    [
        ("ICT; Gemeente Elzen; 4", "savings.error.worth_columns", "1"),
        ("ICT; Waterschap; 4; 9; 2\n\nKantine; Waterschap; 1; 2; 3", "savings.error.worth_area", "Kantine"),
        ("ICT; Provincie; 1; 2; 3", "savings.error.worth_organisation", "Provincie"),
        ("ICT; Waterschap; 1; -2; 3", "savings.error.worth_number", "-2"),
        ("ICT; Waterschap; 1; 2,5; 3", "savings.error.worth_number", "2,5"),
        ("ict; Waterschap; 1; 2; 3\nICT; waterschap; 1; 2; 3", "savings.error.worth_twice", "2"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(typed: str, key: str, told: str) -> None:
    with pytest.raises(UserError) as error:
        worth.read(typed, AREAS, WHO)
    assert error.value.key == key and told in error.value.message("nl")


def test_what_is_written_is_read_the_same() -> None:
    held = votes(("ict", "Waterschap", 1200, 2, 3), ("financien", "Gemeente Elzen", 0, 1, 0))
    text = worth.write(held, {"ict": "ICT", "financien": "Financiën"})
    assert worth.read(text, AREAS, WHO) == {(1, 20): (1200, 2, 3), (2, 10): (0, 1, 0)}


def test_the_service_that_can_do_with_less_comes_first_and_a_tie_changes_nothing() -> None:
    found = worth.totals(
        votes(("ict", "A", 6, 1, 1), ("hr", "A", 0, 4, 4), ("hr", "B", 0, 0, 0), ("post", "A", 1, 1, 6))
    )
    assert found["area"].to_list() == ["post", "hr", "ict"]
    assert found["lead"].to_list() == ["less", "keep", "more"]
    assert worth.totals(votes()).empty


def test_only_the_last_vote_on_a_service_counts() -> None:
    old = votes(("ict", "A", 9, 0, 0), ("hr", "A", 9, 0, 0)).assign(asked_on=DAY - pd.Timedelta(days=90))
    found = worth.latest(pd.concat([old, votes(("ict", "B", 0, 9, 0))]))
    assert sorted(zip(found["area"], found["organisation"], strict=True)) == [("hr", "A"), ("ict", "B")]


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).filter(any), min_size=1, max_size=7),
    st.integers(1, 8),
)
def test_no_small_group_follows_from_the_total_and_what_is_shown(
    counts: list[tuple[int, int, int]], least: int
) -> None:
    table = votes(*(("ict", f"o{at}", *row) for at, row in enumerate(counts)))
    shown = worth.may_show(table, least)
    sizes = table[list(worth.COLUMNS)].sum(axis=1)
    assert (sizes[shown] >= least).all()
    # Where fewer than that voted at all, the page shows no total.
    assert shown.all() or sizes[~shown].sum() >= least or sizes.sum() < least
