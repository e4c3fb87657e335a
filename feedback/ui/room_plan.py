"""All workshops: how each stands, and the way to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from feedback.i18n import day
from feedback.store.engine import reading
from feedback.ui import notice, url
from feedback.ui.data import act, database
from feedback.ui.page import Page, escape, reporting
from feedback.ui.parts import show_all
from feedback.workshop import plan

# Of the address: which workshop stands on the screen, and which is being prepared ("nieuw" for a new one).
WORKSHOP, PLAN, NEW = "w", "plan", "nieuw"
# Newest first; the others behind a click.
FIRST = 12
SHOW_ALL = "workshop.all"


def list_of_all(page: Page) -> None:
    """Draw all workshops, the newest first; without any, say what to do.

    Parameters
    ----------
    page : Page
    """
    t = page.t
    with reading(database()) as session:
        table = plan.workshops(session=session)
    st.caption(t("control.about"))
    notice.notice(page)
    st.button(
        t("control.prepare"), key="workshop.new", type="primary", icon=":material/add:",
        on_click=url.put, args=(PLAN, NEW),
    )  # fmt: skip
    if table.empty:
        st.info(t("control.none"), icon=":material/info:")
        return
    every = st.session_state.get(SHOW_ALL) or len(table) <= FIRST
    for row in table.head(len(table) if every else FIRST).to_dict("records"):
        _line(page, row)
    if not every:
        st.button(
            t("control.all", n=len(table)), key="workshop.more", on_click=show_all, args=(SHOW_ALL,), type="tertiary"
        )


def state_of(code: Any, opened_at: Any, is_rehearsal: bool) -> tuple[str, str]:
    """Give how a workshop stands, and the colour that goes with it.

    Parameters
    ----------
    code : str or None
        None unless its room is open.
    opened_at : datetime or None
    is_rehearsal : bool

    Returns
    -------
    tuple of (str, str)
        One of rehearsal, open, closed and prepared; a colour of `st.badge`.
    """
    if is_rehearsal:
        return "rehearsal", "orange"
    if not pd.isna(code):
        return "open", "green"
    return ("prepared", "blue") if pd.isna(opened_at) else ("closed", "gray")


def _line(page: Page, row: dict[Hashable, Any]) -> None:
    t, number = page.t, int(row["workshop_id"])
    state, colour = state_of(row["code"], row["opened_at"], row["is_rehearsal"])
    with st.container(
        border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):
        with st.container(gap="xxsmall", width=520):
            st.markdown(f"**{escape(row['session'])}**")
            facts = [day(row["held_on"], page.lang)]
            if row["people"] or row["remarks"]:
                facts += [t("control.phones", n=int(row["people"])), t("remarks.count", n=int(row["remarks"]))]
            facts.append(row["goal"])
            st.caption(escape(" · ".join(fact for fact in facts if fact)))
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            st.badge(t(f"control.state_{state}"), color=colour)  # type: ignore[arg-type]
            st.button(
                t("control.steer"), key=f"workshop.steer.{number}", icon=":material/tune:",
                on_click=url.put, args=(WORKSHOP, str(number)),
            )  # fmt: skip
            st.button(
                t("control.edit"), key=f"workshop.edit.{number}", type="tertiary", icon=":material/edit:",
                on_click=url.put, args=(PLAN, str(number)),
            )  # fmt: skip
            if state == "prepared":
                st.button(
                    t("control.remove"), key=f"workshop.remove.{number}", type="tertiary", icon=":material/delete:",
                    on_click=_remove, args=(page, number, row["session"], row["held_on"]),
                )  # fmt: skip


def _remove(page: Page, number: int, name: str, held_on: dt.date) -> None:
    """Take away a workshop that was never held, with the way back; for a callback."""
    with reporting(page), reading(database()) as session:
        kept, _ = plan.plan_of(number, session=session)
        stays = act(page, plan.remove, number)
        if stays is not None:
            said = page.t("control.removed", name=name)
            notice.did(page, said, plan.prepare, name, held_on, kept, session_id=stays or None)
