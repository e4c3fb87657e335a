"""Placing remarks on the entries of a codebook: each entry is a soft prototype."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from feedback.text.bags import Bag
from feedback.text.prototypes import Fit, prototypes_of
from feedback.themes.codebook import Codebook

# Placed in pieces of so many texts: bounds the memory, not the result.
PIECE = 4000


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

    def fit_of(self, texts: Sequence[str], counted: Bag | None = None) -> Fit:
        """Return how well each entry fits each text; columns in the order of the entries."""
        return self._prototypes.fit_of(texts, counted)

    def evidence(self, fit: Fit, columns: np.ndarray) -> list[tuple[str, ...]]:
        """Return the words that spoke most for the chosen entry of each text."""
        return self._prototypes.evidence(fit, columns)

    def place(self, texts: Sequence[str], gate: float) -> Placement:
        """Place texts on the entries.

        Parameters
        ----------
        texts : sequence of str
        gate : float
            Strength below which no entry fits.

        Returns
        -------
        Placement
        """
        parts = [self._place(texts[start : start + PIECE], gate) for start in range(0, len(texts), PIECE)]
        return Placement(
            keys=[key for part in parts for key in part.keys],
            strengths=np.concatenate([part.strengths for part in parts]) if parts else np.zeros(0),
            words=[words for part in parts for words in part.words],
            second=[key for part in parts for key in part.second],
            nearest=[key for part in parts for key in part.nearest],
        )

    def _place(self, texts: Sequence[str], gate: float) -> Placement:
        fit = self.fit_of(texts)
        best, second, strengths = ranked(fit.values, fit.at_home)
        strengths = np.where(fit.silent, 0.0, strengths)
        nearest = ["" if quiet else self.keys[column] for column, quiet in zip(best, fit.silent, strict=True)]
        return Placement(
            keys=[key if strength >= gate else "" for key, strength in zip(nearest, strengths, strict=True)],
            strengths=strengths,
            words=self.evidence(fit, best),
            second=[
                "" if quiet or len(self.keys) < 2 else self.keys[column]
                for column, quiet in zip(second, fit.silent, strict=True)
            ],
            nearest=nearest,
        )


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


def strength(top: np.ndarray, gap: np.ndarray, at_home: np.ndarray) -> np.ndarray:
    """Turn the value of the best entry, its lead and the home feeling of a text into a strength.

    A logistic curve fitted on labelled remarks outside the codebook, roughly the chance that a reader agrees; it fades
    where a text is about other things.
    """
    chance = 1.0 / (1.0 + np.exp(-(-0.3 + 1.65 * top + 0.8 * gap + 0.35 * np.minimum(at_home, 1.2))))
    sure: np.ndarray = (chance * np.clip(0.5 + at_home, 0.05, 1.0)).astype(np.float64)
    return sure
