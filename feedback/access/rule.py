"""The points of the rule in `feedback.access.disclosure`, in the same order and by the same numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from feedback.access.counting import Rows, present
from feedback.access.selection import WHAT, Mask


def any_of(masks: Iterable[Mask], n_rows: int) -> Mask:
    """Tell which rows are in at least one of some masks."""
    result = np.zeros(n_rows, dtype=bool)
    for mask in masks:
        result |= mask
    return result


class Rule:
    """One selection by who, in which at least the threshold of people are, against the rest of the panel.

    Parameters
    ----------
    rows : Rows
        The whole panel.
    threshold : int
    fails : mapping of str to ndarray of bool, shape (n_rows,)
        What each filter leaves out (see `selection.failures`).
    chosen : ndarray of bool, shape (n_rows,)
        The rows of the selection, all of known people.
    """

    def __init__(self, rows: Rows, threshold: int, fails: Mapping[str, Mask], chosen: Mask) -> None:
        self.rows = rows
        self.threshold = threshold
        self.fails = fails
        self.chosen = chosen
        self.others = rows.known & ~chosen

    def hides(self) -> bool:
        """Tell whether a difference with another selection would reveal a small group."""
        return (
            "member_id" in self.fails
            or self._chooses_small_part()
            or self._mixes_areas()
            or self._cuts_small_day()
            or self._adds_few()
            or self._completes_the_panel()
            or self._loses_few()
        )

    def _is_small(self, rows: Mask) -> bool:
        return 0 < self.rows.people(rows) < self.threshold

    def _chooses_small_part(self) -> bool:
        """Point 2."""
        for column in self.fails.keys() & self.rows.codes.keys():
            codes, size = self.rows.codes[column], self.rows.sizes[column]
            rest = (fail for name, fail in self.fails.items() if name != column)
            context = self.rows.known & ~any_of(rest, len(codes))
            people = self.rows.people_by(codes, context, size)
            wanted = present(codes, self.chosen, size)[:-1]
            small = people < self.threshold
            if (wanted & small).any():
                return True
            together = self._is_small(context & np.append(small, True)[codes])
            if together and wanted[np.argmin(np.where(small, np.iinfo(np.int64).max, people))]:
                return True
        return False

    def _mixes_areas(self) -> bool:
        """Point 6: the filter on areas is not one area."""
        if "area" not in self.fails:
            return False
        rest = (fail for name, fail in self.fails.items() if name != "area")
        context = self.rows.known & ~any_of(rest, len(self.chosen))
        areas = range(self.rows.n_areas)
        return not any(np.array_equal(context & self.rows.in_area(area), self.chosen) for area in areas)

    def _cuts_small_day(self) -> bool:
        """Point 6: few people on the first or the last day of a filter on dates."""
        if "date" not in self.fails:
            return False
        days = self.rows.day[self.chosen]
        return any(self._is_small(self.chosen & (self.rows.day == day)) for day in (days.min(), days.max()))

    def _adds_few(self) -> bool:
        """Point 3. Sets of filters to leave out are numbers in bits; the smallest that add anything count."""
        pattern = np.zeros(len(self.chosen), dtype=np.int64)
        for bit, outside in enumerate(self._outside()):
            pattern |= outside.astype(np.int64) << bit
        sets, which = np.unique(pattern[self.others], return_inverse=True)
        group = np.full(len(self.chosen), -1, dtype=np.int64)
        group[self.others] = which
        people = self.rows.people_by(group, self.others, len(sets))
        for filters in sets[people < self.threshold]:
            inside = ((sets & filters) == sets) & (sets != filters)
            if not inside.any():
                return True
        return False

    def _outside(self) -> Iterator[Mask]:
        """Give what each filter leaves out that the selection has, or could have without changing."""
        rows = self.rows
        for column, codes in rows.codes.items():
            values = present(codes, self.chosen, rows.sizes[column])
            # A filter cannot choose a missing value; nor, by point 2, a value that few people have anywhere.
            if values[-1]:
                continue
            if column in self.fails or rows.people_by_value(column)[values[:-1]].min() >= self.threshold:
                yield ~values[codes]
        one = int(np.argmax(self.chosen))
        for area in {rows.area[one], rows.area2[one]} - {-1}:
            if rows.in_area(area)[self.chosen].all():
                yield ~rows.in_area(area)
        first, last = self._period()
        edges = (rows.known & (rows.day == day) for day in (first, last))
        if "date" in self.fails or all(rows.people(edge) >= self.threshold for edge in edges):
            yield (rows.day < first) | (rows.day > last)
        if "search" in self.fails:
            yield self.fails["search"]

    def _period(self) -> tuple[int, int]:
        days = self.rows.day[self.chosen]
        return int(days.min()), int(days.max())

    def _completes_the_panel(self) -> bool:
        """Point 4. The whole panel may be asked for any subjects: take the narrowest around the selection."""
        rows = self.rows
        same = ~self.fails.get("search", np.zeros(len(self.chosen), dtype=bool))
        for column in rows.codes.keys() & WHAT.keys():
            values = present(rows.codes[column], self.chosen, rows.sizes[column])
            if not values[-1]:
                same &= values[rows.codes[column]]
        same &= self._in_areas_of_selection()
        first, last = self._period()
        same &= (rows.day >= first) & (rows.day <= last)
        return bool(self.others.any()) and rows.people(self.others & same) < self.threshold

    def _in_areas_of_selection(self) -> Mask:
        """Tell which rows any filter on areas must show that shows the selection."""
        # Such a row has the area of a row of the selection that has one, or both areas of one that has two.
        rows, n = self.rows, self.rows.n_areas + 1
        low, high = np.minimum(rows.area, rows.area2) + 1, np.maximum(rows.area, rows.area2) + 1
        low = np.where(low == high, 0, low)
        pair = low * n + high
        held = np.zeros(n * n, dtype=bool)
        held[pair[self.chosen]] = True
        if held[0]:
            return np.ones(len(self.chosen), dtype=bool)
        result: Mask = held[pair] | held[low] | held[high]
        return result

    def _loses_few(self) -> bool:
        """Point 5."""
        rows = self.rows
        # Only a value of nearly everybody leaves few others; and a selection of few people is hidden already.
        nearly = max(rows.people(self.chosen) - self.threshold + 1, self.threshold)
        for column, codes in rows.codes.items():
            if column not in self.fails:
                people = rows.people_by(codes, self.chosen, rows.sizes[column])
                if any(self._is_small(self.chosen & (codes != value)) for value in np.flatnonzero(people >= nearly)):
                    return True
        return "area" not in self.fails and any(
            rows.people(self.chosen & inside) >= nearly and self._is_small(self.chosen & ~inside)
            for inside in map(rows.in_area, range(rows.n_areas))
        )
