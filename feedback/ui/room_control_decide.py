"""What the room decides on its themes and ideas: we change it, it stays because, or we look into it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from feedback.i18n import day
from feedback.replies import acts as replies
from feedback.replies.states import MOVES, NEEDS, OPEN, REASONS, Subject
from feedback.room import deciding
from feedback.room.picture import Picture
from feedback.store.engine import reading
from feedback.ui.data import act, database, snapshot
from feedback.ui.page import Page, escape
from feedback.ui.replies import COLOURS
from feedback.ui.replies_check import check, personal
from feedback.ui.room_control_data import do, theme_names

# What a room can say; that something is done is for later.
KINDS = ("change", "stays", "study")
SUBJECT, TURN = "decide.subject", "decide.turn"


def decisions(page: Page, shown: Picture) -> None:
    """Draw the form for a decision, and those that were taken in this room.

    Parameters
    ----------
    page : Page
    shown : Picture
    """
    t, room = page.t, shown.room
    if room.is_rehearsal:
        st.info(t("control.decide_rehearsal"), icon=":material/theater_comedy:")
    else:
        # In a box of its own: where the panel is too small for all, a browser would fold the text away and not scroll.
        with st.container(key="control_decide"):
            _form(page, shown)
    with reading(database()) as session:
        taken = deciding.decisions(room.workshop_id, session=session)
    if taken.empty:
        st.caption(t("control.decide_none"))
        return
    st.markdown(f"**{t('control.decided', n=len(taken))}**")
    for row in taken.iloc[::-1].to_dict("records"):
        _line(page, room.workshop_id, row)  # type: ignore[arg-type]


def _line(page: Page, workshop_id: int, row: dict[str, Any]) -> None:
    t, lang = page.t, page.lang
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        facts = [row["owner"]]
        if row["due_on"]:
            facts.append(t(f"replies.date_{row['kind']}", date=day(row["due_on"], lang, short=True)))
        badge = f":{COLOURS[row['kind']]}-badge[{t('replies.state_' + row['kind'])}]"
        st.markdown(
            f"{badge} **{escape(row[f'name_{lang}'])}** {escape(row['text'])}  \n"
            f":small[:gray[{escape(' · '.join(fact for fact in facts if fact))}]]"
        )
        st.button(
            t("control.take_back"), key=f"decide.undo.{row['reply_id']}", type="tertiary", icon=":material/undo:",
            on_click=do, args=(page, deciding.take_back, workshop_id, int(row["reply_id"])),
        )  # fmt: skip


def subjects(page: Page, shown: Picture) -> dict[Subject, str]:
    """Give what can be decided on: the themes of the room, those with most remarks first, and the savings ideas.

    Parameters
    ----------
    page : Page
    shown : Picture

    Returns
    -------
    dict of Subject to str
        With names, not escaped.
    """
    found = {Subject("theme", one): name for one, name in theme_names(shown, page.lang).items()}
    ideas = snapshot().ideas
    ideas = ideas[~ideas["status"].isin(["done", "refused"])]
    for idea_id, title in zip(ideas["idea_id"], ideas["title"], strict=True):
        found[Subject("idea", int(idea_id))] = f"{page.t('replies.kind_idea')}: {title}"
    return found


def _form(page: Page, shown: Picture) -> None:
    t, turn = page.t, st.session_state.get(TURN, 0)
    names = subjects(page, shown)
    about = st.selectbox(
        t("control.decide_on"), list(names), index=None, key=f"{SUBJECT}.{turn}", placeholder=t("control.choose"),
        format_func=names.__getitem__,
    )  # fmt: skip
    if about is None:
        return
    key = f"decide.{about.kind}.{about.id}.{turn}"
    # What stood there when the facilitator began: an answer that somebody gives meanwhile is not overwritten unseen.
    if f"{key}.seen" not in st.session_state:
        st.session_state[f"{key}.seen"] = _now(about)
    seen, state, text = st.session_state[f"{key}.seen"]
    if text and state in COLOURS:
        st.caption(f"{t('replies.state_' + state)}: {escape(text)}")
    kind = st.segmented_control(
        t("replies.say"), [one for one in KINDS if one in MOVES[state]], key=f"{key}.kind",
        format_func=lambda one: t(f"replies.say_{one}"),
    )  # fmt: skip
    if kind is None:
        return
    values: dict[str, Any] = {"kind": kind}
    if "reason" in NEEDS[kind]:
        values["reason"] = st.selectbox(
            t("replies.reason"), list(REASONS), index=None, key=f"{key}.reason", placeholder=t("replies.choose"),
            format_func=lambda one: t(f"replies.reason_{one}"),
        ) or ""  # fmt: skip
    values["text"] = st.text_area(
        t(f"replies.text_{kind}"), key=f"{key}.text.{kind}", height=72, max_chars=replies.LONGEST,
        placeholder=t(f"replies.example_{kind}"),
    )  # fmt: skip
    left, right = st.columns(2)
    values["owner"] = left.text_input(t("replies.owner"), key=f"{key}.owner", max_chars=200)
    values["due_on"] = right.date_input(
        t(f"replies.due_{kind}"), None, key=f"{key}.due.{kind}", format="DD-MM-YYYY", min_value=dt.date.today()
    )
    check(page, values["text"], values["due_on"], promise=kind in ("change", "study"))
    values["keep"], looked = personal(page, key, values["text"], values["owner"], text)
    if not st.button(t("control.decide"), key=f"{key}.save", type="primary", icon=":material/gavel:"):
        return
    if not looked:
        st.warning(t("replies.look_first"))
    elif act(page, deciding.decide, shown.room.workshop_id, about, seen=seen, **values) is not None:
        st.session_state[TURN] = turn + 1
        st.toast(t("control.decided_one"), icon=":material/check:")
        st.rerun()


def _now(about: Subject) -> tuple[int | None, str, str]:
    """Give the answer that stands: its id, its state and its sentence."""
    with reading(database()) as session:
        told = replies.versions(about, session=session)
    told = told[~told["undone"].astype(bool)] if len(told) else told
    if told.empty:
        return None, OPEN, ""
    last = told.iloc[0]
    return int(last["reply_id"]), str(last["reply"]), "" if pd.isna(last["text"]) else str(last["text"])
