"""Waardevol of kan minder: what organisations voted that services are worth; typed totals in, protected figures out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from feedback.i18n import UserError
from feedback.text.tokens import fold

ANSWERS = ("less", "keep", "more")
# As people type them, behind service and organisation.
COLUMNS = ("more", "keep", "less")
_SEPARATORS = ("\t", ";", "|", ",")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,6}")


class Vote(NamedTuple):
    """How often each answer was given."""

    more: int
    keep: int
    less: int


def read(typed: str, areas: Mapping[str, int], organisations: Mapping[str, int]) -> dict[tuple[int, int], Vote]:
    """Read totals as a person typed or pasted them: service, organisation, more, keep, can be less; one line each.

    Parameters
    ----------
    typed : str
        Parts set apart by tabs (as a spreadsheet copies them), semicolons, upright strokes or commas. A first line
        without figures is a heading.
    areas, organisations : mapping of str to int
        Name to id; any case and accents.

    Returns
    -------
    dict of (int, int) to Vote
        By area's id and organisation's id; without lines that count nobody.

    Raises
    ------
    UserError
        When a line cannot be used; the message names the line and what is wrong with it.
    """
    known_areas = {fold(name): key for name, key in areas.items()}
    known = {fold(name): key for name, key in organisations.items()}
    votes: dict[tuple[int, int], Vote] = {}
    lines = [(at, line) for at, line in enumerate(typed.splitlines(), 1) if line.strip()]
    for first, (at, line) in enumerate(lines):
        parts = _parts(line)
        if len(parts) != 2 + len(COLUMNS):
            raise UserError("savings.error.worth_columns", line=at)
        area, organisation, *figures = parts
        if first == 0 and not any(any(char.isdigit() for char in figure) for figure in figures):
            continue
        if fold(area) not in known_areas:
            raise UserError("savings.error.worth_area", line=at, text=area, names=", ".join(areas))
        if fold(organisation) not in known:
            raise UserError(
                "savings.error.worth_organisation", line=at, text=organisation, names=", ".join(organisations)
            )
        key = known_areas[fold(area)], known[fold(organisation)]
        if key in votes:
            raise UserError("savings.error.worth_twice", line=at, area=area, organisation=organisation)
        votes[key] = Vote(*(_count(figure, at) for figure in figures))
    return {key: vote for key, vote in votes.items() if sum(vote)}


def _parts(line: str) -> list[str]:
    separator = next((one for one in _SEPARATORS if one in line), ";")
    return [part.strip() for part in line.strip().split(separator)]


def _count(figure: str, line: int) -> int:
    if not figure:
        return 0
    if not _NUMBER.fullmatch(figure):
        raise UserError("savings.error.worth_number", line=line, text=figure)
    return int(figure.replace(".", ""))


def write(votes: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Write votes as `read` takes them.

    Parameters
    ----------
    votes : DataFrame
        area (key), organisation, more, keep, less.
    names : mapping of str to str
        Area's key to its name.

    Returns
    -------
    str
    """
    rows = votes.to_dict("records")
    return "\n".join(
        "; ".join([names[row["area"]], row["organisation"], *(str(row[name]) for name in COLUMNS)]) for row in rows
    )


def latest(votes: pd.DataFrame) -> pd.DataFrame:
    """Keep the last vote on every service.

    Parameters
    ----------
    votes : DataFrame
        See `store.savings_frames.worth_votes`.

    Returns
    -------
    DataFrame
        Rows of `votes`.
    """
    last = votes.groupby("area")["asked_on"].transform("max")
    return votes[votes["asked_on"] == last].reset_index(drop=True)


def may_show(votes: pd.DataFrame, threshold: int) -> pd.Series:
    """Tell which organisations' votes may be shown beside the total of the whole panel.

    Of one service on one day: an organisation of fewer voters than the threshold is hidden. What is hidden is the
    difference of the total and what is shown, so it must be of at least as many voters together: where it is of
    fewer, the smallest of the others is hidden too.

    Parameters
    ----------
    votes : DataFrame
        area, asked_on, organisation, more, keep, less.
    threshold : int

    Returns
    -------
    Series of bool
        Indexed as `votes`.
    """
    shown = pd.Series(False, index=votes.index)
    sizes = votes[list(COLUMNS)].sum(axis=1)
    for _, part in votes.groupby(["area", "asked_on"], observed=True):
        own = sizes[part.index].to_frame("n").assign(name=part["organisation"].astype("str"))
        order = own.sort_values(["n", "name"])["n"]
        hidden = int((order < threshold).sum())
        while hidden and hidden < len(order) and order.iloc[:hidden].sum() < threshold:
            hidden += 1
        shown[order.index[hidden:]] = True
    return shown


def totals(votes: pd.DataFrame) -> pd.DataFrame:
    """Add the votes up by service.

    Parameters
    ----------
    votes : DataFrame
        area, asked_on, more, keep, less.

    Returns
    -------
    DataFrame
        area, asked_on (of the last vote), more, keep, less, n, lead (the answer given most; the milder one of two alike)
        and share (of `less`); the service that can do with less first.
    """
    table = votes.groupby("area", as_index=False, sort=False).agg(
        asked_on=("asked_on", "max"), more=("more", "sum"), keep=("keep", "sum"), less=("less", "sum")
    )
    table["n"] = table[list(COLUMNS)].sum(axis=1)
    # Keep comes first: where it is as often given as another answer, nothing has to change.
    table["lead"] = table[["keep", "more", "less"]].idxmax(axis=1) if len(table) else pd.Series(dtype="str")
    table["share"] = table["less"] / table["n"].clip(lower=1)
    return table.sort_values(["share", "n", "area"], ascending=[False, False, True]).reset_index(drop=True)
