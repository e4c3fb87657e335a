"""What a codebook file would change, row by row, before anything is stored.

Nothing is deleted by a file: entries that it does not name stay, an empty cell leaves what there is, and examples
that are customers' own words stay too. What people here decided (confirmed, or still a proposal) is not a file's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from feedback.i18n import LANGUAGES, UserError
from feedback.text.masking import mask
from feedback.themes import acts
from feedback.themes.codebook_table import COLUMNS, FOR_BOTH, LISTS, Row, difference, in_use, joined, listed, normal

MOST_KEYWORDS = 100


@dataclass(frozen=True)
class Known:
    """A stored entry.

    Attributes
    ----------
    theme_id : int
    values : dict of str to Any
        key, name_nl, name_en, description_nl, description_en, area, aspect (keys, "" for none), status (str);
        keywords, examples (list of str).
    used : bool
        Whether a remark that counts is in it.
    own : frozenset of str
        Those of its examples that are remarks' texts.
    """

    theme_id: int
    values: dict[str, Any]
    used: bool
    own: frozenset[str]


@dataclass(frozen=True)
class Frame:
    """What rows may name.

    Attributes
    ----------
    areas, aspects : mapping of str to str
        Keys and names, without capitals, to the key.
    merged : mapping of str to str
        Key of a theme that was merged away, to the name of where it went.
    """

    areas: Mapping[str, str]
    aspects: Mapping[str, str]
    merged: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """What a row does.

    Attributes
    ----------
    row : int
    name : str
        Of the entry, as the row gives it.
    theme_id : int or None
        None: a new entry.
    fields : dict of str to (before, after)
        Of a list: the texts that go, and those that come.
    """

    row: int
    name: str
    theme_id: int | None
    fields: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Refusal:
    """A row that cannot be used: its number, its name, and the key and values of the reason."""

    row: int
    name: str
    reason: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What a file would do: changes of new and of known entries, rows that change nothing, rows that are refused."""

    new: tuple[Change, ...]
    changed: tuple[Change, ...]
    same: int
    refused: tuple[Refusal, ...]


def to_table(known: Iterable[Known], *, own_examples: bool) -> pd.DataFrame:
    """Write entries as the table of a file; with or without the examples that are remarks' texts.

    Parameters
    ----------
    known : iterable of Known
    own_examples : bool

    Returns
    -------
    DataFrame
        The columns of `codebook_table.COLUMNS`, all text.
    """
    rows = []
    for one in known:
        examples = [text for text in one.values["examples"] if own_examples or text not in one.own]
        rows.append({**one.values, "keywords": joined(one.values["keywords"]), "examples": joined(examples)})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def plan(rows: Iterable[Row], known: Iterable[Known], frame: Frame) -> Plan:
    """Compare a file with the codebook.

    Parameters
    ----------
    rows : iterable of Row
    known : iterable of Known
        All living entries.
    frame : Frame

    Returns
    -------
    Plan
    """
    reader = _Reader(known, frame)
    new, changed, refused, same = [], [], [], 0
    for row in rows:
        try:
            change = reader.change(row)
        except UserError as error:
            refused.append(Refusal(row.number, _name(row), error.key, error.values))
            continue
        if change.theme_id is None:
            new.append(change)
        elif change.fields:
            changed.append(change)
        else:
            same += 1
    return Plan(tuple(new), tuple(changed), same, tuple(refused))


def _name(row: Row) -> str:
    return next((row.get(column) for column in ("name_nl", "name", "name_en") if row.get(column)), row.get("key"))


