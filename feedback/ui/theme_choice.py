"""Choosing remarks on the page of a theme, to move them or to make a theme of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd
import streamlit as st
from sqlmodel import Session

from feedback.areas import curation as areas
from feedback.themes import curation, deciding
from feedback.ui import forgetting
from feedback.ui.data import Snapshot, act
from feedback.ui.page import Page
from feedback.ui.theme_acts import CHOSEN, done, fresh_key, id_of, remember, theme_select


def chosen(within: Collection[int]) -> list[int]:
    """Give the remarks that are ticked, of those that are on the page."""
    ticked: set[int] = st.session_state.setdefault(CHOSEN, set())
    ticked.intersection_update(within)
    return sorted(ticked)


def tick_box(remark_id: int, text: str) -> None:
    """Draw a remark's text as a box to tick; a tick stays when the list is turned to another page.

    Parameters
    ----------
    remark_id : int
    text : str
        Escaped.
    """
    ticked: set[int] = st.session_state.setdefault(CHOSEN, set())
    key = f"themes.tick.{remark_id}"
    st.session_state[key] = remark_id in ticked
    st.checkbox(text, key=key, on_change=_tick, args=(remark_id, key))


def _tick(remark_id: int, key: str) -> None:
    ticked: set[int] = st.session_state.setdefault(CHOSEN, set())
    (ticked.add if st.session_state[key] else ticked.discard)(remark_id)


def choose_none() -> None:
    """Take all ticks away."""
    st.session_state[CHOSEN] = set()


def _choose_all(ids: Collection[int]) -> None:
    st.session_state[CHOSEN] = set(ids)


def chosen_bar(page: Page, data: Snapshot, remarks: pd.DataFrame, theme: str = "") -> None:
    """Draw what can be done with the remarks that are ticked.

    Parameters
    ----------
    page : Page
    data : Snapshot
    remarks : DataFrame
        All remarks on the page.
    theme : str
        Key of the theme whose page it is; "" for the list of what is still to place.
    """
    t, ids = page.t, set(remarks["remark_id"])
    ticked = chosen(ids)
    forgetting.told(page)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="themes.chosen_bar"):
        if not ticked:
            st.caption(t("themes.page.choose_hint"), width="stretch")
        else:
            st.markdown(f"**{t('themes.page.chosen', n=len(ticked))}**", width="content")
            with st.popover(
                t("themes.page.move"), key=fresh_key("move"), icon=":material/drive_file_move:", type="primary"
            ):
                _move(page, data, ticked, theme)
            with st.popover(t("themes.page.split"), key=fresh_key("split"), icon=":material/call_split:"):
                _split(page, data, ticked, theme)
            if not theme:
                _keep(page, remarks[remarks["remark_id"].isin(ticked)])
            if len(ticked) == 1:
                forgetting.for_remark(page, ticked[0])
            st.button(t("themes.page.choose_none"), key="themes.choose_none", on_click=choose_none, type="tertiary")
        if len(ticked) < len(ids):
            label = t("themes.page.choose_all", count=len(ids))
            st.button(label, key="themes.choose_all", on_click=_choose_all, args=(ids,), type="tertiary")


def _move(page: Page, data: Snapshot, ids: list[int], theme: str) -> None:
    t = page.t
    target = theme_select(page, data, t("themes.page.move_to"), fresh_key("move_to"), but=theme)
    names = data.area_names(page.lang)
    area = st.selectbox(
        t("services.right_area"), list(data.areas.loc[data.areas["is_active"], "area"]), index=None,
        key=fresh_key("area_to"), placeholder=t("themes.page.area_stays"), format_func=lambda key: names[key],
    )  # fmt: skip
    # In a callback, so that the page is drawn once and not twice.
    st.button(
        t("themes.page.move"), key=fresh_key("move_do"), type="primary", disabled=target is None and area is None,
        on_click=_moved, args=(page, data, ids, target, area),
    )  # fmt: skip


def _moved(page: Page, data: Snapshot, ids: list[int], target: str | None, area: str | None) -> None:
    t, n = page.t, len(ids)
    did = act(page, _place, ids, id_of(data, target) if target else None, area)
    if did is not None:
        told = [t("themes.page.did_move", n=n, name=data.theme_names(page.lang)[target])] if target else []
        told += [t("services.corrected", n=n, area=data.area_names(page.lang)[area])] if area else []
        remember(" ".join(told), *did)


def _place(
    ids: list[int], theme_id: int | None, area: str | None, *, session: Session, actor: str
) -> tuple[int | None, int | None]:
    event = curation.move(ids, theme_id, session=session, actor=actor) if theme_id is not None else None
    return event, areas.correct(ids, area, session=session, actor=actor) if area else None


def _split(page: Page, data: Snapshot, ids: list[int], theme: str) -> None:
    t = page.t
    with st.form(fresh_key("split_form"), border=False):
        name = st.text_input(t("themes.page.split_name"), max_chars=200, key=fresh_key("split_name"))
        if st.form_submit_button(t("themes.page.split"), type="primary", key=fresh_key("split_do")):
            source = id_of(data, theme) if theme else None
            events = act(page, deciding.make_theme, ids, name, source=source)
            if events is not None:
                done(t("themes.page.did_split", n=len(ids), name=name.strip()), events)


def _keep(page: Page, remarks: pd.DataFrame) -> None:
    t = page.t
    placed = remarks[remarks["theme_id"].notna()]
    if st.button(t("themes.page.keep"), key=fresh_key("keep"), icon=":material/check:", disabled=placed.empty,
                 help=t("themes.page.keep_help")):  # fmt: skip
        groups: dict[Any, list[int]] = {at: list(rows["remark_id"]) for at, rows in placed.groupby("theme_id")}
        if act(page, _keep_all, groups):
            done(t("themes.page.did_keep", n=len(placed)), None)


def _keep_all(groups: dict[Any, list[int]], *, session: Session, actor: str) -> bool:
    for theme_id, ids in groups.items():
        curation.move(ids, int(theme_id), session=session, actor=actor)
    return True
