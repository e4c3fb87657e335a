"""Titles on the savings map lie over no other title, dot or corner, whatever the dots."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.charts.savings_labels import NARROW, WIDE, Room, _box, _overlap, place

SPOT = st.floats(0, 1)
ROOMS = st.sampled_from([WIDE, NARROW])


@settings(max_examples=30)
@given(st.lists(st.tuples(SPOT, SPOT), max_size=30), st.text("abcdefgh ", min_size=1, max_size=60), ROOMS)
def test_no_title_lies_over_another_or_over_a_corner_or_off_the_map(
    dots: list[tuple[float, float]], title: str, room: Room
) -> None:
    told = place(dots, [title] * len(dots), room)
    boxes = [_box(x, y, len(text), side, room) for (x, y), (text, side) in zip(dots, told, strict=True) if text]
    assert not any(_overlap(one, other) for one, other in combinations([*boxes, *room.taken[:1]], 2))
    assert all(left >= 0 and right <= 1 for left, right, _, _ in boxes)


def test_a_title_goes_to_the_side_that_is_free_and_is_cut_where_it_must() -> None:
    told = place([(0.5, 0.5), (0.54, 0.5)], ["Minder printers", "Post digitaal"], WIDE)
    assert told == [("Minder printers", "left"), ("Post digitaal", "right")]
    assert place([(0.5, 0.5)], ["x" * 90], NARROW)[0][0] in {"x" * 11 + "…", "x" * 15 + "…"}
