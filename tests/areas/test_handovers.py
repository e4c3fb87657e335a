"""Who sends whom on to whom."""

from __future__ import annotations

import pandas as pd
import pytest

from feedback.areas.handovers import routes

NAMES = {
    "ict": ("ICT", "IT"),
    "hr": ("HR", "HR"),
    "facilitair": ("Facilitair", "Facilities"),
    "inkoop": ("Inkoop", "Procurement"),
}


def steps(
    text: str, area: str | None = "ict", area2: str | None = None, *, handover: bool = True
) -> list[tuple[str, str]]:
    row = {"remark_id": 1, "text": text, "area": area, "area2": area2, "is_handover": handover, "person": "m1"}
    found = routes(pd.DataFrame([row]), NAMES)
    return list(zip(found["area"], found["other"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ging naar ICT, van ICT naar facilitair en retour.", [("ict", "facilitair")]),
        ("Facilitair zei inkoop, inkoop zei facilitair.", [("facilitair", "inkoop"), ("inkoop", "facilitair")]),
        ("IT sent me to HR, and it took HR a week.", [("ict", "hr")]),
        ("Vijf mensen stuurden mij door.", []),
    ],
)
def test_the_services_named_in_order(text: str, expected: list[tuple[str, str]]) -> None:
    assert steps(text) == expected


def test_without_names_the_two_areas_count() -> None:
    assert steps("Ik werd doorgestuurd.", "hr", "inkoop") == [("hr", "inkoop")]
    assert steps("Ik werd doorgestuurd.", "hr", "hr") == []


def test_other_remarks_and_no_services_give_nothing() -> None:
    assert steps("Van ICT naar HR.", handover=False) == []
    assert routes(pd.DataFrame(columns=["remark_id", "text", "area", "area2", "is_handover", "person"]), {}).empty
