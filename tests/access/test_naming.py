"""Lists and files name a group only where enough people stand behind the name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.access.disclosure import named

Panel = Callable[[list[dict[str, Any]]], pd.DataFrame]


def people(organisation: str, level: str | None, n: int, start: int = 0) -> list[dict[str, Any]]:
    return [
        {"person": f"{organisation}{i}", "organisation": organisation, "level": level} for i in range(start, start + n)
    ]


def shown(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """What stands in the list: names, or a dash where nothing stands."""
    pairs = zip(frame["organisation"].astype(object), frame["level"].astype(object), strict=True)
    return sorted({tuple("-" if pd.isna(name) else str(name) for name in pair) for pair in pairs})  # type: ignore[misc]


def test_large_groups_are_named(panel: Panel) -> None:
    frame = panel(people("A", "tactisch", 5) + people("B", "tactisch", 5))
    assert shown(named(frame, 5)) == [("A", "tactisch"), ("B", "tactisch")]


def test_small_organisations_are_hidden_and_their_level_with_them_when_it_is_small(panel: Panel) -> None:
    frame = panel(people("A", "tactisch", 6) + people("B", "tactisch", 3) + people("C", "operationeel", 3))
    assert shown(named(frame, 5)) == [("-", "-"), ("A", "tactisch")]


def test_hidden_organisations_may_still_share_a_level(panel: Panel) -> None:
    frame = panel(people("A", "tactisch", 6) + people("B", "tactisch", 3) + people("C", "tactisch", 3))
    assert shown(named(frame, 5)) == [("-", "tactisch"), ("A", "tactisch")]


def test_one_small_organisation_is_not_left_alone(panel: Panel) -> None:
    frame = panel(people("A", "tactisch", 9) + people("B", "tactisch", 6) + people("C", "tactisch", 2))
    assert shown(named(frame, 5)) == [("-", "tactisch"), ("A", "tactisch")]


def test_of_a_small_pair_the_level_goes_first(panel: Panel) -> None:
    frame = panel(people("A", "tactisch", 6) + people("A", "operationeel", 3, 6) + people("A", "strategisch", 2, 9))
    assert shown(named(frame, 5)) == [("A", "-"), ("A", "tactisch")]


def test_one_small_level_is_not_left_alone(panel: Panel) -> None:
    frame = panel(people("A", "tactisch", 6) + people("A", "operationeel", 3, 6))
    assert shown(named(frame, 5)) == [("A", "-")]


def test_a_short_list_names_nobody(panel: Panel) -> None:
    assert shown(named(panel(people("A", "tactisch", 4)), 5)) == [("-", "-")]


def test_a_low_threshold_names_everybody_but_never_persons(panel: Panel) -> None:
    result = named(panel(people("A", "tactisch", 1)), 1)
    assert shown(result) == [("A", "tactisch")]
    assert not {"person", "member_id", "constituency_id"} & set(result)


def test_numbers_of_organisations_are_hidden_with_their_names(panel: Panel) -> None:
    result = named(panel(people("A", "tactisch", 6) + people("B", "tactisch", 3) + people("C", "tactisch", 3)), 5)
    assert list(result["organisation_id"].notna()) == [True] * 6 + [False] * 6


def test_remarks_of_unknown_people_do_not_make_a_group_large(panel: Panel) -> None:
    frame = panel(people("A", "tactisch", 6) + [{"organisation": "B", "level": "tactisch"}] * 9)
    assert shown(named(frame, 5)) == [("-", "-"), ("A", "tactisch")]


def test_the_frame_given_stays_as_it_is_and_rows_keep_their_place(panel: Panel) -> None:
    frame = panel(people("A", "tactisch", 6) + people("B", "tactisch", 3)).iloc[::-1]
    before = frame.copy()
    result = named(frame, 5)
    pd.testing.assert_frame_equal(frame, before)
    assert list(result.index) == list(frame.index)
    assert isinstance(result["organisation"].dtype, pd.CategoricalDtype)


def test_an_empty_list_is_no_problem(panel: Panel) -> None:
    assert named(panel([]), 5).empty


REMARK = st.fixed_dictionaries(
    {
        "person": st.sampled_from([None, *(f"p{i}" for i in range(12))]),
        "organisation": st.sampled_from([None, "A", "B", "C"]),
        "level": st.sampled_from([None, "tactisch", "operationeel"]),
    }
)


@settings(max_examples=60)
@given(remarks=st.lists(REMARK, max_size=40), threshold=st.integers(2, 4))
def test_whatever_can_be_read_has_enough_people_behind_it(remarks: list[dict[str, Any]], threshold: int) -> None:
    from tests.access.conftest import make_panel

    frame = make_panel(remarks)
    result = named(frame, threshold)
    person = frame["person"]
    for names in (["organisation"], ["organisation", "level"]):
        # Hidden is a group to be read too, apart from rows that never had a name.
        for _, rows in result.assign(was=frame["organisation"].notna()).groupby(
            [*names, "was"], dropna=False, observed=True
        ):
            if rows[names].notna().any(axis=None) and person[rows.index].nunique() < threshold:
                told = frame.loc[rows.index, names].notna().all(axis=1) & rows[names].notna().all(axis=1)
                assert not told.any()
    hidden = frame["organisation"].notna() & result["organisation"].isna()
    assert person[hidden].nunique() in (0, *range(threshold, 13)) or result["organisation"].isna().all()
