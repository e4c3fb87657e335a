"""The list of themes: every line is prepared once a selection, and drawn with as few elements as can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape as html
from typing import Any

import pandas as pd
import streamlit as st

from feedback.i18n import sort_key
from feedback.themes.naming import heading
from feedback.ui import theme_headings
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import show_all
from feedback.ui.theme_acts import fresh_key
from feedback.ui.theme_facts import facts
from feedback.ui.theme_parts import open_theme
from feedback.ui.theme_rows import heading_rows, theme_rows

# Of single themes and of headings: more is behind a click.
FIRST, FIRST_HEADINGS = 25, 15
# Pixels; what leaves the figures one line on a laptop.
NAME_WIDTH = 205


@dataclass(frozen=True)
class Line:
    """One line of the list.

    Attributes
    ----------
    themes : tuple of str
        Keys: one theme, or all under a heading, those with most remarks first.
    title : str
        As plain text.
    figures : str
        HTML; see `theme_facts.facts`. "" where they would tell on single people.
    labels : dict of str to str
        What stands on the button of each theme under the heading, escaped.
    """

    themes: tuple[str, ...]
    title: str
    figures: str
    labels: dict[str, str]


def of_status(rows: pd.DataFrame, status: str | None) -> pd.DataFrame:
    """Keep the themes of a status; without one all but those parked, which are out of the way until somebody asks for them."""
    return rows[rows["status"] == status] if status else rows[rows["status"] != "parked"]


def in_order(rows: pd.DataFrame, sort: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Order themes, or headings over them.

    Parameters
    ----------
    rows : DataFrame
        See `theme_rows.theme_rows` and `theme_rows.heading_rows`.
    sort : str
        One of `theme_parts.SORTS`.
    names : mapping of str to str

    Returns
    -------
    DataFrame
        The same rows. Of equals the larger first; figures that are protected do not give away their place.
    """
    by: dict[str, tuple[str | pd.Series, bool]] = {
        "people": ("people", True), "remarks": ("remarks", True), "grade": ("grade", False),
        "negative": ((rows["neg"] / rows["remarks"]).where(rows["parts"]), True), "trend": (_rise(rows), True),
        "name": ("people", True),
    }  # fmt: skip
    column, largest_first = by[sort]
    values = (rows[column] if isinstance(column, str) else column).tolist()
    people, remarks, shown = rows["people"].tolist(), rows["remarks"].tolist(), rows["shown"].tolist()
    by_name = [sort_key(names[str(at)]) for at in rows.index]

    def place(at: int) -> tuple[Any, ...]:
        value = float("nan") if values[at] is None or not shown[at] else values[at]
        told = value == value and sort != "name"
        size = (-people[at], -remarks[at]) if shown[at] and sort != "name" else (0, 0)
        return not told, (-value if largest_first else value) if told else 0, not shown[at], size, by_name[at]

    return rows.iloc[sorted(range(len(rows)), key=place)]


def _rise(rows: pd.DataFrame) -> pd.Series:
    """Give what to sort on: themes of which a test says that they rise first, then by how much."""
    return (rows["share_last"] - rows["share_before"]) + rows["change"].isin(("rising", "new"))


@st.cache_resource(max_entries=48, show_spinner=False)
def _lines(key: str, lang: str, sort: str, status: str | None, k: int, _page: Page, _view: View) -> tuple[Line, ...]:
    page, view = _page, _view
    names, areas = view.snapshot.theme_names(lang), view.snapshot.area_names(lang)
    rows = in_order(of_status(theme_rows(view), status), sort, names)
    alone = {
        str(theme): Line((str(theme),), names[str(theme)], facts(page, row, areas), {})
        for theme, row in zip(rows.index, rows.to_dict("records"), strict=True)
    }
    if k >= len(rows):
        return tuple(alone.values())
    sizes = rows["remarks"].where(rows["shown"], 0).to_dict()
    headings = [
        tuple(sorted(group, key=lambda theme: -sizes[theme])) for group in theme_headings.under_headings(view, rows, k)
    ]
    its = rows["area"].fillna("").to_dict()
    titles = {
        themes[0]: heading([(names[theme], its[theme]) for theme in themes], areas, page.lang) for themes in headings
    }
    figures: dict[str, str] = {}
    if not view.selection.by_who:
        found = in_order(heading_rows(view, tuple(headings)), sort, titles)
        place = {str(first): at for at, first in enumerate(found.index)}
        headings.sort(key=lambda themes: place[themes[0]])
        figures = {
            str(first): facts(page, row, areas)
            for first, row in zip(found.index, found.to_dict("records"), strict=True)
        }

    def label(theme: str) -> str:
        return escape(names[theme]) + (f" · {sizes[theme]}" if sizes[theme] else "")

    return tuple(
        alone[themes[0]]
        if len(themes) == 1
        else Line(themes, titles[themes[0]], figures.get(themes[0], ""), {theme: label(theme) for theme in themes})
        for themes in headings
    )


def draw(page: Page, view: View, sort: str, status: str | None, k: int) -> None:
    """Draw themes one under the other, under headings where those are asked for; the first ones, and the rest behind a click.

    Parameters
    ----------
    page : Page
    view : View
    sort : str
        One of `theme_parts.SORTS`.
    status : str or None
        See `of_status`.
    k : int
        How many headings; as many as themes means none.
    """
    t = page.t
    lines = _lines(view.key, page.lang, sort, status, k, page, view)
    if not lines:
        st.caption(t("themes.page.none_of_status"))
        return
    headed = any(line.labels for line in lines)
    more = f"themes.more.{view.key}"
    shown = lines if st.session_state.get(more) else lines[: FIRST_HEADINGS if headed else FIRST]
    may_join = page.user.may("coordinator")
    with st.container(border=True, gap="xsmall", key="themes_list"):
        for line in shown:
            if line.labels:
                _heading(page, line, may_join=may_join)
            else:
                _theme(line)
    rest = len(lines) - len(shown)
    if rest:
        label = t("themes.page.more_headings" if headed else "themes.page.more", n=rest)
        st.button(label, key="themes.more", on_click=show_all, args=(more,), width="stretch")
    theme_headings.join_dialog(page, view)


def _theme(line: Line) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            f"**{escape(line.title)}**", key=f"themes.open.{line.themes[0]}", type="tertiary", width=NAME_WIDTH,
            on_click=open_theme, args=line.themes,
        )  # fmt: skip
        st.html(line.figures)


def _heading(page: Page, line: Line, *, may_join: bool) -> None:
    name = f'<b style="flex:0 1 {NAME_WIDTH}px;font-size:1rem">{html(line.title)}</b>'
    told = f'<div style="flex:1 1 20rem">{line.figures}</div>'
    look = "display:flex;flex-wrap:wrap;gap:.15rem 1rem;align-items:center;padding-top:.5rem"
    st.html(f'<div style="{look}">{name}{told}</div>')
    key = f"themes.under.{line.themes[0]}"
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.pills(
            escape(line.title), line.themes, key=key, format_func=lambda theme: line.labels[theme], wrap=True,
            label_visibility="collapsed", on_change=_open_chosen, args=(key,),
        )  # fmt: skip
        if may_join:
            st.button(
                page.t("themes.page.join"), key=fresh_key(f"join.{line.themes[0]}"), type="tertiary",
                icon=":material/merge:", on_click=theme_headings.ask_join, args=(line.themes,),
            )  # fmt: skip


def _open_chosen(key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen:
        open_theme(chosen)
