"""The agreements (SLA) as pages show them: kept or not, how that feels, and each as a row for people."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from feedback.areas.agreements import is_met
from feedback.areas.periods import period_name
from feedback.areas.smart import feeling, smart
from feedback.i18n import MISSING, Language, day, euro, number
from feedback.scores.chance import wilson
from feedback.ui.data import Snapshot
from feedback.ui.filters import View
from feedback.ui.page import Page


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


def norm(page: Page, row: Any) -> str:
    """Write the norm of an agreement with its direction."""
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
        line[t("services.sla_norm")] = norm(page, row)
        line[t("services.owner")] = row.owner
        line[t("services.sla_review")] = day(row.review_on, lang, short=True) if pd.notna(row.review_on) else MISSING
        told.append(line)
    return pd.DataFrame(told)
