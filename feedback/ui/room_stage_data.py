"""What a beamer shows now: the screen that the workshop's row names, drawn from what was said, voted and promised."""

from __future__ import annotations

import pandas as pd

from feedback.replies.states import NEEDS
from feedback.room import deciding, results
from feedback.room.picture import Picture
from feedback.room.results import Result
from feedback.settings import settings
from feedback.store.engine import reading
from feedback.ui import room_control_data, room_stage_ending, room_stage_scenes, room_stage_weigh
from feedback.ui.data import database, snapshot
from feedback.ui.page import Page
from feedback.ui.room_stage_parts import Drawn
from feedback.workshop import polls


def drawn(page: Page, seen: Picture) -> Drawn:
    """Draw the screen that the room is on.

    Parameters
    ----------
    page : Page
    seen : Picture
        Of all remarks.

    Returns
    -------
    Drawn
    """
    room, lang = seen.room, page.lang
    match room.screen:
        case "join":
            return room_stage_weigh.join(seen, room_control_data.joining(room.code) if room.code else None, lang)
        case "themes":
            return room_stage_scenes.themes(seen, snapshot().area_names(lang), lang)
        case "areas":
            return room_stage_scenes.areas(seen, snapshot().area_names(lang), lang)
        case "vote":
            result = _result(room.poll_id)
            return room_stage_weigh.vote(seen, result, lang, _spread(result))
        case "regroup":
            return room_stage_weigh.regroup(seen, room_control_data.proposed(seen), lang)
        case "promises":
            decided, promised = _decided(room.workshop_id), _promised(room.start_replies)
            return room_stage_ending.promises(seen, _chosen(room.workshop_id), decided, promised, lang)
        case _:
            return room_stage_scenes.wall(seen, lang)


def _result(poll_id: int | None) -> Result | None:
    if poll_id is None:
        return None
    with reading(database()) as session:
        return results.results(poll_id, threshold=settings().group_threshold, session=session)


def _spread(result: Result | None) -> list[int]:
    """Count who gave each step of the scale, of a result that the room may see."""
    if result is None or result.vote.kind != "heard" or result.is_hidden or not result.vote.is_shown:
        return []
    with reading(database()) as session:
        low, high = polls.RANGES[result.vote.kind]
        given = polls.ballots(result.vote.poll_id, session=session)["value"].astype(int)
    return [int((given == step).sum()) for step in range(low, high + 1)]


def _chosen(workshop_id: int) -> Result | None:
    """Read the newest vote with dots whose result the room saw; one on themes before one on ideas."""
    with reading(database()) as session:
        votes = [
            one for one in polls.votes(workshop_id, session=session) if one.is_shown and one.kind.startswith("dots")
        ]
    votes.sort(key=lambda one: (one.kind == "dots_themes", one.poll_id))
    return _result(votes[-1].poll_id) if votes else None


def _decided(workshop_id: int) -> pd.DataFrame:
    with reading(database()) as session:
        return deciding.decisions(workshop_id, session=session)


def _promised(reply_ids: tuple[int, ...]) -> pd.DataFrame:
    """Read the promises that the session began with, but for those that were answered anew since."""
    data = snapshot()
    last = data.replies.drop_duplicates(["theme_id", "idea_id"])
    last = last[last["reply_id"].isin(reply_ids) & last["reply"].isin(list(NEEDS))].rename(columns={"reply": "kind"})
    themes = data.themes[["theme_id", "name_nl", "name_en"]].astype({"theme_id": "Int64"})
    ideas = data.ideas[["idea_id", "title"]].astype({"idea_id": "Int64"})
    of_themes = last.merge(themes, on="theme_id").assign(subject="theme", subject_id=lambda rows: rows["theme_id"])
    of_ideas = last.merge(ideas, on="idea_id").assign(
        subject="idea", subject_id=lambda rows: rows["idea_id"], name_nl=lambda rows: rows["title"],
        name_en=lambda rows: rows["title"],
    )  # fmt: skip
    return pd.concat([of_themes, of_ideas])
