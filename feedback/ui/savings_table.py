"""The ideas of the savings page as a table, and the limits of the quadrants, which a reader may change."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.i18n import MISSING, euro, number
from feedback.savings import impact, rows
from feedback.store.tables import IDEA_STATUSES
from feedback.ui import url
from feedback.ui.data import Snapshot
from feedback.ui.idea import IDEA
from feedback.ui.page import Page, reporting
from feedback.ui.parts import downloads
from feedback.ui.savings import LIMIT_EUR, LIMIT_PAIN, usual_cuts_of

TURN = "savings.turn"
MANY = 200
# What fits beside the title on a laptop; the rest is in the idea's own window and in the download.
# Pixels: from here on a row wraps its text.
ON_SCREEN, TITLE_WIDTH, VOICE_WIDTH, ROW_HEIGHT = 7, 170, 260, 72
FIGURES = ("eur", "pain", "one_off")


def limits(page: Page, data: Snapshot) -> None:
    """Draw the limits of the quadrants, to be changed.

    Parameters
    ----------
    page : Page
    data : Snapshot
    """
    t, usual = page.t, usual_cuts_of(data)
    fields = {LIMIT_EUR: ("savings.limit_eur", euro(usual.eur, page.lang)),
              LIMIT_PAIN: ("savings.limit_pain", number(usual.pain, page.lang))}  # fmt: skip
    with st.popover(t("savings.limits"), type="tertiary", icon=":material/tune:", key="savings.limits"):
        st.caption(t("savings.limits_why"))
        for key, (label, placeholder) in fields.items():
            name = url.widget_key(key)
            st.session_state.setdefault(name, url.get(key))
            typed = st.text_input(t(label), key=name, placeholder=placeholder)
            with reporting(page):
                rows.amount(typed)
            url.put(key, typed)


def idea_table(page: Page, data: Snapshot, table: pd.DataFrame) -> pd.DataFrame:
    """Give ideas as a table for people: names instead of keys.

    Parameters
    ----------
    page : Page
    data : Snapshot
    table : DataFrame
        See `ui.savings.all_ideas`.

    Returns
    -------
    DataFrame
        Columns named in the reader's language, in the order of `table`.
    """
    t = page.t
    quadrants = {key: t(f"savings.quadrant_{key}") for key in impact.QUADRANTS}
    statuses = {key: t(f"savings.status_{key}") for key in IDEA_STATUSES}
    return pd.DataFrame(
        {
            t("savings.title_of"): table["title"],
            t("savings.quadrant"): table["quadrant"].map(quadrants),
            t("savings.eur"): table["eur"].round(),
            t("savings.voice"): table["voice"],
            t("savings.pain"): table["pain"].round(),
            t("remarks.area"): table["area"].astype(object).map(data.area_names(page.lang)),
            t("savings.status"): table["status"].map(statuses),
            t("savings.effort"): table["effort"].astype("Int64"),
            t("savings.unknown"): table["unknown"],
            t("savings.one_off"): table["one_off_cost"].astype(float).round(),
            t("savings.evidence"): table["remarks"],
            t("savings.owner"): table["owner"],
        }
    )


def idea_list(page: Page, data: Snapshot, table: pd.DataFrame) -> None:
    """Draw the ideas as a table; a click opens one.

    Parameters
    ----------
    page : Page
    data : Snapshot
    table : DataFrame
        See `ui.savings.all_ideas`.
    """
    t = page.t
    # A table that loads as it is scrolled cannot be clicked; the largest amounts come first, the download has all.
    part = idea_table(page, data, table.head(MANY))
    if len(part) < len(table):
        st.caption(t("savings.table_part", shown=len(part), total=len(table)))
    turn = st.session_state.get(TURN, 0)
    columns: dict[str, Any] = {t("savings.title_of"): st.column_config.TextColumn(width=TITLE_WIDTH)}
    columns[t("savings.voice")] = st.column_config.TextColumn(width=VOICE_WIDTH)
    columns |= {t(f"savings.{name}"): st.column_config.NumberColumn(format="localized") for name in FIGURES}
    event: Any = st.dataframe(
        part, key=f"savings.table.{turn}", hide_index=True, column_order=[str(name) for name in part][:ON_SCREEN],
        column_config=columns, on_select="rerun", selection_mode="single-row", alt=t("savings.title"),
        placeholder=MISSING, row_height=ROW_HEIGHT,
    )  # fmt: skip
    under, beside = st.columns([5, 1])
    under.caption(t("savings.table_hint"))
    with beside:
        downloads(page, "besparingen", lambda: idea_table(page, data, table))
    if event["selection"]["rows"]:
        # A new table next time, without the selection: an idea that was closed stays closed.
        st.session_state[TURN] = turn + 1
        url.put(IDEA, str(table["idea_id"].iloc[event["selection"]["rows"][0]]))
