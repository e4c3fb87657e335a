"""The savings map: euros a year against pain for customers, with the four quadrants."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, euro, number, translator
from feedback.savings.impact import QUADRANTS, Cuts

# Of the palette those that can be read on white and on the dark background alike.
COLOURS = {"do": "#009e73", "explore": "#3f8fc4", "later": palette.QUIET, "dont": "#d55e00"}
LIMIT = {"type": "rule", "strokeDash": [5, 4], "color": palette.QUIET}
# Lines and names that stand once on the map, whatever the data.
ONE: dict[str, Any] = {"values": [{}]}
# A title beside its dot: the room it takes of the whole width and height, and its most letters.
_WIDE = ((0.3, 0.07), 40)
# The same on a telephone.
_NARROW = ((0.55, 0.06), 19)


def marks(ideas: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Give the dots of the map: the ideas of which euros and at least some pain are known.

    Parameters
    ----------
    ideas : DataFrame
        idea_id, title, eur, pain, unknown, quadrant.
    language : {"nl", "en"}

    Returns
    -------
    DataFrame
        idea_id, title, eur, pain, quadrant, at_least (some organisation is not known), eur_text, pain_text
        and label and short_label, the last for a telephone ("" where titles would overlap).
    """
    t = translator(language)
    dots = ideas[ideas["eur"].notna() & ideas["pain"].notna()].sort_values(["eur", "idea_id"], ascending=[False, True])
    told = []
    for pain, unknown in zip(dots["pain"], dots["unknown"], strict=True):
        figure = number(pain, language)
        told.append(t("savings.at_least_unknown", figure=figure, n=int(unknown)) if unknown else figure)
    eur_text = [euro(value, language) for value in dots["eur"]]
    chosen = dots[["idea_id", "title", "eur", "pain", "quadrant"]]
    shown = chosen.assign(at_least=dots["unknown"] > 0, eur_text=eur_text, pain_text=told)
    return shown.assign(label=_labels(dots, *_WIDE), short_label=_labels(dots, *_NARROW)).reset_index(drop=True)


def _labels(dots: pd.DataFrame, room: tuple[float, float], longest: int) -> list[str]:
    """Choose the titles that can be read: of two that would overlap, the one with more euros."""
    if dots.empty:
        return []
    across, up = (np.sqrt(dots[name] / max(dots[name].max(), 1)).to_list() for name in ("pain", "eur"))
    placed: list[tuple[float, float]] = []
    labels = []
    for x, y, title in zip(across, up, dots["title"], strict=True):
        free = all(abs(x - left) > room[0] or abs(y - top) > room[1] for left, top in placed)
        if free:
            placed.append((x, y))
        short = title if len(title) <= longest else title[: longest - 1].rstrip() + "…"
        labels.append(short if free else "")
    return labels


def spec(dots: pd.DataFrame, cuts: Cuts, language: Language) -> dict[str, Any]:
    """Describe the map.

    Parameters
    ----------
    dots : DataFrame
        See `marks`.
    cuts : Cuts
        Where the quadrants meet.
    language : {"nl", "en"}

    Returns
    -------
    dict
        Vega-Lite without data; a click picks `idea_id`.
    """
    t = translator(language)
    x = _axis(t("savings.axis_pain"), _reach(dots["pain"], cuts.pain), ",.0f")
    y = _axis(t("savings.axis_eur"), 1.15 * _reach(dots["eur"], cuts.eur), "$,.0f")
    place = {"x": {"field": "pain", **x}, "y": {"field": "eur", **y}}
    colour: dict[str, Any] = {
        "field": "quadrant", "type": "nominal", "legend": None,
        "scale": {"domain": list(QUADRANTS), "range": [COLOURS[key] for key in QUADRANTS]},
    }  # fmt: skip
    fill: dict[str, Any] = {"condition": {"test": "datum.at_least", "value": "transparent"}, **colour}
    told = {"title": "savings.title_of", "eur_text": "savings.eur", "pain_text": "savings.pain"}
    dot = {
        **place, "color": colour,
        "fill": fill,
        "description": {"field": "title"},
        "tooltip": [{"field": field, "title": t(key)} for field, key in told.items()],
    }  # fmt: skip
    # Titles stand on the side of a dot where there is room.
    far = f"datum.pain > {_reach(dots['pain'], cuts.pain) / 4}"
    title: dict[str, Any] = {
        "type": "text", "fontSize": {"expr": "width < 480 ? 11 : 12"}, "color": palette.INK,
        "text": {"expr": "width < 480 ? datum.short_label : datum.label"},
        "align": {"expr": f"{far} ? 'right' : 'left'"}, "dx": {"expr": f"{far} ? -13 : 13"},
    }  # fmt: skip
    circle = {"type": "point", "size": 170, "strokeWidth": 2.5, "opacity": 1, "cursor": "pointer"}
    layers = [
        {"data": ONE, "mark": LIMIT, "encoding": {"x": {"datum": cuts.pain, **x}}},
        {"data": ONE, "mark": LIMIT, "encoding": {"y": {"datum": cuts.eur, **y}}},
        *(_corner(key, t(f"savings.quadrant_{key}")) for key in QUADRANTS),
        {"mark": title, "encoding": place},
        {"name": "ideas", "mark": circle, "encoding": dot},
    ]
    params = [{**param, "views": ["ideas"]} for param in palette.pick("idea_id")]
    return palette.base(language, height=420, params=params, layer=layers)


def _axis(title: str, reach: float, figure: str) -> dict[str, Any]:
    # Euros and pain run over several sizes; a root spreads the small ones and, unlike a log, has a nought.
    return {
        "type": "quantitative", "title": title,
        "scale": {"type": "sqrt", "domain": [0, reach], "nice": False},
        "axis": {"format": figure, "tickCount": 5},
    }  # fmt: skip


def _reach(values: pd.Series, cut: float) -> float:
    """Give the end of an axis: all dots and both sides of the limit are on it, and the corners stay free."""
    return 1.2 * max(values.max() if len(values) else 0.0, 2 * cut, 1.0)


def _corner(quadrant: str, name: str) -> dict[str, Any]:
    """Write the name of a quadrant in its corner."""
    left, top = quadrant in ("do", "later"), quadrant in ("do", "explore")
    text = {
        "type": "text", "text": name, "fontSize": 15, "fontWeight": "bold", "color": palette.INK,
        "align": "left" if left else "right", "dx": 8 if left else -8,
        "baseline": "top" if top else "bottom", "dy": 8 if top else -8,
    }  # fmt: skip
    where = {"x": {"value": 0 if left else "width"}, "y": {"value": 0 if top else "height"}}
    return {"data": ONE, "mark": text, "encoding": where}


def alt(dots: pd.DataFrame, language: Language) -> str:
    """Say in words what the map shows.

    Parameters
    ----------
    dots : DataFrame
        See `marks`.
    language : {"nl", "en"}

    Returns
    -------
    str
    """
    t = translator(language)
    found = dots["quadrant"].value_counts()
    counts = {t(f"savings.quadrant_{key}"): number(int(found.get(key, 0)), language) for key in QUADRANTS}
    parts = "; ".join(f"{name}: {count}" for name, count in counts.items())
    return t("savings.map_alt", n=len(dots), quadrants=parts)
