"""What remarks tell of pain: shares of people, never of few, never over what was told."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.savings.derived import derived, hurts

ORGANISATIONS = pd.DataFrame(
    {"organisation_id": [1, 2], "organisation": ["Elzen", "Berkum"], "clients": [900, None]}
).astype({"clients": "Int64"})
NOTHING = pd.DataFrame({"idea_id": [], "organisation_id": []}, dtype="int64")
BAD, GOOD = ("De kantine is vies.", "neg", False), ("De kantine is fijn.", "pos", False)


def panel(*rows: tuple[Any, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(idea, organisation, person, (text, sentiment, is_saving)) as evidence and remarks."""
    remarks = pd.DataFrame(
        [(at, organisation, person, *said) for at, (_, organisation, person, said) in enumerate(rows)],
        columns=["remark_id", "organisation_id", "person", "text", "sentiment", "is_saving"],
    ).astype({"organisation_id": "Int64"})
    return pd.DataFrame({"idea_id": [row[0] for row in rows], "remark_id": range(len(rows))}), remarks


def people(idea: int, organisation: int, said: list[Any], start: int = 0) -> list[tuple[Any, ...]]:
    return [(idea, organisation, f"p{organisation}-{start + at}", one) for at, one in enumerate(said)]


def impacts(*rows: tuple[Any, ...], told: pd.DataFrame = NOTHING) -> dict[tuple[int, int], tuple[float, int]]:
    found = derived(*panel(*rows), told, ORGANISATIONS, 5)
    assert set(found["source"]) <= {"remarks"}
    return {(row.idea_id, row.organisation_id): (row.impact, row.people) for row in found.itertuples()}


def test_the_share_of_people_who_complain_is_the_impact() -> None:
    assert impacts(*people(7, 1, [BAD, BAD, BAD, GOOD, GOOD])) == {(7, 1): (-3, 5)}
    assert impacts(*people(7, 1, [GOOD] * 5)) == {(7, 1): (0, 5)}


def test_a_person_counts_once_by_what_hurts_most() -> None:
    once = people(7, 1, [GOOD] * 5)
    assert impacts(*once, (7, 1, "p1-0", BAD), (7, 1, "p1-0", BAD)) == {(7, 1): (-1, 5)}


def test_below_the_threshold_it_stays_unknown() -> None:
    assert impacts(*people(7, 1, [BAD] * 4)) == {}
    assert impacts(*people(7, 1, [BAD] * 4), (7, 1, None, BAD)) == {}


def test_what_was_told_goes_first() -> None:
    told = pd.DataFrame({"idea_id": [7], "organisation_id": [1]})
    both = people(7, 1, [BAD] * 5) + people(7, 2, [BAD] * 5)
    assert impacts(*both, told=told) == {(7, 2): (-5, 5)}


def test_no_two_ideas_differ_by_a_small_group() -> None:
    five, six = people(7, 1, [BAD] * 5), people(8, 1, [BAD] * 5 + [GOOD])
    assert set(impacts(*five, *six)) == {(7, 1)}
    assert set(impacts(*five, *people(8, 1, [BAD] * 5))) == {(7, 1), (8, 1)}
    assert set(impacts(*five, *people(8, 1, [BAD] * 10))) == {(7, 1), (8, 1)}
    assert set(impacts(*five, *people(8, 1, [GOOD] * 6, start=3))) == {(7, 1), (8, 1)}


@pytest.mark.parametrize(("text", "tone", "is_saving", "pain"), [
    ("Het is vies.", "neg", False, 1), ("Fijn, maar duur.", "mixed", False, 0.5), ("Het is zo.", "neu", False, 0),
    ("Ik sta een uur in de wacht.", "neu", False, 1), ("Ik hoef nooit te wachten.", "pos", False, 0),
    ("Schaf die dure koffie af.", "neg", True, 0),
])  # fmt: skip
def test_what_hurts(text: str, tone: str, is_saving: bool, pain: float) -> None:
    table = pd.DataFrame({"text": [text], "sentiment": [tone], "is_saving": [is_saving]})
    assert hurts(table).tolist() == [pain]


def test_nothing_gives_nothing() -> None:
    remarks = panel(*people(7, 1, [BAD]))[1]
    empty = pd.DataFrame({"idea_id": [], "remark_id": []}, dtype="int64")
    assert derived(empty, remarks, NOTHING, ORGANISATIONS, 5).empty
    assert derived(empty, remarks.iloc[:0], NOTHING, ORGANISATIONS.iloc[:0], 5).empty


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 11), st.booleans()), max_size=80), st.integers(2, 6))
@settings(max_examples=15)
def test_whatever_is_linked_no_figure_and_no_difference_of_two_is_of_few(
    said: list[tuple[int, int, bool]], threshold: int
) -> None:
    rows = [(idea, 1, f"p{person}", BAD if bad else GOOD) for idea, person, bad in said]
    evidence, remarks = panel(*rows)
    found = derived(evidence, remarks, NOTHING, ORGANISATIONS, threshold)
    behind = {idea: {f"p{person}" for other, person, _ in said if other == idea} for idea in found["idea_id"]}
    assert all(len(group) >= threshold for group in behind.values())
    for one in behind.values():
        assert not any(one < other and len(other - one) < threshold for other in behind.values())
    assert found["impact"].between(-5, 0).all()
