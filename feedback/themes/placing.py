"""Remarks to themes: place on the codebook, propose new entries for what fits none. Knows no database; see `stored`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from feedback.themes.codebook import Codebook
from feedback.themes.codebook_table import key_of
from feedback.themes.grouping import readable
from feedback.themes.labels import Label, label_clusters
from feedback.themes.model import ThemeModel
from feedback.themes.prototypes import PIECE, Placer, ranked, strength
from feedback.themes.space import Space

# Below this strength a placement is a guess that a person should look at: shown as "nog te plaatsen".
WEAK = 0.25
# Fewer remarks than this that fit nothing are left alone: clusters of one or two say nothing.
SMALLEST_POOL = 8
SMALLEST_FOUND = 4
# Mean likeness of its remarks to each other from which a cluster holds together: five of six labelled groups of two public sets do.
COHESION = 0.22
# A dormant entry that fits one remark so well wakes for it.
CONFIDENT = 0.5
# Remarks that must fit a dormant entry better than every theme that is awake, for it to wake.
SMALLEST_THEME = 3
# Remarks that fit nothing and are looked at together; bounds the work of one import.
LARGEST_POOL = 3000
# What a remark is about is judged half by itself and half by the company it is in: "de koffie smaakt nergens naar" sounds like a restaurant,
# but in a client panel it is not. A panel is taken to be at home as if so many remarks had been seen that are.
USUAL_HOME, SEEN = 0.7, 20


NO_POOL = pd.DataFrame(columns=["remark_id", "text", "area"])


@dataclass(frozen=True)
class FoundTheme:
    """A proposed new entry: what fitted none of the old ones but belongs together.

    Attributes
    ----------
    key : str
    label : str
        Two to four words of the remarks themselves.
    keywords, examples : tuple of str
    area : str
        Key of the service area most of its remarks have.
    stored : tuple of int
        Ids of remarks already stored that join it.
    """

    key: str
    label: str
    keywords: tuple[str, ...]
    examples: tuple[str, ...]
    area: str
    stored: tuple[int, ...]


def in_company(at_home: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Draw the home feeling of remarks halfway to that of all of them.

    Halfway told right from wrong placements as well as or better than each by itself on three labelled sets, and leaves fewer in doubt.

    Parameters
    ----------
    at_home : ndarray of shape (n,)
        See `text.prototypes.Fit`; of remarks that came together.

    Returns
    -------
    ndarray of shape (n,)
    """
    usual = (at_home.sum() + SEEN * USUAL_HOME) / (len(at_home) + SEEN)
    drawn: npt.NDArray[np.float32] = ((at_home + usual) / 2).astype(np.float32)
    return drawn


def model_for(book: Codebook) -> Placer:
    """Give the entries of a codebook, trained; the last few are kept, so that one remark costs no training."""
    return Placer(book)


def place(
    remarks: pd.DataFrame, *, book: Codebook, awake: frozenset[str], pool: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[FoundTheme, ...]]:
    """Give every remark a theme with a strength and the words that placed it.

    The first remarks of a panel are themed together, in as many themes as a reader can take in. Later ones join the themes that are awake;
    a dormant entry wakes when several fit it better than all of those, and what fits nothing is clustered and proposed.

    Parameters
    ----------
    remarks : DataFrame
        With text and area.
    book : Codebook
    awake : frozenset of str
        Keys of the themes that have remarks.
    pool : DataFrame
        See `weakly_placed`.

    Returns
    -------
    remarks : DataFrame
        The same rows with theme (key; "" only where there are no words to go by), strength (0..1), words (tuple).
    found : tuple of FoundTheme
    """
    texts = list(remarks["text"])
    if not texts:
        return remarks.assign(theme="", strength=0.0, words=None), ()
    if awake:
        keys, strengths, words = _join(texts, book, awake, list(pool["text"]))
        found = _propose(remarks, keys, strengths, pool, book)
    else:
        keys, strengths, words, found = _first(remarks, book)
    placed = remarks.assign(theme=keys.astype(str), strength=strengths)
    placed["words"] = pd.Series(words, index=remarks.index, dtype=object)
    return placed, found


Placed = tuple[npt.NDArray[np.object_], npt.NDArray[np.float64], list[tuple[str, ...]]]


def _first(
    remarks: pd.DataFrame, book: Codebook
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.float64], list[tuple[str, ...]], tuple[FoundTheme, ...]]:
    """Theme the first remarks of a panel together."""
    texts = list(remarks["text"])
    model = ThemeModel(n_themes=_borne_out(texts, book), codebook=book).fit(texts)
    keys = np.array(model.labels_, dtype=object)
    kept = {theme.key for theme in model.themes_ if theme.from_codebook}
    on_book = np.isin(keys, list(kept))
    strengths, words = np.asarray(model.strengths_, dtype=float).copy(), model.explain(texts)
    if on_book.any():
        # The model is sure of the entry a remark was placed on before entries were merged; ask about the theme it is in now.
        rows = np.flatnonzero(on_book)
        strengths[rows] = _fit_of([texts[at] for at in rows], list(keys[rows]), book)
    taken = {entry.key for entry in book.entries}
    found = []
    for theme in model.themes_:
        if theme.from_codebook:
            continue
        members = np.flatnonzero(keys == theme.key)
        label = theme.label if isinstance(theme.label, str) else theme.label["nl"]
        found.append(_found(label, theme.keywords, theme.exemplars, remarks["area"].iloc[members], (), taken))
        keys[members] = found[-1].key
    return keys, strengths, words, tuple(found)


