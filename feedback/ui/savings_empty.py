"""Why the savings page shows no idea: the filter that is the cause is named, and can be cleared where that is said."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from feedback.access.disclosure import Selection
from feedback.ui import url
from feedback.ui.filters import View, chosen_filters
from feedback.ui.page import Page, escape

STATUS = "ideestatus"


def nothing_here(page: Page, view: View, text: str, statuses: Iterable[str] = ()) -> None:
    """Say that the filters leave no idea, and offer to clear them.

    Parameters
    ----------
    page : Page
    view : View
    text : str
        Key of what to say; takes `filters`.
    statuses : iterable of str
        Statuses of ideas that were chosen.
    """
    t = page.t
    named = chosen_filters(page, view)
    if told := ", ".join(t(f"savings.status_{one}") for one in statuses):
        named = "; ".join(filter(None, (named, f"{t('savings.status').lower()} {told}")))
    with st.container(horizontal=True, vertical_alignment="center", key="savings.nothing"):
        st.info(t(text, filters=escape(named)), icon=":material/filter_alt:")
        keys = (*url.FILTERS, STATUS)
        st.button(t("filters.clear"), key="savings.clear_filters", on_click=url.clear, args=(keys,))


def no_map(page: Page, view: View, n: int, statuses: Iterable[str]) -> None:
    """Say why the map has no dot: the filters leave no idea, or nothing is known of those they leave.

    Parameters
    ----------
    page : Page
    view : View
    n : int
        How many ideas the filters leave.
    statuses : iterable of str
    """
    if view.selection == Selection() and not statuses:
        st.info(page.t("savings.map_empty"), icon=":material/scatter_plot:")
    else:
        nothing_here(page, view, "savings.map_empty_here" if n else "savings.none_here", statuses)
