"""The codebook on the themes page: all entries, sleeping ones too, to find, change, add and put out of use."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from feedback.access.disclosure import Selection
from feedback.i18n import LANGUAGES, Language, sort_key
from feedback.themes import entries
from feedback.themes.acts import LONGEST_NAME
from feedback.ui import theme_acts, theme_codebook_files, url
from feedback.ui.data import Snapshot, act
from feedback.ui.filters import View
from feedback.ui.page import Page, escape

OPEN = "codebook.open"
TABLE_TURN = "codebook.turn"
UNUSED = "unused"
STATES = ("confirmed", "proposed", "dormant", "parked", UNUSED)
LONGEST_DESCRIPTION = 1000
_SEARCHED = ("name_nl", "name_en", "description_nl", "description_en")


def draw(page: Page, view: View, bar: DeltaGenerator) -> None:
    """Draw the codebook.

    Parameters
    ----------
    page : Page
        Of a coordinator.
    view : View
        Its filters do not count here, which is said.
    bar : DeltaGenerator
        A horizontal container above, for what can be done.
    """
    t, data = page.t, view.snapshot
    with bar.container(horizontal=True, gap="small"):
        if st.button(t("codebook.new"), key="codebook.new", icon=":material/add:"):
            _open("new", 0)
        theme_codebook_files.export(page)
        if st.button(t("codebook.import"), key="codebook.import", icon=":material/upload:"):
            _open("import", 0)
    told = {"lead": True, "no_filters": view.selection != Selection(), "example": data.has_example}
    st.caption(" ".join(t(f"codebook.{name}") for name, true in told.items() if true))
    with st.container(horizontal=True, gap="small"):
        table = _filtered(page, data, entry_rows(page, data))
    if table.empty:
        st.info(t("codebook.none_found" if len(data.themes) else "codebook.none"))
    else:
        _list(page, table)
    _dialog(page, data)


def entry_rows(page: Page, data: Snapshot) -> pd.DataFrame:
    """Give every entry with what the list shows.

    Parameters
    ----------
    page : Page
    data : Snapshot

    Returns
    -------
    DataFrame
        The columns of `store.frames.themes`; also aspect (key), name (in the reader's language), state (one of `STATES`),
        area_name, words, quotes, remarks (counts). By service area, then by name.
    """
    table, names = data.themes.copy(), data.area_names(page.lang)
    table["name"] = table[f"name_{page.lang}"]
    table["remarks"] = table["theme"].map(data.remarks["theme"].value_counts()).fillna(0).astype(int)
    table["state"] = table["status"].mask((table["status"] == "parked") & (table["remarks"] == 0), UNUSED)
    table["area_name"] = table["area"].astype(object).map(names).fillna("")
    table["words"], table["quotes"] = table["keywords"].map(len), table["examples"].map(len)
    place = {area: at for at, area in enumerate(names)}
    order = pd.DataFrame({"area": table["area"].astype(object).map(place), "name": table["name"].map(sort_key)})
    return table.loc[order.sort_values(["area", "name"]).index]


def _filtered(page: Page, data: Snapshot, table: pd.DataFrame) -> pd.DataFrame:
    t, names = page.t, data.area_names(page.lang)
    words = st.text_input(t("codebook.search"), key="codebook.search", placeholder=t("codebook.search"), width=280,
                          label_visibility="collapsed")  # fmt: skip
    area = st.selectbox(
        t("remarks.area"), [key for key in names if (table["area"] == key).any()], index=None, key="codebook.area",
        width=220, placeholder=t("codebook.all_areas"), label_visibility="collapsed", format_func=lambda key: names[key],
    )  # fmt: skip
    counts = table["state"].value_counts()
    state = st.selectbox(
        t("codebook.status"), [one for one in STATES if counts.get(one)], index=None, key="codebook.state", width=220,
        placeholder=t("codebook.all_states"), label_visibility="collapsed",
        format_func=lambda one: f"{state_text(page, one).capitalize()} ({counts.get(one, 0)})",
    )  # fmt: skip
    if area:
        table = table[table["area"] == area]
    if state:
        table = table[table["state"] == state]
    wanted = sort_key(words or "").split()
    texts = zip(*(table[name] for name in _SEARCHED), table["keywords"].map(" ".join), strict=True)
    said = [sort_key(" ".join(row)) for row in texts]
    return table[np.array([all(word in text for word in wanted) for text in said], dtype=bool)] if wanted else table


def state_text(page: Page, state: str) -> str:
    """Name a state of an entry."""
    return page.t("codebook.unused" if state == UNUSED else f"themes.page.status_{state}")


def _list(page: Page, table: pd.DataFrame) -> None:
    t, turn = page.t, st.session_state.get(TABLE_TURN, 0)
    shown = pd.DataFrame(
        {
            t("remarks.theme"): table["name"],
            t("remarks.area"): table["area_name"],
            t("codebook.status"): [state_text(page, state) for state in table["state"]],
            t("codebook.keywords"): table["words"],
            t("codebook.examples"): table["quotes"],
            t("codebook.remarks"): table["remarks"],
        }
    )
    event: Any = st.dataframe(
        shown, key=f"codebook.table.{turn}", hide_index=True, on_select="rerun", selection_mode="single-row",
        column_config={t("remarks.theme"): st.column_config.TextColumn(width="large")}, height=520, alt=t("codebook.lead"),
    )  # fmt: skip
    st.caption(t("codebook.hint", n=len(table)))
    if event["selection"]["rows"]:
        # A new table next time, without the selection: an entry that was closed stays closed.
        st.session_state[TABLE_TURN] = turn + 1
        row = table.iloc[event["selection"]["rows"][0]]
        _open(int(row["theme_id"]), int(row["version"]))


# Dialogs --------------------------------------------------------------------------------------------------------------


def _open(what: int | str, version: int) -> None:
    """Open a dialog, and remember which version of an entry somebody saw when they began."""
    close()
    st.session_state[OPEN] = what, version


def close() -> None:
    """Forget which dialog was open, and what was typed in it."""
    for key in [key for key in st.session_state if key == OPEN or str(key).startswith("codebook.entry.")]:
        del st.session_state[key]


def _dialog(page: Page, data: Snapshot) -> None:
    what, version = st.session_state.get(OPEN, (None, 0))
    if what is None:
        return
    found = data.themes[data.themes["theme_id"] == what]
    entry = None if found.empty else found.iloc[0]
    if isinstance(what, int) and entry is None:
        close()
        return
    title = page.t(f"codebook.{what}") if entry is None else escape(entry[f"name_{page.lang}"])

    @st.dialog(title, width="large", on_dismiss=close)
    def show() -> None:
        if what == "import":
            theme_codebook_files.take_in(page, data, close)
        else:
            _entry(page, data, entry, version)

    show()


def _entry(page: Page, data: Snapshot, entry: pd.Series | None, version: int) -> None:
    t = page.t
    if entry is None:
        st.caption(t("codebook.new_why"))
    else:
        _state(page, data, entry)
    with st.form("codebook.entry.form", border=False):
        values = _fields(page, data, entry)
        sent = st.form_submit_button(
            t("codebook.save"), type="primary", icon=":material/save:", key="codebook.entry.save"
        )
    if not sent:
        return
    name = next((name for at in (page.lang, *LANGUAGES) if (name := values[f"name_{at}"].strip())), "")
    if entry is None:
        _done(page, act(page, entries.add, values), t("codebook.added", name=name))
        return
    theme_id = int(entry["theme_id"])
    # Nothing that can be undone: either it is as it was, or it was refused and stays open with what was typed.
    _done(page, act(page, entries.edit, theme_id, values, seen_version=version), t("codebook.changed", name=name))


def _done(page: Page, event: int | None, text: str) -> None:
    if event is not None:
        close()
        theme_acts.done(text, event)


def _fields(page: Page, data: Snapshot, entry: pd.Series | None) -> dict[str, Any]:
    t, values = page.t, dict[str, Any]()
    now = {} if entry is None else {str(name): value for name, value in entry.items()}
    order: list[Language] = sorted(LANGUAGES, key=lambda at: at != page.lang)
    for field, limit in (("name", LONGEST_NAME), ("description", LONGEST_DESCRIPTION)):
        for column, at in zip(st.columns(2), order, strict=True):
            name, key = f"{field}_{at}", f"codebook.entry.{field}_{at}"
            draw_field: Any = column.text_input if field == "name" else column.text_area
            values[name] = draw_field(t(f"codebook.{name}"), now.get(name, ""), max_chars=limit, key=key)
    for column, field, names in zip(
        st.columns(2), ("area", "aspect"), (data.area_names(page.lang), data.aspect_names(page.lang)), strict=True
    ):
        options = list(names)
        values[field] = column.selectbox(
            t(f"remarks.{field}"), options, index=options.index(now[field]) if now.get(field) in options else None,
            format_func=names.__getitem__, placeholder=t("codebook.choose"), key=f"codebook.entry.{field}",
        )  # fmt: skip
    for column, field in zip(st.columns(2), ("keywords", "examples"), strict=True):
        text = "\n".join(" ".join(one.split()) for one in now.get(field, ()))
        values[field] = column.text_area(
            t(f"codebook.{field}_field"), text, height=260, key=f"codebook.entry.{field}", help=t(f"codebook.{field}_help")
        ).split("\n")  # fmt: skip
        column.caption(t(f"codebook.{field}_why"))
    return values


def _state(page: Page, data: Snapshot, entry: pd.Series) -> None:
    """Draw what stands of an entry: its status with what that means, its remarks, and putting it out of use."""
    t, theme_id, name = page.t, int(entry["theme_id"]), str(entry[f"name_{page.lang}"])
    remarks = int((data.remarks["theme"] == entry["theme"]).sum())
    state = UNUSED if entry["status"] == "parked" and not remarks else str(entry["status"])
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(state_text(page, state), color="blue" if remarks else "gray")
        why = {"dormant": "codebook.dormant_why", UNUSED: "codebook.unused_why"}.get(state, "codebook.quiet")
        st.caption(t("remarks.count", n=remarks) if remarks else t(why), width="stretch")
        if remarks:
            if st.button(t("codebook.to_theme"), key="codebook.entry.to_theme", icon=":material/forum:"):
                close()
                url.set_value(theme_acts.THEME, str(entry["theme"]))
                st.rerun()
        elif state == UNUSED:
            if st.button(t("codebook.reuse"), key="codebook.entry.reuse", icon=":material/replay:"):
                _done(page, act(page, entries.reuse, theme_id), t("codebook.reused", name=name))
        elif st.button(t("codebook.retire"), key="codebook.entry.retire", icon=":material/block:"):
            _done(page, act(page, entries.retire, theme_id), t("codebook.retired", name=name))
