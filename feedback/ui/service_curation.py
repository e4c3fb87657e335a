"""What a coordinator does on the services page: edit the list of service areas, correct the area of remarks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from feedback.areas import curation, listing
from feedback.areas.listing import Row, RowsError, Saved
from feedback.store.engine import writing
from feedback.ui import url
from feedback.ui.data import Snapshot, act, database
from feedback.ui.page import Page, escape, reporting
from feedback.ui.remarks import remark_cards
from feedback.ui.service_parts import AREA

MESSAGE, TURN, CHOSEN = "services.message", "services.turn", "services.chosen"
FIELDS = ("name_nl", "name_en", "keywords", "owner", "position", "is_active")


def message(page: Page) -> None:
    """Tell what was just done, with a button that undoes it.

    Parameters
    ----------
    page : Page
    """
    told: tuple[str, Saved | int | None, str] | None = st.session_state.get(MESSAGE)
    # It stays until something else is done or another area is opened.
    if not told or told[2] != url.get(AREA):
        st.session_state.pop(MESSAGE, None)
        return
    text, step, _ = told
    with st.container(horizontal=True, vertical_alignment="center", key="services.told"):
        st.success(escape(text), icon=":material/check_circle:", width="stretch")
        if step is not None and st.button(page.t("services.undo"), key="services.undo", icon=":material/undo:"):
            _undo(page, step)


def _undo(page: Page, step: Saved | int) -> None:
    if isinstance(step, Saved):
        done = act(page, listing.undo, step)
        text = page.t("services.undid")
    else:
        done = act(page, curation.undo_correct, step)
        text = page.t("services.undid_left", n=done) if done else page.t("services.undid")
    if done is not None:
        _done(text, None)


def _done(text: str, step: Saved | int | None) -> None:
    st.session_state[MESSAGE] = text, step, url.get(AREA)
    # New keys: an editor and ticks that did their work are empty again.
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state[CHOSEN] = set()
    st.rerun()


# The list of service areas --------------------------------------------------------------------------------------------


def edit_list(page: Page, data: Snapshot) -> None:
    """Draw the list of service areas to edit, behind a click.

    Parameters
    ----------
    page : Page
    data : Snapshot
    """
    t = page.t
    box = st.expander(t("services.edit"), icon=":material/edit:", key="services.edit", on_change="rerun")
    if not box.open:
        return
    with box:
        st.badge(t("services.coordinator"), color="violet")
        st.caption(t("services.edit_help"))
        table = editable(data)
        key = f"services.editor.{st.session_state.get(TURN, 0)}"
        column = st.column_config
        st.data_editor(
            table, key=key, num_rows="add", hide_index=True, width="stretch",
            column_config={
                "name_nl": column.TextColumn(t("services.name_nl"), max_chars=curation.LONGEST_NAME),
                "name_en": column.TextColumn(t("services.name_en"), max_chars=curation.LONGEST_NAME),
                "keywords": column.TextColumn(t("services.keywords"), width="large", help=t("services.keywords_help")),
                "owner": column.TextColumn(t("services.owner"), max_chars=200),
                "position": column.NumberColumn(t("services.position"), min_value=1, step=1, width="small"),
                "is_active": column.CheckboxColumn(t("services.in_use"), default=True, width="small"),
            },
        )  # fmt: skip
        edits = st.session_state.get(key) or {}
        if st.button(t("services.save"), key="services.save", type="primary"):
            _save(page, table, changed_rows(data, edits))


def editable(data: Snapshot) -> pd.DataFrame:
    """Give the service areas as a coordinator edits them: keywords as one text, places from 1."""
    table = data.areas[list(FIELDS)].reset_index(drop=True)
    table["keywords"] = table["keywords"].map(", ".join)
    table["position"] = range(1, len(table) + 1)
    return table


def changed_rows(data: Snapshot, edits: dict[str, Any]) -> list[Row]:
    """Read what was typed in the editor.

    Parameters
    ----------
    data : Snapshot
    edits : dict
        The state of the editor: edited_rows, added_rows.

    Returns
    -------
    list of Row
        Where places changed, with every area that moves because of it.
    """
    areas = data.areas.reset_index(drop=True)
    changes: dict[int, dict[str, Any]] = {int(at): dict(row) for at, row in edits.get("edited_rows", {}).items()}
    added = [dict(row) for row in edits.get("added_rows", [])]
    typed = {at: row.pop("position", None) for at, row in changes.items()}
    wanted = [typed.get(at) or at + 1 for at in range(len(areas))]
    # Whoever was given a place goes before the one that stood there, or behind it when coming from above.
    order = sorted(
        range(len(areas)), key=lambda at: (wanted[at], -1 if wanted[at] < at + 1 else int(wanted[at] > at + 1))
    )
    if any(typed.values()):
        stored = list(areas["position"])
        for place, at in enumerate(order):
            if stored[at] != place:
                changes.setdefault(at, {})["position"] = place
    ids, versions = list(areas["area_id"]), list(areas["version"])
    rows = [Row(at + 1, _typed(row), int(ids[at]), int(versions[at])) for at, row in sorted(changes.items()) if row]
    for at, row in enumerate(added):
        place = row.pop("position", None)
        values = _typed({name: value for name, value in row.items() if value is not None})
        # A row that was opened and left empty is no service area.
        if any(value for name, value in values.items() if name != "is_active"):
            values |= {"position": int(place) - 1} if place else {}
            rows.append(Row(len(areas) + at + 1, values))
    return rows


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    clean: dict[str, Callable[[Any], Any]] = {
        "keywords": lambda value: curation.keywords_of(value or ""),
        "owner": lambda value: " ".join((value or "").split()),
        "name_nl": lambda value: value or "",
        "name_en": lambda value: value or "",
        "is_active": bool,
    }
    return {name: clean[name](value) if name in clean else value for name, value in row.items() if name in FIELDS}


def _save(page: Page, table: pd.DataFrame, rows: list[Row]) -> None:
    t = page.t
    if not rows:
        st.info(t("services.nothing_changed"))
        return
    with reporting(page):
        try:
            with writing(database()) as session:
                saved = listing.save(rows, session=session, actor=page.user.name)
        except RowsError as wrong:
            st.error(t("services.not_saved", n=len(wrong.rows)))
            for number, error in wrong.rows.items():
                name = table["name_nl"].get(number - 1) or t("services.new_row")
                st.error(escape(t("services.row_error", row=number, name=name, error=error.message(page.lang))))
            return
        _done(t("services.saved", n=saved.count), saved)


# The area of remarks --------------------------------------------------------------------------------------------------


def correct_part(page: Page, data: Snapshot, remarks: pd.DataFrame, area: str) -> None:
    """Draw the remarks of an area with boxes to tick, and the area that they should have.

    Parameters
    ----------
    page : Page
    data : Snapshot
    remarks : DataFrame
        See `store.frames.remarks`.
    area : str
        Key of the area whose page it is.
    """
    t, ids = page.t, set(remarks["remark_id"])
    with st.container(border=True, key="services.correct"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(t("services.coordinator"), color="violet")
            st.caption(t("services.correct_help"), width="stretch")
        ticked: set[int] = st.session_state.setdefault(CHOSEN, set())
        ticked.intersection_update(ids)
        turn = st.session_state.get(TURN, 0)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if ticked:
                names = data.area_names(page.lang)
                in_use = list(data.areas.loc[data.areas["is_active"] & (data.areas["area"] != area), "area"])
                st.markdown(f"**{t('services.chosen', n=len(ticked))}**", width="content")
                target = st.selectbox(
                    t("services.right_area"), in_use, index=None, key=f"services.target.{turn}", width=240,
                    placeholder=t("services.right_area"), format_func=lambda key: names[key],
                    label_visibility="collapsed",
                )  # fmt: skip
                if st.button(t("services.correct"), key="services.correct_do", type="primary", disabled=target is None):
                    correction = act(page, curation.correct, sorted(ticked), target)
                    if correction is not None:
                        _done(t("services.corrected", n=len(ticked), area=names[str(target)]), correction)
                st.button(t("services.choose_none"), key="services.choose_none", on_click=ticked.clear, type="tertiary")
            else:
                st.caption(t("services.choose_hint"))
        remark_cards(page, data, remarks, f"services.correct.{area}", curating=True, draw_text=_tick_box)


def _tick_box(remark_id: int, text: str) -> None:
    key = f"services.tick.{remark_id}"
    st.session_state[key] = remark_id in st.session_state.setdefault(CHOSEN, set())
    st.checkbox(text, key=key, on_change=_tick, args=(remark_id, key))


def _tick(remark_id: int, key: str) -> None:
    ticked: set[int] = st.session_state.setdefault(CHOSEN, set())
    (ticked.add if st.session_state[key] else ticked.discard)(remark_id)
