"""Whether savings were felt, computed once a state of the data, and said in words."""

from __future__ import annotations

from typing import Any, TypeGuard

import pandas as pd
import streamlit as st

from feedback import felt
from feedback.i18n import number, percent
from feedback.savings import book
from feedback.settings import settings
from feedback.ui import savings
from feedback.ui.data import Snapshot
from feedback.ui.page import Page


@st.cache_resource(max_entries=4, show_spinner=False)
def _book(key: str, _data: Snapshot) -> pd.DataFrame:
    ideas = savings.all_ideas(_data, savings.usual_cuts_of(_data))
    # What was decided and what it brought stay facts, whatever customers were told afterwards.
    table = book.in_book(ideas.assign(status=ideas["own_status"]))
    found = felt.measured(table, _data.scores, _data.remarks)
    return table.merge(found, on="idea_id").sort_values(["taken_on", "idea_id"]).reset_index(drop=True)


def whole_book(data: Snapshot) -> pd.DataFrame:
    """Give the ideas that a decision was taken about, with what happened since.

    Parameters
    ----------
    data : Snapshot

    Returns
    -------
    DataFrame
        See `ui.savings.all_ideas`, with grade, tone, verdict and by (`felt.measured`); first taken first. Read-only.
    """
    return _book(f"{settings().database_url}|{data.version}", data)


def felt_ideas(data: Snapshot) -> pd.DataFrame:
    """Give the savings that were felt: the grade fell, or more was negative, in the service where they were taken.

    Parameters
    ----------
    data : Snapshot

    Returns
    -------
    DataFrame
        Rows of `whole_book`. Read-only.
    """
    table = whole_book(data)
    return table[table["verdict"] == "felt"]


def verdict_text(page: Page, row: Any) -> str:
    """Say whether a saving was felt, or why that is not known.

    Parameters
    ----------
    page : Page
    row : namedtuple
        Of `whole_book`.

    Returns
    -------
    str
    """
    # What was agreed and not done yet cannot have been felt.
    waits = row.verdict == "no_date" and pd.isna(row.eur_realised) and row.status != "done"
    return page.t("savings.felt_later" if waits else f"savings.felt_{row.verdict}")


def measured(found: felt.Compared | None) -> TypeGuard[felt.Compared]:
    """Tell whether enough people, or remarks, stand on both sides to show the two figures."""
    return found is not None and found.verdict != "few"


def figures_text(page: Page, row: Any) -> list[str]:
    """Write the figures behind a verdict: before, after, how many, and what chance leaves open.

    Parameters
    ----------
    page : Page
    row : namedtuple
        Of `whole_book`.

    Returns
    -------
    list of str
        One of grades and one of remarks; without those that too few gave on either side.
    """
    t, lang = page.t, page.lang
    told = []
    for name in ("grade", "tone"):

        def write(value: float, name: str = name) -> str:
            return number(value, lang, 1) if name == "grade" else percent(value, lang)

        found: felt.Compared | None = getattr(row, name)
        if not measured(found):
            continue
        text = t(
            f"savings.felt_{name}", before=write(found.before), after=write(found.after),
            n_before=found.n_before, n_after=found.n_after,
        )  # fmt: skip
        # As a change of the figure itself: a grade falls, a share rises.
        ends = (-found.high, -found.low) if name == "grade" else (found.low, found.high)
        signed = [("+" if end > 0 else "") + write(end).replace("-", "−") for end in ends]
        text += " " + t("savings.felt_interval", low=signed[0], high=signed[1])
        told.append(text)
    return told
