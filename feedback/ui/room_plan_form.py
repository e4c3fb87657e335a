"""Preparing a workshop: what it is for, what is asked, how long each step takes, what it begins with."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st
from sqlmodel import Session

from feedback.i18n import LANGUAGES, UserError, day, sort_key
from feedback.store.engine import reading
from feedback.store.tables import STEPS
from feedback.ui import url
from feedback.ui.data import Snapshot, act, database, snapshot
from feedback.ui.page import Page, escape, reporting
from feedback.ui.room_plan import NEW, PLAN, WORKSHOP
from feedback.workshop import library, plan
from feedback.workshop.plan import LONGEST, MOST_QUESTIONS, Plan

PREFIX = "plan."
# The plan that a person looked at when they began to change it.
SEEN = f"{PREFIX}seen"


def leave() -> None:
    """Forget what was typed, and go back to the list; for a callback or before `st.rerun`."""
    url.put(PLAN, None)
    for key in [key for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[key]


def form(page: Page, workshop_id: int | None) -> None:
    """Draw the form of a workshop, and store it.

    Parameters
    ----------
    page : Page
    workshop_id : int or None
        None: a new one.
    """
    t, data = page.t, snapshot()
    known = Plan()
    if workshop_id is not None:
        if st.session_state.get(SEEN, (None,))[0] != workshop_id:
            with reporting(page), reading(database()) as session:
                st.session_state[SEEN] = workshop_id, plan.plan_of(workshop_id, session=session)[0]
        if SEEN not in st.session_state:
            st.button(t("control.back"), key="workshop.back", on_click=leave)
            return
        known = st.session_state[SEEN][1]
    key = f"{PREFIX}{workshop_id or NEW}"
    session_id, name, held_on = (None, "", dt.date.today()) if workshop_id else _session(page, data, key)
    goal = st.text_input(
        t("control.goal"), known.goal, key=f"{key}.goal", max_chars=LONGEST, placeholder=t("control.goal_hint")
    )
    questions = _questions(page, known, key)
    with st.container(gap="xsmall"):
        st.markdown(f"**{t('control.steps')}**", help=t("control.steps_help"))
        steps = _steps(page, known, key)
    ways = _ways(page, known, key)
    themes, replies = _start(page, data, known, key)
    made = Plan(
        goal, questions, steps, start_themes=tuple(themes), start_replies=tuple(replies),
        languages=tuple(ways["languages"]), is_pseudonymous=ways["code"], is_moderated=ways["wait"],
    )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        if st.button(t("control.save"), key="workshop.save", type="primary", icon=":material/save:"):
            stored = (
                act(page, plan.prepare, name, held_on, made, session_id=session_id)
                if workshop_id is None
                else act(page, _edit, workshop_id, made, known)
            )
            if stored is not None:
                leave()
                url.put(WORKSHOP, str(stored if workshop_id is None else workshop_id))
                st.rerun()
        st.button(t("control.cancel"), key="workshop.cancel", on_click=leave)


def _edit(workshop_id: int, made: Plan, seen: Plan, *, session: Session, actor: str) -> int:
    """Change the plan unless somebody else did; that its screens moved meanwhile does not matter."""
    if plan.plan_of(workshop_id, session=session)[0] != seen:
        raise UserError("workshop.error.changed")
    return plan.edit(workshop_id, made, seen_version=None, session=session, actor=actor)


def _session(page: Page, data: Snapshot, key: str) -> tuple[int | None, str, dt.date]:
    """Let a person say which session the workshop is: a new one, or one that has none yet."""
    t = page.t
    with reading(database()) as session:
        taken = set(plan.workshops(session=session)["session_id"])
    free = data.sessions[(data.sessions["kind"] == "session") & ~data.sessions["session_id"].isin(taken)]
    names = {
        int(row["session_id"]): f"{row['session']} · {day(row['date'], page.lang)}"
        for row in free.iloc[::-1].to_dict("records")
    }
    way = "new"
    if names:
        way = st.segmented_control(
            t("control.session"), ("new", "there"), key=f"{key}.way", default="new", required=True,
            format_func=lambda one: t(f"control.session_{one}"),
        )  # fmt: skip
    if way == "there":
        return st.selectbox(
            t("control.session_which"), list(names), key=f"{key}.session", format_func=names.__getitem__
        ), "", dt.date.today()  # fmt: skip
    left, right = st.columns([3, 1])
    name = left.text_input(t("control.name"), key=f"{key}.name", max_chars=200, placeholder=t("control.name_hint"))
    held_on = right.date_input(t("control.date"), "today", key=f"{key}.date", format="DD-MM-YYYY")
    return None, name, held_on


def _questions(page: Page, known: Plan, key: str) -> tuple[str, ...]:
    t, lang = page.t, page.lang
    fields = [f"{key}.question.{at}" for at in range(MOST_QUESTIONS)]
    asked = [*known.questions, *[""] * MOST_QUESTIONS]
    found = [
        st.text_input(
            t("control.question", n=at + 1) if at == 0 else t("control.question_more", n=at + 1), asked[at], key=field,
            max_chars=LONGEST,
        )
        for at, field in enumerate(fields)
    ]  # fmt: skip
    box = st.expander(t("control.library"), key=f"{key}.library", icon=":material/menu_book:", on_change="rerun")
    if box.open:
        with box:
            kinds = {one.key: one for one in library.purposes()}
            first = next(iter(kinds))
            chosen = st.pills(
                t("control.library_purpose"), list(kinds), key=f"{key}.purpose", default=first, required=True,
                format_func=lambda one: kinds[one].name[lang], label_visibility="collapsed",
            )  # fmt: skip
            full = all(text.strip() for text in found)
            if full:
                st.caption(t("control.library_full"))
            for at, question in enumerate(kinds[chosen or first].questions):
                st.button(
                    escape(question[lang]), key=f"{key}.take.{chosen}.{at}", type="tertiary", icon=":material/add:",
                    on_click=_take, args=(question[lang], fields), disabled=full, wrap=True,
                )  # fmt: skip
    return tuple(found)


def _take(question: str, fields: list[str]) -> None:
    """Put a question of the library into the first field that is empty."""
    empty = [field for field in fields if not st.session_state.get(field, "").strip()]
    if empty:
        st.session_state[empty[0]] = question


def _steps(page: Page, known: Plan, key: str) -> tuple[tuple[str, int], ...]:
    t, minutes = page.t, dict(known.steps)
    with st.container(horizontal=True, gap="small"):
        found = tuple(
            (
                step,
                int(
                    st.number_input(
                        t(f"control.step_{step}"), 0, 600, minutes.get(step, 0), 5, key=f"{key}.step.{step}", width=150
                    )
                ),
            )
            for step in STEPS
        )
    st.caption(t("control.together", n=sum(length for _, length in found)))
    return found


def _ways(page: Page, known: Plan, key: str) -> dict[str, Any]:
    t = page.t
    with st.container(horizontal=True, gap="large"):
        code = st.segmented_control(
            t("control.who"), (False, True), key=f"{key}.code", default=known.is_pseudonymous, required=True,
            format_func=lambda one: t("control.with_code" if one else "control.anonymous"), help=t("control.who_help"),
        )  # fmt: skip
        wait = st.segmented_control(
            t("control.show"), (False, True), key=f"{key}.wait", default=known.is_moderated, required=True,
            format_func=lambda one: t("control.after_look" if one else "control.at_once"), help=t("control.show_help"),
        )  # fmt: skip
        languages = st.pills(
            t("control.languages"), LANGUAGES, key=f"{key}.languages", default=list(known.languages),
            selection_mode="multi", format_func={"nl": "Nederlands", "en": "English"}.__getitem__,
        )  # fmt: skip
    return {"code": bool(code), "wait": bool(wait), "languages": languages}


def _start(page: Page, data: Snapshot, known: Plan, key: str) -> tuple[list[int], list[int]]:
    """Let a person choose what the room begins with."""
    t, lang = page.t, page.lang
    awake = data.themes[data.themes["status"].isin(["confirmed", "proposed"])]
    names = dict(zip(awake["theme_id"].astype(int), awake[f"name_{lang}"], strict=True))
    themes = st.multiselect(
        t("control.start_themes"), sorted(names, key=lambda one: sort_key(names[one])), key=f"{key}.themes",
        default=[one for one in known.start_themes if one in names], format_func=names.__getitem__,
        placeholder=t("control.choose"), help=t("control.start_help"),
    )  # fmt: skip
    promises = open_promises(data, lang)
    replies = st.multiselect(
        t("control.start_replies"), list(promises), key=f"{key}.replies",
        default=[one for one in known.start_replies if one in promises], format_func=promises.__getitem__,
        placeholder=t("control.choose"),
    )  # fmt: skip
    return themes, replies


def open_promises(data: Snapshot, lang: str) -> dict[int, str]:
    """Give what was promised and is not done: on which theme or idea, and what was said.

    Parameters
    ----------
    data : Snapshot
    lang : str

    Returns
    -------
    dict of int to str
        By id of the reply, the newest first. Not escaped.
    """
    # Newest first: of each subject the one that counts.
    last = data.replies[~data.replies[["theme_id", "idea_id"]].duplicated()]
    about = {
        "theme_id": dict(zip(data.themes["theme_id"], data.themes[f"name_{lang}"], strict=True)),
        "idea_id": dict(zip(data.ideas["idea_id"], data.ideas["title"], strict=True)),
    }
    found = {}
    for row in last[last["reply"].isin(["change", "study"])].to_dict("records"):
        column = "theme_id" if pd.notna(row["theme_id"]) else "idea_id"
        name = about[column].get(row[column])
        if name:
            found[int(row["reply_id"])] = f"{name}: {row['text']}" if row["text"] else name
    return found
