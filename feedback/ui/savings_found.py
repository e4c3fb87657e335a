"""Ideas that were found in remarks and wait for a person: confirm, change or leave out, one or many at a time."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.savings import ideas, listing, undoing
from feedback.settings import settings
from feedback.ui.data import Snapshot, act
from feedback.ui.idea import euros, start_editing
from feedback.ui.page import Page, escape

PER_PAGE = 8
LAST, PAGE, WEAK = "savings.last", "savings.waiting_page", "savings.weak"
VERDICTS: dict[str, tuple[ideas.Verdict, str]] = {"confirm": ("confirmed", "check"), "refuse": ("refused", "close")}


@st.cache_resource(max_entries=4, show_spinner=False)
def _found(key: str, _data: Snapshot) -> pd.DataFrame:
    return listing.found(_data.ideas, _data.evidence, _data.remarks)


def found(data: Snapshot) -> pd.DataFrame:
    """Give the ideas that wait for a person, most evidence first; see `savings.listing.found`."""
    return _found(f"{settings().database_url}|{data.version}", data)


def count(data: Snapshot, table: pd.DataFrame) -> int:
    """Count the found ideas that wait for a person, without the weak ones.

    Parameters
    ----------
    data : Snapshot
    table : DataFrame
        Ideas, with idea_id: those among them count.

    Returns
    -------
    int
    """
    every = found(data)
    return int((~every["weak"] & every["idea_id"].isin(table["idea_id"])).sum())


def waiting(page: Page, table: pd.DataFrame) -> None:
    """Draw the ideas that wait for a person.

    Parameters
    ----------
    page : Page
    table : DataFrame
        Rows of `found`.
    """
    t = page.t
    last: dict[int, int] = st.session_state.get(LAST, {})
    if table.empty and not last:
        return
    sure = table[~table["weak"]]
    weak = len(table) - len(sure)
    label = t("savings.waiting", n=len(sure)) if len(sure) else t("savings.all_judged")
    label += f" · {t('savings.weak_apart', n=weak)}" if weak else ""
    # Another label is another box to Streamlit: one in which somebody is judging must open by itself.
    judging = LAST in st.session_state
    box = st.expander(label, expanded=judging, icon=":material/lightbulb:", key="savings.waiting", on_change="rerun")
    if not box.open:
        return
    with box:
        st.caption(t("savings.waiting_why"))
        if last:
            with st.container(horizontal=True, vertical_alignment="center", key="savings.told"):
                st.success(t("savings.judged", n=len(last)), icon=":material/check_circle:")
                if st.button(t("savings.undo"), icon=":material/undo:", key="savings.undo_last"):
                    st.session_state[LAST] = {}
                    if act(page, undoing.undo_all, last) is not None:
                        st.rerun()
        if weak and st.toggle(t("savings.weak", n=weak), key=WEAK, help=t("savings.weak_why")):
            sure = table
        pages = max(-(-len(sure) // PER_PAGE), 1)
        start = (min(st.session_state.get(PAGE, 1), pages) - 1) * PER_PAGE
        shown = sure.iloc[start : start + PER_PAGE]
        if len(shown):
            _bar(page, shown)
        for idea in shown.itertuples():
            _one(page, idea)
        if pages > 1:
            st.pagination(pages, key=PAGE)


def _box(idea_id: int) -> str:
    return f"savings.tick.{idea_id}"


def _tick_all(idea_ids: list[int]) -> None:
    for idea_id in idea_ids:
        st.session_state[_box(idea_id)] = st.session_state["savings.tick_all"]


def _bar(page: Page, shown: pd.DataFrame) -> None:
    """Draw what can be done with the ideas that are ticked; on this page, because nobody judges what they do not see."""
    t = page.t
    ids = [int(idea_id) for idea_id in shown["idea_id"]]
    ticked = [idea_id for idea_id in ids if st.session_state.get(_box(idea_id))]
    # As the boxes under it are.
    st.session_state["savings.tick_all"] = len(ticked) == len(ids)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="savings.bar"):
        st.checkbox(t("savings.tick_all", n=len(ids)), key="savings.tick_all", on_change=_tick_all, args=(ids,))
        for name, (verdict, icon) in VERDICTS.items():
            pressed = st.button(
                t(f"savings.{name}"), key=f"savings.{name}", icon=f":material/{icon}:", disabled=not ticked
            )
            judged = act(page, ideas.judge, ticked, verdict) if pressed else None
            if judged:
                st.session_state[LAST] = judged
                st.rerun()


def _one(page: Page, idea: Any) -> None:
    t, idea_id = page.t, int(idea.idea_id)
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        with st.container(gap="xxsmall"):
            st.checkbox(escape(idea.title), key=_box(idea_id))
            facts = [euros(page, idea), t("remarks.count", n=int(idea.said))]
            st.caption(escape(" · ".join(facts)))
        st.button(
            t("savings.edit"), key=f"savings.edit.{idea_id}", icon=":material/edit:", type="tertiary",
            on_click=start_editing, args=(idea,),
        )  # fmt: skip
