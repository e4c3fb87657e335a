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
from feedback.ui.theme_acts import done, fresh_key, id_of

AMOUNT = "aantal"
# With fewer themes than this there is nothing to put under headings.
FEWEST = 6
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


def join_dialog(page: Page, view: View) -> None:
    """Ask whether the themes under a heading become one, when somebody pressed for it."""
    names = view.snapshot.theme_names(page.lang)
    asked: tuple[str, ...] = st.session_state.get(_ASKED, ())
    if asked and set(asked) <= names.keys():
        st.dialog(page.t("themes.page.join_title"), on_dismiss=_stop_asking)(_join)(page, view, names, asked)


def ask_join(themes: tuple[str, ...]) -> None:
    """Ask whether themes become one, on the next run; for a callback."""
    st.session_state[_ASKED] = themes


def _stop_asking() -> None:
    st.session_state.pop(_ASKED, None)


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
