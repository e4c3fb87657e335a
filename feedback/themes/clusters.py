"""One hierarchy over remarks that fit no entry: every number of themes is a cut through it, so themes nest."""

import numpy as np

from feedback.text.bags import unit_rows
from feedback.text.neighbours import smoothed

# All pairs are compared; above this many points the first of them are clustered and the rest joins the nearest theme.
LARGEST = 3000
# Below this many points per theme there are no neighbours' neighbours to learn from.
PER_THEME_FOR_SMOOTHING = 8
RUNS, SHARE, MOST = 20, 0.8, 800  # clusterings that vote, and on how many of the points each
NEIGHBOURS = (5, 10, 15)  # the clusterings differ in how far neighbours are averaged
DIMENSIONS = 100
TIE = 0.01  # weight of plain likeness beside the votes


class Hierarchy:
    """A hierarchy over points, cut anywhere.

    Few points: Ward's method. More: many runs of it on different parts of the points vote on who belongs together, and the
    votes are joined by average linkage. One run turns on a few points; what most runs agree on stays when points are added.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Rows of length one, in an order that does not depend on the order of the input nor, beyond `LARGEST`, on their subject.
    expected : int
        About how many themes will be asked for.
    lots : ndarray of shape (n,), uint64
        A number of each text, without meaning but always the same: it decides in which runs the text is seen, so that texts that
        are added change as little as can be.

    References
    ----------
    Ward (1963), Hierarchical grouping to optimize an objective function, JASA 58; Fred, Jain (2005), Combining multiple
    clusterings using evidence accumulation, IEEE PAMI 27; Dudoit, Fridlyand (2003), Bagging to improve the accuracy of a
    clustering procedure, Bioinformatics 19.
    """

    def __init__(self, points: np.ndarray, expected: int, lots: np.ndarray):
        self.points = points
        self.chosen = points[:LARGEST]
        if len(self.chosen) < 2:
            self.merges = np.zeros((0, 4))
        elif len(self.chosen) < PER_THEME_FOR_SMOOTHING * expected:
            self.merges = _ward(self.chosen)
        else:
            self.merges = _agreed(self.chosen, expected, lots)

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
        labels = _cut(self.merges, len(self.chosen), k)
        if len(self.chosen) == len(self.points):
            return labels
        centroids = _centroids(self.chosen, labels)
        nearest: np.ndarray = (self.points @ centroids.T).argmax(axis=1)
        nearest[: len(labels)] = labels
        return nearest


def _ward(points: np.ndarray) -> np.ndarray:
    from scipy.cluster.hierarchy import linkage

    # One product of matrices instead of pair by pair: seven times as fast in many dimensions.
    squares = (points**2).sum(axis=1)
    apart = squares[:, None] + squares[None, :] - 2.0 * (points @ points.T)
    pairs = np.concatenate([apart[row, row + 1 :] for row in range(len(points) - 1)])
    merges: np.ndarray = linkage(np.sqrt(np.maximum(pairs, 0.0)).astype(np.float64), "ward")
    return merges


def _agreed(points: np.ndarray, k: int, lots: np.ndarray) -> np.ndarray:
    """Join points by how many clusterings put them together."""
    from scipy import sparse
    from scipy.cluster.hierarchy import linkage

    n = len(points)
    near = _reduced(points)
    size = min(max(round(SHARE * n), 2), MOST)
    around = [min(most, max(1, n // (2 * k))) for most in NEIGHBOURS]
    moved = [smoothed(near, most) for most in around]
    turn = np.random.default_rng(0).integers(0, 2**63, RUNS, dtype=np.uint64)
    columns = np.empty((n, RUNS), dtype=np.int64)
    used = 0
    for run in range(RUNS):
        # Multiplies without regard to overflow: that is the mixing.
        drawn = (lots[:n] ^ turn[run]) * np.uint64(0x9E3779B97F4A7C15)
        rows = np.sort(np.argsort(drawn, kind="stable")[:size])
        everyone = moved[run % len(moved)]
        # A run that sees most points also finds its neighbours among its own; else that would be a rougher picture.
        mine = smoothed(near[rows], around[run % len(around)]) if size < MOST else everyone[rows]
        labels = _cut(_ward(mine), size, k)
        voted = (everyone @ _centroids(mine, labels).T).argmax(axis=1)
        voted[rows] = labels
        columns[:, run] = voted + used
        used += int(labels.max()) + 1
    ones = np.full(n * RUNS, RUNS**-0.5, dtype=np.float32)
    votes = sparse.csr_matrix((ones, columns.ravel(), np.arange(0, n * RUNS + 1, RUNS)), shape=(n, used))
    together = (votes @ votes.T).toarray()
    apart = np.empty(n * (n - 1) // 2)
    start = 0
    for row in range(n - 1):
        plain = np.clip(points[row + 1 :] @ points[row], 0.0, 1.0)
        apart[start : start + n - 1 - row] = 1.0 - (1.0 - TIE) * together[row, row + 1 :] - TIE * plain
        start += n - 1 - row
    np.maximum(apart, 0.0, out=apart)
    merges: np.ndarray = linkage(apart, "average")
    return merges


def _reduced(points: np.ndarray) -> np.ndarray:
    """Keep the principal components that carry most of the likeness."""
    if min(points.shape) <= DIMENSIONS:
        return points
    centred = points - points.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T.astype(np.float64) @ centred)
    return unit_rows(centred @ directions[:, -DIMENSIONS:].astype(np.float32))


def _centroids(points: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return unit_rows(np.stack([points[labels == cluster].mean(axis=0) for cluster in range(labels.max() + 1)]))


def _cut(merges: np.ndarray, n: int, k: int) -> np.ndarray:
    """Return the cluster of each point after all but the last k - 1 merges, numbered in the order of first occurrence."""
    parent = np.arange(2 * n - 1)
    for step, (left, right, *_) in enumerate(merges[: max(n - k, 0)]):
        parent[[int(left), int(right)]] = n + step
    for node in range(2 * n - 2, -1, -1):  # a parent has a higher number, so one pass finds every root
        parent[node] = parent[parent[node]]
    _, first, labels = np.unique(parent[:n], return_index=True, return_inverse=True)
    ordered: np.ndarray = np.argsort(np.argsort(first))[labels]
    return ordered
