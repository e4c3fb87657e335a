"""What is left of a workshop when everybody went home: plain values and frames for a report."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from sqlmodel import Session, col, select

from feedback.access.disclosure import named
from feedback.i18n import LANGUAGES
from feedback.room import deciding
from feedback.room.picture import Picture, picture
from feedback.room.results import Result, results
from feedback.store import frames, savings_frames
from feedback.store.tables import LEVELS, SENTIMENTS, PanelSession, Theme
from feedback.themes import acts
from feedback.workshop import phones, polls
from feedback.workshop.polls import Vote

QUOTES = 3
# From this strength on a remark stands for its theme before others do; what a person placed has the most.
FITS = 0.6
# Shorter says too little, longer is not read aloud.
READABLE = (30, 220)
# How the rest of a count of people is called: those of small groups together, and those who did not say.
OTHERS, UNSAID = "others", "unsaid"


@dataclass(frozen=True)
class SessionReport:
    """A workshop, looked back on. No names of people but the owners of promises, no group below the threshold.

    Attributes
    ----------
    workshop_id : int
    name : str
    held_on : date
    goal : str
    questions : tuple of str
    languages : tuple of str
    is_rehearsal, is_example : bool
    threshold : int
        Fewest people of an organisation or level that is named.
    joined : int
        Phones that sent or voted.
    attendance : int or None
        People present, as somebody counted them.
    organisations, levels : DataFrame
        group (name of an organisation, or key of a level; `OTHERS`, `UNSAID`), people. Who joined.
    people : int
        Distinct people behind the remarks that count.
    remarks : int
        That count: shown, so not hidden, parked or waiting.
    aloud : int
        Of those: said aloud, by nobody knows whom.
    themes : DataFrame
        theme_id, name_nl, name_en, area_nl, area_en ("" where none), status, people, remarks, neg, mixed, neu, pos (remarks
        by tone), dots (Int64; missing: no vote on it is told); first by dots, then what was decided about, then by remarks. None
        that is parked, and of those with a single remark only what the room voted on or decided about.
    quotes : DataFrame
        theme_id, text, language; at most `QUOTES` a theme, the best first.
    parked : DataFrame
        name_nl, name_en, remarks: themes that were put aside.
    parked_remarks : DataFrame
        text, language: remarks that were put aside by themselves, and name no organisation.
    loose : int
        Remarks that count and stand in none of these themes.
    alone : DataFrame
        area_nl, area_en ("" where none), text, language: those of them that name no organisation, by service in its order.
    votes : tuple of Result
        See `room.results`; while the room is open only what was shown there. By organisation only where enough people of it
        gave an option something, and none or enough others did.
    unshown : int
        Votes of which nothing is told: still open, or not shown yet in a room that is open.
    decisions : DataFrame
        Given in the room: kind, name_nl, name_en, text, reason, owner, due_on (date or None).
    started : DataFrame
        Promises that the session began with: kind (as it was), name_nl, name_en, text, owner, due_on, now (kind as it is).
    undecided : DataFrame
        theme_id, name_nl, name_en, people, remarks: themes of the room about which nothing was decided there.
    """

    workshop_id: int
    name: str
    held_on: dt.date
    goal: str
    questions: tuple[str, ...]
    languages: tuple[str, ...]
    is_rehearsal: bool
    is_example: bool
    threshold: int
    joined: int
    attendance: int | None
    organisations: pd.DataFrame
    levels: pd.DataFrame
    people: int
    remarks: int
    aloud: int
    themes: pd.DataFrame
    quotes: pd.DataFrame
    parked: pd.DataFrame
    parked_remarks: pd.DataFrame
    loose: int
    alone: pd.DataFrame
    votes: tuple[Result, ...]
    unshown: int
    decisions: pd.DataFrame
    started: pd.DataFrame
    undecided: pd.DataFrame


def summary(workshop_id: int, *, threshold: int, session: Session) -> SessionReport:
    """Look back on a workshop.

    Parameters
    ----------
    workshop_id : int
    threshold : int
        Fewest people of an organisation or level that is named, or behind a vote that is told.
    session : Session

    Returns
    -------
    SessionReport

    Raises
    ------
    UserError
        When there is no such workshop.
    """
    seen = picture(workshop_id, session=session)
    room = seen.room
    # A screen that was frozen when the room closed tells nothing about what was said.
    shown = replace(seen, room=replace(room, frozen_at=None)).on_screen()
    panel = session.get_one(PanelSession, room.session_id)
    phoned = phones.participants(workshop_id, session=session)
    joined = phoned[phoned["took_part"]]
    polled = polls.votes(workshop_id, session=session)
    votes = [vote for vote in polled if not vote.is_open and (vote.is_shown or not room.is_open)]
    told = tuple(results(vote.poll_id, threshold=threshold, session=session) for vote in votes)
    decisions = deciding.decisions(workshop_id, session=session)
    about = set(decisions.loc[decisions["subject"] == "theme", "subject_id"])
    themes = _themes(shown, about, _voted_on(polled, session), _dots(told, session), session)
    parked = seen.themes[(seen.themes["status"] == "parked") & (seen.themes["remarks"] > 0)]
    loose = shown.remarks[~shown.remarks["theme_id"].isin({*themes["theme_id"], *parked["theme_id"]})]
    aside = seen.remarks[(seen.remarks["state"] == "parked") & ~seen.remarks["theme_id"].isin(parked["theme_id"])]
    return SessionReport(
        workshop_id=workshop_id, name=room.name, held_on=room.held_on, goal=room.goal, questions=room.questions,
        languages=room.languages, is_rehearsal=room.is_rehearsal, is_example=room.is_example, threshold=threshold,
        joined=len(joined), attendance=panel.attendance,
        organisations=groups(joined["organisation"], threshold), levels=_levels(joined["level"], threshold),
        people=int(shown.remarks["person"].nunique()), remarks=len(shown.remarks),
        aloud=int(shown.remarks["person"].isna().sum()), themes=themes, quotes=_quotes(shown.remarks, themes, session),
        parked=parked[["name_nl", "name_en", "remarks"]].reset_index(drop=True),
        parked_remarks=_nameless(aside, session)[["text", "language"]].reset_index(drop=True),
        loose=len(loose), alone=_alone(loose, session), votes=told,
        unshown=len(polled) - len(votes), decisions=decisions, started=_started(room.start_replies, session),
        undecided=themes.loc[
            ~themes["theme_id"].isin(about), ["theme_id", "name_nl", "name_en", "people", "remarks"]
        ].reset_index(drop=True),
    )  # fmt: skip


def groups(said: pd.Series, threshold: int) -> pd.DataFrame:
    """Count people by what they said of themselves; small groups stand together.

    Parameters
    ----------
    said : Series of str
        Of each person; missing: did not say.
    threshold : int

    Returns
    -------
    DataFrame
        group, people, the largest first; `UNSAID` and `OTHERS` last. Behind each stand at least `threshold` people, unless all
        of them together are fewer.
    """
    people = pd.DataFrame({"person": range(len(said)), "organisation": said.fillna(UNSAID).to_list(), "level": None})
    shown = named(people, threshold)["organisation"].fillna(OTHERS)
    counts = shown.value_counts().rename_axis("group").reset_index(name="people")
    last = counts["group"].map({UNSAID: 1, OTHERS: 2}).fillna(0)
    counts = counts.assign(last=last).sort_values(["last", "people", "group"], ascending=[True, False, True])
    return counts[["group", "people"]].reset_index(drop=True)


def _levels(said: pd.Series, threshold: int) -> pd.DataFrame:
    counted = groups(said, threshold)
    order = {level: at for at, level in enumerate((*LEVELS, UNSAID, OTHERS))}
    return counted.sort_values("group", key=lambda group: group.map(order)).reset_index(drop=True)


def _voted_on(polled: Sequence[Vote], session: Session) -> set[int]:
    """Give the themes that a room was asked to weigh."""
    asked = {int(option) for vote in polled if vote.kind == "dots_themes" for option in vote.options}
    return set(_living(asked, session).values())


def _living(theme_ids: set[int], session: Session) -> dict[int, int]:
    """Give what each theme was merged into, be it by way of others."""
    rows = session.exec(select(Theme).where(col(Theme.id).in_(theme_ids))).all()
    return {int(row.id or 0): int(acts.target_of(row, session=session).id or 0) for row in rows}


def _dots(told: Sequence[Result], session: Session) -> dict[int, int]:
    """Count what each theme got in the votes that are told; what was merged into another counts there."""
    got: Counter[int] = Counter()
    for result in told:
        if result.vote.kind == "dots_themes" and not result.is_hidden:
            given = {int(option): int(n) for option, n in zip(result.rows["option"], result.rows["total"], strict=True)}
            living = _living(set(given), session)
            for theme_id, dots in given.items():
                got[living.get(theme_id, theme_id)] += dots
    return dict(got)


def _alone(loose: pd.DataFrame, session: Session) -> pd.DataFrame:
    areas = frames.areas(session=session).set_index("area")
    said = _nameless(loose, session)
    said = said.assign(place=said["area"].map(areas["position"])).sort_values(["place", "remark_id"])
    return _in_areas(said, areas)[["area_nl", "area_en", "text", "language"]].reset_index(drop=True)


def _in_areas(table: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    names = {f"area_{lang}": table["area"].map(areas[f"name_{lang}"]).fillna("") for lang in LANGUAGES}
    return table.assign(**names)


def _themes(
    shown: Picture, about: set[int], voted_on: set[int], dots: dict[int, int], session: Session
) -> pd.DataFrame:
    has_part = ~shown.themes["is_loose"] | (
        shown.themes["theme_id"].isin(about | voted_on) & (shown.themes["status"] != "parked")
    )
    table = shown.themes[has_part & (shown.themes["remarks"] > 0)]
    areas = frames.areas(session=session).set_index("area")
    tones = pd.crosstab(shown.remarks["theme_id"], shown.remarks["sentiment"]).reindex(columns=list(SENTIMENTS))
    counted = tones.reindex(table["theme_id"]).fillna(0).astype(int).set_axis(table.index)
    table = _in_areas(table.join(counted).assign(dots=table["theme_id"].map(dots).astype("Int64")), areas)
    # What the room gave weight is told first.
    weight = table.assign(given=table["dots"].fillna(0), decided=table["theme_id"].isin(about))
    weight = weight.sort_values(
        ["given", "decided", "remarks", "people", "slot"], ascending=[False, False, False, False, True]
    )
    names = ["theme_id", "name_nl", "name_en", "area_nl", "area_en", "status"]
    return weight[[*names, "people", "remarks", *SENTIMENTS, "dots"]].reset_index(drop=True)


def _quotes(remarks: pd.DataFrame, themes: pd.DataFrame, session: Session) -> pd.DataFrame:
    """Choose what stands for each theme: what the room pinned, then what fits best, each of another person."""
    fit = remarks["theme_id"].isin(themes["theme_id"]) & (remarks["is_pinned"] | ~remarks["weak"])
    said = _nameless(remarks[fit], session)
    said = said.assign(
        fits=said["is_pinned"] | (said["strength"] >= FITS),
        awkward=~said["text"].str.len().between(*READABLE) | said["text"].str.contains("[", regex=False),
    )
    said = said.sort_values(
        ["is_pinned", "fits", "awkward", "strength", "remark_id"], ascending=[False, False, True, False, True]
    )
    # Nobody knows whether two unknown people are one: each of their remarks may stand.
    said = said[said["person"].isna() | ~said.duplicated(["theme_id", "person"])]
    best = said.groupby("theme_id").head(QUOTES)
    return best[["theme_id", "text", "language"]].reset_index(drop=True)


def _nameless(remarks: pd.DataFrame, session: Session) -> pd.DataFrame:
    """Leave out remarks that name an organisation: they tell who spoke, or of whom."""
    names = "|".join(re.escape(name.casefold()) for name in frames.organisations(session=session)["organisation"])
    if not names:
        return remarks
    # Whole words: an organisation may be called as a part of one.
    return remarks[~remarks["text"].str.casefold().str.contains(rf"(?<!\w)(?:{names})(?!\w)", regex=True)]


def _started(reply_ids: tuple[int, ...], session: Session) -> pd.DataFrame:
    replies = frames.replies(session=session)
    themes = frames.themes(session=session).set_index("theme_id")
    ideas = savings_frames.ideas(session=session).set_index("idea_id")
    rows = []
    for reply in replies[replies["reply_id"].isin(reply_ids)].sort_values("reply_id").to_dict("records"):
        is_theme = pd.notna(reply["theme_id"])
        key = "theme_id" if is_theme else "idea_id"
        if reply[key] not in (themes.index if is_theme else ideas.index):
            continue
        subject = themes.loc[reply[key]] if is_theme else ideas.loc[reply[key]]
        # The newest stands on top.
        now = replies.loc[replies[key] == reply[key], "reply"].iloc[0]
        rows.append(
            {
                "kind": reply["reply"], "name_nl": subject["name_nl" if is_theme else "title"],
                "name_en": subject["name_en" if is_theme else "title"], "text": reply["text"], "owner": reply["owner"],
                "due_on": None if pd.isna(reply["due_on"]) else reply["due_on"].date(), "now": now,
            }
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["kind", "name_nl", "name_en", "text", "owner", "due_on", "now"])
