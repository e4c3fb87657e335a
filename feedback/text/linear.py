"""A linear classifier of short texts that learns in a moment: character n-grams beside word vectors."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from feedback.text.bags import Bag, bag, unit_rows
from feedback.text.tokens import stopwords
from feedback.text.vectors import word_vectors

if TYPE_CHECKING:
    from scipy import sparse

NGRAMS = (3, 5)  # letters
SMOOTHING = 0.5  # of the counts of n-grams
NGRAM_WEIGHT = 1 / 3  # brings the log odds of n-grams to the size of the other values
RIDGE = 3.0
TELLING = 1000  # texts that tell by themselves which words are usual; with fewer the stop words count for less


@dataclass(frozen=True)
class Decision:
    """What a classifier made of some texts.

    Attributes
    ----------
    values : ndarray of shape (n_texts, n_classes), float32
        Higher is better; comparable between classes and between texts.
    bag : Bag
        The counted texts.
    _votes : tuple
        What `TextClassifier.votes` needs: vectors and n-grams of the words, and the length of each text in both.
    """

    values: np.ndarray
    bag: Bag
    _votes: tuple[np.ndarray, "sparse.csr_matrix", np.ndarray]


class TextClassifier:
    """Complement naive Bayes on character n-grams, with a ridge regression on word vectors beside it.

    Both learn from thousands of short texts in well under a second, so a correction can teach at once. The n-grams lie
    within words: their features are computed once a distinct word and summed over the words of a text.

    Parameters
    ----------
    vector_weight : float
        Weight of the vectors beside the n-grams.
    a : float
        Weight of usual words in the vectors, see `WordVectors.of_words`.

    Attributes
    ----------
    classes_ : list
        Classes in the order in which they first occurred.

    References
    ----------
    Rennie et al. (2003), Tackling the poor assumptions of naive Bayes text classifiers, ICML; Cavnar, Trenkle (1994),
    N-gram-based text categorization; Hoerl, Kennard (1970), Ridge regression, Technometrics 12.
    """

    def __init__(self, vector_weight: float = 0.2, a: float = 1e-3):
        self.vector_weight = vector_weight
        self.a = a
        self.vectorizer_: Any = None
        self.filler_ = 1.0
        self.idf_ = np.zeros(0, dtype=np.float32)

    def fit(
        self,
        texts: Sequence[str],
        labels: Sequence[Hashable],
        weights: Sequence[float] | None = None,
        like: "TextClassifier | None" = None,
    ) -> "TextClassifier":
        """Learn from labelled texts.

        Parameters
        ----------
        texts : sequence of str
        labels : sequence
            One class a text.
        weights : sequence of float, optional
            How much each text counts.
        like : TextClassifier, optional
            Reads the n-grams that this one reads, so that `decide` can share the reading.

        Returns
        -------
        TextClassifier
            Itself.
        """
        from scipy import sparse

        counted = bag(texts)
        self.classes_: list[Any] = list(dict.fromkeys(labels))
        column = {label: place for place, label in enumerate(self.classes_)}
        place = np.array([column[label] for label in labels])
        weight = np.ones(len(texts)) if weights is None else np.asarray(weights, dtype=np.float64)

        if like is None:
            word_grams = self._learn_ngrams(counted)
        else:
            self.vectorizer_, self.idf_, self.filler_ = like.vectorizer_, like.idf_, like.filler_
            word_grams = self._ngrams_of(counted.vocabulary)
        grams = _unit(counted.counts @ word_grams)
        shape = (len(self.classes_), len(texts))
        owner = sparse.csr_matrix((weight.astype(np.float32), (place, np.arange(len(texts)))), shape=shape)
        held = np.asarray((owner @ grams).todense())
        others = held.sum(axis=0) - held + SMOOTHING
        odds = -np.log(others / others.sum(axis=1, keepdims=True))
        self.ngram_coef_ = np.ascontiguousarray(NGRAM_WEIGHT * (odds - odds.mean(axis=0)).T, dtype=np.float32)

        vectors = word_vectors().encode_bag(counted, self.a)
        self.center_ = np.average(vectors, axis=0, weights=weight).astype(np.float32)
        dense = unit_rows(vectors - self.center_).astype(np.float64)
        target = np.full((len(texts), len(self.classes_)), -1.0)
        target[np.arange(len(texts)), place] = 1.0
        target -= np.average(target, axis=0, weights=weight)
        gram = (dense.T * weight) @ dense
        gram[np.diag_indices_from(gram)] += RIDGE
        self.vector_coef_ = self.vector_weight * np.linalg.solve(gram, (dense.T * weight) @ target)
        self.vector_coef_ = self.vector_coef_.astype(np.float32)
        return self

    def decide(self, texts: Sequence[str], counted: Bag | None = None, read: Decision | None = None) -> Decision:
        """Return how well each class fits each text.

        Parameters
        ----------
        texts : sequence of str
        counted : Bag, optional
            The counted texts, when they are at hand.
        read : Decision, optional
            What the classifier that this one was made like decided on the same texts.

        Returns
        -------
        Decision
        """
        if read is not None:
            return Decision(self._values(read.bag, *read._votes[:2])[0], read.bag, read._votes)
        counted = counted or bag(texts)
        words = word_vectors().of_words(counted.vocabulary, self.a)
        word_grams = self._ngrams_of(counted.vocabulary)
        values, scale = self._values(counted, words, word_grams)
        return Decision(values, counted, (words, word_grams, scale))

    def _values(
        self, counted: Bag, words: np.ndarray, word_grams: "sparse.csr_matrix"
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the values, and the length of each text as a vector and as n-grams."""
        plain = np.asarray(counted.counts @ words)
        length = np.linalg.norm(plain, axis=1)
        centred = unit_rows(plain) - self.center_
        shift = np.linalg.norm(centred, axis=1)
        grams = counted.counts @ word_grams
        gram_length = np.sqrt(np.asarray(grams.multiply(grams).sum(axis=1)).ravel())
        values = unit_rows(centred) @ self.vector_coef_
        values += np.asarray(grams @ self.ngram_coef_) / np.maximum(gram_length, 1e-9)[:, None]
        return values.astype(np.float32), np.stack([np.maximum(length * shift, 1e-9), np.maximum(gram_length, 1e-9)])

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

    def _learn_ngrams(self, counted: Bag) -> "sparse.csr_matrix":
        from sklearn.feature_extraction.text import CountVectorizer

        self.vectorizer_ = CountVectorizer(analyzer="char_wb", ngram_range=NGRAMS, dtype=np.float32)
        grams = self.vectorizer_.fit_transform(counted.vocabulary)
        held = np.asarray((counted.counts @ grams).astype(bool).sum(axis=0)).ravel()
        self.idf_ = (np.log((1 + counted.counts.shape[0]) / (1 + held)) + 1).astype(np.float32)
        self.filler_ = min(1.0, counted.counts.shape[0] / TELLING)
        return self._weighted(grams, counted.vocabulary)

    def _ngrams_of(self, vocabulary: Sequence[str]) -> "sparse.csr_matrix":
        return self._weighted(self.vectorizer_.transform(vocabulary), vocabulary)

    def _weighted(self, grams: "sparse.csr_matrix", vocabulary: Sequence[str]) -> "sparse.csr_matrix":
        weighted = grams.multiply(self.idf_).tocsr().astype(np.float32)
        if self.filler_ < 1.0:
            filler = stopwords("nl") | stopwords("en")
            weight = np.array([self.filler_ if word in filler else 1.0 for word in vocabulary], dtype=np.float32)
            weighted.data *= np.repeat(weight, np.diff(weighted.indptr))
        return weighted


def _unit(matrix: "sparse.csr_matrix") -> "sparse.csr_matrix":
    from sklearn.preprocessing import normalize

    return normalize(matrix)
