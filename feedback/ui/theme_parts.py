"""What the themes page shows: the list of themes, the map of remarks, the head of one theme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from feedback.charts.palette import TONES
from feedback.i18n import sort_key
from feedback.replies.states import Subject
from feedback.ui import replies, url
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import one_of, show_all
from feedback.ui.shell import example_mark
from feedback.ui.theme_acts import THEME
from feedback.ui.theme_facts import areas_of, facts, trend_text
from feedback.ui.theme_rows import theme_rows

# The URL value of the list of what is still to place; a theme's key never looks so.
UNPLACED = "nog-te-plaatsen"
SORT, STATUS, LOOK = "volgorde", "status", "beeld"
SORTS = ("people", "remarks", "grade", "negative", "trend", "name")
STATUSES = ("proposed", "confirmed", "parked")
COLOURS = {"confirmed": "green", "proposed": "blue", "parked": "gray", "dormant": "gray"}
FIRST = 25


def open_theme(theme: str) -> None:
    """Go to a theme; for a callback."""
    url.set_value(THEME, theme)


def close_theme() -> None:
    """Go back to the list; for a callback."""
    url.put(THEME, None)


def summary(page: Page, view: View, rows: pd.DataFrame) -> str:
    """Say in one line what the filters leave, as markdown.

    Parameters
    ----------
    page : Page
    view : View
    rows : DataFrame
        See `theme_rows.theme_rows`.

    Returns
    -------
    str
    """
    t, remarks = page.t, view.remarks
    text = t(
        "themes.page.summary", themes=t("themes.page.count", n=len(rows)), remarks=t("remarks.count", n=len(remarks)),
        people=t("people.count", n=remarks["person"].nunique()),
    )  # fmt: skip
    unknown = int(remarks["person"].isna().sum())
    return escape(f"{text} {t('themes.page.unknown', n=unknown)}" if unknown else text)


def head(page: Page, view: View, theme: pd.Series) -> None:
    """Draw name, status and figures of one theme.

    Parameters
    ----------
    page : Page
    view : View
    theme : Series
        A row of `store.frames.themes`.
    """
    t, lang = page.t, page.lang
    rows = theme_rows(view)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(escape(theme[f"name_{lang}"]), width="content", anchor=False)
        st.badge(t(f"themes.page.status_{theme['status']}"), color=COLOURS[theme["status"]])  # type: ignore[arg-type]
        if theme["owner"]:
            st.caption(escape(t("themes.page.owner_is", owner=theme["owner"])), width="content")
        if view.snapshot.has_example:
            example_mark(page)
    if theme[f"description_{lang}"]:
        st.caption(escape(theme[f"description_{lang}"]))
    if theme["theme"] in rows.index:
        st.html(facts(page, rows.loc[theme["theme"]].drop("status"), view.snapshot.area_names(lang)))
    replies.beside(page, view.snapshot, Subject("theme", int(theme["theme_id"])))


def look(page: Page) -> str:
    """Let the reader choose between list and map, a coordinator the codebook too; in the address."""
    looks = ("lijst", "kaart", *(("codeboek",) if page.user.may("coordinator") else ()))
    return one_of(page, LOOK, looks, "themes.page.view")


def ordered(page: Page, rows: pd.DataFrame, names: Mapping[str, str]) -> tuple[pd.DataFrame, str]:
    """Let the reader choose status and order, and give the themes so.

    Parameters
    ----------
    page : Page
    rows : DataFrame
        See `theme_rows.theme_rows`.
    names : mapping of str to str

    Returns
    -------
    rows : DataFrame
        The themes of that status, in that order.
    sort : str
    """
    t = page.t
    sort_name, status_name = url.widget_key(SORT), url.widget_key(STATUS)
    if st.session_state.get(sort_name) not in SORTS:
        st.session_state[sort_name] = url.get(SORT) if url.get(SORT) in SORTS else SORTS[0]
    counts = rows["status"].value_counts()
    present = [one for one in STATUSES if counts.get(one)]
    if st.session_state.get(status_name, "") not in (*present, None):
        st.session_state[status_name] = url.get(STATUS) if url.get(STATUS) in present else None
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="right", gap="small"):
        status = None
        if present[1:] or present == ["parked"]:
            status = st.pills(
                t("themes.page.status"), present, key=status_name, label_visibility="collapsed",
                format_func=lambda one: f"{t(f'themes.page.status_{one}').capitalize()} ({counts[one]})",
            )  # fmt: skip
        sort = st.selectbox(
            t("themes.page.sort"), SORTS, key=sort_name, label_visibility="collapsed", width=240,
            format_func=lambda one: t(f"themes.page.sort_{one}"),
        )  # fmt: skip
    url.put(SORT, "" if sort == SORTS[0] else sort)
    url.put(STATUS, status or "")
    # What is parked is out of the way, unless somebody asks for it.
    rows = rows[rows["status"] == status] if status else rows[rows["status"] != "parked"]
    return in_order(rows, sort, names), sort


def in_order(rows: pd.DataFrame, sort: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Order themes, or headings over them.

    Parameters
    ----------
    rows : DataFrame
        See `theme_rows.theme_rows` and `theme_rows.heading_rows`.
    sort : str
        One of `SORTS`.
    names : mapping of str to str

    Returns
    -------
    DataFrame
        The same rows. Of equals the larger first; figures that are protected do not give away their place.
    """
    by_name = pd.Series({at: sort_key(names[str(at)]) for at in rows.index}, dtype=object)
    by: dict[str, tuple[pd.Series, bool]] = {
        "people": (rows["people"], False), "remarks": (rows["remarks"], False), "grade": (rows["grade"], True),
        "negative": ((rows["neg"] / rows["remarks"]).where(rows["parts"]), False), "trend": (_rise(rows), False),
        "name": (by_name, True),
    }  # fmt: skip
    values, ascending = by[sort]
    table = pd.DataFrame(
        {"value": values.where(rows["shown"]), "people": rows["people"].where(rows["shown"]), "name": by_name}
    )
    order = table.sort_values(["value", "people", "name"], ascending=[ascending, False, True], na_position="last").index
    return rows.loc[order]


