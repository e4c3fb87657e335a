"""How much each word of a text is like the words of a class: near misses that a mean over all words would drown."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from feedback.text.bags import Bag, unit_rows
from feedback.text.tokens import stopwords, words
from feedback.text.vectors import word_vectors

if TYPE_CHECKING:
    from scipy import sparse

# Cosines below it are chance, measured between words of different entries.
CHANCE = 0.3
BLOCK = 500
MOST_WORDS = 60  # of a class


class WordLikeness:
    """Compares words one by one with the words of classes ("late interaction").

    Parameters
    ----------
    classes : sequence of mapping of str to float
        The texts of each class, with how much a word of it counts.

    References
    ----------
    Khattab, Zaharia (2020), ColBERT, SIGIR: the best match of each word, summed over words.
    """

    def __init__(self, classes: Sequence[Mapping[str, float]]):
        skip = stopwords("nl") | stopwords("en")
        said: list[dict[str, float]] = []
        for texts in classes:
            counts: dict[str, float] = {}
            for text, weight in texts.items():
                for word in words(text):
                    if word not in skip:
                        counts[word] = max(counts.get(word, 0.0), weight)
            said.append(counts)
        spread = Counter(word for counts in said for word in counts)
        ordered = []
        for place, counts in enumerate(said):
            # Words of many classes tell little; the most telling ones of a class are enough.
            telling = {word: weight * (math.log(len(classes) / spread[word]) + 0.3) for word, weight in counts.items()}
            best = sorted(telling, key=lambda word: (-telling[word], word))[:MOST_WORDS]
            ordered += [(place, word, telling[word]) for word in best]
        self.words = sorted({word for _, word, _ in ordered})
        self.skip = skip
        column = {word: at for at, word in enumerate(self.words)}
        pair_word = np.array([column[word] for _, word, _ in ordered], dtype=np.int32)
        self._weight = np.array([[weight] for _, _, weight in ordered], dtype=np.float32)
        owners = np.array([place for place, _, _ in ordered], dtype=np.int32)
        self._present, self._starts = np.unique(owners, return_index=True)
        self._n_classes = len(classes)
        self._rows: dict[str, list[int]] = {}
        for row, (_, word, _) in enumerate(ordered):
            self._rows.setdefault(word, []).append(row)
        self._vectors = unit_rows(word_vectors().of_words(self.words, a=1e3))[pair_word]

    def of_words(self, vocabulary: Sequence[str], a: float = 1e-3) -> np.ndarray:
        """Return how much each word speaks for each class, usual words less.

        Parameters
        ----------
        vocabulary : sequence of str
        a : float
            See `WordVectors.of_words`.

        Returns
        -------
        ndarray of shape (n_words, n_classes), float32
            Each row sums to zero.
        """
        votes = np.zeros((len(vocabulary), self._n_classes), dtype=np.float32)
        if not self.words:
            return votes
        table = word_vectors()
        for start in range(0, len(vocabulary), BLOCK):
            part = vocabulary[start : start + BLOCK]
            alike = self._vectors @ unit_rows(table.of_words(part, a=1e3)).T
            # In place, for these matrices are the largest of all: what exceeds chance, squared.
            alike -= CHANCE
            np.maximum(alike, 0.0, out=alike)
            alike *= 1.0 / (1.0 - CHANCE)
            alike *= alike
            for at, word in enumerate(part):
                if word in self._rows:  # also a word without a vector is like itself
                    alike[self._rows[word], at] = 1.0
            alike *= self._weight
            votes[start : start + len(part), self._present] = np.maximum.reduceat(alike, self._starts, axis=0).T
        votes -= votes.mean(axis=1, keepdims=True)
        weight = table.weights(vocabulary, a) * np.array([word not in self.skip for word in vocabulary])
        votes *= weight[:, None].astype(np.float32)
        return votes

    @staticmethod
    def of_texts(counted: Bag, votes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Sum the votes of words over texts.

        Parameters
        ----------
        counted : Bag
        votes : ndarray of shape (n_words, n_classes)
            See `of_words`.

        Returns
        -------
        values : ndarray of shape (n_texts, n_classes), float32
        scale : ndarray of shape (n_texts,)
            What the sum was divided by: the root of the number of words.
        """
        counts: sparse.csr_matrix = counted.counts
        scale = np.sqrt(np.maximum(np.asarray(counts.sum(axis=1)).ravel(), 1.0))
        return np.asarray(counts @ votes) / scale[:, None], scale
