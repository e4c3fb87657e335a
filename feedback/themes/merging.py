"""Fewer themes by merging entries of the codebook that are kin: which are, the codebook says, so that remarks that come do not turn it."""

from collections.abc import Mapping, Sequence

import numpy as np

from feedback.text.resources import made_once

SAME_AREA = 2.0  # likeness that a shared service area adds, in standard deviations of the likeness of words


def family_tree(texts: Sequence[Mapping[str, float]], areas: Sequence[str]) -> np.ndarray:
    """Return the hierarchy of entries: alike are entries in letters and in meaning, more so within one service area.

    The last few are kept, one a codebook.

    Parameters
    ----------
    texts : sequence of mapping of str to float
        What each entry says, see `Entry.weighted`.
    areas : sequence of str
        The service area of each.

    Returns
    -------
    ndarray of shape (n_entries - 1, 4)
        As `scipy.cluster.hierarchy.linkage` gives it, by Ward's method; shared, so it must not be changed.

    References
    ----------
    Ward (1963), Hierarchical grouping to optimize an objective function, JASA 58.
    """
    return _tree(tuple(" ".join(mine) for mine in texts), tuple(areas))


@made_once(6)
def _tree(texts: tuple[str, ...], areas: tuple[str, ...]) -> np.ndarray:
    from scipy.cluster.hierarchy import linkage
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    from feedback.text.bags import bag
    from feedback.text.vectors import word_vectors

    if len(texts) < 2:
        return np.zeros((0, 4))
    counted = bag(texts)
    alike = _standard(_likeness(word_vectors().encode_bag(counted)))
    if counted.vocabulary:
        reader = CountVectorizer(analyzer="char_wb", ngram_range=(3, 5), dtype=np.float32)
        grams = counted.counts @ reader.fit_transform(counted.vocabulary)
        letters = TfidfTransformer(sublinear_tf=True).fit_transform(grams).toarray()
        alike = _standard(alike + _standard(_likeness(letters)))
    place = np.unique(areas, return_inverse=True)[1]
    alike += SAME_AREA * (place[:, None] == place[None, :])[np.triu_indices(len(texts), 1)]
    tree: np.ndarray = linkage(alike.max() - alike, "ward")
    tree.flags.writeable = False
    return tree


def _likeness(points: np.ndarray) -> np.ndarray:
    """Return the likeness of each pair, as a difference from the mean of all."""
    from feedback.text.bags import unit_rows

    points = unit_rows(points - points.mean(axis=0))
    pairs: np.ndarray = (points @ points.T)[np.triu_indices(len(points), 1)].astype(np.float64)
    return pairs


def _standard(values: np.ndarray) -> np.ndarray:
    scaled: np.ndarray = (values - values.mean()) / max(float(values.std()), 1e-9)
    return scaled


def merge_order(tree: np.ndarray, groups: np.ndarray) -> list[tuple[int, int]]:
    """Order all merges of groups of remarks, the cheapest first.

    A group is named by the entry (column) its remarks are placed on. Two branches of the tree are merged at Ward's cost for
    their numbers of remarks; never before what is below them. The larger one gives its name.

    Parameters
    ----------
    tree : ndarray of shape (n_entries - 1, 4)
        See `family_tree`.
    groups : ndarray of shape (n,), int
        The column each remark is placed on.

    Returns
    -------
    list of (int, int)
        (group, the group it is merged into), one merge for each group but the last.
    """
    n = len(tree) + 1
    size = np.concatenate([np.bincount(groups, minlength=n).astype(float), np.zeros(n - 1)])
    cost, name = np.zeros(2 * n - 1), np.arange(2 * n - 1)
    events: list[tuple[float, int, int, int]] = []
    for step, (left, right, height, _) in enumerate(tree):
        node = n + step
        small, large = sorted((int(left), int(right)), key=lambda child: (size[child], -name[child]))
        size[node], name[node] = size[small] + size[large], name[large]
        if not size[small]:
            cost[node] = cost[large]
            continue
        own = height**2 * size[small] * size[large] / size[node]
        cost[node] = max(cost[small], cost[large], own)
        events.append((float(cost[node]), node, int(name[small]), int(name[large])))
    return [(gone, into) for _, _, gone, into in sorted(events)]


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
