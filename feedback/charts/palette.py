"""Colours and formats that every chart shares; the same as in `.streamlit/config.toml`, which Streamlit applies.

Colour-blind safe: categories after Okabe & Ito (2008), tones on a blue-orange diverging scale, amounts on one blue.
"""

from __future__ import annotations

from typing import Any

from feedback.i18n import Language

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
CATEGORIES = ("#0072b2", "#d55e00", "#009e73", "#b5579a", "#8a6d00", "#3f8fc4", "#6b4ea0", "#5b6470")
SEQUENCE = (
    "#eef4fa", "#dbe8f4", "#c2d8ec", "#a3c4e1", "#80acd4", "#5d93c5", "#3f7ab3", "#2a629d", "#1d4f91", "#123768",
)  # fmt: skip
# At least 3:1 on white and on the dark background alike (WCAG 2.2, 1.4.11).
TONES = {"neg": "#c8641a", "mixed": "#9a78b5", "neu": "#7f8c9a", "pos": "#2f7fc1"}
ACCENT = "#3f7ab3"
QUIET = "#7a8594"

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
        "axis": {"labelLimit": 260, "grid": False, "domain": False, "ticks": False},
        "legend": {"orient": "top", "title": None},
    }
    return {"$schema": SCHEMA, "config": config, **parts}


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
