"""What a report is made of, whatever it is written as: parts with paragraphs, lists, quotes, tables and charts."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What XML 1.0 does not allow, what changes the direction of the text after it, and halves of a character.
_UNFIT = re.compile(
    "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)
# A table of so few columns does not fill a page: its figures would stand far from their names.
NARROW = 2


def plain(text: str) -> str:
    """Give a text of a user as one line that any file can hold.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Without control characters; blanks and new lines are one blank.
    """
    return " ".join(_UNFIT.sub(" ", text).split())


@dataclass(frozen=True)
class Words:
    """A paragraph; a small one is an explanation, a head leads to what comes after it."""

    text: str
    is_small: bool = False
    is_head: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of lines, in the order they are asked or as they came."""

    items: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Quotes:
    """What was said, each with its language."""

    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table with a header row; the first column names the row.

    Attributes
    ----------
    title : str
        What it holds, in words.
    columns : tuple of str
    rows : tuple of tuple of str
    figures : frozenset of int
        Columns of figures.
    sentence : int, optional
        Column with a sentence, where there is one; a slide shows such rows one under the other.
    repeats : bool
        Whether it tells in figures what a chart before it shows.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    sentence: int | None = None
    repeats: bool = False


@dataclass(frozen=True)
class Series:
    """What is measured of every bar, with its colour (#rrggbb)."""

    name: str
    colour: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """Lying bars; several series stand behind one another in a bar.

    Attributes
    ----------
    title : str
    alt : str
        What it shows, for who cannot see it.
    names : tuple of str
        Of the bars, from top to bottom.
    series : tuple of Series
    decimals : int
        Of the figures.
    ends : tuple of (float, float), optional
        Of the scale, where it has fixed ones.
    """

    title: str
    alt: str
    names: tuple[str, ...]
    series: tuple[Series, ...]
    decimals: int = 0
    ends: tuple[float, float] | None = None


Block = Words | Bullets | Quotes | Table | Chart


@dataclass(frozen=True)
class Part:
    """A piece of a report under a heading.

    Attributes
    ----------
    key : str
        Stable name.
    title : str
    blocks : tuple of Block
    level : int
        Of the heading: 1, or 2 for a part of the part before.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 1


@dataclass(frozen=True)
class Report:
    """A whole report in one language.

    Attributes
    ----------
    title, subtitle : str
    notice : str
        What must be known before all else; "" where nothing.
    parts : tuple of Part
    source : str
        Where the figures come from.
    """

    title: str
    subtitle: str
    notice: str
    parts: tuple[Part, ...]
    source: str
