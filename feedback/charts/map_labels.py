"""Names of themes on the map of remarks: as many as can be read."""

from __future__ import annotations

from typing import Any

import pandas as pd

from feedback.charts import palette

# Of the width and the height of the map: the room that a name takes.
_WIDE, _HIGH = 0.17, 0.05
_LONGEST = 26
# A theme of fewer dots is told by its tooltip.
_FEWEST = 4


def labels(dots: pd.DataFrame) -> pd.Series:
    """Choose the names that can be read: of two that would overlap, the larger theme's.

    Parameters
    ----------
    dots : DataFrame
        x, y, theme (name as shown; NA or "" for none).

    Returns
    -------
    Series of str
        The name at one dot of the theme, the lowest one, and "" at all others; indexed as `dots`.
    """
    told = pd.Series("", index=dots.index, dtype=object)
    if dots.empty:
        return told
    x = (dots["x"] - dots["x"].min()) / max(dots["x"].max() - dots["x"].min(), 1e-9)
    y = (dots["y"] - dots["y"].min()) / max(dots["y"].max() - dots["y"].min(), 1e-9)
    theme = dots["theme"].astype("str")
    sizes = theme[dots["theme"].notna() & (theme != "")].value_counts(sort=False).sort_index()
    placed: list[tuple[float, float]] = []
    for name in sizes[sizes >= _FEWEST].sort_values(ascending=False, kind="stable").index:
        mine = theme == name
        at = y[mine].idxmin()
        across, up = float(x[mine].mean()), float(y[at])
        if all(abs(across - other) > _WIDE or abs(up - level) > _HIGH for other, level in placed):
            placed.append((across, up))
            told[at] = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
    return told


def with_labels(spec: dict[str, Any]) -> dict[str, Any]:
    """Put the names of `labels` (column `label`) under the dots of a map.

    Parameters
    ----------
    spec : dict
        See `remark_map.spec`.

    Returns
    -------
    dict
        Vega-Lite of two layers; clicks and frames go on working.
    """
    parts = dict(spec)
    dots = {name: parts.pop(name) for name in ("mark", "encoding", "params")}
    places = {axis: dots["encoding"][axis] for axis in ("x", "y")}
    # On a telephone the names would lie over each other.
    wide = {"expr": "width > 600 ? 1 : 0"}
    text = {
        "type": "text",
        "baseline": "top",
        "dy": 7,
        "fontSize": 11,
        "fontWeight": 600,
        "color": palette.INK,
        "opacity": wide,
    }
    named = {
        "transform": [{"filter": "datum.label != ''"}], "mark": text,
        "encoding": {**places, "text": {"field": "label", "type": "nominal"}},
    }  # fmt: skip
    return {**parts, "layer": [{"name": "dots", **dots}, named]}
