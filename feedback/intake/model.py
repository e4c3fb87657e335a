"""What passes between a file and the database: plain, frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as AbstractMapping
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

# heading: the agenda point or question a row belongs to; private: names and addresses, left out.
Role = Literal[
    "text", "score", "date", "member", "organisation", "level", "area", "session", "heading", "private", "ignore"
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
# At most one column of a file has such a role.
SINGLE_ROLES: tuple[Role, ...] = ("date", "member", "organisation", "level", "area", "session", "heading")
Best = Literal["high", "low"]
Level = Literal["operationeel", "tactisch", "strategisch"]
# Service area key to its names and keywords.
AreaWords = AbstractMapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Scale:
    """How answers to a question are counted.

    Attributes
    ----------
    low, high : float
        Ends of the scale, `low < high`.
    best : {"high", "low"}
        Which end is good.
    """

    low: float
    high: float
    best: Best = "high"

    def to_grade(self, value: float) -> float:
        """Bring an answer to a grade 1-10, 10 best.

        Parameters
        ----------
        value : float
            `low <= value <= high`.

        Returns
        -------
        float
            A 1-10 answer as it is; every other scale stretched evenly, so that its ends become 1 and 10.
        """
        share = (value - self.low) / (self.high - self.low)
        if self.best == "low":
            return round(10 - 9 * share, 4)
        if (self.low, self.high) == (1, 10):
            return value
        return round(1 + 9 * share, 4)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column means.

    Attributes
    ----------
    name : str
        Header, made unique.
    role : Role
    confidence : float
        0..1; below 0.7 a person had better look.
    area : str or None
        Key of the service area that its answers are about ("Cijfer ICT"); None: services in general.
    scale : Scale or None
        Of a score.
    examples : tuple of str
        A few values, unmasked: for the screen only, never stored.
    asks : bool
        Nothing in the file tells which end of the scale is best: `scale` has the guess, a person had better say.
    doubted : bool
        What is said beside the scores speaks against that guess.
    asks_ends : bool
        A grade, so far never above 5: out of 5 or out of 10, a person had better say.
    names : tuple of (str, str)
        Of the column of services: what the file calls a service (folded) and its key, "" for none, as a person said.
    """

    name: str
    role: Role
    confidence: float = 1.0
    area: str | None = None
    scale: Scale | None = None
    examples: tuple[str, ...] = ()
    asks: bool = False
    doubted: bool = False
    asks_ends: bool = False
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """What each column of a table means."""

    columns: tuple[Column, ...]

    def of(self, role: Role) -> tuple[Column, ...]:
        """Give the columns with a role."""
        return tuple(column for column in self.columns if column.role == role)

    def corrected_by(self, earlier: Mapping) -> Mapping:
        """Take over what a person said of columns of the same name: such a column has confidence 1."""
        said = {column.name: column for column in earlier.columns if column.confidence == 1}
        return Mapping(
            tuple(
                replace(said[column.name], examples=column.examples) if column.name in said else column
                for column in self.columns
            )
        )

    def to_dict(self) -> dict[str, Any]:
        """Give what is stored with a batch; examples are left out, they are unmasked."""
        return {
            "columns": [
                {
                    "name": column.name, "role": column.role, "confidence": column.confidence, "area": column.area,
                    "scale": [column.scale.low, column.scale.high, column.scale.best] if column.scale else None,
                    "names": [list(name) for name in column.names],
                }
                for column in self.columns
            ]
        }  # fmt: skip

    @classmethod
    def from_dict(cls, stored: AbstractMapping[str, Any]) -> Mapping:
        """Bring back what `to_dict` gave.

        Raises
        ------
        ValueError
            When a role or scale in it is not one.
        """
        columns = []
        for given in stored["columns"]:
            if given["role"] not in ROLES:
                raise ValueError(f"column {given['name']!r}: unknown role {given['role']!r}; one of {ROLES}")
            scale = given.get("scale")
            columns.append(
                Column(
                    name=given["name"], role=given["role"], confidence=given.get("confidence", 1.0),
                    area=given.get("area"), scale=Scale(*scale) if scale else None,
                    names=tuple((name, key) for name, key in given.get("names", ())),
                )
            )  # fmt: skip
        return cls(tuple(columns))


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something left out, and why.

    Attributes
    ----------
    row : int
        As the person sees it in the file.
    column : str
        Header, "" where it is the whole row or a paragraph.
    reason : str
        Key in the catalogues, `intake.dropped.*`.
    values : dict
        What the text of the reason names; never what a person wrote.
    whole_row : bool
        Whether the whole row stayed behind: it can be mended and uploaded again without doubling anything.
    """

    row: int
    column: str
    reason: str
    values: dict[str, Any] = field(default_factory=dict)
    whole_row: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in a file, all cells text.

    Attributes
    ----------
    header : tuple of str
        Unique, none blank.
    rows : tuple of tuple of str
        Each as long as `header`; blank rows inside the table are kept, so that row numbers hold.
    first_row : int
        Number of the first data row as the person sees it.
    sheet : str
        Name of the sheet, "" for a text file.
    other_sheets : tuple of str
        Sheets that were not read.
    left_out : tuple of Dropped
        Totals and source lines below the table, rows that do not fit it.
    title : str
        What stands above the header.
    parts : tuple of (str, int, int)
        Of several sheets with one header, read as one table: the sheet, the position of its first row in `rows`, and
        the number of that row on the sheet.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    left_out: tuple[Dropped, ...] = ()
    title: str = ""
    parts: tuple[tuple[str, int, int], ...] = ()

    def place(self, i: int, column: str) -> str:
        """Name a column, with sheet and row where a row number alone would not tell."""
        part = next((part for part in reversed(self.parts) if part[1] <= i), None)
        return f"{part[0]}!{part[2] + i - part[1]} {column}".rstrip() if part else column


# reply: of the service centre itself; formality: agenda, opening, thanks, the next date.
ParagraphKind = Literal["remark", "action", "decision", "reply", "formality"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One bullet or paragraph of session notes.

    Attributes
    ----------
    row : int
        Line it starts on, from 1.
    text : str
    heading : str
        Agenda point it stands under.
    speaker, organisation, level : str or None
        Who said it, where the notes tell.
    kind : {"remark", "action", "decision", "reply", "formality"}
        Only the first is a remark of a customer.
    """

    row: int
    text: str
    heading: str = ""
    speaker: str | None = None
    organisation: str | None = None
    level: Level | None = None
    kind: ParagraphKind = "remark"


