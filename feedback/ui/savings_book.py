"""The look "Boek" of the savings page: estimated, agreed, realised, and what of it was saved without being felt."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection
from feedback.charts import savings_course
from feedback.felt import Compared
from feedback.i18n import MISSING, day, euro, number, percent
from feedback.savings import book, keeping, rows
from feedback.scores.grades import overall
from feedback.settings import settings
from feedback.store.tables import Assumption
from feedback.ui import url
from feedback.ui.data import Snapshot, act
from feedback.ui.filters import View
from feedback.ui.idea import IDEA
from feedback.ui.notice import did
from feedback.ui.page import Page, escape
from feedback.ui.parts import chart, downloads, tiles
from feedback.ui.savings_empty import nothing_here
from feedback.ui.savings_felt import figures_text, measured, verdict_text, whole_book
from feedback.ui.savings_lost import undo_assumption

TURN = "savings.book_turn"
TITLE_WIDTH = 300


def draw(page: Page, view: View, table: pd.DataFrame) -> None:
    """Draw the book.

    Parameters
    ----------
    page : Page
    view : View
    table : DataFrame
        The ideas under the filters, see `ui.savings.chosen`.
    """
    t, data = page.t, view.snapshot
    own = whole_book(data)
    own = own[own["idea_id"].isin(table["idea_id"])].reset_index(drop=True)
    if own.empty and len(whole_book(data)):
        nothing_here(page, view, "savings.none_here")
        return
    if own.empty:
        st.info(t("savings.book_empty"), icon=":material/menu_book:")
        return
    if view.selection != Selection():
        st.caption(t("savings.book_filters"))
    _totals(page, data, own)
    for row in own[own["verdict"] == "felt"].itertuples():
        _warning(page, data, row)
    _course(page, view, own)
    _table(page, data, own)


def _totals(page: Page, data: Snapshot, own: pd.DataFrame) -> None:
    t, lang = page.t, page.lang
    found = book.totals(own, own[["idea_id", "verdict"]])
    target = data.assumptions.get(keeping.TARGET)
    plain: dict[str, Any] = {"border": True, "delta_color": "off", "delta_arrow": "off"}
    with tiles():
        for name in ("estimated", "agreed", "realised"):
            n = getattr(found, f"n_{name}")
            st.metric(
                t(f"savings.book_{name}"), euro(getattr(found, name), lang), delta=t("savings.book_n", n=n, of=len(own)),
                help=t(f"savings.book_{name}_how"), **plain,
            )  # fmt: skip
        st.metric(
            t("savings.book_unfelt"), euro(found.unfelt, lang), help=t("savings.felt_how"),
            delta=t("savings.book_n", n=found.n_unfelt, of=found.n_realised), **plain,
        )  # fmt: skip
        share = percent(found.realised / target, lang) if target else MISSING
        of = t("savings.target_of", eur=euro(target, lang)) if target else t("savings.target_none")
        st.metric(t("savings.target_share"), share, delta=of, help=t("savings.target_how"), **plain)
    parts = {"eur_unfelt": found.unfelt, "eur_felt": found.felt, "eur_unknown": found.unknown}
    counts = {"unfelt": found.n_unfelt, "felt": found.n_felt, "unknown": found.n_unknown}
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        amounts = {name: euro(value, lang) for name, value in parts.items()}
        st.caption(t("savings.book_parts", **amounts, **counts), width="content")
        if page.user.may("coordinator"):
            _target(page, target)


def _target(page: Page, target: float | None) -> None:
    """Draw the field of the target, which is set once for the whole panel."""
    t = page.t
    with st.popover(
        t("savings.target"), type="tertiary", icon=":material/flag:", key="savings.target", on_change="rerun"
    ) as box:
        if not box.open:
            return
        st.caption(t("savings.target_why"))
        shown = "" if target is None else number(target, page.lang)
        with st.form("savings.target_form", border=False):
            typed = st.text_input(
                t("savings.target"), shown, placeholder=t("savings.eur_hint"), key="savings.target_eur"
            )
            sent = st.form_submit_button(t("savings.save"), type="primary")
        if sent and act(page, set_target, typed, target) is not None:
            did(page, t("savings.target_saved"))
            st.rerun()
        undo_assumption(page, keeping.TARGET)


def set_target(typed: str, seen: float | None, **by: Any) -> int:
    """Store the savings target as it was typed; nothing typed: there is none. See `savings.keeping.put`."""
    value = rows.amount(typed)
    new = None if value is None else {"value": value}
    return keeping.put(
        Assumption, {(keeping.TARGET,): new}, seen={(keeping.TARGET,): None if seen is None else {"value": seen}}, **by
    )


def _warning(page: Page, data: Snapshot, row: Any) -> None:
    t = page.t
    area = data.area_names(page.lang).get(row.area, "")
    told = t("savings.warning", title=escape(row.title), area=escape(area), date=day(row.taken_on, page.lang))
    with st.container(border=True, gap="xxsmall"):
        st.warning(told, icon=":material/trending_down:")
        for line in figures_text(page, row):
            st.caption(line)
        if st.button(t("savings.open"), key=f"savings.warned.{row.idea_id}", type="tertiary"):
            url.put(IDEA, str(row.idea_id))


@st.cache_resource(max_entries=16, show_spinner=False)
def _course_of(key: str, lang: str, _view: View, _own: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Any], str]:
    # The grade of everybody, whoever is chosen: the book is about the whole panel.
    course = overall(_view.snapshot.scores)
    points = savings_course.points(_own, course, lang)  # type: ignore[arg-type]
    return points, savings_course.spec(points, lang), savings_course.alt(points, lang)  # type: ignore[arg-type]


def _course(page: Page, view: View, own: pd.DataFrame) -> None:
    ids = ",".join(own["idea_id"].astype(str))
    key = f"{settings().database_url}|{view.snapshot.version}|{ids}"
    points, spec, alt = _course_of(key, page.lang, view, own)
    if points.empty:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{page.t('savings.course')}**", help=page.t("savings.course_how"))
        downloads(page, "besparingen-verloop", lambda: points, spec)
    picked = chart(page, "savings.course", spec, points, alt)
    if picked:
        url.put(IDEA, str(picked["idea_id"]))


def book_table(page: Page, data: Snapshot, own: pd.DataFrame) -> pd.DataFrame:
    """Give the book as a table for people.

    Parameters
    ----------
    page : Page
    data : Snapshot
    own : DataFrame
        Rows of `ui.savings_felt.whole_book`.

    Returns
    -------
    DataFrame
        Columns named in the reader's language.
    """
    t, lang = page.t, page.lang

    def course(name: str, write: Any) -> list[str]:
        found: list[Compared | None] = own[name].to_list()
        return [
            MISSING if not measured(one) else f"{write(one.before)} ({one.n_before}) → {write(one.after)} ({one.n_after})"
            for one in found
        ]  # fmt: skip

    return pd.DataFrame(
        {
            t("savings.title_of"): own["title"],
            t("savings.book_estimated"): own["eur"].round(),
            t("savings.book_agreed"): own["eur_agreed"].astype(float).round(),
            t("savings.book_realised"): own["eur_realised"].astype(float).round(),
            t("savings.taken_on"): own["taken_on"],
            t("savings.felt"): [verdict_text(page, row) for row in own.itertuples()],
            t("savings.book_grade"): course("grade", lambda value: number(value, lang, 1)),
            t("savings.book_tone"): course("tone", lambda value: percent(value, lang)),
            t("remarks.area"): own["area"].astype(object).map(data.area_names(lang)),
            t("savings.status"): own["status"].map(lambda status: t(f"savings.status_{status}")),
            t("savings.one_off"): own["one_off_cost"].astype(float).round(),
            t("savings.owner"): own["owner"],
        }
    )


def _table(page: Page, data: Snapshot, own: pd.DataFrame) -> None:
    t = page.t
    turn = st.session_state.get(TURN, 0)
    money = ("savings.book_estimated", "savings.book_agreed", "savings.book_realised", "savings.one_off")
    columns: dict[str, Any] = {t(name): st.column_config.NumberColumn(format="localized") for name in money}
    columns[t("savings.title_of")] = st.column_config.TextColumn(width=TITLE_WIDTH)
    columns[t("savings.taken_on")] = st.column_config.DateColumn(format="DD-MM-YYYY")
    table = book_table(page, data, own)
    event: Any = st.dataframe(
        table, key=f"savings.book.{turn}", hide_index=True, column_config=columns, on_select="rerun",
        selection_mode="single-row", alt=t("savings.view_boek"), placeholder=MISSING,
    )  # fmt: skip
    under, beside = st.columns([5, 1])
    under.caption(f"{t('savings.table_hint')} {t('savings.felt_how')}")
    with beside:
        downloads(page, "besparingsboek", lambda: table)
    if event["selection"]["rows"]:
        st.session_state[TURN] = turn + 1
        url.put(IDEA, str(own["idea_id"].iloc[event["selection"]["rows"][0]]))
