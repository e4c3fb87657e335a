"""The other looks at answers: the clock by service area and owner, why not, whether it helped, and what the panel is told."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.i18n import MISSING, day, number, percent
from feedback.replies import clock, helped
from feedback.replies.helped import ENOUGH_GRADES, Share
from feedback.scores import grades
from feedback.scores.questions import counting
from feedback.ui import url
from feedback.ui.data import Snapshot
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import downloads
from feedback.ui.replies import table_of
from feedback.ui.replies_data import has_words

MOST_PRAISE = 6
WORDS = "zoek"
WHY_NOT = ("replies.subject", "replies.reason", "replies.text", "replies.due_stays", "replies.again")

_PRINT = """<style>@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], .st-key-replies_controls,
  .st-key-replies_controls_top,
  .st-key-page_title, [data-testid="stElementToolbar"] {display: none !important}
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"], .stApp > div {
    position: static !important; height: auto !important; overflow: visible !important; background: #fff !important;
    color: #000 !important}
  .st-key-replies_said * {color: #000 !important}
  [data-testid="stMainBlockContainer"] {padding: 0 !important}
  .st-key-replies_said [data-testid="stVerticalBlock"] > div {break-inside: avoid}
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


def by_group(page: Page, data: Snapshot, table: pd.DataFrame) -> None:
    """Draw the clock of every service area and every owner.

    Parameters
    ----------
    page : Page
    data : Snapshot
    table : DataFrame
        See `clock.subjects`.
    """
    t, areas = page.t, data.area_names(page.lang)
    for by, label in (("area", t("remarks.area")), ("owner", t("replies.owner"))):
        found = clock.figures(table, by)
        if found.empty:
            st.info(t("replies.nothing_owed"))
            return
        nobody = t("replies.no_owner" if by == "owner" else "replies.no_area")
        shown = pd.DataFrame(
            {
                label: [areas.get(str(at), str(at)) or nobody for at in found.index],
                t("replies.col_owed"): found["n"],
                t("replies.col_answered"): found["answered"],
                t("replies.col_share"): (found["share"] * 100).round(),
                t("replies.col_median"): found["median"],
                t("replies.col_oldest"): found["oldest"],
                t("replies.col_late"): found["late"],
                t("replies.col_overdue"): found["overdue"],
            }
        )  # fmt: skip
        share = st.column_config.NumberColumn(format="%d%%")
        st.dataframe(
            shown, hide_index=True, column_config={t("replies.col_share"): share}, placeholder=MISSING, alt=label
        )
        downloads(page, f"antwoorden-{'dienst' if by == 'area' else 'eigenaar'}", lambda shown=shown: shown)  # type: ignore[misc]


def why_not(page: Page, data: Snapshot, table: pd.DataFrame) -> None:
    """Draw the register of what stays as it is and why; a click opens one.

    Parameters
    ----------
    page : Page
    data : Snapshot
    table : DataFrame
        See `clock.subjects`.
    """
    t = page.t
    st.caption(t("replies.why_not_lead"))
    key = url.widget_key(WORDS)
    st.session_state.setdefault(key, url.get(WORDS))
    words = st.text_input(t("replies.search"), key=key, type="search", placeholder=t("replies.search_hint"),
                          label_visibility="collapsed")  # fmt: skip
    url.put(WORDS, words)
    table = table[table["state"] == "stays"]
    table = table[has_words(table, words or "")].sort_values("due_on")
    if table.empty:
        st.info(t("replies.why_not_none"))
        return
    table_of(page, data, table, columns=WHY_NOT, name="waarom-niet", width=220, dated="replies.due_stays")


def before_after(page: Page, data: Snapshot, table: pd.DataFrame) -> None:
    """Draw, of every theme whose promise was done, how it is mentioned and graded before and after.

    Parameters
    ----------
    page : Page
    data : Snapshot
    table : DataFrame
        See `clock.subjects`.
    """
    t, lang = page.t, page.lang
    st.caption(t("replies.helped_lead"))
    done = table[(table["state"] == "done") & (table["kind"] == "theme")]
    if done.empty:
        st.info(t("replies.helped_none"))
    for row in done.to_dict("records"):
        before, after = helped.shares(data.remarks, str(row["key"]), row["due_on"])
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{escape(row[f'name_{lang}'])}**")
            kept = row["kept"] is not pd.NA and t("replies.kept" if row["kept"] else "replies.kept_late")
            told = t("replies.date_done", date=day(row["due_on"], lang))
            st.caption(escape(f"{told} · {kept}" if kept else told))
            if row["text"]:
                st.markdown(escape(row["text"]))
            left, right = st.columns(2)
            with left:
                _compared(page, t("replies.helped_share"), _share_text(page, before), _share_text(page, after),
                          helped.verdict(before, after))  # fmt: skip
            with right:
                _graded(page, data, row)


def _share_text(page: Page, share: Share) -> str:
    low, high = share.interval
    return page.t(
        "replies.helped_share_is", share=percent(share.value, page.lang), n=share.n, k=share.k,
        low=percent(low, page.lang), high=percent(high, page.lang),
    )  # fmt: skip


def _compared(page: Page, label: str, before: str, after: str, verdict: str) -> None:
    t = page.t
    st.markdown(f"**{label}**: {t(f'replies.verdict_{verdict}')}")
    told = (escape(t("replies.helped_before", figure=before)), escape(t("replies.helped_after", figure=after)))
    st.caption("  \n".join(told))


def _graded(page: Page, data: Snapshot, row: dict[Any, Any]) -> None:
    """Set the grades of the theme's service area before and after beside each other."""
    t, lang = page.t, page.lang
    scores = counting(data.scores) if len(data.scores) else data.scores.assign(recommends=False)
    scores = scores[~scores["recommends"].astype(bool)]
    scores = scores.assign(after=scores["date"] > row["due_on"])
    label = t("replies.helped_grade", area=escape(data.area_names(lang).get(row["area"], "")))
    found = grades.summary(scores[scores["area"] == row["area"]], "after").reindex([False, True])
    # Where the service was not graded on both sides, the grade for the services as a whole is what there is.
    if not (found["n"] >= ENOUGH_GRADES).all():
        label = t("replies.helped_grade_all")
        found = grades.summary(scores[scores["area"].isna()], "after").reindex([False, True])

    def text(one: pd.Series) -> str:
        if pd.isna(one["grade"]) or one["n"] < ENOUGH_GRADES:
            return t("replies.too_few", n=0 if pd.isna(one["n"]) else int(one["n"]))
        low, high = number(one["low"], lang, 1), number(one["high"], lang, 1)
        return t("replies.helped_grade_is", grade=number(one["grade"], lang, 1), n=int(one["n"]), low=low, high=high)

    before, after = found.iloc[0], found.iloc[1]
    verdict = "few"
    if min(found["n"].fillna(0)) >= ENOUGH_GRADES:
        verdict = "up" if after["low"] > before["high"] else "down" if after["high"] < before["low"] else "same"
    _compared(page, label, text(before), text(after), verdict)


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
        button = st.components.v2.component("print_page", html="<button></button>", css=_BUTTON, js=_PRINT_BUTTON)
        button(data=t("replies.print"), key="print_page", width="content", height="content")
    with st.container(key="replies_said", gap="small"):
        st.header(t("replies.said_title"), anchor=False)
        if not table["state"].isin(["done", "change", "stays", "study"]).any():
            st.info(t("replies.said_none"))
        for state in ("done", "change", "stays", "study"):
            part = table[table["state"] == state]
            if part.empty:
                continue
            st.subheader(t(f"replies.said_{state}"), anchor=False)
            for row in part.to_dict("records"):
                with st.container(gap=None):
                    people = f" ({t('people.count', n=int(row['people']))})" if row["people"] else ""
                    heard = t("replies.you_said" if row["remarks"] else "replies.an_idea")
                    st.markdown(f"**{heard}** {escape(row[f'name_{lang}'] + people)}")
                    why = t(f"replies.reason_{row['reason']}") + ": " if row["reason"] else ""
                    st.markdown(f"**{t(f'replies.we_{state}')}** {escape(why + row['text'])}")
                    st.caption(escape(t(f"replies.date_{state}", date=day(row["due_on"], lang))))
        _podium(page, view, table)


def _podium(page: Page, view: View, table: pd.DataFrame) -> None:
    t, lang = page.t, page.lang
    kept = table[table["kept"].eq(True).fillna(False).astype(bool)]
    # Praise in a person's own words: short enough to read aloud, the clearest first, one of each theme.
    said = view.snapshot.remarks
    said = said[(said["sentiment"] == "pos") & ~said["is_saving"] & said["text"].str.len().between(30, 160)]
    said = said[said["theme"].isin(table.loc[table["kind"] == "theme", "key"])]
    said = said.assign(words_n=said["sentiment_words"].map(len)).sort_values(["words_n", "remark_id"], ascending=False)
    praise = said.drop_duplicates("theme").head(MOST_PRAISE)
    if kept.empty and praise.empty:
        return
    st.subheader(t("replies.podium"), anchor=False)
    for row in kept.to_dict("records"):
        line = t("replies.podium_kept", name=row[f"name_{lang}"], date=day(row["due_on"], lang))
        st.markdown(f":material/verified: {escape(line)}")
    for text in praise["text"]:
        st.markdown(f"> {escape(text)}")
