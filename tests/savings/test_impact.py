"""Pain is the sum of harm times clients; what is unknown is never nought."""

from __future__ import annotations

import pandas as pd
import pytest

from feedback.savings import impact
from feedback.savings.impact import Cuts

ORGANISATIONS = pd.DataFrame(
    {
        "organisation_id": [1, 2, 3],
        "organisation": ["Gemeente Elzen", "Waterschap Drielanden", "Hogeschool Berkum"],
        "clients": pd.array([900, 400, None], dtype="Int64"),
    }
)


def impacts(*rows: tuple[int, int, float]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["idea_id", "organisation_id", "impact"])
    return frame.assign(source="typed")


def ideas(**columns: list[object]) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    usual = {
        "idea_id": list(range(1, n + 1)),
        "eur_low": [1000.0] * n,
        "eur_high": [1000.0] * n,
        "status": ["confirmed"] * n,
    }
    return pd.DataFrame({**usual, **columns})


def test_pain_is_harm_times_clients_summed_over_organisations() -> None:
    found = impact.pain(impacts((1, 1, -2), (1, 2, -1)), ORGANISATIONS.iloc[:2])
    assert found.loc[1].to_list() == [2 * 900 + 400, 0]


def test_help_for_one_does_not_make_up_for_harm_to_another() -> None:
    assert impact.pain(impacts((1, 1, -1), (1, 2, 5)), ORGANISATIONS.iloc[:2]).loc[1, "pain"] == 900


def test_an_organisation_that_was_not_asked_is_unknown_not_nought() -> None:
    found = impact.pain(impacts((1, 1, -1)), ORGANISATIONS)
    assert found.loc[1].to_list() == [900, 2]


def test_harm_to_an_unknown_number_of_clients_is_unknown() -> None:
    found = impact.pain(impacts((1, 3, -1)), ORGANISATIONS)
    assert pd.isna(found.loc[1, "pain"])
    assert found.loc[1, "unknown"] == 3


def test_who_is_not_hurt_needs_no_number_of_clients() -> None:
    found = impact.pain(impacts((1, 1, 0), (1, 2, 0), (1, 3, 2)), ORGANISATIONS)
    assert found.loc[1].to_list() == [0, 0]


def test_an_idea_nobody_was_asked_about_has_no_known_pain() -> None:
    weighed = impact.weigh(ideas(idea_id=[7]), impacts(), ORGANISATIONS)
    assert pd.isna(weighed["pain"].iloc[0])
    assert weighed[["unknown", "known"]].iloc[0].to_list() == [3, False]


def test_a_panel_without_organisations_knows_no_pain() -> None:
    weighed = impact.weigh(ideas(idea_id=[1]), impacts(), ORGANISATIONS.iloc[:0])
    assert not weighed["known"].iloc[0]


def test_a_range_counts_for_its_middle() -> None:
    weighed = impact.weigh(ideas(eur_low=[1000, None], eur_high=[3000, None]), impacts(), ORGANISATIONS)
    assert weighed["eur"].iloc[0] == 2000
    assert pd.isna(weighed["eur"].iloc[1])


def test_whom_an_idea_hits_hardest_stands_first_and_the_unknown_last() -> None:
    table = impact.by_organisation(1, impacts((1, 1, -1), (1, 2, -3), (2, 3, -5)), ORGANISATIONS)
    assert table["organisation"].to_list() == ["Waterschap Drielanden", "Gemeente Elzen", "Hogeschool Berkum"]
    assert table["pain"].to_list()[:2] == [1200, 900]
    assert pd.isna(table["impact"].iloc[2])


@pytest.mark.parametrize(
    ("eur", "pain", "known", "expected"),
    [
        (500, 10, True, "do"),
        (500, 11, True, "explore"),
        (499, 10, True, "later"),
        (499, 11, True, "dont"),
        (500, 10, False, "explore"),
        (499, 10, False, "explore"),
        (499, 11, False, "dont"),
        (500, None, False, "explore"),
        (None, 0, False, "explore"),
        (None, 99, False, "explore"),
    ],
)
def test_quadrants(eur: float | None, pain: float | None, known: bool, expected: str) -> None:
    found = impact.quadrant(
        pd.Series([eur], dtype=float),
        pd.Series([pain], dtype=float),
        pd.Series([known]),
        Cuts(eur=500, pain=10),
    )
    assert found.to_list() == [expected]


def test_the_usual_limits_are_the_middle_idea_and_half_a_point_for_every_client() -> None:
    weighed = impact.weigh(ideas(eur_low=[100, 200, 900], eur_high=[100, 200, 900]), impacts(), ORGANISATIONS)
    assert impact.usual_cuts(weighed, ORGANISATIONS) == Cuts(eur=200, pain=650)


def test_limits_without_ideas_and_organisations_are_nought() -> None:
    weighed = impact.weigh(ideas(idea_id=[]), impacts(), ORGANISATIONS.iloc[:0])
    assert impact.usual_cuts(weighed, ORGANISATIONS.iloc[:0]) == Cuts(eur=0, pain=0)


def test_least_pain_leaves_out_what_is_unknown_or_decided_and_puts_more_euros_first() -> None:
    all_known = [(idea, organisation, 0) for idea in (1, 2, 3) for organisation in (1, 2, 3)]
    known = impacts(*all_known, *((4, organisation, -1) for organisation in (1, 2)), (4, 3, 0), (5, 1, 0))
    frame = ideas(
        eur_low=[100, 900, 500, 700, 100, 100], eur_high=[100, 900, 500, 700, 100, 100],
        status=["confirmed", "confirmed", "refused", "spotted", "confirmed", "confirmed"],
    )  # fmt: skip
    weighed = impact.weigh(frame, known, ORGANISATIONS)
    assert impact.least_pain(weighed)["idea_id"].to_list() == [2, 1, 4]
    assert impact.least_pain(weighed, 1)["idea_id"].to_list() == [2]


def test_what_was_only_derived_counts_as_pain_but_not_as_known() -> None:
    told = impacts((1, 1, -1), (1, 2, 0))
    sure = impact.weigh(ideas(idea_id=[1]), told.assign(people=pd.NA), ORGANISATIONS.iloc[:2])
    derived = impact.weigh(ideas(idea_id=[1]), told.assign(people=[6, pd.NA]), ORGANISATIONS.iloc[:2])
    assert sure[["pain", "derived", "known"]].iloc[0].to_list() == [900, 0, True]
    assert derived[["pain", "derived", "known"]].iloc[0].to_list() == [900, 1, False]
