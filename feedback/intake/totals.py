"""Rows of a table that are no answers: totals and averages, of all or of a group, and source lines below it."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence

from feedback.intake.clean import fold
from feedback.intake.dates import is_day
from feedback.intake.model import Dropped

NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*%?")
_TOTAL = re.compile(
    r"(?:(?:sub|eind|groep)?tota(?:al|len)|(?:sub|grand )?totals?|(?:totaal|eind|algemeen )?gemiddelden?|averages?|mean|mediaan|median"
    r"|(?:aantal|count|number)(?: (?:of )?(?:respondenten|rijen|antwoorden|responses|respondents|answers|rows))?|som|sum|std"
    r"|standa(?:ard|rd )(?:deviatie|afwijking|deviation)|stdev|std dev)(?: \d+)?"
)
# These may be an answer or the start of one as well, so the figures beside them must bear it out.
_MAYBE = re.compile(
    rf"(?:{_TOTAL.pattern}|(?:overall |algeheel )?gemiddeld|gem|avg|n|min|max|minimum|maximum|laagste|hoogste|lowest|highest|resultaat|result)\b"
)
# Within a table only these: other words may be what somebody chose.
_GROUP = re.compile(r"(?:sub|groep)?tota(?:al|len)|(?:sub)?totals?|gemiddelde|average|mean")
_GROUP_START = re.compile(r"\W*(?:(?:sub|groep)?tota|gemiddelde|average|mean)", re.IGNORECASE)
_AVERAGE = re.compile(r"gem|\bavg|average|mean|media")
# A table in which thousands of rows only look like totals must not take for ever.
_TRIES, _GROUP_ROWS = 200, 2_000
# What a total may be of, and a figure with the word that it counts: "Totaal reacties", "10 reacties", "gem. 7,1".
_OF = (
    r"(?: (?:aantal|score|scores|cijfers?|reacties?|respondenten|antwoorden|opmerkingen|deelnemers|rijen|ingevuld"
    r"|responses?|answers|comments|participants|respondents|rows|grades?|ratings?))*"
)
_FIGURE = re.compile(r"(?:[a-z]+\.?\s*[:=]?\s*)?[\d.,]+\s*%?(?:\s+[^\W\d]+){0,2}|\W*")
_SOURCE = re.compile(
    r"(?:bron|source|gegenereerd|generated|geexporteerd|export|exported|pagina|page|opgesteld|printed|einde"
    r"|end of)\b"
)


def is_value(cell: str) -> bool:
    """Tell a number or a day."""
    return bool(NUMBER.fullmatch(cell)) or is_day(cell)


def cut_totals(body: list[list[str]], first_row: int) -> list[Dropped]:
    """Take totals and source lines off the end of a table, and blank those of groups within it.

    Parameters
    ----------
    body : list of list of str
        Rows below the header; changed in place.
    first_row : int
        Number of the first as the person sees it.

    Returns
    -------
    list of Dropped
    """
    left_out: list[Dropped] = []
    width = max((i + 1 for row in body for i, cell in enumerate(row) if cell), default=0)
    while body:
        if any(body[-1]):
            if not (_is_total(body[-1], body[:-1]) or _is_line(body[-1], width)):
                break
            left_out.append(Dropped(first_row + len(body) - 1, "", "intake.dropped.total"))
        body.pop()
    since, tries = 0, _TRIES
    for i, row in enumerate(body):
        at = _first(row)
        if at is None:
            since = i + 1
        elif tries and _GROUP_START.match(row[at]):
            if _adds_up(row, at, body[max(since, i - _GROUP_ROWS) : i]):
                left_out.append(Dropped(first_row + i, "", "intake.dropped.total"))
                body[i], since = [], i + 1
            else:
                tries -= 1
    return sorted(left_out, key=lambda one: one.row)


def _first(row: Sequence[str]) -> int | None:
    return next((i for i, cell in enumerate(row) if cell), None)


def _is_total(row: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    at = _first(row)
    assert at is not None
    first, others = fold(row[at]), [cell for cell in row[at + 1 :] if cell]
    if not others:
        # The figures of a formula that was never worked out are blank.
        return len(row) > 1 and bool(_GROUP.fullmatch(first)) and _alone(at, above)
    if not all(is_value(cell) or _FIGURE.fullmatch(cell.casefold()) for cell in others):
        return False
    if not any(c.isdigit() for cell in others for c in cell):
        return False
    # "Aantal" may be an answer: others gave it as well.
    if re.fullmatch(rf"(?:{_TOTAL.pattern}){_OF}\W*", first) and all(fold(one[0]) != first for one in above if one):
        return True
    return bool(_MAYBE.match(first)) and _adds_up(row, at, above)


def _alone(at: int, above: Sequence[Sequence[str]]) -> bool:
    """Tell whether every row has more than the cell in this place."""
    return all(any(cell for i, cell in enumerate(row) if i != at) for row in above if any(row))


def _adds_up(row: Sequence[str], label: int, above: Sequence[Sequence[str]]) -> bool:
    """Tell whether some figure is what its word says it is, of what stands above it."""
    word = fold(row[label])
    if not all(is_value(cell) or _FIGURE.fullmatch(cell.casefold()) for cell in row[label + 1 :] if cell):
        return False
    answers = [one for one in above if (at := _first(one)) is not None and not _MAYBE.match(fold(one[at]))]
    for i in range(label + 1, len(row)):
        told = _number(row[i])
        cells = [one[i] for one in answers if i < len(one) and one[i]]
        values = [value for cell in cells if (value := _number(cell)) is not None]
        if told is None or len(values) < 2:
            continue
        decimals = len(re.split(r"[.,]", row[i].rstrip("%") + ".")[1])
        if any(abs(told - figure) <= 0.5 * 10**-decimals + 1e-9 for figure in _figures(word, values, len(cells))):
            return True
    return False


def _figures(word: str, values: Sequence[float], filled: int) -> tuple[float, ...]:
    if _AVERAGE.search(word):
        return statistics.fmean(values), statistics.median(values)
    if re.match(r"min|laagste|lowest", word):
        return (min(values),)
    if re.match(r"max|hoogste|highest", word):
        return (max(values),)
    return sum(values), filled, len(values)


def _number(cell: str) -> float | None:
    if not re.fullmatch(r"[-+]?\d+(?:[.,]\d+)?%?", cell):
        return None
    return float(cell.rstrip("%").replace(",", "."))


def _is_line(row: Sequence[str], width: int) -> bool:
    """Tell a lone line under a table of several columns, not the last answer of one."""
    cells = [cell for cell in row if cell]
    if len(cells) != 1 or width <= 2:
        return False
    first = fold(cells[0])
    counted = re.fullmatch(rf"(?:{_TOTAL.pattern}|n){_OF}\s*[:=]?\s*[\d.,]+%?{_OF}", first)
    return bool(_SOURCE.match(first) or counted)
