"""What each column of a file was taken for, to correct: a list that fits a phone, each question whole."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast

import streamlit as st

from feedback.intake import scales
from feedback.intake.model import ROLES, SINGLE_ROLES, Column, Mapping, Role, Scale, Table
from feedback.text.masking import mask
from feedback.ui.data import Snapshot
from feedback.ui.page import Page, escape
from feedback.ui.upload_scales import asked_scales
from feedback.ui.upload_services import services
from feedback.ui.upload_source import CHOSEN, Incoming

# The whole of the services; an empty choice is for columns that are about none.
EVERY = "*"
# A guess below this is one that a person had better look at.
SURE = 0.7
# Widgets are dear; who has more columns turns the page.
A_PAGE = 25
# Enough of the examples to know what stands there.
SHOWN = 110
LEFT_OUT: tuple[Role, ...] = ("ignore", "private")
SCALES = tuple(Scale(low, high, best) for low, high in ((1, 10), (1, 5), (0, 10), (1, 7), (1, 4), (0, 100))
               for best in ("high", "low"))  # fmt: skip

# What a person chose of a column: role, area, scale, names.
Choice = dict[str, Any]


def columns(page: Page, data: Snapshot, incoming: Incoming, table: Table, guessed: Mapping) -> Mapping:
    """Show what each column was taken for, to correct.

    Parameters
    ----------
    page : Page
    data : Snapshot
    incoming : Incoming
    table : Table
    guessed : Mapping

    Returns
    -------
    Mapping
        As the person left it.
    """
    t, chosen = page.t, _choices(incoming)
    guessed = asked_scales(page, incoming, guessed)
    now = tuple(_corrected(column, chosen.get(column.name, {}), table) for column in guessed.columns)
    st.caption(t("upload.columns_help"))
    # By the guess: a column that is chosen otherwise stays where it is.
    used = [(old, new) for old, new in zip(guessed.columns, now, strict=True) if old.role not in LEFT_OUT]
    rest = [(old, new) for old, new in zip(guessed.columns, now, strict=True) if old.role in LEFT_OUT]
    if used:
        with st.container(border=True, gap="small"):
            _list(page, data, incoming, table, used, "used")
    if rest:
        later = st.expander(
            t("upload.columns_rest", n=len(rest)), expanded=not used, key=f"upload.columns_rest.{incoming.key}",
            on_change="rerun",
        )  # fmt: skip
        with later:
            if later.open:
                _list(page, data, incoming, table, rest, "rest")
    for role in SINGLE_ROLES:
        if sum(column.role == role for column in now) > 1:
            st.warning(t("upload.columns_twice", role=t(f"upload.role_{role}").lower()))
    return Mapping(now)


def _list(
    page: Page, data: Snapshot, incoming: Incoming, table: Table, pairs: Sequence[tuple[Column, Column]], which: str
) -> None:
    pages = -(-len(pairs) // A_PAGE)
    at = st.pagination(pages, key=f"upload.columns_page.{incoming.key}.{which}") if pages > 1 else 1
    for old, new in pairs[A_PAGE * (at - 1) : A_PAGE * at]:
        _row(page, data, incoming, old, new)
        if new.role == "area":
            services(page, data, incoming, table, new, choose)


def _row(page: Page, data: Snapshot, incoming: Incoming, old: Column, new: Column) -> None:
    """One column: its question whole, what stands in it, and what it was taken for."""
    t, about = page.t, new.role in ("text", "score")
    name_place, role_place, area_place, scale_place = st.columns([10, 7, 4, 6], vertical_alignment="center")
    with name_place, st.container(gap="xxsmall"):
        doubt = f" :orange-badge[:material/help: {t('upload.unsure')}]" if new.confidence < SURE else ""
        st.markdown(f"**{escape(old.name)}**{doubt}")
        examples = " | ".join(mask(text).text for text in old.examples)
        if examples:
            st.caption(escape(examples if len(examples) <= SHOWN else f"{examples[:SHOWN]} …"))
    with role_place:
        _select(page, incoming, old, new, "role", ROLES, new.role, lambda role: t(f"upload.role_{role}"))
    if about:
        names = {EVERY: t("upload.area_none"), **data.area_names(page.lang)}
        with area_place:
            _select(page, incoming, old, new, "area", list(names), new.area or EVERY, lambda key: names.get(key, key))
    if new.role == "score":
        known = dict.fromkeys([*(scale_key(scale) for scale in (*SCALES, new.scale) if scale)])
        with scale_place:
            _select(page, incoming, old, new, "scale", list(known), scale_key(new.scale), partial(_scale_name, page))


def _select(
    page: Page, incoming: Incoming, old: Column, new: Column, what: str, options: Sequence[str], now: str, name: Any
) -> None:
    # Another guess, another role: another widget, or it would go on showing the old choice.
    about = zlib.crc32(repr((old.name, old.role, old.area, old.scale, what, what == "role" or new.role)).encode())
    widget = f"upload.column.{incoming.key}.{about}"
    at = list(options).index(now) if now in options else None
    st.selectbox(
        f"{page.t(f'upload.col_{what}')}: {escape(old.name)}", options, at, key=widget, format_func=name,
        label_visibility="collapsed", on_change=_chosen, args=(incoming, old.name, what, widget),
    )  # fmt: skip


def _choices(incoming: Incoming) -> dict[str, Choice]:
    held = st.session_state.get(CHOSEN)
    return cast(dict[str, Choice], held[1]) if held and held[0] == incoming.key else {}


def choose(incoming: Incoming, column: str, **what: Any) -> None:
    """Remember what a person chose of a column."""
    chosen = _choices(incoming)
    st.session_state[CHOSEN] = incoming.key, chosen | {column: chosen.get(column, {}) | what}


def _chosen(incoming: Incoming, column: str, what: str, widget: str) -> None:
    choose(incoming, column, **{what: st.session_state[widget]})


def _corrected(column: Column, choice: Choice, table: Table) -> Column:
    role = choice.get("role", column.role)
    area = choice.get("area", column.area)
    area = area if area != EVERY and (role == column.role or "area" in choice) else None
    scale = _scale_of(choice["scale"]) if choice.get("scale") else column.scale
    names = choice.get("names", column.names)
    if (role, area, scale, names) == (column.role, column.area, column.scale, column.names):
        return column
    if role == "score" and scale is None:
        at = table.header.index(column.name)
        scale = scales.detect(column.name, Counter(row[at] for row in table.rows if row[at])).scale or Scale(1, 10)
    return replace(
        column, role=role, area=area, scale=scale if role == "score" else None, names=names if role == "area" else (),
        confidence=1.0, asks=False, doubted=False, asks_ends=False,
    )  # fmt: skip


def scale_key(scale: Scale | None) -> str:
    """Name a scale in a widget."""
    return f"{scale.low:g}|{scale.high:g}|{scale.best}" if scale else ""


def _scale_of(key: str) -> Scale:
    low, high, best = key.split("|")
    return Scale(float(low), float(high), "low" if best == "low" else "high")


def _scale_name(page: Page, key: str) -> str:
    low, high, best = key.split("|")
    return page.t(f"upload.scale_{best}", low=low, high=high)
