"""The *klantminuut* on the stage: one screen for the weekly meeting, with a quote, a number and an open promise; without names."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
import streamlit as st

from feedback.i18n import day, number, percent
from feedback.replies.helped import ENOUGH_GRADES
from feedback.replies.minute import order, week_of
from feedback.scores import grades
from feedback.scores.questions import counting
from feedback.settings import settings
from feedback.ui import replies_data, stage, url
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.theme_rows import is_well_placed

STEP = "stap"
# A quote that is read aloud in one breath.
SHORTEST, LONGEST = 40, 180
MOST_NUMBERS = 8

_STYLE = """<style>
.st-key-minute_quote blockquote {border-left-width: .3rem; opacity: 1; margin: 0; padding: 0 0 0 1.5rem}
.st-key-minute_quote blockquote p {font-size: clamp(1.5rem, min(4vw, 7vh), 6.5rem); line-height: 1.2}
.st-key-minute_quote > div:last-child p, .st-key-minute_number p, .st-key-minute_promise p {
  font-size: clamp(1.15rem, min(2.2vw, 4vh), 3.6rem); line-height: 1.25}
.st-key-minute_number h2 {font-size: clamp(3rem, min(8vw, 15vh), 12rem); line-height: 1; padding: 0}
.st-key-minute_head p {font-size: clamp(1rem, min(1.6vw, 3vh), 2.4rem); opacity: .75}
</style>"""


@dataclass(frozen=True)
class Pool:
    """What a klantminuut may show, by a key that stays: quotes with where they come from, numbers with what they say, promises."""

    quotes: dict[str, tuple[str, str]]
    numbers: dict[str, tuple[str, str]]
    promises: dict[str, tuple[str, str]]


def pool(page: Page, view: View) -> Pool:
    """Gather what may be shown: of themes with enough people behind them, and without names.

    Parameters
    ----------
    page : Page
    view : View
        The whole panel, or sessions and services of it; never chosen by who.

    Returns
    -------
    Pool
    """
    return _pool(f"{view.key}|{page.lang}", dt.date.today(), page, view)


@st.cache_resource(max_entries=16, show_spinner=False)
def _pool(key: str, today: dt.date, _page: Page, _view: View) -> Pool:
    table = replies_data.chosen(_view)
    return Pool(_quotes(_page, _view), _numbers(_page, _view, table), _promises(_page, table))


def _themes(view: View, lang: str) -> pd.DataFrame:
    """Keep the themes behind which enough people stand; where nobody knows who spoke, enough remarks."""
    table = stage.themes_on_stage(view, lang)
    enough = table["people"].where(table["people"] > 0, table["remarks"]) >= settings().group_threshold
    return table[enough]


def _quotes(page: Page, view: View) -> dict[str, tuple[str, str]]:
    themes = _themes(view, page.lang).set_index("theme")
    said = view.remarks[view.remarks["theme"].isin(themes.index) & view.remarks["sentiment"].isin(["pos", "neg"])]
    said = said[said["text"].str.len().between(SHORTEST, LONGEST) & is_well_placed(said)]
    said = replies_data.nameless(view.snapshot, said)
    told = {str(theme): f"{row['name']} · {stage.facts(page, row)}" for theme, row in themes.iterrows()}
    return {
        f"remark-{remark}": (text, told[theme])
        for remark, text, theme in zip(said["remark_id"], said["text"], said["theme"].astype("str"), strict=True)
    }


def _numbers(page: Page, view: View, table: pd.DataFrame) -> dict[str, tuple[str, str]]:
    t, lang = page.t, page.lang
    found: dict[str, tuple[str, str]] = {}
    for one in _themes(view, lang).head(MOST_NUMBERS).itertuples():
        if one.people:
            found[f"theme-{one.theme}"] = (
                number(int(cast(int, one.people)), lang),
                t("present.minute_people", theme=one.name),
            )
    if len(view.scores):
        scores = counting(view.scores)
        graded = grades.summary(scores[~scores["recommends"].astype(bool)], "area")
        areas = view.snapshot.area_names(lang)
        for area, row in graded[graded["n"] >= max(ENOUGH_GRADES, settings().group_threshold)].iterrows():
            said = t("present.minute_grade", area=areas.get(str(area), ""), n=int(row["n"]))
            found[f"grade-{area}"] = number(row["grade"], lang, 1), said
    owed = table[table["owed"]]
    if len(owed):
        answered = int((~owed["waiting"]).sum())
        found["answered"] = (
            percent(answered / len(owed), lang), t("present.minute_answered", answered=answered, n=len(owed)),
        )  # fmt: skip
    if late := int(table["late"].sum()):
        found["late"] = number(late, lang), t("present.minute_late", n=late, days=settings().reply_days)
    return found


def _promises(page: Page, table: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Give the promises that are open; where there are none, what has no answer yet."""
    t, lang = page.t, page.lang
    promised = table[table["state"].isin(["change", "study"])]
    found = {}
    for row in (promised if len(promised) else table[table["waiting"]]).to_dict("records"):
        said = (
            t(f"replies.date_{row['state']}", date=day(row["due_on"], lang))
            if pd.notna(row["due_on"])
            else t("present.minute_open")
        )
        if row["overdue"]:
            said += f" ({t('replies.overdue')})"
        text = row["text"] or t(f"replies.state_{row['state']}")
        found[f"{row['kind']}-{row['id']}-{row['state']}"] = f"{row[f'name_{lang}']}: {text}", said
    return found


