"""What a room voted: figures of enough people, by organisation only where its group is large enough."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd
from sqlmodel import Session, col, select

from feedback.store.tables import PanelSession, Poll, SavingsIdea, ServiceArea, Theme, Workshop, now
from feedback.workshop import polls
from feedback.workshop.polls import Vote

_FIGURES = ["total", "mean", "n", "more", "keep", "less", "high"]
# On a scale from 1 to 5: from here on people feel heard.
HIGH = 4


@dataclass(frozen=True)
class Result:
    """The result of a poll.

    Attributes
    ----------
    vote : Vote
    voters : int
    is_hidden : bool
        Fewer people voted than may be shown: then the frames are empty of figures.
    rows : DataFrame
        A row an option, those with most first: option, name_nl, name_en ("" for a question without options), total (dots; or
        the sum of what was given), mean, n (people who gave something), more, keep, less (people who gave more than 0, 0, less),
        high (people who gave at least `HIGH`).
    by_organisation : DataFrame
        option, organisation, n, total, mean, more, keep, less, high: of organisations from which enough people voted.
    """

    vote: Vote
    voters: int
    is_hidden: bool
    rows: pd.DataFrame
    by_organisation: pd.DataFrame


@dataclass(frozen=True)
class Heard:
    """What a room answered to *voelt u zich gehoord?*, on a scale from 1 to 5.

    Attributes
    ----------
    workshop_id : int
    name : str
        Of the session.
    held_on : date
    high, n : int
        People who gave at least `HIGH`, and all who answered.
    mean : float
    """

    workshop_id: int
    name: str
    held_on: dt.date
    high: int
    n: int
    mean: float


def results(poll_id: int, *, threshold: int, session: Session) -> Result:
    """Count a poll.

    Parameters
    ----------
    poll_id : int
    threshold : int
        Fewest people whose votes may be shown together.
    session : Session

    Returns
    -------
    Result

    Raises
    ------
    UserError
        When there is no such poll.
    """
    vote = polls.vote(poll_id, session=session)
    cast = polls.ballots(poll_id, session=session)
    voters = int(cast["participant_id"].nunique())
    hidden = voters < threshold
    if hidden:
        cast = cast.iloc[:0]
    names = _names(vote, session)
    rows = pd.DataFrame({"option": list(vote.options)})
    rows["name_nl"] = [names.get(option, ("", ""))[0] for option in vote.options]
    rows["name_en"] = [names.get(option, ("", ""))[1] for option in vote.options]
    rows = rows.merge(_counted(cast, ["option"]), on="option", how="left")
    for name in ("total", "n", "more", "keep", "less", "high"):
        rows[name] = rows[name].fillna(0).astype(int)
    rows = rows.sort_values(["total", "mean"], ascending=False, kind="stable", na_position="last").reset_index(
        drop=True
    )
    groups = _counted(cast.dropna(subset="organisation"), ["option", "organisation"])
    return Result(
        vote, voters, hidden, rows, _large(groups, dict(zip(rows["option"], rows["n"], strict=True)), threshold)
    )


def last_heard(*, threshold: int, session: Session) -> Heard | None:
    """Give what the last room that was asked so said to *voelt u zich gehoord?*

    Parameters
    ----------
    threshold : int
        Fewest people whose votes may be shown together.
    session : Session

    Returns
    -------
    Heard or None
        Of the newest session in which enough people answered; no rehearsals, and of a room that is open only what it saw.
    """
    found = session.exec(
        select(Poll, PanelSession)
        .join(Workshop, col(Poll.workshop_id) == Workshop.id)
        .join(PanelSession, col(Workshop.session_id) == PanelSession.id)
        .where(
            Poll.kind == "heard", col(Poll.closed_at).is_not(None), col(Workshop.is_rehearsal).is_(False),
            col(Poll.shown_at).is_not(None) | col(Workshop.code).is_(None) | (col(Workshop.expires_at) < now()),
        )
        .order_by(col(PanelSession.held_on).desc(), col(Poll.id).desc())
    ).all()  # fmt: skip
    for poll, panel in found:
        result = results(poll.id or 0, threshold=threshold, session=session)
        if not result.is_hidden:
            row = result.rows.iloc[0]
            return Heard(
                poll.workshop_id, panel.name, panel.held_on, int(row["high"]), int(row["n"]), float(row["mean"])
            )
    return None


def _large(groups: pd.DataFrame, everybody: dict[str, int], threshold: int) -> pd.DataFrame:
    """Leave out what few people of an organisation gave an option, and what would tell it of the rest."""
    shown = groups[groups["n"] >= threshold]
    kept: list[int] = []
    for option, of_option in shown.groupby("option", sort=False):
        mine = of_option.sort_values("n", ascending=False, kind="stable")
        while len(mine) and 0 < everybody[str(option)] - mine["n"].sum() < threshold:
            mine = mine.iloc[:-1]
        kept.extend(mine.index)
    return shown.loc[sorted(kept)].reset_index(drop=True)


def _counted(cast: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    if cast.empty:
        return pd.DataFrame(columns=[*by, *_FIGURES])
    given = cast.assign(
        more=cast["value"] > 0, keep=cast["value"] == 0, less=cast["value"] < 0, high=cast["value"] >= HIGH
    )
    return given.groupby(by, as_index=False).agg(
        total=("value", "sum"), mean=("value", "mean"), n=("participant_id", "nunique"), more=("more", "sum"),
        keep=("keep", "sum"), less=("less", "sum"), high=("high", "sum"),
    )  # fmt: skip


def _names(vote: Vote, session: Session) -> dict[str, tuple[str, str]]:
    """Give what the options are called, in both languages."""
    if vote.kind == "worth":
        rows = session.exec(select(ServiceArea).where(col(ServiceArea.key).in_(vote.options))).all()
        return {row.key: (row.name_nl, row.name_en) for row in rows}
    ids = [int(option) for option in vote.options if option.isdecimal()]
    if vote.kind == "dots_themes":
        themes = session.exec(select(Theme).where(col(Theme.id).in_(ids))).all()
        return {str(row.id): (row.name_nl, row.name_en) for row in themes}
    ideas = session.exec(select(SavingsIdea).where(col(SavingsIdea.id).in_(ids))).all()
    return {str(row.id): (row.title, row.title) for row in ideas}
