"""What a beamer draws of what is said: the wall, the themes, one theme, the service areas. Plain values, no Streamlit, no database."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from feedback.i18n import Language, number, translator
from feedback.room.picture import FIRST_SENSE, Picture
from feedback.themes.live import GROUP
from feedback.ui.room_stage_parts import GROUPS, UNGROUPED, Drawn, colours_of, facts, groups_of, paged, quotes, words

# On a wall of two columns letters are read at 8 m; fewer remarks get larger ones.
CELLS, FIRST_CELLS = 6, 4
ROWS = 3
AREAS, AREA_THEMES = 6, 3
# The browser shows those of them that there is room for.
QUOTES, QUOTE_WIDTH = 4, 160
FOCUS_QUOTES, FOCUS_WIDTH = 3, 220
# So many groups, or so many remarks in the only one, say more than a wall.
FIRST_GROUPS, FIRST_ALONE = 2, 4


def wall(picture: Picture, lang: Language) -> Drawn:
    """Draw the newest remarks, each in a place of its own: a new one takes the place of the oldest, nothing else moves.

    `page` of the room is the remark that is marked, and stays marked whatever comes in; 0: the newest. Where it was hidden, the one before
    it is marked.

    Parameters
    ----------
    picture : Picture
        Of all remarks.
    lang : {"nl", "en"}

    Returns
    -------
    Drawn
    """
    t, room, shown = translator(lang), picture.room, picture.on_screen()
    if shown.remarks.empty:
        return words(t("room.wall_empty"))
    ids = picture.remarks["remark_id"].to_list()
    cells = CELLS if len(ids) > FIRST_CELLS else FIRST_CELLS
    # Its place is that of its number in the room, so that hiding one remark moves no other.
    numbers = {remark_id: at for at, remark_id in enumerate(ids)}
    here = shown.remarks["remark_id"].to_list()
    at = max(bisect_right(here, room.page) - 1, 0) if room.page else len(here) - 1
    # What is spoken of stays in sight, whatever comes in.
    last = numbers[here[at]] + cells - 1
    there: dict[int, Any] = {}
    for row in shown.remarks.itertuples():
        if numbers[row.remark_id] <= last:
            there[numbers[row.remark_id] % cells] = row
    colours = colours_of(groups_of(shown)) if picture.has_sense else {}
    notes = [
        {
            "id": int(row.remark_id), "cell": cell, "text": row.text, "marked": row.remark_id == here[at],
            "pinned": bool(row.is_pinned), "colour": None if pd.isna(row.theme_id) else colours.get(int(row.theme_id)),
        }
        for cell, row in sorted(there.items())
    ]  # fmt: skip
    newer = sum(numbers[one] > last for one in here)
    told = [t("remarks.count", n=len(here))]
    if newer:
        told.append(t("room.newer", n=newer))
    # Past the newest one the mark follows what comes in.
    right = {"page": here[at + 1]} if at + 1 < len(here) else {"page": 0} if room.page else {}
    return Drawn(
        {"kind": "wall", "rows": cells // 2, "notes": notes, "part": str(cells)},
        {"page": here[at - 1]} if at else {}, right, marked=here[at], note=" · ".join(told),
    )  # fmt: skip


def themes(picture: Picture, names: Mapping[str, str], lang: Language) -> Drawn:
    """Draw the groups; before there are any to speak of, the wall; with a theme in focus, that.

    Parameters
    ----------
    picture : Picture
        Of all remarks.
    names : mapping of str to str
        See `areas`.
    lang : {"nl", "en"}

    Returns
    -------
    Drawn
    """
    room, shown, t = picture.room, picture.on_screen(), translator(lang)
    groups = groups_of(shown)
    # A theme is on the page and in the row of its place.
    page_of = [int(slot) // GROUPS for slot in groups["slot"]]
    pages = sorted(set(page_of))
    if picture.has_sense and room.focus_id is not None and room.focus_id in set(shown.themes["theme_id"]):
        return _focus(shown, groups, max(len(pages), 1), lang)
    if not picture.has_sense or not _has_shape(groups):
        few = FIRST_SENSE - len(picture.remarks)
        return replace(wall(picture, lang), note=t("room.until", n=few) if few > 0 else t("room.until_groups"))
    at = min(room.page, len(pages) - 1)
    cells = _cells(shown.remarks, groups[[at_page == pages[at] for at_page in page_of]], lang)
    most, colours = int(groups["remarks"].max()), colours_of(groups)
    placed = [
        # By the root, as an eye compares areas; the smallest keeps room for its name.
        {**cell, "colour": colours[cell["id"]], "grow": round(0.6 + 1.2 * math.sqrt(cell["dots"] / max(most, 1)), 2)}
        | ({} if room.quotes else {"quotes": []})
        for cell in cells
    ]
    heights = [max((one["grow"] for one in placed if one["row"] == row), default=0) for row in range(ROWS)]
    label, by_service = _loose(shown, names, lang)
    onward = {"focus_id": int(groups["theme_id"].iloc[0])}
    return Drawn(
        {"kind": "themes", "groups": placed, "heights": heights, "part": str(at)}, {"page": at - 1} if at else {},
        {"page": at + 1} if at + 1 < len(pages) else onward, turned=f"{at + 1} / {len(pages)}" if len(pages) > 1 else "", note=label,
        aside=by_service,
    )  # fmt: skip


def _has_shape(groups: pd.DataFrame) -> bool:
    """Tell whether groups say more than the remarks themselves; what once did goes on doing so as more come in."""
    return len(groups) >= FIRST_GROUPS or int(groups["remarks"].max() if len(groups) else 0) >= FIRST_ALONE


def _cells(said: pd.DataFrame, groups: pd.DataFrame, lang: Language) -> list[dict[str, Any]]:
    """Write of each group its name, how many people and remarks are in it, and what may stand for it."""
    quoted, cells = quotes(said, QUOTES, QUOTE_WIDTH), []
    of_theme = dict(list(said.groupby("theme_id")))
    for theme_id, name, slot in zip(groups["theme_id"], groups[f"name_{lang}"], groups["slot"], strict=True):
        mine = of_theme.get(theme_id, said.iloc[:0])
        cells.append({
            "id": int(theme_id), "name": name, "facts": list(facts(mine, lang)), "dots": len(mine),
            "weak": int(mine["weak"].sum()), "quotes": quoted.get(int(theme_id), []), "row": int(slot) % ROWS,
        })  # fmt: skip
    return cells


def _loose(shown: Picture, names: Mapping[str, str], lang: Language) -> tuple[str, str]:
    """Write how many remarks are in no group, and of which services several: below, for the room looks at the themes."""
    loose = shown.themes.loc[shown.themes["is_loose"] & (shown.themes["status"] != "parked"), "theme_id"]
    said = shown.remarks[shown.remarks["theme_id"].isna() | shown.remarks["theme_id"].isin(loose)]
    if said.empty:
        return "", ""
    t, sizes = translator(lang), said["area"].value_counts()
    told = [f"{names[key]} {number(int(sizes[key]), lang)}" for key in names if sizes.get(key, 0) >= GROUP]
    return t("room.loose", n=len(said)), " · ".join(told)


def _focus(picture: Picture, groups: pd.DataFrame, pages: int, lang: Language) -> Drawn:
    ids, focus = groups["theme_id"].to_list(), picture.room.focus_id
    assert focus is not None
    row: Any = next(picture.themes[picture.themes["theme_id"] == focus].itertuples())
    said = picture.remarks[picture.remarks["theme_id"] == focus]
    shown = quotes(said, FOCUS_QUOTES, FOCUS_WIDTH).get(focus, []) if picture.room.quotes else []
    at = ids.index(focus) if focus in ids else -1
    left: dict[str, Any] = {"focus_id": int(ids[at - 1])} if at > 0 else {"focus_id": None, "page": pages - 1}
    view = {
        "kind": "focus", "part": str(focus), "name": getattr(row, f"name_{lang}"), "colour": colours_of(groups).get(focus, UNGROUPED),
        "facts": "".join(facts(said, lang)), "dots": len(said), "weak": int(said["weak"].sum()), "quotes": shown,
    }  # fmt: skip
    return Drawn(
        view, left, {"focus_id": int(ids[at + 1])} if 0 <= at < len(ids) - 1 else {},
        marked=shown[0]["id"] if shown else None, turned=f"{at + 1} / {len(ids)}" if at >= 0 else "",
    )  # fmt: skip


def areas(picture: Picture, names: Mapping[str, str], lang: Language) -> Drawn:
    """Draw for each service area which themes are heard about it, in the coordinator's order.

    Parameters
    ----------
    picture : Picture
        Of all remarks.
    names : mapping of str to str
        Key of a service area to its name, in the coordinator's order.
    lang : {"nl", "en"}

    Returns
    -------
    Drawn
    """
    t, shown = translator(lang), picture.on_screen()
    first = shown.remarks[["remark_id", "theme_id", "area"]]
    second = shown.remarks[["remark_id", "theme_id", "area2"]].rename(columns={"area2": "area"})
    both = pd.concat([first, second]).dropna(subset=["area"]).drop_duplicates(["remark_id", "area"])
    parked = shown.themes.loc[shown.themes["status"] == "parked", "theme_id"]
    both = both[~both["theme_id"].isin(parked)]
    if both.empty:
        return words(t("room.areas_empty"))
    known, colours = shown.themes.set_index("theme_id"), colours_of(groups_of(shown))
    sizes = both[both["theme_id"].isin(known.index)].groupby(["area", "theme_id"], as_index=False).size()
    most, cards = max(sizes["size"].max(), 1) if len(sizes) else 1, []
    for area in (key for key in names if (both["area"] == key).any()):
        mine = sizes[sizes["area"] == area].sort_values("size", ascending=False, kind="stable")
        rows = [
            {
                "id": int(theme), "name": known.at[theme, f"name_{lang}"], "colour": colours.get(int(theme), UNGROUPED),
                "value": str(n), "wide": round(100 * n / most),
            }
            for theme, n in zip(mine["theme_id"][:AREA_THEMES], mine["size"][:AREA_THEMES], strict=True)
        ]  # fmt: skip
        # What leads may change with every remark; where a theme stands in its card does not.
        slots = known["slot"].to_dict()
        rows.sort(key=lambda one: slots[one["id"]])
        rest = len(mine) - len(rows)
        cards.append({
            "id": area, "name": names[area], "facts": number(int((both["area"] == area).sum()), lang),
            "themes": rows, "rest": t("room.more_themes", n=rest) if rest else "",
        })  # fmt: skip
    pages = [cards[at : at + AREAS] for at in range(0, len(cards), AREAS)]
    views = [
        {
            "kind": "areas", "areas": page, "part": str(at), "columns": 3 if len(page) > 4 else min(len(page), 2),
            "rows": 2 if len(page) > 2 else 1,
        }
        for at, page in enumerate(pages)
    ]  # fmt: skip
    return paged(views, picture.room.page, t("room.areas_note"))
