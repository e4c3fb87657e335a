"""Parts of the savings page: ideas under the filters, limits of the quadrants, what waits for a person."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection
from feedback.i18n import MISSING, UserError, euro, number
from feedback.panel.organisations import set_clients
from feedback.savings import ideas, impact, rows, undoing
from feedback.savings.impact import Cuts
from feedback.settings import settings
from feedback.store.tables import IDEA_STATUSES
from feedback.ui import url
from feedback.ui.data import Snapshot, act
from feedback.ui.filters import View
from feedback.ui.idea import IDEA, euros, start_editing
from feedback.ui.page import Page, escape, reporting
from feedback.ui.parts import downloads

LIMIT_EUR, LIMIT_PAIN = "vanaf", "pijn"
PER_PAGE = 3
LAST = "savings.last"
TURN = "savings.turn"
MANY = 200
FIGURES = ("eur", "pain", "one_off")


@st.cache_resource(max_entries=8, show_spinner=False)
def _weighed(key: str, _data: Snapshot) -> pd.DataFrame:
    said = _data.evidence.groupby("idea_id").size()
    weighed = impact.weigh(_data.ideas, _data.impacts, _data.organisations)
    return weighed.assign(remarks=weighed["idea_id"].map(said).fillna(0).astype(int))


def all_ideas(data: Snapshot, cuts: Cuts) -> pd.DataFrame:
    """Give every idea with what it brings and does.

    Parameters
    ----------
    data : Snapshot
    cuts : Cuts

    Returns
    -------
    DataFrame
        See `savings.impact.weigh`; also remarks (how many carry it) and quadrant.
    """
    table = _weighed(f"{settings().database_url}|{data.version}", data)
    return table.assign(quadrant=impact.quadrant(table["eur"], table["pain"], table["known"], cuts))


def chosen(view: View, cuts: Cuts) -> pd.DataFrame:
    """Give the ideas that the filters leave.

    Parameters
    ----------
    view : View
    cuts : Cuts

    Returns
    -------
    DataFrame
        See `all_ideas`: those of the services chosen. Where anything else is chosen: those that the chosen
        remarks carry, or with the words searched for in their title.
    """
    table, selection = all_ideas(view.snapshot, cuts), view.selection
    if selection.areas:
        table = table[table["area"].isin(selection.areas)]
    if replace(selection, areas=()) != Selection():
        evidence = view.snapshot.evidence
        carried = evidence.loc[evidence["remark_id"].isin(view.remarks["remark_id"]), "idea_id"]
        keep = table["idea_id"].isin(carried)
        if replace(selection, areas=(), search="") == Selection():
            keep |= table["title"].str.contains(selection.search, case=False, regex=False)
        table = table[keep]
    return table


def _usual(data: Snapshot) -> Cuts:
    # Of all ideas, so that a filter never moves an idea to another quadrant.
    table = judged(_weighed(f"{settings().database_url}|{data.version}", data))
    return impact.usual_cuts(table[~table["status"].isin(impact.CLOSED)], data.organisations)


def judged(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out what was only found, as long as there is anything that a person said yes to.

    Parameters
    ----------
    table : DataFrame
        Ideas.

    Returns
    -------
    DataFrame
    """
    found = table["status"] == "spotted"
    return table if found.all() else table[~found]


def cuts_of(data: Snapshot) -> Cuts:
    """Give the limits of the quadrants: as the reader typed them, else the usual ones.

    Parameters
    ----------
    data : Snapshot

    Returns
    -------
    Cuts
    """
    usual = _usual(data)
    return Cuts(_typed(LIMIT_EUR, usual.eur), _typed(LIMIT_PAIN, usual.pain))


def _typed(key: str, usual: float) -> float:
    with suppress(UserError):
        typed = rows.amount(st.session_state.get(url.widget_key(key), url.get(key)))
        return usual if typed is None else typed
    return usual


