"""What stands beside a table about its scales: "1 = zeer tevreden, 5 = zeer ontevreden" in a title or on a sheet of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.intake.clean import fold
from feedback.intake.model import Best, Scale
from feedback.intake.scales import LESS, is_good

_LOWS, _HIGHS = (0, 1), (4, 5, 6, 7, 10, 100)
_LABEL = re.compile(
    r"(?<![\d.,/-])(\d{1,3})\s*(=|:|[-–](?=\s)|\(|\b(?:is|betekent|means)\b)?\s*(?:het |de |the )?([^\W\d][^\d,;)\n]*)",
    re.IGNORECASE,
)
# "Vraag 1: ...", "ronde 2 (...)": a number that counts something.
_COUNTED = re.compile(
    r"\b(?:vraag|question|ronde|round|deel|part|blad|week|team|fase|stelling|versie|item|punt|groep)\s*$"
)
_RANGE = re.compile(
    r"\b(?:schaal|scale|scores?|cijfers?|punten|points|antwoorden|answers)\b[^\d\n]{0,30}"
    r"([01])\s*(?:-|–|t/m|tm|tot(?: en met)?|to|through|\ben\b|\band\b)\s*(4|5|6|7|10|100)(?![\d.,/-]*\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Legend:
    """One explanation of what numbers mean.

    Attributes
    ----------
    ends : (float, float) or None
        Of the scale, where both are told.
    labels : tuple of (float, bool or None)
        Numbers, and whether what each stands for is good; None: neither good nor bad.
    before : str
        What leads it in, folded: it may name a column.
    less : bool
        Whether it says that less is better.
    """

    ends: tuple[float, float] | None
    labels: tuple[tuple[float, bool | None], ...] = ()
    before: str = ""
    less: bool = False

    def best(self, scale: Scale) -> Best | None:
        """Tell which end of a scale is best; None where this says nothing of it."""
        if self.ends not in (None, (scale.low, scale.high)):
            return None
        if self.less:
            return "low"
        middle = (scale.low + scale.high) / 2
        judged = [
            (value > middle) == good
            for value, good in self.labels
            if good is not None and value != middle and (self.ends or value in (scale.low, scale.high))
        ]
        if judged.count(True) == judged.count(False):
            return None
        return "high" if judged.count(True) > judged.count(False) else "low"


def legends(text: str) -> list[Legend]:
    """Find the explanations in a text.

    Parameters
    ----------
    text : str
        Title rows and lines of other sheets, a line each.

    Returns
    -------
    list of Legend
        In their order; numbers that go on up or down are one explanation.
    """
    found = [
        Legend((float(match[1]), float(match[2])), before=_lead(text, match.start()))
        for match in _RANGE.finditer(text)
    ]  # fmt: skip
    run: list[re.Match[str]] = []
    for match in _LABEL.finditer(text):
        if _COUNTED.search(text[: match.start()].casefold()) or not (match[2] or is_good(match[3]) is not None):
            continue
        if run and not _goes_on([float(one[1]) for one in run], float(match[1])):
            found += _legend(text, run)
            run = []
        run.append(match)
    found += _legend(text, run)
    if LESS.search(fold(text)):
        found.append(Legend(None, less=True))
    return found


def _goes_on(values: Sequence[float], following: float) -> bool:
    if len(values) == 1:
        return values[0] != following
    return (values[1] > values[0]) == (following > values[-1]) and following != values[-1]


def _legend(text: str, run: Sequence[re.Match[str]]) -> list[Legend]:
    labels = tuple((float(match[1]), is_good(match[3])) for match in run)
    if not any(good is not None for _, good in labels):
        return []
    low, high = min(value for value, _ in labels), max(value for value, _ in labels)
    ends = (low, high) if low in _LOWS and high in _HIGHS and low < high else None
    # One end alone tells something where it is said outright: "1 = best".
    if ends is None and not all(match[2] and match[2].casefold() in ("=", "is", "betekent", "means") for match in run):
        return []
    return [Legend(ends, labels, _lead(text, run[0].start()))]


def _lead(text: str, at: int) -> str:
    """Give what stands before a place on its line, as far as the number before it."""
    lead = text[text.rfind("\n", 0, at) + 1 : at]
    return fold(re.split(r"\d", lead)[-1])


def of_column(found: Sequence[Legend], name: str, names: Sequence[str]) -> list[Legend]:
    """Give the explanations that are about a column: those that name it, else those that name no column at all.

    Parameters
    ----------
    found : sequence of Legend
    name : str
    names : sequence of str
        Of all columns.

    Returns
    -------
    list of Legend
    """

    def names_it(legend: Legend, name: str) -> bool:
        return f" {fold(name)} " in f" {legend.before} " if fold(name) else False

    own = [legend for legend in found if names_it(legend, name)]
    return own or [legend for legend in found if not any(names_it(legend, other) for other in names)]
