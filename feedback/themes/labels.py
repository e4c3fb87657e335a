"""Labels that people would say: two to four words of the remarks themselves, in the order in which they were said."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.text.tokens import fold
from feedback.themes.terms import Term, terms

MOST_WORDS = 4
# A label need not weigh every phrase of a theme of thousands; the texts come in an order of their own.
ENOUGH = 150


@dataclass(frozen=True)
class Label:
    """What a cluster is about.

    Attributes
    ----------
    text : str
        One to four words.
    keywords : tuple of str
        The most telling words, in the form in which they occur most.
    """

    text: str
    keywords: tuple[str, ...]


def label_clusters(clusters: Sequence[Sequence[str]], n_keywords: int = 8) -> list[Label]:
    """Name clusters of texts so that they differ.

    Words are weighted by class-based TF-IDF: usual in this cluster, rare in the others. The label is the phrase of the
    remarks that holds most of that weight.

    Parameters
    ----------
    clusters : sequence of sequence of str
        The texts of each cluster; the order of the texts has no influence.
    n_keywords : int

    Returns
    -------
    list of Label
        One a cluster; no two texts are the same.

    References
    ----------
    Grootendorst (2022), BERTopic, arXiv:2203.05794: class-based TF-IDF.
    """
    read = [[terms(text) for text in sorted(texts)[:: max(1, len(texts) // ENOUGH)]] for texts in clusters]
    held = [Counter(k for text in texts for k in {word.key for word in text if word.counts}) for texts in read]
    total: Counter[str] = Counter()
    for counts in held:
        total.update(counts)
    average = sum(total.values()) / max(len(clusters), 1)
    forms = _usual_forms(read)
    taken: set[str] = set()
    labels = []
    for texts, counts in zip(read, held, strict=True):
        n = max(len(texts), 1)
        weight = {k: count / n * math.log(1 + average / total[k]) for k, count in counts.items()}
        ranking = sorted(weight, key=lambda k: (-weight[k], k))
        text = _phrase(texts, weight, ranking, taken) or _joined(ranking, forms, taken)
        taken.add(fold(text))
        labels.append(Label(text, tuple(forms[k] for k in ranking[:n_keywords])))
    return labels


def _usual_forms(read: Sequence[Sequence[Sequence[Term]]]) -> dict[str, str]:
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for texts in read:
        for text in texts:
            for word in text:
                seen[word.key][word.form] += 1
    return {k: min(counts, key=lambda form: (-counts[form], len(form), form)) for k, counts in seen.items()}


def _phrase(texts: Sequence[Sequence[Term]], weight: dict[str, float], ranking: Sequence[str], taken: set[str]) -> str:
    """Return the run of two to four words that holds most weight, counted once for each key."""
    top = set(ranking[:6])
    found: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for text in texts:
        seen = set()
        hot = [at for at, word in enumerate(text) if word.counts and word.key in top]
        for start in sorted({start for at in hot for start in range(max(at - MOST_WORDS + 1, 0), at + 1)}):
            first = text[start]
            if not first.counts or first.key not in weight:
                continue
            for stop in range(start + 2, min(start + MOST_WORDS, len(text)) + 1):
                run = text[start:stop]
                keys = tuple(word.key for word in run)
                telling = {word.key for word in run if word.counts}
                fillers = sum(not word.counts for word in run)
                if not run[-1].counts or fillers > 1 or len(telling) < 2 or not telling & top or keys in seen:
                    continue
                seen.add(keys)
                found[keys][" ".join(word.form for word in run)] += 1
    scored = []
    for keys, surface in found.items():
        times = surface.total()
        value = sum(weight.get(k, 0.0) for k in set(keys)) * (1 + math.log(times)) / (1 + 0.15 * (len(keys) - 2))
        scored.append((-value, min(surface, key=lambda form: (-surface[form], form))))
    for _, phrase in sorted(scored):
        label = phrase[0].upper() + phrase[1:]
        if fold(label) not in taken:
            return label
    return ""


def _joined(ranking: Sequence[str], forms: dict[str, str], taken: set[str]) -> str:
    """Return the first telling words side by side, more of them until the label is new."""
    for size in range(1, len(ranking) + 1):
        text = ", ".join(forms[k] for k in ranking[:size])
        if fold(text) not in taken:
            return text[0].upper() + text[1:]
    base, n = (", ".join(forms[k] for k in ranking) or "…"), 1
    while fold(text := f"{base} {n}" if n > 1 or ranking else base) in taken:
        n += 1
    return text[0].upper() + text[1:]
