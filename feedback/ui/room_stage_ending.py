"""What a beamer draws at the end: what the room chose, what was decided, what was promised. Plain values, no Streamlit, no database."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from feedback.i18n import Language, day, translator
from feedback.room.picture import Picture
from feedback.room.results import Result
from feedback.ui.room_stage_parts import UNGROUPED, Drawn, colours_of, facts, groups_of, paged, words
from feedback.ui.room_stage_weigh import colour_of_option

# Names beside each other on the podium that are still read at 8 m.
PLACES = 5
# Promises on a screen, and the lines of type that fit it; so many letters go on a line of a name and of a text.
PROMISES, LINES = 3, 10
NAME_LINE, TEXT_LINE = 60, 75


def promises(
    picture: Picture, chosen: Result | None, decided: pd.DataFrame, promised: pd.DataFrame, lang: Language
) -> Drawn:
    """Draw what the room chose, what was decided here, and what was promised before it.

    Parameters
    ----------
    picture : Picture
    chosen : Result or None
        The newest vote on themes or ideas that was shown.
    decided : DataFrame
        See `room.deciding.decisions`.
    promised : DataFrame
        Open promises that the session began with, likewise.
    lang : {"nl", "en"}

    Returns
    -------
    Drawn
    """
    t = translator(lang)
    ending = [*_podium(picture, chosen, lang), *_list(picture, decided, t("room.decided"), lang)]
    open_ones = _list(picture, promised, t("room.promised"), lang)
    # At the start there is only what was promised; at the end that comes last.
    started = bool(len(decided)) or (chosen is not None and not chosen.is_hidden)
    views = [*ending, *open_ones] if started else [*open_ones, *ending]
    return paged(views, picture.room.page) if views else words(t("room.promises_none"))


def _best(ordered: pd.DataFrame, by: str) -> pd.DataFrame:
    """Give the best three, and whoever shares the last place; where too many do, that place stays empty."""
    if len(ordered) <= 3:
        return ordered
    third = ordered[by].iloc[2]
    shared: pd.DataFrame = ordered[ordered[by] >= third]
    alone: pd.DataFrame = ordered[ordered[by] > third]
    return shared if len(shared) <= PLACES else alone


def _podium(picture: Picture, chosen: Result | None, lang: Language) -> list[dict[str, Any]]:
    t, shown = translator(lang), picture.on_screen()
    groups = groups_of(shown)
    colours = colours_of(groups)
    places: list[tuple[str, str, int | str | None, int]] = []
    row: Any
    if chosen is not None and not chosen.is_hidden:
        title, best = t("room.podium_votes"), _best(chosen.rows[chosen.rows["total"] > 0], "total")
        for row in best.itertuples():
            colour = colour_of_option(chosen.vote.kind, row.option, colours)
            places.append((getattr(row, f"name_{lang}"), t("room.dots", n=int(row.total)), colour, int(row.total)))
    else:
        title, best = t("room.podium_said"), groups.sort_values("remarks", ascending=False, kind="stable")
        for row in _best(best[best["remarks"] > 0], "remarks").itertuples() if shown.has_sense else ():
            told = "".join(facts(shown.remarks[shown.remarks["theme_id"] == row.theme_id], lang))
            places.append((getattr(row, f"name_{lang}"), told, colours[int(row.theme_id)], int(row.remarks)))
    if not places:
        return []
    counts = [count for *_, count in places]
    view = {
        "kind": "podium", "title": title,
        "places": [
            {"id": name, "name": name, "label": label, "colour": colour, "place": str(counts.index(count) + 1)}
            for name, label, colour, count in places
        ],
    }  # fmt: skip
    return [view]


def _list(picture: Picture, table: pd.DataFrame, title: str, lang: Language) -> list[dict[str, Any]]:
    t, colours, items = translator(lang), colours_of(groups_of(picture.on_screen())), []
    for row in table.to_dict("records"):
        due = day(row["due_on"], lang) if pd.notna(row["due_on"]) else ""
        said = [row["owner"], t(f"replies.date_{row['kind']}", date=due) if due else ""]
        kind = t(f"replies.state_{row['kind']}")
        if row["reason"]:
            kind += f": {t('replies.reason_' + row['reason'])}"
        items.append({
            "id": int(row["reply_id"]), "name": row[f"name_{lang}"], "kind": kind, "text": row["text"],
            "who": " · ".join(part for part in said if part),
            "colour": colours.get(int(row["subject_id"]), UNGROUPED) if row["subject"] == "theme" else None,
        })  # fmt: skip
    return [
        {"kind": "list", "part": f"{title} {at}", "title": title, "items": page}
        for at, page in enumerate(_pages(items))
    ]


def _pages(items: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Divide promises over screens: as many on one as can be read, long ones with fewer."""
    pages: list[list[dict[str, Any]]] = []
    room = 0
    for item in items:
        lines = 1 + math.ceil(len(item["name"]) / NAME_LINE) + math.ceil(len(item["text"]) / TEXT_LINE)
        if not pages or len(pages[-1]) == PROMISES or lines > room:
            pages.append([])
            room = LINES
        pages[-1].append(item)
        room -= lines
    return pages
