"""How large themes are, and whether they rise or fall: said only where a test says so."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

Change = Literal["rising", "falling", "new", "gone", "steady"]
CHANGES: tuple[Change, ...] = get_args(Change)
# Share of false alarms accepted among the themes called rising or falling (Benjamini-Hochberg).
FALSE_ALARMS = 0.10
# Fewer people than this behind a theme, last and before together, is too few to say anything of its course.
FEWEST_PEOPLE = 3
# One loud voice: more than this share of a theme's remarks comes from one person.
LOUD_SHARE = 0.5
LOUD_FROM = 3


def theme_sizes(remarks: pd.DataFrame) -> pd.DataFrame:
    """Count the remarks of every theme and the people behind them.

    Parameters
    ----------
    remarks : DataFrame
        theme (key), person (NA: unknown); remarks without a theme do not count.

    Returns
    -------
    DataFrame
        Index theme (str); remarks, people (distinct, known), unknown (remarks of unknown people), loud (bool:
        *één luide stem*, more than half of the remarks of known people, and at least three in all, come from
        one person). The largest first.
    """
    known = remarks.loc[remarks["theme"].notna(), ["theme", "person"]]
    groups = known.groupby("theme", observed=True)["person"]
    sizes = pd.DataFrame({"remarks": groups.size(), "people": groups.nunique(), "named": groups.count()})
    most = known.dropna().groupby(["theme", "person"], observed=True).size().groupby("theme", observed=True).max()
    sizes["most"] = most.reindex(sizes.index).fillna(0).astype(int)
    sizes["unknown"] = sizes["remarks"] - sizes["named"]
    sizes["loud"] = (sizes["named"] >= LOUD_FROM) & (sizes["most"] > LOUD_SHARE * sizes["named"]) & (sizes["most"] > 1)
    sizes.index = sizes.index.astype("str")
    sizes = sizes[["remarks", "people", "unknown", "loud"]]
    return sizes.sort_values(["people", "remarks"], ascending=False, kind="stable")


def session_counts(remarks: pd.DataFrame) -> pd.DataFrame:
    """Count every theme in every session.

    Parameters
    ----------
    remarks : DataFrame
        theme, person (NA: unknown), session_id, session, date.

    Returns
    -------
    DataFrame
        A row a session and theme, zeros too, oldest session first: session_id, session (name), date (its last
        day), theme (str), remarks, people (distinct, known), of (known people who spoke in the session) and
        share (people / of; NaN where nobody is known).
    """
    sessions = remarks.groupby("session_id", observed=True, sort=False).agg(
        session=("session", "first"), date=("date", "max")
    )
    sessions = sessions.reset_index().sort_values(["date", "session_id"], ignore_index=True)
    # Counted as numbers: grouping by three columns takes ten times as long, on every click on a filter.
    session = pd.Index(sessions["session_id"]).get_indexer(pd.Index(remarks["session_id"]))
    themes = sorted(map(str, remarks["theme"].dropna().unique()))
    theme = pd.Index(themes).get_indexer(pd.Index(remarks["theme"].astype(object)))
    person, persons = pd.factorize(remarks["person"])
    cell = session * len(themes) + theme
    cells = len(sessions) * len(themes)
    placed, known = theme >= 0, person >= 0
    spoke = np.unique(session[known] * len(persons) + person[known]) // max(len(persons), 1)
    spoke_of = np.unique(cell[known & placed] * len(persons) + person[known & placed]) // max(len(persons), 1)
    table = sessions.loc[np.repeat(np.arange(len(sessions)), len(themes))].reset_index(drop=True)
    table["theme"] = pd.Series(themes * len(sessions), dtype="str")
    table["remarks"] = np.bincount(cell[placed], minlength=cells)
    table["people"] = np.bincount(spoke_of, minlength=cells)
    table["of"] = np.repeat(np.bincount(spoke, minlength=len(sessions)), len(themes))
    table["share"] = table["people"] / table["of"].where(table["of"] > 0)
    return table[["session_id", "session", "date", "theme", "remarks", "people", "of", "share"]]


def trends(remarks: pd.DataFrame) -> pd.DataFrame:
    """Compare the last session with all before it, theme by theme.

    In each of the two, the people who mention a theme are set against those who spoke and do not; two-sided
    exact test of R. A. Fisher ("Statistical Methods for Research Workers", 1934, section 21.02), corrected
    over all themes tested after Benjamini and Hochberg ("Controlling the False Discovery Rate", J. R. Stat.
    Soc. B 57, 1995). A person counts once a session: who comes to three sessions has three chances to mention
    a theme, and counted once they would make every theme look as if it fell in the last.

    Parameters
    ----------
    remarks : DataFrame
        theme, person, session_id, session, date.

    Returns
    -------
    DataFrame
        Index theme (str); n_last, n_before (people who mention it, once a session), share_last, share_before
        (0..1 of the people who spoke, once a session), p (NaN where not tested) and change: *new* (not one
        remark before, at least three people now), *gone* (the reverse, and the test says so), rising,
        falling, steady; "" where there are not two sessions of known people or fewer than three people.
    """
    counts = session_counts(remarks)
    sessions = counts.drop_duplicates("session_id")
    is_last = counts["session_id"] == (sessions["session_id"].iloc[-1] if len(sessions) else None)
    last = counts[is_last].set_index("theme")
    before = counts[~is_last].groupby("theme")[["remarks", "people"]].sum().reindex(last.index, fill_value=0)
    of_last = int(sessions["of"].iloc[-1]) if len(sessions) else 0
    of_before = int(sessions["of"].iloc[:-1].sum())
    table = pd.DataFrame({"n_last": last["people"], "n_before": before["people"]})
    table["share_last"] = table["n_last"] / of_last if of_last else np.nan
    table["share_before"] = table["n_before"] / of_before if of_before else np.nan
    # Chosen by both together, which says nothing of the change; rare themes do not weaken the test of others.
    tested = (table["n_last"] + table["n_before"] >= FEWEST_PEOPLE) & (of_last > 0) & (of_before > 0)
    table["p"] = np.nan
    table.loc[tested, "p"] = [
        fisher(int(now), of_last - int(now), int(then), of_before - int(then))
        for now, then in zip(table.loc[tested, "n_last"], table.loc[tested, "n_before"], strict=True)
    ]
    sure = pd.Series(False, index=table.index)
    sure[tested] = benjamini_hochberg(table.loc[tested, "p"].to_numpy(dtype=float), FALSE_ALARMS)
    more = table["share_last"] > table["share_before"]
    change = pd.Series(np.where(tested, "steady", ""), index=table.index, dtype=object)
    change[sure & more & (table["n_last"] >= FEWEST_PEOPLE)] = "rising"
    change[sure & ~more & (table["n_before"] >= FEWEST_PEOPLE)] = "falling"
    change[sure & ~more & (last["remarks"] == 0)] = "gone"
    change[tested & (before["remarks"] == 0) & (table["n_last"] >= FEWEST_PEOPLE)] = "new"
    table["change"] = change
    return table


def fisher(a: int, b: int, c: int, d: int) -> float:
    """Test whether two groups differ, by Fisher's exact test.

    Parameters
    ----------
    a, b : int
        People of the first group who do, and who do not.
    c, d : int
        The same of the second group.

    Returns
    -------
    float
        Two-sided p: the chance, with these totals, of a table no more likely than this one. The same as
        `scipy.stats.fisher_exact`, five times as fast.
    """
    from scipy.special import gammaln

    first, second, do = a + b, c + d, a + c
    x = np.arange(max(0, do - second), min(first, do) + 1)
    log = -sum(gammaln(part + 1) for part in (x, first - x, do - x, second - do + x))
    chance = np.exp(log - log.max())
    as_likely = chance <= chance[a - x[0]] * (1 + 1e-7)
    return float(chance[as_likely].sum() / chance.sum())


def benjamini_hochberg(p: npt.NDArray[np.float64], level: float) -> npt.NDArray[np.bool_]:
    """Tell which tests hold when a share `level` of those that hold may be false.

    Parameters
    ----------
    p : ndarray, shape (n,)
        P-values.
    level : float

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    n = len(p)
    if n == 0:
        return np.zeros(0, dtype=bool)
    order = np.argsort(p, kind="stable")
    below = p[order] <= level * np.arange(1, n + 1) / n
    holds = np.zeros(n, dtype=bool)
    if below.any():
        holds[order[: np.flatnonzero(below)[-1] + 1]] = True
    return holds
