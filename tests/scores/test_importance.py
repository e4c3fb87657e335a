"""Importance against performance, and what drives the grade."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from feedback.scores import importance

# Martilla & James 1977, figure 1: mean importance (of 4) and mean performance of a car dealer's service.
DEALER = {
    "job done right": (3.83, 2.63), "complaints": (3.63, 2.73), "warranty": (3.60, 3.15), "any job": (3.56, 3.00),
    "available": (3.41, 3.05), "courteous": (3.41, 3.29), "ready": (3.38, 3.03), "only necessary": (3.37, 3.11),
    "low prices": (3.29, 2.00), "clean up": (3.27, 3.02), "near home": (2.52, 2.25), "near work": (2.43, 2.49),
    "buses": (2.37, 2.35), "notices": (2.05, 3.33),
}  # fmt: skip


def test_the_car_dealer_of_martilla_and_james() -> None:
    table = pd.DataFrame.from_dict(DEALER, orient="index", columns=["importance", "grade"])
    found, cut, line = importance.quadrants(table)
    assert (round(cut, 2), round(line, 2)) == (3.15, 2.82)
    groups = {name: sorted(part.index) for name, part in found.groupby("quadrant")}
    assert groups["first"] == ["complaints", "job done right", "low prices"]
    assert groups["later"] == ["buses", "near home", "near work"]
    assert groups["less"] == ["notices"]
    assert len(groups["keep"]) == 7


def test_a_place_whose_interval_crosses_a_line_is_not_sure() -> None:
    table = pd.DataFrame({"importance": [9, 5.0], "grade": [6, 8.0], "low": [5.5, 6.9], "high": [6.5, 9.1]})
    found, _, _ = importance.quadrants(table)
    assert list(found["sure"]) == [True, False]


def scores(n: int = 40, *, seed: int = 1) -> pd.DataFrame:
    """People who grade two services and the whole; the whole follows the first."""
    rng = np.random.default_rng(seed)
    ict, hr = rng.normal(6, 1, n), rng.normal(7, 1, n)
    whole = 0.8 * ict + rng.normal(1.2, 0.4, n)
    parts = [("ict", "Cijfer ICT", ict), ("hr", "Cijfer HR", hr), (None, "Cijfer algemeen", whole)]
    frames = [
        pd.DataFrame({"area": area, "question": question, "grade": grade, "row": range(n)})
        for area, question, grade in parts
    ]
    table = pd.concat(frames, ignore_index=True).assign(session_id=1, session="Enquête", kind="survey", batch_id=1)
    table = table.assign(scale_low=1.0, scale_high=10.0, date=pd.Timestamp("2026-09-15"), score_id=range(3 * n))
    return table.assign(person=[f"m{row}" for row in table["row"]])


def test_what_goes_with_the_whole_is_important() -> None:
    found = importance.derived(scores())
    assert found.loc["ict", "importance"] > 0.8 > 0.4 > abs(found.loc["hr", "importance"])
    assert found.loc["ict", "importance_n"] == 40
    assert found.loc["ict", "importance_low"] < found.loc["ict", "importance"] < found.loc["ict", "importance_high"]


def test_without_a_grade_for_the_whole_nothing_is_derived() -> None:
    table = scores()
    assert importance.derived(table[table["area"].notna()])["importance"].isna().all()
    assert importance.derived(table.iloc[:0]).empty


def test_what_people_say_is_important_is_of_the_last_session() -> None:
    table = scores(3).query("area == 'ict'").assign(question="Hoe belangrijk is ICT voor u?", grade=9.0)
    earlier = table.assign(session_id=0, grade=2.0, date=pd.Timestamp("2025-09-15"))
    found = importance.stated(pd.concat([table, earlier, scores(3)]))
    assert list(found.index) == ["ict"]
    assert found.loc["ict", ["importance", "importance_n"]].to_list() == [9, 3]


def test_importance_counts_in_no_grade() -> None:
    asked = scores(3).assign(question="Hoe belangrijk is dit voor u?")
    assert importance.derived(asked).empty


def remarks(people: list[int], theme: str = "wifi") -> pd.DataFrame:
    rows = pd.DataFrame({"theme": theme, "person": [f"m{at}" for at in people], "batch_id": 1, "row": people})
    return rows


def test_the_grade_without_the_people_of_a_theme_by_hand() -> None:
    table = scores(40).query("area.isna()").reset_index(drop=True)
    table["grade"] = [4.0, 5.0, 4.0, 5.0, 4.0, 5.0] + [7.0, 8.0] * 17
    found, n, grade = importance.drivers(remarks([*range(6), 0]), table)
    row = found.loc["wifi"]
    assert (n, round(grade, 3)) == (40, 7.05)
    assert (row["n"], row["grade"], row["n_without"], row["without"]) == (6, 4.5, 34, 7.5)
    assert row["pull"] == pytest.approx(-0.45)
    assert row["low"] < 7.5 < row["high"]
    assert row["p"] < 0.001


@pytest.mark.parametrize(("people", "graded"), [(4, 40), (12, 40)])
def test_few_speakers_or_few_others_say_nothing(people: int, graded: int) -> None:
    table = scores(graded).query("area.isna()")
    assert importance.drivers(remarks(list(range(people))), table)[0].empty


def test_without_grades_nothing_drives_them() -> None:
    found, n, grade = importance.drivers(remarks([1, 2]), scores().iloc[:0])
    assert found.empty and n == 0 and math.isnan(grade)
