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
            for word in sorted(counts):  # a word of many classes tells little
                ordered.append((place, word, counts[word] * (math.log(len(classes) / spread[word]) + 0.3)))
        ordered.sort(key=lambda pair: (pair[1], pair[0]))
        self.words = sorted(spread)
        self.skip = skip
        self._class = np.array([place for place, _, _ in ordered], dtype=np.int64)
        self._weight = np.array([weight for _, _, weight in ordered], dtype=np.float32)
        self._size = np.array([spread[word] for word in self.words], dtype=np.int64)
        self._start = np.cumsum(self._size) - self._size
        self._n_classes = len(classes)
        self._column = {word: column for column, word in enumerate(self.words)}
        self._vectors = directions(self.words)

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
        for start in range(0, len(vocabulary), BLOCK):
            part = vocabulary[start : start + BLOCK]
            alike = directions(part) @ self._vectors.T
            for at, word in enumerate(part):
                if word in self._column:  # also a word without a vector is like itself
                    alike[at, self._column[word]] = 1.0
            # Few pairs of words exceed chance: only those are spread over the classes that use them.
            row, column = np.nonzero(alike > CHANCE)
            likeness = ((alike[row, column] - CHANCE) / (1.0 - CHANCE)) ** 2
            size = self._size[column]
            ends = np.cumsum(size)
            pair = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - size - self._start[column], size)
            place = np.repeat(row, size) * self._n_classes + self._class[pair]
            vote = np.zeros(len(part) * self._n_classes, dtype=np.float32)
            np.maximum.at(vote, place, np.repeat(likeness, size) * self._weight[pair])
            votes[start : start + len(part)] = vote.reshape(len(part), self._n_classes)
        votes -= votes.mean(axis=1, keepdims=True)
        weight = word_vectors().weights(vocabulary, a) * np.array([word not in self.skip for word in vocabulary])
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


def directions(vocabulary: Sequence[str]) -> np.ndarray:
    """Return the vector of each word at length one, whatever its frequency.

    Parameters
    ----------
    vocabulary : sequence of str

    Returns
    -------
    ndarray of shape (n_words, d), float32
    """
    return unit_rows(word_vectors().of_words(vocabulary, a=1e3))