def limits(page: Page, data: Snapshot) -> None:
    """Draw the limits of the quadrants, to be changed.

    Parameters
    ----------
    page : Page
    data : Snapshot
    """
    t, usual = page.t, _usual(data)
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
        See `all_ideas`.

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
            t("savings.pain"): table["pain"].round(),
            t("savings.unknown"): table["unknown"],
            t("remarks.area"): table["area"].astype(object).map(data.area_names(page.lang)),
            t("savings.status"): table["status"].map(statuses),
            t("savings.effort"): table["effort"].astype("Int64"),
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
        See `all_ideas`.
    """
    t = page.t
    readable = idea_table(page, data, table)
    # A table that loads as it is scrolled cannot be clicked; the largest amounts come first, the download has all.
    shown = readable.head(MANY)
    if len(shown) < len(readable):
        st.caption(t("savings.table_part", shown=len(shown), total=len(readable)))
    turn = st.session_state.get(TURN, 0)
    columns: dict[str, Any] = {t("savings.title_of"): st.column_config.TextColumn(width="large")}
    columns |= {t(f"savings.{name}"): st.column_config.NumberColumn(format="localized") for name in FIGURES}
    event: Any = st.dataframe(
        shown, key=f"savings.table.{turn}", hide_index=True,
        column_config=columns, on_select="rerun", selection_mode="single-row", alt=t("savings.title"),
        placeholder=MISSING,
    )  # fmt: skip
    under, beside = st.columns([5, 1])
    under.caption(t("savings.table_hint"))
    with beside:
        downloads(page, "besparingen", lambda: readable)
    if event["selection"]["rows"]:
        # A new table next time, without the selection: an idea that was closed stays closed.
        st.session_state[TURN] = turn + 1
        url.put(IDEA, str(table["idea_id"].iloc[event["selection"]["rows"][0]]))


def waiting(page: Page, table: pd.DataFrame) -> None:
    """Draw the ideas that were found in remarks and wait for a person: confirm, change or dismiss.

    Parameters
    ----------
    page : Page
    table : DataFrame
        Spotted ideas; see `all_ideas`.
    """
    t = page.t
    last = st.session_state.get(LAST)
    if table.empty and not last:
        return
    label = t("savings.waiting", n=len(table)) if len(table) else t("savings.all_judged")
    with st.expander(label, expanded=bool(last), icon=":material/lightbulb:", key="savings.waiting"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.caption(t("savings.waiting_why"))
            if last and st.button(t("savings.undo"), type="tertiary", icon=":material/undo:", key="savings.undo_last"):
                del st.session_state[LAST]
                if act(page, undoing.undo, last) is not None:
                    st.rerun()
        order = table.sort_values(["remarks", "eur"], ascending=False)
        pages = max(-(-len(order) // PER_PAGE), 1)
        start = (min(st.session_state.get("savings.waiting_page", 1), pages) - 1) * PER_PAGE
        for idea in order.iloc[start : start + PER_PAGE].itertuples():
            _waiting_idea(page, idea)
        if pages > 1:
            st.pagination(pages, key="savings.waiting_page")


def _waiting_idea(page: Page, idea: Any) -> None:
    t, idea_id = page.t, int(idea.idea_id)
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        with st.container(gap="xxsmall"):
            st.markdown(escape(idea.title))
            facts = [euros(page, idea), t("remarks.count", n=int(idea.remarks))]
            st.caption(escape(" · ".join(facts)))
        with st.container(horizontal=True, width="content", gap="xsmall"):
            for name, do, icon in (("confirm", ideas.confirm, "check"), ("refuse", ideas.refuse, "close")):
                pressed = st.button(t(f"savings.{name}"), key=f"savings.{name}.{idea_id}", icon=f":material/{icon}:")
                if pressed and act(page, do, idea_id) is not None:
                    st.session_state[LAST] = idea_id
                    st.rerun()
            st.button(
                t("savings.edit"), key=f"savings.edit.{idea_id}", icon=":material/edit:", type="tertiary",
                on_click=start_editing, args=(idea,),
            )  # fmt: skip


def clients_dialog(page: Page, data: Snapshot) -> None:
    """Ask how many clients each organisation has; without them pain stays unknown.

    Parameters
    ----------
    page : Page
    data : Snapshot
    """

    @st.dialog(page.t("savings.clients"))
    def show() -> None:
        st.caption(page.t("savings.clients_why"))
        told: dict[int, int | None] = {}
        row: Any
        with st.form("savings.clients_form", border=False):
            for row in data.organisations.itertuples():
                known = None if pd.isna(row.clients) else int(row.clients)
                told[int(row.organisation_id)] = st.number_input(
                    escape(row.organisation), 0, None, known, step=1,
                    placeholder=page.t("savings.unknown_yet"), key=f"savings.clients.{row.organisation_id}",
                )  # fmt: skip
            sent = st.form_submit_button(page.t("savings.save"), type="primary")
        if sent and act(page, set_clients, told) is not None:
            st.rerun()

    show()
