"""Themes under headings: the hierarchy of the codebook, cut where the reader wants, so that headings nest."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from feedback.themes.codebook import Entry
from feedback.themes.merging import family_tree


class Nesting:
    """A hierarchy over the entries of a codebook: which belong under one heading.

    It rests on the words and the service areas of the entries and on no remark, so new remarks move no theme to another heading.

    Parameters
    ----------
    entries : sequence of Entry
        All of a codebook, sleeping ones too: a theme that wakes finds its place kept.
    """

    def __init__(self, entries: Sequence[Entry]):
        self.keys = [entry.key for entry in entries]
        tree = family_tree([entry.weighted() for entry in entries], [entry.area for entry in entries])
        self.merges = [(int(left), int(right)) for left, right, *_ in tree]

    def cut(self, themes: Collection[str], k: int) -> list[tuple[str, ...]]:
        """Put themes under at most k headings.

        Parameters
        ----------
        themes : collection of str
            Keys of entries.
        k : int
            At least 1; fewer headings never part what more headings had together.

        Returns
        -------
        list of tuple of str
            The themes of each heading, in the order of the codebook.
        """
        wanted = set(themes)
        groups: dict[int, tuple[int, ...]] = {at: (at,) for at, key in enumerate(self.keys) if key in wanted}
        for step, (left, right) in enumerate(self.merges):
            if len(groups) <= max(k, 1):
                break
            both = (*groups.pop(left, ()), *groups.pop(right, ()))
            if both:
                groups[len(self.keys) + step] = both
        return [tuple(self.keys[at] for at in sorted(group)) for group in sorted(groups.values())]
