"""What a room can be asked to weigh, what a facilitator most likely wants of it, and what of that looks alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from feedback.i18n import Language
from feedback.room import choosing
from feedback.room.picture import Picture
from feedback.settings import settings
from feedback.ui.data import Snapshot, snapshot
from feedback.ui.room_control_data import theme_names

# Whoever must weigh more than this on a phone stops reading.
USUAL = 8


def options(lang: Language, kind: str, shown: Picture) -> tuple[dict[str, str], list[str]]:
    """Give what can be voted on, and what a facilitator most likely wants of it.

    Parameters
    ----------
    lang : {"nl", "en"}
    kind : str
        Of `store.tables.POLL_KINDS`.
    shown : Picture

    Returns
    -------
    tuple of (dict of str to str, list of str)
        Options with their names, not escaped; those that are chosen to begin with, at most `USUAL`.
    """
    said = shown.remarks[shown.remarks["state"] == "shown"]
    if kind == "dots_themes":
        out = set(shown.themes.loc[shown.themes["status"] == "parked", "theme_id"])
        names = {str(one): name for one, name in theme_names(shown, lang).items() if one not in out}
        single = set(shown.themes.loc[shown.themes["is_loose"], "theme_id"].astype(str))
        return names, [one for one in names if one not in single][:USUAL]
    data = snapshot()
    if kind == "worth":
        active = data.areas[data.areas["is_active"] & (data.areas["area"] != "algemeen")]
        names = dict(zip(active["area"].astype(str), active[f"name_{lang}"].astype(str), strict=True))
        return names, choosing.areas_first(list(names), said)[:USUAL]
    if kind in ("dots_ideas", "impact"):
        titles = dict(zip(data.ideas["idea_id"], data.ideas["title"].astype(str), strict=True))
        order = choosing.ideas_first(data.ideas, data.evidence, said["remark_id"])
        names = {str(one): titles[one] for one in order}
        likely = list(names)[: 2 * USUAL]
        first: list[str] = []
        pairs = {frozenset(pair) for pair in alike(kind, shown, likely, names)}
        for one in likely:
            # Of two that look alike the first is enough to begin with.
            first += [one] if not any(frozenset((one, other)) in pairs for other in first) else []
        return names, first[:USUAL]
    return {}, []


def alike(kind: str, shown: Picture, chosen: Sequence[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give the chosen options that look like one, the most alike first; see `choosing.alike`. Of service areas none do."""
    if kind == "worth" or len(chosen) < 2:
        return []
    data = snapshot()
    key = f"{settings().database_url}|{shown.key}|{data.version}"
    found = _alike(key, kind, tuple(chosen), shown, data, {int(one): names[one] for one in chosen})
    return [(str(one), str(other)) for one, other in found]


@st.cache_resource(max_entries=16, show_spinner=False)
def _alike(
    key: str, kind: str, chosen: tuple[str, ...], _shown: Picture, _data: Snapshot, _names: dict[int, str]
) -> list[tuple[int, int]]:
    if kind == "dots_themes":
        areas = _shown.themes.set_index("theme_id")["area"]
        said = _shown.remarks[_shown.remarks["state"] == "shown"].sort_values("strength", ascending=False)
        said, links = said.assign(option=said["theme_id"]), pd.DataFrame({"idea_id": [], "other_id": []})
    else:
        areas, links = _data.ideas.set_index("idea_id")["area"], _data.links
        mine = _data.evidence[_data.evidence["idea_id"].isin(list(_names))]
        texts = _data.remarks.loc[_data.remarks["remark_id"].isin(mine["remark_id"]), ["remark_id", "text"]]
        said = mine.merge(texts, on="remark_id").assign(option=lambda one: one["idea_id"])
    wanted = pd.DataFrame({"option": list(_names), "name": list(_names.values())})
    wanted["area"] = wanted["option"].map(areas).astype(object)
    return choosing.alike(wanted, said.loc[said["option"].isin(list(_names)), ["option", "text"]], links)
