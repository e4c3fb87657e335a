"""What else a row of a table calls the person who filled it in: known as a keyed hash only, so that it finds them later."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedback.intake import vocabulary as words
from feedback.intake.clean import fold
from feedback.intake.model import Mapping, Table

_NAMES = re.compile(r"mail|naam|name|tel|phone|mobi|nummer|user|linkedin|invuller|melder|recipient")
# In the order in which people say them.
_PARTS = (
    re.compile(r"voornaam|first_? ?name"),
    re.compile("tussenvoegsel"),
    re.compile(r"achternaam|last_? ?name|surname"),
)
# Somebody else's name, whom it would take along.
_OTHERS = re.compile(r"contactpersoon|manager|leiding|chef|teamle|supervisor|collega|begeleider|coach")
# What most people share is a desk or a switchboard.
_TELLS_APART = 0.5


def also_called(table: Table, mapping: Mapping, people: Sequence[str | None]) -> tuple[tuple[str, str], ...]:
    """Pair people with the other names, addresses and numbers in their rows.

    Parameters
    ----------
    table : Table
    mapping : Mapping
    people : sequence of str or None
        Who filled in each row, as the member column calls them.

    Returns
    -------
    tuple of (str, str)
        The person, and what else the row calls them; each pair once.
    """
    columns = dict(zip(table.header, zip(*table.rows, strict=True), strict=True))
    roles = {column.name: column.role for column in mapping.columns}
    parts = [
        name
        for part in _PARTS
        for name in table.header
        if roles.get(name) in ("private", "ignore", "member") and part.search(words.words_of(name))
    ]
    found = [
        cells
        for name, cells in columns.items()
        if roles.get(name) in ("private", "ignore") and name not in parts and _calls(name, cells, roles[name])
    ]
    if len(parts) > 1:
        rows = zip(*(columns[name] for name in dict.fromkeys(parts)), strict=True)
        found.append(tuple(" ".join(part.strip() for part in row if part.strip()) for row in rows))
    pairs: dict[tuple[str, str], None] = {}
    for cells in found:
        given = {
            (who, " ".join(cell.split())[:200]): None
            for who, cell in zip(people, cells, strict=True)
            if who and fold(cell) not in words.NOBODY and fold(cell) != fold(who)
        }
        if len({fold(cell) for _, cell in given}) >= _TELLS_APART * len({who for who, _ in given}):
            pairs |= given
    return tuple(pairs)


def _calls(name: str, cells: Sequence[str], role: str) -> bool:
    """Tell whether a column calls people something; one that is not used does so where its header says it plainly."""
    header = words.words_of(name)
    if _OTHERS.search(header) or words.ORGANISATION.search(header) or words.UNIT.search(header):
        return False
    if role == "ignore":
        return len(header.split()) <= 5 and bool(words.MEMBER.search(header) or words.PRIVATE.search(header)) and bool(
            words.MEMBER.search(header) or _NAMES.search(header)
        )  # fmt: skip
    filled = [cell for cell in cells if cell]
    return bool(_NAMES.search(header) or words.MEMBER.search(header) or header in words.WHO) or (
        sum("@" in cell for cell in filled) > len(filled) / 2
    )
