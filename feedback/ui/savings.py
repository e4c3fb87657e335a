"""The ideas under the filters of the savings page, and the map of them; kept while nothing changes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection
from feedback.charts import savings_map
from feedback.i18n import Language, UserError
from feedback.savings import impact, listing, rows
from feedback.savings.impact import Cuts
from feedback.settings import settings
from feedback.ui import url
from feedback.ui.data import Snapshot
from feedback.ui.filters import View

LIMIT_EUR, LIMIT_PAIN = "vanaf", "pijn"
LOOK, LOOKS = "beeld", ("kaart", "pakket", "boek", "waarde", "tijd")


def _key(data: Snapshot) -> str:
    return f"{settings().database_url}|{data.version}"


@st.cache_resource(max_entries=8, show_spinner=False)
def _weighed(key: str, _data: Snapshot) -> pd.DataFrame:
    said = _data.evidence.groupby("idea_id").size()
    weighed = impact.weigh(listing.answered(_data.ideas, _data.replies), _data.impacts, _data.organisations)
    hits = _data.impacts[_data.impacts["impact"] < 0].sort_values(["impact", "organisation"])
    # About: nobody said so, it was derived.
    about = hits["people"].notna().map({True: " \u2248 ", False: " "})
    told = hits["organisation"].astype("str") + about + hits["impact"].map("{:g}".format).str.replace("-", "\u2212")
    whom = told.groupby(hits["idea_id"]).agg("; ".join)
    return weighed.assign(
        remarks=weighed["idea_id"].map(said).fillna(0).astype(int),
        whom=weighed["idea_id"].map(whom).fillna("").astype("str"),
        voice=weighed["idea_id"].map(listing.voices(_data.evidence, _data.remarks)).fillna("").astype("str"),
        # What was derived is half known.
        sure=1 - (weighed["unknown"] + weighed["derived"] / 2) / max(len(_data.organisations), 1),
    )


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
        See `savings.impact.weigh` and, for status and own_status, `savings.listing.answered`; also remarks (how many carry it),
        whom (it hits, and how hard, hardest first), voice (what a customer says of it, "" without remarks),
        sure (0..1: of how many organisations is known what it does to them) and
        quadrant. Read-only.
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
        remarks carry, and by who and what the idea itself is: that it does something to an organisation chosen,
        with the words searched for in its title. Read-only.
    """
    return _chosen(view.key, view, cuts)


@st.cache_resource(max_entries=48, show_spinner=False)
def _chosen(key: str, _view: View, cuts: Cuts) -> pd.DataFrame:
    view = _view
    table, selection = all_ideas(view.snapshot, cuts), view.selection
    if selection.areas:
        table = table[table["area"].isin(selection.areas)]
    asked = replace(selection, areas=())
    if asked != Selection():
        evidence = view.snapshot.evidence
        carried = evidence.loc[evidence["remark_id"].isin(view.remarks["remark_id"]), "idea_id"]
        keep = table["idea_id"].isin(carried)
        # Of an idea itself is known whom it hits and what it is called; not in which session or at which level it was said.
        if replace(asked, organisations=(), search="") == Selection():
            own = pd.Series(True, index=table.index)
            if asked.organisations:
                told = view.snapshot.impacts
                told = told[told["organisation"].isin(asked.organisations) & (told["impact"] != 0)]
                own &= table["idea_id"].isin(told["idea_id"])
            if asked.search:
                own &= table["title"].str.contains(asked.search, case=False, regex=False)
            keep |= own
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
    dots = savings_map.marks(table, cuts, lang)
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


def usual_cuts_of(data: Snapshot) -> Cuts:
    """Give the limits of the quadrants as they are without a reader's choice; see `savings.impact.usual_cuts`."""
    return _usual(_key(data), data)


def cuts_of(data: Snapshot) -> Cuts:
    """Give the limits of the quadrants: as the reader typed them, else the usual ones.

    Parameters
    ----------
    data : Snapshot

    Returns
    -------
    Cuts
    """
    usual = usual_cuts_of(data)
    return Cuts(_typed(LIMIT_EUR, usual.eur), _typed(LIMIT_PAIN, usual.pain))


def _typed(key: str, usual: float) -> float:
    with suppress(UserError):
        typed = rows.amount(st.session_state.get(url.widget_key(key), url.get(key)))
        return usual if typed is None else typed
    return usual
