"""Remarks or scores as numbers, so that the people in groups are counted without a loop over rows."""

from __future__ import annotations

import weakref

import numpy as np
import pandas as pd

from feedback.access.selection import WHAT, WHO, Mask, days_of
from feedback.codes import Codes, codes_of

# Above this many cells a table of groups x people would cost more memory than sorting costs time.
_LARGEST_TABLE = 4_000_000


class Rows:
    """A frame as numbers.

    Parameters
    ----------
    frame : DataFrame
        Remarks or scores (see `store.frames`).

    Attributes
    ----------
    known : ndarray of bool, shape (n_rows,)
        Rows of which the person is known.
    codes : dict of str to ndarray of int, shape (n_rows,)
        Column to the number of its value in each row, -1 where missing.
    sizes : dict of str to int
        Column to its number of values.
    area, area2, day : ndarray of int, shape (n_rows,)
        Both area columns share their numbers.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self.person, persons = codes_of(frame["person"])
        self.known: Mask = self.person >= 0
        self.n_persons = len(persons)
        self.codes: dict[str, Codes] = {}
        self.sizes: dict[str, int] = {}
        for column in (*WHO, *WHAT):
            if column in frame:
                self.codes[column], values = codes_of(frame[column])
                self.sizes[column] = len(values)
        self.day = days_of(frame)
        self._number_areas(frame)
        self._by_value: dict[str, Codes] = {}

    def _number_areas(self, frame: pd.DataFrame) -> None:
        nowhere = np.full(len(frame), -1, dtype=np.int64)
        first, values = codes_of(frame["area"]) if "area" in frame else (nowhere, pd.Index([]))
        second, values2 = codes_of(frame["area2"]) if "area2" in frame else (nowhere, pd.Index([]))
        every = values.append(values2).unique()
        self.area = np.append(every.get_indexer(values), -1)[first]
        self.area2 = np.append(every.get_indexer(values2), -1)[second]
        self.n_areas = len(every)

    def in_area(self, area: int) -> Mask:
        """Tell which rows are in an area, by the first or the second."""
        inside: Mask = (self.area == area) | (self.area2 == area)
        return inside

    def people(self, rows: Mask) -> int:
        """Count the people in some rows, all of known people."""
        return int(np.count_nonzero(np.bincount(self.person[rows], minlength=self.n_persons)))

    def people_by(self, codes: Codes, rows: Mask, size: int) -> Codes:
        """Count the people in each group of some rows.

        Parameters
        ----------
        codes : ndarray of int, shape (n_rows,)
            The group of each row; -1: none.
        rows : ndarray of bool, shape (n_rows,)
            Rows that count, all of known people.
        size : int
            Number of groups.

        Returns
        -------
        ndarray of int, shape (size,)
        """
        rows = rows & (codes >= 0)
        pairs = codes[rows] * self.n_persons + self.person[rows]
        if size * self.n_persons <= _LARGEST_TABLE:
            table = np.zeros(size * self.n_persons, dtype=bool)
            table[pairs] = True
            # A group at a time: counting along an axis of a boolean table is five times slower.
            return np.fromiter(map(np.count_nonzero, table.reshape(size, self.n_persons)), dtype=np.int64, count=size)
        return np.bincount(np.unique(pairs) // self.n_persons, minlength=size)

    def people_by_value(self, column: str) -> Codes:
        """Count the people behind each value of a column in the whole frame."""
        if column not in self._by_value:
            self._by_value[column] = self.people_by(self.codes[column], self.known, self.sizes[column])
        return self._by_value[column]


_kept: dict[int, tuple[weakref.ref[pd.DataFrame], Rows]] = {}


def rows_of(frame: pd.DataFrame) -> Rows:
    """Give a frame as numbers; made once a frame, and kept as long as that lives.

    Parameters
    ----------
    frame : DataFrame
        Remarks or scores (see `store.frames`), which nobody changes.

    Returns
    -------
    Rows
    """
    at = id(frame)
    kept = _kept.get(at)
    if kept is None or kept[0]() is not frame:
        kept = weakref.ref(frame, lambda _gone: _kept.pop(at, None)), Rows(frame)
        _kept[at] = kept
    return kept[1]


def present(codes: Codes, rows: Mask, size: int) -> Mask:
    """Tell which values occur in some rows; the last place stands for a missing value.

    Parameters
    ----------
    codes : ndarray of int, shape (n_rows,)
    rows : ndarray of bool, shape (n_rows,)
    size : int

    Returns
    -------
    ndarray of bool, shape (size + 1,)
        Index it with codes: -1 finds the last place.
    """
    occurs = np.zeros(size + 1, dtype=bool)
    occurs[codes[rows]] = True
    return occurs