def _rise(rows: pd.DataFrame) -> pd.Series:
    """Give what to sort on: themes of which a test says that they rise first, then by how much."""
    return (rows["share_last"] - rows["share_before"]) + rows["change"].isin(("rising", "new"))


def theme_list(page: Page, view: View, rows: pd.DataFrame, names: Mapping[str, str]) -> None:
    """Draw themes one under the other; the first ones, and the rest behind a click.

    Parameters
    ----------
    page : Page
    view : View
    rows : DataFrame
        See `ordered`.
    names : mapping of str to str
    """
    if rows.empty:
        st.caption(page.t("themes.page.none_of_status"))
    more = f"themes.more.{view.key}"
    shown = rows if st.session_state.get(more) else rows.head(FIRST)
    areas = view.snapshot.area_names(page.lang)
    with st.container(border=True, gap="xsmall", key="themes.list"):
        for theme, row in shown.iterrows():
            theme_row(page, str(theme), row, names, areas)
    rest = len(rows) - len(shown)
    if rest:
        st.button(
            page.t("themes.page.more", n=rest), key="themes.more", on_click=show_all, args=(more,), width="stretch"
        )


def theme_row(page: Page, theme: str, row: pd.Series, names: Mapping[str, str], areas: Mapping[str, str]) -> None:
    """Draw one theme of a list: its name, which opens it, and its figures.

    Parameters
    ----------
    page : Page
    theme : str
    row : Series
        See `theme_rows.theme_rows`.
    names, areas : mapping of str to str
    """
    name, figures = st.columns([3, 10], vertical_alignment="center", gap="xxsmall")
    label = f"**{escape(names[theme])}**"
    name.button(label, key=f"themes.open.{theme}", type="tertiary", on_click=open_theme, args=(theme,))
    figures.html(facts(page, row, areas))


def listing(page: Page, view: View, rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Give the list of themes as a table to download; small groups hidden.

    Parameters
    ----------
    page, view, rows, names
        See `theme_list`.

    Returns
    -------
    DataFrame
        Columns named in the reader's language.
    """
    t, areas = page.t, view.snapshot.area_names(page.lang)
    shown = rows["shown"]
    table: dict[str, Any] = {
        t("remarks.theme"): [names[str(at)] for at in rows.index],
        t("themes.page.status"): [t(f"themes.page.status_{one}") for one in rows["status"]],
        t("themes.page.col_people"): rows["people"].where(shown).astype("Int64"),
        t("themes.page.col_remarks"): rows["remarks"].where(shown).astype("Int64"),
        t("themes.page.col_loud"): [
            t("themes.page.yes") if loud and ok else "" for loud, ok in zip(rows["loud"], shown, strict=True)
        ],
        t("themes.page.col_grade"): rows["grade"].where(shown).round(2),
        t("themes.page.col_grade_n"): rows["grade_n"].where(shown).astype("Int64"),
    }
    for tone in TONES:
        table[t(f"sentiment.{tone}").capitalize()] = rows[tone].where(shown & rows["parts"]).astype("Int64")
    table[t("themes.page.col_areas")] = [
        ", ".join(areas.get(area, area) for area in areas_of(row)) if row["shown"] else "" for _, row in rows.iterrows()
    ]
    table[t("themes.page.col_trend")] = [trend_text(page, row) if row["shown"] else "" for _, row in rows.iterrows()]
    return pd.DataFrame(table).reset_index(drop=True)
