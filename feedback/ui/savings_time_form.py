"""One service and kind of hidden time over the page: what is assumed, to be changed, and the remarks behind it."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import streamlit as st

from feedback.savings import keeping, listing, rows
from feedback.store.tables import CustomerTime
from feedback.ui.data import Snapshot, act
from feedback.ui.notice import did
from feedback.ui.page import Page, escape, reporting
from feedback.ui.remarks import remark_cards
from feedback.ui.savings_lost import FIELDS, figure, lost


def time_dialog(page: Page, data: Snapshot, row: pd.Series) -> None:
    """Open one service and kind: what is assumed, to be changed, and the remarks.

    Parameters
    ----------
    page : Page
    data : Snapshot
    row : Series
        Of `ui.savings_lost.Lost.table`.
    """
    t, lang = page.t, page.lang
    area, kind = str(row["area"]), str(row["time"])
    title = f"{t(f'savings.time_{kind}')} · {data.area_names(lang)[area]}"

    @st.dialog(escape(title), width="large", on_dismiss="rerun")
    def show() -> None:
        if page.user.may("coordinator"):
            _form(page, data, row)
        said = lost(data).said
        own = said.loc[(said["area"] == area) & (said["time"] == kind), "remark_id"]
        remark_cards(
            page, data, data.remarks[data.remarks["remark_id"].isin(own)], f"savings.time.{area}.{kind}", heading=title
        )

    show()


def _form(page: Page, data: Snapshot, row: pd.Series) -> None:
    t, lang = page.t, page.lang
    area, kind = str(row["area"]), str(row["time"])
    held = data.customer_time[(data.customer_time["area"] == area) & (data.customer_time["time"] == kind)]
    seen = _plain(held.iloc[0]) if len(held) else None
    titles = dict(zip(data.ideas["idea_id"].astype(int), data.ideas["title"], strict=True))
    ideas = listing.answered(data.ideas, data.replies)
    linked = (seen or {}).get("idea_id")
    # What it is set against stays so until somebody chooses otherwise, whatever became of that idea.
    possible = ~ideas["status"].isin(["spotted", "refused"]) | (ideas["idea_id"] == linked)
    judged = ideas.loc[possible, "idea_id"].astype(int).to_list()
    st.caption(t("savings.time_form_why"))
    with st.form(f"savings.time_form.{area}.{kind}", border=False):
        typed: dict[str, str] = {}
        for column, name in zip(st.columns(3), FIELDS, strict=True):
            known = (seen or {}).get(name)
            named = figure(row.get(f"named_{name}", math.nan), lang)
            typed[name] = column.text_input(
                t(f"savings.time_{name}"), "" if known is None else figure(float(known), lang),
                placeholder=t("savings.time_named_is", figure=named) if named else t("savings.unknown_yet"),
                help=t(f"savings.time_{name}_how"), key=f"savings.time.{area}.{kind}.{name}",
            )  # fmt: skip
        idea = st.selectbox(
            t("savings.time_idea"), judged, index=judged.index(linked) if linked in judged else None,
            format_func=titles.__getitem__, placeholder=t("savings.choose"), key=f"savings.time.{area}.{kind}.idea",
        )  # fmt: skip
        sent = st.form_submit_button(t("savings.save"), type="primary", icon=":material/save:")
    if not sent:
        return
    with reporting(page):
        values = {name: rows.figure(value) for name, value in typed.items()}
        area_id = int(data.areas.set_index("area")["area_id"][area])
        changed = act(page, set_time, (area_id, kind), values, idea, seen)
        if changed:
            did(page, t("savings.time_saved"), keeping.undo, CustomerTime)
        elif changed == 0:
            did(page, t("services.nothing_changed"))
        if changed is not None:
            st.rerun()


def _plain(row: pd.Series) -> dict[str, Any]:
    told: dict[str, Any] = {name: None if pd.isna(row[name]) else row[name] for name in (*FIELDS, "idea_id")}
    return told | {name: int(told[name]) for name in ("people", "idea_id") if told[name] is not None}


def set_time(
    key: tuple[int, str], values: dict[str, float | None], idea_id: int | None, seen: dict[str, Any] | None, **by: Any
) -> int:
    """Store what is assumed of customers' time; nothing at all: what remarks name counts again.

    Parameters
    ----------
    key : (int, str)
        Id of the service, and kind.
    values : dict
        minutes, people and times.
    idea_id : int or None
    seen : dict or None
        What stood there.
    **by
        See `savings.keeping.put`.

    Returns
    -------
    int
        How many rows changed.
    """
    people = values["people"]
    new: dict[str, Any] = {**values, "people": None if people is None else round(people), "idea_id": idea_id}
    empty = all(value is None for value in new.values())
    return keeping.put(CustomerTime, {key: None if empty else new}, seen={key: seen}, **by)
