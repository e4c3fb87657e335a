"""Colours and formats that every chart shares; the same as in `.streamlit/config.toml`, which Streamlit applies.

Colour-blind safe: tones on a blue-orange diverging scale, amounts on one blue, and ten categories (three of Okabe & Ito,
2008, with seven that stay apart from them for every kind of colour blindness; a test measures it). Categories and amounts
are left to the theme, so that they follow light and dark; `PAPER` is for pictures, which have no theme.
"""

from __future__ import annotations

from typing import Any

from feedback.i18n import Language

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
CATEGORIES = (
    "#0072b2", "#d55e00", "#009e73", "#885566", "#440044", "#003300", "#aa77ff", "#4422bb", "#555500", "#880077",
)  # fmt: skip
CATEGORIES_ON_DARK = (
    "#56b4e9", "#e69f00", "#cc7788", "#1166bb", "#aaffff", "#887700", "#00ddaa", "#ddff11", "#8877ff", "#bb2277",
)  # fmt: skip
SEQUENCE = (
    "#eef4fa", "#dbe8f4", "#c2d8ec", "#a3c4e1", "#80acd4", "#5d93c5", "#3f7ab3", "#2a629d", "#1d4f91", "#123768",
)  # fmt: skip
# At least 3:1 on white and on the dark background alike (WCAG 2.2, 1.4.11).
TONES = {"neg": "#c8641a", "mixed": "#9a78b5", "neu": "#7f8c9a", "pos": "#2f7fc1"}
ACCENT = "#3f7ab3"
QUIET = "#7a8594"
# Letters need 4.5:1, which no grey has on both backgrounds; Vega knows which one it draws on.
INKS = {"light": "#566170", "dark": "#b3bdca"}
INK = {"expr": f"luminance(background) < 0.2 ? '{INKS['dark']}' : '{INKS['light']}'"}
PAPER: dict[str, Any] = {
    "background": "white",
    "range": {"category": list(CATEGORIES), "heatmap": list(SEQUENCE)},
    "axis": {"labelPadding": 10, "titlePadding": 12},
}

# d3-format and d3-time-format locales (https://github.com/d3/d3-format/tree/main/locale), Dutch and British.
_NUMBERS: dict[Language, dict[str, Any]] = {
    "nl": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€\u00a0", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}
_TIMES: dict[Language, dict[str, Any]] = {
    "nl": {
        "dateTime": "%a %e %B %Y %X", "date": "%d-%m-%Y", "time": "%H:%M:%S", "periods": ["AM", "PM"],
        "days": ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
        "shortDays": ["zo", "ma", "di", "wo", "do", "vr", "za"],
        "months": [
            "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december",
        ],
        "shortMonths": ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    },
    "en": {
        "dateTime": "%a %e %b %X %Y", "date": "%d/%m/%Y", "time": "%H:%M:%S", "periods": ["AM", "PM"],
        "days": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        "shortDays": ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
        "months": [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ],
        "shortMonths": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    },
}  # fmt: skip


def base(language: Language, **parts: Any) -> dict[str, Any]:
    """Give what every spec starts with; `parts` are added.

    Parameters
    ----------
    language : {"nl", "en"}
    **parts
        Mark, encoding, height ...

    Returns
    -------
    dict
        Vega-Lite without data.
    """
    config = {
        "locale": {"number": _NUMBERS[language], "time": _TIMES[language]},
        "view": {"stroke": None},
        "axis": {
            "labelLimit": 260, "labelFlush": False, "grid": False, "domain": False, "ticks": False, "labelColor": INK,
            "titleColor": INK,
        },
        "legend": {"orient": "top", "title": None, "labelColor": INK},
    }  # fmt: skip
    return {"$schema": SCHEMA, "config": config, **parts}


def on_paper(spec: dict[str, Any]) -> dict[str, Any]:
    """Give a spec the background, colours and distances that Streamlit's theme gives it on the screen.

    Parameters
    ----------
    spec : dict
        See `base`.

    Returns
    -------
    dict
        What the chart asks for itself goes before them.
    """
    config = {**PAPER, **spec["config"], "axis": {**PAPER["axis"], **spec["config"]["axis"]}}
    return {**spec, "config": config}


def pick(*fields: str, view: str | None = None) -> list[dict[str, Any]]:
    """Give the parameter that makes marks clickable, one at a time.

    Parameters
    ----------
    *fields : str
        What tells a mark.
    view : str, optional
        Name of the layer with the marks; the parameter itself stands at the top of a chart of layers too,
        where pages look for it.

    Returns
    -------
    list of dict
    """
    select = {"type": "point", "fields": list(fields), "toggle": False}
    return [{"name": "pick", "select": select, **({"views": [view]} if view else {})}]
