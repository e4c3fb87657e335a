"""Which service area and which quality aspect a remark is about; learns from every correction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from feedback.areas.frame import Area, Aspect, load_frame
from feedback.text.bags import Bag, unit_rows
from feedback.text.linear import TextClassifier
from feedback.text.neighbours import with_neighbours
from feedback.text.prototypes import prototypes_of
from feedback.text.resources import made_once
from feedback.text.subject import names_a_subject
from feedback.text.vectors import word_vectors

if TYPE_CHECKING:
    import pandas as pd
    from scipy import sparse

GENERAL = "algemeen"  # the area of what belongs to no single service
OTHER = "overig"  # the aspect of what fits no other
SURE = 0.12  # chance below which the area is left at general
SECOND = 0.55  # share of the best area's chance from which a second area counts too
SHARPNESS = 0.03  # difference in value that makes one class e times as likely as another
ROOTED = 3.0  # so many corrections weigh as much as what the codebook says of an entry's area
OPEN = 1.0  # the same for what is left open of it
RIDGE = 2.0  # high: people correct what is wrong and pass over what is right, so a correction must not pull all around it along
LETTERS = 2.0  # weight of shared letters: a word that only this house uses is known by nothing else
CLEAR = 0.1  # difference in value that tells to which area of a house's own list an entry belongs
NEIGHBOURS, AROUND = 16, 0.9  # how many texts around a text speak for it, and their share


class Entry(Protocol):
    """What is needed of an entry of the codebook."""

    @property
    def area(self) -> str: ...  # noqa: D102
    @property
    def aspect(self) -> str: ...  # noqa: D102
    def weighted(self) -> dict[str, float]: ...  # noqa: D102


class Texts(Protocol):
    """A codebook: entries whose area and aspect are known."""

    @property
    def entries(self) -> Sequence[Entry]: ...  # noqa: D102


class _Read(NamedTuple):
    """Texts as the classifiers see them."""

    values: np.ndarray
    points: np.ndarray
    grams: sparse.csr_matrix
    silent: np.ndarray
    bag: Bag


class AreaModel:
    """Assigns service areas and quality aspects.

    Parameters
    ----------
    areas : sequence of Area
        Only these are assigned.
    aspects : sequence of Aspect
    codebook : Texts
        Its entries say what each area and aspect is about. Those of areas that are not in use speak for general; in a list with areas of
        the coordinator's own they speak for the areas whose words they are like, as far as they are, until corrections tell whose they are.
    """

    def __init__(self, areas: Sequence[Area], aspects: Sequence[Aspect], codebook: Texts):
        self.areas = areas
        self.aspects = aspects
        self.codebook = codebook
        self._spoken: TextClassifier | None = None

    def fit(self, corrections: Sequence[tuple[str, str]]) -> AreaModel:
        """Learn from texts whose area a person named.

        Parameters
        ----------
        corrections : sequence of (str, str)
            Text and key of its area; of a text that occurs twice the first counts, areas not in use are passed over.

        Returns
        -------
        AreaModel
            Itself.
        """
        self._keys = [area.key for area in self.areas]
        named = [word for area in self.areas if area.key != GENERAL for word in (*area.name.values(), *area.keywords)]
        self._own_words = {word.lower() for word in named if len(word) > 2}
        known: dict[str, str] = {}
        for text, key in corrections:
            if key in self._keys and text.strip():
                known.setdefault(text.strip(), key)
        self._known = dict(sorted(known.items()))
        owners = [entry.area for entry in self.codebook.entries]
        telling = self._telling(owners)
        classes = [entry.weighted() for entry in self.codebook.entries] + [_described(area) for area in telling]
        self._area_of = _membership([*owners, *(area.key for area in telling)], self._keys)
        self._by_area = prototypes_of(classes)
        homeless = self._area_of.sum(axis=1) == 0
        if telling and homeless.any():
            taken_in = _taken_in(tuple(tuple(texts.items()) for texts in classes), len(owners))
            self._area_of[homeless] = taken_in[homeless[: len(owners)]]
        elif GENERAL in self._keys:
            self._area_of[homeless, self._keys.index(GENERAL)] = 1.0
        self._corrected = self._read(list(self._known)) if self._known else None
        return self

    def _telling(self, covered: Collection[str]) -> Sequence[Area]:
        """Return the areas whose own words are needed beside the entries: all, as soon as one has no entry or words that did not ship.

        The words that ship tell nothing that the entries do not, and without them the entries are trained once for themes and areas.
        """
        shipped = {area.key: set(area.keywords) for area in load_frame()[0]}
        more = [a for a in self.areas if a.key not in covered or set(a.keywords) - shipped.get(a.key, set())]
        return self.areas if more else ()

    def predict(self, texts: Sequence[str]) -> pd.DataFrame:
        """Assign areas and aspects.

        Texts that come together help each other: neighbours in meaning are averaged.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        DataFrame
            area, area2 (key, "" where there is one area), aspect, area_strength (0..1); one row a text.
        """
        import pandas as pd

        if not hasattr(self, "_by_area"):
            self.fit(())
        names = ["area", "area2", "aspect", "area_strength"]
        distinct = sorted({text.strip() for text in texts})
        if not distinct:
            return pd.DataFrame({name: pd.Series(dtype=float if "strength" in name else str) for name in names})
        read = self._read(distinct)
        chance = self._chances(read)
        aspects = self._aspects(distinct, read.bag)
        found = {}
        for row, text in enumerate(distinct):
            first, second = np.argsort(-chance[row].round(6), kind="stable")[[0, -1 if len(self._keys) < 2 else 1]]
            quiet = read.silent[row] or not names_a_subject(text, self._own_words)
            strength = 0.0 if quiet else float(chance[row, first])
            area, area2 = self._keys[first] if strength >= SURE else GENERAL, ""
            if text in self._known:
                area, strength = self._known[text], 1.0
            elif area != GENERAL and first != second and chance[row, second] >= SECOND * chance[row, first]:
                area2 = "" if self._keys[second] == GENERAL else self._keys[second]
            found[text] = (area, area2, aspects[row], min(max(strength, 0.0), 1.0))
        return pd.DataFrame([found[text.strip()] for text in texts], columns=names)

    def _read(self, texts: Sequence[str]) -> _Read:
        from sklearn.preprocessing import normalize

        fit = self._by_area.fit_of(texts)
        points = word_vectors().encode_bag(fit.bag)
        return _Read(fit.values, points, normalize(fit.grams), fit.silent, fit.bag)

    def _chances(self, read: _Read) -> np.ndarray:
        """Return the chance of each area: from the entries, their areas as corrected, and texts that were corrected."""
        n, taught = len(read.values), self._corrected
        if taught is None:
            values = with_neighbours(read.values, _centred(read.points), NEIGHBOURS, AROUND)
            return np.asarray(_soft(values) @ self._area_of)
        own = np.vstack([read.values, taught.values])
        points = _centred(np.vstack([read.points, taught.points]))
        values = with_neighbours(own, points, NEIGHBOURS, AROUND)
        entries = _soft(values)
        said = _membership(list(self._known.values()), self._keys)
        chance = entries @ _shares(ROOTED * self._area_of + entries[n:].T @ said + OPEN / len(self._keys))
        profile = unit_rows(values - values.mean(axis=0))
        alike = profile @ profile[n:].T + 0.5 * points @ points[n:].T
        alike[:n] += LETTERS * (read.grams @ taught.grams.T).toarray()
        alike[n:] += LETTERS * (taught.grams @ taught.grams.T).toarray()
        gram = alike[n:].astype(np.float64)
        gram[np.diag_indices_from(gram)] += RIDGE
        # What the corrections still say otherwise, carried over to what is like them, and by those to what is like them in turn.
        corrected = chance + alike @ np.linalg.solve(gram, said - chance[n:])
        return with_neighbours(corrected, unit_rows(own - own.mean(axis=0)))[:n]

    def _aspects(self, texts: Sequence[str], counted: Bag) -> list[str]:
        """Return the aspect of each text: by the words of the aspects, and by how the codebook's examples speak of them."""
        keys = [aspect.key for aspect in self.aspects]
        if not keys:
            return [OTHER] * len(texts)
        named = prototypes_of([_described(aspect) for aspect in self.aspects]).fit_of(texts, counted)
        spoken = self._examples().decide(texts, counted)
        values = np.log(_soft(named.values, 0.1) + 0.03)
        for column, key in enumerate(spoken_keys := self._examples().classes_):
            values[:, keys.index(key)] += 3.0 * (spoken.values[:, column] - spoken.values.mean(axis=1))
        if len(spoken_keys) < len(keys):
            values[:, [key not in spoken_keys for key in keys]] -= 1.0
        best = values.argmax(axis=1)
        return [OTHER if quiet else keys[at] for at, quiet in zip(best, named.silent, strict=True)]

    def _examples(self) -> TextClassifier:
        if self._spoken is None:
            keys = {aspect.key for aspect in self.aspects}
            said = [(text, aspect.key) for aspect in self.aspects for text in _described(aspect)]
            said += [
                (text, entry.aspect)
                for entry in self.codebook.entries
                if entry.aspect in keys
                for text in entry.weighted()
                if text.count(" ") >= 3  # sentences; the keywords of an entry tell its subject, not its aspect
            ]
            texts, labels = zip(*said, strict=True)
            self._spoken = _speakers(texts, labels)
        return self._spoken


