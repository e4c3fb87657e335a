"""How much fits on a slide: measured on the wide side, so that nothing runs off it in whatever font a computer has."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

# Inches. A slide is 13.333 x 7.5; what is under a title lies in between.
SLIDE = (13.333, 7.5)
LEFT, TOP, WIDTH, HEIGHT = 0.65, 1.75, 12.03, 4.95
# Points. Nothing on a slide is smaller than the last.
TITLE, BIG, SMALL = 32, 24, 18
# Height of a line and room after a paragraph, in the size of the font.
_LINE, _AFTER = 1.22, 0.4
# Widths of letters in thousandths of the size: Helvetica's (Adobe font metrics), which Arial and Liberation Sans share; Calibri is
# narrower. What is not here is taken to be wide.
WIDTHS = {
    letter: width
    for width, letters in {
        222: "ijl'|’", 278: "ftI/ .,:;![]·", 333: "r-()“”‘", 500: "sckvxyzJ", 556: "abdeghnopquL0123456789?…–_", 611: "FTZ",
        667: "ABEKPSVXY&", 722: "wCDHNRU", 778: "GOQ", 833: "mM",
    }.items()
    for letter in letters
}  # fmt: skip
WIDE = 950
# Bold letters are wider, and no two programs break a line at quite the same place.
_BOLD, _MARGIN = 1.08, 1.03
# Inches that a box keeps free above and under its text, together.
INSET = 0.12

Style = Literal["words", "bullet", "number", "quote", "head", "small"]
SIZES: dict[Style, int] = {"words": BIG, "bullet": BIG, "number": BIG, "quote": BIG, "head": BIG, "small": SMALL}
# Inches that a line of a list or a quote stands in.
INDENT: dict[Style, float] = {"bullet": 0.4, "number": 0.5, "quote": 0.4}


@dataclass(frozen=True)
class Line:
    """A paragraph on a slide.

    Attributes
    ----------
    text : str
    style : Style
    language : str
        "": that of the report.
    stays : bool
        Whether it stays with the one after it.
    """

    text: str
    style: Style = "words"
    language: str = ""
    stays: bool = False


def cut(text: str, most: int) -> str:
    """Shorten a text to at most so many letters, at a blank where there is one."""
    if len(text) <= most:
        return text
    return textwrap.shorten(text, most, placeholder="…") if " " in text[:most] else text[: most - 1] + "…"


def width_of(text: str, size: float) -> float:
    """Give the width of a text on one line, in points."""
    return sum(WIDTHS.get(letter, WIDE) for letter in text) * size / 1000


def lines_of(text: str, width: float, size: float, *, is_bold: bool = False) -> int:
    """Count the lines that a text takes.

    Parameters
    ----------
    text : str
    width : float
        Inches.
    size : float
        Points.
    is_bold : bool

    Returns
    -------
    int
    """
    room = max(width * 72 / (_MARGIN * (_BOLD if is_bold else 1.0)), size)
    count, used = 1, 0.0
    for word in text.split():
        wide = width_of(word, size)
        if used and used + wide > room:
            count, used = count + 1, 0.0
        # A word that is longer than a line is broken within.
        count += int(wide // room)
        used += wide % room + width_of(" ", size)
    return count


def cut_title(text: str, after: str = "") -> str:
    """Shorten a title to two lines, with what comes after it whatever its length."""
    most = len(text)
    while lines_of(cut(text, most) + after, WIDTH - 0.2, TITLE, is_bold=True) > 2:
        most -= 4
    return cut(text, most) + after


def text_height(line: Line, width: float = WIDTH) -> float:
    """Estimate the height of a paragraph and the room after it, in inches."""
    size = SIZES[line.style]
    lines = lines_of(line.text, width - INDENT.get(line.style, 0.0) - 0.2, size, is_bold=line.style == "head")
    return (lines * size * _LINE + size * _AFTER) / 72


def row_height(cells: Sequence[str], widths: Sequence[float], size: float = SMALL) -> float:
    """Estimate the height of a row of a table, in inches."""
    lines = max(lines_of(text, width - 0.2, size, is_bold=True) for text, width in zip(cells, widths, strict=True))
    return (lines * size * _LINE + 10) / 72


def pages(lines: Sequence[Line], height: float = HEIGHT - INSET) -> Iterator[list[Line]]:
    """Spread paragraphs over slides.

    Parameters
    ----------
    lines : sequence of Line
    height : float
        Inches for text on a slide.

    Yields
    ------
    list of Line
        What stays with the next is on its slide.
    """
    page: list[Line] = []
    used = 0.0
    for group in _together(lines):
        needed = sum(text_height(line) for line in group)
        if page and used + needed > height:
            yield page
            page, used = [], 0.0
        for line in group:
            # A group that is longer than a slide goes on, whatever it wants.
            if page and used + text_height(line) > height:
                yield page
                page, used = [], 0.0
            page.append(line)
            used += text_height(line)
    if page:
        yield page


def _together(lines: Sequence[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        group.append(line)
        if not line.stays:
            yield group
            group = []
    if group:
        yield group


def row_pages(
    rows: Sequence[Sequence[str]], widths: Sequence[float], height: float
) -> Iterator[Sequence[Sequence[str]]]:
    """Spread the rows of a table over slides; see `row_height`."""
    page: list[Sequence[str]] = []
    used = 0.0
    for row in rows:
        needed = row_height(row, widths)
        if page and used + needed > height:
            yield page
            page, used = [], 0.0
        page.append(row)
        used += needed
    if page:
        yield page
