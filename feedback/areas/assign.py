"""Which service area and which quality aspect a remark is about; learns from every correction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from feedback.areas.frame import Area, Aspect
from feedback.text.linear import TextClassifier

if TYPE_CHECKING:
    import pandas as pd

GENERAL = "algemeen"  # the area of what belongs to no single service
OTHER = "overig"  # the aspect of what fits no other
SURE = 0.2  # strength below which the area is left at general
SECOND = 0.6  # share of the best area's probability from which a second area counts too
CORRECTION = 3.0  # a person's word counts as much as so many texts of the codebook


class Text(Protocol):
    """What is needed of an entry of the codebook."""

    @property
    def area(self) -> str: ...  # noqa: D102
    @property
    def aspect(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> dict[str, str]: ...  # noqa: D102
    @property
    def description(self) -> dict[str, str]: ...  # noqa: D102
    @property
    def keywords(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def examples(self) -> tuple[str, ...]: ...  # noqa: D102


class Texts(Protocol):
    """A codebook: texts whose area and aspect are known."""

    @property
    def entries(self) -> Sequence[Text]: ...  # noqa: D102


class AreaModel:
    """Assigns service areas and quality aspects.

    Parameters
    ----------
    areas : sequence of Area
        Only these are assigned; what the codebook says about others is left out.
    aspects : sequence of Aspect
    codebook : Texts
    """

    def __init__(self, areas: Sequence[Area], aspects: Sequence[Aspect], codebook: Texts):
        self.areas = areas
        self.aspects = aspects
        self.codebook = codebook

    def fit(self, corrections: Sequence[tuple[str, str]]) -> AreaModel:
        """Learn from texts whose area a person named.

        Parameters
        ----------
        corrections : sequence of (str, str)
            Text and key of its area; areas that are not in use are passed over.

        Returns
        -------
        AreaModel
            Itself.
        """
        keys = {area.key for area in self.areas}
        self._taught = [(text, key) for text, key in corrections if key in keys and text.strip()]
        texts, labels, weights = self._area_texts()
        texts += [text for text, _ in self._taught]
        labels += [key for _, key in self._taught]
        weights += [CORRECTION] * len(self._taught)
        self._area_classifier = _trained(tuple(texts), tuple(labels), tuple(weights))
        return self

    def predict(self, texts: Sequence[str]) -> pd.DataFrame:
        """Assign areas and aspects.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        DataFrame
            area, area2 (key, "" where there is one area), aspect, area_strength (0..1); one row a text.
        """
        import pandas as pd

        if not hasattr(self, "_area_classifier"):
            self.fit(())
        chance, keys, silent = self._chances(self._area_classifier, texts)
        order = np.argsort(-chance, axis=1, kind="stable")[:, :2]
        rows = np.arange(len(texts))
        best, second = order[:, 0], order[:, -1]
        strength = np.where(silent, 0.0, chance[rows, best])
        area = np.where(strength >= SURE, np.array(keys)[best], GENERAL)
        two = (strength >= SURE) & (best != second) & (chance[rows, second] >= SECOND * chance[rows, best])
        area2 = np.where(two, np.array(keys)[second], "")
        area2 = np.where((area2 == GENERAL) | (area == GENERAL), "", area2)
        chance, keys, silent = self._chances(self._aspect_classifier(), texts)
        aspect = np.where(silent, OTHER, np.array(keys)[chance.argmax(axis=1)])
        return pd.DataFrame({"area": area, "area2": area2, "aspect": aspect, "area_strength": strength})

    def _chances(
        self, classifier: TextClassifier, texts: Sequence[str]
    ) -> tuple[np.ndarray, list[str], np.ndarray]:
        decision = classifier.decide(texts)
        raised = np.exp((decision.values - decision.values.max(axis=1, keepdims=True)) / 0.25)
        silent = np.diff(decision.bag.counts.indptr) == 0
        return raised / raised.sum(axis=1, keepdims=True), classifier.classes_, silent

    def _area_texts(self) -> tuple[list[str], list[str], list[float]]:
        texts, labels = [], []
        in_use = {area.key for area in self.areas}
        for area in self.areas:
            mine = [*area.name.values(), *area.description.values(), *area.keywords]
            texts += mine
            labels += [area.key] * len(mine)
        for entry in self.codebook.entries:
            if entry.area in in_use:
                mine = [*entry.name.values(), *entry.description.values(), *entry.keywords, *entry.examples]
                texts += mine
                labels += [entry.area] * len(mine)
        return texts, labels, [1.0] * len(texts)

    def _aspect_classifier(self) -> TextClassifier:
        texts, labels = [], []
        in_use = {aspect.key for aspect in self.aspects}
        for aspect in self.aspects:
            mine = [*aspect.name.values(), *aspect.description.values(), *aspect.keywords]
            texts += mine
            labels += [aspect.key] * len(mine)
        for entry in self.codebook.entries:
            if entry.aspect in in_use:
                mine = [*entry.name.values(), *entry.description.values(), *entry.examples]
                texts += mine
                labels += [entry.aspect] * len(mine)
        return _trained(tuple(texts), tuple(labels), (1.0,) * len(texts))


_waiting: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[float, ...]]] = {}


def _trained(texts: tuple[str, ...], labels: tuple[str, ...], weights: tuple[float, ...]) -> TextClassifier:
    content = hashlib.sha256(repr((texts, labels, weights)).encode()).hexdigest()
    _waiting[content] = (texts, labels, weights)
    try:
        return _classifier(content)
    finally:
        _waiting.pop(content, None)


@lru_cache(maxsize=4)
def _classifier(content: str) -> TextClassifier:
    texts, labels, weights = _waiting[content]
    seen: dict[tuple[str, str], float] = {}
    for text, label, weight in zip(texts, labels, weights, strict=True):
        if text.strip():
            seen[text, label] = max(seen.get((text, label), 0.0), weight)
    return TextClassifier(alpha=0.3, vector_share=0.5).fit(
        [text for text, _ in seen], [label for _, label in seen], list(seen.values())
    )
