"""What a room voted: figures of enough people, by organisation only where its group is large enough."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sqlmodel import Session, col, select

from feedback.store.tables import SavingsIdea, ServiceArea, Theme
from feedback.workshop import polls
from feedback.workshop.polls import Vote

_FIGURES = ["total", "mean", "n", "more", "keep", "less"]


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
        the sum of what was given), mean, n (people who gave something), more, keep, less (people who gave more than 0, 0, less).
    by_organisation : DataFrame
        option, organisation, n, total, mean, more, keep, less: of organisations from which enough people voted.
    """

    vote: Vote
    voters: int
    is_hidden: bool
    rows: pd.DataFrame
    by_organisation: pd.DataFrame


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
    for name in ("total", "n", "more", "keep", "less"):
        rows[name] = rows[name].fillna(0).astype(int)
    rows = rows.sort_values(["total", "mean"], ascending=False, kind="stable", na_position="last").reset_index(
        drop=True
    )
    groups = _counted(cast.dropna(subset="organisation"), ["option", "organisation"])
    return Result(
        vote, voters, hidden, rows, _large(groups, dict(zip(rows["option"], rows["n"], strict=True)), threshold)
    )


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
    given = cast.assign(more=cast["value"] > 0, keep=cast["value"] == 0, less=cast["value"] < 0)
    return given.groupby(by, as_index=False).agg(
        total=("value", "sum"), mean=("value", "mean"), n=("participant_id", "nunique"), more=("more", "sum"),
        keep=("keep", "sum"), less=("less", "sum"),
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
