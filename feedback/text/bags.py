"""Texts as counts of words: tokenise once, then everything else is a product of sparse matrices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from feedback.text.tokens import words

if TYPE_CHECKING:
    from scipy import sparse


@dataclass(frozen=True)
class Bag:
    """Word counts of some texts.

    Attributes
    ----------
    vocabulary : list of str
        The distinct words, sorted, so that the order of the texts has no influence on sums of floats.
    counts : scipy.sparse.csr_matrix of shape (n_texts, n_words), float32
    """

    vocabulary: list[str]
    counts: "sparse.csr_matrix"


def bag(texts: Sequence[str]) -> Bag:
    """Count the words of texts.

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    Bag
    """
    from scipy import sparse

    rows = [words(text) for text in texts]
    vocabulary = sorted({word for row in rows for word in row})
    index = {word: column for column, word in enumerate(vocabulary)}
    columns = np.fromiter((index[word] for row in rows for word in row), dtype=np.int32)
    ends = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
    ones = np.ones(len(columns), dtype=np.float32)
    counts = sparse.csr_matrix((ones, columns, ends), shape=(len(rows), len(vocabulary)))
    counts.sum_duplicates()
    return Bag(vocabulary, counts)


def unit_rows(matrix: np.ndarray) -> np.ndarray:
    """Scale the rows of a matrix to length one; rows of zeros stay zero.

    Parameters
    ----------
    matrix : ndarray of shape (n, d)

    Returns
    -------
    ndarray of shape (n, d), float32
    """
    length = np.linalg.norm(matrix, axis=1, keepdims=True)
    scaled: np.ndarray = (matrix / np.where(length > 1e-9, length, 1.0)).astype(np.float32)
    return scaled
