"""Classes described by a handful of texts each, as soft prototypes: what fits which, how surely, and by which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from feedback.text.bags import Bag, bag
from feedback.text.likeness import WordLikeness
from feedback.text.linear import Decision, TextClassifier
from feedback.text.resources import DATA, made_once
from feedback.text.tokens import stopwords

if TYPE_CHECKING:
    from scipy import sparse

ALIKE = 0.13  # weight of the likeness of single words beside the linear classifier
HANDFUL = 4  # single words are told apart from those of other worlds so many at a time


@dataclass(frozen=True)
class Fit:
    """How well classes fit texts.

    Attributes
    ----------
    values : ndarray of shape (n_texts, n_classes), float32
        Higher is better; comparable between classes and between texts.
    at_home : ndarray of shape (n_texts,), float32
        Above 0 where a text is more about what the classes are about than about something else.
    silent : ndarray of shape (n_texts,), bool
        Texts without a word.
    bag : Bag
        The counted texts.
    grams : scipy.sparse.csr_matrix of shape (n_texts, n_grams)
        Weighted character n-grams of the texts.
    """

    values: np.ndarray
    at_home: np.ndarray
    silent: np.ndarray
    bag: Bag
    grams: "sparse.csr_matrix"
    _decision: Decision
    _votes: np.ndarray
    _scale: np.ndarray


class Prototypes:
    """A classifier of texts into classes that are described by texts.

    Parameters
    ----------
    classes : sequence of mapping of str to float
        The texts of each class; the weight tells how much a single word of it says (keywords 1, sentences less).
    """

    def __init__(self, classes: Sequence[Mapping[str, float]]):
        self.n_classes = len(classes)
        texts = [text for mine in classes for text in mine]
        labels = [place for place, mine in enumerate(classes) for _ in mine]
        self._classifier = TextClassifier().fit(texts, labels)
        self._likeness = WordLikeness(classes)
        order = {label: column for column, label in enumerate(self._classifier.classes_)}
        self._columns = np.array([order.get(place, 0) for place in range(self.n_classes)], dtype=int)
        self._missing = np.array([place not in order for place in range(self.n_classes)])
        here = [text for mine in classes for text in in_handfuls(list(mine))]
        there = elsewhere()
        self._home = TextClassifier().fit(
            [*here, *there],
            [*["here"] * len(here), *["there"] * len(there)],
            # As if both sides had said equally much.
            [1.0] * len(here) + [len(here) / len(there)] * len(there),
            like=self._classifier,
        )

    def fit_of(self, texts: Sequence[str], counted: Bag | None = None) -> Fit:
        """Return how well each class fits each text.

        Parameters
        ----------
        texts : sequence of str
        counted : Bag, optional
            The counted texts, when they are at hand.

        Returns
        -------
        Fit
        """
        counted = counted or bag(texts)
        decision = self._classifier.decide(texts, counted)
        votes = self._likeness.of_words(counted.vocabulary)
        alike, scale = self._likeness.of_texts(counted, votes)
        values = decision.values[:, self._columns] + ALIKE * alike
        values[:, self._missing] = -2.0
        silent = np.diff(counted.counts.indptr) == 0
        at_home = self._home.decide(texts, read=decision).values[:, 0]
        return Fit(values, at_home, silent, counted, counted.counts @ decision._votes[1], decision, votes, scale)

    def evidence(self, fit: Fit, classes: np.ndarray, n_words: int = 4) -> list[tuple[str, ...]]:
        """Return the words that spoke most for the chosen class of each text.

        Parameters
        ----------
        fit : Fit
        classes : ndarray of shape (n_texts,), int
        n_words : int

        Returns
        -------
        list of tuple of str
            The most telling first; no stop words.
        """
        decision = fit._decision
        counts = decision.bag.counts
        row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        chosen = np.asarray(classes, dtype=int)
        vote = self._classifier.votes(decision, self._columns[chosen])
        vote += ALIKE * fit._votes[counts.indices, chosen[row]] / fit._scale[row]
        vocabulary = decision.bag.vocabulary
        skip = stopwords("nl") | stopwords("en")
        shown = np.array([word not in skip for word in vocabulary] or [True])
        keep = np.flatnonzero((vote > 0) & shown[counts.indices])
        order = keep[np.lexsort((counts.indices[keep], -vote[keep].round(6), row[keep]))]
        found: list[list[str]] = [[] for _ in range(counts.shape[0])]
        for at, word in zip(row[order].tolist(), counts.indices[order].tolist(), strict=True):
            if len(found[at]) < n_words:
                found[at].append(vocabulary[word])
        return [tuple(some) for some in found]


def in_handfuls(texts: Sequence[str]) -> list[str]:
    """Join single words and short phrases by the handful; sentences stay alone.

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    list of str
    """
    short = [text for text in texts if text.count(" ") < 3]
    joined = [", ".join(short[start : start + HANDFUL]) for start in range(0, len(short), HANDFUL)]
    return joined + [text for text in texts if text.count(" ") >= 3]


@made_once()
def elsewhere() -> tuple[str, ...]:
    """Return what people say about things that are no concern of a shared service centre.

    Returns
    -------
    tuple of str
        Handfuls of words and remarks from ``data/elsewhere.yaml``.
    """
    import yaml

    rows = yaml.safe_load((DATA / "elsewhere.yaml").read_text(encoding="utf-8"))
    return tuple(text for row in rows for text in in_handfuls([*map(str, row["words"]), *row["texts"]]))


@made_once(6)
def _trained(classes: tuple[tuple[tuple[str, float], ...], ...]) -> Prototypes:
    return Prototypes([dict(mine) for mine in classes])


def prototypes_of(classes: Sequence[Mapping[str, float]]) -> Prototypes:
    """Return trained prototypes; the last few are kept, for training takes a second or two.

    Parameters
    ----------
    classes : sequence of mapping of str to float
        See `Prototypes`.

    Returns
    -------
    Prototypes
    """
    return _trained(tuple(tuple(mine.items()) for mine in classes))
