"""No two selections that the filters can make, and that are shown, differ by a small group.

Panels are random and small, so that every choice of one or more values in three dimensions can be tried
against every other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.access.counting import Rows
from feedback.access.disclosure import Selection, _judge, check
from feedback.access.selection import WHAT, WHO
from tests.access.conftest import FIRST_DAY, make_panel

FIELDS = {**WHO, **WHAT, "area": "areas"}
DAYS = [None, *((FIRST_DAY + pd.Timedelta(days=day)).date() for day in range(3))]


@st.composite
def panels(draw: st.DrawFn) -> pd.DataFrame:
    """Six to twenty people in organisations and levels, who repeat themselves more or less."""
    rng = np.random.default_rng(draw(st.integers(0, 10**9)))
    n_people, n_remarks = draw(st.integers(6, 20)), draw(st.integers(15, 100))
    loose = draw(st.sampled_from([0.0, 0.05]))  # how often a remark does not fit its speaker, or has none
    who = [(rng.choice(list("ABC")), rng.choice(["op", "ta"]), int(rng.integers(3))) for _ in range(n_people)]
    remarks = []
    for person in rng.integers(n_people, size=n_remarks):
        organisation, level, constituency = who[person]
        session = int(rng.integers(2)) if rng.random() < 0.7 else int(person) % 2
        area, area2 = rng.choice(["ict", "hr", "inkoop"], 2, p=[0.6, 0.3, 0.1])
        remarks.append(
            {
                "person": None if rng.random() < loose else f"p{person}",
                "organisation": None if rng.random() < loose else organisation,
                "level": rng.choice(["op", "ta", "st"]) if rng.random() < loose else level,
                "constituency_id": constituency,
                "session_id": session,
                "theme": rng.choice(["x", "y", "z"], p=[0.5, 0.3, 0.2]) if rng.random() < 0.7 else "xyz"[person % 3],
                "sentiment": rng.choice(["neg", "pos"]),
                "area": None if rng.random() < loose else area,
                "area2": area2 if rng.random() < 0.3 and area2 != area else None,
                "day": int(rng.integers(3)) if rng.random() < 0.5 else session,
                "text": rng.choice(["Het wachten duurt lang.", "De mail is traag.", "Goed geholpen."]),
            }
        )
    return make_panel(remarks)


def choices(frame: pd.DataFrame, dimension: str) -> list[dict[str, Any]]:
    """Every way to set one filter, the unset one included."""
    if dimension == "date":
        return [{"since": since, "until": until} for since in DAYS for until in DAYS]
    if dimension == "search":
        return [{}, {"search": "traag"}]
    values = sorted({*frame[dimension].dropna(), *(frame["area2"].dropna() if dimension == "area" else ())})
    groups = itertools.chain.from_iterable(itertools.combinations(values, n) for n in range(len(values) + 1))
    return [{FIELDS[dimension]: tuple(group)} for group in groups]


def shown_selections(frame: pd.DataFrame, dimensions: list[str], threshold: int) -> Iterator[tuple[Selection, Any]]:
    counted = Rows(frame)  # once for all selections, where `check` counts for each
    for parts in itertools.product(*(choices(frame, dimension) for dimension in dimensions)):
        selection = Selection(**{key: value for part in parts for key, value in part.items()})
        if _judge(frame, counted, selection, threshold).shown:
            rows = np.zeros(len(frame), dtype=bool)
            rows[selection.apply(frame).index] = True
            yield selection, rows & frame["person"].notna().to_numpy()


@settings(max_examples=25)
@given(
    frame=panels(),
    who=st.sampled_from([*WHO]),
    more=st.lists(st.sampled_from([*FIELDS, "date", "search"]), min_size=2, max_size=2, unique=True),
    threshold=st.sampled_from([2, 2, 3]),
)
def test_no_two_shown_selections_differ_by_a_small_group(
    frame: pd.DataFrame, who: str, more: list[str], threshold: int
) -> None:
    dimensions = [who, *(dimension for dimension in more if dimension != who)]
    shown = list(shown_selections(frame, dimensions, threshold))
    person = frame["person"].cat.codes.to_numpy()
    every = np.array([rows for _, rows in shown])
    for selection, rows in shown:
        if not selection.by_who:
            continue
        assert len(np.unique(person[rows])) >= threshold
        # Around this selection, the whole panel included; and within it, other selections by who.
        around, within = (every | ~rows).all(axis=1), (rows | ~every).all(axis=1)
        for other in np.flatnonzero(around | within):
            if around[other] or shown[other][0].by_who:
                difference = len(np.unique(person[every[other] ^ rows]))
                assert not 0 < difference < threshold, (selection, shown[other][0], difference)


@settings(max_examples=40)
@given(frame=panels(), threshold=st.integers(2, 5))
def test_of_two_groups_that_differ_by_a_small_one_both_are_hidden(frame: pd.DataFrame, threshold: int) -> None:
    person = frame["person"]
    for organisation, level in itertools.product("ABC", ["op", "ta", "st"]):
        whole = Selection(organisations=(organisation,))
        part = Selection(organisations=(organisation,), levels=(level,))
        rest = whole.apply(frame).index.difference(part.apply(frame).index)
        if part.apply(frame)["person"].nunique() >= threshold > person[rest].nunique() > 0:
            assert not check(frame, whole, threshold).shown
            assert not check(frame, part, threshold).shown
