"""Time that customers lose, kept while nothing changes, and said beside the idea it is set against; what is assumed taken back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from feedback.i18n import Language, euro, number
from feedback.savings import customer_time, keeping
from feedback.settings import settings
from feedback.store.engine import reading
from feedback.store.tables import Assumption
from feedback.ui.data import Snapshot, act, database
from feedback.ui.page import Page, escape

FIELDS = ("minutes", "people", "times")


@dataclass(frozen=True)
class Lost:
    """Time of customers, of the whole panel.

    Attributes
    ----------
    said : DataFrame
        See `savings.customer_time.found`.
    table : DataFrame
        See `savings.customer_time.table`, with saving (euro a year of the idea it is set against) and idea (its title).
    """

    said: pd.DataFrame
    table: pd.DataFrame


@st.cache_resource(max_entries=4, show_spinner=False)
def _lost(key: str, _data: Snapshot) -> Lost:
    said = customer_time.found(_data.remarks)
    table = customer_time.table(said, _data.customer_time, _data.assumptions.get(keeping.HOUR, math.nan))
    by_id = _data.ideas.set_index("idea_id")
    saving = by_id[["eur_low", "eur_high"]].astype(float).mean(axis=1)
    # What really came of it goes before what was estimated.
    saving = by_id["eur_realised"].astype(float).fillna(saving)
    ids = table["idea_id"].astype(object)
    return Lost(said, table.assign(saving=ids.map(saving).astype(float), idea=ids.map(by_id["title"])))


def lost(data: Snapshot) -> Lost:
    """Give the time that customers lose, as far as it is known; kept while nothing changes. Read-only."""
    return _lost(f"{settings().database_url}|{data.version}", data)


def figure(value: float, lang: Language) -> str:
    """Write minutes, people or times as a person would type them; "" where it is not known."""
    if math.isnan(value):
        return ""
    # Two decimals at most: with three a comma could be read as one between thousands.
    return number(value, lang, next(few for few in (0, 1, 2) if few == 2 or value == round(value, few)))


def beside(page: Page, data: Snapshot, idea_id: int) -> None:
    """Write under an idea what it is set against in customers' time.

    Parameters
    ----------
    page : Page
    data : Snapshot
    idea_id : int
    """
    t, lang = page.t, page.lang
    table = lost(data).table
    for row in table[table["idea_id"] == idea_id].to_dict("records"):
        kind, area = t(f"savings.time_{row['time']}"), data.area_names(lang)[row["area"]]
        figures = {
            "hours": number(row["hours"], lang),
            "eur": euro(row["eur"], lang),
            "saving": euro(row["saving"], lang),
        }
        st.caption(t("savings.time_beside", kind=kind.lower(), area=escape(area), **figures))


def undo_assumption(page: Page, key: str) -> None:
    """Draw the button that takes back the last change to a figure of the whole panel, where there is one.

    Parameters
    ----------
    page : Page
    key : str
        `savings.keeping.TARGET` or `HOUR`.
    """
    with reading(database()) as session:
        possible = keeping.last_change(Assumption, only=(key,), session=session) is not None
    pressed = possible and st.button(page.t("savings.undo"), key=f"savings.undo.{key}", icon=":material/undo:")
    if pressed and act(page, keeping.undo, Assumption, only=(key,)) is not None:
        st.rerun()
