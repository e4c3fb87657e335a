"""New entries for remarks that fit none: found where several belong together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from feedback.themes.codebook import Codebook
from feedback.themes.codebook_table import key_of
from feedback.themes.labels import Label, label_clusters
from feedback.themes.space import Space

# Below this strength a placement is a guess that a person should look at: shown as "nog te plaatsen".
WEAK = 0.25
# Fewer remarks than this that fit nothing are left alone: clusters of one or two say nothing.
SMALLEST_POOL = 8
SMALLEST_FOUND = 4
# Mean likeness of its remarks to each other from which a cluster holds together: five of six labelled groups of two public sets do.
COHESION = 0.22
# Remarks that fit nothing and are looked at together; bounds the work of one import.
LARGEST_POOL = 3000


@dataclass(frozen=True)
class FoundTheme:
    """A proposed new entry: what fitted none of the old ones but belongs together.

    Attributes
    ----------
    key : str
    label : str
        Two to four words of the remarks themselves, or the entries it holds.
    keywords, examples : tuple of str
    area : str
        Key of the service area most of its remarks have.
    stored : tuple of int
        Ids of remarks already stored that join it.
    label_en : str
        The label in English where it is known, else "".
    """

    key: str
    label: str
    keywords: tuple[str, ...]
    examples: tuple[str, ...]
    area: str
    stored: tuple[int, ...]
    label_en: str = ""


def propose_new(
    remarks: pd.DataFrame,
    keys: npt.NDArray[np.object_],
    strengths: npt.NDArray[np.float64],
    pool: pd.DataFrame,
    book: Codebook,
) -> tuple[FoundTheme, ...]:
    """Propose new entries for what fits nothing well, new and stored: where several belong together.

    Parameters
    ----------
    remarks : DataFrame
        With text and area.
    keys, strengths : ndarray of shape (n_remarks,)
        Where each remark was placed, and how surely; changed here for those that join a new entry.
    pool : DataFrame
        Stored remarks that fitted nothing: remark_id, text, area.
    book : Codebook

    Returns
    -------
    tuple of FoundTheme
    """
    alone = np.flatnonzero(strengths < WEAK)[:LARGEST_POOL]
    if not len(alone) or len(alone) + len(pool) < SMALLEST_POOL:
        return ()
    texts = [*remarks["text"].iloc[alone], *pool["text"]]
    areas = pd.Series([*remarks["area"].iloc[alone], *pool["area"]])
    # Likeness is measured among all remarks of the file: among those that fit nowhere alone, any few look alike.
    others = remarks["text"].drop(remarks.index[alone]).iloc[:LARGEST_POOL]
    points = Space().fit_transform([*texts, *others])[: len(texts)]
    taken = {entry.key for entry in book.entries}
    found = []
    for members, label in belonging(texts, points):
        new = members[members < len(alone)]
        stored = pool["remark_id"].iloc[members[members >= len(alone)] - len(alone)]
        said = tuple(texts[at] for at in members[:3])
        ids = tuple(int(at) for at in stored)
        found.append(found_theme(label.text, label.keywords, said, areas.iloc[members], ids, taken))
        keys[alone[new]] = found[-1].key
        strengths[alone[new]] = 0.5
    return tuple(found)


def belonging(texts: list[str], points: npt.NDArray[np.float32]) -> list[tuple[npt.NDArray[np.int64], Label]]:
    """Find remarks that belong together among remarks that fit nowhere.

    Parameters
    ----------
    texts : list of str
    points : ndarray of shape (n, d)
        Of each text, see `Space`.

    Returns
    -------
    list of (ndarray of int, Label)
        Of each group the texts, the ones most like the others first, and what it is about; most texts stay without one.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import pdist

    if len(texts) < SMALLEST_FOUND:
        return []
    # Sorted, so that the order of the rows changes nothing.
    order = np.array(sorted(range(len(texts)), key=texts.__getitem__))
    far = linkage(pdist(points[order].astype(np.float64), "sqeuclidean") / 2, "average")
    group = fcluster(far, 1 - COHESION, "distance")
    members = [order[group == one] for one in np.unique(group) if (group == one).sum() >= SMALLEST_FOUND]
    nearest = [mine[np.argsort(-points[mine] @ points[mine].mean(axis=0), kind="stable")] for mine in members]
    labels = label_clusters([[texts[at] for at in mine] for mine in nearest])
    found = list(zip(nearest, labels, strict=True))
    return sorted(found, key=lambda one: (-len(one[0]), one[1].text))


def likeness(points: npt.NDArray[np.float32]) -> float:
    """Give the mean likeness of some remarks to each other.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Rows of length one.

    Returns
    -------
    float
        -1..1; 0 for fewer than two.
    """
    n = len(points)
    # The sum over all pairs is the squared length of the sum.
    return float((points.sum(axis=0) ** 2).sum() - n) / (n * (n - 1)) if n > 1 else 0.0


def found_theme(
    label: str,
    keywords: tuple[str, ...],
    exemplars: tuple[str, ...],
    areas: pd.Series,
    stored: tuple[int, ...],
    taken: set[str],
    label_en: str = "",
) -> FoundTheme:
    """Make an entry of remarks that belong together.

    Parameters
    ----------
    label : str
    keywords, exemplars : tuple of str
    areas : Series of str
        Service area of each of its remarks.
    stored : tuple of int
        See `FoundTheme`.
    taken : set of str
        Keys that are in use; the new one is added.
    label_en : str
        See `FoundTheme`.

    Returns
    -------
    FoundTheme
    """
    key = key_of(label, taken, start="gevonden-")
    taken.add(key)
    usual = areas.dropna().mode()
    return FoundTheme(
        key=key, label=label[:1].upper() + label[1:], keywords=keywords, examples=exemplars,
        area=str(usual.iloc[0]) if len(usual) else "algemeen", stored=stored,
        label_en=label_en,
    )  # fmt: skip
