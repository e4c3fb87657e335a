"""Dutch working days: Monday to Friday, but for the public holidays.

The holidays are those of the Algemene termijnenwet, article 3: New Year's Day, Good Friday (paragraph 2), Easter Monday, Ascension
Day, Whit Monday, both Christmas days, the day on which the King's birthday is celebrated, and 5 May. King's Day is on 27 April, or
on the 26th when that is a Sunday.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import numpy as np


def easter(year: int) -> dt.date:
    """Give Easter Sunday.

    The anonymous Gregorian rule in the form of Meeus, "Astronomical Algorithms" (1991), chapter 8.

    Parameters
    ----------
    year : int

    Returns
    -------
    date
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


@lru_cache(maxsize=64)
def holidays(year: int) -> tuple[dt.date, ...]:
    """Give the public holidays of a year, in order.

    Parameters
    ----------
    year : int

    Returns
    -------
    tuple of date
    """
    moving = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension Day, Whit Monday
    sunday = easter(year)
    king = dt.date(year, 4, 27)
    if king.weekday() == 6:
        king -= dt.timedelta(days=1)
    fixed = [dt.date(year, 1, 1), king, dt.date(year, 5, 5), dt.date(year, 12, 25), dt.date(year, 12, 26)]
    return tuple(sorted({*fixed, *(sunday + dt.timedelta(days=step) for step in moving)}))


def between(since: dt.date, until: dt.date) -> int:
    """Count the working days after one day, up to and with another.

    Parameters
    ----------
    since, until : date

    Returns
    -------
    int
        0 when `until` is not later.
    """
    if until <= since:
        return 0
    free = [day for year in range(since.year, until.year + 1) for day in holidays(year)]
    one = dt.timedelta(days=1)
    return int(np.busday_count(since + one, until + one, holidays=free))
