"""Placing remarks on the entries of a codebook: each entry is a soft prototype."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from feedback.text.bags import Bag, unit_rows
from feedback.text.neighbours import with_neighbours
from feedback.text.prototypes import Fit, Prototypes, prototypes_of
from feedback.text.resources import made_once
from feedback.text.vectors import word_vectors
from feedback.themes.codebook import Codebook
from feedback.themes.merging import family_tree
from feedback.themes.taught import Taught

# Placed in pieces of so many texts: bounds the memory, not the result.
PIECE = 4000
# A set is taken to be at home as if so many texts had been seen that are.
USUAL_HOME, SEEN = 0.7, 20


@dataclass(frozen=True)
class Placement:
    """Where remarks belong in a codebook.

    Attributes
    ----------
    keys : list of str
        Key of the best entry of each text, "" where none fits.
    strengths : ndarray of shape (n_texts,), float
        How sure, 0..1; 0 for texts without a word.
    words : list of tuple of str
        The words that placed each text, the most telling first.
    second : list of str
        Key of the second best entry, "" where the codebook has one entry or the text no words.
    nearest : list of str
        Key of the best entry, also where it does not fit well enough.
    """

    keys: list[str]
    strengths: np.ndarray
    words: list[tuple[str, ...]]
    second: list[str]
    nearest: list[str]


def usual_home(at_home: np.ndarray) -> float:
    """Return the home feeling of a set: the mean of its texts, beside that of a few that are known to be at home.

    A dozen short remarks tell little of what a panel speaks about; hundreds speak for themselves.

    Parameters
    ----------
    at_home : ndarray of shape (n_texts,)
        See `Fit`.

    Returns
    -------
    float
    """
    return float((at_home.sum() + SEEN * USUAL_HOME) / (len(at_home) + SEEN))


class Placer:
    """Places texts on the entries of a codebook.

    Parameters
    ----------
    codebook : Codebook
        With at least one entry.
    """

    def __init__(self, codebook: Codebook):
        self.entries = codebook.entries
        self.keys = [entry.key for entry in codebook.entries]
        self._prototypes = prototypes_of([entry.weighted() for entry in codebook.entries])
        self._taught = _taught_of(codebook, self._prototypes)

    @property
    def tree(self) -> np.ndarray:
        """Which entries are kin, see `family_tree`."""
        return family_tree([entry.weighted() for entry in self.entries], [entry.area for entry in self.entries])

    def fit_of(self, texts: Sequence[str], counted: Bag | None = None) -> Fit:
        """Return how well each entry fits each text, and what people said of texts like it; columns in the order of the entries."""
        fit = self._prototypes.fit_of(texts, counted)
        return replace(fit, values=self._taught.lifted(fit)) if self._taught and len(texts) else fit

    def values_of(self, texts: Sequence[str], counted: Bag | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Return how well each entry fits each of many texts, and their home feeling; piece by piece unless they are counted."""
        if counted is not None:
            fit = self.fit_of(texts, counted)
            return fit.values, fit.at_home
        values = np.empty((len(texts), len(self.keys)), dtype=np.float32)
        at_home = np.empty(len(texts), dtype=np.float32)
        for start in range(0, len(texts), PIECE):
            fit = self.fit_of(texts[start : start + PIECE])
            values[start : start + PIECE], at_home[start : start + PIECE] = fit.values, fit.at_home
        return values, at_home

    def evidence(self, fit: Fit, columns: np.ndarray) -> list[tuple[str, ...]]:
        """Return the words that spoke most for the chosen entry of each text."""
        return self._prototypes.evidence(fit, columns)

    def place(self, texts: Sequence[str], gate: float) -> Placement:
        """Place texts on the entries; texts that come together help each other.

        Parameters
        ----------
        texts : sequence of str
        gate : float
            Strength below which no entry fits.

        Returns
        -------
        Placement
        """
        distinct = sorted(set(texts))
        packs = max(1, -(-len(distinct) // PIECE))
        found: dict[str, tuple[str, float, tuple[str, ...], str, str]] = {}
        for pack in range(packs):
            found |= self._placed(distinct[pack::packs], gate)
        rows = [found[text] for text in texts]
        return Placement(
            keys=[row[0] for row in rows],
            strengths=np.array([row[1] for row in rows], dtype=np.float64),
            words=[row[2] for row in rows],
            second=[row[3] for row in rows],
            nearest=[row[4] for row in rows],
        )

    def _placed(self, texts: Sequence[str], gate: float) -> dict[str, tuple[str, float, tuple[str, ...], str, str]]:
        fit = self.fit_of(texts)
        points = word_vectors().encode_bag(fit.bag)
        points = unit_rows(points - points.mean(axis=0)) if len(points) else points
        best, second, strengths = ranked(with_neighbours(fit.values, points), fit.at_home)
        words = self.evidence(fit, best)
        found: dict[str, tuple[str, float, tuple[str, ...], str, str]] = {}
        for row, text in enumerate(texts):
            if fit.silent[row]:
                found[text] = ("", 0.0, (), "", "")
                continue
            sure, nearest = float(strengths[row]), self.keys[best[row]]
            other = self.keys[second[row]] if len(self.keys) > 1 else ""
            found[text] = (nearest if sure >= gate else "", sure, words[row], other, nearest)
        return found


def _taught_of(codebook: Codebook, prototypes: Prototypes) -> Taught | None:
    columns = {entry.key: column for column, entry in enumerate(codebook.entries)}
    said = tuple((text, columns[key]) for text, key in codebook.taught if key in columns)
    usual = tuple(" ".join((*entry.name.values(), *entry.description.values())) for entry in codebook.entries)
    return _taught(prototypes, usual, said) if said else None


@made_once(4)
def _taught(prototypes: Prototypes, usual: tuple[str, ...], said: tuple[tuple[str, int], ...]) -> Taught:
    return Taught(prototypes, usual, said)


def ranked(values: np.ndarray, at_home: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the best and the second best column of each row, and how sure the best one is.

    Parameters
    ----------
    values : ndarray of shape (n_texts, n_entries)
    at_home : ndarray of shape (n_texts,)
        See `Fit`.

    Returns
    -------
    best, second : ndarray of shape (n_texts,), int
    strengths : ndarray of shape (n_texts,), float, 0..1
    """
    rows = np.arange(len(values))
    best = values.argmax(axis=1)
    top = values[rows, best]
    if values.shape[1] == 1:
        return best, best, strength(top, np.ones_like(top), at_home)
    others = values.copy()
    others[rows, best] = -np.inf
    second = others.argmax(axis=1)
    return best, second, strength(top, top - others[rows, second], at_home)


def strength_on(columns: np.ndarray, values: np.ndarray, at_home: np.ndarray) -> np.ndarray:
    """Tell how sure a column is for each row: low where another one is better.

    Parameters
    ----------
    columns : ndarray of shape (n_texts,), int
    values, at_home
        See `ranked`.

    Returns
    -------
    ndarray of shape (n_texts,), float, 0..1
    """
    best, _, sure = ranked(values, at_home)
    rows = np.arange(len(values))
    own = values[rows, columns]
    found: np.ndarray = np.where(columns == best, sure, strength(own, own - values[rows, best], at_home))
    return found


def strength(top: np.ndarray, gap: np.ndarray, at_home: np.ndarray) -> np.ndarray:
    """Turn the value of the best entry, its lead and the home feeling of a text into a strength.

    A logistic curve fitted on labelled remarks outside the codebook, roughly the chance that a reader agrees; it fades
    where a text is about other things.
    """
    chance = 1.0 / (1.0 + np.exp(-(-1.9 + 3.5 * top + 1.5 * gap + 0.4 * np.minimum(at_home, 1.2))))
    sure: np.ndarray = (chance * np.clip(0.6 + at_home, 0.05, 1.0)).astype(np.float64)
    return sure
