"""The parts of the overview: figures on top, the heat map, what changed, the mildest savings, what to do now."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection, check, visible_groups
from feedback.charts import grade_trend, heatmap
from feedback.i18n import MISSING, day, euro, number, percent, translator
from feedback.savings import impact
from feedback.scores import grades
from feedback.scores.chance import welch
from feedback.settings import settings
from feedback.themes import trend
from feedback.ui import savings_felt, savings_found, url
from feedback.ui.data import Snapshot, snapshot
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import chart, downloads, tiles
from feedback.ui.remarks import remarks_dialog
from feedback.ui.replies_data import figures as answer_figures
from feedback.ui.replies_data import subjects
from feedback.ui.savings import chosen, cuts_of
from feedback.ui.service_parts import signed
from feedback.ui.theme_parts import UNPLACED
from feedback.ui.theme_rows import is_unplaced

MOST_THEMES = 12
MOST_LINES = 5
WIDEST_LINE = 32
SHOWN_CHANGES = ("new", "rising", "falling", "gone")
# What may wait for the coordinator: where it is done, with what in the address.
TO_DO: dict[str, tuple[str, dict[str, str]]] = {
    "felt": ("pages/savings.py", {"beeld": "boek"}),
    "confirm": ("pages/themes.py", {"status": "proposed"}),
    "place": ("pages/themes.py", {"thema": UNPLACED}),
    "ideas": ("pages/savings.py", {}),
    "answers": ("pages/replies.py", {"stand": "open,study"}),
    "files": ("pages/upload.py", {}),
}
ARROWS = {"new": "✦", "rising": "▲", "falling": "▼", "gone": "○"}


def is_empty() -> bool:
    """Tell whether nothing was imported yet, or everything undone."""
    data = snapshot()
    return data.remarks.empty and data.scores.empty


@dataclass(frozen=True)
class Figures:
    """What the overview shows of a view, computed once a selection."""

    people: int
    notes: int
    remarks: int
    sessions: int
    all_remarks: int
    all_sessions: int
    all_notes: int
    filled_notes: int
    organisations: int
    unknown: int
    themes: int
    latest: pd.Timestamp | None
    grades: pd.DataFrame
    trends: pd.DataFrame

    def latest_day(self, page: Page) -> str:
        """Give the day of the last session as the reader writes it."""
        return day(self.latest, page.lang, short=True)


@st.cache_resource(max_entries=48, show_spinner=False)
def _figures(key: str, _view: View) -> Figures:
    remarks, data = _view.remarks, _view.snapshot
    scores = _view.scores
    if _view.selection.by_who and len(scores):
        shown = visible_groups(
            data.scores,
            replace(_view.selection, themes=(), sentiments=(), search=""),
            "session_id",
            settings().group_threshold,
        )
        scores = scores[scores["session_id"].isin([session for session, may in shown.items() if may])]
    course = grades.overall(scores)
    if _view.selection.by_who:
        # Fewer people may have answered the one question that counts than gave any score.
        course = course[course["people"] >= settings().group_threshold].reset_index(drop=True)
    return Figures(
        people=remarks["person"].nunique(), notes=remarks["note_id"].nunique(), remarks=len(remarks),
        sessions=remarks["session_id"].nunique(), all_remarks=len(data.remarks),
        all_sessions=data.remarks["session_id"].nunique(), grades=course,
        organisations=remarks["organisation"].nunique(),
        filled_notes=data.remarks["note_id"].nunique(),
        all_notes=int(data.batches.loc[data.batches["undone_at"].isna(), "notes"].sum()),
        unknown=int(remarks["person"].isna().sum()), themes=remarks["theme"].nunique(),
        latest=remarks["date"].max() if len(remarks) else None, trends=trend.trends(remarks),
    )  # fmt: skip


def metrics(page: Page, view: View) -> None:
    """Draw the figures on top: who and what the selection covers, satisfaction and its course, open answers."""
    t, lang, figures = page.t, page.lang, _figures(view.key, view)
    part = figures.remarks < figures.all_remarks
    # Every box has a line under its figure, so that all are equally high.
    some_sessions = figures.sessions < figures.all_sessions
    lines = {
        "people": t("overview.unknown", n=figures.unknown)
        if figures.unknown
        else t("overview.organisations", n=figures.organisations),
        "notes": t("overview.of_filled", n=figures.filled_notes)
        if part
        else t("overview.of_notes", n=figures.all_notes),
        "remarks": t("overview.of", n=figures.all_remarks) if part else t("overview.in_themes", n=figures.themes),
        "sessions": t("overview.of", n=figures.all_sessions)
        if some_sessions
        else t("overview.latest", date=figures.latest_day(page)),
    }
    plain: dict[str, Any] = {"border": True, "delta_color": "off", "delta_arrow": "off"}
    with tiles():
        for name, line in lines.items():
            st.metric(
                t(f"overview.{name}"),
                number(getattr(figures, name), lang),
                delta=line,
                help=t(f"overview.{name}_help"),
                **plain,
            )
        _satisfaction(page, figures.grades, plain, view.selection)
        _answers(page, view, plain)


def _answers(page: Page, view: View, plain: dict[str, Any]) -> None:
    """Draw what the panel is still owed an answer on, by the clock of `replies.clock`."""
    t, lang = page.t, page.lang
    found = answer_figures(view)
    n, answered, late = (int(found[name].sum()) for name in ("n", "answered", "late"))
    line = t("overview.open_late", n=n, late=late) if late else t("overview.of", n=n)
    explained = t("overview.open_help")
    if n:
        figures = {name: number(found[name].iloc[0], lang) for name in ("median", "oldest")}
        explained += " " + t("overview.open_clock", share=percent(answered / n, lang), **figures)
    st.metric(t("overview.open"), number(n - answered, lang), delta=line, help=explained, **plain)


def _satisfaction(page: Page, course: pd.DataFrame, plain: dict[str, Any], selection: Selection) -> None:
    t, lang = page.t, page.lang
    if course.empty:
        st.metric(
            t("overview.grade"),
            MISSING,
            delta=t("remarks.hidden" if selection.by_who else "overview.no_grades"),
            help=t("overview.grade_none"),
            **plain,
        )
        return
    now, before = course.iloc[-1], grades.before_last(course)
    places = 1
    delta, explained = "", t("overview.grade_help", session=str(now["session"]), n=int(now["n"]))
    explained += " " + _measured(page, course.tail(1))
    if pd.notna(now["low"]):
        explained += " " + t("overview.interval", low=number(now["low"], lang, 1), high=number(now["high"], lang, 1))
    if before is not None:
        told = welch(*((float(one["grade"]), float(one["sd"]), int(one["n"])) for one in (before, now)))
        places = grades.decimals(float(before["grade"]), float(now["grade"]))
        step = signed(page, told.step, places)
        delta = t("overview.grade_step" if told.clear else "overview.grade_noise", step=step)
        was = {"grade": number(before["grade"], lang, places), "session": str(before["session"]), "n": int(before["n"])}
        explained += " " + t("overview.grade_before", **was)
        if pd.notna(told.low):
            ends = {"low": signed(page, told.low, places), "high": signed(page, told.high, places)}
            explained += " " + t("overview.grade_between", step=step, **ends)
    delta = delta or t("overview.graded_by", n=int(now["n"]))
    if selection.search:
        delta = t("overview.grade_all_words")
    label = t("overview.recommend" if now["source"] == "recommend" else "overview.grade")
    st.metric(label, number(now["grade"], lang, places), help=escape(explained), delta=delta, **plain)


def _measured(page: Page, course: pd.DataFrame) -> str:
    """Name the questions that the grades come from."""
    if course["source"].iloc[0] == "areas":
        return page.t("overview.measured_areas")
    names = list(dict.fromkeys(str(name).casefold() for name in course["question"]))
    return page.t("overview.measured", n=len(names), questions=", ".join(f"“{name}”" for name in names))


def _may_show(view: View, cell: dict[Hashable, Any]) -> bool:
    """Judge one cell as the selection it is: who, theme and service area."""
    if cell["people"] < settings().group_threshold:
        return False
    asked = replace(view.selection, themes=(cell["theme"],), areas=(cell["area"],))
    return check(view.snapshot.remarks, asked, settings().group_threshold).shown


@st.cache_resource(max_entries=48, show_spinner=False)
def _heat(key: str, lang: str, _view: View) -> tuple[pd.DataFrame, dict[str, Any], str]:
    data = _view.snapshot
    table = heatmap.cells(_view.remarks, data.theme_names(lang), data.area_names(lang), most=MOST_THEMES)
    if _view.selection.by_who:
        table = table[[_may_show(_view, cell) for cell in table.to_dict("records")]].reset_index(drop=True)
    return table, heatmap.spec(table, lang), heatmap.alt(table, lang)  # type: ignore[arg-type]


def heat(page: Page, view: View) -> tuple[pd.DataFrame, dict[str, Any], str]:
    """Give the heat map's cells, spec and words."""
    return _heat(view.key, page.lang, view)