@made_once(4)
def _speakers(texts: tuple[str, ...], labels: tuple[str, ...]) -> TextClassifier:
    return TextClassifier(vector_weight=0.5).fit(texts, labels)


@made_once(2)
def _taken_in(classes: tuple[tuple[tuple[str, float], ...], ...], n_entries: int) -> np.ndarray:
    """Return how much each entry speaks for each area by the words of that area: an array of shape (n_entries, n_areas).

    The first classes are the entries, the others the areas.
    """
    by_area = prototypes_of([dict(texts) for texts in classes])
    values = by_area.fit_of([". ".join(dict(texts)) for texts in classes[:n_entries]]).values[:, n_entries:]
    return np.asarray(_soft(values, CLEAR) * np.clip(values.max(axis=1, keepdims=True), 0.0, 1.0), dtype=np.float64)


def _described(area: Area) -> dict[str, float]:
    """Return the texts of an area or aspect, with how much a single word of them says."""
    texts: Mapping[str, float] = dict.fromkeys((*area.name.values(), *area.keywords), 1.0)
    return dict(texts) | {text: 0.5 for text in area.description.values() if text and text not in texts}


def _membership(labels: Sequence[str], keys: Sequence[str]) -> np.ndarray:
    """Return a matrix of shape (n_labels, n_keys) with 1 where the label is the key."""
    return np.array([[float(label == key) for key in keys] for label in labels]).reshape(len(labels), len(keys))


def _shares(counts: np.ndarray) -> np.ndarray:
    shares: np.ndarray = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-12)
    return shares


def _soft(values: np.ndarray, sharpness: float = SHARPNESS) -> np.ndarray:
    raised = np.exp((values - values.max(axis=1, keepdims=True)) / sharpness)
    chance: np.ndarray = raised / raised.sum(axis=1, keepdims=True)
    return chance


def _centred(points: np.ndarray) -> np.ndarray:
    return unit_rows(points - points.mean(axis=0)) if len(points) > 1 else points
