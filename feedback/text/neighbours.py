"""What the texts around a text say about it: short texts of one subject share few words, their neighbours do."""

import numpy as np

from feedback.text.bags import unit_rows

# All pairs are compared; more texts than this are dealt into packs like cards.
PACK = 2000
FEWEST = 24  # texts below which neighbours are strangers


def nearest(points: np.ndarray, k: int, block: int = 1000) -> tuple[np.ndarray, np.ndarray]:
    """Return the k nearest points of each point, itself among them, and how near they are.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Rows of length one.
    k : int
    block : int
        Rows compared at once; bounds the memory.

    Returns
    -------
    rows : ndarray of shape (n, k + 1), int
    likeness : ndarray of shape (n, k + 1), float32
        Cosine; 1 for itself.
    """
    found, likeness = [], []
    for start in range(0, len(points), block):
        alike = points[start : start + block] @ points.T
        alike[np.arange(len(alike)), np.arange(start, start + len(alike))] = 2.0  # itself, also among copies
        rows = np.argpartition(-alike, k, axis=1)[:, : k + 1]
        found.append(rows)
        likeness.append(np.minimum(np.take_along_axis(alike, rows, axis=1), 1.0))
    return np.vstack(found), np.vstack(likeness)


def smoothed(points: np.ndarray, neighbours: int = 10, rounds: int = 2) -> np.ndarray:
    """Move each point to the mean of itself and its nearest neighbours.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Rows of length one.
    neighbours : int
        Fewer are taken where there are few points.
    rounds : int

    Returns
    -------
    ndarray of shape (n, d), float32
        Rows of length one.
    """
    k = min(neighbours, len(points) // 4)
    if k < 1:
        return points
    for _ in range(rounds):
        points = unit_rows(points[nearest(points, k)[0]].mean(axis=1))
    return points


def with_neighbours(values: np.ndarray, points: np.ndarray, neighbours: int = 24, share: float = 0.6) -> np.ndarray:
    """Average the values of each text with those of the texts that are most alike, the likest counting most.

    Alike are texts with like values as well as like words. On labelled panels this puts one remark in twenty right that
    stood wrong alone. The farthest neighbour counts for nothing, so one that comes or goes changes little.

    Parameters
    ----------
    values : ndarray of shape (n, n_classes)
        How well each class fits each text.
    points : ndarray of shape (n, d)
        The texts as points of length one, distinct texts in an order that does not depend on the order of the input.
    neighbours : int
    share : float
        Of the neighbours in the value of a text.

    Returns
    -------
    ndarray of shape (n, n_classes), float32
        The same values where there are too few texts.
    """
    n = len(values)
    if n < FEWEST:
        return values
    spread = unit_rows(values - values.mean(axis=0))
    place = unit_rows(np.hstack([spread, 0.7 * points]))
    packs = -(-n // PACK)
    mixed = np.empty_like(values)
    for pack in range(packs):
        rows = np.arange(pack, n, packs)
        mine = values[rows]
        around, likeness = nearest(place[rows], min(neighbours, len(rows) // 4))
        weight = likeness - likeness.min(axis=1, keepdims=True) + 1e-6
        weight /= weight.sum(axis=1, keepdims=True)
        blended = (1.0 - share) * mine
        for at in range(around.shape[1]):
            blended += share * weight[:, at, None] * mine[around[:, at]]
        mixed[rows] = blended
    return mixed
