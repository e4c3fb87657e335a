"""The map of remarks on the themes page: dots to click, or to catch in a frame."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from feedback.charts import map_labels, remark_map
from feedback.themes import layout
from feedback.ui.filters import View
from feedback.ui.page import Page
from feedback.ui.parts import downloads
from feedback.ui.remarks import remark_cards, remarks_dialog
from feedback.ui.theme_rows import places, theme_rows

_TURN = "themes.map_turn"


def draw(page: Page, view: View, bar: DeltaGenerator) -> None:
    """Draw the map of the remarks in a view; a click on a dot opens its words, a frame lists them below.

    Parameters
    ----------
    page : Page
    view : View
    bar : DeltaGenerator
        Where the explanation and the downloads stand.
    """
    t = page.t
    remarks, dots = _allowed(view), _dots(page, view)
    dots = dots.assign(label=map_labels.labels(dots[dots["theme"] != t("themes.page.no_theme")]))
    dots["label"] = dots["label"].fillna("")
    spec = map_labels.with_labels(remark_map.spec(dots, page.lang))
    with bar:
        st.caption(t("themes.page.map_help"), help=t("themes.page.map_more"), width="stretch")
        downloads(page, "kaart", lambda: dots, spec)
    if len(dots) < len(remarks):
        st.caption(t("themes.page.map_sample", shown=len(dots), total=len(remarks)))
    turn = st.session_state.get(_TURN, 0)
    event: Any = st.vega_lite_chart(
        dots, spec, key=f"themes.map.{turn}", alt=remark_map.alt(dots, page.lang), width="stretch", on_select="rerun",
        selection_mode=["pick", "frame"],
    )  # fmt: skip
    selection = event["selection"] if event else {}
    if picked := selection.get("pick"):
        # A new key clears the selection, so that a list that was closed stays closed.
        st.session_state[_TURN] = turn + 1
        ids = [int(mark["remark_id"]) for mark in picked]
        chosen = remarks[remarks["remark_id"].isin(ids)]
        theme = chosen["theme"].iloc[0] if len(chosen) else ""
        title = t("themes.page.map_picked")
        remarks_dialog(page, view.snapshot, chosen, title, "themes.dot", theme=theme if isinstance(theme, str) else "")
    elif len(ids := _framed(selection.get("frame") or {}, dots)):
        # Below and not in a dialog: while a frame is drawn it reports several times, and a dialog would close again.
        st.subheader(t("themes.page.map_picked"))
        remark_cards(page, view.snapshot, remarks[remarks["remark_id"].isin(ids)], "themes.frame")


def _dots(page: Page, view: View) -> pd.DataFrame:
    remarks = _allowed(view)
    themes = remarks["theme"].astype(object).where(remarks["theme"].notna(), "")
    at = layout.sample(list(themes))
    drawn, spots = remarks.iloc[at], places(view).loc[remarks.index].iloc[at]
    names = {"": page.t("themes.page.no_theme"), **view.snapshot.theme_names(page.lang)}
    return pd.DataFrame(
        {
            "remark_id": drawn["remark_id"].astype("int32"),
            "x": spots["x"].round(4),
            "y": spots["y"].round(4),
            "theme": themes.iloc[at].map(names).astype("category"),
            "area": drawn["area"].astype(object).map(view.snapshot.area_names(page.lang)).astype("category"),
        }
    )


def _framed(frame: dict[str, list[float]], dots: pd.DataFrame) -> list[int]:
    """Give the ids of the remarks whose dots lie in a frame."""
    if not frame.get("x") or not frame.get("y"):
        return []
    (left, right), (low, high) = sorted(frame["x"]), sorted(frame["y"])
    inside = dots["x"].between(left, right) & dots["y"].between(low, high)
    return list(dots.loc[inside, "remark_id"])


def _allowed(view: View) -> pd.DataFrame:
    """Leave out themes that a selection by who may not show."""
    if not view.selection.by_who:
        return view.remarks
    rows = theme_rows(view)
    return view.remarks[view.remarks["theme"].isin(rows.index[rows["shown"]])]
