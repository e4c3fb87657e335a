"""Did it help? The share of remarks on a theme before and after the day that a promise was done."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import pandas as pd

# Fewer remarks than this on one of both sides say too little; the same for people who gave a grade.
ENOUGH_REMARKS = 30
ENOUGH_GRADES = 10
_Z = 1.959963984540054
Verdict = Literal["less", "more", "same", "few"]


@dataclass(frozen=True)
class Share:
    """A part of a whole with its 95 % interval.

    Attributes
    ----------
    k, n : int
        How many, of how many.
    """

    k: int
    n: int

    @property
    def value(self) -> float:
        """0..1; NaN of nothing."""
        return self.k / self.n if self.n else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Give the score interval of Wilson ("Probable Inference", J. Am. Stat. Assoc. 22, 1927)."""
        if not self.n:
            return math.nan, math.nan
        p, n, z2 = self.value, self.n, _Z * _Z
        middle, half = p + z2 / (2 * n), _Z * math.sqrt((p * (1 - p) + z2 / (4 * n)) / n)
        return (middle - half) / (1 + z2 / n), (middle + half) / (1 + z2 / n)


def difference(before: Share, after: Share) -> tuple[float, float]:
    """Give the 95 % interval of how much a share fell.

    Method 10 of Newcombe, "Interval estimation for the difference between independent proportions" (Stat. Med. 17, 1998).

    Parameters
    ----------
    before, after : Share
        Of something; both with n above 0.

    Returns
    -------
    low, high : float
        Of before - after.
    """
    (low1, high1), (low2, high2) = before.interval, after.interval
    step = before.value - after.value
    low = step - math.hypot(before.value - low1, high2 - after.value)
    return low, step + math.hypot(high1 - before.value, after.value - low2)


def verdict(before: Share, after: Share) -> Verdict:
    """Say whether a theme is mentioned less since, more, or neither for sure; *few* below `ENOUGH_REMARKS`.

    Parameters
    ----------
    before, after : Share

    Returns
    -------
    {"less", "more", "same", "few"}
    """
    if min(before.n, after.n) < ENOUGH_REMARKS:
        return "few"
    low, high = difference(before, after)
    return "less" if low > 0 else "more" if high < 0 else "same"


def shares(remarks: pd.DataFrame, theme: str, done_on: pd.Timestamp) -> tuple[Share, Share]:
    """Count a theme among the remarks that are in a theme, until a day and after it.

    Parameters
    ----------
    remarks : DataFrame
        theme, date.
    theme : str
    done_on : Timestamp

    Returns
    -------
    before, after : Share
    """
    placed = remarks[remarks["theme"].notna()]
    after = placed["date"] > done_on
    mine = placed["theme"] == theme
    return Share(int((mine & ~after).sum()), int((~after).sum())), Share(int((mine & after).sum()), int(after.sum()))
