"""One agreement over the page: what it says, what is missing, what was measured; and values out of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from feedback.areas import agreements, value_lines
from feedback.areas.periods import UNITS, period_name
from feedback.areas.smart import smart
from feedback.i18n import Language, number
from feedback.intake.delimited import decode
from feedback.store.engine import reading
from feedback.ui import url
from feedback.ui.data import Snapshot, act, database
from feedback.ui.notice import did
from feedback.ui.page import Page, escape
from feedback.ui.upload_source import QUIET

# The version that a person looked at when they opened an agreement: {"id": 3, "version": 7}.
SEEN, PREFIX = "services.sla.seen", "sla."
# In the address: the number of the agreement that is open, a new one (with the key of its theme), or the field for values.
OPENED, NEW, VALUES = "afspraak", "nieuw", "metingen"
LONGEST_FILE_MB = 2


def leave() -> None:
    """Forget which agreement was open, and what was typed."""
    url.put(OPENED, None)
    for key in [key for key in st.session_state if key == SEEN or str(key).startswith(PREFIX)]:
        del st.session_state[key]


def open_dialog(page: Page, data: Snapshot, wanted: str, *, area: str = "") -> None:
    """Open what the address names.

    Parameters
    ----------
    page : Page
    data : Snapshot
    wanted : str
        See `OPENED`.
    area : str
        Key of the service that a new agreement starts with.
    """
    may, known = page.user.may("coordinator"), set(data.agreements["agreement_id"].astype(str))
    if wanted in known:
        agreement_dialog(page, data, int(wanted))
    elif may and wanted == VALUES:
        upload_dialog(page, data)
    elif may and wanted.split("-")[0] == NEW:
        agreement_dialog(page, data, None, theme=wanted.removeprefix(NEW).removeprefix("-"), area=area)
    else:
        st.info(page.t("services.sla_gone"))
        url.put(OPENED, None)


def agreement_dialog(page: Page, data: Snapshot, agreement_id: int | None, *, theme: str = "", area: str = "") -> None:
    """Open an agreement; a coordinator can change it and type what was measured.

    Parameters
    ----------
    page : Page
    data : Snapshot
    agreement_id : int or None
        None: a new one.
    theme : str
        Key of the theme that a new one is about, "" for none.
    area : str
        Key of the service that a new one starts with, "" for none.
    """
    t = page.t
    row: Any = next(data.agreements[data.agreements["agreement_id"] == agreement_id].itertuples(), None)
    if row is not None and st.session_state.get(SEEN, {}).get("id") != agreement_id:
        st.session_state[SEEN] = {"id": agreement_id, "version": int(row.version)}

    @st.dialog(t("services.sla_new" if row is None else "services.sla_one"), width="large", on_dismiss=leave)
    def show() -> None:
        if row is not None:
            _missing(page, data, row)
        if not page.user.may("coordinator"):
            st.markdown(escape(row.text if row is not None else ""))
            return
        if _form(page, data, row, theme, area):
            _done()
        if row is not None:
            _values(page, data, row)
            _acts(page, row)

    show()


def _done() -> None:
    leave()
    st.rerun()


def _change(at: int) -> int | None:
    with reading(database()) as session:
        change = agreements.last_change(at, session=session)
        return None if change is None else change.id


def _told_done(page: Page, name: str, at: int, before: int | None, text: str) -> None:
    """Say what was done with an agreement, with the way back; where nothing became other, say that."""
    after = _change(at)
    if after == before:
        did(page, page.t("services.nothing_changed"))
    else:
        did(page, page.t(f"services.sla_{name}", text=text), agreements.undo, at, seen=None, change_id=after)


def _seen() -> int | None:
    held = st.session_state.get(SEEN)
    return int(held["version"]) if held else None


def _missing(page: Page, data: Snapshot, row: Any) -> None:
    """Name the tests of SMART that the agreement fails."""
    t = page.t
    values = data.agreement_values.loc[data.agreement_values["agreement_id"] == row.agreement_id, "value"]
    found = smart(row, list(values), today=dt.date.today())
    if not found:
        st.caption(f":material/check: {t('services.smart_all')}")
    lines = []
    for one in found:
        told = t(f"services.smart_{one.letter}_{one.reason}", word=one.word)
        lines.append(f":material/error: **{t(f'services.smart_{one.letter}')}**: {escape(told)}")
    if lines:
        st.caption("  \n".join(lines))


def _form(page: Page, data: Snapshot, row: Any, theme: str, start: str) -> bool:
    t, lang = page.t, page.lang
    key = f"{PREFIX}{'new' if row is None else row.agreement_id}{theme}"
    areas = data.areas[data.areas["is_active"] | (data.areas["area"] == getattr(row, "area", ""))]
    ids = dict(zip(areas["area"], areas["area_id"].astype(int), strict=True))
    names = data.theme_names(lang)
    themes = {int(at): names[name] for at, name in zip(data.themes["theme_id"], data.themes["theme"], strict=True)}
    asked = data.themes[data.themes["theme"] == theme]
    about = [int(at) for at in asked["theme_id"]]
    area = row.area if row is not None else next(iter(asked["area"]), start)
    with st.form(f"{key}.form", border=False):
        text = st.text_area(t("services.sla_text"), getattr(row, "text", ""), height=70, key=f"{key}.text",
                            placeholder=t("services.sla_text_hint"))  # fmt: skip
        first, second, third, fourth = st.columns([3, 2, 2, 2], vertical_alignment="bottom")
        areas_by = data.area_names(lang)
        place = first.selectbox(
            t("remarks.area"), list(ids), index=list(ids).index(area) if area in ids else None,
            format_func=lambda name: areas_by[name], placeholder=t("services.sla_choose"), key=f"{key}.area",
        )  # fmt: skip
        most = second.selectbox(
            t("services.sla_way"), [False, True], index=int(bool(getattr(row, "at_most", False))), key=f"{key}.way",
            format_func=lambda most: t("services.sla_way_most" if most else "services.sla_way_least"),
        )  # fmt: skip
        norm = third.text_input(t("services.sla_norm"), _typed(row, page), key=f"{key}.norm", placeholder="97,5")
        unit = fourth.selectbox(
            t("services.sla_unit"), UNITS, index=UNITS.index(row.unit) if row is not None and row.unit else None,
            format_func=lambda unit: t(f"services.unit_{unit}"), placeholder=t("services.sla_choose"), key=f"{key}.unit",
        )  # fmt: skip
        measure = st.text_input(t("services.sla_measure"), getattr(row, "measure", ""), max_chars=300, key=f"{key}.measure",
                                placeholder=t("services.sla_measure_hint"))  # fmt: skip
        left, right = st.columns(2)
        owner = left.text_input(t("services.owner"), getattr(row, "owner", ""), max_chars=200, key=f"{key}.owner")
        review = None if row is None or pd.isna(row.review_on) else row.review_on.date()
        review_on = right.date_input(t("services.sla_review"), review, format="DD-MM-YYYY", key=f"{key}.review")
        chosen = [at for at in (row.themes if row is not None else about) if at in themes]
        linked = st.multiselect(
            t("services.sla_themes"), list(themes), chosen, format_func=lambda at: themes[at],
            placeholder=t("services.sla_themes_none"), help=t("services.sla_themes_help"), key=f"{key}.themes",
        )  # fmt: skip
        part = st.text_input(t("services.sla_customer"), getattr(row, "customer_part", ""), key=f"{key}.part",
                             placeholder=t("services.sla_customer_hint"))  # fmt: skip
        sent = st.form_submit_button(t("services.save"), type="primary", icon=":material/save:")
    if not sent:
        return False
    values = {
        "area_id": ids.get(place), "text": text, "customer_part": part, "measure": measure, "norm": norm,
        "unit": unit or "", "at_most": most, "themes": linked, "owner": owner, "review_on": review_on,
    }  # fmt: skip
    if row is None:
        made = act(page, agreements.add, values)
        if made is not None:
            did(page, t("services.sla_added", text=_short(text)), agreements.end, made, seen=None)
        return made is not None
    at, before = int(row.agreement_id), _change(int(row.agreement_id))
    if act(page, agreements.edit, at, values, seen=_seen()) is None:
        return False
    _told_done(page, "edited", at, before, _short(text))
    return True


def _short(text: str) -> str:
    return " ".join(text.split())[:120]


def _typed(row: Any, page: Page) -> str:
    if row is None or row.norm != row.norm:
        return ""
    return plain(row.norm, page.lang)


def plain(value: float, lang: Language) -> str:
    """Write a number as a person would type it, with at most two decimals."""
    return number(value, lang, next((n for n in (0, 1) if round(value, n) == round(value, 2)), 2))


def _values(page: Page, data: Snapshot, row: Any) -> None:
    """Draw what was measured, as lines to change or to paste over."""
    t, lang = page.t, page.lang
    mine = data.agreement_values[data.agreement_values["agreement_id"] == row.agreement_id]
    stored = {
        (first, last): value
        for first, last, value in zip(mine["starts_on"], mine["ends_on"], mine["value"], strict=True)
    }
    lines = [f"{period_name(*period, lang)}; {plain(value, lang)}" for period, value in stored.items()]
    st.markdown(f"**{t('services.sla_measured')}**", help=t("services.sla_measured_help"))
    with st.form(f"{PREFIX}{row.agreement_id}.values", border=False):
        text = st.text_area(
            t("services.sla_measured"), "\n".join(lines), height=110, label_visibility="collapsed",
            placeholder=t("services.sla_measured_hint"), key=f"{PREFIX}{row.agreement_id}.lines",
        )  # fmt: skip
        sent = st.form_submit_button(t("services.sla_store"), icon=":material/save:")
    if not sent:
        return
    found = value_lines.read(text, data.agreements, only=int(row.agreement_id))
    if _told(page, found):
        at, before = int(row.agreement_id), _change(int(row.agreement_id))
        gone = {(at, period): None for period in stored}
        if act(page, agreements.measure, {**gone, **found.values}) is not None:
            _told_done(page, "valued", at, before, _short(row.text))
            _done()


def _told(page: Page, found: value_lines.Lines) -> bool:
    """Tell which lines are wrong; give whether there are none."""
    for at, error in list(found.wrong.items())[:5]:
        st.error(escape(page.t("services.sla_line", n=at, error=error.message(page.lang))))
    return not found.wrong


def _acts(page: Page, row: Any) -> None:
    t, at = page.t, int(row.agreement_id)
    with reading(database()) as session:
        change = agreements.last_change(at, session=session)
        undone, change_id = (None, None) if change is None else (change.act, change.id)
    with st.container(horizontal=True, horizontal_alignment="right"):
        ways: tuple[tuple[str, str, Callable[..., int], bool], ...] = (
            (f"sla_undo_{undone}", ":material/undo:", agreements.undo, undone is not None),
            ("sla_end", ":material/event_busy:", agreements.end, True),
        )
        for name, icon, do, can in ways:
            if not can:
                continue
            pressed = st.button(t(f"services.{name}"), key=f"{PREFIX}{name}", icon=icon, type="tertiary")
            if pressed and act(page, do, at, seen=_seen()) is not None:
                if name == "sla_end":
                    _told_done(page, "ended", at, change_id, _short(row.text))
                else:
                    did(page, t("services.undid"))
                _done()


def upload_dialog(page: Page, data: Snapshot) -> None:
    """Open the field and the upload for values of several agreements.

    Parameters
    ----------
    page : Page
    data : Snapshot
    """
    t = page.t

    @st.dialog(t("services.sla_values"), width="large", on_dismiss=leave)
    def show() -> None:
        st.caption(t("services.sla_values_how"))
        st.html(QUIET)
        st.markdown(t("services.sla_file", mb=LONGEST_FILE_MB))
        file = st.file_uploader(
            t("services.sla_file", mb=LONGEST_FILE_MB), type=["csv", "txt"], max_upload_size=LONGEST_FILE_MB,
            key=f"{PREFIX}file", label_visibility="collapsed",
        )  # fmt: skip
        text = st.text_area(
            t("services.sla_paste"), height=150, key=f"{PREFIX}paste", placeholder=t("services.sla_paste_hint")
        )
        if not st.button(t("services.sla_store"), key=f"{PREFIX}store", type="primary", icon=":material/save:"):
            return
        if file and text.strip():
            st.error(t("services.sla_both"))
            return
        found = value_lines.read(decode(file.name, file.getvalue()) if file else text, data.agreements)
        if not _told(page, found):
            return
        if not found.values:
            st.warning(t("services.sla_nothing"))
        else:
            changed = act(page, agreements.measure, found.values, source="file" if file else "typed")
            if changed is not None:
                did(page, t("services.sla_read_in", n=changed))
                _done()

    show()
