"""The rows of a file and of what is stored, put beside each other: what one says, and what differs between two."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Literal

import pandas as pd

from feedback.intake.clean import fold
from feedback.intake.model import Taken

Cell = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One row: of which batch (0: the file), its number, who said it (a pseudonym, an organisation; what it is called), when and what."""

    batch: int
    number: int
    person: str | None
    organisation: str
    day: dt.date | None
    cells: tuple[Cell, ...]
    called: str = field(default="", compare=False)

    @property
    def whole(self) -> tuple[Any, ...]:
        """All that must be equal in two rows that are the same."""
        return self.person, self.organisation, self.day, self.cells

    @property
    def words(self) -> str:
        """Everything it says, to compare by."""
        return " ".join(text for _, text in self.cells)


Said = tuple[int, int, str | None, str | None, dt.date | None, str, str]


def rows_of(cells: Iterable[Said]) -> list[Row]:
    """Put cells (batch, row, person, organisation, day, question, text) together to rows, in their order."""
    found: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    who: dict[tuple[int, int], tuple[str | None, str, dt.date | None]] = {}
    called: dict[tuple[int, int], str] = {}
    for batch, number, person, organisation, day, question, text in cells:
        found[batch, number].append((question, text))
        called[batch, number] = organisation or ""
        who[batch, number] = person, fold(organisation or ""), day
    return [Row(at[0], at[1], *who[at], tuple(sorted(said)), called[at]) for at, said in sorted(found.items())]


def rows_of_file(taken: Taken, notes: pd.DataFrame, code: Callable[[str], str]) -> list[Row]:
    """Give the rows of a file as they would be stored.

    Parameters
    ----------
    taken : Taken
    notes : DataFrame
        Its notes, masked: question, text.
    code : callable
        Gives the pseudonym of what the file calls a person.

    Returns
    -------
    list of Row
    """
    called = {note.person for note in taken.notes} | {score.person for score in taken.scores}
    codes = {name: code(name) for name in called if name}
    masked = zip(notes["question"], notes["text"], strict=True)
    cells = [
        (0, note.row, codes.get(note.person or ""), note.organisation, note.said_on, question or "", text)
        for note, (question, text) in zip(taken.notes, masked, strict=True)
    ]
    cells += [
        (0, one.row, codes.get(one.person or ""), one.organisation, one.said_on, one.question[:500], one.raw[:100])
        for one in taken.scores
    ]
    return rows_of(cells)


# cell: an answer or a score; the others are about who said it and when.
Kind = Literal["cell", "organisation", "day", "person"]


@dataclass(frozen=True)
class Difference:
    """One thing that a row says otherwise than before.

    Attributes
    ----------
    kind : {"cell", "organisation", "day", "person"}
    question : str
        Of a cell.
    before, after : str
        "" where there was, or is, nothing; of a person nothing is told but that it is another.
    """

    kind: Kind
    question: str = ""
    before: str = ""
    after: str = ""


def differences(before: Row, after: Row) -> tuple[Difference, ...]:
    """Tell what a row says otherwise than it did.

    Parameters
    ----------
    before, after : Row

    Returns
    -------
    tuple of Difference
        Cells first; none for rows that are the same.
    """
    gone = [cell for cell in before.cells if cell not in after.cells]
    new = [cell for cell in after.cells if cell not in before.cells]
    found = [
        Difference("cell", question, said, now)
        for question, now in new
        for said in (next((text for asked, text in gone if asked == question), None),)
        if said is not None
    ]
    known = {one.question for one in found}
    # A question that is called otherwise now, an answer that was not there or is there no more.
    left = ([cell for cell in cells if cell[0] not in known] for cells in (gone, new))
    for said, told in zip_longest(*left):
        question = (told or said)[0]
        found.append(Difference("cell", question, said[1] if said else "", told[1] if told else ""))
    if before.organisation != after.organisation:
        found.append(Difference("organisation", "", before.called, after.called))
    if before.day != after.day:
        found.append(Difference("day", "", *(day.isoformat() if day else "" for day in (before.day, after.day))))
    if before.person != after.person:
        found.append(Difference("person"))
    return tuple(found)
