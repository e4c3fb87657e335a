"""The set that was chosen and what is left, as tables in which an idea is forced in or out with a click; who is hit."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.i18n import MISSING, number
from feedback.savings.impact import by_organisation as whom
from feedback.savings.impact import harm
from feedback.savings.portfolio import Portfolio, Terms
from feedback.ui import portfolio_state as state
from feedback.ui.data import Snapshot
from feedback.ui.page import Page
from feedback.ui.parts import downloads
from feedback.ui.portfolio_state import Choosable

# So many ideas are priced at once; of more, when somebody asks.
FEW = 25
FIGURES = ("eur", "pain", "one_off")
# Pixels: title and price stand beside each other on a telephone; at this height a row wraps its text.
TITLE_WIDTH, PRICE_WIDTH, HIT_WIDTH, ROW_HEIGHT = 180, 165, 220, 72
CLICK, PRICED = "portfolio.click", "portfolio.price"


def chosen_set(page: Page, data: Snapshot, of: Choosable, found: Portfolio, terms: Terms) -> None:
    """Draw the ideas in the set.

    Parameters
    ----------
    page : Page
    data : Snapshot
    of : Choosable
    found : Portfolio
    terms : Terms
    """
    t = page.t
    ids = [key for key in _order(of) if key in found.ideas]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(t("portfolio.inside", n=len(ids)), anchor=False, width="content")
        if len(of.ideas) > FEW:
            st.toggle(t("portfolio.price"), key=PRICED)
        downloads(page, "besparingspakket", lambda: _readable(page, data, of, ids))
    if ids:
        _table(page, data, of, ids, found, terms)
    else:
        st.caption(t("portfolio.empty_set"))


def left_over(page: Page, data: Snapshot, of: Choosable, found: Portfolio, terms: Terms) -> None:
    """Draw the ideas that are not in the set, to be opened.

    Parameters
    ----------
    page : Page
    data : Snapshot
    of : Choosable
    found : Portfolio
    terms : Terms
    """
    ids = [key for key in _order(of) if key not in found.ideas]
    if not ids:
        return
    with st.expander(page.t("portfolio.outside", n=len(ids)), key="portfolio.outside", on_change="rerun") as box:
        if box.open:
            _table(page, data, of, ids, found, terms)


def _order(of: Choosable) -> list[str]:
    return [str(key) for key in of.rows.sort_values(["eur", "idea_id"], ascending=[False, True]).index]


def _table(page: Page, data: Snapshot, of: Choosable, ids: list[str], found: Portfolio, terms: Terms) -> None:
    t = page.t
    priced = len(of.ideas) <= FEW or bool(st.session_state.get(PRICED))
    table = _readable(page, data, of, ids)
    what_if = t("portfolio.what_if")
    table.insert(1, what_if, [_label(page, of, key, found, terms, priced) for key in ids])
    key = f"{CLICK}.{'in' if ids[0] in found.ideas else 'out'}"
    columns: dict[str, Any] = {
        t("savings.title_of"): st.column_config.TextColumn(width=TITLE_WIDTH),
        t("savings.voice"): st.column_config.TextColumn(width=HIT_WIDTH),
        t("portfolio.hit"): st.column_config.TextColumn(width=HIT_WIDTH),
        what_if: st.column_config.ButtonColumn(
            type="tertiary", alignment="left", width=PRICE_WIDTH, help=t("portfolio.what_if_why"), key=key, on_click=_clicked,
            args=(key, ids, found.ideas, terms),
        ),
        **{t(f"savings.{name}"): st.column_config.NumberColumn(format="localized") for name in FIGURES},
    }  # fmt: skip
    st.dataframe(
        table,
        hide_index=True,
        column_config=columns,
        placeholder=MISSING,
        alt=t("portfolio.inside", n=len(ids)),
        height="content" if len(ids) <= FEW else "auto",
        row_height=ROW_HEIGHT,
    )


def _clicked(key: str, ids: list[str], chosen: tuple[str, ...], terms: Terms) -> None:
    state.decide(state.flipped(terms, ids[st.session_state[key]["row"]], chosen))


def _readable(page: Page, data: Snapshot, of: Choosable, ids: list[str]) -> pd.DataFrame:
    t, chosen = page.t, of.rows.loc[ids]
    return pd.DataFrame(
        {
            t("savings.title_of"): chosen["title"],
            t("savings.eur"): chosen["eur"].round(),
            t("savings.pain"): chosen["pain"].round(),
            t("portfolio.hit"): [_hit(page, data, int(key)) for key in ids],
            t("savings.one_off"): chosen["one_off_cost"].astype(float).round(),
            t("savings.effort"): chosen["effort"].astype("Int64"),
            t("savings.voice"): chosen["voice"],
        }
    )


def _hit(page: Page, data: Snapshot, idea_id: int) -> str:
    """Name the organisations that an idea hurts, and those of which nobody knows."""
    table = whom(idea_id, data.impacts, data.organisations)
    hurt = table[table["pain"] > 0]
    told = [
        f"{organisation} {number(float(pain), page.lang)}"
        for organisation, pain in zip(hurt["organisation"], hurt["pain"], strict=True)
    ]
    unknown = table.loc[table["pain"].isna(), "organisation"]
    if len(unknown):
        # First, or a narrow column would hide it.
        told.insert(0, page.t("portfolio.unknown_at", organisations=", ".join(unknown)))
    return "; ".join(told) or page.t("portfolio.nobody")


def _label(page: Page, of: Choosable, key: str, found: Portfolio, terms: Terms, priced: bool) -> str:
    """Name what a click does to an idea, with the pain that it costs or saves."""
    t = page.t
    act = "release" if key in terms.forced | terms.left_out else "leave_out" if key in found.ideas else "force"
    does = t(f"portfolio.{act}")
    if not priced:
        return does
    target = found.target if found.feasible else found.saving
    pain = state.price(of, target, state.flipped(terms, key, found.ideas))
    if pain is None:
        return t("portfolio.priced_out", act=does)
    extra = round(pain - found.pain)
    if not extra:
        return t("portfolio.priced_free", act=does)
    sign = "+" if extra > 0 else "−"
    return t("portfolio.priced", act=does, pain=f"{sign}{number(abs(extra), page.lang)}")


def by_organisation(page: Page, data: Snapshot, found: Portfolio) -> None:
    """Draw how the pain of the set is spread: in all, and for each client.

    Parameters
    ----------
    page : Page
    data : Snapshot
    found : Portfolio
    """
    t = page.t
    table = data.organisations.copy()
    known = data.impacts[data.impacts["idea_id"].astype(str).isin(found.ideas)]
    told = harm(known, data.organisations).dropna(subset="pain").groupby("organisation_id").size()
    table["pain"] = table["organisation_id"].astype(str).map(found.pain_by_organisation)
    table["each"] = table["pain"] / pd.to_numeric(table["clients"]).astype(float)
    table["unknown"] = len(found.ideas) - table["organisation_id"].map(told).fillna(0)
    table = table.sort_values(["pain", "organisation"], ascending=[False, True], na_position="last")
    readable = {
        t("remarks.organisation"): table["organisation"],
        t("savings.pain"): [
            _least(page, number(pain, page.lang), unknown)
            for pain, unknown in zip(table["pain"], table["unknown"], strict=True)
        ],
        t("portfolio.a_client"): [
            _least(page, number(each, page.lang, 2), unknown)
            for each, unknown in zip(table["each"], table["unknown"], strict=True)
        ],
    }
    st.subheader(t("portfolio.whom"), anchor=False)
    st.dataframe(pd.DataFrame(readable), hide_index=True, alt=t("portfolio.whom"))


def _least(page: Page, figure: str, unknown: float) -> str:
    return page.t("savings.at_least", figure=figure) if unknown and figure != MISSING else figure
