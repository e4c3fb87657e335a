"""The words people used: lists of remarks, on the page or in a dialog over it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import named
from feedback.i18n import MISSING, day, percent
from feedback.settings import settings
from feedback.themes.evidence import Evidence, evidence
from feedback.themes.naming import NO_SERVICE
from feedback.ui import url
from feedback.ui.data import Snapshot
from feedback.ui.page import Page, escape
from feedback.ui.parts import downloads, people_text

PER_PAGE = 12
SHARED = ("theme", "area", "session")
# What describes a theme beside its keywords and examples.
DESCRIBED = ("name_nl", "name_en", "description_nl", "description_en")
ROW = ("theme", "area", "sentiment", "session", "organisation", "level")


def remark_table(
    page: Page, data: Snapshot, remarks: pd.DataFrame, *, curating: bool = False, part: slice = slice(None)
) -> pd.DataFrame:
    """Give remarks as a table for people: names instead of keys, small groups hidden.

    Parameters
    ----------
    page : Page
    data : Snapshot
    remarks : DataFrame
        See `store.frames.remarks`.
    curating : bool
        For coordinators on the curation screens: with the source, groups named whatever their size.
    part : slice
        The rows to give; whether a group is large enough to be named depends on all of `remarks`.

    Returns
    -------
    DataFrame
        Columns named in the reader's language.
    """
    t, lang = page.t, page.lang
    curating = curating and page.user.may("coordinator")
    shown = (remarks if curating else named(remarks, settings().group_threshold)).iloc[part]
    remarks = remarks.iloc[part]
    hidden = t("remarks.hidden")
    table = {
        t("remarks.text"): shown["text"],
        t("remarks.theme"): shown["theme"].astype(object).map(data.theme_names(lang)),
        t("remarks.area"): shown["area"].astype(object).map(data.area_names(lang)),
        t("remarks.aspect"): shown["aspect"].astype(object).map(data.aspect_names(lang)),
        t("remarks.sentiment"): shown["sentiment"].astype(object).map(lambda key: t(f"sentiment.{key}")),
        t("remarks.strength"): shown["strength"].round(2),
        t("remarks.session"): shown["session"].astype(object),
        t("remarks.date"): shown["date"],
    }
    known = remarks["organisation"].notna(), remarks["level"].notna()
    table[t("remarks.organisation")] = (
        shown["organisation"].astype(object).where(shown["organisation"].notna() | ~known[0], hidden)
    )
    level = shown["level"].astype(object).map(lambda key: t(f"level.{key}") if isinstance(key, str) else key)
    table[t("remarks.level")] = level.where(shown["level"].notna() | ~known[1], hidden)
    table[t("remarks.words")] = shown["words"].map(", ".join)
    if curating:
        table[t("remarks.source")] = shown["filename"].astype(object)
        table[t("remarks.row")] = shown["row"]
    return pd.DataFrame(table)


def remark_cards(
    page: Page,
    data: Snapshot,
    remarks: pd.DataFrame,
    key: str,
    *,
    curating: bool = False,
    draw_text: Callable[[int, str], None] | None = None,
    heading: str = "",
) -> None:
    """Draw remarks to read, a page at a time, with all of them as a download.

    Parameters
    ----------
    page, data, remarks, curating
        See `remark_table`.
    key : str
        Unique on the page.
    draw_text : callable, optional
        Draws the text of a remark itself (as a box to tick); gets its id and its text, escaped.
    heading : str
        What stands over the list already, and is not said again.
    """
    t, lang = page.t, page.lang
    if remarks.empty:
        st.caption(t("remarks.none"))
        return
    pages = -(-len(remarks) // PER_PAGE)
    turned = st.session_state.get(f"{key}.page", 1)
    start = (min(turned, pages) - 1) * PER_PAGE
    part = slice(start, start + PER_PAGE)
    table = remark_table(page, data, remarks, curating=curating, part=part)
    # What all of them share is said once, over the list.
    shared = [name for name in SHARED if remarks[name].nunique(dropna=False) == 1]
    told = [str(table[t(f"remarks.{name}")].iloc[0]) for name in shared if remarks[name].notna().all()]
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        size = [t("remarks.count", n=len(remarks)), people_text(page, remarks["person"].nunique(), len(remarks))]
        st.caption(escape(" · ".join(size + [name for name in told if name not in heading.split(" · ")])))
        downloads(page, key, lambda: remark_table(page, data, remarks))
    hidden = t("remarks.hidden")
    if (table[[t("remarks.organisation"), t("remarks.level")]] == hidden).any(axis=None):
        st.caption(t("remarks.hidden_why", threshold=settings().group_threshold))
    names = [name for name in ROW if name not in shared]
    curating = curating and page.user.may("coordinator")
    themes: dict[str, dict[Hashable, Any]] = {}
    if curating:
        there = data.themes["theme"].isin(set(remarks["theme"].iloc[part]))
        themes = {one["theme"]: one for one in data.themes[there].to_dict("records")}
    for (_, row), (_, remark) in zip(table.iterrows(), remarks.iloc[part].iterrows(), strict=True):
        with st.container(border=True, gap="xxsmall"):
            text = escape(str(remark["text"]))
            if draw_text:
                draw_text(int(remark["remark_id"]), text)
            else:
                st.markdown(text)
            facts = [row[t(f"remarks.{name}")] for name in names]
            facts.append(day(remark["date"], lang, short=True))
            why = _why(remark, themes) if curating else Evidence(tuple(remark["words"]), "")
            reasons = [t("remarks.strength_is", share=percent(remark["strength"], lang))]
            if why.words:
                reasons.append(t("remarks.words_are", words=", ".join(why.words)))
            if why.example:
                reasons.append(t("remarks.like", example=why.example))
            if curating:
                facts.append(t("remarks.source_is", file=str(remark["filename"]), row=str(remark["row"])))
                if other := _other_service(remark, themes):
                    reasons.append(t("remarks.other_service", area=data.area_names(lang)[other]))
            told = [fact for fact in facts if isinstance(fact, str) and fact not in (MISSING, hidden)]
            lines = [told, reasons] if curating else [told + reasons]
            st.caption("  \n".join(escape(" · ".join(line)) for line in lines))
    if pages > 1:
        st.pagination(pages, key=f"{key}.page")


def _why(remark: pd.Series, themes: Mapping[str, Mapping[Hashable, Any]]) -> Evidence:
    """Tell what speaks for the place of a remark; of one that a person placed nothing needs to."""
    if remark["theme"] not in themes or remark["placed_by"] == "person":
        return Evidence((), "")
    entry = themes[remark["theme"]]
    described = [*(entry[name] for name in DESCRIBED), *entry["keywords"]]
    return evidence(remark["text"], remark["words"], described, entry["examples"])


def _other_service(remark: pd.Series, themes: Mapping[str, Mapping[Hashable, Any]]) -> str:
    """Give the service of a remark's theme where that is not what the remark itself is about, else ""."""
    own = themes[remark["theme"]]["area"] if remark["theme"] in themes else ""
    no_service = (remark["area"], remark["area2"], NO_SERVICE)
    return own if isinstance(own, str) and own not in no_service and remark["area"] != NO_SERVICE else ""


def remarks_dialog(page: Page, data: Snapshot, remarks: pd.DataFrame, title: str, key: str, *, theme: str = "") -> None:
    """Open a dialog with the remarks behind a mark.

    Parameters
    ----------
    page, data, remarks, key
        See `remark_cards`.
    title : str
        What was clicked; escaped here.
    theme : str
        Key of the theme to go on to, "" for none.
    """

    # The rerun on closing draws the chart anew, without its selection: else the next click would be lost.
    @st.dialog(escape(title) or " ", width="large", on_dismiss="rerun")
    def show() -> None:
        if theme and st.button(page.t("remarks.open_theme"), key=f"{key}.open", icon=":material/arrow_forward:"):
            url.go("pages/themes.py", thema=theme)
        remark_cards(page, data, remarks, key, heading=title)

    show()
