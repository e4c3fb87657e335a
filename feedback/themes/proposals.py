"""A fresh look at stored themes: what would go elsewhere, together or apart by now, and why. It only proposes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from feedback.themes.codebook import Codebook
from feedback.themes.finding import SMALLEST_FOUND, SMALLEST_POOL, WEAK, belonging, likeness
from feedback.themes.labels import label_clusters
from feedback.themes.placing import SMALLEST_THEME, in_company, model_for
from feedback.themes.prototypes import strength_on
from feedback.themes.space import Space

Kind = Literal["move", "wake", "found", "merge", "split"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# So sure of another theme one must be to propose a remark's move, and so much surer than of its own.
SURE, SURER = 0.45, 0.2
# Share of a theme's remarks that fit another theme at least as well, from which merging is proposed.
AS_WELL = 0.6
# A theme of so many remarks may be two; both parts must be at least this share of it.
LARGE, PART = 15, 0.25
# Of a theme of more remarks than this the first are looked at: bounds the work.
MOST = 2000
# How much more the remarks of either part must be like each other than like those of the other part.
APART = 0.20


@dataclass(frozen=True)
class Proposal:
    """Something a person may do to themes.

    Attributes
    ----------
    kind : {"move", "wake", "found", "merge", "split"}
        Remarks to a theme in use; to a sleeping entry; to a new theme; a theme into another; a part of a theme to a new one.
    remarks : tuple of int
        Ids of the remarks that would move; the surest first.
    theme : str
        Key of the theme they go to; "" for a new one.
    source : str
        Key of the theme that is merged or parted; "" where they come from several.
    label : str
        Name of a new theme, in the remarks' own words; "" for one that exists.
    words : tuple of str
        The words that speak for it.
    """

    kind: Kind
    remarks: tuple[int, ...]
    theme: str = ""
    source: str = ""
    label: str = ""
    words: tuple[str, ...] = ()


def propose(remarks: pd.DataFrame, book: Codebook, sleeping: Collection[str]) -> list[Proposal]:
    """Look afresh at remarks and the codebook as people left it.

    Parameters
    ----------
    remarks : DataFrame
        remark_id, text, theme (key or missing), strength, placed_by. What a person placed stays where it is.
    book : Codebook
    sleeping : collection of str
        Keys of the entries without remarks.

    Returns
    -------
    list of Proposal
        The kinds in the order of `KINDS`, those of most remarks first; no remark is in two.
    """
    rows = remarks[remarks["placed_by"].astype(str) != "person"].reset_index(drop=True)
    if rows.empty or not book.entries:
        return []
    fit = _Fit(rows, book, sleeping)
    points = Space().fit_transform(list(rows["text"]))
    found = [*fit.moves(), *_new(rows, points, fit.unmoved()), *_merges(remarks, fit), *_splits(rows, points)]
    taken: set[int] = set()
    kept = []
    for proposal in sorted(found, key=lambda one: (KINDS.index(one.kind), -len(one.remarks), one.theme, one.source)):
        if taken.isdisjoint(proposal.remarks):
            taken.update(proposal.remarks)
            kept.append(proposal)
    return kept


class _Fit:
    """How well every entry fits every remark."""

    def __init__(self, rows: pd.DataFrame, book: Codebook, sleeping: Collection[str]):
        self.rows = rows
        self.placer = model_for(book)
        self.keys = np.array(self.placer.keys, dtype=object)
        self.values, at_home = self.placer.values_of(list(rows["text"]))
        self.at_home = in_company(at_home)
        column = {key: at for at, key in enumerate(self.placer.keys)}
        self.now = np.array([column.get(str(theme), -1) for theme in rows["theme"]])
        self.asleep = np.isin(self.keys, list(sleeping))
        self.best = self.values.argmax(axis=1)
        self.sure = strength_on(self.best, self.values, self.at_home)
        own = np.where(self.now >= 0, self.now, self.best)
        self.surer = self.sure - np.where(self.now >= 0, strength_on(own, self.values, self.at_home), 0.0)

    def moves(self) -> Iterator[Proposal]:
        """Give the remarks that fit a theme in use, or a sleeping entry, far better than where they are."""
        self.moved = np.zeros(len(self.rows), dtype=bool)
        better = (self.best != self.now) & (self.surer >= SURER)
        for column in np.unique(self.best[better]):
            mine = np.flatnonzero(better & (self.best == column))
            asleep = bool(self.asleep[column])
            mine = mine[self.sure[mine] >= (WEAK if asleep else SURE)]
            if len(mine) < (SMALLEST_THEME if asleep else 1):
                continue
            mine = mine[np.argsort(-self.sure[mine], kind="stable")]
            self.moved[mine] = True
            said = self.placer.evidence(self.placer.fit_of(list(self.rows["text"].iloc[mine])), self.best[mine])
            words = Counter(word for some in said for word in some)
            yield Proposal(
                "wake" if asleep else "move", tuple(self.rows["remark_id"].iloc[mine].astype(int)),
                theme=str(self.keys[column]), words=tuple(word for word, _ in words.most_common(5)),
            )  # fmt: skip

    def unmoved(self) -> np.ndarray:
        """Give the remarks that fit badly where they are and that no entry draws."""
        weak = (self.now < 0) | (self.rows["strength"].to_numpy(dtype=float) < WEAK)
        left: np.ndarray = np.flatnonzero(weak & ~self.moved)
        return left


def _new(rows: pd.DataFrame, points: np.ndarray, weak: np.ndarray) -> Iterator[Proposal]:
    """Give clusters of remarks that fit nowhere and belong together."""
    if len(weak) < SMALLEST_POOL:
        return
    for mine, label in belonging(list(rows["text"].iloc[weak]), points[weak]):
        yield Proposal(
            "found", tuple(rows["remark_id"].iloc[weak[mine]].astype(int)), label=_sentence(label.text),
            words=label.keywords[:5],
        )  # fmt: skip


def _merges(remarks: pd.DataFrame, fit: _Fit) -> Iterator[Proposal]:
    """Give small themes of which most remarks fit one other theme in use as well."""
    sizes = remarks["theme"].value_counts()
    in_use = np.flatnonzero(~fit.asleep)
    gone: set[str] = set()
    for theme, size in sizes[sizes > 0].sort_values(kind="stable").items():
        rows = np.flatnonzero(fit.rows["theme"].astype(str) == str(theme))
        if str(theme) not in fit.placer.keys or len(rows) < max(2, AS_WELL * size):
            continue
        own = fit.values[rows, fit.now[rows]]
        other = in_use[fit.keys[in_use] != theme]
        if not len(other):
            continue
        as_well = (fit.values[np.ix_(rows, other)] >= own[:, None]).sum(axis=0)
        target = str(fit.keys[other[as_well.argmax()]])
        if as_well.max() < AS_WELL * size or sizes.get(target, 0) < size or target in gone or str(theme) in gone:
            continue
        gone |= {str(theme), target}
        yield Proposal("merge", tuple(fit.rows["remark_id"].iloc[rows].astype(int)), theme=target, source=str(theme))


def _splits(rows: pd.DataFrame, points: np.ndarray) -> Iterator[Proposal]:
    """Give large themes whose remarks are of two kinds."""
    for theme, at in rows.groupby("theme", observed=True).indices.items():
        if len(at) < LARGE:
            continue
        mine = rows.iloc[at]
        order = np.argsort(mine["text"].to_numpy(dtype=object), kind="stable")[:MOST]
        mine, near = mine.iloc[order], points[at[order]]
        half = _halves(near)
        small = np.flatnonzero(half == np.bincount(half).argmin())
        large = np.flatnonzero(half != np.bincount(half).argmin())
        if len(small) < max(SMALLEST_FOUND, PART * len(mine)):
            continue
        across = float((near[small] @ near[large].mean(axis=0)).mean())
        if min(likeness(near[small]), likeness(near[large])) - across < APART:
            continue
        texts = list(mine["text"])
        label = label_clusters([[texts[at] for at in part] for part in (small, large)])[0]
        surest = small[np.argsort(-near[small] @ near[small].mean(axis=0), kind="stable")]
        yield Proposal(
            "split", tuple(mine["remark_id"].iloc[surest].astype(int)), source=str(theme), label=_sentence(label.text),
            words=label.keywords[:5],
        )  # fmt: skip


def _halves(points: np.ndarray) -> np.ndarray:
    from scipy.cluster.hierarchy import fcluster, linkage

    halves: np.ndarray = fcluster(linkage(points.astype(np.float64), "ward"), 2, "maxclust") - 1
    return halves


def _sentence(label: str) -> str:
    return label[:1].upper() + label[1:]
