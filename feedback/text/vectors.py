"""Word vectors that ship with the product, and texts as the weighted mean of them.

The table is made by ``tools/make_vectors.py`` from a multilingual sentence encoder, so a Dutch and an English word of the
same meaning lie near each other.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from feedback.text.bags import Bag, bag, unit_rows
from feedback.text.resources import DATA, made_once
from feedback.text.unknown import resolve

DEFAULT = DATA / "vectors" / "words.npz"


class WordVectors:
    """A table of word vectors with the frequency of each word.

    Parameters
    ----------
    words : list of str
    table : ndarray of shape (n_words, dim), int8
        Vectors in whole steps.
    step : float
        Size of one step.
    log_p : dict of str to ndarray of shape (n_words,)
        Base-10 logarithm of each word's frequency, by language.

    References
    ----------
    Arora, Liang, Ma (2017), A simple but tough-to-beat baseline for sentence embeddings, ICLR: the weight a / (a + p).
    """

    def __init__(self, words: list[str], table: np.ndarray, step: float, log_p: dict[str, np.ndarray]):
        self.words = words
        self.table = table
        self.step = step
        self.log_p = log_p
        self._index = {word: row for row, word in enumerate(words)}
        either = np.maximum(*(log_p[language] for language in ("nl", "en")))
        self._either = either
        self._usual = dict(zip(words, either.tolist(), strict=True))
        self._resolved: dict[str, tuple[int, ...]] = {}

    @classmethod
    def load(cls, path: Path = DEFAULT) -> "WordVectors":
        """Read a table written by ``tools/make_vectors.py``.

        Parameters
        ----------
        path : Path

        Returns
        -------
        WordVectors
        """
        with np.load(path, allow_pickle=False) as file:
            words = file["words"].tobytes().decode().split("\n")
            table = np.ascontiguousarray(file["table"].T)
            log_p = {language: file[f"log_p_{language}"].astype(np.float32) for language in ("nl", "en")}
            return cls(words, table, float(file["step"]), log_p)

    @property
    def dim(self) -> int:
        """Number of dimensions of a vector."""
        return int(self.table.shape[1])

    def rows(self, word: str) -> tuple[int, ...]:
        """Return the rows of the table that stand for a word: one, several for a compound, none if unknown.

        Parameters
        ----------
        word : str
            Lower-case word.

        Returns
        -------
        tuple of int
        """
        row = self._index.get(word)
        if row is not None:
            return (row,)
        found = self._resolved.get(word)
        if found is None:
            found = tuple(self._index[known] for known in resolve(word, self._usual))
            if len(self._resolved) < 200_000:  # a server runs for months
                self._resolved[word] = found
        return found

    def of_words(self, words: Sequence[str], a: float = 1e-3, language: str | None = None) -> np.ndarray:
        """Return the weighted vector of each word: rare words count more than usual ones.

        Parameters
        ----------
        words : sequence of str
            Lower-case words.
        a : float
            The weight of a word of frequency p is a / (a + p).
        language : {"nl", "en"}, optional
            Whose frequencies count; without it the higher of the two.

        Returns
        -------
        ndarray of shape (n_words, dim), float32
            Zeros for words that stay unknown.
        """
        log_p = self.log_p.get(language or "", self._either)
        found = [self.rows(word) for word in words]
        size = np.array([len(rows) for rows in found], dtype=np.int64)
        flat = np.fromiter((row for rows in found for row in rows), dtype=np.int64)
        vectors = np.zeros((len(words), self.dim), dtype=np.float32)
        if not len(flat):
            return vectors
        weight = (a / (a + np.power(10.0, log_p[flat], dtype=np.float64))).astype(np.float32)
        owner = np.repeat(np.arange(len(words)), size)
        share = (self.step * weight / size[owner]).astype(np.float32)
        starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
        vectors[owner[starts]] = np.add.reduceat(self.table[flat] * share[:, None], starts, axis=0)
        return vectors

    def weights(self, words: Sequence[str], a: float = 1e-3) -> np.ndarray:
        """Return the weight of each word: near 1 for rare ones and unknown ones, near 0 for the most usual.

        Parameters
        ----------
        words : sequence of str
            Lower-case words.
        a : float
            See `of_words`.

        Returns
        -------
        ndarray of shape (n_words,), float64
        """
        usual = np.array([max((float(self._either[row]) for row in self.rows(word)), default=-9.0) for word in words])
        weight: np.ndarray = a / (a + np.power(10.0, usual, dtype=np.float64))
        return weight

    def encode_bag(self, counted: Bag, a: float = 1e-3) -> np.ndarray:
        """Return one vector a text for texts that are already counted.

        Parameters
        ----------
        counted : Bag
        a : float
            See `of_words`.

        Returns
        -------
        ndarray of shape (n_texts, dim), float32
            Rows of length one, or zero where no word is known.
        """
        return unit_rows(np.asarray(counted.counts @ self.of_words(counted.vocabulary, a)))

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None, a: float = 1e-3) -> np.ndarray:
        """Return one vector a text: the mean of its words' vectors, usual words counting less.

        Parameters
        ----------
        texts : sequence of str
        languages : sequence of str, optional
            The language of each text, for the frequencies of words; without it the higher of both counts.
        a : float
            See `of_words`.

        Returns
        -------
        ndarray of shape (n_texts, dim), float32
            Rows of length one, or zero where no word is known.
        """
        counted = bag(texts)
        if languages is None:
            return self.encode_bag(counted, a)
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        spoken = np.array(languages)
        for language in sorted(set(languages)):
            mine = spoken == language
            weighted = self.of_words(counted.vocabulary, a, language)
            vectors[mine] = np.asarray(counted.counts[mine] @ weighted)
        return unit_rows(vectors)


@made_once()
def word_vectors() -> WordVectors:
    """Return the table that ships, read once."""
    return WordVectors.load()
