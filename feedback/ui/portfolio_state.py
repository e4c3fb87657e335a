"""What the portfolio looks at: the ideas that take part, what was asked in the address, and answers kept while nothing changes."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from feedback.i18n import UserError
from feedback.savings import listing, rows
from feedback.savings.candidates import candidates, usable
from feedback.savings.impact import CLOSED, weigh
from feedback.savings.portfolio import Idea, Point, Portfolio, Terms, choose, frontier, least_pain
from feedback.ui import savings_found, url
from feedback.ui.data import Snapshot
from feedback.ui.filters import View

TARGET, FORCED, LEFT_OUT, SURE = "doel", "mee", "weg", "bekend"
LIMITS = {"budget": "eenmalig", "effort": "moeite", "cap": "grens"}


@dataclass(frozen=True)
class Choosable:
    """The ideas under the filters, as far as the portfolio can use them.

    Attributes
    ----------
    key : str
        Names this state of the data and these ideas; kept answers are named after it.
    ideas : list of Idea
    rows : DataFrame
        See `ui.savings.all_ideas`; those ideas, indexed by id as text. Read-only.
    found, unusable, shut : int
        Ideas that take no part: only found; confirmed without euros or any impact; excluded by what is done.
    """

    key: str
    ideas: list[Idea]
    rows: pd.DataFrame
    found: int
    unusable: int
    shut: int


@dataclass(frozen=True)
class Asked:
    """What the reader asked for.

    Attributes
    ----------
    target : float or None
        Euro a year; None: nothing typed yet.
    terms : Terms
    sure : bool
        Whether only ideas take part of which everything is known.
    unread : bool
        Whether a field holds something that is no amount.
    """

    target: float | None
    terms: Terms
    sure: bool
    unread: bool


def asked() -> Asked:
    """Read what was asked from the address; what is not understood there is passed over (its field says so)."""
    forced, left_out = frozenset(url.get_list(FORCED)), frozenset(url.get_list(LEFT_OUT))
    limits = {name: typed(key) for name, key in LIMITS.items()}
    # A switch that was just turned is not in the address yet.
    sure = bool(st.session_state.get(url.widget_key(SURE), url.get(SURE) == "ja"))
    unread = any(text.strip() and typed(key) is None for key, text in _texts().items())
    return Asked(typed(TARGET), Terms(forced, left_out, **limits), sure, unread)


def _texts() -> dict[str, str]:
    """Give what stands in the fields for amounts, else in the address."""
    return {
        key: str(st.session_state.get(url.widget_key(key), url.get(key)) or "") for key in (TARGET, *LIMITS.values())
    }


def typed(key: str) -> float | None:
    """Give an amount as it stands in its field, else in the address."""
    with suppress(UserError):
        return rows.amount(st.session_state.get(url.widget_key(key), url.get(key)))
    return None


@st.cache_resource(max_entries=32, show_spinner=False)
def choosable(key: str, _view: View, _table: pd.DataFrame, sure: bool) -> Choosable:
    """Give the ideas that take part.

    Parameters
    ----------
    key : str
        Names the state of the data and the filters.
    _view : View
    _table : DataFrame
        See `ui.savings.chosen`.
    sure : bool
        Whether only ideas take part of which everything is known.

    Returns
    -------
    Choosable
    """
    data, table = _view.snapshot, _table
    # Of all ideas, not of those under the filters: what is done meets a requirement from elsewhere too.
    ideas = _all(data)
    shown = table if not sure else table[table["known"]]
    ids, could = (set(part["idea_id"].astype(str)) for part in (shown, table))
    part = [idea for idea in ideas if idea.id in ids]
    taking_part = [idea.id for idea in ideas if idea.id in could]
    judged = table[~table["status"].isin(["spotted", *CLOSED])]
    by_id = table.set_index(table["idea_id"].astype(str).rename("id"))
    return Choosable(
        key=f"{key}|{sure}", ideas=part, rows=by_id.loc[[idea.id for idea in part]],
        found=savings_found.count(data, table), unusable=int((~usable(judged)).sum()),
        shut=int(usable(judged).sum()) - len(taking_part),
    )  # fmt: skip


def _all(data: Snapshot) -> list[Idea]:
    ideas = listing.answered(data.ideas, data.replies)
    weighed = weigh(ideas[ideas["own_status"] != "spotted"], data.impacts, data.organisations)
    states = weighed["status"].where(weighed["status"].isin(CLOSED), "open")
    return candidates(weighed.assign(state=states), data.impacts, data.organisations, data.links)


def solved(of: Choosable, target: float, terms: Terms) -> Portfolio:
    """Choose the set; see `savings.portfolio.choose`."""
    return _solved(f"{of.key}|{target}|{_name(terms)}", of.ideas, target, terms)


@st.cache_resource(max_entries=256, show_spinner=False)
def _solved(key: str, _ideas: list[Idea], _target: float, _terms: Terms) -> Portfolio:
    return choose(_ideas, _target, _terms)


def curve(of: Choosable, terms: Terms) -> list[Point]:
    """Give the frontier; see `savings.portfolio.frontier`."""
    return _curve(f"{of.key}|{_name(terms)}", of.ideas, terms)


@st.cache_resource(max_entries=64, show_spinner=False)
def _curve(key: str, _ideas: list[Idea], _terms: Terms) -> list[Point]:
    return frontier(_ideas, _terms)


def flipped(terms: Terms, idea_id: str, chosen: Iterable[str]) -> Terms:
    """Give the terms after a click on an idea: let go of what was decided, else leave it out or force it in."""
    own = frozenset({idea_id})
    if idea_id in terms.forced | terms.left_out:
        return replace(terms, forced=terms.forced - own, left_out=terms.left_out - own)
    if idea_id in chosen:
        return replace(terms, left_out=terms.left_out | own)
    return replace(terms, forced=terms.forced | own)


def price(of: Choosable, target: float, terms: Terms) -> float | None:
    """Tell how little pain a target costs; see `savings.portfolio.least_pain`."""
    return _price(f"{of.key}|{target}|{_name(terms)}", of.ideas, target, terms)


@st.cache_resource(max_entries=2048, show_spinner=False)
def _price(key: str, _ideas: list[Idea], _target: float, _terms: Terms) -> float | None:
    return least_pain(_ideas, _target, _terms)


def _name(terms: Terms) -> str:
    # Sets have no order of their own, a name has.
    return f"{sorted(terms.forced)}|{sorted(terms.left_out)}|{terms.effort}|{terms.budget}|{terms.cap}"


def decide(terms: Terms) -> None:
    """Write to the address what is forced in and left out; for a callback or before `st.rerun`."""
    for key, ids in ((FORCED, terms.forced), (LEFT_OUT, terms.left_out)):
        url.set_value(key, ",".join(sorted(ids, key=int)))
