"""The figures of the service areas in a view, computed once a selection."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from feedback.access.disclosure import visible_groups
from feedback.charts import tone_bars
from feedback.i18n import Language, day
from feedback.scores import course, nps, questions
from feedback.scores.chance import wilson
from feedback.settings import settings
from feedback.store.tables import SENTIMENTS
from feedback.ui.filters import View

MOST_SESSIONS = 8
# A quote is a sentence or two: long enough to tell something, short enough to read at a glance.
QUOTE_LENGTH = (30, 240)
QUOTES = 2


# A remark is about its first and its second area, as the filter on services has it.
@st.cache_resource(max_entries=48, show_spinner=False)
def _rows(key: str, _view: View) -> pd.DataFrame:
    view, data = _view, _view.snapshot
    first = view.remarks[["area", "sentiment", "person", "theme"]].astype({"area": "str"})
    second = view.remarks.loc[view.remarks["area2"].notna(), ["area2", "area", "sentiment", "person", "theme"]]
    second = second.astype({"area": "str", "area2": "str"})
    second = second[second["area2"] != second["area"]].drop(columns="area").rename(columns={"area2": "area"})
    each = pd.concat([first, second])
    each = each[each["area"].isin(data.areas["area"])]
    groups = each.groupby("area", observed=True)
    rows = pd.DataFrame({"remarks": groups.size(), "people": groups["person"].nunique()})
    tones = pd.crosstab(each["area"], each["sentiment"].astype("str")).reindex(columns=list(SENTIMENTS), fill_value=0)
    rows = rows.join(tones)
    rows["top"] = _top_theme(each, data.themes)
    rows = rows.join(course.latest(visible_measurements(view)).drop(columns="people"), how="outer")
    rows["shown"] = True
    if view.selection.by_who:
        shown = visible_groups(data.remarks, view.selection, "area", settings().group_threshold)
        rows["shown"] = [bool(shown.get(area)) for area in rows.index]
        # A breakdown by theme within every area is a selection of its own; the page of the area judges those.
        rows["top"] = None
    known = data.areas.set_index("area")[["area_id", "owner", "is_active", "version"]]
    wanted = list(view.selection.areas) or list(known.index)
    rows = known[known.index.isin(wanted)].join(rows)
    rows["shown"] = rows["shown"].fillna(not view.selection.by_who).astype(bool)
    hides = pd.Series([_hides_grade(view, str(area)) for area in rows.index], index=rows.index, dtype=bool)
    rows["grade_hidden"] = rows["grade"].isna() & hides
    counted = ["remarks", "people", *SENTIMENTS]
    rows[counted] = rows[counted].fillna(0).astype(int)
    return rows[rows["is_active"] | (rows["remarks"] > 0)]


def area_rows(view: View) -> pd.DataFrame:
    """Give the figures of every service area in a view, in the coordinator's order.

    Parameters
    ----------
    view : View

    Returns
    -------
    DataFrame
        Index area (key); area_id, owner, is_active, version, remarks, people, neg, neu, pos, mixed, top (theme that
        most people mention, None without one), the columns of `scores.course.latest`, grade_hidden, and shown (False: a small
        group is protected). Read-only.
    """
    return _rows(view.key, view)


def _hides_grade(view: View, area: str) -> bool:
    """Tell whether a grade that is not there may be one of a small group: told alike for few and for nobody."""
    return view.selection.by_who and bool((view.snapshot.scores["area"] == area).any())


def other_questions(view: View) -> pd.DataFrame:
    """Give the score questions that no grade counts, as last measured.

    Parameters
    ----------
    view : View

    Returns
    -------
    DataFrame
        question, area (key or NA), session, grade, n; what most people answered first. Empty in a selection by who, where
        every question would be a group of its own. Read-only.
    """
    return _others(view.key, view)


@st.cache_resource(max_entries=48, show_spinner=False)
def _others(key: str, _view: View) -> pd.DataFrame:
    scores = _view.scores
    if _view.selection.by_who or scores.empty:
        return pd.DataFrame(columns=["question", "area", "session", "grade", "n"])
    return questions.others(scores)


def _top_theme(each: pd.DataFrame, themes: pd.DataFrame) -> pd.Series:
    living = themes.loc[themes["status"].isin(["proposed", "confirmed"]), "theme"]
    placed = each[each["theme"].isin(living)].astype({"theme": "str"})
    groups = placed.groupby(["area", "theme"])["person"]
    sizes = pd.DataFrame({"people": groups.nunique(), "remarks": groups.size()}).reset_index()
    order = sizes.sort_values(["people", "remarks", "theme"], ascending=[False, False, True])
    return order.drop_duplicates("area").set_index("area")["theme"].astype(object)


def visible_measurements(view: View) -> pd.DataFrame:
    """Give the grades that may be shown: by who, every measurement of every area is a selection of its own.

    Parameters
    ----------
    view : View

    Returns
    -------
    DataFrame
        See `scores.course.measurements`. Read-only.
    """
    return _measured(view.key, view)


@st.cache_resource(max_entries=48, show_spinner=False)
def _measured(key: str, _view: View) -> pd.DataFrame:
    view, measured = _view, course.measurements(_view.scores)
    if not view.selection.by_who or measured.empty:
        return measured
    threshold = settings().group_threshold
    # Who gave grades; what is asked of a remark alone does not choose among them.
    asked = replace(view.selection, themes=(), sentiments=(), search="")
    keep = pd.Series(False, index=measured.index)
    for area, rows in measured[measured["people"] >= threshold].groupby("area"):
        recent = tuple(int(at) for at in rows["session_id"].tail(MOST_SESSIONS))
        chosen = replace(asked, areas=(str(area),), sessions=recent)
        shown = visible_groups(view.snapshot.scores, chosen, "session_id", threshold)
        keep |= keep.index.isin(rows.index[[bool(shown.get(at)) for at in rows["session_id"]]])
    return measured[keep]


@dataclass(frozen=True)
class AreaFigures:
    """What the page of one service area shows beside its themes.

    Attributes
    ----------
    course : DataFrame
        Its grade in every session; see `scores.course.measurements`.
    latest : Series or None
        See `scores.course.latest`; None where nobody gave a grade that may be shown.
    grade_hidden : bool
        Whether a small group may be the reason.
    sessions, aspects : DataFrame
        Remarks by tone for the last sessions and for every aspect; see `charts.tone_bars.counts`. Empty in a selection by
        who.
    quotes : dict of str to DataFrame
        For the negative and the positive: the remarks that tell most.
    negative : tuple of float
        Share of negative remarks and its 95 % interval (see `scores.chance.wilson`); NaN in a selection by who.
    recommend : Series or None
        The last net promoter score, where one was asked; see `scores.nps.measured`. None in a selection by who.
    """

    course: pd.DataFrame
    latest: pd.Series | None
    grade_hidden: bool
    sessions: pd.DataFrame
    aspects: pd.DataFrame
    quotes: dict[str, pd.DataFrame]
    negative: tuple[float, float, float]
    recommend: pd.Series | None


@st.cache_resource(max_entries=48, show_spinner=False)
def _figures(key: str, language: Language, area: str, _view: View) -> AreaFigures:
    view, data = _view, _view.snapshot
    remarks = view.remarks
    measured = visible_measurements(view)
    measured = measured[measured["area"] == area].reset_index(drop=True)
    latest = course.latest(measured)
    sessions = data.sessions[data.sessions["session_id"].isin(remarks["session_id"])]
    if view.selection.by_who:
        # Tones and aspects within such a choice would tell on single people.
        remarks = remarks.iloc[:0]
    hits = int((remarks["sentiment"] == "neg").sum())
    last = sessions.tail(MOST_SESSIONS)
    days = [day(date, language, short=True) for date in last["date"]]
    twice = last["session"].duplicated(keep=False)
    each = zip(last["session_id"], last["session"], days, twice, strict=True)
    titles = {at: f"{name} ({on})" if again else name for at, name, on, again in each}
    counted = remarks["aspect"].value_counts()
    names = data.aspect_names(language)
    largest = {str(aspect): names[str(aspect)] for aspect in counted.index if counted[aspect]}
    return AreaFigures(
        course=measured,
        latest=latest.iloc[-1] if len(latest) else None,
        grade_hidden=latest.empty and _hides_grade(view, area),
        sessions=tone_bars.counts(remarks, "session_id", titles, language),
        aspects=tone_bars.counts(remarks, "aspect", largest, language),
        quotes={tone: _telling(view.remarks, tone) for tone in ("neg", "pos")},
        negative=(hits / len(remarks) if len(remarks) else float("nan"), *wilson(hits, len(remarks))),
        recommend=recommend(view, area),
    )


def area_figures(view: View, area: str, language: Language) -> AreaFigures:
    """Give what the page of one service area shows.

    Parameters
    ----------
    view : View
        Of that area alone.
    area : str
        Key.
    language : {"nl", "en"}

    Returns
    -------
    AreaFigures
        Read-only.
    """
    return _figures(view.key, language, area, view)


def recommend(view: View, area: str | None = None) -> pd.Series | None:
    """Give the last net promoter score of a service, or of the services as a whole.

    Parameters
    ----------
    view : View
    area : str, optional
        Key.

    Returns
    -------
    Series or None
        See `scores.nps.measured`. None where nobody asked, and in a selection by who.
    """
    if view.selection.by_who:
        return None
    found = _recommended(view.key, view)
    found = found[found["area"].isna() if area is None else found["area"] == area]
    return found.iloc[-1] if len(found) else None


@st.cache_resource(max_entries=48, show_spinner=False)
def _recommended(key: str, _view: View) -> pd.DataFrame:
    return nps.measured(_view.scores)


def _telling(remarks: pd.DataFrame, tone: str) -> pd.DataFrame:
    """Give the remarks of one tone that fit their theme best: each of another theme, and of another person."""
    found = remarks[(remarks["sentiment"] == tone) & remarks["theme"].notna()]
    found = found[found["text"].str.len().between(*QUOTE_LENGTH)]
    found = found.sort_values(["strength", "remark_id"], ascending=[False, True]).drop_duplicates("theme")
    speaker = found["person"].astype(object).where(found["person"].notna(), found["remark_id"])
    return found[~speaker.duplicated()].head(QUOTES)