def _borne_out(texts: list[str], book: Codebook) -> int | None:
    """Count the entries that several remarks fit well: so many themes the first remarks of a panel get, within what can be read.

    Measured on the example panel: with as many themes as fit on one screen half of the remarks sit in a theme that is not theirs; sticky
    notes for 400 remarks are 30 to 40, of which the largest dozen is read first.
    """
    if len(set(texts)) < SMALLEST_POOL or not book.entries:
        return None
    placer = model_for(book)
    values, at_home = placer.values_of(texts)
    best, _, sure = ranked(values, in_company(at_home))
    votes = np.bincount(best[sure >= WEAK], minlength=len(placer.keys))
    fewest, most = readable(len(texts))
    borne_out = int((votes >= max(SMALLEST_THEME, len(texts) // 200)).sum())
    return None if borne_out < fewest else min(borne_out, 2 * most)


def _fit_of(texts: list[str], keys: list[str], book: Codebook) -> npt.NDArray[np.float64]:
    """Tell how well each text fits the entry it is in, given how well it fits the others."""
    placer = model_for(book)
    column = {key: at for at, key in enumerate(placer.keys)}
    values, at_home = placer.values_of(texts)
    return _fit_in(values, np.array([column[key] for key in keys]), in_company(at_home))


def _fit_in(
    values: npt.NDArray[np.float32], chosen: npt.NDArray[np.int64], at_home: npt.NDArray[np.float32]
) -> npt.NDArray[np.float64]:
    rows = np.arange(len(values))
    own = values[rows, chosen]
    others = values.copy()
    others[rows, chosen] = -np.inf
    return np.asarray(strength(own, own - others.max(axis=1), at_home), dtype=float)


def _join(texts: list[str], book: Codebook, awake: frozenset[str], pool: list[str]) -> Placed:
    """Place later remarks on the themes that are awake, and on dormant entries that earn to wake."""
    placer = model_for(book)
    is_awake = np.array([key in awake for key in placer.keys])
    everything = [*texts, *pool]
    fits = [placer.fit_of(everything[at : at + PIECE]) for at in range(0, len(everything), PIECE)]
    values = np.vstack([fit.values for fit in fits])
    at_home = in_company(np.concatenate([fit.at_home for fit in fits]))
    columns = np.flatnonzero(is_awake | _earned(values, at_home, is_awake))
    if not len(columns):
        columns = np.arange(len(placer.keys))
    mine = values[: len(texts)]
    chosen = columns[mine[:, columns].argmax(axis=1)]
    silent = np.concatenate([fit.silent for fit in fits])[: len(texts)]
    words: list[tuple[str, ...]] = []
    for start in range(0, len(texts), PIECE):
        part = texts[start : start + PIECE]
        words += placer.evidence(placer.fit_of(part), chosen[start : start + PIECE])
    keys = np.array([placer.keys[at] for at in chosen], dtype=object)
    keys[silent] = ""
    return keys, np.where(silent, 0.0, _fit_in(mine, chosen, at_home[: len(texts)])), words


def _earned(
    values: npt.NDArray[np.float32], at_home: npt.NDArray[np.float32], is_awake: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Tell which dormant entries wake: several remarks fit them better than all that are awake, most gain first, while there is room.

    One remark wakes an entry that fits it very well.
    """
    best, _, sure = ranked(values, at_home)
    wins = sure >= WEAK
    gain = values.max(axis=1) - (values[:, is_awake].max(axis=1) if is_awake.any() else values.min())
    gains = np.bincount(best[wins], weights=gain[wins], minlength=len(is_awake))
    votes = np.bincount(best[wins], minlength=len(is_awake))
    # As many themes as a reader can take in of what the panel said; a theme that is awake is never in the way.
    room = max(2, 2 * readable(len(values))[1] - int(is_awake.sum()))
    surest = np.zeros(len(is_awake))
    np.maximum.at(surest, best, sure)
    earns = ~is_awake & ((votes >= SMALLEST_THEME) | (surest >= CONFIDENT))
    candidates = [at for at in np.argsort(-gains, kind="stable") if earns[at]]
    earned = np.zeros(len(is_awake), dtype=bool)
    earned[candidates[:room]] = True
    return earned


def _propose(
    remarks: pd.DataFrame,
    keys: npt.NDArray[np.object_],
    strengths: npt.NDArray[np.float64],
    pool: pd.DataFrame,
    book: Codebook,
) -> tuple[FoundTheme, ...]:
    """Cluster what fits nothing well, new and stored; clusters that hold together become proposals."""
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
        found.append(_found(label.text, label.keywords, said, areas.iloc[members], ids, taken))
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


def _found(
    label: str,
    keywords: tuple[str, ...],
    exemplars: tuple[str, ...],
    areas: pd.Series,
    stored: tuple[int, ...],
    taken: set[str],
) -> FoundTheme:
    key = key_of(label, taken, start="gevonden-")
    taken.add(key)
    usual = areas.dropna().mode()
    return FoundTheme(
        key=key, label=label[:1].upper() + label[1:], keywords=keywords, examples=exemplars,
        area=str(usual.iloc[0]) if len(usual) else "algemeen", stored=stored,
    )  # fmt: skip
