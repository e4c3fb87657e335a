"""Small groups: worked examples of the rule, one a point. The proof by example is in test_every_pair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from feedback.access.disclosure import Selection, Verdict, check, visible_groups

Panel = Callable[[list[dict[str, Any]]], pd.DataFrame]


def people(organisation: str, n: int, start: int = 0, **also: Any) -> list[dict[str, Any]]:
    """One remark each of `n` people of an organisation."""
    return [{"person": f"{organisation}{i}", "organisation": organisation, **also} for i in range(start, start + n)]


A, B = Selection(organisations=("A",)), Selection(organisations=("B",))


def test_the_whole_panel_is_shown_however_small(panel: Panel) -> None:
    assert check(panel(people("A", 2)), Selection(), 5) == Verdict(True, 2, 0, "")
    assert check(panel(people("A", 2)), Selection(themes=("wachten",), search="duurt"), 5).shown


def test_a_group_at_the_threshold_is_shown_and_one_below_is_not(panel: Panel) -> None:
    frame = panel(people("A", 5) + people("B", 4) + people("C", 4))
    assert check(frame, A, 5) == Verdict(True, 5, 0, "")
    assert check(frame, B, 5) == Verdict(False, 4, 0, "few")


def test_people_count_and_not_remarks(panel: Panel) -> None:
    frame = panel(people("A", 4) * 10 + people("B", 9))
    assert check(frame, A, 5) == Verdict(False, 4, 0, "few")


def test_a_threshold_of_one_shows_everything(panel: Panel) -> None:
    frame = panel(people("A", 1) + people("B", 3))
    assert check(frame, A, 1).shown
    assert check(frame, Selection(members=(0,)), 1).shown


def test_few_people_in_a_selection_by_who_and_what_hide_it(panel: Panel) -> None:
    frame = panel(people("A", 8, theme="wachten") + people("A", 3, theme="mail") + people("B", 8, theme="mail"))
    assert check(frame, Selection(organisations=("A",), themes=("mail",)), 5).reason == "few"
    assert check(frame, Selection(themes=("mail",)), 5).shown


def test_the_rest_of_the_panel_is_a_group_too(panel: Panel) -> None:
    frame = panel(people("A", 6) + people("B", 3))
    assert check(frame, A, 5) == Verdict(False, 6, 0, "difference")


def test_an_organisation_and_nearly_all_of_it_are_both_hidden(panel: Panel) -> None:
    frame = panel(people("A", 6, level="operationeel") + people("A", 2, 6, level="tactisch") + people("B", 9))
    assert check(frame, A, 5).reason == "difference"
    assert check(frame, Selection(organisations=("A",), levels=("operationeel",)), 5).reason == "difference"
    assert check(frame, B, 5).shown


def test_an_organisation_of_small_levels_is_shown(panel: Panel) -> None:
    levels = ("operationeel", "tactisch", "strategisch")
    frame = panel([r for i in range(6) for r in people("A", 1, i, level=levels[i % 3])] + people("B", 9))
    assert check(frame, A, 5).shown
    assert not check(frame, Selection(organisations=("A",), levels=("operationeel",)), 5).shown


def test_of_several_organisations_each_must_be_large_enough(panel: Panel) -> None:
    frame = panel(people("A", 6) + people("B", 6) + people("C", 3) + people("D", 9))
    assert check(frame, Selection(organisations=("A", "B")), 5).reason == "difference"  # B is hidden beside C
    assert check(frame, Selection(organisations=("A", "C")), 5).reason == "difference"
    assert check(frame, Selection(organisations=("D", "A")), 5).shown is check(frame, A, 5).shown


def test_one_hidden_group_would_follow_from_the_total_so_the_smallest_other_hides_with_it(
    panel: Panel,
) -> None:
    frame = panel(people("A", 7) + people("B", 6) + people("C", 3) + people("D", 9))
    assert visible_groups(frame, Selection(), "organisation", 5) == {
        "A": True,
        "B": False,
        "C": False,
        "D": True,
    }


def test_two_hidden_groups_hide_each_other(panel: Panel) -> None:
    frame = panel(people("A", 7) + people("B", 6) + people("C", 3) + people("D", 4))
    assert visible_groups(frame, Selection(), "organisation", 5) == {
        "A": True,
        "B": True,
        "C": False,
        "D": False,
    }


def test_a_session_that_few_of_a_group_missed_is_hidden_with_the_group(panel: Panel) -> None:
    frame = panel(people("A", 6, session_id=1) + people("A", 2, session_id=2) + people("B", 9, session_id=1))
    assert check(frame, Selection(organisations=("A",), sessions=(1,)), 5).reason == "difference"
    assert check(frame, A, 5).reason == "difference"


def test_equal_sets_are_treated_alike(panel: Panel) -> None:
    # All of A is in theme x, and so is B: whoever may not ask for (A, x) may not ask for A.
    frame = panel(people("A", 6, theme="x") + people("B", 2, theme="x") + people("B", 9, 2, theme="y"))
    assert not check(frame, Selection(organisations=("A",), themes=("x",)), 5).shown
    assert not check(frame, A, 5).shown


def test_a_selection_of_members_is_never_shown(panel: Panel) -> None:
    frame = panel(people("A", 12))
    assert check(frame, Selection(members=tuple(range(8))), 5) == Verdict(False, 8, 0, "difference")
    assert check(frame, Selection(members=(1,)), 5).reason == "few"


def test_one_service_area_at_a_time(panel: Panel) -> None:
    frame = panel(people("A", 8, area="ict") + people("A", 8, area="hr") + people("B", 9) + people("B", 9, area="hr"))
    assert check(frame, Selection(organisations=("A",), areas=("ict",)), 5).shown
    assert check(frame, Selection(organisations=("A",), areas=("ict", "hr")), 5).reason == "difference"
    assert check(frame, Selection(areas=("ict", "hr")), 5).shown


def test_a_remark_counts_for_its_second_area(panel: Panel) -> None:
    frame = panel(people("A", 3, area="ict") + people("A", 4, 3, area="hr", area2="ict") + people("B", 9))
    assert check(frame, Selection(organisations=("A",), areas=("ict",)), 5).people == 7
    assert len(Selection(areas=("ict",)).apply(frame)) == 16


def test_dates_cannot_cut_off_a_few(panel: Panel) -> None:
    frame = panel(people("A", 6, day=0) + people("A", 2, day=9) + people("B", 9, day=0) + people("B", 9, day=9))
    assert not check(frame, Selection(organisations=("A",), until=dt.date(2026, 3, 5)), 5).shown
    assert check(frame, Selection(organisations=("B",), until=dt.date(2026, 3, 5)), 5).shown
    assert check(frame, Selection(until=dt.date(2026, 3, 5)), 5).shown


def test_a_search_needs_its_selection_to_be_shown(panel: Panel) -> None:
    frame = panel(
        people("A", 6, text="Wachttijd") + people("A", 6, text="Mail") + people("B", 9) + people("B", 9, text="wachten")
    )
    assert check(frame, Selection(organisations=("A",), search="wacht"), 5) == Verdict(True, 6, 0, "")
    assert check(frame, Selection(organisations=("A",), search="niets"), 5).reason == "few"


def test_remarks_of_unknown_people_are_left_out_and_counted(panel: Panel) -> None:
    unknown = [{}, {"organisation": "A"}, {"organisation": "B"}, {"theme": "mail"}]
    frame = panel(people("A", 6) + people("B", 6) + unknown)
    assert check(frame, A, 5) == Verdict(True, 6, 3, "")
    assert check(frame, Selection(organisations=("A",), themes=("wachten",)), 5).unknown == 2
    assert len(A.apply(frame)) == 6
    assert check(frame, Selection(), 5) == Verdict(True, 12, 0, "")


def test_scores_have_no_theme(panel: Panel) -> None:
    scores = panel(people("A", 6) + people("B", 6)).drop(columns=["theme", "sentiment", "area2", "text"])
    assert check(scores, Selection(organisations=("A",), themes=("mail",), search="iets"), 5) == Verdict(True, 6, 0, "")


def test_people_who_cannot_be_told_apart_are_not_shown(panel: Panel) -> None:
    frame = panel(people("A", 6) + people("B", 6)).drop(columns="constituency_id")
    assert not check(frame, Selection(constituencies=(3,)), 5).shown


def test_a_breakdown_tells_what_the_filter_would(panel: Panel) -> None:
    frame = panel(
        people("A", 6, theme="x") + people("A", 6, theme="y") + people("A", 2, theme="z") + people("B", 9, theme="x")
    )
    within = Selection(organisations=("A",))
    for theme, shown in visible_groups(frame, within, "theme", 5).items():
        assert check(frame, Selection(organisations=("A",), themes=(str(theme),)), 5).shown is shown


def test_a_breakdown_keeps_to_the_groups_chosen(panel: Panel) -> None:
    frame = panel(people("A", 6) + people("B", 6) + people("C", 6))
    assert list(visible_groups(frame, Selection(organisations=("A", "B")), "organisation", 5)) == ["A", "B"]


@pytest.mark.parametrize("search", ["WACHT lang", "lang wacht"])
def test_a_search_finds_all_words_in_any_order_and_case(panel: Panel, search: str) -> None:
    frame = panel([{"text": "Wachttijd is lang"}, {"text": "wachten"}, {"text": "Lang (1+1) wachten"}])
    assert list(Selection(search=search).apply(frame).index) == [0, 2]
    assert list(Selection(search="(1+1)").apply(frame).index) == [2]


def test_an_empty_frame_is_no_problem(panel: Panel) -> None:
    frame = panel([])
    assert check(frame, Selection(), 5) == Verdict(True, 0, 0, "")
    assert check(frame, A, 5) == Verdict(False, 0, 0, "few")
    assert visible_groups(frame, Selection(), "organisation", 5) == {}
