"""The other looks at answers: the clock by service area and owner, and the register of why not."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from feedback.i18n import MISSING
from feedback.replies import clock
from feedback.ui import url
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import downloads
from feedback.ui.replies import nothing
from feedback.ui.replies_data import has_words
from feedback.ui.replies_table import table_of

WORDS = "zoek"
WHY_NOT = ("replies.subject", "replies.reason", "replies.text", "replies.due_stays", "replies.col_back")


def by_group(page: Page, view: View, table: pd.DataFrame) -> None:
    """Draw the clock of every service area and every owner.

    Parameters
    ----------
    page : Page
    view : View
    table : DataFrame
        See `clock.subjects`.
    """
    t, areas = page.t, view.snapshot.area_names(page.lang)
    for by, label in (("area", t("remarks.area")), ("owner", t("replies.owner"))):
        found = clock.figures(table, by)
        if found.empty:
            nothing(page, view, "replies.none")
            return
        nobody = t("replies.no_owner" if by == "owner" else "replies.no_area")
        shown = pd.DataFrame(
            {
                label: [areas.get(str(at), str(at)) or nobody for at in found.index],
                t("replies.col_owed"): found["n"],
                t("replies.col_answered"): found["answered"],
                t("replies.col_share"): (found["share"] * 100).round(),
                t("replies.col_median"): found["median"],
                t("replies.col_oldest"): found["oldest"],
                t("replies.col_late"): found["late"],
                t("replies.col_overdue"): found["overdue"],
            }
        )  # fmt: skip
        column = st.column_config.NumberColumn
        columns = {t(f"replies.col_{name}"): column(format="localized") for name in ("median", "oldest")}
        columns[t("replies.col_share")] = column(format="%d%%")
        st.dataframe(shown, hide_index=True, column_config=columns, placeholder=MISSING, alt=label)
        downloads(page, f"antwoorden-{'dienst' if by == 'area' else 'eigenaar'}", lambda shown=shown: shown)  # type: ignore[misc]


def why_not(page: Page, view: View, table: pd.DataFrame) -> None:
    """Draw the register of what stays as it is and why; a click opens one.

    Parameters
    ----------
    page : Page
    view : View
    table : DataFrame
        See `clock.subjects`.
    """
    t = page.t
    st.caption(t("replies.why_not_lead"))
    key = url.widget_key(WORDS)
    st.session_state.setdefault(key, url.get(WORDS))
    words = st.text_input(t("replies.search"), key=key, type="search", placeholder=t("replies.search_hint"),
                          label_visibility="collapsed")  # fmt: skip
    url.put(WORDS, words)
    table = table[table["state"] == "stays"]
    found = table[has_words(table, words or "")].sort_values("due_on")
    if table.empty:
        nothing(page, view, "replies.why_not_none", state="stays")
        return
    if found.empty:
        st.info(t("replies.why_not_words", words=escape(words or "")))
        st.button(t("replies.clear_words"), key="replies.clear_words", on_click=url.clear, args=((WORDS,),))
        return
    table_of(page, view.snapshot, found, columns=WHY_NOT, name="waarom-niet", dated="replies.due_stays")
