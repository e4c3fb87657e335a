"""Whether it helped: of every promise that was done, how its subject is mentioned and graded before and after."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback import felt
from feedback.i18n import day, number, percent
from feedback.replies import helped
from feedback.replies.helped import ENOUGH_GRADES, Share
from feedback.replies.states import Subject
from feedback.scores.questions import counting
from feedback.settings import settings
from feedback.ui import url
from feedback.ui.data import Snapshot
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.replies import ANSWER, nothing, reopened
from feedback.ui.replies_data import as_text
from feedback.ui.replies_votes import panel_vote


def before_after(page: Page, view: View, table: pd.DataFrame) -> None:
    """Draw, of every theme whose promise was done, how it is mentioned and graded before and after.

    Parameters
    ----------
    page : Page
    view : View
    table : DataFrame
        See `clock.subjects`.
    """
    t, lang, data = page.t, page.lang, view.snapshot
    st.caption(t("replies.helped_lead"))
    done = table[table["done_on"].notna()]
    if done.empty:
        nothing(page, view, "replies.helped_none", state="done")
    for row in done.to_dict("records"):
        with st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{escape(row[f'name_{lang}'])}**", width="content")
                if reopened(row):
                    subject = as_text(Subject(row["kind"], int(row["id"])))
                    st.badge(t("replies.reopened"), color="red")
                    st.button(t("replies.answer"), key=f"helped.{subject}", type="tertiary", icon=":material/reply:",
                              on_click=url.put, args=(ANSWER, subject))  # fmt: skip
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.caption(t("replies.date_done", date=day(row["done_on"], lang)), width="content")
                if pd.notna(row["kept"]):
                    late = not row["kept"]
                    st.badge(t("replies.kept_late" if late else "replies.kept"), color="orange" if late else "green")
            if row["text"]:
                st.markdown(escape(row["text"]))
            # An idea is not counted by its remarks: they say how to spend less, not what goes wrong.
            boxes = iter(st.columns(3 if row["kind"] == "theme" else 2))
            if row["kind"] == "theme":
                with next(boxes):
                    _mentioned(page, data, row)
            with next(boxes):
                _graded(page, data, row)
            with next(boxes):
                panel_vote(page, data, row)


def _mentioned(page: Page, data: Snapshot, row: dict[Any, Any]) -> None:
    before, after = _shares(_key(data, row), data, str(row["key"]), row["done_on"])
    told = _share_text(page, before), _share_text(page, after)
    _compared(page, page.t("replies.helped_share"), *told, helped.verdict(before, after))


def _key(data: Snapshot, row: dict[Any, Any]) -> str:
    return f"{settings().database_url}|{data.version}|{row['kind']}-{row['id']}"


@st.cache_resource(max_entries=128, show_spinner=False)
def _shares(key: str, _data: Snapshot, theme: str, done_on: pd.Timestamp) -> tuple[Share, Share]:
    return helped.shares(_data.remarks, theme, done_on)


@st.cache_resource(max_entries=128, show_spinner=False)
def _grades(key: str, _data: Snapshot, area: str | None, done_on: pd.Timestamp) -> tuple[bool, pd.DataFrame, str]:
    """Give the grades until a day and after it with their kind of session, and whether they are of the service itself.

    Where the service was not graded on both sides, the grade for the services as a whole is what there is.
    """
    scores, first_day = counting(_data.scores), done_on + pd.Timedelta(days=1)
    found, kind = felt.sides(scores[scores["area"] == area], first_day)
    if (found["n"] >= ENOUGH_GRADES).all():
        return True, found, kind
    return False, *felt.sides(scores[scores["area"].isna()], first_day)


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
    own, found, kind = _grades(_key(data, row), data, row["area"], row["done_on"])
    name = escape(data.area_names(lang).get(row["area"], ""))
    label = t("replies.helped_grade", area=name) if own else t("replies.helped_grade_all")
    label += f" ({t(f'kind.{kind}').lower()})" if kind else ""

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
