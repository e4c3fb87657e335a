"""What a reader asks for: a selection of remarks or scores, by who said it and by what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from feedback.codes import Codes, codes_of

Mask = npt.NDArray[np.bool_]

# Column in a frame -> field of a selection: by who speaks, and by what it is about.
WHO = {"organisation": "organisations", "level": "levels", "constituency_id": "constituencies"}
WHAT = {"session_id": "sessions", "theme": "themes", "sentiment": "sentiments"}


@dataclass(frozen=True)
class Selection:
    """A choice of remarks; empty fields choose everything, several values of one field are added up.

    Attributes
    ----------
    organisations, levels : tuple of str
    constituencies, members : tuple of int
    sessions : tuple of int
    areas, themes, sentiments : tuple of str
        Keys. A remark is in an area when its first or its second area is that one.
    since, until : date or None
        First and last day.
    search : str
        Words that must all be in the text, in any order, upper or lower case.
    """

    organisations: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    constituencies: tuple[int, ...] = ()
    members: tuple[int, ...] = ()
    sessions: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    sentiments: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    search: str = ""

    @property
    def by_who(self) -> bool:
        """Whether people are chosen, not only subjects."""
        return bool(self.organisations or self.levels or self.constituencies or self.members)

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Keep the rows that are chosen.

        Parameters
        ----------
        frame : DataFrame
            Remarks or scores (see `store.frames`). A subject whose column the frame does not have does not
            choose: scores have no theme.

        Returns
        -------
        DataFrame
            The rows chosen, in order, with their index. A selection by who leaves out rows of unknown people.
        """
        keep = np.ones(len(frame), dtype=bool)
        for fails in failures(frame, self).values():
            keep &= ~fails
        if self.by_who:
            keep &= frame["person"].notna().to_numpy()
        return frame if keep.all() else frame[keep]


def days_of(frame: pd.DataFrame) -> Codes:
    """Give the day of each row as a number of days since 1970."""
    return frame["date"].to_numpy().astype("datetime64[D]").astype(np.int64)


def failures(frame: pd.DataFrame, selection: Selection, known: Mapping[str, Mask] | None = None) -> dict[str, Mask]:
    """Tell which rows each filter of a selection leaves out.

    Parameters
    ----------
    frame : DataFrame
    selection : Selection
    known : mapping of str to ndarray of bool, optional
        What some filters of the selection leave out, read before; they are not read again.

    Returns
    -------
    dict of str to ndarray of bool, shape (n_rows,)
        A column name, `area`, `date` or `search` to the rows that fail there; filters that are not set are
        not in it.
    """
    fails: dict[str, Mask] = dict(known or {})
    for column, field in {**WHO, **WHAT, "member_id": "members"}.items():
        wanted = getattr(selection, field)
        if column in fails:
            continue
        if wanted and column in frame:
            fails[column] = ~_is_in(frame[column], wanted)
        elif wanted and column not in WHAT:
            # People who cannot be chosen are not there: never show everybody instead.
            fails[column] = np.ones(len(frame), dtype=bool)
    if selection.areas and "area" in frame and "area" not in fails:
        fails["area"] = ~_is_in(frame["area"], selection.areas)
        if "area2" in frame:
            fails["area"] &= ~_is_in(frame["area2"], selection.areas)
    if (selection.since or selection.until) and "date" not in fails:
        day = days_of(frame)
        first = np.datetime64(selection.since or dt.date.min, "D").astype(np.int64)
        last = np.datetime64(selection.until or dt.date.max, "D").astype(np.int64)
        fails["date"] = (day < first) | (day > last)
    words = selection.search.split()
    if words and "text" in frame and "search" not in fails:
        found = np.ones(len(frame), dtype=bool)
        for word in words:
            found &= frame["text"].str.contains(word, case=False, regex=False).fillna(False).to_numpy(dtype=bool)
        fails["search"] = ~found
    return fails


def _is_in(column: pd.Series, wanted: tuple[object, ...]) -> Mask:
    codes, values = codes_of(column)
    # One place more than there are values: a missing value has code -1 and is never wanted.
    chosen = np.zeros(len(values) + 1, dtype=bool)
    # One look-up a value: building an index of a few values takes seventy times as long.
    for value in wanted:
        if value in values:
            chosen[values.get_loc(value)] = True
    return chosen[codes]
