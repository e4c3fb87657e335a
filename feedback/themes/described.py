"""Themes of a fitted model as people see them: key, label, words that tell them apart, and the texts that say it best."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from feedback.i18n import LANGUAGES
from feedback.text.tokens import fold
from feedback.themes.codebook import Entry
from feedback.themes.grouping import Found
from feedback.themes.labels import label_clusters
from feedback.themes.naming import heading, shipped_services

OWN = "thema"  # how the key of a theme begins that no entry of the codebook gave


@dataclass(frozen=True)
class Theme:
    """A theme of a fitted model.

    Attributes
    ----------
    key : str
        The key of the codebook's entry, or a slug of the label.
    label : str or dict of str to str
        By language for entries of the codebook (see `naming.heading`), else two to four words of the remarks.
    keywords : tuple of str
    size : int
        Number of texts, copies included.
    exemplars : tuple of str
        The three texts that say it best.
    area : str
        Service area of the entry; "" for a theme of the model's own.
    from_codebook : bool
    entries : tuple of str
        Keys of the entries of the codebook that it holds, the one that gives its key first.
    """

    key: str
    label: str | dict[str, str]
    keywords: tuple[str, ...]
    size: int
    exemplars: tuple[str, ...]
    area: str = ""
    from_codebook: bool = False
    entries: tuple[str, ...] = ()


def described(
    distinct: Sequence[str], found: Found, copies: Mapping[str, int], entries: Sequence[Entry]
) -> tuple[dict[int, str], list[Theme]]:
    """Give every theme its key and label.

    Parameters
    ----------
    distinct : sequence of str
    found : Found
        Which theme each of them has.
    copies : mapping of str to int
        How often each occurs.
    entries : sequence of Entry
        Of the codebook.

    Returns
    -------
    keys : dict of int to str
        By number of the theme.
    themes : list of Theme
        The largest first.
    """
    numbers = np.unique(found.label)
    members = [np.flatnonzero(found.label == number) for number in numbers]
    named = label_clusters([[distinct[row] for row in rows.tolist()] for rows in members])
    keys: dict[int, str] = {}
    themes: list[Theme] = []
    taken = {entry.key for entry in entries}
    for number, rows, label in zip(numbers.tolist(), members, named, strict=True):
        order = sorted(rows.tolist(), key=lambda row: (-round(float(found.strength[row]), 6), distinct[row]))
        size = sum(copies[distinct[row]] for row in rows.tolist())
        exemplars = tuple(distinct[row] for row in order[:3])
        if number in found.entry_of:
            held = [entries[column] for column in found.holds(number)]
            entry = held[0]
            of = tuple(one.key for one in held)
            made = Theme(entry.key, _joined(held), label.keywords, size, exemplars, entry.area, True, of)
        else:
            made = Theme(_slug(label.text, taken), label.text, label.keywords, size, exemplars)
            taken.add(made.key)
        keys[number] = made.key
        themes.append(made)
    themes.sort(key=lambda theme: (-theme.size, theme.key))
    return keys, themes


def _joined(held: Sequence[Entry]) -> dict[str, str]:
    """Name entries that became one theme, as the headings of themes are."""
    return {
        language: heading(
            [(entry.name[language], entry.area) for entry in held], shipped_services()[language], language
        )
        for language in LANGUAGES
    }


def _slug(label: str, taken: set[str]) -> str:
    base = f"{OWN}-" + (re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-")[:60] or "overig")
    key, n = base, 2
    while key in taken:
        key, n = f"{base}-{n}", n + 1
    return key
