"""The portfolio on the savings page: a target, the set that reaches it with the least pain, the curve, and what if."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection
from feedback.charts import frontier as chart_of
from feedback.i18n import euro, number
from feedback.savings import keeping, rows
from feedback.savings.portfolio import Portfolio, Terms
from feedback.ui import portfolio_state as state
from feedback.ui import url
from feedback.ui.filters import View
from feedback.ui.page import Page, reporting
from feedback.ui.parts import chart, downloads, tiles
from feedback.ui.portfolio_set import by_organisation, chosen_set, left_over
from feedback.ui.portfolio_state import Asked, Choosable
from feedback.ui.savings_empty import nothing_here


def draw(page: Page, view: View, table: pd.DataFrame) -> None:
    """Draw the portfolio.

    Parameters
    ----------
    page : Page
    view : View
    table : DataFrame
        The ideas under the filters, see `ui.savings.chosen`.
    """
    t = page.t
    if not state.choosable(view.key, view, table, False).ideas:
        of = state.choosable(view.key, view, table, False)
        if view.selection == Selection():
            st.info(t("portfolio.none"), icon=":material/shopping_basket:")
        else:
            nothing_here(page, view, "portfolio.none_here")
        _taking_no_part(page, of)
        return
    left, right = st.columns([2, 3], gap="large")
    with left:
        ask = _questions(page, view, state.choosable(view.key, view, table, state.asked().sure))
    of = state.choosable(view.key, view, table, ask.sure)
    if ask.unread:
        # A set for another amount than was meant would look like an answer.
        with left:
            st.warning(t("portfolio.unread"), icon=":material/edit_off:")
            _taking_no_part(page, of)
        return
    target = ask.target
    if target is None:
        # Nothing asked yet: what can be had without hurting anybody more than must be.
        points = state.curve(of, ask.terms)
        target = points[0].saving if points else 0.0
    found = state.solved(of, target, ask.terms)
    with left:
        _verdict(page, of, ask, found)
    figures, below = st.container(), st.container()
    if found.most_possible is not None:
        with figures:
            _figures(page, of, found)
        with below:
            chosen_set(page, view.snapshot, of, found, ask.terms)
            listed, beside = st.columns([3, 2], gap="medium")
            with listed:
                left_over(page, view.snapshot, of, found, ask.terms)
            with beside:
                by_organisation(page, view.snapshot, found)
    # Last, because it takes longest; its place on the screen is kept.
    with right:
        _curve(page, of, ask.terms, found)


def _questions(page: Page, view: View, of: Choosable) -> Asked:
    t = page.t
    # Without a target of the reader's own: the one that was set for the whole panel.
    whole = view.snapshot.assumptions.get(keeping.TARGET)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        start = "" if whole is None else number(whole, page.lang)
        _amount(page, state.TARGET, "portfolio.target", "portfolio.target_hint", start)
        limits = sum(state.typed(key) is not None for key in state.LIMITS.values()) + state.asked().sure
        label = t("portfolio.limits_n", n=limits) if limits else t("portfolio.limits")
        with st.popover(label, type="tertiary", icon=":material/tune:", key="portfolio.limits"):
            for name, key in state.LIMITS.items():
                _amount(page, key, f"portfolio.limit_{name}", f"portfolio.limit_{name}_hint")
            key = url.widget_key(state.SURE)
            st.session_state.setdefault(key, url.get(state.SURE) == "ja")
            st.toggle(t("portfolio.sure"), key=key, help=t("portfolio.sure_why"))
            url.put(state.SURE, "ja" if st.session_state[key] else None)
    titles = dict(zip(of.rows.index.astype(str), of.rows["title"].astype(str), strict=True))
    for name, label in ((state.FORCED, "portfolio.forced"), (state.LEFT_OUT, "portfolio.left_out")):
        key = url.widget_key(name)
        st.session_state.setdefault(key, [value for value in url.get_list(name) if value in titles])
        # What the filters or a switch take away can be no choice either.
        st.session_state[key] = [value for value in st.session_state[key] if value in titles]
        chosen = st.multiselect(
            t(label), list(titles), key=key, format_func=titles.__getitem__, placeholder=t("portfolio.nothing_chosen")
        )
        url.put(name, chosen)
    return state.asked()


def _amount(page: Page, key: str, label: str, placeholder: str, start: str = "") -> None:
    name = url.widget_key(key)
    st.session_state.setdefault(name, url.get(key) or start)
    value = st.text_input(page.t(label), key=name, placeholder=page.t(placeholder))
    with reporting(page):
        rows.amount(value)
    url.put(key, value if value != start else None)


def _verdict(page: Page, of: Choosable, ask: Asked, found: Portfolio) -> None:
    t, lang = page.t, page.lang
    if found.most_possible is None:
        st.error(t("portfolio.contradiction"), icon=":material/block:")
    elif not found.feasible:
        amounts = {"target": euro(found.target, lang, cents=True), "most": euro(found.most_possible, lang)}
        st.warning(t("portfolio.not_reached", **amounts), icon=":material/trending_down:")
    elif ask.target is None:
        st.info(t("portfolio.no_target"), icon=":material/flag:")
    else:
        amounts = {"target": euro(found.target, lang, cents=True), "saving": euro(found.saving, lang)}
        st.success(t("portfolio.reached", **amounts), icon=":material/check:")
    if found.feasible and (ask.terms.forced or ask.terms.left_out):
        free = Terms(effort=ask.terms.effort, budget=ask.terms.budget, cap=ask.terms.cap)
        least = state.price(of, found.target, free)
        extra = found.pain - (least or 0.0)
        told = "choices_free" if extra <= 0 else "choices_cost"
        st.markdown(t(f"portfolio.{told}", pain=number(extra, lang)))
    _taking_no_part(page, of)


def _taking_no_part(page: Page, of: Choosable) -> None:
    told = [
        page.t(f"portfolio.{name}", n=n)
        for name, n in (("unusable", of.unusable), ("shut", of.shut), ("only_found", of.found))
        if n
    ]
    if told:
        st.caption(" ".join(told))


def _figures(page: Page, of: Choosable, found: Portfolio) -> None:
    t, lang = page.t, page.lang
    chosen = of.rows.loc[list(found.ideas)]
    unsure, uncosted = int((chosen["unknown"] > 0).sum()), int(chosen["one_off_cost"].isna().sum())

    def least(figure: str, unknown: int) -> str:
        return t("savings.at_least", figure=figure) if unknown else figure

    with tiles():
        st.metric(t("portfolio.saving"), euro(found.saving, lang), border=True)
        st.metric(t("savings.pain"), least(number(found.pain, lang), unsure), border=True, help=t("savings.pain_how"))
        st.metric(t("savings.one_off"), least(euro(found.one_off_cost, lang), uncosted), border=True)
        st.metric(t("savings.effort"), number(found.effort, lang), border=True, help=t("portfolio.effort_how"))
        st.metric(t("portfolio.most_possible"), euro(found.most_possible, lang), border=True)
    if unsure:
        st.caption(t("portfolio.unsure", n=unsure))


def _curve(page: Page, of: Choosable, terms: Terms, found: Portfolio) -> None:
    t = page.t
    now = state.curve(of, terms)
    if not now:
        return
    free = state.curve(of, Terms()) if terms != Terms() else []
    points = chart_of.marks(now, free, found, page.lang)
    spec = chart_of.spec(points, found.target, page.lang)
    picked: Any = chart(page, "portfolio.curve", spec, points, chart_of.alt(points, page.lang))
    under, beside = st.columns([3, 1])
    under.caption(t("portfolio.curve_how_free" if free else "portfolio.curve_how"))
    with beside:
        downloads(page, "besparingspakket-kromme", lambda: points, spec)
    if picked:
        url.set_value(state.TARGET, number(math.floor(picked["saving"]), page.lang))
        st.rerun()
