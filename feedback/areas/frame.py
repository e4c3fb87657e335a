"""The service areas and quality aspects that ship; a coordinator may change the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from feedback.text.resources import DATA

DEFAULT = DATA / "areas.yaml"
LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Area:
    """A service area.

    Attributes
    ----------
    key : str
        Stable identifier.
    name, description : dict of str to str
        By language; a description may be missing.
    keywords : tuple of str
        Words and short phrases as customers write them, in both languages.
    """

    key: str
    name: dict[str, str]
    description: dict[str, str]
    keywords: tuple[str, ...]

    @property
    def all_words(self) -> tuple[str, ...]:
        """Names first, then keywords, each once."""
        return tuple(dict.fromkeys(word for word in (*self.name.values(), *self.keywords) if word))


@dataclass(frozen=True)
class Aspect(Area):
    """A quality aspect: the same fields as a service area."""


def load_frame(path: Path = DEFAULT) -> tuple[tuple[Area, ...], tuple[Aspect, ...]]:
    """Read the service areas and quality aspects.

    Parameters
    ----------
    path : Path
        A YAML file with the lists ``areas`` and ``aspects``.

    Returns
    -------
    areas : tuple of Area
    aspects : tuple of Aspect

    Raises
    ------
    ValueError
        Names the list, the entry and the field that is wrong.
    """
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _load(path: Path, changed: int) -> tuple[tuple[Area, ...], tuple[Aspect, ...]]:  # noqa: ARG001 (cache key)
    import yaml

    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, Mapping) or not all(
        isinstance(content.get(part), list) for part in ("areas", "aspects")
    ):
        raise ValueError(f"{path.name}: expected the lists 'areas' and 'aspects'")
    areas = tuple(Area(**_fields(row, f"areas, entry {n}")) for n, row in enumerate(content["areas"], start=1))
    aspects = tuple(Aspect(**_fields(row, f"aspects, entry {n}")) for n, row in enumerate(content["aspects"], start=1))
    for part, rows in (("areas", areas), ("aspects", aspects)):
        keys = [row.key for row in rows]
        if len(set(keys)) < len(keys):
            raise ValueError(f"{path.name}: {part}: field 'key' occurs twice")
    return areas, aspects


def _fields(row: Any, who: str) -> dict[str, Any]:
    if not isinstance(row, Mapping) or not isinstance(row.get("key"), str):
        raise ValueError(f"{who}: field 'key' is missing")
    who = f"{who} ({row['key']})"
    name = row.get("name")
    if not isinstance(name, Mapping) or not all(isinstance(name.get(language), str) for language in LANGUAGES):
        raise ValueError(f"{who}: field 'name' needs {' and '.join(LANGUAGES)}")
    keywords = row.get("keywords") or {}
    if not isinstance(keywords, Mapping) or not all(isinstance(part, list | None) for part in keywords.values()):
        raise ValueError(f"{who}: field 'keywords' is no list by language")
    return {
        "key": row["key"],
        "name": {language: name[language] for language in LANGUAGES},
        "description": dict(row.get("description") or {}),
        "keywords": tuple(dict.fromkeys(str(word) for part in keywords.values() for word in part or [])),
    }
