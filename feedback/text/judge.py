"""A small learner for judgements about a remark: signs found by rules, words and word vectors, weighed by examples.

It is a ridge regression (Hoerl & Kennard 1970, Technometrics 12) on one column a class, learned from the examples in
`data/lexicon/`. The weights are kept in `data/learned/` (`tools/learn.py`); where an example or a list changed since, they are
learned anew at the start, which takes a second. Judging one text is a sum of some dozens of numbers, without numpy.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from feedback.text.phrases import tokenize
from feedback.text.resources import DATA
from feedback.text.tokens import fold, key, stopwords
from feedback.text.vectors import DEFAULT as VECTORS
from feedback.text.vectors import word_vectors

KEPT = DATA / "learned"

_DIGITS = 5
_A = 1e-2  # weight a / (a + p) of a word of frequency p
_STRUCTURE = stopwords("nl") | stopwords("en")


def fingerprint(sources: Sequence[Path]) -> str:
    """Tell whether files changed: one hash over what they hold.

    Parameters
    ----------
    sources : sequence of Path
        The word vectors and stop words are added.

    Returns
    -------
    str
    """
    digest = hashlib.sha256()
    for path in (*sources, VECTORS, DATA / "stopwords" / "nl.txt", DATA / "stopwords" / "en.txt"):
        digest.update(hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).digest())
    return digest.hexdigest()


class Reading(NamedTuple):
    """One text, cut up once for everybody who judges it.

    Attributes
    ----------
    shown : list of str
        Lower-case tokens, as `feedback.text.phrases.tokenize` gives them.
    tokens : list of str
        The same, folded.
    cues : tuple of str
        Names of what occurs: small words and pairs of them ("pas_na" tells how a thing is said), "=" and the key of other words.
    words : tuple of str
        The words among `shown`, for the vectors.
    """

    shown: list[str]
    tokens: list[str]
    cues: tuple[str, ...]
    words: tuple[str, ...]


@lru_cache(maxsize=32)  # one text is judged several times in a row
def read(text: str, language: str) -> Reading:
    """Cut up a text.

    Parameters
    ----------
    text : str
    language : {"nl", "en"}

    Returns
    -------
    Reading
    """
    shown = tokenize(text.lower())
    tokens = shown if text.isascii() else [fold(token) or token for token in shown]
    cues = []
    words = []
    before = ""
    for token, seen in zip(tokens, shown, strict=True):
        if token in _STRUCTURE:
            small = token
            cues.append(token)
            words.append(seen)
        elif token[0].isalpha():
            small = ""
            cues.append("=" + key(seen, language))
            words.append(seen)
        else:
            small = "#" if token[0].isdigit() else token
            cues.append(small)
        if before and small:
            cues.append(f"{before}_{small}")
        before = small
    if tokens and tokens[0] in _STRUCTURE:
        cues.append("^" + tokens[0])
    return Reading(shown, tokens, tuple(dict.fromkeys(cues)), tuple(words))


class Evidence(NamedTuple):
    """What is known about one text: the numbers that rules found, always in the same order, and the text cut up."""

    signs: tuple[float, ...]
    reading: Reading


class Judge:
    """Ridge regression on signs, cues and word vectors.

    Parameters
    ----------
    classes : sequence of str
    alpha : float
        Strength of the ridge.
    sign_share, small_share, key_share, vector_share : float
        Scale of each kind of evidence: the larger, the more it is trusted.

    Attributes
    ----------
    classes : tuple of str
    weights_ : dict
        What was learned, as plain numbers.
    """

    def __init__(
        self,
        classes: Sequence[str],
        alpha: float = 3.0,
        sign_share: float = 0.35,
        small_share: float = 0.4,
        key_share: float = 0.3,
        vector_share: float = 1.5,
    ) -> None:
        self.classes = tuple(classes)
        self.alpha = alpha
        self.sign_share = sign_share
        self.small_share = small_share
        self.key_share = key_share
        self.vector_share = vector_share

    def fit(self, rows: Sequence[Evidence], labels: Sequence[str], weights: Sequence[float] | None = None) -> "Judge":
        """Learn from examples.

        Parameters
        ----------
        rows : sequence of Evidence
        labels : sequence of str
            One of `classes` for each row.
        weights : sequence of float, optional
            How much each row counts; classes count equally in sum.

        Returns
        -------
        Judge
            Itself.
        """
        from scipy import sparse

        signs = np.array([row.signs for row in rows], dtype=np.float64)
        sign_mean, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-9
        held = Counter(cue for row in rows for cue in row.reading.cues)
        cues = sorted(cue for cue, count in held.items() if count >= (2 if cue[0] == "=" else 3))
        column = {cue: place for place, cue in enumerate(cues)}
        share = np.array([self.key_share if cue[0] == "=" else self.small_share for cue in cues])
        found = [[column[cue] for cue in row.reading.cues if cue in column] for row in rows]
        ends = np.cumsum([0, *map(len, found)])
        places = np.array([place for some in found for place in some], dtype=np.int64)
        present = sparse.csr_matrix((share[places].astype(np.float32), places, ends), shape=(len(rows), len(cues)))
        vectors = np.array([self._vector(row.reading.words) for row in rows])
        centre = vectors.mean(axis=0)
        length = np.sqrt((vectors**2).sum(axis=1).mean()) / self.vector_share
        sign_scale = self.sign_share / spread
        dense = np.hstack([(signs - sign_mean) * sign_scale, (vectors - centre) / length]).astype(np.float32)
        dual, intercept = self._solve(dense @ dense.T + (present @ present.T).toarray(), labels, weights)
        by_dense = dense.T @ dual
        by_sign = by_dense[: signs.shape[1]] * sign_scale[:, None]
        by_cue = np.asarray(present.T @ dual) * share[:, None]
        by_vector = by_dense[signs.shape[1] :] / length
        start = intercept - sign_mean @ by_sign - centre @ by_vector
        return self._set(
            {
                "start": start.round(_DIGITS).tolist(),
                "signs": by_sign.round(_DIGITS).tolist(),
                "vectors": by_vector.round(_DIGITS).tolist(),
                "cues": dict(zip(cues, by_cue.round(_DIGITS).tolist(), strict=True)),
            }
        )

    def _set(self, weights: dict[str, Any]) -> "Judge":
        self.weights_ = weights
        self._start = tuple(weights["start"])
        self._by_sign = [tuple(row) for row in weights["signs"]]
        self._by_cue = {cue: tuple(row) for cue, row in weights["cues"].items()}
        self._by_vector = np.array(weights["vectors"])
        self._of_word: dict[str, tuple[float, ...]] = {}
        return self

    @classmethod
    def kept(cls, name: str, sources: Sequence[Path], learn: Callable[[], "Judge"], kept: Path = KEPT) -> "Judge":
        """Return a judge from the weights that are kept in `data/learned/`, or learn it when its sources changed since.

        Parameters
        ----------
        name : str
        sources : sequence of Path
            The examples and lists that it is learned from; the word vectors are always among them.
        learn : callable
            Learns it anew, which takes a second.
        kept : Path
            Folder with the weights, one file a judge.

        Returns
        -------
        Judge
        """
        file = kept / f"{name}.json"
        if file.exists():
            told = json.loads(file.read_text(encoding="utf-8"))
            if told["made_from"] == fingerprint(sources):
                return cls(told["classes"])._set(told["weights"])
        return learn()

    def keep(self, name: str, sources: Sequence[Path], kept: Path = KEPT) -> None:
        """Write the weights for `kept`.

        Parameters
        ----------
        name : str
        sources : sequence of Path
        kept : Path
        """
        kept.mkdir(exist_ok=True)
        told = {"made_from": fingerprint(sources), "classes": self.classes, "weights": self.weights_}
        (kept / f"{name}.json").write_text(
            json.dumps(told, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
        )

    def _solve(
        self, gram: np.ndarray, labels: Sequence[str], weights: Sequence[float] | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Solve the ridge in its dual form: the weight of each example, and the intercept, a column a class."""
        from scipy import linalg

        target = np.array([[1.0 if label == name else -1.0 for name in self.classes] for label in labels])
        weight = np.ones(len(labels)) if weights is None else np.asarray(weights, dtype=np.float64)
        weight = weight.copy()
        for name in set(labels):
            mine = np.array([label == name for label in labels])
            weight[mine] *= len(labels) / len(self.classes) / weight[mine].sum()
        intercept: np.ndarray = np.average(target, axis=0, weights=weight)
        gram[np.diag_indices_from(gram)] += self.alpha / weight
        dual = linalg.solve(gram, target - intercept, assume_a="pos", overwrite_a=True, overwrite_b=True)
        return dual, intercept

    @staticmethod
    def _vector(words: Sequence[str]) -> np.ndarray:
        """Mean of the word vectors by their length: linear in the words, so that a text is a sum."""
        vectors = word_vectors().of_words(words, _A) if words else np.zeros((1, word_vectors().dim))
        mean: np.ndarray = vectors.sum(axis=0) / max(1e-9, float(np.linalg.norm(vectors, axis=1).sum()))
        return mean

    def _votes(self, word: str) -> tuple[float, ...]:
        """What a word adds to each class, and its weight."""
        found = self._of_word.get(word)
        if found is not None:
            return found
        vector = word_vectors().of_words([word], _A)[0]
        found = (*(vector @ self._by_vector).tolist(), float(np.linalg.norm(vector)))
        if len(self._of_word) > 100_000:  # a server runs for months
            self._of_word.clear()
        self._of_word[word] = found
        return found

    def scores(self, row: Evidence) -> list[float]:
        """Return how well each class fits: near 1 like its own examples, near or below 0 elsewhere.

        Parameters
        ----------
        row : Evidence

        Returns
        -------
        list of float
            One a class, in the order of `classes`.
        """
        known = self._by_cue
        parts = [known[cue] for cue in row.reading.cues if cue in known]
        parts += [
            tuple([sign * part for part in coefficients])
            for sign, coefficients in zip(row.signs, self._by_sign, strict=True)
            if sign
        ]
        parts.append(self._start)
        totals = [sum(column) for column in zip(*parts, strict=True)]
        if not row.reading.words:
            return totals
        known = self._of_word
        voters = [known.get(word) or self._votes(word) for word in row.reading.words]
        *votes, weight = [sum(column) for column in zip(*voters, strict=True)]
        return [total + vote / (weight + 1e-9) for total, vote in zip(totals, votes, strict=True)]

    def words_for(self, row: Evidence, label: str, language: str, n_words: int = 2) -> tuple[str, ...]:
        """Return the words that spoke most for a class.

        Parameters
        ----------
        row : Evidence
        label : str
            One of `classes`.
        language : {"nl", "en", "other"}
        n_words : int

        Returns
        -------
        tuple of str
            In reading order; only words that spoke for it, small words left out.
        """
        place = self.classes.index(label)
        words = [word for word in dict.fromkeys(row.reading.words) if word not in _STRUCTURE]
        weight = sum(self._votes(word)[-1] for word in row.reading.words) + 1e-9
        none = (0.0,) * len(self.classes)
        votes = {
            word: self._votes(word)[place] / weight + self._by_cue.get("=" + key(word, language), none)[place]
            for word in words
        }
        best = sorted((word for word in votes if votes[word] > 0.01), key=lambda word: -votes[word])[:n_words]
        return tuple(word for word in words if word in best)
