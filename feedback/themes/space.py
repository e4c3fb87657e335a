"""The space in which remarks that are alike lie near each other: word vectors beside latent semantic analysis."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from feedback.text.bags import Bag, bag, unit_rows
from feedback.text.language import detect
from feedback.text.tokens import key, stopwords
from feedback.text.vectors import word_vectors

if TYPE_CHECKING:
    from scipy import sparse

SMALL = 500  # texts; below it rare words weigh more


class Space:
    """Places texts by the meaning of their words and by the words they share.

    Parameters
    ----------
    lsa_share : float
        Weight of the latent semantic analysis beside the vectors, 0..1.
    dimensions : int
        Of the latent semantic analysis.
    random_state : int

    References
    ----------
    Deerwester et al. (1990), Indexing by latent semantic analysis, JASIS 41; Arora et al. (2017) for the vectors.
    """

    def __init__(self, lsa_share: float = 0.2, dimensions: int = 50, random_state: int = 0):
        self.lsa_share = lsa_share
        self.dimensions = dimensions
        self.random_state = random_state

    def fit_transform(self, texts: Sequence[str], counted: Bag | None = None) -> np.ndarray:
        """Learn the space from texts and place them in it.

        Parameters
        ----------
        texts : sequence of str
        counted : Bag, optional

        Returns
        -------
        ndarray of shape (n_texts, n_features), float32
            Rows of length one.
        """
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer

        counted = counted or bag(texts)
        self.a_ = 1e-4 if len(texts) < SMALL else 1e-3
        vectors = word_vectors().encode_bag(counted, self.a_)
        self.vector_center_ = vectors.mean(axis=0)
        self.tfidf_ = TfidfVectorizer(
            analyzer=_terms, sublinear_tf=True, dtype=np.float32, min_df=1 if len(texts) < 100 else 2
        )
        self.svd_ = None
        try:
            terms: sparse.csr_matrix | None = self.tfidf_.fit_transform(texts)
        except ValueError:  # no term at all, or none twice
            terms = None
        parts = [unit_rows(vectors - self.vector_center_)]
        if terms is not None and min(terms.shape) > 2:
            size = min(self.dimensions, terms.shape[0] - 1, terms.shape[1] - 1)
            # One power iteration: the small dimensions that more would sharpen are noise in short texts.
            self.svd_ = TruncatedSVD(
                size, n_iter=1, power_iteration_normalizer="none", random_state=self.random_state
            )
            latent = self.svd_.fit_transform(terms)
            self.latent_center_ = latent.mean(axis=0)
            parts.append(unit_rows(latent - self.latent_center_))
        return self._joined(parts)

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
        vectors = word_vectors().encode_bag(counted or bag(texts), self.a_)
        parts = [unit_rows(vectors - self.vector_center_)]
        if self.svd_ is not None:
            parts.append(unit_rows(self.svd_.transform(self.tfidf_.transform(texts)) - self.latent_center_))
        return self._joined(parts)

    def _joined(self, parts: list[np.ndarray]) -> np.ndarray:
        if len(parts) == 1:
            return parts[0]
        shares = (1 - self.lsa_share, self.lsa_share)
        return unit_rows(np.hstack([np.sqrt(share) * part for share, part in zip(shares, parts, strict=True)]))


def _terms(text: str) -> list[str]:
    """Return the grouping keys of a text and of its pairs of neighbouring words, without stop words."""
    from feedback.text.tokens import words

    language = "en" if detect(text) == "en" else "nl"
    skip = stopwords(language)
    keys = ["" if word in skip else key(word, language) for word in words(text)]
    pairs = [f"{first} {second}" for first, second in zip(keys, keys[1:], strict=False) if first and second]
    return [term for term in keys if term] + pairs
