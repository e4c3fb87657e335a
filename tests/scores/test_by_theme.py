from __future__ import annotations

import pandas as pd
import pytest

from feedback.scores.by_theme import theme_grades


def remarks(*rows: tuple[int, str | None, str | None, str | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["row", "theme", "area", "person"])
    return table.assign(batch_id=1)


def scores(*rows: tuple[int, str | None, float, str | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["row", "area", "grade", "person"])
    same = {"batch_id": 1, "session_id": 1, "question": "cijfer", "scale_low": 1.0, "scale_high": 10.0}
    return table.assign(score_id=range(len(rows)), **same)


def test_the_grade_for_the_area_goes_before_the_general_one() -> None:
    found = theme_grades(remarks((1, "traag", "ict", "a")), scores((1, "ict", 4.0, "a"), (1, None, 9.0, "a")))
    assert found.loc["traag", "grade"] == 4


def test_the_general_grade_where_there_is_no_other() -> None:
    found = theme_grades(remarks((1, "traag", "ict", "a")), scores((1, "hr", 4.0, "a"), (1, None, 9.0, "a")))
    assert found.loc["traag", "grade"] == 9


def test_every_person_counts_once() -> None:
    found = theme_grades(
        remarks((1, "traag", "ict", "a"), (2, "traag", "ict", "a"), (3, "traag", "ict", "b")),
        scores((1, None, 2.0, "a"), (2, None, 4.0, "a"), (3, None, 9.0, "b")),
    )
    assert found.loc["traag", "grade"] == pytest.approx(6)
    assert found.loc["traag", "n"] == 2


def test_two_remarks_of_one_row_do_not_double_a_grade() -> None:
    found = theme_grades(
        remarks((1, "traag", "ict", None), (1, "traag", "ict", None)),
        scores((1, None, 5.0, None), (1, None, 5.0, None)),
    )
    assert found.loc["traag", "n"] == 1


def test_no_scores_no_grades() -> None:
    assert theme_grades(remarks((1, "traag", "ict", "a")), scores()).empty
    assert theme_grades(remarks((1, None, "ict", "a")), scores((1, None, 5.0, "a"))).empty


def test_would_you_recommend_us_is_not_mixed_with_the_grade() -> None:
    given = scores((1, None, 8.0, "a"), (1, None, 2.0, "a")).assign(question=["cijfer", "NPS"])
    assert theme_grades(remarks((1, "traag", "ict", "a")), given).loc["traag", "grade"] == 8
