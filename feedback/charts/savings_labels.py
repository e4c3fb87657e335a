"""Titles beside the dots of the savings map: only those that lie over nothing, on the side where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

# A label on a side of its dot, in parts of the map: left, right, top and bottom end.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Room:
    """What a map has for titles, in pixels; the smallest map of its kind, so that on a larger one they fit too.

    Attributes
    ----------
    width, height : float
        Of the map without its axes.
    letter, line : float
        Mean width of a letter and height of a line.
    lengths : tuple of int
        Most letters of a title, longest first: what does not fit is tried shorter.
    taken : tuple of Box
        Where something else is written.
    """

    width: float
    height: float
    letter: float
    line: float
    lengths: tuple[int, ...]
    taken: tuple[Box, ...]


_DOT = 9.0
_GAP = 13.0


def _corners(width: float, height: float) -> tuple[Box, ...]:
    """Give where the names of the quadrants stand."""
    across, up = 130 / width, 30 / height
    return tuple((left, left + across, top, top + up) for left, top in product((0.0, 1.0 - across), (0.0, 1.0 - up)))


WIDE = Room(540, 330, 5.6, 15, (40, 28, 18), _corners(540, 330))
NARROW = Room(225, 330, 5.2, 14, (22, 16, 12), _corners(225, 330))


def place(dots: Sequence[tuple[float, float]], titles: Iterable[str], room: Room) -> list[tuple[str, str]]:
    """Choose what is written, and where; the first dots choose first.

    Parameters
    ----------
    dots : sequence of (float, float)
        Parts of the width from the left and of the height from the top, 0..1.
    titles : iterable of str
    room : Room

    Returns
    -------
    list of (str, str)
        For every dot its title, cut where needed, and "right" or "left" of it; "" where nothing fits.
    """
    across, up = _DOT / room.width, _DOT / room.height
    blocked: list[Box] = [*room.taken, *((x - across, x + across, y - up, y + up) for x, y in dots)]
    told = []
    for at, ((x, y), title) in enumerate(zip(dots, titles, strict=True)):
        own = len(room.taken) + at
        others = blocked[:own] + blocked[own + 1 :]
        chosen = ("", "right")
        for length, side in product(room.lengths, ("right", "left")):
            text = title if len(title) <= length else title[: length - 1].rstrip() + "…"
            box = _box(x, y, len(text), side, room)
            if box[0] >= 0 and box[1] <= 1 and not any(_overlap(box, other) for other in others):
                chosen = (text, side)
                blocked.append(box)
                break
        told.append(chosen)
    return told


def _box(x: float, y: float, letters: int, side: str, room: Room) -> Box:
    gap, long, half = _GAP / room.width, letters * room.letter / room.width, room.line / room.height / 2
    left = x + gap if side == "right" else x - gap - long
    return left, left + long, y - half, y + half


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