def minute(page: Page, view: View) -> None:
    """Draw the klantminuut of this week, or another that somebody asks for.

    Parameters
    ----------
    page : Page
    view : View
        See `pool`.
    """
    t, found, week = page.t, pool(page, view), week_of(dt.date.today())
    step = int(url.get(STEP)) if url.get(STEP).isdecimal() and len(url.get(STEP)) < 6 else 0
    quote, figure, promise = (_turn(part, week, step) for part in (found.quotes, found.numbers, found.promises))
    st.html(_STYLE)
    with st.container(key="stage", gap="large"):
        st.container(key="minute_head").markdown(
            escape(t("present.minute_title", week=dt.date.today().isocalendar().week))
        )
        if quote is None and figure is None and promise is None:
            st.info(t("present.minute_none"), icon=":material/info:")
        if quote:
            with st.container(key="minute_quote", gap="small"):
                st.markdown(f"> {escape(quote[0])}")
                st.markdown(escape(quote[1]))
        left, right = st.columns([2, 3], gap="large", vertical_alignment="top")
        if figure:
            with left.container(key="minute_number", gap="xsmall"):
                st.header(escape(figure[0]), anchor=False)
                st.markdown(escape(figure[1]))
        if promise:
            with right.container(key="minute_promise", gap="xsmall"):
                st.markdown(f"**{t('present.minute_promise')}**")
                st.markdown(escape(promise[0]))
                st.markdown(escape(promise[1]))
    _bar(page, step, bool(found.quotes or found.numbers or found.promises))


def _turn(part: dict[str, tuple[str, str]], week: int, step: int) -> tuple[str, str] | None:
    keys = order(part, week)
    return part[keys[step % len(keys)]] if keys else None


def _bar(page: Page, step: int, there: bool) -> None:
    t = page.t

    def to(place: int) -> dict[str, Any]:
        return {"on_click": url.put, "args": (STEP, str(place) if place else None)} if there else {"disabled": True}

    with st.container(key="stage_bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(t("present.back"), key="stage.back", shortcut="Left", **to(max(step - 1, 0)))
        st.button(t("present.on"), key="stage.on", shortcut="Right", **to(step + 1))
        st.button(t("present.themes"), key="stage.minute", shortcut="K", on_click=url.clear, args=(("beeld", STEP),))
        stage.full_screen(page)
        st.page_link(
            "pages/overview.py", label=t("present.close"), icon=":material/close:", query_params={"lang": page.lang}
        )
        with st.container(key="stage_keys"):
            for key in ("PageDown", "Down", "Space"):
                st.button(key, key=f"stage.{key}", shortcut=key, **to(step + 1))
            for key in ("PageUp", "Up"):
                st.button(key, key=f"stage.{key}", shortcut=key, **to(max(step - 1, 0)))
