"""The *klantminuut*: what the weekly meeting looks at, another thing every week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from hashlib import blake2b


def week_of(day: dt.date) -> int:
    """Number the weeks, Monday to Sunday, from the first one there is."""
    return (day.toordinal() - 1) // 7


def order(keys: Iterable[str], week: int) -> list[str]:
    """Give the order in which things are shown in a week: the first at once, the next ones to who asks for another.

    Half of the things, by lot, belongs to the even weeks and half to the odd ones, in a shuffled order that does not change. So what a
    meeting saw at once is never what the next one sees at once, also when things came or went in between; and nothing comes twice
    before all was shown.

    Parameters
    ----------
    keys : iterable of str
        What there is.
    week : int
        See `week_of`.

    Returns
    -------
    list of str
        All of `keys`, each once.
    """
    shuffled = sorted(set(keys), key=_lot)
    own = [key for key in shuffled if _lot(key) % 2 == week % 2]
    other = [key for key in shuffled if _lot(key) % 2 != week % 2]
    if not own or not other:
        # Too few for the lot: one by one.
        own, other = shuffled[week % 2 :: 2], shuffled[1 - week % 2 :: 2]
    start = week // 2 % len(own) if own else 0
    return [*own[start:], *own[:start], *other]


def _lot(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")
