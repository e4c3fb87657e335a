"""How large themes are, and whether they rise or fall: said only where a test says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from feedback.codes import codes_of, distinct_of

Counted = npt.NDArray[np.int64]
Change = Literal["rising", "falling", "new", "gone", "steady"]
CHANGES: tuple[Change, ...] = get_args(Change)
# Share of false alarms accepted among the themes called rising or falling (Benjamini-Hochberg).
FALSE_ALARMS = 0.10
# Fewer people than this behind a theme, last and before together, is too few to say anything of its course.
FEWEST_PEOPLE = 3
# A theme that was answered and is mentioned less since, with so small a chance that nothing changed, did not come back.
SURELY_LESS = 0.05
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
    theme, themes = codes_of(remarks["theme"])
    person, _ = codes_of(remarks["person"])
    named = (theme >= 0) & (person >= 0)
    width = int(person.max(initial=0)) + 1
    voices, each = np.unique(theme[named] * width + person[named], return_counts=True)
    most = np.zeros(len(themes), dtype=np.int64)
    np.maximum.at(most, voices // width, each)
    by_name = np.bincount(theme[named], minlength=len(themes))
    sizes = pd.DataFrame(
        {"remarks": np.bincount(theme[theme >= 0], minlength=len(themes)), "named": by_name,
         "people": np.bincount(voices // width, minlength=len(themes))},
        index=pd.Index(themes.astype("str"), name="theme"),
    )  # fmt: skip
    sizes["unknown"] = sizes["remarks"] - sizes["named"]
    sizes["loud"] = (by_name >= LOUD_FROM) & (most > LOUD_SHARE * by_name) & (most > 1)
    sizes = sizes.loc[sizes["remarks"] > 0, ["remarks", "people", "unknown", "loud"]]
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
    counts = _count(remarks)
    sessions, themes = counts.sessions, counts.themes
    table = sessions.loc[np.repeat(np.arange(len(sessions)), len(themes))].reset_index(drop=True)
    table["theme"] = pd.Series(themes * len(sessions), dtype="str")
    table["remarks"], table["people"] = counts.remarks.ravel(), counts.people.ravel()
    table["of"] = np.repeat(counts.of, len(themes))
    table["share"] = table["people"] / table["of"].where(table["of"] > 0)
    return table[["session_id", "session", "date", "theme", "remarks", "people", "of", "share"]]


@dataclass(frozen=True)
class _Counts:
    """Remarks and people, a row a session (oldest first), a column a theme; and the people who spoke in each session."""

    sessions: pd.DataFrame
    themes: list[str]
    remarks: Counted
    people: Counted
    of: Counted


def _count(remarks: pd.DataFrame) -> _Counts:
    number, first = np.unique(remarks["session_id"].to_numpy(dtype=np.int64), return_index=True)
    day = remarks["date"].to_numpy()
    at = np.searchsorted(number, remarks["session_id"].to_numpy(dtype=np.int64))
    last_day = np.full(len(number), np.datetime64("0001-01-01"), dtype=day.dtype)
    np.maximum.at(last_day, at, day)
    order = np.lexsort((number, last_day))
    sessions = pd.DataFrame(
        {"session_id": number, "session": remarks["session"].to_numpy(dtype=object)[first], "date": last_day}
    )
    session = np.argsort(order)[at]
    numbers, values = codes_of(remarks["theme"])
    themes = sorted(map(str, values[np.bincount(numbers[numbers >= 0], minlength=len(values)) > 0]))
    theme = np.append(pd.Index(themes).get_indexer(values.astype("str")), -1)[numbers]
    person, _ = codes_of(remarks["person"])
    shape = len(number), len(themes)
    cell = np.where(theme >= 0, session * len(themes) + theme, -1)
    return _Counts(
        sessions.loc[order].reset_index(drop=True),
        themes,
        np.bincount(cell[cell >= 0], minlength=shape[0] * shape[1]).reshape(shape),
        distinct_of(cell, person, shape[0] * shape[1]).reshape(shape),
        distinct_of(session, person, shape[0]),
    )


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
    counts = _count(remarks)
    index = pd.Index(counts.themes, dtype="str", name="theme")
    nobody = np.zeros(len(index), dtype=np.int64)
    now, said_now = (part[-1] if len(part) else nobody for part in (counts.people, counts.remarks))
    then, said_then = counts.people[:-1].sum(axis=0, dtype=np.int64), counts.remarks[:-1].sum(axis=0)
    of_last, of_before = int(counts.of[-1:].sum()), int(counts.of[:-1].sum())
    share_last = now / of_last if of_last else np.full(len(index), np.nan)
    share_before = then / of_before if of_before else np.full(len(index), np.nan)
    # Chosen by both together, which says nothing of the change; rare themes do not weaken the test of others.
    tested = (now + then >= FEWEST_PEOPLE) & (of_last > 0) & (of_before > 0)
    logs = log_factorials_to(of_last + of_before)
    p = np.full(len(index), np.nan)
    p[tested] = [
        fisher(a, of_last - a, c, of_before - c, logs)
        for a, c in zip(now[tested].tolist(), then[tested].tolist(), strict=True)
    ]
    sure = np.zeros(len(index), dtype=bool)
    sure[tested] = benjamini_hochberg(p[tested], FALSE_ALARMS)
    more = share_last > share_before
    change = np.where(tested, "steady", "").astype(object)
    change[sure & more & (now >= FEWEST_PEOPLE)] = "rising"
    change[sure & ~more & (then >= FEWEST_PEOPLE)] = "falling"
    change[sure & ~more & (said_now == 0)] = "gone"
    change[tested & (said_then == 0) & (now >= FEWEST_PEOPLE)] = "new"
    return pd.DataFrame(
        {
            "n_last": now,
            "n_before": then,
            "share_last": share_last,
            "share_before": share_before,
            "p": p,
            "change": change,
        },
        index=index,
    )


def returning(remarks: pd.DataFrame, answered: Mapping[str, pd.Timestamp]) -> pd.DataFrame:
    """Tell which themes come back after they were answered.

    The people who mention a theme in the sessions after its answer are set against those in the sessions up to it, by the test of
    `fisher`; a person counts once a session, as in `trends`. A theme *comes back* when at least three different people mention it
    after the answer and the test does not show that it is mentioned less (p below 0.05).

    Parameters
    ----------
    remarks : DataFrame
        theme, person, session_id, session, date.
    answered : mapping of str to Timestamp
        Theme (key) to the day that customers heard the answer.

    Returns
    -------
    DataFrame
        Index theme (str), those answered; n_after, n_before (people who mention it, once a session), of_after, of_before (people who
        spoke, likewise), people (distinct, after), p (NaN where nobody spoke on one of both sides) and back (bool).
    """
    counts = session_counts(remarks)
    day = pd.Series([answered.get(theme) for theme in counts["theme"]], counts.index, dtype="datetime64[ns]")
    sides = {"after": counts[counts["date"] > day], "before": counts[counts["date"] <= day]}
    sums = {side: part.groupby("theme")[["people", "of"]].sum() for side, part in sides.items()}
    table = pd.DataFrame(index=pd.Index(list(answered), name="theme", dtype="str"))
    for name, column in (("n", "people"), ("of", "of")):
        for side, part in sums.items():
            table[f"{name}_{side}"] = part[column].reindex(table.index).fillna(0).astype(int)
    since = remarks[remarks["theme"].isin(table.index)]
    since = since[
        since["date"]
        > pd.Series([answered[str(theme)] for theme in since["theme"]], since.index, dtype="datetime64[ns]")
    ]
    spoke = since["person"].groupby(since["theme"].astype("str")).nunique()
    table["people"] = spoke.reindex(table.index).fillna(0).astype(int)
    logs = log_factorials_to(int((table["of_after"] + table["of_before"]).max()) if len(table) else 0)
    table["p"] = [
        fisher(now, of_now - now, then, of_then - then, logs) if of_now and of_then else np.nan
        for now, then, of_now, of_then in table[["n_after", "n_before", "of_after", "of_before"]].to_numpy().tolist()
    ]
    less = table["n_after"] * table["of_before"] < table["n_before"] * table["of_after"]
    table["back"] = (table["people"] >= FEWEST_PEOPLE) & ~(less & (table["p"] < SURELY_LESS))
    return table


def fisher(a: int, b: int, c: int, d: int, logs: npt.NDArray[np.float64] | None = None) -> float:
    """Test whether two groups differ, by Fisher's exact test.

    Parameters
    ----------
    a, b : int
        People of the first group who do, and who do not.
    c, d : int
        The same of the second group.
    logs : ndarray, shape (a + b + c + d + 1,) or more, optional
        See `log_factorials_to`; saves time where many tests are done.

    Returns
    -------
    float
        Two-sided p: the chance, with these totals, of a table no more likely than this one. The same as
        `scipy.stats.fisher_exact`, ten times as fast.
    """
    first, second, do = a + b, c + d, a + c
    table = log_factorials_to(first + second) if logs is None else logs
    lowest, highest = max(0, do - second), min(first, do)
    x = np.arange(lowest, highest + 1)
    log = -(table[x] + table[first - x] + table[do - x] + table[second - do + x])
    chance = np.exp(log - log.max())
    as_likely = chance <= chance[a - lowest] * (1 + 1e-7)
    return float(chance[as_likely].sum() / chance.sum())


def log_factorials_to(n: int) -> npt.NDArray[np.float64]:
    """Give the logarithms of 0! to n!.

    Parameters
    ----------
    n : int

    Returns
    -------
    ndarray, shape (n + 1,)
    """
    return np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, n + 1)))))


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
