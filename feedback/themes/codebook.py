"""The codebook: what internal customers talk about, as entries with a name, an area, keywords and examples.

The words of an entry are what a remark is compared with; a person's corrections become further examples.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from feedback.text.resources import DATA

DEFAULT = DATA / "codebook.yaml"
LANGUAGES = ("nl", "en")
SENTENCE = 0.5  # how much a single word of a sentence says; a keyword that is one word says 1


@dataclass(frozen=True)
class Entry:
    """One theme of the codebook.

    Attributes
    ----------
    key : str
        Stable identifier.
    area, aspect : str
        Keys of the service area and the quality aspect that it usually concerns.
    name, description : dict of str to str
        By language ("nl", "en").
    keywords, examples : tuple of str
        Words and remarks as people say them, in both languages.
    """

    key: str
    area: str
    aspect: str
    name: dict[str, str]
    description: dict[str, str]
    keywords: tuple[str, ...]
    examples: tuple[str, ...]

    def weighted(self) -> dict[str, float]:
        """Return every text that says what the entry is about, with how much a single word of it says: in a keyword of more words less."""
        found = {name: 1.0 for name in self.name.values() if name.strip()}
        for text in self.keywords:
            if text.strip():
                found.setdefault(text, max(SENTENCE, len(text.split()) ** -0.5))
        for text in (*self.description.values(), *self.examples):
            if text.strip():
                found.setdefault(text, SENTENCE)
        return found


@dataclass(frozen=True)
class Codebook:
    """A list of entries with different keys.

    Attributes
    ----------
    entries : tuple of Entry
    taught : tuple of (str, str)
        Remarks that people placed in this house: the text, and the key of the entry.
    """

    entries: tuple[Entry, ...]
    taught: tuple[tuple[str, str], ...] = ()

    @classmethod
    def load(cls, path: Path = DEFAULT) -> "Codebook":
        """Read a codebook from a YAML file, or from all YAML files of a folder.

        Parameters
        ----------
        path : Path

        Returns
        -------
        Codebook

        Raises
        ------
        ValueError
            When the file is no list of entries; the message names the entry and the field.
        """
        return _load(path, path.stat().st_mtime_ns)

    def __getitem__(self, key: str) -> Entry:
        return self._by_key()[key]

    def __contains__(self, key: str) -> bool:
        return key in self._by_key()

    def _by_key(self) -> dict[str, Entry]:
        return {entry.key: entry for entry in self.entries}


@lru_cache(maxsize=4)
def _load(path: Path, changed: int) -> Codebook:  # noqa: ARG001 (part of the cache key)
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times as fast where it exists
    rows: list[Any] = []
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        try:
            content = yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (both are safe)
        except yaml.YAMLError as error:
            raise ValueError(f"{file.name}: not readable as YAML: {error}") from error
        if isinstance(content, Mapping):
            content = content.get("entries")
        if not isinstance(content, list):
            raise ValueError(f"{file.name}: expected a list of entries")
        rows += content
    if not rows:
        raise ValueError(f"{path.name}: has no entries")
    entries = tuple(read_entry(row, place) for place, row in enumerate(rows, start=1))
    seen: set[str] = set()
    for entry in entries:
        if entry.key in seen:
            raise ValueError(f"entry {entry.key!r}: field 'key' occurs twice")
        seen.add(entry.key)
    return Codebook(entries)


def read_entry(row: object, place: int = 1) -> Entry:
    """Check one entry of a codebook file.

    Parameters
    ----------
    row : object
        A mapping with key, area, aspect, name, description, keywords and examples; the last four by language or,
        for a codebook in one language, plain.
    place : int
        Number of the entry in its file, for messages.

    Returns
    -------
    Entry

    Raises
    ------
    ValueError
        Names the entry and the field.
    """
    if not isinstance(row, Mapping):
        raise ValueError(f"entry {place}: expected fields such as 'key' and 'name', found {type(row).__name__}")
    who = f"entry {str(row['key'])!r}" if row.get("key") else f"entry {place}"
    for field in ("key", "name"):
        if not row.get(field):
            raise ValueError(f"{who}: field {field!r} is missing")
    for field in ("key", "area", "aspect"):
        if not isinstance(row.get(field) or "", str):
            raise ValueError(f"{who}: field {field!r} is no text")
    return Entry(
        key=row["key"],
        area=row.get("area") or "algemeen",
        aspect=row.get("aspect") or "overig",
        name=_by_language(row, "name", who),
        description=_by_language(row, "description", who),
        keywords=_listed(row, "keywords", who),
        examples=_listed(row, "examples", who),
    )


def _by_language(row: Mapping[str, Any], field: str, who: str) -> dict[str, str]:
    value = row.get(field) or ""
    if isinstance(value, str):
        return dict.fromkeys(LANGUAGES, value)
    if not isinstance(value, Mapping) or not all(isinstance(text, str | None) for text in value.values()):
        raise ValueError(f"{who}: field {field!r} is neither text nor text by language (nl, en)")
    some = next((text for text in value.values() if text), "")
    return {language: value.get(language) or some for language in LANGUAGES}


def _listed(row: Mapping[str, Any], field: str, who: str) -> tuple[str, ...]:
    value = row.get(field) or []
    lists = list(value.values()) if isinstance(value, Mapping) else [value]
    texts: list[str] = []
    for part in lists:
        if part is None:
            continue
        if not isinstance(part, list) or not all(isinstance(text, str | int | float) for text in part):
            raise ValueError(f"{who}: field {field!r} is neither a list of texts nor such lists by language (nl, en)")
        texts += [str(text).strip() for text in part]
    return tuple(dict.fromkeys(text for text in texts if text))
