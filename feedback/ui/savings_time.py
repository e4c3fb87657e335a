"""The look "Tijd" of the savings page: what searching, waiting and doing twice costs customers, beside what is saved."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection
from feedback.i18n import MISSING, euro, number
from feedback.savings import customer_time, keeping, rows
from feedback.store.tables import Assumption
from feedback.ui import url
from feedback.ui.data import Snapshot, act
from feedback.ui.filters import View
from feedback.ui.idea import IDEA
from feedback.ui.notice import did
from feedback.ui.page import Page, escape
from feedback.ui.parts import downloads, tiles
from feedback.ui.savings_lost import FIELDS, figure, lost, undo_assumption
from feedback.ui.savings_time_form import time_dialog

TURN = "savings.time_turn"


def draw(page: Page, view: View) -> None:
    """Draw hidden time by service and kind, with what is assumed.

    Parameters
    ----------
    page : Page
    view : View
        Of its filters the services count: the figures are about the whole panel.
    """
    t, lang, data = page.t, page.lang, view.snapshot
    table = lost(data).table
    if view.selection.areas:
        table = table[table["area"].isin(view.selection.areas)].reset_index(drop=True)
    price = data.assumptions.get(keeping.HOUR)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(t("savings.time_why", days=customer_time.DAYS, weeks=customer_time.WEEKS), width="content")
        if page.user.may("coordinator"):
            _price(page, price)
    if view.selection != Selection(areas=view.selection.areas):
        st.caption(t("savings.time_filters"))
    if table.empty:
        st.info(t("savings.time_none"), icon=":material/hourglass_empty:")
        return
    known = table["hours"].notna()
    plain: dict[str, Any] = {"border": True, "delta_color": "off", "delta_arrow": "off"}
    with tiles():
        of = t("savings.time_of", n=int(known.sum()), of=len(table))
        hours = number(table["hours"].sum(), lang) if known.any() else t("savings.unknown_yet")
        st.metric(t("savings.time_hours"), hours, delta=of, help=t("savings.time_hours_how"), **plain)
        eur = euro(table["eur"].sum(), lang) if price is not None and known.any() else t("savings.unknown_yet")
        rate = t("savings.hour_is", eur=euro(price, lang)) if price is not None else t("savings.hour_none")
        st.metric(t("savings.time_eur"), eur, delta=rate, help=t("savings.time_eur_how"), **plain)
    for row in table[table["hours"].notna() & table["idea"].notna()].to_dict("records"):
        _against(page, data, row)
    shown = time_table(page, data, table)
    turn = st.session_state.get(TURN, 0)
    event: Any = st.dataframe(
        shown, key=f"savings.time.{turn}", hide_index=True, on_select="rerun", selection_mode="single-row",
        alt=t("savings.view_tijd"), placeholder=MISSING,
    )  # fmt: skip
    under, beside = st.columns([5, 1])
    under.caption(t("savings.time_hint"))
    with beside:
        downloads(page, "verborgen-tijd", lambda: time_table(page, data, table))
    if event["selection"]["rows"]:
        st.session_state[TURN] = turn + 1
        row = table.iloc[event["selection"]["rows"][0]]
        time_dialog(page, data, row)


def time_table(page: Page, data: Snapshot, table: pd.DataFrame) -> pd.DataFrame:
    """Give hidden time as a table for people: beside every figure where it comes from.

    Parameters
    ----------
    page : Page
    data : Snapshot
    table : DataFrame
        See `Lost.table`.

    Returns
    -------
    DataFrame
        Columns named in the reader's language.
    """
    t, lang = page.t, page.lang

    def told(name: str) -> list[str]:
        figures = [figure(value, lang) for value in table[name]]
        if name == "people":
            return [t("savings.time_typed", figure=one) if one else t("savings.unknown_yet") for one in figures]
        return [
            t(f"savings.time_{by}", figure=one, n=int(n)) if by == "named" else t(f"savings.time_{by}", figure=one) if by
            else t("savings.unknown_yet")
            for one, by, n in zip(figures, table[f"{name}_by"], table[f"n_{name}"], strict=True)
        ]  # fmt: skip

    return pd.DataFrame(
        {
            t("remarks.area"): table["area"].map(data.area_names(lang)),
            t("savings.time"): table["time"].map(lambda kind: t(f"savings.time_{kind}")),
            t("savings.time_remarks"): table["remarks"],
            **{t(f"savings.time_{name}"): told(name) for name in FIELDS},
            t("savings.time_hours"): [number(value, lang) for value in table["hours"]],
            t("savings.time_eur"): [euro(value, lang) for value in table["eur"]],
            t("savings.time_idea"): table["idea"],
            t("savings.time_saving"): [euro(value, lang) for value in table["saving"]],
            t("savings.time_left"): [euro(value, lang) for value in table["saving"] - table["eur"]],
        }
    )


def _against(page: Page, data: Snapshot, row: dict[Hashable, Any]) -> None:
    """Draw the time of customers beside the saving it is set against."""
    t, lang = page.t, page.lang
    left = row["saving"] - row["eur"]
    told = t(
        "savings.time_against", title=escape(row["idea"]), saving=euro(row["saving"], lang),
        kind=t(f"savings.time_{row['time']}").lower(), area=escape(data.area_names(lang)[row["area"]]),
        hours=number(row["hours"], lang), eur=euro(row["eur"], lang), left=euro(left, lang),
    )  # fmt: skip
    with st.container(border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(told)
        if st.button(t("savings.open"), key=f"savings.time_open.{row['area']}.{row['time']}", type="tertiary"):
            url.put(IDEA, str(int(row["idea_id"])))


def _price(page: Page, price: float | None) -> None:
    t = page.t
    with st.popover(
        t("savings.hour"), type="tertiary", icon=":material/payments:", key="savings.hour", on_change="rerun"
    ) as box:
        if not box.open:
            return
        st.caption(t("savings.hour_why"))
        with st.form("savings.hour_form", border=False):
            shown = "" if price is None else number(price, page.lang, 0 if price == int(price) else 2)
            typed = st.text_input(t("savings.hour"), shown, placeholder=t("savings.hour_hint"), key="savings.hour_eur")
            sent = st.form_submit_button(t("savings.save"), type="primary")
        if sent and act(page, set_price, typed, price) is not None:
            did(page, t("savings.hour_saved"))
            st.rerun()
        undo_assumption(page, keeping.HOUR)


def set_price(typed: str, seen: float | None, **by: Any) -> int:
    """Store what an hour of a customer costs, as it was typed; nothing typed: not known. See `savings.keeping.put`."""
    value = rows.amount(typed)
    key = (keeping.HOUR,)
    new, old = (None if one is None else {"value": one} for one in (value, seen))
    return keeping.put(Assumption, {key: new}, seen={key: old}, **by)
