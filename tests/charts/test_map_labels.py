from __future__ import annotations

import pandas as pd

from feedback.charts import map_labels, remark_map


def dots() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "remark_id": range(12),
            "x": [0.1, 0.11, 0.12, 0.1, 0.12, 0.13, 0.12, 0.13, 0.9, 0.9, 0.9, 0.9],
            "y": [0.5, 0.51, 0.5, 0.52, 0.5, 0.51, 0.5, 0.52, 0.1, 0.2, 0.3, 0.4],
            "theme": ["groot"] * 5 + [None] * 3 + ["los"] * 4,
            "area": ["ICT"] * 12,
        }
    )


def test_names_stand_once_and_do_not_overlap() -> None:
    table = dots()
    table.loc[5:7, "theme"] = "ernaast"
    table.loc[4, "theme"] = "ernaast"
    told = map_labels.labels(table)
    assert sorted(told[told != ""]) in (["groot", "los"], ["ernaast", "los"])


def test_the_lowest_dot_carries_the_name() -> None:
    told = map_labels.labels(dots())
    assert told[8] == "los"


def test_without_dots_there_are_no_names() -> None:
    assert map_labels.labels(dots().iloc[:0]).empty


def test_clicks_and_frames_stay() -> None:
    spec = remark_map.spec(dots(), "nl")
    layered = map_labels.with_labels(spec)
    assert [param["name"] for param in layered["layer"][0]["params"]] == ["pick", "frame"]
    assert layered["layer"][1]["encoding"]["text"]["field"] == "label"
    assert "mark" in spec and "mark" not in layered
