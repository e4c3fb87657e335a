"""Parts of the savings page: ideas under the filters, the map, the limits of its quadrants, the table."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection
from feedback.charts import savings_map
from feedback.i18n import MISSING, Language, UserError, euro, number
from feedback.savings import impact, rows
from feedback.savings.impact import Cuts
from feedback.settings import settings
from feedback.store.tables import IDEA_STATUSES
from feedback.ui import url
from feedback.ui.data import Snapshot
from feedback.ui.filters import View
from feedback.ui.idea import IDEA
from feedback.ui.page import Page, reporting
from feedback.ui.parts import downloads

LIMIT_EUR, LIMIT_PAIN = "vanaf", "pijn"
LOOK, LOOKS = "beeld", ("kaart", "pakket")
TURN = "savings.turn"
MANY = 200
# What fits beside the title on a laptop; the rest is in the idea's own window and in the download.
ON_SCREEN, TITLE_WIDTH = 7, 360
FIGURES = ("eur", "pain", "one_off")


def _key(data: Snapshot) -> str:
    return f"{settings().database_url}|{data.version}"


@st.cache_resource(max_entries=8, show_spinner=False)
def _weighed(key: str, _data: Snapshot) -> pd.DataFrame:
    said = _data.evidence.groupby("idea_id").size()
    weighed = impact.weigh(_data.ideas, _data.impacts, _data.organisations)
    return weighed.assign(remarks=weighed["idea_id"].map(said).fillna(0).astype(int))


@st.cache_resource(max_entries=16, show_spinner=False)
def _placed(key: str, _data: Snapshot, cuts: Cuts) -> pd.DataFrame:
    table = _weighed(key, _data)
    return table.assign(quadrant=impact.quadrant(table["eur"], table["pain"], table["known"], cuts))


def all_ideas(data: Snapshot, cuts: Cuts) -> pd.DataFrame:
    """Give every idea with what it brings and does.

    Parameters
    ----------
    data : Snapshot
    cuts : Cuts

    Returns
    -------
    DataFrame
        See `savings.impact.weigh`; also remarks (how many carry it) and quadrant. Read-only.
    """
    return _placed(_key(data), data, cuts)


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
        remarks carry, or with the words searched for in their title. Read-only.
    """
    return _chosen(view.key, view, cuts)


@st.cache_resource(max_entries=48, show_spinner=False)
def _chosen(key: str, _view: View, cuts: Cuts) -> pd.DataFrame:
    view = _view
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


@dataclass(frozen=True)
class Shown:
    """What the page draws of the ideas under the filters and the statuses chosen.

    Attributes
    ----------
    table : DataFrame
        See `all_ideas`; the largest amounts first. Read-only, as `dots` is.
    dots : DataFrame
        See `charts.savings_map.marks`.
    spec : dict
    alt : str
    """

    table: pd.DataFrame
    dots: pd.DataFrame
    spec: dict[str, Any]
    alt: str


def shown(view: View, cuts: Cuts, statuses: tuple[str, ...], lang: Language) -> Shown:
    """Give what the page draws; kept while nothing changes.

    Parameters
    ----------
    view : View
    cuts : Cuts
    statuses : tuple of str
        Empty: all but what was refused or only found.
    lang : {"nl", "en"}

    Returns
    -------
    Shown
    """
    return _shown(view.key, view, cuts, statuses, lang)


@st.cache_resource(max_entries=48, show_spinner=False)
def _shown(key: str, _view: View, cuts: Cuts, statuses: tuple[str, ...], lang: Language) -> Shown:
    table = _chosen(key, _view, cuts)
    table = table[table["status"].isin(statuses)] if statuses else judged(table[table["status"] != "refused"])
    table = table.sort_values(["eur", "idea_id"], ascending=[False, True])
    dots = savings_map.marks(table, lang)
    return Shown(table, dots, savings_map.spec(dots, cuts, lang), savings_map.alt(dots, lang))


@st.cache_resource(max_entries=8, show_spinner=False)
def _usual(key: str, _data: Snapshot) -> Cuts:
    # Of all ideas, so that a filter never moves an idea to another quadrant.
    table = judged(_weighed(key, _data))
    return impact.usual_cuts(table[~table["status"].isin(impact.CLOSED)], _data.organisations)


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
    usual = _usual(_key(data), data)
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
    t, usual = page.t, _usual(_key(data), data)
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
            t("savings.effort"): table["effort"].astype("Int64"),
            t("remarks.area"): table["area"].astype(object).map(data.area_names(page.lang)),
            t("savings.status"): table["status"].map(statuses),
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
        See `all_ideas`.
    """
    t = page.t
    # A table that loads as it is scrolled cannot be clicked; the largest amounts come first, the download has all.
    part = idea_table(page, data, table.head(MANY))
    if len(part) < len(table):
        st.caption(t("savings.table_part", shown=len(part), total=len(table)))
    turn = st.session_state.get(TURN, 0)
    columns: dict[str, Any] = {t("savings.title_of"): st.column_config.TextColumn(width=TITLE_WIDTH)}
    columns |= {t(f"savings.{name}"): st.column_config.NumberColumn(format="localized") for name in FIGURES}
    event: Any = st.dataframe(
        part, key=f"savings.table.{turn}", hide_index=True, column_order=[str(name) for name in part][:ON_SCREEN],
        column_config=columns, on_select="rerun", selection_mode="single-row", alt=t("savings.title"),
        placeholder=MISSING,
    )  # fmt: skip
    under, beside = st.columns([5, 1])
    under.caption(t("savings.table_hint"))
    with beside:
        downloads(page, "besparingen", lambda: idea_table(page, data, table))
    if event["selection"]["rows"]:
        # A new table next time, without the selection: an idea that was closed stays closed.
        st.session_state[TURN] = turn + 1
        url.put(IDEA, str(table["idea_id"].iloc[event["selection"]["rows"][0]]))
