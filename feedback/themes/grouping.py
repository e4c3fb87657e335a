"""Remarks into so many groups: by the entry of the codebook they were placed on, or by their likeness."""

import math
from dataclasses import dataclass, field

import numpy as np

from feedback.text.bags import unit_rows
from feedback.themes.clusters import Hierarchy
from feedback.themes.merging import merge_order, merged
from feedback.themes.naming import NAMED

# Numbers of themes that a reader can take in, by number of remarks: (remarks, fewest, most).
READABLE = ((8, 2, 4), (40, 5, 9), (300, 10, 20), (5000, 20, 40))

# The numbers of themes to choose from.
STEPS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 24, 28, 32, 36, 40)


@dataclass
class Found:
    """Which theme each distinct text has, and what is needed to place another one."""

    label: np.ndarray  # number of the theme
    strength: np.ndarray
    entry_of: dict[int, int]  # theme to column of the codebook
    theme_of: dict[int, int] = field(default_factory=dict)  # column of the codebook to theme, the largest first

    def holds(self, theme: int) -> list[int]:
        """Return the columns of the codebook that make up a theme: first the one that gives its name."""
        first = self.entry_of[theme]
        return [first, *(column for column, its in self.theme_of.items() if its == theme and column != first)]

    def shown(self, column: int) -> int:
        """Return the column that stands for another in the label of its theme: itself, but the first where the label leaves it out."""
        held = self.holds(self.theme_of[column])
        return column if column in held[:NAMED] else held[0]


def readable(n: int) -> tuple[int, int]:
    """Return the fewest and the most themes that a reader can take in for n remarks.

    Parameters
    ----------
    n : int

    Returns
    -------
    (int, int)
    """
    at = [math.log(remarks) for remarks, _, _ in READABLE]
    here = math.log(max(n, 1))
    fewest = math.floor(np.interp(here, at, [low for _, low, _ in READABLE]) + 0.5)
    most = math.floor(np.interp(here, at, [high for _, _, high in READABLE]) + 0.5)
    return max(1, min(fewest, n)), max(1, min(most, n))


def usual(n: int) -> int:
    """Return how many themes n remarks get when nothing else tells: few numbers, so that a few remarks more seldom change it.

    Parameters
    ----------
    n : int

    Returns
    -------
    int
    """
    fewest, most = readable(n)
    middle = fewest + 0.65 * (most - fewest)
    return min(max(min(STEPS, key=lambda step: abs(step - middle)), fewest), most)


def by_entry(
    best: np.ndarray, tree: np.ndarray, sure: np.ndarray, k: int,
    points: np.ndarray | None = None, lots: np.ndarray | None = None,
) -> Found:  # fmt: skip
    """Group remarks by the entry they were placed on: merge entries until k stay, or split the widest until there are k.

    Parameters
    ----------
    best : ndarray of shape (n,), int
        Column of the entry of each remark.
    tree : ndarray of shape (n_entries - 1, 4)
        Which entries are kin, see `family_tree`.
    sure : ndarray of shape (n,)
        How sure the placement is.
    k : int
    points : ndarray of shape (n, d), optional
    lots : ndarray of shape (n,), optional
        Both are needed to split, see `Hierarchy`.

    Returns
    -------
    Found
    """
    if not len(best):
        return Found(np.zeros(0, dtype=int), np.zeros(0), {})
    goal = merged(best, merge_order(tree, best), max(k, 1))
    group = np.array([goal[int(column)] for column in best])
    kept = sorted(set(goal.values()))
    number = {column: place for place, column in enumerate(kept)}
    label = np.array([number[int(column)] for column in group])
    entry_of = {place: column for column, place in number.items()}
    size = np.bincount(best)
    theme_of = {column: number[goal[column]] for column in sorted(goal, key=lambda column: (-size[column], column))}
    if len(kept) < k and points is not None and lots is not None:
        label = _split(label, points, lots, k)
    return Found(label, np.asarray(sure, dtype=np.float64), entry_of, theme_of)


def by_likeness(points: np.ndarray, lots: np.ndarray, k: int) -> tuple[Found, np.ndarray]:
    """Group remarks that lie near each other.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        At least one, rows of length one.
    lots : ndarray of shape (n,)
        See `Hierarchy`.
    k : int

    Returns
    -------
    found : Found
        With k groups, fewer only where there are fewer points.
    centroids : ndarray of shape (k, d)
    """
    k = min(max(k, 1), len(points))
    # One hierarchy for all numbers that a reader may choose, so that the themes of each nest.
    own = usual(len(points))
    label = Hierarchy(points, k if k > 1.5 * own else own, lots).cut(k)
    centroids = unit_rows(np.stack([points[label == c].mean(axis=0) for c in range(label.max() + 1)]))
    return Found(label, likeness_strength(points @ centroids.T), {}), centroids


def _split(label: np.ndarray, points: np.ndarray, lots: np.ndarray, k: int) -> np.ndarray:
    """Split the widest groups until k stay; the first part keeps the number of the group."""
    label = label.copy()
    while (have := len(np.unique(label))) < k:
        inertia = {}
        for group in np.unique(label).tolist():
            mine = points[label == group]
            if len(mine) > 1:
                inertia[group] = float(((mine - mine.mean(axis=0)) ** 2).sum()) + 1e-9 * len(mine)
        if not inertia:
            break
        widest = max(inertia, key=lambda group: (inertia[group], -group))
        rows = np.flatnonzero(label == widest)
        half = Hierarchy(points[rows], 2, lots[rows]).cut(2)
        larger = np.bincount(half).argmax()
        label[rows[half != larger]] = max(int(label.max()), have - 1) + 1
    return label


def likeness_strength(alike: np.ndarray) -> np.ndarray:
    """Turn likeness to the centroids of clusters into a strength: near one's own, far from the others.

    Parameters
    ----------
    alike : ndarray of shape (n, n_clusters)

    Returns
    -------
    ndarray of shape (n,), 0..1
    """
    own = alike.max(axis=1)
    gap = own - np.partition(alike, -2, axis=1)[:, -2] if alike.shape[1] > 1 else own
    sure: np.ndarray = np.clip(0.7 * own + 0.6 * gap, 0.02, 1.0).astype(np.float64)
    return sure
