"""Frames of savings ideas made into what the portfolio chooses from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from feedback.savings.impact import harm
from feedback.savings.portfolio import Idea, State, open_ideas


def usable(weighed: pd.DataFrame) -> pd.Series:
    """Tell which ideas can be weighed at all: the euros are known, and the pain of one organisation or more.

    The others would otherwise come first in every portfolio: what nobody was asked about seems to hurt nobody.

    Parameters
    ----------
    weighed : DataFrame
        See `savings.impact.weigh`.

    Returns
    -------
    Series of bool
    """
    return weighed["eur"].notna() & weighed["pain"].notna()


def candidates(
    weighed: pd.DataFrame, impacts: pd.DataFrame, organisations: pd.DataFrame, links: pd.DataFrame
) -> list[Idea]:
    """Give the ideas that the portfolio may choose from.

    Parameters
    ----------
    weighed : DataFrame
        idea_id, eur, pain, one_off_cost, effort and state ("open", "done" or "refused").
    impacts, organisations : DataFrame
        See `savings.impact.pain`.
    links : DataFrame
        idea_id, other_id, kind; "excludes" and "requires" count.

    Returns
    -------
    list of Idea
        See `savings.portfolio.open_ideas`; those that are not `usable` are left out. Ids as text. An unknown
        one-off cost or effort counts as nothing.
    """
    hurt: dict[str, dict[str, float]] = {}
    each: Any
    for each in harm(impacts, organisations).dropna(subset="pain").itertuples():
        hurt.setdefault(str(each.idea_id), {})[str(each.organisation_id)] = float(each.pain)
    named: dict[str, dict[str, set[str]]] = {"excludes": {}, "requires": {}}
    for each in links[links["kind"].isin(list(named))].itertuples():
        named[each.kind].setdefault(str(each.idea_id), set()).add(str(each.other_id))
    known = dict(zip(weighed["idea_id"].astype(str), usable(weighed), strict=True))
    ideas = []
    for each in weighed.fillna({"eur": 0.0, "one_off_cost": 0.0, "effort": 0.0}).itertuples():
        key = str(each.idea_id)
        state: State = each.state
        ideas.append(
            Idea(
                key, float(each.eur), hurt.get(key, {}), float(each.one_off_cost), float(each.effort),
                frozenset(named["excludes"].get(key, ())), frozenset(named["requires"].get(key, ())), state,
            )
        )  # fmt: skip
    return [idea for idea in open_ideas(ideas) if known[idea.id]]
