"""The register of agreements (SLA): kept or not, how it feels beside that, and what has no agreement yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from feedback.areas.agreements import is_met
from feedback.areas.periods import period_name
from feedback.areas.smart import feeling, smart
from feedback.i18n import MISSING, Language, day, euro, number, percent
from feedback.scores.chance import wilson
from feedback.ui import url
from feedback.ui.data import Snapshot
from feedback.ui.filters import View
from feedback.ui.page import Page, escape
from feedback.ui.parts import downloads
from feedback.ui.remarks import remarks_dialog
from feedback.ui.service_agreement import NEW, OPENED, VALUES, ended, open_dialog
from feedback.ui.service_priority import HEAD
from feedback.ui.theme_rows import theme_rows

OPEN, TURN = "services.agreement", "services.agreements.turn"
MOST_THEMES = 6
# A theme of fewer people needs no agreement yet.
FEWEST_PEOPLE = 3


def amount(value: float | None, unit: str, language: Language) -> str:
    """Write a value with its unit."""
    if value is None or value != value:
        return ""
    if unit == "euro":
        return euro(value, language)
    figure = number(value, language, 0 if value == round(value) else 1)
    return figure if unit in ("", "number", "grade") else f"{figure}{UNIT_SIGNS[language][unit]}"


UNIT_SIGNS: dict[str, dict[str, str]] = {
    "nl": {"percent": "%", "hours": " uur", "minutes": " min", "workdays": " werkdagen", "days": " dagen"},
    "en": {"percent": "%", "hours": " hours", "minutes": " min", "workdays": " working days", "days": " days"},
}


def about(row: Any, remarks: pd.DataFrame) -> pd.DataFrame:
    """Give the remarks that an agreement is about: those of its themes, or of its service where it names none."""
    of_area = (remarks["area"] == row.area) | (remarks["area2"] == row.area)
    found: pd.DataFrame = remarks[remarks["theme_id"].isin(list(row.themes)) if row.themes else of_area]
    return found


@st.cache_resource(max_entries=48, show_spinner=False)
def _rows(key: str, today: dt.date, _view: View) -> pd.DataFrame:
    data, remarks = _view.snapshot, _view.remarks
    spoke = int(remarks["person"].nunique())
    told = []
    row: Any
    for row in data.agreements.itertuples():
        values = data.agreement_values[data.agreement_values["agreement_id"] == row.agreement_id]
        last = values.iloc[-1] if len(values) else None
        met = (
            None if last is None or row.norm != row.norm else bool(is_met(last["value"], row.norm, at_most=row.at_most))
        )
        found = about(row, remarks)
        bad = found[found["sentiment"] == "neg"]
        felt = feeling(wilson(len(bad), len(found)), wilson(int(bad["person"].nunique()), spoke))
        beside = "hurts" if met and felt == "hurts" else "quiet" if met is False and felt == "fine" else ""
        told.append(
            {
                "agreement_id": row.agreement_id, "last": None if last is None else float(last["value"]),
                "starts_on": None if last is None else last["starts_on"],
                "ends_on": None if last is None else last["ends_on"], "met": met, "remarks": len(found),
                "negative": len(bad), "felt": felt, "beside": beside,
                "missing": smart(row, list(values["value"]), today=today),
            }
        )  # fmt: skip
    columns = [
        "agreement_id",
        "last",
        "starts_on",
        "ends_on",
        "met",
        "remarks",
        "negative",
        "felt",
        "beside",
        "missing",
    ]
    found = pd.DataFrame(told, columns=columns)
    joined: pd.DataFrame = data.agreements.merge(found.astype({"met": object}), on="agreement_id")
    return joined


def rows(view: View) -> pd.DataFrame:
    """Give the agreements with what was measured last and how it feels.

    Parameters
    ----------
    view : View

    Returns
    -------
    DataFrame
        The columns of `areas.agreements.register`; last, starts_on, ends_on (None: not measured), met (None: unknown),
        remarks, negative (about it), felt (see `areas.smart.feeling`), beside ("hurts": kept while people are unhappy,
        "quiet": missed while nobody minds, ""), missing (see `areas.smart.smart`). Read-only.
    """
    return _rows(view.key, dt.date.today(), view)


def draw(page: Page, view: View) -> None:
    """Draw the register, and open what was asked for.

    Parameters
    ----------
    page : Page
    view : View
    """
    t, data = page.t, view.snapshot
    found, may = rows(view), page.user.may("coordinator")
    asked: int | None = None
    ended(page)
    with st.container(**HEAD):
        counts = {"kept": int((found["met"] == True).sum()), "missed": int((found["met"] == False).sum())}  # noqa: E712
        st.caption(
            t("services.sla_lead", n=len(found), rest=len(found) - sum(counts.values()), **counts), width="content"
        )
        if may:
            with st.container(horizontal=True, width="content"):
                for name, icon in (("values", "upload"), ("add", "add")):
                    if name == "add" or len(found):
                        st.button(
                            t(f"services.sla_{name}"), key=f"services.sla_{name}", icon=f":material/{icon}:",
                            type="primary" if name == "add" else "tertiary",
                            on_click=url.set_value, args=(OPENED, VALUES if name == "values" else NEW),
                        )  # fmt: skip
    if found.empty:
        st.info(t("services.sla_none"), icon=":material/handshake:")
    elif not view.selection.by_who:
        for beside in ("hurts", "quiet"):
            asked = _beside(page, found[found["beside"] == beside], beside) or asked
    if len(found):
        with st.container(border=True, gap="xsmall"):
            with st.container(**HEAD):
                st.markdown(f"**{t('services.sla')}**", help=t("services.sla_help"))
                downloads(page, "afspraken", lambda: listing(page, data, found, felt=not view.selection.by_who))
            opened = _table(page, data, found, felt=not view.selection.by_who)
            if opened is not None:
                url.put(OPENED, str(opened))
    if not view.selection.by_who:
        _without(page, view, may)
    if asked is not None:
        row: Any = next(found[found["agreement_id"] == asked].itertuples())
        remarks = about(row, view.remarks).sort_values("sentiment", key=lambda tones: tones.astype("str") != "neg")
        remarks_dialog(page, data, remarks, row.text[:120], "services.sla_behind")
    elif url.get(OPENED):
        open_dialog(page, data, url.get(OPENED))


def _beside(page: Page, found: pd.DataFrame, name: str) -> int | None:
    """Draw the agreements whose figure and whose feeling differ; give the one whose remarks were asked for."""
    if found.empty:
        return None
    t, lang, asked = page.t, page.lang, None
    with st.container(border=True, gap="xxsmall"):
        st.markdown(f"**{t(f'services.sla_{name}')}**", help=t(f"services.sla_{name}_help"))
        row: Any
        for row in found.itertuples():
            share = percent(row.negative / row.remarks, lang) if row.remarks else MISSING
            told = t(
                "services.sla_beside",
                last=amount(row.last, row.unit, lang),
                norm=_norm(page, row),
                share=share,
                n=row.remarks,
            )
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{escape(row.text)}  \n:small[{escape(told)}]", width="stretch")
                if st.button(t("services.sla_read"), key=f"services.sla_read.{row.agreement_id}", type="tertiary"):
                    asked = int(row.agreement_id)
    return asked


def _norm(page: Page, row: Any) -> str:
    if row.norm != row.norm:
        return MISSING
    key = "services.sla_most" if row.at_most else "services.sla_least"
    return page.t(key, norm=amount(row.norm, row.unit, page.lang))


def listing(page: Page, data: Snapshot, found: pd.DataFrame, *, felt: bool) -> pd.DataFrame:
    """Give the register as a table for people.

    Parameters
    ----------
    page : Page
    data : Snapshot
    found : DataFrame
        See `rows`.
    felt : bool
        Whether to tell how it feels: of a selection by who it would tell on single people.

    Returns
    -------
    DataFrame
        Columns named in the reader's language.
    """
    t, lang, names = page.t, page.lang, data.area_names(page.lang)
    told = []
    row: Any
    for row in found.itertuples():
        period = period_name(row.starts_on, row.ends_on, lang) if row.starts_on else ""
        state = {None: "unknown", True: "kept", False: "missed"}[row.met]
        line = {
            t("remarks.area"): names.get(row.area, ""),
            t("services.sla_text"): row.text,
            t("services.sla_met"): t(f"services.sla_{state}"),
        }
        if felt:
            line[t("services.sla_felt")] = t(f"services.felt_{row.felt}")
        letters = dict.fromkeys(t(f"services.smart_{one.letter}") for one in row.missing)
        line[t("services.sla_smart")] = ", ".join(letters) or t("services.smart_whole")
        line[t("services.sla_last")] = f"{amount(row.last, row.unit, lang)} ({period})" if period else MISSING
        line[t("services.sla_norm")] = _norm(page, row)
        line[t("services.owner")] = row.owner
        line[t("services.sla_review")] = day(row.review_on, lang, short=True) if pd.notna(row.review_on) else MISSING
        told.append(line)
    return pd.DataFrame(told)


def _table(page: Page, data: Snapshot, found: pd.DataFrame, *, felt: bool) -> int | None:
    """Draw the register; give the agreement whose row was just clicked."""
    turn = st.session_state.get(TURN, 0)
    t, text = page.t, st.column_config.TextColumn
    # Who owns it and when it is looked at again stand in the agreement itself, and in the download.
    table = listing(page, data, found, felt=felt).drop(columns=[t("services.owner"), t("services.sla_review")])
    event: Any = st.dataframe(
        table, column_config={t("services.sla_text"): text(width=300)}, hide_index=True, width="stretch",
        height="content", key=f"{OPEN}.{turn}", on_select="rerun", selection_mode="single-row", placeholder=MISSING,
    )  # fmt: skip
    picked = event["selection"]["rows"] if event else []
    if not picked or picked[0] >= len(found):
        return None
    st.session_state[TURN] = turn + 1
    return int(found["agreement_id"].iloc[picked[0]])


def _without(page: Page, view: View, may: bool) -> None:
    """Draw the themes that no agreement is about, the largest first."""
    t, data = page.t, view.snapshot
    covered = {theme for themes in data.agreements["themes"] for theme in themes}
    table = theme_rows(view)
    table = table[table["status"].isin(["proposed", "confirmed"]) & table["shown"] & (table["people"] >= FEWEST_PEOPLE)]
    table = table[~table["theme_id"].isin(covered)].sort_values(["people", "remarks"], ascending=False)
    if table.empty:
        return
    names = data.theme_names(page.lang)
    with st.container(border=True, gap="xxsmall"):
        with st.container(**HEAD):
            st.markdown(f"**{t('services.sla_without', n=len(table))}**", help=t("services.sla_without_help"))
            downloads(page, "themas-zonder-afspraak", lambda: _without_list(page, table, names))
        for theme, row in table.head(MOST_THEMES).iterrows():
            with st.container(horizontal=True, vertical_alignment="center"):
                told = f"{t('people.count', n=int(row['people']))} · {t('remarks.count', n=int(row['remarks']))}"
                st.markdown(f"{escape(names[str(theme)])} · {told}", width="stretch")
                if may:
                    st.button(
                        t("services.sla_make"), key=f"services.sla_make.{theme}", type="tertiary",
                        on_click=url.set_value, args=(OPENED, f"{NEW}-{theme}"),
                    )  # fmt: skip


def _without_list(page: Page, table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    told = table[["people", "remarks"]].reset_index(names="theme")
    told["theme"] = told["theme"].map(names)
    return told.rename(columns={name: page.t(f"columns.{name}") for name in told})
