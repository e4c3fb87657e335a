"""A linear classifier of short texts: word vectors and character n-grams, with the words that decided."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from feedback.text.bags import Bag, bag, unit_rows
from feedback.text.vectors import word_vectors

if TYPE_CHECKING:
    from scipy import sparse


@dataclass(frozen=True)
class Decision:
    """What a classifier made of some texts.

    Attributes
    ----------
    values : ndarray of shape (n_texts, n_classes), float32
        Decision values: near 1 for a class that fits like its own examples, near or below 0 elsewhere.
    bag : Bag
        The counted texts.
    _votes : tuple
        What `TextClassifier.votes` needs: vectors and n-grams of the words, and the length of each text in both.
    """

    values: np.ndarray
    bag: Bag
    _votes: tuple[np.ndarray, "sparse.csr_matrix", np.ndarray]


class TextClassifier:
    """Ridge regression on word vectors and character n-grams.

    The n-grams lie within words, so their features are computed once a distinct word and summed over the words of a text.

    Parameters
    ----------
    alpha : float
        Strength of the ridge.
    vector_share : float
        Weight of the vectors beside the n-grams, 0..1.
    a : float
        Weight of usual words in the vectors, see `WordVectors.of_words`.
    ngrams : tuple of (int, int)
        Shortest and longest n-gram.

    Attributes
    ----------
    classes_ : list
        Classes in the order in which they first occurred.

    References
    ----------
    Hoerl, Kennard (1970), Ridge regression, Technometrics 12; Cavnar, Trenkle (1994), N-gram-based text categorization.
    """

    def __init__(
        self,
        alpha: float = 0.3,
        vector_share: float = 0.5,
        a: float = 1e-3,
        ngrams: tuple[int, int] = (3, 5),
    ):
        self.alpha = alpha
        self.vector_share = vector_share
        self.a = a
        self.ngrams = ngrams

    def fit(
        self, texts: Sequence[str], labels: Sequence[Hashable], weights: Sequence[float] | None = None
    ) -> "TextClassifier":
        """Learn from labelled texts.

        Parameters
        ----------
        texts : sequence of str
        labels : sequence
            One class a text.
        weights : sequence of float, optional
            How much each text counts.

        Returns
        -------
        TextClassifier
            Itself.
        """
        from scipy import linalg

        counted = bag(texts)
        grams = self._learn_ngrams(counted)
        vectors = self._vectors(counted)
        self.center_ = vectors.mean(axis=0)
        dense = self.vector_share * unit_rows(vectors - self.center_)
        sparse_part = (1.0 - self.vector_share) * self._unit(counted.counts @ grams)
        self.classes_: list[Any] = list(dict.fromkeys(labels))
        column = {label: place for place, label in enumerate(self.classes_)}
        target = np.full((len(texts), len(self.classes_)), -1.0)
        target[np.arange(len(texts)), [column[label] for label in labels]] = 1.0
        weight = np.ones(len(texts)) if weights is None else np.asarray(weights, dtype=np.float64)
        self.intercept_ = (np.average(target, axis=0, weights=weight)).astype(np.float32)
        # Single precision is half the time; the ridge keeps the system far from singular.
        gram = (sparse_part @ sparse_part.T).toarray()
        gram += dense @ dense.T
        gram[np.diag_indices_from(gram)] += (self.alpha / weight).astype(np.float32)
        dual = linalg.solve(
            gram, (target - self.intercept_).astype(np.float32), assume_a="pos", overwrite_a=True, check_finite=False
        )
        self.vector_coef_ = self.vector_share * (dense.T @ dual)
        self.ngram_coef_ = (1.0 - self.vector_share) * np.asarray(sparse_part.T @ dual)
        return self

    def decide(self, texts: Sequence[str], counted: Bag | None = None) -> Decision:
        """Return how well each class fits each text.

        Parameters
        ----------
        texts : sequence of str
        counted : Bag, optional
            The counted texts, when they are at hand.

        Returns
        -------
        Decision
        """
        counted = counted or bag(texts)
        words = word_vectors().of_words(counted.vocabulary, self.a)
        plain = np.asarray(counted.counts @ words)
        length = np.linalg.norm(plain, axis=1)
        centred = unit_rows(plain) - self.center_
        shift = np.linalg.norm(centred, axis=1)
        word_grams = self._ngrams_of(counted.vocabulary)
        grams = counted.counts @ word_grams
        gram_length = np.sqrt(np.asarray(grams.multiply(grams).sum(axis=1)).ravel())
        values = unit_rows(centred) @ self.vector_coef_ + self.intercept_
        values += np.asarray(grams @ self.ngram_coef_) / np.maximum(gram_length, 1e-9)[:, None]
        scale = np.stack([np.maximum(length * shift, 1e-9), np.maximum(gram_length, 1e-9)])
        return Decision(values.astype(np.float32), counted, (words, word_grams, scale))

    def votes(self, decision: Decision, columns: np.ndarray) -> np.ndarray:
        """Return how much each word of each text spoke for the class chosen for it.

        Parameters
        ----------
        decision : Decision
        columns : ndarray of shape (n_texts,), int
            The chosen class of each text.

        Returns
        -------
        ndarray of shape (n_counts,), float32
            In the order of the stored counts of ``decision.bag``.
        """
        words, grams, scale = decision._votes
        counts = decision.bag.counts
        by_vector, by_gram = words @ self.vector_coef_, np.asarray(grams @ self.ngram_coef_)
        row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        column = np.asarray(columns)[row]
        vote: np.ndarray = by_vector[counts.indices, column] / scale[0][row]
        vote += by_gram[counts.indices, column] / scale[1][row]
        return vote

    def _vectors(self, counted: Bag) -> np.ndarray:
        return word_vectors().encode_bag(counted, self.a)

    def _learn_ngrams(self, counted: Bag) -> "sparse.csr_matrix":
        from sklearn.feature_extraction.text import CountVectorizer

        self.vectorizer_ = CountVectorizer(analyzer="char_wb", ngram_range=self.ngrams, dtype=np.float32)
        grams = self.vectorizer_.fit_transform(counted.vocabulary)
        held = (counted.counts @ grams).astype(bool).sum(axis=0)
        self.idf_ = (np.log((1 + counted.counts.shape[0]) / (1 + np.asarray(held).ravel())) + 1).astype(np.float32)
        return grams.multiply(self.idf_).tocsr()

    def _ngrams_of(self, vocabulary: Sequence[str]) -> "sparse.csr_matrix":
        return self.vectorizer_.transform(vocabulary).multiply(self.idf_).tocsr().astype(np.float32)

    @staticmethod
    def _unit(matrix: "sparse.csr_matrix") -> "sparse.csr_matrix":
        from sklearn.preprocessing import normalize

        return normalize(matrix)
