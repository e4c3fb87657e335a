"""The themes of a room in the facilitator's hands, and the fresh look at them that waits."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from feedback.room import acts, regrouping
from feedback.room.picture import FIRST_SENSE, Picture
from feedback.room.regrouping import Proposed
from feedback.ui.data import database
from feedback.ui.page import Page, escape, reporting
from feedback.ui.parts import show_all
from feedback.ui.room_control_data import do, proposed, put, theme_names

LOOSE = 0
# Themes at hand, the largest first; the others behind a click.
FIRST, EVERY = 12, "control.theme_all"
CHOSEN, TURN, PICK = "control.theme", "control.theme_turn", "theme.pick."
# Of the remarks of a theme, newest first; of the lines of a fresh look.
MOST, MOST_MOVES = 25, 8


def themes(page: Page, shown: Picture) -> None:
    """Draw the fresh look that waits, the themes, and the one that is chosen.

    Parameters
    ----------
    page : Page
    shown : Picture
    """
    t, lang, number = page.t, page.lang, shown.room.workshop_id
    waiting = proposed(shown)
    if waiting is not None:
        _waiting(page, shown, waiting)
    elif shown.room.is_open and shown.has_sense and st.button(
        t("control.look_again"), key="control.look", icon=":material/auto_awesome:", help=t("control.look_help")
    ):  # fmt: skip
        with reporting(page), st.spinner(t("control.looking")):
            if regrouping.propose(number, engine=database()) is None:
                st.toast(t("control.look_none"), icon=":material/check:")
            else:
                st.rerun()
    if not shown.has_sense:
        st.caption(t("control.no_sense", n=FIRST_SENSE - len(shown.remarks)))
    loose = loose_remarks(shown)
    names = theme_names(shown, lang)
    sizes = dict(zip(shown.themes["theme_id"].astype(int), shown.themes["remarks"], strict=True))
    parked = set(shown.themes.loc[shown.themes["status"] == "parked", "theme_id"].astype(int))
    single = set(shown.themes.loc[shown.themes["is_loose"], "theme_id"].astype(int)) - parked
    options = [one for one in names if one not in single] + ([LOOSE] if len(loose) else [])
    if not options:
        return
    many = len(options)
    if many > FIRST + 1 and not st.session_state.get(EVERY):
        # The chosen one stays in sight, and so do those that are in no group.
        at_hand = {*options[:FIRST], st.session_state.get(CHOSEN), LOOSE}
        options = [one for one in options if one in at_hand]
    # A theme that was merged away is no choice any more.
    if st.session_state.get(CHOSEN) not in options:
        st.session_state[CHOSEN] = None

    def label(one: int) -> str:
        if one == LOOSE:
            return f"{t('control.loose')} · {len(loose)}"
        mark = ":material/fullscreen: " if one == shown.room.focus_id else ""
        return f"{mark}{escape(names[one])} · {sizes[one]}" + (
            f" ({t('control.filter_parked')})" if one in parked else ""
        )

    chosen = st.pills(t("control.themes"), options, key=CHOSEN, format_func=label, label_visibility="collapsed")
    if len(options) < many:
        st.button(
            t("control.themes_all", n=many - (LOOSE in options)),
            key="theme.all",
            type="tertiary",
            on_click=show_all,
            args=(EVERY,),
        )
    if chosen is None:
        st.caption(t("control.choose_theme"))
    elif chosen == LOOSE:
        _remarks(page, shown, loose, None, names)
    else:
        _one(page, shown, chosen, names)
        _remarks(page, shown, shown.remarks[shown.remarks["theme_id"] == chosen], chosen, names)


def loose_remarks(shown: Picture) -> pd.DataFrame:
    """Give the remarks that are in no group: without a theme, or alone in one.

    Parameters
    ----------
    shown : Picture

    Returns
    -------
    DataFrame
        Rows of `Picture.remarks`.
    """
    single = shown.themes.loc[shown.themes["is_loose"] & (shown.themes["status"] != "parked"), "theme_id"]
    return shown.remarks[shown.remarks["theme_id"].isna() | shown.remarks["theme_id"].isin(single)]


def _waiting(page: Page, shown: Picture, waiting: Proposed) -> None:
    """Say what a fresh look would change; nothing moves before the facilitator says so."""
    t, lang, moves = page.t, page.lang, waiting.moves
    with st.container(border=True, gap="xsmall", key="control_regroup"):
        st.markdown(f"**{t('control.regroup', n=len(moves))}**")
        pairs = zip(moves[f"name_before_{lang}"], moves[f"name_after_{lang}"], strict=True)
        sizes = Counter(pairs).most_common()
        lines = [
            t("control.regroup_line", n=n, before=before or t("control.no_theme"), after=after)
            for (before, after), n in sizes[:MOST_MOVES]
        ]
        if len(sizes) > MOST_MOVES:
            lines.append(t("control.regroup_more", n=len(sizes) - MOST_MOVES))
        st.markdown("\n".join(f"- {escape(line)}" for line in lines))
        with st.container(horizontal=True, gap="small"):
            st.button(
                t("control.regroup_show"), key="control.regroup_show", icon=":material/compare:", on_click=put,
                args=(page, shown.room.workshop_id), kwargs={"screen": "regroup"},
            )  # fmt: skip
            st.button(
                t("control.regroup_accept"), key="control.regroup_accept", type="primary", on_click=_decide,
                args=(page, shown, waiting.regrouping_id, True),
            )  # fmt: skip
            st.button(
                t("control.regroup_refuse"), key="control.regroup_refuse", on_click=_decide,
                args=(page, shown, waiting.regrouping_id, False),
            )  # fmt: skip


def _decide(page: Page, shown: Picture, regrouping_id: int, accepted: bool) -> None:
    """Accept or refuse; a beamer that showed the proposal goes back to the themes."""
    do(page, regrouping.accept if accepted else regrouping.refuse, regrouping_id)
    if shown.room.screen == "regroup":
        put(page, shown.room.workshop_id, screen="themes")


def _one(page: Page, shown: Picture, theme_id: int, names: dict[int, str]) -> None:
    t, number = page.t, shown.room.workshop_id
    row = shown.themes[shown.themes["theme_id"] == theme_id].iloc[0]
    large = shown.room.focus_id == theme_id
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.button(
            t("control.unfocus" if large else "control.focus"), key="theme.focus", icon=":material/cast:", on_click=put,
            args=(page, number), kwargs={"screen": "themes", "focus_id": None if large else theme_id},
        )  # fmt: skip
        st.button(
            t("control.unpark" if row["status"] == "parked" else "control.park"), key="theme.park",
            icon=":material/inventory_2:", on_click=do, args=(page, acts.park, number, theme_id),
        )  # fmt: skip
    # Keyed by version: what somebody else called it meanwhile is what stands there.
    field = f"theme.name.{theme_id}.{row['version']}"
    both = len(shown.room.languages) > 1
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.text_input(
            t("control.name_of"),
            names[theme_id],
            key=field,
            max_chars=200,
            width=220 if both else 300,
            label_visibility="collapsed",
        )
        if both:
            st.text_input(
                t("control.name_other"), key=f"{field}.other", max_chars=200, width=200, label_visibility="collapsed",
                placeholder=t("control.name_other"),
            )  # fmt: skip
        st.button(
            t("control.rename"), key="theme.rename", on_click=_rename,
            args=(page, number, theme_id, field, names[theme_id] if both else None),
        )  # fmt: skip
    others = [one for one in names if one != theme_id]
    if others:
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            into = st.selectbox(
                t("control.merge_into"), others, index=None, key=f"theme.into.{theme_id}", width=300, label_visibility="collapsed",
                format_func=names.__getitem__, placeholder=t("control.merge_into"),
            )  # fmt: skip
            st.button(
                t("control.merge"), key="theme.merge", disabled=into is None, on_click=_merge,
                args=(page, shown, theme_id, into),
            )  # fmt: skip


def _rename(page: Page, number: int, theme_id: int, field: str, before: str | None) -> None:
    """Rename a theme; in a room of two languages (`before`: the name it has) one name serves both, unless a second one is given."""
    name, other = st.session_state[field], None
    if before is not None:
        # A second name alone leaves the first; and who changed neither keeps both.
        other = st.session_state[f"{field}.other"] or (None if name == before else name)
    do(page, acts.rename, number, theme_id, name, page.lang, other)


def _merge(page: Page, shown: Picture, source: int, target: int) -> None:
    st.session_state[CHOSEN] = target
    if shown.room.focus_id == source:
        put(page, shown.room.workshop_id, focus_id=target, screen=shown.room.screen)
    do(page, acts.merge, shown.room.workshop_id, source, target)


def _remarks(page: Page, shown: Picture, rows: pd.DataFrame, theme_id: int | None, names: dict[int, str]) -> None:
    """Draw the remarks of a theme to tick, and what can be done to those that are."""
    t, number = page.t, shown.room.workshop_id
    turn = st.session_state.get(TURN, 0)
    picked = [
        int(one) for one in rows["remark_id"] if st.session_state.get(f"{PICK}{one}.{turn}", False)
    ]  # fmt: skip
    others = {one: name for one, name in names.items() if one != theme_id}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        target = st.selectbox(
            t("control.move_to"), list(others), index=None, key=f"theme.target.{turn}", width=160, label_visibility="collapsed",
            format_func=others.__getitem__, placeholder=t("control.move_to"),
        )  # fmt: skip
        st.button(
            t("control.move", n=len(picked)), key="theme.move", disabled=not picked or target is None, on_click=_move,
            args=(page, number, picked, target),
        )  # fmt: skip
        field = f"theme.new.{turn}"
        st.text_input(
            t("control.new_theme"), key=field, max_chars=200, width=140, label_visibility="collapsed",
            placeholder=t("control.new_theme"),
        )  # fmt: skip
        st.button(
            t("control.make"), key="theme.make", disabled=not picked, on_click=_make, args=(page, number, picked, field)
        )
    if not picked:
        st.caption(t("control.tick"))
    for row in rows.tail(MOST).iloc[::-1].to_dict("records"):
        mark = "" if row["state"] == "shown" else f" :gray-badge[{t('control.filter_' + row['state'])}]"
        st.checkbox(escape(str(row["text"])) + mark, key=f"{PICK}{row['remark_id']}.{turn}")
    if len(rows) > MOST:
        st.caption(t("control.older", n=len(rows) - MOST))


def _turn() -> None:
    """Take every tick away, and what was typed beside them."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def _move(page: Page, number: int, picked: list[int], target: int) -> None:
    do(page, acts.move, number, picked, target)
    _turn()


def _make(page: Page, number: int, picked: list[int], field: str) -> None:
    made = do(page, acts.new_theme, number, st.session_state[field], picked)
    if made is not None:
        st.session_state[CHOSEN] = made
        _turn()
