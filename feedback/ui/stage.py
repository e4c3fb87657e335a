"""The stage: themes for a room that looks at a beamer, without the app around them and without names."""

from __future__ import annotations

import datetime as dt
import textwrap
from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection
from feedback.ui import url
from feedback.ui.data import Snapshot, version
from feedback.ui.filters import View, chosen_filters
from feedback.ui.page import Page, escape

# The room sees a change within 3 s: this wait, a question to the database, and a run of the page.
POLL = "2s"
# Filters by who of other pages, with the name that the reader knows them by.
WHO = {"organisatie": "organisation", "niveau": "level"}
# Shorter says too little to a room, longer is not read from the back.
QUOTES, QUOTE_WIDTH, TOO_SHORT = 3, 200, 40
TILES = 12

# At 8 m one reads letters of 32 mm (8,000 / 250): on a screen 2 m wide a font of 2.3 % of its width, or more.
_BARE = """
<style>
[data-testid="stHeader"], [data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"],
.st-key-remove_example, .st-key-stage_keys {display: none}
[data-testid="stMainBlockContainer"] {max-width: none; padding: 3vh 3vw 0}
.st-key-example_mark {position: absolute; right: 0; top: 0; width: auto}
.st-key-stage {min-height: calc(97vh - 7.5rem); justify-content: center}
.st-key-stage_chosen {position: absolute; left: 3vw; width: auto; top: 0; z-index: 1}
.st-key-stage h1 {font-size: clamp(2rem, min(5.6vw, 10vh), 9rem); line-height: 1.1; padding: 0}
.st-key-stage_facts p {font-size: clamp(1.15rem, min(2.4vw, 4.4vh), 4rem)}
.st-key-stage_told p {font-size: clamp(1.15rem, min(2.2vw, 4vh), 3.6rem); line-height: 1.25}
.st-key-stage_told {border-radius: .5rem; padding: .5rem 1rem; background: color-mix(in srgb, currentColor 8%, transparent)}
.st-key-stage_quotes p {font-size: clamp(1.25rem, min(2.9vw, 5.2vh), 5rem); line-height: 1.3}
.st-key-stage_quotes blockquote {border-left-width: .3rem; opacity: 1; margin: 0; padding: 0 0 0 1.5rem}
.st-key-stage_wall button {padding: 1rem 1.25rem}
.st-key-stage_wall button :is(div, span, p) {width: 100%; text-align: left}
.st-key-stage_wall button p {
  font-size: clamp(1.1rem, min(2.3vw, 4.2vh), 3.5rem); line-height: 1.15; white-space: normal}
@media (min-width: 900px) {.st-key-stage_wall button {min-height: 25vh}}
@media (max-width: 640px) {
  .st-key-stage {min-height: calc(97vh - 11rem)}
  .st-key-stage_chosen {position: static}
  :has(> .st-key-stage_bar) {position: sticky; bottom: 0; background: Canvas; z-index: 1}
  .st-key-stage_bar {gap: .4rem; padding-block: .5rem}
  .st-key-stage_bar button {padding: .2rem .55rem}
  .st-key-stage_bar kbd {display: none}
}
</style>
"""

_FULL_SCREEN = """
export default function({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data;
  button.onclick = () => document.fullscreenElement
    ? document.exitFullscreen() : document.documentElement.requestFullscreen();
}
"""
_BUTTON = """
button {font: inherit; font-size: .875rem; color: inherit; background: none; white-space: nowrap;
  cursor: pointer; border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  padding: .25rem .75rem; min-height: 2.5rem}
"""


def bare() -> None:
    """Take the frame of the app away."""
    st.html(_BARE)


def selection(data: Snapshot) -> Selection:
    """Give what the address asks of the stage: sessions, services, days and words, of the whole panel.

    A room sees no part of the panel by who it is: a choice of organisation or level that comes along does not count; `chosen` says so.
    """
    sessions = data.sessions["session_id"].astype(str)
    return Selection(
        sessions=tuple(int(key) for key in url.get_list("sessie") if key in set(sessions)),
        areas=tuple(key for key in url.get_list("dienst") if key in set(data.areas["area"])),
        since=_day("van"), until=_day("tot"), search=url.get("q").strip(),
    )  # fmt: skip


