"""The lines of a text: bullets, markdown headings, and sentences that were broken over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_SIGN = r"[-*•‣◦▪▫●○■□–—·➢►✓✔>+o]|\[[ xX]?\]"
_BULLET = re.compile(rf"\s*(?:{_SIGN})\s+(?:\[[ xX]?\]\s+)?(?=\S)")
_COUNTED = re.compile(r"\s+\(?(?:\d{1,2}|[a-zA-Z])[.)]\s+(?=\S)")
_HASHES = re.compile(r"\s{0,3}#{1,6}\s+(.+?)\s*#*")
_RULE = re.compile(r"\s*(?:[-=_*~#]\s?){3,}")
_UNDERLINE = re.compile(r"={3,}\s*")
_TIME = re.compile(r"\[?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\]?\s+(?:[-–]\s+)?(?=\S)")
# Editors and e-mail programs break lines before this.
_WIDEST = 110
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_SLANTED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+)(?<=\S)\*(?![\w*])")
_ROW = re.compile(r"\s*\|.*\|\s*")
_ROW_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*")
NUMBERED = re.compile(
    r"(?:(?:agendapunt|punt|agenda item|item)\s*)?\d{1,2}(?:\.\d{1,2}|[a-z])?[.):]?\s+([^\W\d].*)", re.IGNORECASE
)
AGENDA = re.compile(
    r"(?:agendapunt|agenda item|thema|theme|onderwerp|topic|vraag|question)\s*\d{0,2}\s*[:.–-]\s*(\S.*)", re.IGNORECASE
)


@dataclass
class Line:
    """A line, or several that belong together.

    Attributes
    ----------
    row : int
        Where it starts, from 1.
    text : str
        Without bullet and emphasis.
    indent : int
        In blanks.
    bullet : bool
    after_blank : bool
        Whether a blank line, a rule or nothing stands before it.
    heading : bool
        Whether markdown says so.
    last : int
        Length of the last line of the file in it.
    cells : tuple of str
        Of a row of a table; several paragraphs in a cell are lines of it.
    speaker, organisation : str or None
        Who says it, where a table tells.
    kind : {"action", "reply"} or None
        What it is, where a table tells.
    under : str
        Subject and column of a cell.
    """

    row: int
    text: str
    indent: int
    bullet: bool
    after_blank: bool
    heading: bool = False
    last: int = 0
    cells: tuple[str, ...] = ()
    speaker: str | None = None
    organisation: str | None = None
    kind: Literal["action", "reply"] | None = None
    under: str = ""


def lines_of(text: str) -> list[Line]:
    """Cut a text into its lines, with those joined again that an e-mail program or an editor broke.

    Parameters
    ----------
    text : str
        Cleaned.

    Returns
    -------
    list of Line
        Blank lines and rules left out.
    """
    lines = list(_lines(text))
    # Where some line is long, nothing broke lines: each is a remark of its own.
    narrow = max((line.last for line in lines), default=0) <= _WIDEST
    joined: list[Line] = []
    for line in lines:
        if joined and _goes_on(joined[-1], line, narrow):
            joined[-1].text = f"{joined[-1].text} {line.text}"
            joined[-1].last = line.last
        else:
            joined.append(line)
    return joined


def _lines(text: str) -> Iterator[Line]:
    after_blank = True
    raw_lines = text.split("\n")
    for row, raw in enumerate(raw_lines, 1):
        line = raw.expandtabs(4).rstrip()
        if not line or _RULE.fullmatch(line):
            after_blank = True
            continue
        if row < len(raw_lines) and _UNDERLINE.fullmatch(raw_lines[row]) and len(line) < 100:
            yield Line(row, _plain(line), 0, False, True, heading=True)
            continue
        if hashes := _HASHES.fullmatch(line):
            yield Line(row, _plain(hashes[1]), 0, False, True, heading=True)
            after_blank = True
            continue
        if _ROW_RULE.fullmatch(line):
            continue
        if _ROW.fullmatch(line):
            cells = tuple(_plain(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1]))
            yield Line(row, " ".join(cells).strip(), 0, False, after_blank, cells=cells)
            after_blank = False
            continue
        indent = len(line) - len(line.lstrip())
        bullet = _BULLET.match(line) or _COUNTED.match(line)
        body = _plain(line[bullet.end() :] if bullet else line)
        strong = _STRONG.fullmatch(line.strip())
        is_heading = strong is not None and not body.endswith(".")
        yield Line(row, body, indent, bullet is not None, after_blank, is_heading, len(line))
        after_blank = False


def _plain(text: str) -> str:
    """Take emphasis and the time of a transcript off."""
    text = _STRONG.sub(r"\2", text.strip()) if "**" in text or "__" in text else text.strip()
    text = _SLANTED.sub(r"\1", text) if "*" in text else text
    return _TIME.sub("", text, count=1) if text[:1] in "[0123456789" else text


def _goes_on(held: Line, line: Line, narrow: bool) -> bool:
    if line.bullet or line.after_blank or line.heading or held.heading or line.cells or held.cells:
        return False
    if held.bullet and line.indent > held.indent:
        return True
    if not narrow or re.search(r"[.!?:;][\"\'”’)]?$", held.text):
        return False
    # A line that broke is nearly full; one that goes on without a capital may be a word shorter.
    return held.last >= (45 if line.text[:1].islower() else 66) and not NUMBERED.match(line.text)
