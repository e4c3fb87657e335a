"""A saving was felt, was not, or nobody knows: by the grade first, by the tone where there are too few grades."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback import felt
from feedback.felt import Compared
from feedback.savings import book

DAY = pd.Timestamp("2026-01-01")


def scores(before: list[float], after: list[float], *, area: str = "ict", kind: str = "survey") -> pd.DataFrame:
    """Give grades half a year before and after, each of another person."""
    dates = [DAY - pd.Timedelta(days=180)] * len(before) + [DAY + pd.Timedelta(days=180)] * len(after)
    n = len(dates)
    return pd.DataFrame(
        {
            "score_id": range(n), "session_id": [1] * len(before) + [2] * len(after), "question": "Cijfer", "area": area,
            "scale_low": 1.0, "scale_high": 10.0, "grade": [*before, *after], "row": range(n), "batch_id": 1, "kind": kind,
            "date": pd.to_datetime(dates), "person": [f"p{at}" for at in range(n)],
        }
    )  # fmt: skip


def remarks(before: tuple[int, int], after: tuple[int, int], area: str = "ict") -> pd.DataFrame:
    """Give remarks: how many negative, of how many, on both sides."""
    (bad, n), (bad2, n2) = before, after
    return pd.DataFrame(
        {
            "area": area, "area2": None, "sentiment": ["neg"] * bad + ["neu"] * (n - bad) + ["neg"] * bad2 + ["pos"] * (n2 - bad2),
            "date": pd.to_datetime([DAY - pd.Timedelta(days=9)] * n + [DAY] * n2),
        }
    )  # fmt: skip


def verdict(grades: pd.DataFrame, said: pd.DataFrame, taken_on: object = DAY, area: object = "ict") -> tuple[str, str]:
    ideas = pd.DataFrame({"idea_id": [7], "area": [area], "taken_on": [taken_on]})
    row = felt.measured(ideas, grades, said).iloc[0]
    return row["verdict"], row["by"]


FLAT = [6.0, 7.0, 8.0] * 12
NONE = remarks((0, 0), (0, 0))


def test_a_grade_that_falls_is_felt_and_one_that_stays_is_not() -> None:
    assert verdict(scores(FLAT, [grade - 2 for grade in FLAT]), NONE) == ("felt", "grade")
    assert verdict(scores(FLAT, FLAT), NONE) == ("unfelt", "grade")
    assert verdict(scores(FLAT, [grade + 1 for grade in FLAT]), NONE) == ("unfelt", "grade")


def test_few_grades_or_a_wide_interval_are_no_proof_that_nothing_was_felt() -> None:
    assert verdict(scores(FLAT[:9], FLAT), NONE) == ("few", "grade")
    assert verdict(scores([2.0, 9.0] * 6, [2.0, 9.0] * 6), NONE) == ("unsure", "grade")


def test_the_tone_tells_where_grades_are_few_and_warns_where_they_are_not() -> None:
    none = scores([], [])
    assert verdict(none, remarks((20, 100), (20, 100))) == ("unfelt", "tone")
    assert verdict(none, remarks((10, 60), (40, 60))) == ("felt", "tone")
    assert verdict(none, remarks((2, 29), (2, 29))) == ("few", "grade")
    assert verdict(scores(FLAT, FLAT), remarks((10, 60), (40, 60))) == ("felt", "tone")


def test_what_lies_elsewhere_or_more_than_a_year_away_tells_nothing() -> None:
    fallen = scores(FLAT, [grade - 2 for grade in FLAT])
    assert verdict(fallen, NONE, area="hr") == ("few", "grade")
    assert verdict(fallen, NONE, DAY + pd.Timedelta(days=600)) == ("few", "grade")
    mixed = pd.concat([scores(FLAT, []), scores([], FLAT, kind="session")])
    assert verdict(mixed, NONE) == ("few", "grade")
    assert verdict(fallen, NONE, pd.NaT)[0] == "no_date"
    assert verdict(fallen, NONE, area=None)[0] == "no_area"


def test_before_and_after_are_of_one_kind_of_session() -> None:
    survey, meeting = scores(FLAT, FLAT), scores([], [grade - 2 for grade in FLAT], kind="session")
    given = pd.concat([survey, meeting]).assign(recommends=False)
    found, kind = felt.sides(given, DAY)
    assert kind == "survey" and found["n"].to_list() == [len(FLAT)] * 2
    assert found.loc["before", "grade"] == found.loc["after", "grade"]
    nothing, kind = felt.sides(given.iloc[:0], DAY)
    assert kind == "" and list(nothing.index) == ["before", "after"] and nothing["n"].isna().all()


def test_the_interval_is_welchs() -> None:
    # Student's sleep data (1908), as R's t.test documents them: the step lies between -0.2055 and 3.3655.
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = felt.grades(scores(first, second).assign(recommends=False), "ict", DAY)
    assert (found.low, found.high) == pytest.approx((-3.3655, 0.2055), abs=1e-4)
    assert found.verdict == "unfelt" and not math.isnan(found.before)


EUROS = st.one_of(st.none(), st.integers(0, 10**7))


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(EUROS, EUROS, EUROS, st.sampled_from(["felt", "unfelt", "unsure", "few", "no_date", "no_area"])),
        max_size=20,
    )
)
def test_what_was_realised_is_unfelt_felt_or_unknown_and_nothing_else(
    rows: list[tuple[int | None, int | None, int | None, str]],
) -> None:
    table = pd.DataFrame(rows, columns=["eur", "eur_agreed", "eur_realised", "verdict"])
    table["idea_id"] = np.arange(len(table))
    found = book.totals(table.astype({"eur": float}), table)
    assert found.unfelt + found.felt + found.unknown == pytest.approx(found.realised)
    assert found.n_unfelt + found.n_felt + found.n_unknown == found.n_realised
    assert found.agreed == sum(row[1] or 0 for row in rows)
    assert found.unfelt == sum(row[2] or 0 for row in rows if row[3] == "unfelt")


def test_worse_is_worse_whichever_figure_says_so() -> None:
    def of(verdict: felt.Verdict) -> Compared:
        return Compared(7, 6, 40, 40, 0, 1, verdict)

    assert felt.verdict(of("unfelt"), of("felt")) == ("felt", "tone")
    assert felt.verdict(of("unsure"), of("unfelt")) == ("unsure", "grade")
    assert felt.verdict(of("few"), of("unfelt")) == ("unfelt", "tone")
