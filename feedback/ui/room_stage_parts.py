"""What the screens of a beamer share: where the arrows lead, the order and colours of groups, what is quoted."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from feedback.charts.palette import CATEGORIES
from feedback.i18n import Language, translator
from feedback.room.picture import Picture

# On one screen no two groups have the same colour; more of them would have names too small for the last row.
GROUPS = len(CATEGORIES)
# So often the browser can tell a category from itself.
SHADES = 3
# The tone of a theme that is in no group.
UNGROUPED = "none"
# Shorter says too little to a room.
SHORTEST = 25


@dataclass(frozen=True)
class Drawn:
    """A screen, and where its arrows lead.

    Attributes
    ----------
    view : dict
        What the browser draws; `kind` says how.
    left, right : dict
        What to put (see `workshop.door.put`) on Left and Right; empty where it ends.
    marked : int or None
        The remark that is hidden on H, until another one in sight is marked.
    turned : str
        How far the screen was turned: "2 / 3".
    note, aside : str
        Small, below; and beside it, in a softer tone.
    """

    view: dict[str, Any]
    left: dict[str, Any] = field(default_factory=dict)
    right: dict[str, Any] = field(default_factory=dict)
    marked: int | None = None
    turned: str = ""
    note: str = ""
    aside: str = ""


def words(text: str) -> Drawn:
    """Draw a sentence where there is nothing else."""
    return Drawn({"kind": "words", "text": text})


def paged(views: Sequence[dict[str, Any]], page: int, note: str = "") -> Drawn:
    """Draw one of several screens that follow each other.

    Parameters
    ----------
    views : sequence of dict
        At least one.
    page : int
        Which; past the end: the last.
    note : str

    Returns
    -------
    Drawn
    """
    at, last = min(max(page, 0), len(views) - 1), len(views) - 1
    left = {"page": at - 1} if at else {}
    right = {"page": at + 1} if at < last else {}
    return Drawn(views[at], left, right, turned=f"{at + 1} / {last + 1}" if last else "", note=note)


def colours_of(groups: pd.DataFrame) -> dict[int, int]:
    """Give each group the colour of its slot, the same on every screen.

    Parameters
    ----------
    groups : DataFrame
        See `groups_of`.

    Returns
    -------
    dict of int to int
        Id of the theme to the number of its colour: past the last category those come again, each time in a lighter shade. A theme of
        one remark has none.
    """
    return {
        int(theme_id): int(slot) % (SHADES * len(CATEGORIES))
        for theme_id, slot in zip(groups["theme_id"], groups["slot"], strict=True)
    }


def groups_of(picture: Picture) -> pd.DataFrame:
    """Give the groups in the order of their places, which none of them ever leaves.

    Parameters
    ----------
    picture : Picture
        Of what may be shown.

    Returns
    -------
    DataFrame
        Rows of `picture.themes`.
    """
    return picture.themes[~picture.themes["is_loose"]].sort_values("slot").reset_index(drop=True)


def facts(said: pd.DataFrame, lang: Language) -> tuple[str, str]:
    """Write how many people stand behind remarks, and how many those are; people only where anybody knows.

    Parameters
    ----------
    said : DataFrame
        Rows of `Picture.remarks`.
    lang : {"nl", "en"}

    Returns
    -------
    tuple of str and str
        What matters most; and what may be left out, which follows it.
    """
    t = translator(lang)
    people, remarks = int(said["person"].nunique()), t("remarks.count", n=len(said))
    if not people:
        return remarks, ""
    told = t("people.count", n=people)
    # Who said it aloud is nobody that was counted: a remark more than there are people asks for a reason.
    return t("room.and_aloud", people=told) if said["person"].isna().any() else told, f" · {remarks}"


def quotes(said: pd.DataFrame, most: int, width: int) -> dict[int, list[dict[str, Any]]]:
    """Choose what stands for each theme: what was pinned, else the first that fits and can be read, one of each person.

    The first, not the best: what stands on the screen is not replaced while it is read.

    Parameters
    ----------
    said : DataFrame
        See `Picture.remarks`.
    most : int
        Of each theme.
    width : int
        Characters.

    Returns
    -------
    dict of int to list of dict
        Id of the theme to id and text of its quotes.
    """
    said = said[said["theme_id"].notna()]
    length = said["text"].str.len()
    order = said.assign(off=~length.between(SHORTEST, width), unpinned=~said["is_pinned"].astype(bool))
    order = order.sort_values(["unpinned", "weak", "off", "remark_id"])
    chosen: dict[int, list[dict[str, Any]]] = {}
    there: set[tuple[int, Any]] = set()
    columns = (order[name] for name in ("theme_id", "remark_id", "text", "person", "unpinned"))
    for theme_id, remark_id, text, person, unpinned in zip(*columns, strict=True):
        mine, words_said = chosen.setdefault(int(theme_id), []), (theme_id, text.casefold())
        # Nobody knows whether two unknown people are one: each of their remarks may stand.
        who = None if pd.isna(person) else (theme_id, person)
        if len(mine) < most and words_said not in there and not (unpinned and who in there):
            mine.append({"id": int(remark_id), "text": textwrap.shorten(text, width, placeholder="…")})
            there |= {words_said, who} if who else {words_said}
    return chosen