class _Reader:
    """Reads rows one after the other; a name or an entry is for the first row that takes it."""

    def __init__(self, known: Iterable[Known], frame: Frame) -> None:
        self._frame = frame
        self._by_key: dict[str, Known] = {}
        self._by_name: dict[tuple[str, str], Known] = {}
        for one in known:
            self._by_key[one.values["key"]] = one
            for language in LANGUAGES:
                self._by_name.setdefault((language, one.values[f"name_{language}"].casefold()), one)
        self._taken: set[int] = set()
        self._claimed: set[tuple[str, str]] = set()

    def change(self, row: Row) -> Change:
        key = row.get("key")
        if key in self._frame.merged:
            raise UserError("codebook.error.merged", target=self._frame.merged[key])
        if not any(row.get(column) for column in ("name", "name_nl", "name_en")):
            raise UserError("themes.error.name_empty")
        entry = self._by_key.get(key) or self._named(row)
        if entry and entry.theme_id in self._taken:
            raise UserError("codebook.error.twice")
        fields = self._fields(_one_for_both(row, entry), entry)
        claims = {(at, fields[f"name_{at}"][1].casefold()) for at in LANGUAGES if f"name_{at}" in fields}
        if claims & self._claimed:
            raise UserError("codebook.error.twice")
        for claim in claims:
            owner = self._by_name.get(claim)
            if owner and owner is not entry:
                raise UserError("codebook.error.name_taken", name=owner.values[f"name_{claim[0]}"])
        self._claimed |= claims
        if entry:
            self._taken.add(entry.theme_id)
        return Change(row.number, _name(row), entry.theme_id if entry else None, fields)

    def _named(self, row: Row) -> Known | None:
        """Find the entry with the name of a row; a row of which both names are taken, by two entries, is refused later."""
        for language in LANGUAGES:
            for column in (f"name_{language}", "name"):
                if found := self._by_name.get((language, row.get(column).casefold())):
                    return found
        return None

    def _fields(self, cells: Mapping[str, str], entry: Known | None) -> dict[str, tuple[Any, Any]]:
        present = entry.values if entry else {}
        fields: dict[str, tuple[Any, Any]] = {}
        for column, cell in cells.items():
            before = present.get(column, [] if column in LISTS else "")
            if not cell or cell == normal(joined(before) if column in LISTS else before):
                continue
            if column in LISTS:
                gone, added = lists(column, before, listed(cell), own=entry.own if entry else frozenset())
                if gone or added:
                    fields[column] = gone, added
            elif column == "status":
                fields |= self._status(cell, entry)
            elif column != "key":
                after = self._value(column, cell)
                if after != before:
                    fields[column] = before, after
            elif entry is None:
                fields["key"] = "", cell
        return fields

    def _value(self, column: str, cell: str) -> str:
        if column in ("area", "aspect"):
            found = (self._frame.areas if column == "area" else self._frame.aspects).get(cell.casefold())
            if found is None:
                raise UserError(f"codebook.error.{column}", value=cell)
            return found
        return acts.clean_name(cell) if column.startswith("name") else acts.clean(cell)

    def _status(self, cell: str, entry: Known | None) -> dict[str, tuple[str, str]]:
        wanted = in_use(cell)
        if wanted is None:
            raise UserError("codebook.error.status", value=cell)
        before = entry.values["status"] if entry else "dormant"
        if wanted == (before != "parked"):
            return {}
        awake = "proposed" if entry and entry.used else "dormant"
        return {"status": (before, awake if wanted else "parked")}


def _one_for_both(row: Row, entry: Known | None) -> dict[str, str]:
    """Give a row's cells by language: a column for both fills what has none of its own, unless it says what is there already."""
    cells = {column: cell for column, cell in row.cells.items() if column not in FOR_BOTH}
    for column in FOR_BOTH:
        texts = [row.get(f"{column}_{language}") for language in LANGUAGES]
        some = row.get(column) or ("" if entry else next((text for text in texts if text), ""))
        present = [normal(entry.values[f"{column}_{language}"]).casefold() for language in LANGUAGES] if entry else []
        if some and some.casefold() not in present:
            cells |= {f"{column}_{language}": text or some for language, text in zip(LANGUAGES, texts, strict=True)}
    return cells


def lists(
    column: str, present: list[str], wanted: Iterable[str], *, own: frozenset[str]
) -> tuple[list[str], list[str]]:
    """Tell what goes from a list of keywords or examples, and what comes: in examples, personal data is masked.

    Parameters
    ----------
    column : {"keywords", "examples"}
    present : list of str
    wanted : iterable of str
    own : frozenset of str
        Texts that stay, wanted or not.

    Returns
    -------
    gone, added : list of str

    Raises
    ------
    UserError
        When there are too many by then.
    """
    wanted = [text for text in map(acts.clean, wanted) if text]
    if column == "examples":
        told = {normal(text) for text in present}
        wanted = [text if normal(text) in told else mask(text).text for text in wanted]
    gone, added = difference(present, wanted)
    gone = [text for text in gone if text not in own]
    limit = max(MOST_KEYWORDS if column == "keywords" else acts.MOST_EXAMPLES, len(present))
    if len(present) - len(gone) + len(added) > limit:
        raise UserError(f"codebook.error.{column}", limit=limit)
    return gone, added
