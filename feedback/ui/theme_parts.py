"""What the themes page shows: the list of themes, the map of remarks, the head of one theme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from feedback.charts.palette import TONES
from feedback.replies.states import Subject
from feedback.ui import replies, url
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import one_of, people_text
from feedback.ui.shell import example_mark
from feedback.ui.theme_acts import THEME
from feedback.ui.theme_facts import areas_text, facts, trend_text
from feedback.ui.theme_rows import theme_rows

# The URL value of the list of what is still to place; a theme's key never looks so.
UNPLACED = "nog-te-plaatsen"
SORT, STATUS, LOOK = "volgorde", "status", "beeld"
SORTS = ("people", "remarks", "grade", "negative", "trend", "name")
STATUSES = ("proposed", "confirmed", "parked")
COLOURS = {"confirmed": "green", "proposed": "blue", "parked": "gray", "dormant": "gray"}


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
    people, nobody = remarks["person"].nunique(), remarks["person"].isna()
    said = [
        t("themes.page.summary", themes=t("themes.page.count", n=len(rows)), remarks=t("remarks.count", n=len(remarks)),
          people=people_text(page, people, len(remarks)))
    ]  # fmt: skip
    if people and nobody.any():
        said.append(t("themes.page.unknown", n=int(nobody.sum())))
    sessions = view.snapshot.sessions
    attended = sessions.loc[sessions["session_id"].isin(remarks.loc[nobody, "session_id"]), "attendance"]
    if len(attended) and attended.notna().all():
        said.append(t("themes.page.attended", n=int(attended.sum())))
    return escape(" ".join(said))


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


def order(page: Page, rows: pd.DataFrame) -> tuple[str | None, str]:
    """Let the reader choose status and order.

    Parameters
    ----------
    page : Page
    rows : DataFrame
        See `theme_rows.theme_rows`.

    Returns
    -------
    status : str or None
    sort : str
        One of `SORTS`.
    """
    t = page.t
    sort_name, status_name = url.widget_key(SORT), url.widget_key(STATUS)
    if st.session_state.get(sort_name) not in SORTS:
        st.session_state[sort_name] = url.get(SORT) if url.get(SORT) in SORTS else SORTS[0]
    counts = rows["status"].value_counts().to_dict()
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
    return status, sort


def listing(page: Page, view: View, rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Give the list of themes as a table to download; small groups hidden.

    Parameters
    ----------
    page, view, names
    rows : DataFrame
        See `theme_rows.theme_rows`, in order.

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
        areas_text(page, row, areas) if row["shown"] else "" for _, row in rows.iterrows()
    ]
    table[t("themes.page.col_trend")] = [trend_text(page, row) if row["shown"] else "" for _, row in rows.iterrows()]
    return pd.DataFrame(table).reset_index(drop=True)
