"""Fewer themes by merging those that lose least: which entry would its remarks belong to otherwise?"""

from collections.abc import Sequence

import numpy as np


def merge_order(values: np.ndarray, groups: np.ndarray) -> list[tuple[int, int]]:
    """Order all merges of groups of remarks, the cheapest first.

    A group is named by the entry (column) its remarks are placed on. To merge it into another costs what its remarks
    lose in decision value; the sums of a merged group count on, so the merges form one hierarchy.

    Parameters
    ----------
    values : ndarray of shape (n, n_entries)
        Decision values.
    groups : ndarray of shape (n,), int
        The column each remark is placed on.

    Returns
    -------
    list of (int, int)
        (group, the group it is merged into), one merge for each group but the last.
    """
    names, inverse = np.unique(groups, return_inverse=True)
    size = len(names)
    totals = np.zeros((size, size))
    np.add.at(totals, inverse, values[:, names].astype(np.float64))
    alive = np.ones(size, dtype=bool)
    order: list[tuple[int, int]] = []
    for _ in range(size - 1):
        others = np.where(alive[None, :], totals, -np.inf)
        np.fill_diagonal(others, -np.inf)
        target = others.argmax(axis=1)
        cost = np.where(alive, totals.diagonal() - others[np.arange(size), target], np.inf)
        gone = int(cost.argmin())
        into = int(target[gone])
        totals[into] += totals[gone]
        alive[gone] = False
        order.append((int(names[gone]), int(names[into])))
    return order


def merged(groups: np.ndarray, order: Sequence[tuple[int, int]], k: int) -> dict[int, int]:
    """Return where each group ends when k groups stay.

    Parameters
    ----------
    groups : ndarray of shape (n,), int
    order : sequence of (int, int)
        See `merge_order`.
    k : int

    Returns
    -------
    dict of int to int
        Group to the group it is part of.
    """
    goal = {int(group): int(group) for group in np.unique(groups)}
    for gone, into in order[: max(len(goal) - k, 0)]:
        for group, now in goal.items():
            if now == gone:
                goal[group] = into
    return goal
