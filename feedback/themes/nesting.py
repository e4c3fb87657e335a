"""Themes under headings: one hierarchy over the codebook, cut where the reader wants, so that headings nest.

Not the hierarchy of `merging`, which asks what remarks may be counted together: cut into headings for readers that one
puts fewer themes under their own service (84 % instead of 92 %, measured) and half a service under one heading.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from feedback.text.bags import bag, unit_rows
from feedback.text.vectors import word_vectors
from feedback.themes.codebook import Entry

# How much one service area counts beside likeness of words: enough to keep "Schoonmaak" from "Papier digitaliseren".
AREA = 0.5


class Nesting:
    """A hierarchy over the entries of a codebook: which belong under one heading.

    It rests on the words and the service areas of the entries and on no remark, so new remarks move no theme to another heading.

    Parameters
    ----------
    entries : sequence of Entry
        All of a codebook, sleeping ones too: a theme that wakes finds its place kept.

    References
    ----------
    Ward (1963), Hierarchical grouping to optimize an objective function, JASA 58.
    """

    def __init__(self, entries: Sequence[Entry]):
        from scipy.cluster.hierarchy import linkage

        self.keys = [entry.key for entry in entries]
        self.merges: list[tuple[int, int]] = []
        if len(entries) > 1:
            points = np.hstack([_meaning(entries), AREA * _areas(entries)])
            self.merges = [(int(left), int(right)) for left, right, *_ in linkage(points.astype(np.float64), "ward")]

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


def _meaning(entries: Sequence[Entry]) -> np.ndarray:
    """Give the mean meaning of the texts of each entry, of length one, as a difference from the mean of all."""
    texts = [list(entry.weighted()) for entry in entries]
    flat = word_vectors().encode_bag(bag([text for mine in texts for text in mine]))
    pieces = [
        flat[end - len(mine) : end] for mine, end in zip(texts, np.cumsum([len(mine) for mine in texts]), strict=True)
    ]
    means = np.stack([piece.mean(axis=0) if len(piece) else np.zeros(flat.shape[1]) for piece in pieces])
    return unit_rows(means - means.mean(axis=0))


def _areas(entries: Sequence[Entry]) -> np.ndarray:
    areas = sorted({entry.area for entry in entries})
    return np.array([[float(entry.area == area) for area in areas] for entry in entries])
