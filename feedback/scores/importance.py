"""Importance against performance: which service to work on first, and what drives the grade."""

from __future__ import annotations

import numpy as np
import pandas as pd

from feedback.scores.chance import correlation, welch
from feedback.scores.grades import half_width, one_kind, summary
from feedback.scores.questions import about, counting

# Fewer answers than this behind a service, and its place says nothing.
FEWEST_STATED = 10
# A correlation of fewer pairs is anything: of 30 pairs, one of 0.5 lies between 0.17 and 0.73.
FEWEST_DERIVED = 30
# Quadrants need something to stand against.
FEWEST_AREAS = 3
# People with a grade, without those who spoke about a theme; and people who spoke about it.
FEWEST_GRADED = 30
FEWEST_SPEAKERS = 5
QUADRANTS = ("first", "keep", "later", "less")


def who_of(frame: pd.DataFrame) -> pd.Series:
    """Name who gave or said something; a row of unknown people is one person of its own."""
    who = frame["person"].astype(object)
    unknown = frame[frame["person"].isna()]
    who.loc[unknown.index] = "?" + unknown["batch_id"].astype("str") + "/" + unknown["row"].astype("str")
    return who


def stated(scores: pd.DataFrame) -> pd.DataFrame:
    """Give how important people say every service is, in the last session that asked.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores`.

    Returns
    -------
    DataFrame
        Index area; importance (mean of 1-10), importance_low, importance_high, importance_n (see `grades.summary`).
    """
    given = scores[scores["area"].notna()]
    given = given[(about(given["question"]) == "importance").to_numpy(dtype=bool)].astype({"area": "str"})
    last = given.sort_values(["date", "session_id"]).drop_duplicates("area", keep="last")[["area", "session_id"]]
    found = summary(given.merge(last, on=["area", "session_id"]), "area")
    return _importance(found[["grade", "low", "high", "n"]])


def derived(scores: pd.DataFrame) -> pd.DataFrame:
    """Derive how important every service is: how its grade goes together with the grade for the services as a whole.

    The correlation over people who gave both, each with the mean of what they gave; see `chance.correlation`. Of the ways
    to derive importance that A. Gustafsson and M. D. Johnson compare ("Determining Attribute Importance in a Service
    Satisfaction Model", J. Serv. Res. 7, 2004) it is the plainest, and it can be taken where people graded other
    services each. It tells what goes together, not what causes what.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores`.

    Returns
    -------
    DataFrame
        Index area; importance (correlation), importance_low, importance_high, importance_n (people who gave both).
    """
    given = counting(scores)
    if given.empty:
        return _importance(pd.DataFrame(columns=["grade", "low", "high", "n"], dtype=float))
    given = given[~given["recommends"]]
    given = given.assign(who=who_of(given), area=given["area"].astype(object).fillna(""))
    each = given.groupby(["who", "area"], observed=True)["grade"].mean().unstack("area")
    rows = {}
    for area in each.columns.drop("", errors="ignore"):
        both = each[["", area]].dropna() if "" in each else each.iloc[:0]
        pairs = both.to_numpy(dtype=float)
        rows[str(area)] = (*correlation(pairs[:, 0], pairs[:, -1]), len(both))
    return _importance(pd.DataFrame.from_dict(rows, orient="index", columns=["grade", "low", "high", "n"]))


def _importance(found: pd.DataFrame) -> pd.DataFrame:
    names = {"grade": "importance", "low": "importance_low", "high": "importance_high", "n": "importance_n"}
    return found.rename(columns=names).rename_axis("area")


def quadrants(table: pd.DataFrame) -> tuple[pd.DataFrame, float, float]:
    """Say of every service in which quarter it stands.

    J. A. Martilla and J. C. James, "Importance-Performance Analysis", Journal of Marketing 41 (1977): important and weak is
    *concentrate here*, important and good *keep up the good work*, the other two *low priority* and *possible overkill*. The
    lines are drawn at the means of the services shown; their fourteen attributes of a car dealer are the worked example.

    Parameters
    ----------
    table : DataFrame
        importance, grade; and where known importance_low, importance_high, low, high.

    Returns
    -------
    table : DataFrame
        With quadrant (first, keep, later, less) and sure: whether the intervals keep clear of both lines.
    importance, grade : float
        Where the lines are.
    """
    cut, line = float(table["importance"].mean()), float(table["grade"].mean())
    important, good = table["importance"] >= cut, table["grade"] >= line
    quadrant = np.select([important & ~good, important & good, ~important & ~good], ["first", "keep", "later"], "less")
    sure = pd.Series(True, index=table.index)
    for (low, high), at in ((("importance_low", "importance_high"), cut), (("low", "high"), line)):
        if low in table:
            sure &= (table[low] > at) | (table[high] < at)
    return table.assign(quadrant=quadrant, sure=sure), cut, line


def drivers(remarks: pd.DataFrame, scores: pd.DataFrame) -> tuple[pd.DataFrame, int, float]:
    """Tell what every theme does to the grade: the grade without the people who spoke about it.

    Leaving a group out and looking what becomes of the mean is the jackknife of M. H. Quenouille ("Notes on Bias in
    Estimation", Biometrika 43, 1956) for groups; whether those who spoke gave another grade than the others is
    `chance.welch`. It tells what goes together, not what causes what.

    Parameters
    ----------
    remarks, scores : DataFrame
        See `store.frames`; the grade is of one kind of question, see `grades.one_kind`.

    Returns
    -------
    table : DataFrame
        Index theme; n (people with a grade who spoke about it), grade (theirs), n_without, without (the grade of the others),
        low, high (95 % interval of that), pull (the grade of all minus without), p. Only themes of at least
        `FEWEST_SPEAKERS` people with a grade, that leave at least `FEWEST_GRADED` others; the largest pull down first.
    n : int
        People with a grade.
    grade : float
        The grade of all; NaN without one.
    """
    columns = ["n", "grade", "n_without", "without", "low", "high", "pull", "p"]
    nothing = pd.DataFrame(columns=columns, index=pd.Index([], name="theme"), dtype=float)
    given = one_kind(scores) if len(scores) else scores
    if given.empty:
        return nothing, 0, float("nan")
    grades = given["grade"].groupby(who_of(given).to_numpy()).mean()
    said = remarks[remarks["theme"].notna()]
    pairs = pd.DataFrame({"theme": said["theme"].astype("str"), "who": who_of(said)}).drop_duplicates()
    pairs = pairs[pairs["who"].isin(grades.index)]
    pairs["grade"] = pairs["who"].map(grades)
    n, total, squares = len(grades), float(grades.sum()), float((grades**2).sum())
    rows = {}
    for theme, part in pairs.groupby("theme")["grade"]:
        size = len(part)
        rest = n - size
        if size < FEWEST_SPEAKERS or rest < FEWEST_GRADED:
            continue
        mean = (total - float(part.sum())) / rest
        # Rounding may leave a hair below nought.
        spread = max(0.0, squares - float((part**2).sum()) - rest * mean * mean) / (rest - 1)
        told = welch((float(part.mean()), float(part.std(ddof=1)), size), (mean, spread**0.5, rest))
        rows[str(theme)] = (
            size,
            float(part.mean()),
            rest,
            mean,
            *_around(mean, spread**0.5, rest),
            total / n - mean,
            told.p,
        )
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("theme") if rows else nothing
    return table.sort_values(["pull", "n"], ascending=[True, False]), n, total / n


def _around(mean: float, sd: float, n: int) -> tuple[float, float]:
    half = float(half_width(np.array([sd]), np.array([n]))[0])
    return max(1.0, mean - half), min(10.0, mean + half)
