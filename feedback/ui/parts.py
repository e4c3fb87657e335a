"""Shared parts: a chart whose marks can be clicked, and the downloads under charts and tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from feedback.charts import palette
from feedback.i18n import catalogue
from feedback.reports import pictures, tables
from feedback.ui import url
from feedback.ui.page import Page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def tiles() -> DeltaGenerator:
    """Give the row of figures on top of a page: side by side, on a telephone two a row and small."""
    return st.container(horizontal=True, gap="small", key="tiles")


def readable(page: Page, table: pd.DataFrame) -> pd.DataFrame:
    """Give the data of a chart as a table for people: columns named in the reader's language, keys and places on the screen left out.

    Parameters
    ----------
    page : Page
    table : DataFrame
        What a chart draws.

    Returns
    -------
    DataFrame
        The columns for which the catalogues have a name (`columns.*`); where a key has its name beside it, the name only.
    """
    known = catalogue(page.lang)
    names = {
        name: page.t(f"columns.{name}")
        for name in table.columns
        if f"columns.{name}" in known and f"{name}_name" not in table.columns
    }
    return table[list(names)].rename(columns=names)


def downloads(
    page: Page,
    key: str,
    table: Callable[[], pd.DataFrame],
    spec: dict[str, Any] | None = None,
    *,
    label: str = "",
    name: str = "",
) -> None:
    """Draw one small menu with the downloads of a table or chart; files are made when somebody asks for them.

    Parameters
    ----------
    page : Page
    key : str
        Unique on the page; also the name of the file.
    table : callable
        Gives the table as it may leave: names in the reader's language, small groups hidden. With a `spec`: the data it draws.
    spec : dict, optional
        The Vega-Lite spec of a chart of the same table, for PNG and SVG.
    label : str
        Of the menu, where "Download" does not say what of.
    name : str
        Of the file, where that is another than the key.
    """

    def rows() -> pd.DataFrame:
        return table() if spec is None else readable(page, table())

    t, file = page.t, name or key
    with st.popover(
        label or t("parts.download"),
        type="tertiary",
        icon=":material/download:",
        key=f"{key}.download",
        on_change="rerun",
    ) as box:
        if not box.open:
            return
        common: dict[str, Any] = {"on_click": "ignore", "width": "stretch"}
        st.download_button("CSV", lambda: tables.as_csv(rows()), f"{file}.csv", "text/csv", key=f"{key}.csv", **common)
        st.download_button("Excel", lambda: tables.as_xlsx(rows()), f"{file}.xlsx", XLSX, key=f"{key}.xlsx", **common)
        if spec is not None:
            st.download_button(
                "PNG",
                lambda: pictures.as_png(palette.on_paper(spec), table()),
                f"{file}.png",
                "image/png",
                key=f"{key}.png",
                **common,
            )
            st.download_button(
                "SVG",
                lambda: pictures.as_svg(palette.on_paper(spec), table()),
                f"{file}.svg",
                "image/svg+xml",
                key=f"{key}.svg",
                **common,
            )


def chart(page: Page, key: str, spec: dict[str, Any], data: pd.DataFrame, alt: str) -> dict[str, Any] | None:
    """Draw a chart; give the mark that was just clicked.

    Parameters
    ----------
    page : Page
    key : str
        Unique on the page.
    spec : dict
        Vega-Lite without data; marks are clickable when it has a point selection named `pick`.
    data : DataFrame
    alt : str
        What the chart shows, in words, for who cannot see it.

    Returns
    -------
    dict or None
        The fields of the mark that was clicked, once: the selection is cleared at once, so that a list closed stays closed.
    """
    turn_key = f"{key}.turn"
    turn = st.session_state.get(turn_key, 0)
    clickable = any(param.get("name") == "pick" for param in spec.get("params", ()))
    widget = f"{key}.{turn}"
    if not clickable:
        st.vega_lite_chart(data, spec, key=widget, alt=alt, width="stretch")
        return None
    event: Any = st.vega_lite_chart(
        data, spec, key=widget, alt=alt, width="stretch", on_select="rerun", selection_mode="pick"
    )
    picked = event["selection"].get("pick") if event else None
    if not picked:
        return None
    st.session_state[turn_key] = turn + 1
    mark = picked[0] if isinstance(picked, list) else picked
    return dict(mark)


def one_of(page: Page, key: str, options: tuple[str, ...], label: str) -> str:
    """Let the reader choose one way to look at a page; in the address.

    Parameters
    ----------
    page : Page
    key : str
        Of the address; the first option is not written there.
    options : tuple of str
    label : str
        Key of the text over it; `label_option` is that of an option.

    Returns
    -------
    str
    """
    name = url.widget_key(key)
    if st.session_state.get(name) not in options:
        st.session_state[name] = url.get(key) if url.get(key) in options else options[0]
    chosen = str(
        st.segmented_control(page.t(label), options, key=name, required=True, label_visibility="collapsed",
                             format_func=lambda option: page.t(f"{label}_{option}"))
    )  # fmt: skip
    url.put(key, "" if chosen == options[0] else chosen)
    return chosen


def show_all(key: str) -> None:
    """Show what stands behind a click as well, from now on; for a callback.

    Parameters
    ----------
    key : str
        Of the session's state.
    """
    st.session_state[key] = True


def people_text(page: Page, people: int, remarks: int) -> str:
    """Say how many people are behind remarks; where none of them said who they are that is unknown, not nobody.

    Parameters
    ----------
    page : Page
    people : int
        Different people who are known.
    remarks : int

    Returns
    -------
    str
    """
    return page.t("people.unknown") if remarks and not people else page.t("people.count", n=people)
