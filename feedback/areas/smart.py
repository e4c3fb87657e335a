"""Whether an agreement is SMART, and what is missing; and how it feels beside what was measured."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from feedback.areas.agreements import is_met

LETTERS = ("specific", "measurable", "accepted", "realistic", "timed")
# Words that promise nothing one can check.
_VAGUE = re.compile(
    r"\b(zo (?:snel|goed|veel|spoedig) mogelijk|spoedig\w*|tijdig\w*|adequa\w+|passend\w*|redelijk\w*|regelmatig|waar mogelijk|"
    r"in principe|streven|normaal gesproken|voldoende|optima\w+|as soon as possible|asap|timely|adequate\w*|appropriate\w*|"
    r"reasonabl\w+|regularly|where possible|in principle|strive|normally|sufficient\w*|optimal\w*)\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 4
# A norm missed this often and never kept is no norm.
_TRIED = 3


@dataclass(frozen=True)
class Missing:
    """One test that an agreement fails.

    Attributes
    ----------
    letter : {"specific", "measurable", "accepted", "realistic", "timed"}
    reason : str
        Stable; the end of a key.
    word : str
        What it is about, as typed; "" for none.
    """

    letter: str
    reason: str
    word: str = ""


def smart(row: Any, values: Sequence[float], *, today: dt.date) -> list[Missing]:
    """Test an agreement: specific, measurable, accepted, realistic, timed.

    After G. T. Doran, "There's a S.M.A.R.T. way to write management's goals and objectives", Management Review 70 (1981). What
    can be read from the register is tested; whether both sides mean it cannot.

    Parameters
    ----------
    row : namedtuple or Series
        A row of `agreements.register`.
    values : sequence of float
        What was measured.
    today : date

    Returns
    -------
    list of Missing
        Empty: nothing is missing.
    """
    found: list[Missing] = []
    if vague := _VAGUE.search(f"{row.text} {row.measure}"):
        found.append(Missing("specific", "vague", vague[0]))
    elif len(row.text.split()) < _FEWEST_WORDS:
        found.append(Missing("specific", "short"))
    has_norm = row.norm is not None and row.norm == row.norm
    for reason, there in (("norm", has_norm), ("unit", bool(row.unit)), ("measure", bool(row.measure))):
        if not there:
            found.append(Missing("measurable", reason))
    if not row.owner:
        found.append(Missing("accepted", "owner"))
    if has_norm:
        absolute = row.unit == "percent" and row.norm == (0 if row.at_most else 100)
        if absolute:
            found.append(Missing("realistic", "absolute"))
        elif len(values) >= _TRIED and not any(is_met(value, row.norm, at_most=row.at_most) for value in values):
            found.append(Missing("realistic", "never"))
    if pd.isna(row.review_on):
        found.append(Missing("timed", "review"))
    elif pd.Timestamp(row.review_on).date() < today:
        found.append(Missing("timed", "past"))
    return found


Feeling = Literal["hurts", "fine", "mixed", "few"]


def feeling(negative: tuple[float, float], speakers: tuple[float, float]) -> Feeling:
    """Say how an agreement feels to customers.

    Parameters
    ----------
    negative : (low, high)
        95 % interval of the share negative among the remarks about it.
    speakers : (low, high)
        95 % interval of the share of all who spoke that is negative about it.

    Returns
    -------
    {"hurts", "fine", "mixed", "few"}
        hurts: surely most remarks about it are negative. fine: surely most are not, or surely fewer than one in twenty of
        those who spoke is negative about it. few: nobody spoke.
    """
    if speakers[0] != speakers[0]:
        return "few"
    if negative[0] > 0.5:
        return "hurts"
    if negative[1] < 0.5 or speakers[1] < 0.05:
        return "fine"
    return "mixed"
