"""Rows that say nearly the same as another: shown, to leave out or to keep."""

from __future__ import annotations

from typing import cast

import pandas as pd
import streamlit as st

from feedback import pipeline
from feedback.intake.alike import Twice, stored_rows, twice
from feedback.store.engine import reading
from feedback.ui.data import database
from feedback.ui.page import Page
from feedback.ui.upload_hand import change, changes
from feedback.ui.upload_lists import row_name
from feedback.ui.upload_source import TWICE, Incoming

# More than a person looks through one by one; all of them can be left out at once.
MOST = 500


def found_twice(base: pipeline.Prepared) -> list[Twice]:
    """Find the rows of a file that say nearly what another says; once for each file."""
    held = st.session_state.get(TWICE)
    if held and held[0] is base:
        return cast(list[Twice], held[1])
    with reading(database()) as session:
        # Of a later version the rows that are there already are left out, those that changed are shown.
        stored = [] if base.again else stored_rows(session=session)
    found = twice(base.taken, base.notes, stored)
    st.session_state[TWICE] = base, found
    return found


def doubles(page: Page, incoming: Incoming, base: pipeline.Prepared) -> None:
    """List the rows that say nearly the same as another, each with a tick to leave it out.

    Parameters
    ----------
    page : Page
    incoming : Incoming
    base : Prepared
        Before what the person changed.
    """
    t, found, left_out = page.t, found_twice(base), changes(incoming).left_out
    row = row_name(page, base.taken.kind)
    st.markdown(t("upload.twice_help"))
    with st.container(horizontal=True):
        st.button(t("upload.twice_all"), key="upload.twice_all", disabled=len(left_out) == len(found),
                  on_click=change, args=(incoming,), kwargs={"left_out": {one.row: one.other for one in found}})  # fmt: skip
        st.button(t("upload.twice_none"), key="upload.twice_none", disabled=not left_out,
                  on_click=change, args=(incoming,), kwargs={"left_out": {}})  # fmt: skip
    shown = found[:MOST]
    table = pd.DataFrame(
        {
            "out": [one.row in left_out for one in shown],
            "row": [one.row for one in shown],
            "text": [one.text for one in shown],
            "where": [
                t("upload.twice_session", session=one.session) if one.session else f"{row} {one.other}" for one in shown
            ],
            "other": [one.other_text for one in shown],
            "same": [t("upload.twice_same") if one.same_person else "" for one in shown],
        }
    )
    config = st.column_config
    edited = st.data_editor(
        table, key=f"upload.twice.{incoming.key}.{len(left_out)}", hide_index=True, width="stretch", row_height=48,
        height=min(38 + 48 * len(table), 518), disabled=("row", "text", "where", "other", "same"),
        column_config={
            "out": config.CheckboxColumn(t("upload.twice_out"), width="small"),
            "row": config.NumberColumn(row, width=60),
            "text": config.TextColumn(t("remarks.text"), width="medium"),
            "where": config.TextColumn(t("upload.twice_where"), width="small"),
            "other": config.TextColumn(t("upload.twice_other"), width="medium"),
            "same": config.TextColumn(t("upload.twice_person"), width="small"),
        },
    )  # fmt: skip
    ticked = {one.row: one.other for one, out in zip(shown, edited["out"], strict=True) if out}
    rest = {at: other for at, other in left_out.items() if at not in {one.row for one in shown}}
    if ticked | rest != left_out:
        change(incoming, left_out=ticked | rest)
        st.rerun()