@dataclass(frozen=True, slots=True)
class Document:
    """Session notes; `people` are the names of who was there or is named as a speaker."""

    paragraphs: tuple[Paragraph, ...]
    attendance: int | None = None
    held_on: dt.date | None = None
    people: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that could be read: a table or session notes."""

    filename: str
    sha256: str
    kind: Literal["table", "notes"]
    table: Table | None = None
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class IncomingNote:
    """One answer or paragraph, unmasked: not to be stored or logged so. "Geen" is a note too, a blank cell is none."""

    row: int
    question: str
    text: str
    said_on: dt.date | None = None
    person: str | None = None
    organisation: str | None = None
    level: Level | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class IncomingScore:
    """One answer on a scale.

    Attributes
    ----------
    raw : str
        As it stands in the file, personal data masked.
    value : float
        On `scale`; a word's place in its list, from 1.
    grade : float
        1-10, 10 best.
    """

    row: int
    question: str
    raw: str
    scale: Scale
    grade: float
    area: str | None = None
    person: str | None = None
    organisation: str | None = None
    level: Level | None = None
    said_on: dt.date | None = None
    value: float = float("nan")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file was understood to hold.

    Attributes
    ----------
    rows : int
        Rows (of notes: paragraphs) that gave a note or a score.
    held_on, attendance
        Of the session, where the file tells.
    also_called : tuple of (str, str)
        A person, and what else the file calls them: unmasked, and kept as a keyed hash only.
    people : tuple of str
        Names that session notes give of people, for masking only: never stored or logged.
    """

    kind: Literal["table", "notes"]
    rows: int
    notes: tuple[IncomingNote, ...]
    scores: tuple[IncomingScore, ...]
    dropped: tuple[Dropped, ...]
    mapping: Mapping | None = None
    held_on: dt.date | None = None
    attendance: int | None = None
    also_called: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    people: tuple[str, ...] = field(default=(), repr=False)
