"""Hidden time of customers: what searching, waiting and doing twice costs them, out of remarks and assumptions."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

import pandas as pd

from feedback.text.tokens import fold

KINDS = ("search", "wait", "twice")
# Working days and weeks in a Dutch year, holidays taken off.
DAYS, WEEKS = 220, 44
_SIGNS = {
    "search": re.compile(
        r"\b(?:(?:op|uit|door)?zoek(?:en|t|werk|tocht)?|gezocht|zocht(?:en)?|(?:niet|nergens|nooit) (?:te |terug ?(?:te )?)?vinden"
        r"|onvindbaar|search(?:ed|es|ing)?|look(?:ed|ing)? for|(?:can't|cannot|could not) find)\b"
    ),
    "wait": re.compile(r"\b(?:wacht(?:en|te|ten|t|tijd|tijden|rij|rijen)?|afwachten|gewacht|in de wacht|wait(?:ed|ing|s)?|on hold|queue[sd]?)\b"),
    "twice": re.compile(
        r"\b(?:dubbel(?:op)?|dubbel werk|(?:twee|drie) ?(?:keer|maal) (?:hetzelfde|dezelfde|invullen|invoeren|aanvragen|doorgeven|melden)"
        r"|opnieuw|overnieuw|nog (?:een|eens|n) keer|overtyp\w*|twice|re-?typ\w*|re-?enter\w*|all over again)\b"
    ),
}  # fmt: skip
_WORDS = {
    "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "twaalf": 12,
    "vijftien": 15, "twintig": 20, "vijfentwintig": 25, "dertig": 30, "veertig": 40, "vijfenveertig": 45, "vijftig": 50,
    "zestig": 60, "anderhalf": 1.5, "half": 0.5, "one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10,
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip
_NUMBER = rf"(?P<n>\d{{1,3}}(?:[.,]\d+)?|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}))"
_LENGTH = re.compile(
    rf"\b{_NUMBER} ?(?:(?:a|tot|of|-) ?\d+ ?)?(?P<unit>minu(?:ut|ten|tes?)|min|kwartier(?:en)?|uur|uren|hours?)\b"
)
_ABOUT = re.compile(rf"\been (?P<unit>minuut|uur|kwartier) of {_NUMBER}\b")
_HALF_HOUR = re.compile(r"\b(?:een half ?uur|half an hour)\b")
# A time of the clock, or a span of opening hours, is no length.
_CLOCK = re.compile(r"(?:\b(?:om|tot|tussen|vanaf|rond|na|voor|at|until|from|after|before|en)|\d) ?$")
_UNITS = {"k": 15.0, "u": 60.0, "h": 60.0, "m": 1.0}
_EACH = r"\b(?:(?:elke|elk|iedere|ieder|per|every|each|a)"
_MONDAYS = r"(?:maan|dins|woens|donder|vrij)dag\w*|(?:mon|tues|wednes|thurs|fri)day"
_OFTEN = (
    (re.compile(rf"{_EACH} (?:werk)?(?:dag|ochtend|middag|avond|day|morning)|dagelijks\w*|daily)\b"), DAYS),
    (re.compile(rf"{_EACH} (?:week|{_MONDAYS})|wekelijks\w*|weekly)\b"), WEEKS),
    (re.compile(rf"{_EACH} (?:maand|month)|maandelijks\w*|monthly)\b"), 12),
    (re.compile(rf"{_EACH} (?:kwartaal|quarter))\b"), 4),
    (re.compile(rf"{_EACH} (?:jaar|year)|jaarlijks\w*|yearly)\b"), 1),
)  # fmt: skip
_TIMES = re.compile(rf"\b{_NUMBER} ?(?:keer|maal|x|times) ?(?:per|in de|a|an|each|every)?$")
# Nobody loses more than a working day at once.
_LONGEST = 480


def kinds(text: str) -> list[str]:
    """Tell what a remark says that costs time.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
        Of "search", "wait" and "twice".
    """
    plain = fold(text)
    return [kind for kind, sign in _SIGNS.items() if sign.search(plain)]


def minutes(text: str) -> float | None:
    """Find how long something takes, in minutes; days and weeks of waiting are no working time and do not count.

    Parameters
    ----------
    text : str

    Returns
    -------
    float or None
        The longest that is named; None when nothing is.
    """
    plain = fold(text)
    found = [value for value in _lengths(plain) if 0 < value <= _LONGEST]
    return max(found, default=None)


def _lengths(plain: str) -> Iterator[float]:
    if _HALF_HOUR.search(plain):
        yield 30.0
    # "Een minuut of acht" is eight, not one.
    for match in _ABOUT.finditer(plain):
        yield _value(match["n"]) * _UNITS[match["unit"][0]]
    for match in _LENGTH.finditer(plain):
        hours = match["unit"][0] in "uh"
        if hours and _CLOCK.search(plain[: match.start()]):
            continue
        yield _value(match["n"]) * _UNITS[match["unit"][0]]


def _value(number: str) -> float:
    return _WORDS[number] if number in _WORDS else float(number.replace(",", "."))


def times(text: str) -> float | None:
    """Find how often something happens, times a year: a working year has 220 days and 44 weeks.

    Parameters
    ----------
    text : str

    Returns
    -------
    float or None
    """
    plain = fold(text)
    for sign, a_year in _OFTEN:
        found = sign.search(plain)
        if found:
            often = _TIMES.search(plain[: found.start()].rstrip())
            # "Drie keer per week" and "drie keer in de week"; "per" belongs to the sign.
            return a_year * (_value(often["n"]) if often else 1.0)
    return None


# Of one text the answer never changes, and the list is made anew after every act.
@lru_cache(maxsize=100_000)
def _told(text: str) -> tuple[tuple[str, float | None, float | None], ...]:
    return tuple((kind, minutes(text), times(text)) for kind in kinds(text))


def found(remarks: pd.DataFrame) -> pd.DataFrame:
    """Find the remarks that tell of time lost.

    Parameters
    ----------
    remarks : DataFrame
        remark_id, text, area, sentiment, is_saving. Praise and proposals for a saving tell of no time lost.

    Returns
    -------
    DataFrame
        remark_id, area, time (kind), minutes and times (NaN where none is named); a remark may be of several kinds.
    """
    own = remarks[remarks["area"].notna() & (remarks["sentiment"] != "pos") & ~remarks["is_saving"].astype(bool)]
    rows = [
        (remark_id, area, kind, lasts, often)
        for remark_id, area, text in zip(own["remark_id"], own["area"].astype(object), own["text"], strict=True)
        for kind, lasts, often in _told(text)
    ]
    table = pd.DataFrame(rows, columns=["remark_id", "area", "time", "minutes", "times"])
    return table.astype({"minutes": float, "times": float})


def table(said: pd.DataFrame, assumed: pd.DataFrame, hour_price: float = math.nan) -> pd.DataFrame:
    """Set what remarks name and what the coordinator assumes together, by service and kind.

    Parameters
    ----------
    said : DataFrame
        See `found`.
    assumed : DataFrame
        area, time, minutes, people, times, idea_id (see `store.savings_frames.customer_time`); goes before what is named.
    hour_price : float
        Euro; NaN: not set.

    Returns
    -------
    DataFrame
        area, time, remarks (how many tell of it), minutes, people, times, minutes_by and times_by ("typed", "named" or
        ""), named_minutes and named_times (medians), n_minutes and n_times (remarks that name one), idea_id (Int64), hours
        and eur a year (NaN where a part is not known); the most hours first, then the most remarks.
    """
    keys = ["area", "time"]
    told = said.groupby(keys).agg(
        remarks=("remark_id", "nunique"), named_minutes=("minutes", "median"), named_times=("times", "median"),
        n_minutes=("minutes", "count"), n_times=("times", "count"),
    )  # fmt: skip
    both = told.reset_index().merge(assumed, on=keys, how="outer")
    both[["remarks", "n_minutes", "n_times"]] = both[["remarks", "n_minutes", "n_times"]].fillna(0).astype(int)
    for name in ("minutes", "times"):
        typed, named = both[name].astype(float), both[f"named_{name}"].astype(float)
        by = pd.Series("", index=both.index, dtype="str").mask(named.notna(), "named")
        both[f"{name}_by"] = by.mask(typed.notna(), "typed")
        both[name] = typed.fillna(named)
    both["people"] = both["people"].astype("Float64").astype(float)
    both["hours"] = both["minutes"] * both["people"] * both["times"] / 60
    both["eur"] = both["hours"] * hour_price
    order = both.sort_values(["hours", "remarks", *keys], ascending=[False, False, True, True], na_position="last")
    return order.reset_index(drop=True)
