"""A small panel to judge: a tuple a remark becomes a frame as the store gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import pytest

FIRST_DAY = pd.Timestamp("2026-03-01")
CATEGORIES = ("person", "organisation", "level", "theme", "sentiment", "area", "area2")
DEFAULTS: dict[str, Any] = {
    "person": None, "organisation": None, "level": None, "constituency_id": None, "session_id": 1,
    "theme": "wachten", "sentiment": "neg", "area": "ict", "area2": None, "day": 0, "text": "Het duurt lang.",
}  # fmt: skip

Panel = Callable[[Iterable[dict[str, Any]]], pd.DataFrame]


def make_panel(remarks: Iterable[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame([{**DEFAULTS, **remark} for remark in remarks], columns=list(DEFAULTS))
    for name in CATEGORIES:
        frame[name] = frame[name].astype("string").astype("category")
    frame["constituency_id"] = frame["constituency_id"].astype("Int64")
    frame["member_id"] = frame["person"].cat.codes.astype("Int64").where(frame["person"].notna())
    frame["organisation_id"] = frame["organisation"].cat.codes.astype("Int64").where(frame["organisation"].notna())
    frame["date"] = FIRST_DAY + pd.to_timedelta(frame.pop("day"), unit="D")
    return frame


@pytest.fixture
def panel() -> Panel:
    return make_panel
