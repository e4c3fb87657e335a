"""Periods and measured values as people type them: "maart 2026", "K1 2026", "97,5 %", "4:30"."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from feedback.i18n import Language, UserError, day, translate
from feedback.text.money import parse_euro

UNITS = ("percent", "hours", "minutes", "workdays", "days", "euro", "number", "grade")
Period = tuple[dt.date, dt.date]
_MONTHS = {
    name: at
    for at, names in enumerate(
        (
            "januari january jan", "februari february feb", "maart march mrt mar", "april apr", "mei may",
            "juni june jun", "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct",
            "november nov", "december dec",
        ), start=1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR = r"(?P<year>20\d\d)"
_FORMS = (
    ("year", re.compile(_YEAR)),
    ("month", re.compile(rf"{_YEAR}[-/ ]?m?(?P<month>0?[1-9]|1[0-2])|(?P<month2>0?[1-9]|1[0-2])[-/ ]{_YEAR.replace('year', 'year2')}")),
    ("name", re.compile(rf"(?P<name>[a-z]+)\.? {_YEAR}|{_YEAR.replace('year', 'year2')} (?P<name2>[a-z]+)")),
    ("quarter", re.compile(
        rf"{_YEAR}[- ]?(?:k|q|kwartaal ?|quarter ?)(?P<quarter>[1-4])|(?:k|q|kwartaal |quarter )(?P<quarter2>[1-4])[- ]"
        rf"{_YEAR.replace('year', 'year2')}|(?P<quarter3>[1-4])(?:e|st|nd|rd|th) (?:kwartaal|quarter) {_YEAR.replace('year', 'year3')}"
    )),
    ("week", re.compile(rf"{_YEAR}[- ]?(?:w|week ?)(?P<week>\d\d?)|(?:w|wk|week) ?(?P<week2>\d\d?)[-, ]+{_YEAR.replace('year', 'year2')}")),
    ("days", re.compile(r"(?P<first>[\d/-]+) ?(?:t/m|tm|tot en met|tot|to|until|–|-) ?(?P<last>[\d/-]+)")),
)  # fmt: skip
_DAY = (
    re.compile(r"(?P<d>\d\d?)[-/](?P<m>\d\d?)[-/](?P<y>20\d\d)"),
    re.compile(r"(?P<y>20\d\d)-(?P<m>\d\d?)-(?P<d>\d\d?)"),
)
_UNIT_WORDS = {
    "percent": r"%|procent|percent", "hours": r"uur|uren|u|hours?|h", "minutes": r"minuten|minuut|min\.?|minutes?",
    "workdays": r"werkdagen|werkdag|working days?|workdays?", "days": r"dagen|dag|days?", "euro": r"",
    "number": r"stuks|keer|times", "grade": r"",
}  # fmt: skip
_CLOCK = re.compile(r"(?P<whole>\d{1,3})(?::|u)(?P<sixty>[0-5]\d)")


def month(year: int, at: int) -> Period:
    """Give a month as its first and last day."""
    return dt.date(year, at, 1), dt.date(year, at, calendar.monthrange(year, at)[1])


def parse_period(text: str) -> Period:
    """Read a period.

    Parameters
    ----------
    text : str
        2026, 2026-03, maart 2026, K1 2026, week 12 2026, 1-1-2026 t/m 15-2-2026.

    Returns
    -------
    (first, last) : tuple of date

    Raises
    ------
    UserError
        When it is none; the message gives examples.
    """
    plain = " ".join(text.split()).casefold()
    for kind, form in _FORMS:
        match = form.fullmatch(plain)
        if match is None:
            continue
        found = {name.rstrip("23"): value for name, value in match.groupdict().items() if value}
        try:
            return _period(kind, found)
        except (ValueError, KeyError):
            continue
    raise UserError("areas.error.period", text=text)


def _period(kind: str, found: dict[str, str]) -> Period:
    if kind == "days":
        days = _day(found["first"]), _day(found["last"])
        if days[1] < days[0]:
            raise ValueError(found)
        return days
    year = int(found["year"])
    if kind == "year":
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if kind == "month":
        return month(year, int(found["month"]))
    if kind == "name":
        return month(year, _MONTHS[found["name"]])
    if kind == "quarter":
        last = 3 * int(found["quarter"])
        return dt.date(year, last - 2, 1), month(year, last)[1]
    monday = dt.date.fromisocalendar(year, int(found["week"]), 1)
    return monday, monday + dt.timedelta(days=6)


def _day(text: str) -> dt.date:
    for form in _DAY:
        if match := form.fullmatch(text):
            return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
    raise ValueError(text)


def period_name(first: dt.date, last: dt.date, language: Language) -> str:
    """Name a period as people say it; `parse_period` reads it again."""
    if (first, last) == (dt.date(first.year, 1, 1), dt.date(first.year, 12, 31)):
        return str(first.year)
    if (first, last) == month(first.year, first.month):
        return day(first, language).split(" ", 1)[1]
    if first.day == 1 and first.month % 3 == 1 and last == month(first.year, first.month + 2)[1]:
        return translate(language, "areas.quarter", n=first.month // 3 + 1, year=str(first.year))
    week = first.isocalendar()
    if week.weekday == 1 and last - first == dt.timedelta(days=6):
        return translate(language, "areas.week", n=week.week, year=str(week.year))
    return translate(language, "areas.days", first=f"{first:%d-%m-%Y}", last=f"{last:%d-%m-%Y}")


def parse_value(text: str, unit: str) -> float:
    """Read what was measured, or a norm, in the unit of an agreement.

    Parameters
    ----------
    text : str
        As typed: 97,5 %, 1.250, 4:30 (of hours or minutes), € 12,5k.
    unit : str
        One of `UNITS`.

    Returns
    -------
    float

    Raises
    ------
    UserError
        When it is no such number; the message gives an example.
    """
    plain = " ".join(text.split()).casefold()
    if unit in ("hours", "minutes") and (match := _CLOCK.fullmatch(plain)):
        return int(match["whole"]) + int(match["sixty"]) / 60
    if words := _UNIT_WORDS.get(unit):
        plain = re.sub(rf"(?<=[\d ])(?:{words})$", "", plain).strip()
    money = unit == "euro"
    try:
        if not money and not re.fullmatch(r"-?[\d.,]+", plain):
            raise ValueError(plain)
        value = parse_euro(plain)
    except ValueError as error:
        raise UserError("areas.error.value", text=text) from error
    if value < 0 or (unit == "percent" and value > 100) or (unit == "grade" and not 1 <= value <= 10):
        raise UserError("areas.error.value_range", text=text)
    return value
