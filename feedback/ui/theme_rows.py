"""The figures of every theme in a view, computed once a selection."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from feedback.access.disclosure import visible_groups
from feedback.codes import codes_of
from feedback.scores.by_theme import theme_grades
from feedback.settings import settings
from feedback.store.tables import SENTIMENTS
from feedback.themes import layout, trend
from feedback.themes.finding import WEAK
from feedback.ui.filters import View

# Of the service areas of a theme's remarks: those with at least this share are named.
AREA_SHARE = 0.2
# From this strength on a remark may be quoted under the name of its theme; below it four of eight were wrong (the example panel).
FITS = 0.6
# What the figures of themes are made of; the texts stay where they are.
COUNTED = ["theme", "person", "sentiment", "area", "session_id", "session", "date", "batch_id", "row"]


def is_unplaced(remarks: pd.DataFrame) -> pd.Series:
    """Tell which remarks still need a place: no theme, or one that hardly fits and that no person chose.

    Parameters
    ----------
    remarks : DataFrame
        See `store.frames.remarks`.

    Returns
    -------
    Series of bool
    """
    return remarks["theme"].isna() | ((remarks["strength"] < WEAK) & (remarks["placed_by"] != "person"))


def is_well_placed(remarks: pd.DataFrame) -> pd.Series:
    """Tell which remarks may stand for their theme before a room: a person put them there, or they fit well.

    Parameters
    ----------
    remarks : DataFrame
        See `store.frames.remarks`.

    Returns
    -------
    Series of bool
    """
    return remarks["theme"].notna() & ((remarks["strength"] >= FITS) | (remarks["placed_by"] == "person"))


def _figures(remarks: pd.DataFrame, view: View) -> pd.DataFrame:
    """Count and grade remarks by their column theme."""
    rows = trend.theme_sizes(remarks)
    tones = _counts(remarks, "sentiment").reindex(columns=list(SENTIMENTS), fill_value=0)
    grades = theme_grades(remarks, view.scores)[["grade", "n", "people"]]
    rows = rows.join(tones).join(grades.rename(columns={"n": "grade_n", "people": "grade_people"}))
    rows["areas"] = _areas(_counts(remarks, "area")).reindex(rows.index)
    if not view.selection.by_who:  # of a selection by who it would tell on single people
        rows = rows.join(trend.trends(remarks))
    rows["shown"], rows["parts"] = True, True
    return rows


@st.cache_resource(max_entries=48, show_spinner=False)
def _rows(key: str, _view: View) -> pd.DataFrame:
    view = _view
    known = view.snapshot.themes.set_index("theme")[["theme_id", "status", "owner", "area"]]
    remarks = view.remarks[COUNTED]
    rows = known.join(_figures(remarks[remarks["theme"].notna()], view), how="inner")
    return _protected(rows, view) if view.selection.by_who else rows


@st.cache_resource(max_entries=48, show_spinner=False)
def _heading_rows(key: str, _view: View, headings: tuple[tuple[str, ...], ...]) -> pd.DataFrame:
    heading_of = {theme: themes[0] for themes in headings for theme in themes}
    theme, themes = codes_of(_view.remarks["theme"])
    heading, names = codes_of(pd.Series([heading_of.get(str(one)) for one in themes], dtype=object))
    under = pd.Categorical.from_codes(np.append(heading, -1)[theme], pd.Index(names, dtype="str"))
    return _figures(_view.remarks[COUNTED].assign(theme=under)[under.codes >= 0], _view)


def heading_rows(view: View, headings: tuple[tuple[str, ...], ...]) -> pd.DataFrame:
    """Give the figures of themes taken together under headings.

    Parameters
    ----------
    view : View
        Not a selection by who: a heading could tell what one of its themes hides.
    headings : tuple of tuple of str
        Keys of the themes of each heading.

    Returns
    -------
    DataFrame
        Index: key of the first theme of the heading; the columns of `theme_rows` without theme_id, status, owner and area. Read-only.
    """
    return _heading_rows(view.key, view, headings)


def _protected(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """Hide themes behind which too few of the chosen people stand, and of the others what tells on single people."""
    threshold = settings().group_threshold
    shown = visible_groups(view.snapshot.remarks, view.selection, "theme", threshold)
    rows = rows.assign(
        shown=[bool(shown.get(at)) for at in rows.index],
        parts=False,
        loud=False,
        change="",
        share_last=np.nan,
        share_before=np.nan,
    )
    rows.loc[~(rows["grade_people"] >= threshold), ["grade", "grade_n"]] = np.nan
    return rows


def theme_rows(view: View) -> pd.DataFrame:
    """Give the figures of every theme that has remarks in a view.

    Parameters
    ----------
    view : View

    Returns
    -------
    DataFrame
        Index theme (key); theme_id, status, owner, area; remarks, people, unknown, loud (see `trend.theme_sizes`);
        neg, neu, pos, mixed (remarks); grade, grade_n (see `scores.by_theme`); areas (list of keys, the largest
        first); n_last, n_before, share_last, share_before, change (see `trend.trends`); shown (False: too few of the
        chosen people), parts (False: tones, areas and trend would tell on single people). Read-only.
    """
    return _rows(view.key, view)


def _counts(remarks: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count the remarks of every theme by the values of a column."""
    theme, themes = codes_of(remarks["theme"])
    value, values = codes_of(remarks[by])
    both = (theme >= 0) & (value >= 0)
    cells = np.bincount(theme[both] * len(values) + value[both], minlength=len(themes) * len(values))
    table = pd.DataFrame(cells.reshape(len(themes), len(values)), themes.astype("str"), values.astype("str"))
    return table[table.sum(axis=1) > 0]


def _areas(counts: pd.DataFrame) -> pd.Series:
    """Name the service areas of every theme, the largest first."""
    number = counts.to_numpy()
    share = number / number.sum(axis=1, keepdims=True)
    keys = list(counts.columns)
    order = np.argsort(-share, axis=1, kind="stable")
    named = [[keys[at] for at in row if part[at] >= AREA_SHARE] for row, part in zip(order, share, strict=True)]
    return pd.Series(named, index=counts.index, dtype=object)


@st.cache_resource(max_entries=2, show_spinner=False)
def _vectors(key: str, _texts: Sequence[str]) -> layout.Array:
    return layout.encode(_texts)


@st.cache_resource(max_entries=4, show_spinner=False)
def _places(key: str, _remarks: pd.DataFrame, _texts_key: str) -> pd.DataFrame:
    themes = _remarks["theme"].astype(object).where(_remarks["theme"].notna(), "")
    places = layout.layout(_vectors(_texts_key, list(_remarks["text"])), list(themes), list(_remarks["strength"]))
    return pd.DataFrame(places.astype(np.float32), columns=["x", "y"], index=_remarks.index)


def places(view: View) -> pd.DataFrame:
    """Give the place of every remark on the map; filters and new names move nothing.

    Parameters
    ----------
    view : View

    Returns
    -------
    DataFrame
        x, y; a row a remark of the snapshot, with its index. Read-only.
    """
    remarks = view.snapshot.remarks
    # Named after what it depends on and not after the version, so that a new name costs nothing.
    texts = str(pd.util.hash_pandas_object(remarks[["remark_id", "text"]], index=False).sum())
    placed = str(pd.util.hash_pandas_object(remarks[["theme_id", "strength"]], index=False).to_numpy().tobytes())
    return _places(f"{texts}|{hash(placed)}", remarks, texts)
