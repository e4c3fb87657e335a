"""What a room is asked to weigh: what it spoke of first, and no two options that look like one."""

from __future__ import annotations

import pandas as pd

from feedback.savings import duplicates

# Remarks of an option that are compared: its own name, and what says it best.
_TEXTS = 5


def ideas_first(ideas: pd.DataFrame, evidence: pd.DataFrame, said: pd.Series) -> list[int]:
    """Put savings ideas in the order in which a room will want to weigh them.

    Parameters
    ----------
    ideas : DataFrame
        See `savings_frames.ideas`.
    evidence : DataFrame
        idea_id, remark_id.
    said : Series of int
        Remarks of the room.

    Returns
    -------
    list of int
        Ids of those that are neither done nor refused: the ones most spoken of here first, then the most euros, then the most
        remarks ever.
    """
    able = ideas[~ideas["status"].isin(["done", "refused"])]
    here = evidence[evidence["remark_id"].isin(said)].groupby("idea_id").size()
    ever = evidence.groupby("idea_id").size()
    euros = able["eur_high"].fillna(able["eur_low"]).fillna(0).astype(float)
    order = able.assign(
        here=able["idea_id"].map(here).fillna(0), euros=euros, ever=able["idea_id"].map(ever).fillna(0)
    ).sort_values(["here", "euros", "ever"], ascending=False, kind="stable")
    return [int(one) for one in order["idea_id"]]


def areas_first(areas: list[str], remarks: pd.DataFrame) -> list[str]:
    """Put service areas in the order in which a room spoke of them.

    Parameters
    ----------
    areas : list of str
        Keys, in the coordinator's order; it decides between those that were spoken of as often.
    remarks : DataFrame
        Of the room: area, area2 (keys or missing).

    Returns
    -------
    list of str
    """
    count = pd.concat([remarks["area"], remarks["area2"]]).value_counts()
    return sorted(areas, key=lambda area: -int(count.get(area, 0)))


def alike(options: pd.DataFrame, said: pd.DataFrame, links: pd.DataFrame) -> list[tuple[int, int]]:
    """Find options of a vote that look like one: votes would be spread over both.

    Parameters
    ----------
    options : DataFrame
        option (id of a theme or idea), name, area (key or missing).
    said : DataFrame
        option, text: what was said of each, the best first.
    links : DataFrame
        idea_id, other_id: pairs of which somebody said that they differ.

    Returns
    -------
    list of (int, int)
        The most alike first.
    """
    few = said.groupby("option", sort=False).head(_TEXTS).reset_index(drop=True)
    found = duplicates.pairs(
        options.rename(columns={"option": "idea_id", "name": "title"}).assign(status="confirmed"),
        pd.DataFrame({"idea_id": few["option"], "remark_id": few.index}),
        pd.DataFrame({"remark_id": few.index, "text": few["text"]}),
        links,
    )
    return [(int(one), int(other)) for one, other in zip(found["idea_id"], found["other_id"], strict=True)]
