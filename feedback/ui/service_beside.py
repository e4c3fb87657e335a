"""Expectation beside experience, and what own staff think beside what customers gave; and who is the SSC itself."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.charts import expectation as marks
from feedback.i18n import Language, day, number
from feedback.panel.organisations import set_own
from feedback.scores.expectation import beside
from feedback.settings import settings
from feedback.ui.data import Snapshot, act
from feedback.ui.filters import View
from feedback.ui.notice import did
from feedback.ui.page import Page, escape
from feedback.ui.parts import chart, downloads
from feedback.ui.remarks import remarks_dialog
from feedback.ui.service_parts import signed
from feedback.ui.service_priority import HEAD
from feedback.ui.sheet import sheet


@st.cache_resource(max_entries=48, show_spinner=False)
def _beside(key: str, _view: View) -> pd.DataFrame:
    own, wanted = _view.snapshot.own_scores, _view.selection.areas
    if wanted:
        own = own[own["area"].isin(wanted)]
    return beside(_view.scores, own, settings().group_threshold)


def figures(view: View) -> pd.DataFrame:
    """Give the figures of the services of a view.

    Parameters
    ----------
    view : View

    Returns
    -------
    DataFrame
        See `scores.expectation.beside`. Empty in a selection by who. The estimates of own staff are of a session as a
        whole, whatever the filters: their groups are small. Read-only.
    """
    if view.selection.by_who:
        return _beside(view.key, view).iloc[:0]
    table, wanted = _beside(view.key, view), view.selection.areas
    return table[table.index.isin(wanted)] if wanted else table


@st.cache_resource(max_entries=48, show_spinner=False)
def _drawn(key: str, lang: Language, _view: View) -> tuple[pd.DataFrame, dict[str, Any], str]:
    table = marks.marks(figures(_view), _view.snapshot.area_names(lang), lang)
    return table, marks.spec(table, lang), marks.alt(table, lang)


def draw(page: Page, view: View) -> str | None:
    """Draw the chart, the table and, for a coordinator, who is the SSC itself.

    Parameters
    ----------
    page : Page
    view : View

    Returns
    -------
    str or None
        Key of the service whose mark was just clicked.
    """
    t, lang, data = page.t, page.lang, view.snapshot
    if view.selection.by_who:
        st.info(t("services.whole_only"), icon=":material/visibility_off:")
        return None
    table, picked = figures(view), None
    if table.empty:
        st.info(t("services.beside_none"), icon=":material/compare_arrows:")
    else:
        with st.container(border=True, gap="xsmall"):
            dots, spec, alt = _drawn(view.key, lang, view)
            with st.container(**HEAD):
                st.markdown(f"**{t('services.beside')}**", help=t("services.beside_help"))
                downloads(page, "diensten-verwachting", lambda: dots.round(2), spec)
            picked = chart(page, "services.beside", spec, dots, alt)
            st.caption(t("services.beside_key"))
            columns, rows, clear = lines(page, data, table)
            sheet(columns, rows, bold=clear)
            if told := own_told(page, table):
                st.caption(escape(told))
    _own_remarks(page, data)
    if page.user.may("coordinator"):
        _who(page, data)
    return str(picked["area"]) if picked else None


def gap_text(page: Page, row: pd.Series, name: str) -> tuple[str, bool]:
    """Tell a difference with its interval, and whether it is more than noise.

    Parameters
    ----------
    page : Page
    row : Series
        See `scores.expectation.beside`.
    name : {"gap", "blind"}

    Returns
    -------
    text : str
        "" where it is not known. Not escaped.
    clear : bool
    """
    if row[name] != row[name]:
        return "", False
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    parts = {"step": signed(page, row[name]), "low": signed(page, low), "high": signed(page, high)}
    if low != low:
        return page.t("services.compare_few", step=parts["step"]), False
    clear = bool(low > 0 or high < 0)
    return page.t("services.compare_clear" if clear else "services.compare_noise", **parts), clear


def figure_text(page: Page, row: pd.Series, kind: str) -> str:
    """Tell a figure with its interval and n; "" where it is not known. Not escaped."""
    if row[kind] != row[kind]:
        return ""
    low, high, n = (row[name if kind == "grade" else f"{kind}_{name}"] for name in ("low", "high", "n"))
    told = {
        name: number(float(value), page.lang, 1) for name, value in (("grade", row[kind]), ("low", low), ("high", high))
    }
    key = "services.beside_alone" if low != low else "services.beside_figure"
    return page.t(key, n=int(n), **told)


def lines(page: Page, data: Snapshot, table: pd.DataFrame) -> tuple[list[str], list[list[str]], list[tuple[int, int]]]:
    """Give the table in words.

    Parameters
    ----------
    page : Page
    data : Snapshot
    table : DataFrame
        See `figures`.

    Returns
    -------
    columns : list of str
    rows : list of list of str
        A row a service, in the coordinator's order. Not escaped.
    clear : list of (int, int)
        Row and column of the differences that are more than noise.
    """
    t = page.t
    kinds = [kind for kind in marks.KINDS if table[kind].notna().any()]
    after = {"expected": "gap", "estimate": "blind"}
    columns = [t("remarks.area")]
    rows: list[list[str]] = []
    clear: list[tuple[int, int]] = []
    row: Any
    for kind in kinds:
        columns += [t(f"services.beside_{kind}"), *([t(f"services.beside_{after[kind]}")] if kind in after else [])]
    for area, name in data.area_names(page.lang).items():
        if area not in table.index:
            continue
        row = table.loc[area]
        told = [name]
        for kind in kinds:
            told.append(figure_text(page, row, kind))
            if kind in after:
                text, sure = gap_text(page, row, after[kind])
                if text and after[kind] == "gap" and row["paired"]:
                    text = t("services.beside_paired", told=text, n=int(row["gap_n"]))
                clear += [(len(rows), len(told))] if sure else []
                told.append(text)
        rows.append(told)
    return columns, rows, clear


def on_area(page: Page, view: View, area: str) -> None:
    """Tell of one service what is expected of it and what own staff think, where that is known.

    Parameters
    ----------
    page : Page
    view : View
        Of that service alone.
    area : str
        Key.
    """
    table = figures(view)
    if area not in table.index:
        return
    columns, rows, clear = lines(page, view.snapshot, table)
    (row,) = rows
    told = [f"**{escape(text)}**" if (0, at) in clear else escape(text) for at, text in enumerate(row)]
    # The grade itself stands in the figures above.
    shown = [f"{escape(columns[at])}: {told[at]}" for at in range(2, len(row)) if row[at]]
    st.caption(" · ".join(shown), help=escape(own_told(page, table)) or None)


def own_told(page: Page, table: pd.DataFrame) -> str:
    """Say of which session the estimates of own staff are; "" without any. Not escaped."""
    known = table[table["estimate"].notna()]
    if known.empty:
        return ""
    each = known.drop_duplicates("estimate_session")
    sessions = [
        f"{row['estimate_session']} ({day(row['estimate_date'], page.lang, short=True)})" for _, row in each.iterrows()
    ]
    return page.t("services.beside_own", sessions=", ".join(sessions))


def _own_remarks(page: Page, data: Snapshot) -> None:
    """Offer what own staff said to read, all of it or nothing."""
    remarks, t = data.own_remarks, page.t
    if remarks.empty:
        return
    if remarks["person"].nunique() < settings().group_threshold:
        st.caption(t("services.own_hidden", threshold=settings().group_threshold))
        return
    label = t("services.own_read", n=len(remarks))
    if st.button(label, key="services.own_read", icon=":material/forum:", type="tertiary"):
        ordered = remarks.sort_values(["date", "remark_id"], ascending=[False, True])
        remarks_dialog(page, data, ordered, t("services.own"), "services.own_behind")


def _who(page: Page, data: Snapshot) -> None:
    """Ask which organisations and sessions are of the SSC itself."""
    t, sessions, ours = page.t, data.sessions, data.own_organisations
    known = pd.concat([ours, data.organisations])
    box = st.expander(t("services.own_who"), icon=":material/badge:", key="services.own_who", on_change="rerun")
    if not box.open:
        return
    names = dict(zip(known["organisation_id"].astype(int), known["organisation"], strict=True))
    days = [day(date, page.lang, short=True) for date in sessions["date"]]
    each = zip(sessions["session_id"].astype(int), sessions["session"], days, strict=True)
    held = {at: f"{name} ({on})" for at, name, on in each}
    now = [int(at) for at in ours["organisation_id"]], [int(at) for at in sessions.loc[sessions["own"], "session_id"]]
    # What is stored shows again once somebody else changes it.
    turn = f"{data.version}"
    with box:
        st.badge(t("services.coordinator"), color="violet")
        st.caption(t("services.own_why"))
        left, right = st.columns(2)
        who = left.multiselect(
            t("services.own_organisations"), list(names), now[0], format_func=lambda at: names[at],
            placeholder=t("services.own_nobody"), key=f"services.own_organisations.{turn}",
        )  # fmt: skip
        when = right.multiselect(
            t("services.own_sessions"), list(reversed(held)), now[1], format_func=lambda at: held[at],
            placeholder=t("services.own_nobody"), key=f"services.own_sessions.{turn}",
        )  # fmt: skip
        if st.button(t("services.save"), key="services.own_save", type="primary"):
            changed = act(page, set_own, who, when)
            if changed:
                did(page, t("services.own_saved"), set_own, *now)
                st.rerun()
            elif changed == 0:
                st.info(t("services.nothing_changed"))
