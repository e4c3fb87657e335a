"""Questions about scales that only a person can answer: which end is best, and where a scale ends."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import cast

import streamlit as st

from feedback.intake.direction import answered
from feedback.intake.model import Best, Mapping, Scale
from feedback.ui.page import Page, escape
from feedback.ui.upload_source import Incoming

# Columns that a question names; what it is about is clear then.
NAMED = 4


def asked_scales(page: Page, incoming: Incoming, guessed: Mapping) -> Mapping:
    """Ask what the file does not tell of its scales, in one click each.

    Parameters
    ----------
    page : Page
    incoming : Incoming
    guessed : Mapping

    Returns
    -------
    Mapping
        With the answers.
    """
    return _directions(page, incoming, _ends(page, incoming, guessed))


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
