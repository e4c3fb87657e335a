"""Sizes and trends, on examples that can be checked by hand or in a book."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from feedback.themes import trend

DAYS = pd.to_datetime(["2026-03-17", "2026-06-16", "2026-10-13"])


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["theme", "person", "session_id"])
    table["session"] = "Sessie " + table["session_id"].astype("str")
    table["date"] = [DAYS[int(number) - 1] for number in table["session_id"]]
    return table.astype(dict.fromkeys(("theme", "person", "session"), "category"))


def said(theme: str | None, session_id: int, people: range | list[Any]) -> list[dict[str, Any]]:
    """One remark each; people by number, None for an unknown one."""
    names = [None if who is None else f"m{who}" for who in people]
    return [{"theme": theme, "person": name, "session_id": session_id} for name in names]


def test_sizes_count_people_and_remarks_apart() -> None:
    table = trend.theme_sizes(frame(said("mail", 1, [1, 1, 2, None]) + said("wifi", 1, [1]) + said(None, 1, [3])))
    assert table.loc["mail", ["remarks", "people", "unknown"]].tolist() == [4, 2, 1]
    assert list(table.index) == ["mail", "wifi"]


@pytest.mark.parametrize(
    ("people", "loud"),
    [
        ([1, 1, 2], True),  # two of three
        ([1, 1], False),  # fewer than three remarks
        ([1, 1, 2, 3], False),  # half is not more than half
        ([1, 1, 1, 2, 3, None, None], True),  # the unknown do not count
        ([None] * 5, False),
    ],
)
def test_one_loud_voice(people: list[int | None], loud: bool) -> None:
    assert bool(trend.theme_sizes(frame(said("mail", 1, people))).loc["mail", "loud"]) is loud


def test_counts_a_session_hold_zeros_and_the_people_who_spoke() -> None:
    counts = trend.session_counts(frame(said("mail", 1, [1, 1, 2]) + said("wifi", 2, [1, None]) + said(None, 2, [5])))
    assert counts[["session_id", "theme", "remarks", "people", "of"]].to_numpy().tolist() == [
        [1, "mail", 3, 2, 2], [1, "wifi", 0, 0, 2], [2, "mail", 0, 0, 2], [2, "wifi", 2, 1, 2],
    ]  # fmt: skip
    assert counts["share"].tolist() == [1.0, 0.0, 0.0, 0.5]


def test_fisher_agrees_with_the_book() -> None:
    # Fisher (1935), The Design of Experiments, II: the lady tasting tea; of 8 cups 6 right. One-sided 17/70,
    # two-sided 34/70.
    assert trend.fisher(3, 1, 1, 3) == pytest.approx(34 / 70)


@pytest.mark.parametrize(
    "table", [(12, 8, 1, 19), (0, 20, 13, 7), (5, 0, 0, 5), (428, 1221, 3776, 11047), (0, 4, 0, 9)]
)
def test_fisher_agrees_with_scipy(table: tuple[int, int, int, int]) -> None:
    a, b, c, d = table
    assert trend.fisher(a, b, c, d) == pytest.approx(stats.fisher_exact([[a, b], [c, d]]).pvalue, rel=1e-9)


def test_benjamini_hochberg_agrees_with_its_paper() -> None:
    # Benjamini and Hochberg (1995), section 3.2: 15 tests after a heart attack; at 5 % the first four hold.
    p = [
        .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.0,
    ]  # fmt: skip
    assert trend.benjamini_hochberg(np.array(p), 0.05).tolist() == [True] * 4 + [False] * 11
    shuffled = np.random.default_rng(0).permutation(15)
    assert trend.benjamini_hochberg(np.array(p)[shuffled], 0.05).sum() == 4
    assert trend.benjamini_hochberg(np.array([]), 0.05).tolist() == []


def test_rising_falling_new_gone_and_steady() -> None:
    rows = (
        said("portaal", 1, [1]) + said("portaal", 3, range(12))
        + said("thuiswerken", 1, range(14)) + said("thuiswerken", 3, [1])
        + said("wifi", 1, range(13))
        + said("parkeren", 3, range(3))
        + said("mail", 1, range(5)) + said("mail", 3, range(4))
        + said(None, 1, range(20)) + said(None, 3, range(20))
    )  # fmt: skip
    table = trend.trends(frame(rows))
    assert table["change"].to_dict() == {
        "mail": "steady", "parkeren": "new", "portaal": "rising", "thuiswerken": "falling", "wifi": "gone",
    }  # fmt: skip
    assert table.loc["portaal", ["n_last", "n_before", "share_last", "share_before"]].tolist() == [
        12,
        1,
        0.6,
        0.05,
    ]
    assert table.loc["portaal", "p"] == pytest.approx(trend.fisher(12, 8, 1, 19))


def test_a_small_difference_is_steady() -> None:
    rows = said("mail", 1, range(2)) + said("mail", 2, range(4)) + said(None, 1, range(20)) + said(None, 2, range(20))
    assert trend.trends(frame(rows)).loc["mail", "change"] == "steady"


def test_three_sessions_before_are_three_chances_and_no_fall() -> None:
    # A third of thirty names the theme in every session, other people each time.
    days = pd.to_datetime(["2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01"])
    rows = [row for at in range(4) for row in said("mail", at + 1, [(10 * at + i) % 30 for i in range(10)])]
    rows += [row for at in range(4) for row in said(None, at + 1, range(30))]
    table = pd.DataFrame(rows).assign(session="s", date=lambda f: [days[int(n) - 1] for n in f["session_id"]])
    assert trend.trends(table).loc["mail", ["n_last", "n_before", "change"]].tolist() == [10, 30, "steady"]
    assert trend.trends(table).loc["mail", "p"] == pytest.approx(1.0)


def test_nothing_is_said_of_one_session_or_of_few_or_unknown_people() -> None:
    assert trend.trends(frame(said("mail", 1, range(9)))).loc["mail", "change"] == ""
    few = frame(said("mail", 1, [1]) + said("mail", 2, [1]) + said(None, 2, range(9)))
    assert trend.trends(few).loc["mail", "change"] == ""
    unknown = frame(said("mail", 1, [None] * 9) + said("mail", 2, range(9)))
    assert trend.trends(unknown).loc["mail", "change"] == ""


def test_a_theme_that_unknown_people_named_before_is_not_new() -> None:
    rows = said("mail", 1, [None]) + said(None, 1, range(9)) + said("mail", 2, range(3)) + said(None, 2, range(3, 9))
    assert trend.trends(frame(rows)).loc["mail", "change"] == "steady"


def test_no_remarks_no_figures() -> None:
    empty = frame([])
    assert trend.theme_sizes(empty).empty
    assert trend.session_counts(empty).empty
    assert trend.trends(empty).empty


def test_a_theme_comes_back_unless_surely_less_people_mention_it_after_the_answer() -> None:
    everybody = said(None, 1, range(40)) + said(None, 2, range(40))
    rows = (
        said("parkeren", 1, range(10)) + said("parkeren", 2, range(8))
        + said("thuiswerken", 1, range(20)) + said("thuiswerken", 2, range(4))
        + said("kantine", 1, range(4)) + said("kantine", 2, range(2))
        + said("portaal", 2, range(5))
        + said("stil", 1, range(5))
        + said("onbeantwoord", 1, range(9)) + said("onbeantwoord", 2, range(9))
    )  # fmt: skip
    panel = frame(rows + everybody)
    day = panel.loc[panel["session_id"] == 1, "date"].max()
    answered = dict.fromkeys(["parkeren", "thuiswerken", "kantine", "portaal", "stil", "weg"], day)
    table = trend.returning(panel, answered)
    assert table["back"].to_dict() == {
        "parkeren": True, "thuiswerken": False, "kantine": False, "portaal": True, "stil": False, "weg": False,
    }  # fmt: skip
    assert table.loc["thuiswerken", ["n_after", "of_after", "n_before", "of_before"]].tolist() == [4, 40, 20, 40]
    assert table.loc["thuiswerken", "p"] == pytest.approx(stats.fisher_exact([[4, 36], [20, 20]]).pvalue)


def test_one_loud_voice_does_not_bring_a_theme_back() -> None:
    rows = [row for at in (1, 2, 3) for row in said("parkeren", at, [1, 2]) + said(None, at, range(9))]
    panel = frame(rows)
    day = panel.loc[panel["session_id"] == 1, "date"].max()
    row = trend.returning(panel, {"parkeren": day}).loc["parkeren"]
    assert (row["n_after"], row["people"], row["back"]) == (4, 2, False)
    assert trend.returning(panel, {}).empty
