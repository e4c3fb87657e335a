"""The order of themes, and how many people are said to be behind them."""

from types import SimpleNamespace
from typing import Any

import pandas as pd

from feedback.i18n import translator
from feedback.ui.parts import people_text
from feedback.ui.theme_list import in_order

PAGE: Any = SimpleNamespace(t=translator("nl"))


def test_of_themes_with_as_many_people_the_one_with_most_remarks_goes_first() -> None:
    rows = pd.DataFrame(
        {"people": [0, 0, 2], "remarks": [2, 9, 2], "shown": True, "parts": True, "neg": 0, "grade": 6.0,
         "share_last": 0.0, "share_before": 0.0, "change": ""},
        index=["a", "b", "c"],
    )  # fmt: skip
    assert list(in_order(rows, "people", {"a": "A", "b": "B", "c": "C"}).index) == ["c", "b", "a"]


def test_remarks_of_nobody_who_is_known_are_of_unknown_people_and_not_of_none() -> None:
    assert people_text(PAGE, 0, 9) == "onbekende mensen"
    assert people_text(PAGE, 2, 9) == "2 mensen"
    assert people_text(PAGE, 0, 0) == "0 mensen"
