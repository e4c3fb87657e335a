"""Themes under headings: fewer or more of them, as the reader likes; and one heading made one theme."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from feedback.settings import settings
from feedback.store.engine import reading
from feedback.themes import curation
from feedback.themes.grouping import readable
from feedback.themes.nesting import Nesting
from feedback.themes.stored import stored_codebook
from feedback.ui import url
from feedback.ui.data import act, database
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import show_all
from feedback.ui.theme_acts import done, fresh_key, id_of
from feedback.ui.theme_facts import facts
from feedback.ui.theme_parts import in_order, open_theme, theme_row
from feedback.ui.theme_rows import heading_rows

AMOUNT = "aantal"
# With fewer themes than this there is nothing to put under headings.
FEWEST = 6
FIRST = 15
_ASKED = "themes.join_asked"

Headings = tuple[tuple[str, ...], ...]


@st.cache_resource(max_entries=2, show_spinner=False)
def _nesting(key: str) -> Nesting:
    with reading(database()) as session:
        return Nesting(stored_codebook(session=session).entries)


def amount(page: Page, view: View, rows: pd.DataFrame) -> int:
    """Let the reader choose how many headings there are; as many as themes means no headings.

    Parameters
    ----------
    page : Page
    view : View
    rows : DataFrame
        See `theme_rows.theme_rows`; of the themes on the list.

    Returns
    -------
    int
    """
    most = len(rows)
    if most < FEWEST:
        return most
    fewest, readable_most = readable(len(view.remarks))
    usual = (fewest + readable_most) // 2 if most > 1.25 * readable_most else most
    name = url.widget_key(AMOUNT)
    held = st.session_state.get(name, url.get(AMOUNT) or usual)
    held = int(held) if str(held).isdecimal() else usual
    # Filters leave fewer themes: the choice shrinks with them.
    st.session_state[name] = min(max(held, 2), most)
    chosen = int(
        st.slider(page.t("themes.page.amount"), 2, most, key=name, width=220, help=page.t("themes.page.amount_help"))
    )
    url.put(AMOUNT, "" if chosen == usual else str(chosen))
    return chosen


def under_headings(view: View, rows: pd.DataFrame, k: int) -> Headings:
    """Put the themes of a list under headings.

    Parameters
    ----------
    view : View
    rows : DataFrame
        See `theme_rows.theme_rows`, in the order of the list.
    k : int

    Returns
    -------
    tuple of tuple of str
        Keys of the themes of each heading, in the order of the list.
    """
    order = {str(theme): at for at, theme in enumerate(rows.index)}
    nesting = _nesting(f"{settings().database_url}|{view.snapshot.version}")
    groups = (tuple(sorted(group, key=order.__getitem__)) for group in nesting.cut(order, k))
    return tuple(sorted(groups, key=lambda group: order[group[0]]))


def draw(page: Page, view: View, rows: pd.DataFrame, names: Mapping[str, str], headings: Headings, sort: str) -> None:
    """Draw themes under their headings; the first ones, and the rest behind a click.

    Parameters
    ----------
    page : Page
    view : View
    rows : DataFrame
        See `theme_rows.theme_rows`.
    names : mapping of str to str
    headings : tuple of tuple of str
    sort : str
        What the headings are ordered by, see `theme_parts.SORTS`.
    """
    areas = view.snapshot.area_names(page.lang)
    titles = {themes[0]: title(page, [names[theme] for theme in themes]) for themes in headings}
    figures = None if view.selection.by_who else heading_rows(view, headings)
    if figures is not None:
        by_first = {themes[0]: themes for themes in headings}
        headings = tuple(by_first[str(first)] for first in in_order(figures, sort, titles).index)
    by_theme = {str(theme): row for theme, row in rows.iterrows()}
    by_heading = {} if figures is None else {str(first): row for first, row in figures.iterrows()}
    more = f"themes.more.{view.key}"
    shown = headings if st.session_state.get(more) else headings[:FIRST]
    with st.container(border=True, gap="xsmall", key="themes.list"):
        for themes in shown:
            if len(themes) == 1:
                theme_row(page, themes[0], by_theme[themes[0]], names, areas)
                continue
            name, told = st.columns([3, 10], vertical_alignment="center", gap="xxsmall")
            name.markdown(f"**{escape(titles[themes[0]])}**")
            if themes[0] in by_heading:
                told.html(facts(page, by_heading[themes[0]], areas))
            with st.container(horizontal=True, gap="xxsmall", vertical_alignment="center"):
                for theme in themes:
                    row = by_theme[theme]
                    size = f" · {int(row['remarks'])}" if row["shown"] else ""
                    st.button(
                        escape(names[theme]) + size, key=f"themes.open.{theme}", on_click=open_theme, args=(theme,)
                    )
                if page.user.may("coordinator"):
                    st.button(
                        page.t("themes.page.join"), key=fresh_key(f"join.{themes[0]}"), type="tertiary",
                        icon=":material/merge:", on_click=_ask_join, args=(themes,),
                    )  # fmt: skip
    rest = len(headings) - len(shown)
    if rest:
        st.button(page.t("themes.page.more_headings", n=rest), key="themes.more", on_click=show_all, args=(more,),
                  width="stretch")  # fmt: skip
    asked: tuple[str, ...] = st.session_state.get(_ASKED, ())
    if asked and set(asked) <= names.keys():
        st.dialog(page.t("themes.page.join_title"), on_dismiss=_stop_asking)(_join)(page, view, names, asked)


def _ask_join(themes: tuple[str, ...]) -> None:
    st.session_state[_ASKED] = themes


def _stop_asking() -> None:
    st.session_state.pop(_ASKED, None)


def title(page: Page, names: list[str]) -> str:
    """Name a heading after its first themes.

    Parameters
    ----------
    page : Page
    names : list of str
        The largest first.

    Returns
    -------
    str
    """
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return page.t("themes.page.heading_two", first=names[0], second=names[1])
    return page.t("themes.page.heading_more", first=names[0], n=len(names) - 1)


def _join(page: Page, view: View, names: Mapping[str, str], themes: tuple[str, ...]) -> None:
    t, data = page.t, view.snapshot
    told = ", ".join(names[theme] for theme in themes)
    st.write(escape(t("themes.page.join_help", names=told)))
    with st.form(fresh_key("join_form"), border=False):
        name = st.text_input(t("themes.page.join_name"), names[themes[0]], max_chars=200, key=fresh_key("join_name"))
        if st.form_submit_button(t("themes.page.join_do", n=len(themes)), type="primary", key=fresh_key("join_do")):
            # A name that was left as it is keeps the name in the other language as well.
            new = "" if name.strip() == names[themes[0]] else name
            events = act(page, curation.join, [id_of(data, theme) for theme in themes], new)
            if events is not None:
                _stop_asking()
                done(t("themes.page.did_join", n=len(themes), name=name.strip()), events)
