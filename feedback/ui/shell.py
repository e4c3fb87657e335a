"""What surrounds every page: icon, language, title, the mark of the example panel."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from feedback.i18n import LANGUAGES
from feedback.settings import ROOT
from feedback.store import example
from feedback.ui import url
from feedback.ui.data import act, snapshot
from feedback.ui.page import ENTRY, Page, current_user, language
from feedback.ui.url import LANGUAGE

ICON = ROOT / "static" / "favicon.png"

# One accent cannot carry white letters and stand out on a dark page as well: on dark, main buttons get dark letters.
_DARK_BUTTONS = (
    "<style>[data-testid^='stBaseButton-primary'], [data-testid='stMultiSelect'] [data-tag] { color: #0e131a; }</style>"
)
# Streamlit hangs its buttons for a chart above its right corner, over our downloads; under the chart nothing is in the way.
# On a telephone the figures of a page would fill the first screen.
_LOOK = """<style>
[data-testid="stFullScreenFrame"]:has([data-testid="stVegaLiteChart"]) [data-testid="stElementToolbar"] {
  top: auto; bottom: 0; height: auto}
.st-key-tiles [data-testid="stMetric"] > div {padding-inline: .75rem}
.st-key-themes_list [data-testid="stBaseButton-tertiary"] * {justify-content: flex-start; text-align: left}
@media (min-width: 641px) {
  .st-key-themes_list [data-testid="stHorizontalBlock"] {flex-wrap: nowrap}
  .st-key-themes_list [data-testid="stHorizontalBlock"] > [data-testid="stElementContainer"] {min-width: 0}
  .st-key-themes_list [data-testid="stElementContainer"]:has(> [data-testid="stHtml"]) {flex: 1 1 0}
  .st-key-themes_list [data-testid="stElementContainer"]:has(> [data-testid="stButtonGroup"]) {max-width: calc(100% - 9rem)}
}
@media (max-width: 640px) {
  .st-key-page_title {gap: .25rem}
  .st-key-page_title h1 {padding: 0}
  .st-key-example_mark {flex-wrap: nowrap; justify-content: space-between; width: 100%}
  .st-key-tiles {display: grid; grid-template-columns: 1fr 1fr; gap: .5rem}
  .st-key-tiles > div {width: auto; min-width: 0}
  .st-key-tiles [data-testid="stMetric"] > div {padding: .3rem .6rem}
  .st-key-tiles [data-testid="stMetricValue"] {font-size: 1.2rem; line-height: 1.3}
}
</style>"""
# Streamlit writes lang="en" into its page; a screen reader would read Dutch with an English voice (WCAG 3.1.1).
_SET_LANGUAGE = """
export default function({ data }) { document.documentElement.lang = data; }
"""


def configure() -> None:
    """Set icon and width; before navigation, or the browser asks Google's fonts for an icon."""
    st.set_page_config(page_title="Klantpanel", page_icon=Path(ICON), layout="wide", initial_sidebar_state="auto")


def enter() -> Page:
    """Mark that the entry ran, and give the reader's language and rights."""
    st.session_state[ENTRY] = True
    url.arrive()
    if url.get(LANGUAGE) in LANGUAGES and url.widget_key(LANGUAGE) not in st.session_state:
        st.session_state[LANGUAGE] = url.get(LANGUAGE)
    return Page(key="shell", lang=language(), user=current_user())


def dress(page: Page, here: StreamlitPage) -> None:
    """Give the tab its title, and draw what stands on every page.

    Parameters
    ----------
    page : Page
    here : StreamlitPage
        The page that is about to run.
    """
    st.set_page_config(page_title=f"{here.title} · Klantpanel")
    key = url.widget_key(LANGUAGE)
    st.session_state.setdefault(key, page.lang)
    with st.sidebar.container(key="language"):
        st.segmented_control(
            page.t("page.language"), LANGUAGES, key=key, required=True, on_change=_choose_language,
            format_func=lambda lang: {"nl": "Nederlands", "en": "English"}[lang], label_visibility="collapsed",
        )  # fmt: skip
    url.put(LANGUAGE, page.lang)
    st.html(_LOOK)
    if st.context.theme.type == "dark":
        st.html(_DARK_BUTTONS)
    st.components.v2.component("page_language", js=_SET_LANGUAGE)(data=page.lang, key="page_language", height=0)


def _choose_language() -> None:
    st.session_state[LANGUAGE] = st.session_state[url.widget_key(LANGUAGE)]
    url.put(LANGUAGE, st.session_state[LANGUAGE])


def title(page: Page, text: str) -> None:
    """Draw a page's title, and beside it the mark of the example panel while that is loaded.

    Parameters
    ----------
    page : Page
    text : str
    """
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="page_title"
    ):
        st.title(text, width="content", anchor=False)
        if snapshot().has_example:
            example_mark(page)


def example_mark(page: Page) -> None:
    """Draw the mark of the example panel, with the click that takes it away."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key="example_mark"):
        st.badge(page.t("page.example"), color="orange", help=page.t("page.example_help"))
        may = page.user.may("coordinator")
        pressed = may and st.button(page.t("page.remove_example"), type="tertiary", key="remove_example")
        if pressed and act(page, example.remove) is not None:
            st.rerun()
