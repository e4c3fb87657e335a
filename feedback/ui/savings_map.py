"""The look "Kaart" of the savings page: the map with its quadrants, and the ideas on it as a table."""

from __future__ import annotations

import streamlit as st

from feedback.i18n import euro, number
from feedback.savings.impact import QUADRANTS, Cuts
from feedback.store.tables import IDEA_STATUSES
from feedback.ui import savings, url
from feedback.ui.filters import View
from feedback.ui.idea import IDEA
from feedback.ui.page import Page
from feedback.ui.parts import chart, downloads
from feedback.ui.savings_empty import STATUS, no_map
from feedback.ui.savings_table import idea_list, limits


def draw(page: Page, view: View, cuts: Cuts) -> None:
    """Draw the map and the table.

    Parameters
    ----------
    page : Page
    view : View
    cuts : Cuts
        Where the quadrants meet.
    """
    t, lang = page.t, page.lang
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        key = url.widget_key(STATUS)
        st.session_state.setdefault(key, [name for name in url.get_list(STATUS) if name in IDEA_STATUSES])
        wanted = st.pills(
            t("savings.status"), IDEA_STATUSES, selection_mode="multi", key=key, wrap=True,
            format_func=lambda name: t(f"savings.status_{name}"), label_visibility="collapsed",
        )  # fmt: skip
        url.put(STATUS, wanted)
        limits(page, view.snapshot)
    # What was refused, or only found, shows when somebody asks for it.
    shown = savings.shown(view, cuts, tuple(wanted), lang)
    table, dots = shown.table, shown.dots
    left, right = st.columns([3, 1])
    with left:
        if dots.empty:
            no_map(page, view, len(table), wanted)
        else:
            picked = chart(page, "savings.map", shown.spec, dots, shown.alt)
            if picked:
                url.put(IDEA, str(int(picked["idea_id"])))
            under, beside = st.columns([5, 1])
            text = t("savings.limits_are", eur=euro(cuts.eur, lang), pain=number(cuts.pain, lang))
            missing = len(table) - len(dots)
            under.caption(f"{text} {t('savings.not_on_map', n=missing)}" if missing else text)
            with beside:
                downloads(page, "besparingen-kaart", lambda: dots, shown.spec)
    for quadrant in QUADRANTS:
        own = table[table["quadrant"] == quadrant]
        with right, st.container(border=True, gap="xxsmall"):
            total = t("savings.ideas", n=len(own), amount=euro(own["eur"].sum(), lang))
            st.markdown(f"**{t(f'savings.quadrant_{quadrant}')}** · {total}")
            st.caption(t(f"savings.quadrant_{quadrant}_why"))
    if len(table):
        idea_list(page, view.snapshot, table)
