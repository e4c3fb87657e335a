"""The space in which remarks that are alike lie near each other: the meaning of their words and the words they share."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from feedback.text.bags import Bag, bag, unit_rows
from feedback.text.vectors import word_vectors
from feedback.themes.terms import keys_and_pairs

if TYPE_CHECKING:
    from scipy import sparse

VECTORS, TERMS, NGRAMS = 0.7, 0.1, 0.2  # shares in the likeness of two texts
MANY = 10_000  # texts; of more, the first teach the space, and they are placed in pieces: bounds the memory
FEW = 100  # texts; with more, a term that occurs once says nothing
# Weight of usual words in the vectors, see `WordVectors.of_words`: among many texts they tell questions from complaints, among few they only blur.
USUAL, USUAL_OF_FEW = 0.03, 0.001
ENOUGH = 500  # texts
PLENTY = 5000  # texts; with more, half of the dimensions: bounds the time


class Space:
    """Places texts by word vectors and by latent semantic analysis of their stems, pairs of stems and letter n-grams.

    Parameters
    ----------
    dimensions : int
        Of the latent semantic analysis.
    random_state : int

    References
    ----------
    Deerwester et al. (1990), Indexing by latent semantic analysis, JASIS 41; Arora et al. (2017) for the vectors.
    """

    def __init__(self, dimensions: int = 100, random_state: int = 0):
        self.dimensions = dimensions
        self.random_state = random_state

    def fit_transform(self, texts: Sequence[str], counted: Bag | None = None) -> np.ndarray:
        """Learn the space from texts and place them in it.

        Parameters
        ----------
        texts : sequence of str
        counted : Bag, optional
            The counted texts, when they are at hand.

        Returns
        -------
        ndarray of shape (n_texts, n_features), float32
            Rows of length one.
        """
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

        if len(texts) > MANY:
            self.fit_transform(texts[:MANY])
            pieces = [texts[start : start + MANY] for start in range(0, len(texts), MANY)]
            return np.vstack([self.transform(piece) for piece in pieces])
        counted = counted or bag(texts)
        self.usual_ = USUAL if len(texts) >= ENOUGH else USUAL_OF_FEW
        vectors = word_vectors().encode_bag(counted, self.usual_)
        self.vector_center_ = vectors.mean(axis=0)
        fewest = 1 if len(texts) < FEW else max(2, len(texts) // 1000)
        self._readers: list[tuple[Any, np.ndarray, Any]] = []
        self.svd_ = None
        parts = []
        for analyzer in (keys_and_pairs, "char_wb"):
            ngrams = (1, 1) if callable(analyzer) else (3, 5)
            reader = CountVectorizer(analyzer=analyzer, ngram_range=ngrams, dtype=np.float32)
            try:
                counts = _count(reader, texts, counted, learn=True)
            except ValueError:  # not one word that counts
                return unit_rows(vectors - self.vector_center_)
            kept = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= fewest)
            weigher = TfidfTransformer(sublinear_tf=True).fit(counts[:, kept])
            self._readers.append((reader, kept, weigher))
            parts.append(weigher.transform(counts[:, kept]))
        seen = _beside(parts)
        most = self.dimensions if len(texts) <= PLENTY else self.dimensions // 2
        size = min(most, seen.shape[0] - 1, seen.shape[1] - 1)
        if size < 2:
            return unit_rows(vectors - self.vector_center_)
        # One power iteration: the small dimensions that more would sharpen are noise in short texts.
        svd = TruncatedSVD(size, n_iter=1, power_iteration_normalizer="none", random_state=self.random_state)
        latent = svd.fit_transform(seen)
        self.svd_ = svd
        self.latent_center_ = latent.mean(axis=0)
        return self._joined(vectors, latent)

    def transform(self, texts: Sequence[str], counted: Bag | None = None) -> np.ndarray:
        """Place other texts in the learned space.

        Parameters
        ----------
        texts : sequence of str
        counted : Bag, optional

        Returns
        -------
        ndarray of shape (n_texts, n_features), float32
        """
        counted = counted or bag(texts)
        vectors = word_vectors().encode_bag(counted, self.usual_)
        if self.svd_ is None:
            return unit_rows(vectors - self.vector_center_)
        return self._joined(vectors, self.svd_.transform(self._seen(texts, counted)))

    def _joined(self, vectors: np.ndarray, latent: np.ndarray) -> np.ndarray:
        meaning = np.sqrt(VECTORS) * unit_rows(vectors - self.vector_center_)
        shared = np.sqrt(TERMS + NGRAMS) * unit_rows(latent - self.latent_center_)
        return unit_rows(np.hstack([meaning, shared]))

    def _seen(self, texts: Sequence[str], counted: Bag) -> "sparse.csr_matrix":
        return _beside(
            [
                weigher.transform(_count(reader, texts, counted, learn=False)[:, kept])
                for reader, kept, weigher in self._readers
            ]
        )


def _beside(parts: Sequence["sparse.csr_matrix"]) -> "sparse.csr_matrix":
    from scipy import sparse

    shares = np.sqrt((TERMS, NGRAMS))
    return sparse.hstack([share * part for share, part in zip(shares, parts, strict=True)]).tocsr()


def _count(reader: Any, texts: Sequence[str], counted: Bag, *, learn: bool) -> "sparse.csr_matrix":
    """Count terms in texts; n-grams lie within words, so those of each distinct word are counted once."""
    act = reader.fit_transform if learn else reader.transform
    if callable(reader.analyzer):
        return act(texts)
    return (counted.counts @ act(counted.vocabulary)).tocsr()