def _day(key: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(url.get(key))
    except ValueError:
        return None


def chosen(page: Page, view: View) -> None:
    """Say what part of the panel is on the screen, and which filters of other pages do not count here."""
    t, who = page.t, [key for key in WHO if url.get(key)]
    if view.selection == Selection() and not who:
        return
    with st.container(key="stage_chosen", horizontal=True, vertical_alignment="center", gap="small"):
        lines = []
        if view.selection != Selection():
            lines.append(t("present.chosen", filters=chosen_filters(page, view)))
        if who:
            lines.append(t("present.no_who", filters=" + ".join(t(f"filters.{WHO[key]}").lower() for key in who)))
        st.caption(escape(" ".join(lines)), width="content")
        st.button(t("filters.clear"), key="stage.clear", type="tertiary", on_click=url.clear, args=(url.FILTERS,))


def full_screen(page: Page) -> None:
    """Draw a button that fills the screen; only a click in the browser may do that."""
    button = st.components.v2.component("full_screen", html="<button></button>", css=_BUTTON, js=_FULL_SCREEN)
    button(data=page.t("present.full_screen"), key="full_screen", width="content", height="content")


@st.fragment(run_every=POLL)
def follow(shown: str) -> None:
    """Draw the page again as soon as anybody changed anything.

    Parameters
    ----------
    shown : str
        The version of the data on the screen.
    """
    if version() != shown:
        st.rerun()


def themes_on_stage(view: View, lang: str) -> pd.DataFrame:
    """Give the themes that are talked about, the ones with most people first.

    Parameters
    ----------
    view : View
        The whole panel, or sessions of it; never chosen by who.
    lang : str

    Returns
    -------
    DataFrame
        theme (key), name, area (key), status, people, remarks. Parked themes are left out. Read-only.
    """
    return _themes(f"{view.key}|{lang}", view, lang)


@st.cache_resource(max_entries=16, show_spinner=False)
def _themes(key: str, _view: View, lang: str) -> pd.DataFrame:
    by_theme = _view.remarks.groupby("theme", observed=True)
    size = by_theme.agg(people=("person", "nunique"), remarks=("remark_id", "size"))
    known = _view.snapshot.themes[["theme", f"name_{lang}", "area", "status"]]
    table = known.rename(columns={f"name_{lang}": "name"}).merge(
        size.reset_index().astype({"theme": "str"}), on="theme"
    )
    order = table[table["status"] != "parked"].sort_values(
        ["people", "remarks", "name"], ascending=[False, False, True]
    )
    return order.reset_index(drop=True)


def quotes(view: View, theme: str) -> list[str]:
    """Choose what people said about a theme: what fits it best, one from each person, not too long to read.

    Parameters
    ----------
    view : View
    theme : str
        Key.

    Returns
    -------
    list of str
    """
    return _quotes(view.key, view, theme)


@st.cache_resource(max_entries=256, show_spinner=False)
def _quotes(key: str, _view: View, theme: str) -> list[str]:
    remarks = _view.remarks[_view.remarks["theme"] == theme]
    length = remarks["text"].str.len()
    order = remarks.assign(awkward=~length.between(TOO_SHORT, QUOTE_WIDTH))
    order = order.sort_values(["awkward", "strength", "remark_id"], ascending=[True, False, True])
    said = order["person"].astype(object)
    # Nobody knows whether two unknown people are one: each of their remarks may stand.
    order = order[said.isna() | ~said.duplicated()]
    return [textwrap.shorten(text, QUOTE_WIDTH, placeholder="…") for text in order["text"][:QUOTES]]


def facts(page: Page, theme: Any) -> str:
    """Write how much stands behind a theme: people, or remarks where nobody knows who spoke.

    Parameters
    ----------
    page : Page
    theme : namedtuple
        A row of `themes_on_stage`.

    Returns
    -------
    str
    """
    if theme.people:
        return page.t("people.count", n=int(theme.people))
    return page.t("remarks.count", n=int(theme.remarks))


def all_facts(page: Page, data: Snapshot, theme: Any) -> str:
    """Write what stands behind a theme, its service, and whether it is a proposal still.

    Parameters
    ----------
    page : Page
    data : Snapshot
    theme : namedtuple
        A row of `themes_on_stage`.

    Returns
    -------
    str
    """
    parts = [facts(page, theme)] if theme.people else []
    parts += [page.t("remarks.count", n=int(theme.remarks)), data.area_names(page.lang).get(theme.area, "")]
    if theme.status != "confirmed":
        parts.append(page.t("present.proposal"))
    return escape(" · ".join(part for part in parts if part))
