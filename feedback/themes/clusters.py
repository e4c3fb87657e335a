"""One hierarchy over remarks that fit no entry: every number of themes is a cut through it, so themes nest."""

import numpy as np

from feedback.text.bags import unit_rows
from feedback.text.neighbours import smoothed

# Ward's method compares all pairs; above this many points a sample is clustered and the rest joins the nearest theme.
LARGEST = 3000
# Below this many points per theme there are no neighbours' neighbours to learn from.
PER_THEME_FOR_SMOOTHING = 8


class Hierarchy:
    """Ward's hierarchy over points, cut anywhere.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Rows of length one, in an order that does not depend on the order of the input.
    expected : int
        About how many themes will be asked for: decides how far neighbours are averaged first.

    References
    ----------
    Ward (1963), Hierarchical grouping to optimize an objective function, JASA 58.
    """

    def __init__(self, points: np.ndarray, expected: int):
        from scipy.cluster.hierarchy import linkage

        self.points = points
        n = len(points)
        self.sample = np.arange(n) if n <= LARGEST else np.linspace(0, n - 1, LARGEST).astype(int)
        chosen = points[self.sample]
        if len(chosen) >= PER_THEME_FOR_SMOOTHING * expected:
            chosen = smoothed(chosen, neighbours=min(10, len(chosen) // (2 * expected)))
        self.chosen = chosen
        self.merges = linkage(chosen.astype(np.float64), "ward") if len(chosen) > 1 else np.zeros((0, 4))

    def cut(self, k: int) -> np.ndarray:
        """Return the labels of exactly k clusters (fewer only where there are fewer points).

        Parameters
        ----------
        k : int

        Returns
        -------
        ndarray of shape (n,), int
            Numbered in the order in which clusters first occur.
        """
        m = len(self.sample)
        parent = np.arange(2 * m - 1)
        for step, (left, right, *_) in enumerate(self.merges[: max(m - k, 0)]):
            parent[[int(left), int(right)]] = m + step
        for node in range(2 * m - 2, -1, -1):  # a parent has a higher number, so one pass finds every root
            parent[node] = parent[parent[node]]
        _, first, labels = np.unique(parent[:m], return_index=True, return_inverse=True)
        labels = np.argsort(np.argsort(first))[labels]
        if m == len(self.points):
            return labels
        centroids = unit_rows(np.stack([self.chosen[labels == c].mean(axis=0) for c in range(labels.max() + 1)]))
        nearest: np.ndarray = (self.points @ centroids.T).argmax(axis=1)
        nearest[self.sample] = labels
        return nearest
