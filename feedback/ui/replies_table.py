"""The list of answers: narrowed by state and owner, as a table whose rows open."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.i18n import MISSING
from feedback.replies.states import OPEN, Subject
from feedback.store.tables import REPLY_KINDS
from feedback.ui import replies_data, url
from feedback.ui.data import Snapshot
from feedback.ui.page import Page
from feedback.ui.parts import downloads
from feedback.ui.replies import ANSWER, reopened

STATE, OWNER, TURN = "stand", "eigenaar", "replies.turn"
CHOICE = (STATE, OWNER)
STATES = (OPEN, *REPLY_KINDS)
LATE, OVERDUE = "late", "overdue"
STATE_WIDTH = 150
TALL = 72  # pixels: from about two rows on, Streamlit wraps a text
ON_SCREEN = (
    "replies.subject", "replies.state", "replies.date", "replies.days", "columns.people", "remarks.area", "replies.owner",
)  # fmt: skip


def narrowed(page: Page, table: pd.DataFrame) -> pd.DataFrame:
    """Let the reader choose state and owner, in the address, and give what is left.

    Parameters
    ----------
    page : Page
    table : DataFrame
        See `clock.subjects`.

    Returns
    -------
    DataFrame
    """
    t = page.t
    masks = {state: table["state"] == state for state in STATES} | {name: table[name] for name in (LATE, OVERDUE)}
    owners = sorted({owner for owner in table["owner"] if owner}, key=str.casefold)
    state_key, owner_key = url.widget_key(STATE), url.widget_key(OWNER)
    st.session_state.setdefault(state_key, [one for one in url.get_list(STATE) if one in masks])
    st.session_state.setdefault(owner_key, url.get(OWNER) if url.get(OWNER) in owners else None)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        wanted = st.pills(
            t("replies.state"), list(masks), key=state_key, selection_mode="multi", label_visibility="collapsed",
            format_func=lambda one: f"{t(f'replies.state_{one}')} ({masks[one].sum()})", wrap=True,
        )  # fmt: skip
        owner = st.selectbox(
            t("replies.owner"), owners, index=None, key=owner_key, placeholder=t("replies.all_owners"),
            label_visibility="collapsed", width=220,
        )  # fmt: skip
    url.put(STATE, wanted)
    url.put(OWNER, owner)
    if wanted:
        keep = pd.Series(False, index=table.index)
        for one in wanted:
            keep |= masks[one]
        table = table[keep]
    return table[table["owner"] == owner] if owner else table


def listing(page: Page, data: Snapshot, table: pd.DataFrame, dated: str = "replies.date") -> pd.DataFrame:
    """Give subjects as a table for people; columns named in the reader's language.

    Parameters
    ----------
    page : Page
    data : Snapshot
    table : DataFrame
        See `clock.subjects`.
    dated : str
        Key of the name of the column with the date of the answer.

    Returns
    -------
    DataFrame
    """
    t = page.t
    return pd.DataFrame(
        {
            t("replies.subject"): table[f"name_{page.lang}"],
            t("replies.state"): [state_text(page, row) for row in table.to_dict("records")],
            t(dated): table["due_on"],
            t("replies.days"): table["days"],
            t("columns.people"): table["people"],
            t("columns.remarks"): table["remarks"],
            t("remarks.area"): table["area"].astype(object).map(data.area_names(page.lang)),
            t("replies.owner"): table["owner"],
            t("replies.kind"): table["kind"].map(lambda kind: t(f"replies.kind_{kind}")),
            t("replies.since"): table["since"],
            t("replies.answered_on"): table["answered_on"],
            t("replies.reason"): table["reason"].map(lambda reason: t(f"replies.reason_{reason}") if reason else ""),
            t("replies.text"): table["text"],
            t("replies.again"): table["again"],
            t("replies.col_back"): table["back"].map({True: t("replies.yes"), False: ""}),
        }
    )


def state_text(page: Page, row: Any) -> str:
    """Write where an answer stands, and whether its day went by."""
    said = ["reopened" if reopened(row) else f"state_{row['state']}"]
    said += [name for name in ("overdue", "late", "back") if row[name]]
    return " · ".join(page.t(f"replies.{name}") for name in said)


def table_of(
    page: Page,
    data: Snapshot,
    table: pd.DataFrame,
    *,
    columns: tuple[str, ...],
    name: str,
    width: int = 160,
    dated: str = "replies.date",
) -> None:
    """Draw subjects as a table; a click opens one.

    Parameters
    ----------
    page : Page
    data : Snapshot
    table : DataFrame
        See `clock.subjects`.
    columns : tuple of str
        Keys of the columns of `listing` on the screen; the download has all.
    name : str
        Of the download.
    width : int
        Of the first column, in pixels.
    dated : str
        See `listing`.
    """
    t = page.t
    shown = listing(page, data, table, dated)
    turn = st.session_state.get(TURN, 0)
    dates = (dated, "replies.since", "replies.answered_on")
    config: dict[str, Any] = {t(key): st.column_config.DateColumn(format="D-M-YYYY") for key in dates}
    config[t("replies.subject")] = st.column_config.TextColumn(width=width)
    config[t("replies.state")] = st.column_config.TextColumn(width=STATE_WIDTH)
    config[t("replies.text")] = st.column_config.TextColumn(width=360)
    event: Any = st.dataframe(
        shown, key=f"replies.{name}.{turn}", hide_index=True, column_order=[t(key) for key in columns],
        column_config=config, row_height=TALL,
        on_select="rerun", selection_mode="single-row", alt=t("replies.title"), placeholder=MISSING,
    )  # fmt: skip
    under, beside = st.columns([5, 1])
    under.caption(t("replies.table_hint"))
    with beside:
        downloads(page, name, lambda: listing(page, data, table, dated))
    if event["selection"]["rows"]:
        # A new table next time, without the selection: what was closed stays closed.
        st.session_state[TURN] = turn + 1
        row = table.iloc[event["selection"]["rows"][0]]
        url.put(ANSWER, replies_data.as_text(Subject(row["kind"], int(row["id"]))))
