"""The savings map: euros a year against pain for customers, with the four quadrants."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from feedback.charts import palette, savings_labels
from feedback.i18n import Language, euro, number, translator
from feedback.savings.impact import QUADRANTS, Cuts

# Of the palette those that can be read on white and on the dark background alike.
COLOURS = {"do": "#009e73", "explore": "#3f8fc4", "later": palette.QUIET, "dont": "#d55e00"}
# The quadrants are named in words; a line has nothing to say by itself.
LIMIT = {"type": "rule", "strokeDash": [5, 4], "color": palette.QUIET, "aria": False}
# Lines and names that stand once on the map, whatever the data.
ONE: dict[str, Any] = {"values": [{}]}
# Above the largest amount the names of the quadrants stand.
_HEADROOM = 1.15


def marks(ideas: pd.DataFrame, cuts: Cuts, language: Language) -> pd.DataFrame:
    """Give the dots of the map: the ideas of which euros and at least some pain are known.

    Parameters
    ----------
    ideas : DataFrame
        idea_id, title, eur, pain, unknown, quadrant, whom and sure (see `ui.savings.all_ideas`).
    cuts : Cuts
        Where the quadrants meet.
    language : {"nl", "en"}

    Returns
    -------
    DataFrame
        idea_id, title, eur, pain, quadrant, at_least (some organisation is not known), whom, voice, sure, eur_text,
        pain_text, label and side, and short_label and short_side for a telephone (see `savings_labels.place`); the largest
        amounts first, so that they are written first.
    """
    t = translator(language)
    dots = ideas[ideas["eur"].notna() & ideas["pain"].notna()].sort_values(["eur", "idea_id"], ascending=[False, True])
    told = []
    for pain, unknown in zip(dots["pain"], dots["unknown"], strict=True):
        figure = number(pain, language)
        told.append(t("savings.at_least_unknown", figure=figure, n=int(unknown)) if unknown else figure)
    eur_text = [euro(value, language) for value in dots["eur"]]
    chosen = dots[["idea_id", "title", "eur", "pain", "quadrant", "sure"]]
    whom = dots["whom"].replace("", t("savings.nobody"))
    voice = dots["voice"].map(lambda text: f"“{text}”" if text else t("savings.no_evidence"))
    shown = chosen.assign(at_least=dots["unknown"] > 0, whom=whom, voice=voice, eur_text=eur_text, pain_text=told)
    across = np.sqrt(dots["pain"].to_numpy(dtype=float) / _reach(dots["pain"], cuts.pain))
    down = 1 - np.sqrt(dots["eur"].to_numpy(dtype=float) / (_HEADROOM * _reach(dots["eur"], cuts.eur)))
    places = list(zip(across.tolist(), down.tolist(), strict=True))
    for name, room in (("", savings_labels.WIDE), ("short_", savings_labels.NARROW)):
        placed = savings_labels.place(places, dots["title"], room)
        shown[f"{name}label"] = [label for label, _ in placed]
        shown[f"{name}side"] = [side for _, side in placed]
    return shown.reset_index(drop=True)


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
    y = _axis(t("savings.axis_eur"), _HEADROOM * _reach(dots["eur"], cuts.eur), "$,.0f")
    place = {"x": {"field": "pain", **x}, "y": {"field": "eur", **y}}
    colour: dict[str, Any] = {
        "field": "quadrant", "type": "nominal", "legend": None,
        "scale": {"domain": list(QUADRANTS), "range": [COLOURS[key] for key in QUADRANTS]},
    }  # fmt: skip
    fill: dict[str, Any] = {"condition": {"test": "datum.at_least", "value": "transparent"}, **colour}
    told = {"title": "savings.title_of", "eur_text": "savings.eur", "pain_text": "savings.pain", "whom": "savings.whom"}
    told["voice"] = "savings.voice"
    dot = {
        **place, "color": colour,
        "fill": fill,
        "size": {"field": "sure", "type": "quantitative", "legend": None, "scale": {"domain": [0, 1], "range": [50, 190]}},
        "description": {"field": "title"},
        "tooltip": [{"field": field, "title": t(key)} for field, key in told.items()],
    }  # fmt: skip
    left = "(width < 540 ? datum.short_side : datum.side) == 'left'"
    title: dict[str, Any] = {
        "type": "text", "fontSize": {"expr": "width < 540 ? 11 : 12"}, "color": palette.INK,
        "text": {"expr": "width < 540 ? datum.short_label : datum.label"},
        "align": {"expr": f"{left} ? 'right' : 'left'"}, "dx": {"expr": f"{left} ? -13 : 13"},
    }  # fmt: skip
    circle = {"type": "point", "strokeWidth": 2.5, "opacity": 1, "cursor": "pointer"}
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
