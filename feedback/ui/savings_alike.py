"""Savings ideas that look alike: proposed as one, merged or said to differ by a person, and that taken back."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.i18n import euro, percent
from feedback.savings import duplicates, linking, undoing
from feedback.settings import settings
from feedback.ui.data import Snapshot, act
from feedback.ui.page import Page, escape

LAST = "savings.alike_last"
MOST = 8


@st.cache_resource(max_entries=4, show_spinner=False)
def _pairs(key: str, _data: Snapshot) -> pd.DataFrame:
    return duplicates.pairs(_data.ideas, _data.evidence, _data.remarks, _data.links)


def pairs(data: Snapshot) -> pd.DataFrame:
    """Give the pairs of ideas that look alike; see `savings.duplicates.pairs`. Read-only."""
    return _pairs(f"{settings().database_url}|{data.version}", data)


def proposals(page: Page, data: Snapshot, table: pd.DataFrame) -> None:
    """Draw the pairs that look alike, to be judged one by one.

    Parameters
    ----------
    page : Page
    data : Snapshot
    table : DataFrame
        Ideas under the filters: pairs of which one is among them are drawn.
    """
    t = page.t
    box = st.expander(
        t("savings.alike_list"), expanded=LAST in st.session_state, icon=":material/join_inner:", key="savings.alike",
        on_change="rerun",
    )  # fmt: skip
    # Compared only when somebody looks: it takes longer than the rest of the page.
    if not box.open:
        return
    with box:
        st.caption(t("savings.alike_why"))
        last: tuple[str, int, int] | None = st.session_state.get(LAST)
        if last:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.success(t(f"savings.alike_{last[0]}"), icon=":material/check_circle:")
                if st.button(t("savings.undo"), icon=":material/undo:", key="savings.alike_undo"):
                    st.session_state[LAST] = None
                    if act(page, undoing.undo, last[1], seen_version=last[2]) is not None:
                        st.rerun()
        found = pairs(data)
        found = found[found["idea_id"].isin(table["idea_id"]) | found["other_id"].isin(table["idea_id"])]
        if found.empty:
            st.caption(t("savings.alike_none"))
        for pair in found.head(MOST).itertuples():
            _pair(page, data, pair)


def beside(page: Page, data: Snapshot, idea_id: int) -> int | None:
    """Draw what an open idea looks like.

    Parameters
    ----------
    page : Page
    data : Snapshot
    idea_id : int

    Returns
    -------
    int or None
        The idea that is left after a merge, or that another was said to differ from; None when nothing was pressed.
    """
    found = pairs(data)
    found = found[(found["idea_id"] == idea_id) | (found["other_id"] == idea_id)]
    if found.empty:
        return None
    st.markdown(f"**{page.t('savings.alike')}**")
    pressed = [_pair(page, data, pair, shown=idea_id) for pair in found.head(3).itertuples()]
    return next((left for left in pressed if left is not None), None)


def _pair(page: Page, data: Snapshot, pair: Any, shown: int | None = None) -> int | None:
    """Draw two ideas with what can be done about them; give the idea that is left when something was."""
    t, by_id = page.t, data.ideas.set_index("idea_id")
    by_id = by_id.assign(eur=by_id[["eur_low", "eur_high"]].astype(float).mean(axis=1))
    kept, other = int(pair.idea_id), int(pair.other_id)
    key = f"{'idea' if shown else 'savings'}.alike.{kept}.{other}"
    told = [one for one in (kept, other) if one != shown]
    with st.container(border=True, gap="xxsmall"):
        for one in told:
            idea = by_id.loc[one]
            amount = euro(by_id["eur"][one], page.lang)
            status = t(f"savings.status_{idea['status']}")
            st.markdown(escape(f"{idea['title']} · {amount} · {status}"))
        with st.container(horizontal=True, vertical_alignment="center"):
            merge = st.button(t("savings.merge"), key=f"{key}.merge", icon=":material/merge:")
            differ = st.button(t("savings.alike_not"), key=f"{key}.differ", icon=":material/call_split:")
            st.caption(t(f"savings.alike_by_{pair.by}", share=percent(pair.likeness, page.lang)), width="content")
    done: int | None = None
    if merge:
        done = act(page, linking.merge, other, kept)
    elif differ:
        done = act(page, linking.differ, kept, other)
    if done is not None:
        if shown is None:
            # One further than what the person saw: what somebody else does to the idea meanwhile is not taken back.
            st.session_state[LAST] = ("merged" if merge else "differs", done, int(by_id["version"][kept]) + 1)
            st.rerun()
        return done if merge else shown
    return None
