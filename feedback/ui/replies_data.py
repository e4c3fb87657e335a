"""What the panel is owed an answer on, as pages ask for it: the subjects under the filters, and one by its address."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import streamlit as st

from feedback.access.disclosure import Selection
from feedback.replies import clock, noticed
from feedback.replies.states import Subject, SubjectKind
from feedback.room.results import Heard, last_heard
from feedback.settings import settings
from feedback.store.engine import reading
from feedback.themes import trend
from feedback.ui.data import Snapshot, database
from feedback.ui.filters import View

_NAMES: dict[SubjectKind, str] = {"theme": "thema", "idea": "idee"}


def as_text(subject: Subject) -> str:
    """Write a subject as the address has it: thema-12."""
    return f"{_NAMES[subject.kind]}-{subject.id}"


def subjects(data: Snapshot) -> pd.DataFrame:
    """Give every theme and idea with its answer and its clock, of the whole panel; see `clock.subjects`.

    Beside it, of themes that stay as they are or are done, whether they come back: back_since (the day of the answer, or that it was
    done), n_after, of_after, n_before, of_before and back (bool), see `trend.returning`. Read-only.
    """
    key = f"{settings().database_url}|{data.version}"
    return _subjects(key, dt.date.today(), settings().reply_days, data)


@st.cache_resource(max_entries=8, show_spinner=False)
def _subjects(key: str, today: dt.date, promised: int, _data: Snapshot) -> pd.DataFrame:
    frames = (_data.themes, _data.ideas, _data.remarks, _data.evidence, _data.replies)
    table = clock.subjects(*frames, today=today, promised=promised)
    # A promise that is not done yet is still talked about: it did not go away.
    table["back_since"] = table["done_on"].fillna(table["answered_on"]).where(table["state"].isin(["stays", "done"]))
    heard = table[(table["kind"] == "theme") & table["back_since"].notna()]
    found = trend.returning(_data.remarks, dict(zip(heard["key"], heard["back_since"], strict=True)))
    table = table.join(found.drop(columns=["p", "people"]), on="key")
    table["back"] = table["back"].eq(True)
    return table


def votes(data: Snapshot) -> pd.DataFrame:
    """Give what sessions voted on promises that were done; see `noticed.votes`. Read-only."""
    return _votes(f"{settings().database_url}|{data.version}")


@st.cache_resource(max_entries=4, show_spinner=False)
def _votes(key: str) -> pd.DataFrame:
    with reading(database()) as session:
        return noticed.votes(session=session)


def heard(data: Snapshot) -> Heard | None:
    """Give what the last room said to *voelt u zich gehoord?*; see `results.last_heard`."""
    return _heard(f"{settings().database_url}|{data.version}", settings().group_threshold)


@st.cache_resource(max_entries=4, show_spinner=False)
def _heard(key: str, threshold: int) -> Heard | None:
    with reading(database()) as session:
        return last_heard(threshold=threshold, session=session)


def chosen(view: View) -> pd.DataFrame:
    """Give the subjects that the panel is owed an answer on, as far as the filters leave them.

    Parameters
    ----------
    view : View

    Returns
    -------
    DataFrame
        See `clock.subjects`: those of the services chosen; where anything else is chosen, those that the chosen remarks are about, or
        with the words searched for in their name or answer. Their figures stay those of the whole panel. Read-only.
    """
    return _chosen(view.key, dt.date.today(), view)


@st.cache_resource(max_entries=48, show_spinner=False)
def _chosen(key: str, today: dt.date, _view: View) -> pd.DataFrame:
    data, selection = _view.snapshot, _view.selection
    table = subjects(data)
    table = table[table["owed"]]
    if selection.areas:
        table = table[table["area"].isin(selection.areas)]
    if replace(selection, areas=()) == Selection():
        return table
    carried = data.evidence.loc[data.evidence["remark_id"].isin(_view.remarks["remark_id"]), "idea_id"]
    theme = table["kind"] == "theme"
    keep = (theme & table["id"].isin(_view.remarks["theme_id"])) | (~theme & table["id"].isin(carried))
    if replace(selection, areas=(), search="") == Selection():
        keep |= has_words(table, selection.search)
    return table[keep]


def figures(view: View) -> pd.DataFrame:
    """Give the clock of what the filters leave; see `clock.figures`. Read-only."""
    return _figures(view.key, dt.date.today(), view)


@st.cache_resource(max_entries=48, show_spinner=False)
def _figures(key: str, today: dt.date, _view: View) -> pd.DataFrame:
    return clock.figures(chosen(_view))


def nameless(data: Snapshot, remarks: pd.DataFrame) -> pd.DataFrame:
    """Leave out remarks that tell who spoke or of whom: those with something hidden in them, or the name of an organisation.

    Parameters
    ----------
    data : Snapshot
    remarks : DataFrame
        text, and whatever else.

    Returns
    -------
    DataFrame
    """
    names = [name.casefold() for name in data.organisations["organisation"]]
    fit = [not ("[" in text or any(name in text.casefold() for name in names)) for text in remarks["text"]]
    return remarks[fit]


def has_words(table: pd.DataFrame, words: str) -> pd.Series:
    """Tell which subjects have all these words in their name or answer.

    Parameters
    ----------
    table : DataFrame
        See `clock.subjects`.
    words : str

    Returns
    -------
    Series of bool
    """
    text = table["name_nl"].astype("str") + " " + table["name_en"].astype("str") + " " + table["text"].astype("str")
    found = pd.Series(True, index=table.index)
    for word in words.split():
        found &= text.str.contains(word, case=False, regex=False)
    return found


def row_of(data: Snapshot, text: str) -> pd.Series | None:
    """Find the subject that the address names, also one that nobody spoke about yet.

    Parameters
    ----------
    data : Snapshot
    text : str
        See `as_text`.

    Returns
    -------
    Series or None
        A row of `clock.subjects`.
    """
    name, _, number = text.partition("-")
    kind = {name: kind for kind, name in _NAMES.items()}.get(name)
    if kind is None or not number.isdecimal():
        return None
    table = subjects(data)
    found = table[(table["kind"] == kind) & (table["id"] == int(number))]
    return found.iloc[0] if len(found) else None
