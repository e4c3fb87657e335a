"""Days as people write them, in Dutch and English, and as Excel counts them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from feedback.intake.clean import fold

EARLIEST = dt.date(1990, 1, 1)
# Notes are about what happened; a planned session may lie a little ahead.
DAYS_AHEAD = 366
# Excel counts days from here (its 1900 is a leap year, which only matters before 1 March 1900).
_EXCEL_ZERO = dt.date(1899, 12, 30)
_NAMES = """
    januari january jan, februari february feb, maart march mrt mar, april apr, mei may, juni june jun, juli july jul,
    augustus august aug, september sep sept, oktober october okt oct, november nov, december dec
"""
_MONTHS = {name: number for number, names in enumerate(_NAMES.split(","), 1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TIME = (
    r"(?:[ t]+(?:om )?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?(?:uur|u|h|[ap]\.?m\.?))?"
    r"(?: ?(?:z|[a-z]{3,4}|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?))?)?"
)
_WEEKDAY = (
    r"(?:(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday"
    r"|ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)\.?,? )?"
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_NUMBERS = re.compile(rf"{_WEEKDAY}(\d{{1,2}}) ?[-/.] ?(\d{{1,2}}) ?[-/.] ?(\d{{4}}|\d{{2}}),?{_TIME}")
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(?:the )?(\d{{1,2}})(?:e|de|ste|st|nd|rd|th)?[ -](?:of )?({_MONTH})\.?,?[ -](\d{{4}}"
    rf"|'?\d{{2}}),?{_TIME}"
)
_MONTH_DAY = re.compile(rf"{_WEEKDAY}({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}),?{_TIME}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_INSIDE = re.compile(
    rf"\b(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}(?:e|st|nd|rd|th)? (?:{_MONTH})\.? \d{{4}}|(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,?"
    rf" \d{{4}})\b",
    re.IGNORECASE,
)
_UNKNOWN = {"", "onbekend", "n v t", "nvt", "unknown", "n a", "na", "geen", "none", "null", "nan", "nat"}


def parse_day(text: str, *, month_first: bool = False) -> dt.date | None:
    """Read a day.

    Parameters
    ----------
    text : str
        "3 maart 2026", "03-03-2026", "2026-03-03T10:00", "3/3/26", "March 3, 2026", "46084" (Excel) ...
    month_first : bool
        How 3/4/2026 is read when both orders are possible: False, the Dutch way, is 3 April.

    Returns
    -------
    date or None
        None where nothing is filled in.

    Raises
    ------
    ValueError
        When it is no day, or one that cannot be meant; its text is a key of the catalogues (`intake.dropped.date_*`).
    """
    plain = " ".join(text.split()).lower()
    if fold(plain) in _UNKNOWN:
        return None
    year, month, day = _parts(plain, month_first)
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise ValueError("intake.dropped.date_impossible") from None
    if found < EARLIEST:
        raise ValueError("intake.dropped.date_past")
    if found > dt.date.today() + dt.timedelta(days=DAYS_AHEAD):
        raise ValueError("intake.dropped.date_future")
    return found


def _parts(plain: str, month_first: bool) -> tuple[int, int, int]:
    """Give year, month and day."""
    if match := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMBERS.fullmatch(plain):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        # 3/14/2026 can only be American, 14/3/2026 only European.
        if (month_first and first <= 12) or (second > 12 >= first):
            first, second = second, first
        return year, second, first
    if match := _DAY_MONTH.fullmatch(plain):
        return int(match[3].lstrip("'")), _MONTHS[match[2]], int(match[1])
    if match := _MONTH_DAY.fullmatch(plain):
        return int(match[3]), _MONTHS[match[1]], int(match[2])
    if match := _SERIAL.fullmatch(plain):
        day = _EXCEL_ZERO + dt.timedelta(days=int(match[1]))
        return day.year, day.month, day.day
    raise ValueError("intake.dropped.date_unreadable")


def month_first(texts: Iterable[str]) -> bool:
    """Tell whether a column writes the month first: some day is only possible so, none only the other way."""
    american = False
    for text in texts:
        plain = " ".join(text.split()).lower()
        if match := _NUMBERS.fullmatch(plain):
            if int(match[1]) > 12:
                return False
            # A clock of twelve hours beside it comes from the same habit.
            american = american or int(match[2]) > 12 or bool(re.search(r"\d ?[ap]\.?m\.?$", plain) and "/" in plain)
    return american


def is_day(text: str) -> bool:
    """Tell whether a cell has the form of a day, possible or not. A bare number has not: it may be anything."""
    plain = " ".join(text.split()).lower()
    return any(form.fullmatch(plain) for form in (_YEAR_FIRST, _NUMBERS, _DAY_MONTH, _MONTH_DAY))


def is_serial(text: str) -> bool:
    """Tell whether a number may be an Excel day between 2000 and 2060."""
    match = _SERIAL.fullmatch(text.strip())
    return bool(match) and 36_526 <= int(match[1]) <= 58_440  # type: ignore[index]


def find_day(text: str) -> dt.date | None:
    """Give the first possible day named in running text, None where there is none."""
    for match in _INSIDE.finditer(text):
        try:
            return parse_day(match.group())
        except ValueError:
            continue
    return None
