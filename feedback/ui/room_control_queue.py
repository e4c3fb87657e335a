"""The remarks of a room as they come in, each with what a facilitator can do to it in one or two clicks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.room import acts
from feedback.room.picture import Picture
from feedback.store.tables import ROOM_STATES
from feedback.ui.page import Page, escape
from feedback.ui.room_control_data import do, theme_names

# Newest first; older ones are found by their theme.
MOST = 20
# In a menu no more themes than can be read under pressure.
MOST_THEMES = 12
ALL = "all"
FILTER, HOLD, HELD = "control.filter", "control.hold", "control.held"
COLOURS = {"waiting": "orange", "parked": "violet", "hidden": "gray"}


def queue(page: Page, shown: Picture) -> None:
    """Draw the newest remarks.

    Parameters
    ----------
    page : Page
    shown : Picture
    """
    t, remarks = page.t, shown.remarks
    counts = remarks["state"].value_counts()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="control_filter"):
        state = st.segmented_control(
            t("control.filter"), (ALL, *ROOM_STATES), key=FILTER, default=ALL, required=True,
            label_visibility="collapsed",
            format_func=lambda one: f"{t(f'control.filter_{one}')} · {len(remarks) if one == ALL else counts.get(one, 0)}",
        )  # fmt: skip
        newest = int(remarks["remark_id"].max()) if len(remarks) else 0
        st.toggle(t("control.hold"), key=HOLD, help=t("control.hold_help"), on_change=_hold, args=(newest,))
    with st.container(key="control_queue", gap="xsmall"):
        if remarks.empty:
            st.info(t("control.queue_none"), icon=":material/info:")
            return
        chosen = remarks if state == ALL else remarks[remarks["state"] == state]
        if st.session_state.get(HOLD):
            held = st.session_state.get(HELD, newest)
            if later := int((chosen["remark_id"] > held).sum()):
                st.button(t("control.later", n=later), key="control.later", on_click=_hold, args=(newest,))
            chosen = chosen[chosen["remark_id"] <= held]
        if state == "waiting" and len(chosen) > 1:
            ids = [int(one) for one in chosen["remark_id"]]
            st.button(
                t("control.let_all", n=len(ids)), key="control.let_all", icon=":material/done_all:", on_click=do,
                args=(page, acts.set_state, shown.room.workshop_id, ids, "shown"),
            )  # fmt: skip
        names = theme_names(shown, page.lang)
        for row in chosen.tail(MOST).iloc[::-1].to_dict("records"):
            _row(page, shown, row, names)  # type: ignore[arg-type]
        if len(chosen) > MOST:
            st.caption(t("control.older", n=len(chosen) - MOST))
        elif chosen.empty:
            st.caption(t("control.queue_none_here"))


def _hold(newest: int) -> None:
    """Let the list stand still, so that what is clicked is what was meant; for a callback."""
    st.session_state[HELD] = newest


def _row(page: Page, shown: Picture, row: dict[str, Any], names: dict[int, str]) -> None:
    t, remark_id, state = page.t, int(row["remark_id"]), str(row["state"])
    number = shown.room.workshop_id
    theme_id = None if pd.isna(row["theme_id"]) else int(row["theme_id"])
    facts = [escape(names.get(theme_id, "")) if theme_id else t("control.no_theme")]
    if row["weak"] and theme_id:
        facts.append(t("control.weak"))
    asked = shown.room.questions
    if len(asked) > 1 and row["question"] in asked:
        facts.append(t("control.question_short", n=asked.index(row["question"]) + 1))
    marks = "" if state == "shown" else f":{COLOURS[state]}-badge[{t(f'control.filter_{state}')}] "
    marks += f":blue-badge[{t('control.pinned')}] " if row["is_pinned"] else ""
    with st.container(border=True, horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        below = " · ".join(fact for fact in facts if fact)
        st.markdown(f"{marks}{escape(str(row['text']))}  \n:small[:gray[{below}]]", width="stretch")
        # What waits has both ways at hand.
        first = {"shown": ("hidden",), "waiting": ("shown", "hidden")}.get(state, ("shown",))
        for one in first:
            st.button(
                t("control.let" if state == "waiting" and one == "shown" else f"control.set_{one}"),
                key=f"queue.{one}.{remark_id}", type="primary" if (state, one) == ("waiting", "shown") else "secondary",
                on_click=do, args=(page, acts.set_state, number, [remark_id], one),
            )  # fmt: skip
        options = [f"set {one}" for one in ROOM_STATES if one not in (state, "waiting", *first)]
        options.append("unpin" if row["is_pinned"] else "pin")
        options += [f"move {one}" for one in list(names)[:MOST_THEMES] if one != theme_id]
        st.menu_button(
            t("control.more"), options, key=f"queue.more.{remark_id}", type="tertiary", on_click=_chosen,
            args=(page, number, remark_id), format_func=lambda one: _said(page, one, names),
        )  # fmt: skip


def _said(page: Page, option: str, names: dict[int, str]) -> str:
    what, _, value = option.partition(" ")
    if what == "move":
        return f"→ {escape(names[int(value)])}"
    return page.t(f"control.set_{value}" if what == "set" else f"control.do_{what}")


def _chosen(page: Page, number: int, remark_id: int) -> None:
    option = st.session_state[f"queue.more.{remark_id}"]
    what, _, value = str(option).partition(" ")
    if what == "set":
        do(page, acts.set_state, number, [remark_id], value)
    elif what == "move":
        do(page, acts.move, number, [remark_id], int(value))
    else:
        do(page, acts.pin, number, remark_id, what == "pin")
