"""What was realised and how satisfied customers are, in one picture over time: a saving should not cost the grade."""

from __future__ import annotations

from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, day, euro, number, translator

EUROS, GRADES = "#009e73", palette.ACCENT


def points(book: pd.DataFrame, course: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Give the points of both lines.

    Parameters
    ----------
    book : DataFrame
        idea_id, title, taken_on, eur_realised.
    course : DataFrame
        date, session, grade, low, high, n (see `scores.grades.overall`).
    language : {"nl", "en"}

    Returns
    -------
    DataFrame
        what ("eur" or "grade"), date, eur (a year, all that was realised until then), eur_text, grade, low, high, n,
        session, and the idea_id (text) and title of the idea that brought it. Empty unless something was realised on a known day.
    """
    taken = book[book["taken_on"].notna() & book["eur_realised"].notna()].sort_values(["taken_on", "idea_id"])
    columns = ["what", "date", "eur", "eur_text", "grade", "low", "high", "n", "session", "idea_id", "title"]
    if taken.empty:
        return pd.DataFrame(columns=columns)
    told = pd.DataFrame(
        {
            "what": "eur", "date": taken["taken_on"], "eur": taken["eur_realised"].astype(float).cumsum(),
            "idea_id": taken["idea_id"].astype("str"), "title": taken["title"].astype("str"),
        }
    )  # fmt: skip
    # The stair begins at nothing, and the last amount lasts until the last grade was given.
    first, last, most = taken["taken_on"].iloc[0], taken["taken_on"].iloc[-1], float(told["eur"].iloc[-1])
    began, ended = (course["date"].min(), course["date"].max()) if len(course) else (first, last)
    ends = [pd.DataFrame({"what": "eur", "date": [day], "eur": [eur]}) for day, eur in ((began, 0.0), (ended, most))]
    ends = [ends[0] if began < first else ends[0].iloc[:0], ends[1] if ended > last else ends[1].iloc[:0]]
    told = pd.concat([part for part in (ends[0], told, ends[1]) if len(part)], ignore_index=True)
    told["eur_text"] = [euro(value, language) for value in told["eur"]]
    given = course[["date", "grade", "low", "high", "n", "session"]].assign(what="grade").astype({"session": "str"})
    both = pd.concat([told, given], ignore_index=True) if len(given) else told
    return both.reindex(columns=columns)


def spec(table: pd.DataFrame, language: Language) -> dict[str, Any]:
    """Describe the picture: euros as a stair on the left, grades with their interval on the right.

    Parameters
    ----------
    table : DataFrame
        See `points`.
    language : {"nl", "en"}

    Returns
    -------
    dict
        Vega-Lite without data; a click on a step picks `idea_id`.
    """
    t = translator(language)
    days = pd.to_datetime(table["date"])
    ends = [days.min(), days.max()] if len(table) else []
    domain = {"domain": [{"year": end.year, "month": end.month, "date": end.day} for end in ends]} if ends else {}
    x = {
        "field": "date", "type": "temporal", "title": None, "scale": {"padding": 14, **domain},
        "axis": {"format": "%b %Y", "tickCount": 5},
    }  # fmt: skip
    most = float(table["eur"].max()) if len(table) else 1.0
    eur = {
        "field": "eur", "type": "quantitative", "title": t("savings.book_realised"),
        "scale": {"domain": [0, 1.15 * max(most, 1.0)], "nice": False},
        "axis": {"format": "$,.0f", "tickCount": 4, "grid": True, "orient": "left"},
    }  # fmt: skip
    grade = {
        "field": "grade", "type": "quantitative", "title": t("charts.grade"), "scale": {"domain": [1, 10], "nice": False},
        "axis": {"format": ".0f", "tickCount": 4, "orient": "right"},
    }  # fmt: skip
    told = [
        {"field": "date", "type": "temporal", "title": t("charts.date"), "format": "%d-%m-%Y"},
        {"field": "title", "title": t("savings.title_of")},
        {"field": "eur_text", "title": t("savings.book_realised")},
    ]
    graded = [
        {"field": "session", "title": t("charts.session")},
        {"field": "grade", "title": t("charts.grade"), "format": ".1f"},
        {"field": "n", "title": t("charts.n"), "format": ",d"},
    ]

    def of(what: str) -> list[dict[str, str]]:
        return [{"filter": f"datum.what === '{what}'"}]

    stair = {"type": "line", "interpolate": "step-after", "strokeWidth": 3, "color": EUROS}
    dot = {"type": "point", "filled": True, "size": 110, "opacity": 1, "color": EUROS, "cursor": "pointer"}
    # Every layer has a scale of its own, of the same reach; an axis is drawn once.
    more, again = ({**one, "axis": None} for one in (eur, grade))
    interval = {"y": {**grade, "field": "low"}, "y2": {"field": "high"}}
    point = {"type": "point", "filled": True, "size": 90, "opacity": 1, "color": GRADES}
    layers = [
        {"transform": of("eur"), "mark": stair, "encoding": {"x": x, "y": eur}},
        {
            "transform": of("grade"), "mark": {"type": "rule", "strokeWidth": 6, "opacity": 0.3, "color": GRADES},
            "encoding": {"x": x, **interval},
        },
        {
            "transform": of("grade"), "mark": {"type": "line", "strokeWidth": 2, "color": GRADES},
            "encoding": {"x": x, "y": again},
        },
        {"transform": of("grade"), "mark": point, "encoding": {"x": x, "y": again, "tooltip": graded}},
        {
            "name": "ideas", "transform": [*of("eur"), {"filter": "datum.idea_id"}], "mark": dot,
            "encoding": {"x": x, "y": more, "tooltip": told, "description": {"field": "title"}},
        },
    ]  # fmt: skip
    params = palette.pick("idea_id", view="ideas")
    return palette.base(language, height=260, params=params, layer=layers, resolve={"scale": {"y": "independent"}})


def alt(table: pd.DataFrame, language: Language) -> str:
    """Say in words what the picture shows.

    Parameters
    ----------
    table : DataFrame
        See `points`.
    language : {"nl", "en"}

    Returns
    -------
    str
    """
    t = translator(language)
    euros, grades = table[table["what"] == "eur"], table[table["what"] == "grade"]
    if euros.empty:
        return t("charts.nothing")
    first, last = (grades["grade"].iloc[0], grades["grade"].iloc[-1]) if len(grades) else (None, None)
    return t(
        "savings.course_alt", eur=euros["eur_text"].iloc[-1], date=day(euros["date"].iloc[-1], language),
        first=number(first, language, 1), last=number(last, language, 1),
    )  # fmt: skip