@st.cache_resource(max_entries=48, show_spinner=False)
def _course(key: str, lang: str, _view: View) -> tuple[pd.DataFrame, dict[str, Any], str]:
    table = _figures(key, _view).grades
    t = translator(lang)  # type: ignore[arg-type]
    table = table.assign(kind_name=table["kind"].astype(object).map(lambda kind: t(f"kind.{kind}")))
    return table, grade_trend.spec(table, lang, height=130), grade_trend.alt(table, lang)  # type: ignore[arg-type]


def course(page: Page, view: View) -> None:
    """Draw the grade from session to session; a click on a point shows what was said there."""
    if len(_figures(view.key, view).grades) < 2:
        return
    t = page.t
    table, spec, alt = _course(view.key, page.lang, view)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        told = f"{t('overview.course_help')} {_measured(page, table)}"
        st.markdown(f"**{t('overview.course')}**", help=escape(told))
        downloads(page, "overzicht-cijfer", lambda: table, spec)
    picked = chart(page, "overview.course", spec, table, alt)
    if picked:
        said = view.remarks[view.remarks["session_id"] == picked["session_id"]]
        name = str(table.set_index("session_id").loc[picked["session_id"], "session"])
        remarks_dialog(page, view.snapshot, said, name, "overview.session")


def changes(page: Page, view: View) -> None:
    """Draw what is new, rising, falling or gone since the last session; only what the test supports."""
    t, data, found = page.t, view.snapshot, _figures(view.key, view).trends
    st.markdown(f"**{t('overview.changes')}**", help=t("overview.changes_help"))
    if view.selection.by_who:
        st.caption(t("overview.changes_whole_panel"))
        return
    told = found[found["change"].isin(SHOWN_CHANGES)]
    told = told.assign(order=told["change"].map(SHOWN_CHANGES.index)).sort_values(
        ["order", "n_last"], ascending=[True, False]
    )
    if told.empty:
        st.caption(t("overview.no_changes"))
    names = data.theme_names(page.lang)
    for row in told.head(MOST_LINES).rename_axis("theme").reset_index().to_dict("records"):
        label = f"{ARROWS[row['change']]} {names[row['theme']]}"
        text = t(f"overview.change.{row['change']}", last=int(row["n_last"]), before=int(row["n_before"]))
        _line(label, text, "pages/themes.py", thema=row["theme"])


