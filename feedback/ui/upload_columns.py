"""The table in which a person corrects what each column of a file was taken for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import cast

import pandas as pd
import streamlit as st

from feedback.intake import scales
from feedback.intake.direction import answered
from feedback.intake.model import ROLES, SINGLE_ROLES, Best, Column, Mapping, Role, Scale, Table
from feedback.text.masking import mask
from feedback.ui.data import Snapshot
from feedback.ui.page import Page, escape
from feedback.ui.upload_source import Incoming

# The whole of the services; an empty cell is for columns that are about none.
EVERY = "*"
# A guess below this is one that a person had better look at.
SURE = 0.7
# Columns that a question names; what it is about is clear then.
NAMED = 4
SCALES = tuple(Scale(low, high, best) for low, high in ((1, 10), (1, 5), (0, 10), (1, 7), (1, 4), (0, 100))
               for best in ("high", "low"))  # fmt: skip


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
    t = page.t
    guessed = _directions(page, incoming, _ends(page, incoming, guessed))
    areas = {EVERY: t("upload.area_none"), **data.area_names(page.lang)}
    known = [f"{s.low:g}|{s.high:g}|{s.best}" for s in SCALES]
    rows = pd.DataFrame(
        {
            "name": [column.name for column in guessed.columns],
            "role": [column.role for column in guessed.columns],
            "area": [_area_key(column) for column in guessed.columns],
            "scale": [_scale_key(column.scale) for column in guessed.columns],
            "sure": [
                t("upload.sure") if column.confidence >= SURE else t("upload.unsure") for column in guessed.columns
            ],
            "examples": [" | ".join(mask(text).text for text in column.examples) for column in guessed.columns],
        }
    )
    config = st.column_config
    st.caption(t("upload.columns_help"))
    if any(column.confidence < SURE for column in guessed.columns):
        st.caption(f"**{t('upload.columns_doubt')}**")
    edited: pd.DataFrame = st.data_editor(
        rows, key=f"upload.columns.{incoming.key}", hide_index=True, placeholder="", width="stretch",
        height=min(38 + 35 * len(rows), 458), disabled=("name", "sure", "examples"),
        column_config={
            "name": config.TextColumn(t("upload.col_name"), width="medium"),
            "role": config.SelectboxColumn(t("upload.col_role"), options=list(ROLES), required=True, width="medium",
                                           format_func=lambda role: t(f"upload.role_{role}")),
            "area": config.SelectboxColumn(t("upload.col_area"), options=list(areas), width=150,
                                           format_func=lambda area: areas.get(str(area), str(area))),
            "scale": config.SelectboxColumn(t("upload.col_scale"), width="medium",
                                            options=["", *dict.fromkeys([*known, *filter(None, rows["scale"])])],
                                            format_func=lambda key: _scale_name(page, str(key))),
            "sure": config.TextColumn(t("upload.col_sure"), width="small"),
            "examples": config.TextColumn(t("upload.col_examples"), width="large"),
        },
    )  # fmt: skip
    for role in SINGLE_ROLES:
        if (edited["role"] == role).sum() > 1:
            st.warning(t("upload.columns_twice", role=t(f"upload.role_{role}").lower()))
    return Mapping(
        tuple(
            _corrected(column, role, None if area in (None, "", EVERY) else area, scale or "", table)
            for column, role, area, scale in zip(
                guessed.columns, edited["role"], edited["area"], edited["scale"], strict=True
            )
        )
    )


def _ends(page: Page, incoming: Incoming, guessed: Mapping) -> Mapping:
    """Ask whether grades that are never above 5 are out of 5 or out of 10; one question for all of them."""
    t, asking = page.t, [column.name for column in guessed.columns if column.asks_ends and column.role == "score"]
    if not asking:
        return guessed
    names = ", ".join(asking[:NAMED]) + (" …" if len(asking) > NAMED else "")
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{escape(t('upload.ends', columns=names))}**")
        high = st.segmented_control(
            t("upload.ends_short"), [5, 10], key=f"upload.ends.{incoming.key}", label_visibility="collapsed",
            format_func=lambda high: t("upload.ends_to", high=high),
        )  # fmt: skip
        if not high:
            st.caption(t("upload.ends_why"))
            return guessed
    return Mapping(
        tuple(
            replace(column, scale=Scale(1, high, column.scale.best), confidence=1.0, asks_ends=False)
            if column.scale and column.name in asking
            else column
            for column in guessed.columns
        )
    )


def _directions(page: Page, incoming: Incoming, guessed: Mapping) -> Mapping:
    """Ask which end of a scale is best where nothing in the file tells; one question for all columns with the same ends."""
    t, columns = page.t, guessed.columns
    asking = dict.fromkeys((c.scale.low, c.scale.high) for c in columns if c.asks and c.role == "score" and c.scale)
    for low, high in asking:
        those = [c for c in columns if c.asks and c.scale and (c.scale.low, c.scale.high) == (low, high)]
        ends: dict[Best, str] = {"high": f"{high:g}", "low": f"{low:g}"}
        names = ", ".join(column.name for column in those[:NAMED]) + (" …" if len(those) > NAMED else "")
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{escape(t('upload.direction', columns=names, low=ends['low'], high=ends['high']))}**")
            said = cast(
                Best | None,
                st.segmented_control(
                    t("upload.direction_short"), ["high", "low"], key=f"upload.direction.{incoming.key}.{low:g}.{high:g}",
                    format_func=partial(_best, page, ends), label_visibility="collapsed",
                ),
            )  # fmt: skip
            scale = those[0].scale
            if said is None and scale:
                doubt = "upload.direction_doubt" if those[0].doubted else "upload.direction_guess"
                st.caption(t(doubt, n=ends[scale.best]))
        if said:
            columns = tuple(answered([c], said)[0] if c in those else c for c in columns)
    return Mapping(columns)


def _best(page: Page, ends: dict[Best, str], best: Best) -> str:
    return page.t("upload.direction_best", n=ends[best])


def _corrected(column: Column, role: Role, area: str | None, scale: str, table: Table) -> Column:
    if role == column.role and area == column.area and scale == _scale_key(column.scale):
        return column
    found: Scale | None = None
    if role == "score":
        found = _scale_of(scale)
        if found is None:
            at = table.header.index(column.name)
            found = scales.detect(column.name, Counter(row[at] for row in table.rows if row[at])).scale or Scale(1, 10)
    return replace(
        column, role=role, area=area, scale=found, confidence=1.0, asks=False, doubted=False, asks_ends=False
    )


def _area_key(column: Column) -> str:
    return column.area or (EVERY if column.role in ("text", "score") else "")


def _scale_key(scale: Scale | None) -> str:
    return f"{scale.low:g}|{scale.high:g}|{scale.best}" if scale else ""


def _scale_of(key: str) -> Scale | None:
    if not key:
        return None
    low, high, best = key.split("|")
    return Scale(float(low), float(high), "low" if best == "low" else "high")


def _scale_name(page: Page, key: str) -> str:
    if not key:
        return ""
    low, high, best = key.split("|")
    return page.t(f"upload.scale_{best}", low=low, high=high)
