"""What the panel is told: what it said, what was done with it, and the podium; without names, to be printed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from feedback.i18n import day
from feedback.settings import settings
from feedback.ui import url
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.replies import nothing, reopened
from feedback.ui.replies_data import nameless
from feedback.ui.theme_rows import is_well_placed

TOLD = ("done", "change", "stays", "study", "reopened")
MOST_PRAISE = 6

# On paper: a sheet with margins and black letters, whatever the screen looks like; nothing that a pen could not reach.
_PRINT = """<style>
.st-key-replies_said {max-width: 48rem}
.st-key-replies_said blockquote {opacity: 1; margin: 0}
@media print {
  @page {size: A4; margin: 18mm 20mm}
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], .st-key-replies_controls,
  .st-key-replies_controls_top, .st-key-page_title, [data-testid="stElementToolbar"] {display: none !important}
  :has(> .st-key-replies_controls), :has(> .st-key-replies_controls_top), :has(> .st-key-page_title) {display: none !important}
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"], .stApp > div {
    position: static !important; height: auto !important; overflow: visible !important; background: #fff !important;
    color: #000 !important; color-scheme: light}
  .st-key-replies_said * {color: #000 !important}
  [data-testid="stMainBlockContainer"] {padding: 0 !important; max-width: none}
  [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] {gap: 0 !important}
  .st-key-replies_said {display: block !important; max-width: none}
  .st-key-replies_said [class*="st-key-told_"] {display: block !important; break-inside: avoid; margin-bottom: 4mm}
  .st-key-replies_said .st-key-told_podium {break-inside: auto}
  .st-key-replies_said h2 {font-size: 22pt; padding: 0}
  .st-key-replies_said h3 {font-size: 14pt; padding: 4mm 0 2mm; break-after: avoid}
  .st-key-replies_said [data-testid="stHeading"] {margin: 0 0 2mm !important}
  .st-key-replies_said p {font-size: 11pt; line-height: 1.4}
  .st-key-replies_said blockquote {break-inside: avoid; margin-bottom: 3mm}
  .st-key-replies_said [data-testid="stCaptionContainer"] {opacity: 1}
  .st-key-replies_said [data-testid="stCaptionContainer"] * {font-size: 9.5pt; color: #444 !important; opacity: 1}
}</style>"""
_PRINT_BUTTON = """
export default function({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  button.textContent = data;
  button.onclick = () => window.print();
}
"""
_BUTTON = """
button {font: inherit; font-size: .875rem; padding: .25rem .75rem; border-radius: .5rem; cursor: pointer;
  color: var(--st-text-color); background: var(--st-background-color); border: 1px solid var(--st-border-color)}
button:hover, button:focus-visible {border-color: var(--st-primary-color); color: var(--st-primary-color)}
"""


def said_and_did(page: Page, view: View, table: pd.DataFrame) -> None:
    """Draw what the panel is told: what it said, what was done with it, and the podium; without names, to be printed.

    Parameters
    ----------
    page : Page
    view : View
    table : DataFrame
        See `clock.subjects`.
    """
    t, lang = page.t, page.lang
    st.html(_PRINT)
    with st.container(key="replies_controls", horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(t("replies.said_lead"), width="stretch")
        url.link("pages/present.py", t("replies.minute"), help=t("replies.minute_help"), beeld="minuut")
        button = st.components.v2.component("print_page", html="<button></button>", css=_BUTTON, js=_PRINT_BUTTON)
        button(data=t("replies.print"), key="print_page", width="content", height="content")
    told = table.assign(told=table["state"].mask(table.apply(reopened, axis=1), "reopened") if len(table) else None)
    told = told[told["told"].isin(TOLD)]
    with st.container(key="replies_said", gap="small"):
        if told.empty:
            nothing(page, view, "replies.said_none", state=TOLD)
            return
        st.header(t("replies.said_title"), anchor=False)
        st.caption(t("replies.said_date", date=day(dt.date.today(), lang)))
        for state in TOLD:
            part = told[told["told"] == state]
            for at, row in enumerate(part.to_dict("records")):
                # The heading stays with the first answer under it, also where a page of paper ends.
                with st.container(gap="xxsmall", key=f"told_{state}_{at}"):
                    if at == 0:
                        st.subheader(t(f"replies.said_{state}"), anchor=False)
                    _item(page, row, state)
        _podium(page, view, told)


def _item(page: Page, row: dict[Any, Any], state: str) -> None:
    """Draw what was said and what became of it."""
    t, lang = page.t, page.lang
    # One or two people are somebody that the panel knows: their number stands nowhere on what is handed out.
    enough = row["people"] >= settings().group_threshold
    people = f" ({t('people.count', n=int(row['people']))})" if enough else ""
    heard = t("replies.you_said" if row["remarks"] else "replies.an_idea")
    lines = [f"**{heard}** {escape(row[f'name_{lang}'] + people)}"]
    if row["text"]:
        lines.append(f"**{t(f'replies.we_{state}')}** {escape(row['text'])}")
    st.markdown("  \n".join(lines))
    on = row["reopened_on"] if state == "reopened" else row["due_on"]
    facts = [t("replies.reason_is", reason=t(f"replies.reason_{row['reason']}"))] if row["reason"] else []
    facts.append(t(f"replies.{'reopened_told' if state == 'reopened' else f'date_{state}'}", date=day(on, lang)))
    facts += [t("replies.overdue")] if row["overdue"] else []
    st.caption(escape(" · ".join(facts)))


def _podium(page: Page, view: View, table: pd.DataFrame) -> None:
    t, lang = page.t, page.lang
    kept = table[(table["told"] == "done") & table["kept"].eq(True).fillna(False).astype(bool)]
    praise = _praise(view.key, view, table)
    if kept.empty and praise.empty:
        return
    with st.container(key="told_podium", gap="small"):
        st.subheader(t("replies.podium"), anchor=False)
        for row in kept.to_dict("records"):
            line = t("replies.podium_kept", name=row[f"name_{lang}"], date=day(row["due_on"], lang))
            st.markdown(f":material/verified: {escape(line)}")
        names = view.snapshot.theme_names(lang)
        for text, theme in zip(praise["text"], praise["theme"].astype("str"), strict=True):
            st.markdown(f"> “{escape(text)}”  \n> *{escape(names[theme])}*")


@st.cache_resource(max_entries=16, show_spinner=False)
def _praise(key: str, _view: View, _table: pd.DataFrame) -> pd.DataFrame:
    """Choose praise in people's own words: short enough to read aloud, the clearest first, one of each theme that was answered."""
    themes = _table.loc[(_table["kind"] == "theme") & (_table["people"] >= settings().group_threshold), "key"]
    said = _view.snapshot.remarks
    said = said[(said["sentiment"] == "pos") & ~said["is_saving"] & said["theme"].isin(themes) & is_well_placed(said)]
    said = nameless(_view.snapshot, said[said["text"].str.len().between(30, 160)])
    said = said.assign(words_n=said["sentiment_words"].map(len)).sort_values(["words_n", "remark_id"], ascending=False)
    return said.drop_duplicates("theme").head(MOST_PRAISE)