@st.cache_resource(max_entries=48, show_spinner=False)
def _mildest(key: str, _view: View) -> list[dict[Hashable, Any]]:
    return impact.least_pain(chosen(_view, cuts_of(_view.snapshot)), MOST_LINES).to_dict("records")


def savings(page: Page, view: View) -> None:
    """Draw the five savings ideas that hurt least, of those that the filters leave."""
    t, lang = page.t, page.lang
    found = _mildest(view.key, view)
    st.markdown(f"**{t('overview.savings')}**", help=t("overview.savings_help"))
    if not found:
        st.caption(t("overview.no_savings" if view.selection == Selection() else "overview.no_savings_here"))
    for row in found:
        text = t("overview.saving_line", eur=euro(row["eur"], lang), pain=number(row["pain"], lang))
        _line(str(row["title"]), text, "pages/savings.py", idee=str(row["idea_id"]))


def _line(label: str, text: str, target: str, **values: str) -> None:
    short = textwrap.shorten(label, WIDEST_LINE, placeholder=" …")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xxsmall"):
        url.link(target, escape(short), help=escape(label) if short != label else None, **values)
        st.caption(text, width="content")


@st.cache_resource(max_entries=4, show_spinner=False)
def _waiting(key: str, today: dt.date, _data: Snapshot) -> dict[str, int]:
    """Count what waits for the coordinator, in the whole panel."""
    data, remarks = _data, _data.remarks
    living = data.themes[data.themes["theme_id"].isin(remarks["theme_id"])]
    return {
        "felt": len(savings_felt.felt_ideas(data)),
        "confirm": int((living["status"] == "proposed").sum()),
        "place": int(is_unplaced(remarks).sum()),
        "ideas": int((~savings_found.found(data)["weak"]).sum()),
        "answers": int(subjects(data)["waiting"].sum()),
        "files": int(data.batches["undone_at"].notna().sum()),
    }


def to_do(page: Page, view: View) -> None:
    """Draw at most five things the coordinator can do now, for the whole panel whatever is chosen."""
    if not page.user.may("coordinator"):
        return
    t, data = page.t, view.snapshot
    counts = _waiting(f"{settings().database_url}|{data.version}", dt.date.today(), data)
    acts = [(name, counts[name], target, query) for name, (target, query) in TO_DO.items()]
    due = [act for act in acts if act[1]][:MOST_LINES]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="overview_to_do"):
        st.markdown(f"**{t('overview.to_do')}**", width="content")
        if not due:
            st.caption(t("overview.nothing_to_do"))
        for name, n, target, query in due:
            if st.button(t(f"overview.do.{name}", n=n), key=f"overview.do.{name}"):
                url.go(target, **query)
        if view.selection != Selection():
            st.caption(t("overview.to_do_whole"), width="content")
