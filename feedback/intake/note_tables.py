"""Tables in minutes: who said what, what was answered, who does what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from feedback.intake import vocabulary as words
from feedback.intake.clean import fold
from feedback.intake.lines import Line

Part = Literal["who", "organisation", "topic", "text", "reply", "action", "other"]

_WHO = re.compile(
    r"(?:wie|who|naam|name|spreker|speaker|deelnemer|participant|panellid|member|door|by|inbrenger|persoon|functie|rol|role)"
)
_REPLY = re.compile(
    r"(?:re)?acties?(?: (?:ssc|van .*))?|antwoord(?:en)?|repl(?:y|ies)|responses?|answers?|terugkoppeling|vervolg\w*|afhandeling|status"
    r"|stand van zaken|follow up|toezegging|ssc"
)
_ACTION = re.compile(r"(?:actie\w*|actions?(?: items?| points?)?|to ?do|wat te doen|taak|task|afspra\w+|besluit\w*)")
_OWNER = re.compile(
    r"(?:wie|who|eigenaar|owner|verantwoordelijke?|actiehouder|door|wanneer|when|deadline|voor|due|due date|gereed|datum|status|nr|nummer|no)"
)
_JUDGES = re.compile(r"(?:wat )?(?:(?:gaat|ging|kan|moet) )?(?:goed|beter|anders|plus|min|sterk|zwak|well|better)\b")
_SMALL = re.compile(r"(?:nr|no|nummer|#|tijd|time|datum|date|prio\w*|aantal|score|stemmen|votes)?")


def laid_out(lines: Sequence[Line]) -> list[Line]:
    """Write the rows of tables as lines.

    Parameters
    ----------
    lines : sequence of Line

    Returns
    -------
    list of Line
        None of them with cells.
    """
    out: list[Line] = []
    at = 0
    while at < len(lines):
        if not lines[at].cells:
            out.append(lines[at])
            at += 1
            continue
        end = at + 1
        while end < len(lines) and lines[end].cells and not lines[end].after_blank:
            end += 1
        out += _table(lines[at:end])
        at = end
    return out


def _table(rows: Sequence[Line]) -> Iterator[Line]:
    width = max(len(row.cells) for row in rows)
    if width == 1:
        for row in rows:
            yield from _cell(row, row.cells[0])
        return
    parts = _parts(rows[0].cells)
    if parts is None:
        yield from _without_header(rows, width)
        return
    several = parts.count("text") > 1
    for at, part in enumerate(parts):
        if part not in ("text", "reply", "action"):
            continue
        name = rows[0].cells[at].strip().rstrip(":")
        asks = several or bool(words.QUESTION.search(words.words_of(name)))
        for row in rows[1:]:
            if at < len(row.cells):
                under = [_of(row, parts, "topic"), name if part == "text" and asks else None]
                yield from _cell(
                    row, row.cells[at], " / ".join(filter(None, under)), _of(row, parts, "who"),
                    _of(row, parts, "organisation"), part,
                )  # fmt: skip


def _of(row: Line, parts: Sequence[Part], part: Part) -> str | None:
    found = [row.cells[at].strip() for at, one in enumerate(parts) if one == part and at < len(row.cells)]
    return (found[0] or None) if found else None


def _cell(
    row: Line,
    cell: str,
    under: str = "",
    who: str | None = None,
    organisation: str | None = None,
    part: Part = "text",
) -> Iterator[Line]:
    kind: Literal["action", "reply"] | None = "action" if part == "action" else "reply" if part == "reply" else None
    for text in cell.split("\n"):
        if re.search(r"\w", text):
            yield Line(
                row.row, re.sub(r"^[-*•–]\s+", "", text.strip()), 0, True, False,
                speaker=who, organisation=organisation, kind=kind, under=under,
            )  # fmt: skip


def _parts(names: Sequence[str]) -> list[Part] | None:
    """Tell what the columns are by their names; None when the first row is no header."""
    folded = [fold(name) for name in names]
    if any(len(name.split()) > 12 for name in folded) or not any(folded):
        return None
    actions = [bool(_ACTION.fullmatch(name)) for name in folded]
    if any(actions) and not any(words.TEXT.search(name) for name in folded):
        owned = any(_OWNER.fullmatch(name) for name in folded)
        return ["action" if act else "other" for act in actions] if owned or len(names) == 2 else None
    parts: list[Part] = [_part(name) for name in folded]
    if "text" not in parts:
        # "Wie | Reactie": the reaction is what was said.
        parts = ["text" if part == "reply" and not actions[at] else part for at, part in enumerate(parts)]
    if "text" not in parts and "topic" in parts and ("who" in parts or "organisation" in parts):
        parts = ["text" if part == "topic" else part for part in parts]
    return parts if "text" in parts else None


def _part(name: str) -> Part:
    if _REPLY.fullmatch(name):
        return "reply"
    if _WHO.fullmatch(name):
        return "who"
    if words.ORGANISATION.fullmatch(name) or words.UNIT.fullmatch(name):
        return "organisation"
    if _SMALL.fullmatch(name):
        return "other"
    if words.TEXT.search(name) or words.QUESTION.search(name) or _JUDGES.match(name):
        return "text"
    return "topic" if words.HEADING.search(name) or words.AREA.search(name) else "other"


def _without_header(rows: Sequence[Line], width: int) -> Iterator[Line]:
    """Read a table of two columns as "name: what", and of others the cells that hold sentences."""
    for row in rows:
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        if width == 2 and len(cells) == 2 and len(cells[0].split()) <= 4 and "\n" not in cells[1]:
            yield Line(row.row, f"{cells[0].rstrip(':')}: {cells[1]}", 0, False, False)
            continue
        for cell in cells:
            if len(cell.split()) > 3 or width == 2:
                yield from _cell(row, cell)
