"""What is in a column, whatever it is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from feedback.intake import scales
from feedback.intake.areas import AreaNames
from feedback.intake.clean import fold
from feedback.intake.dates import is_day
from feedback.intake.levels import as_level
from feedback.intake.unseen import is_error

# Shapes are judged on so many distinct cells, and so much of each: enough, and quick whatever a cell holds.
SAMPLE = 400
_LENGTH = 400
_MAIL = re.compile(r"[^@\s]{1,100}@[^@\s]{1,100}\.[^@\s]{1,30}")
LETTER = re.compile(r"[^\W\d_]")
# "I 2603 0001", "ZK-2026-12", "B1.12", "10.0.0.7", "R_3fX9": digits, and no part of it is a word.
_CODE = re.compile(r"(?=\D*\d)(?:(?:[A-Z]{1,4}|[^\s\d]{0,12}\d\S{0,60})(?:\s+|$)){1,6}")
_YES_NO = frozenset(
    ["ja", "nee", "yes", "no", "true", "false", "waar", "onwaar", "j", "n", "y", "misschien", "maybe", "0", "1"]
)


def is_yes_no(cell: str) -> bool:
    """Tell an answer that only says yes or no."""
    return fold(cell) in _YES_NO


@dataclass(frozen=True)
class Facts:
    """What is in a column; shares are of the cells that are filled in."""

    counts: Counter[str]
    filled: int
    mean_words: float
    longest: int
    numbers: float
    days: float
    mails: float
    levels: float
    areas: float
    yes_no: float
    letters: float
    codes: float

    @property
    def distinct(self) -> float:
        """Share of the cells that differ."""
        return len(self.counts) / self.filled if self.filled else 0.0

    @property
    def is_choice(self) -> bool:
        """Whether the cells come out of a short list."""
        return self.filled >= 8 and self.distinct < 0.35

    @property
    def is_counter(self) -> bool:
        """Whether the cells number the rows: 1, 2, 3 ..."""
        return self.filled == len(self.counts) >= 4 and list(self.counts)[:SAMPLE] == list(
            map(str, range(1, min(len(self.counts), SAMPLE) + 1))
        )


def facts_of(name: str, cells: Iterable[str], names: AreaNames) -> Facts:
    """Look into a column.

    Parameters
    ----------
    name : str
    cells : iterable of str
    names : AreaNames

    Returns
    -------
    Facts
    """
    counts = Counter(cell if len(cell) <= _LENGTH else cell[:_LENGTH] for cell in cells)
    # The header comes again on each page of some exports.
    del counts[""], counts[name]
    for cell in [cell for cell in counts if is_error(cell)]:
        del counts[cell]
    sample = list(counts.items())[:SAMPLE]
    total = sum(n for _, n in sample) or 1

    def share(test: Callable[[str], object]) -> float:
        return sum(n for text, n in sample if test(text)) / total

    return Facts(
        counts=counts, filled=sum(counts.values()),
        mean_words=sum(len(text.split()) * n for text, n in sample) / total,
        longest=max((len(text.split()) for text, _ in sample), default=0),
        numbers=share(lambda text: scales.number(text) is not None),
        days=share(is_day), mails=share(_MAIL.fullmatch),
        levels=share(as_level), areas=share(names.exactly),
        yes_no=share(is_yes_no), letters=share(LETTER.search),
        codes=share(lambda text: _CODE.fullmatch(text) and LETTER.search(text)),
    )  # fmt: skip
