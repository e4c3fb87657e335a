"""Mean grades with the uncertainty that their number brings."""

from __future__ import annotations

import numpy as np
import pandas as pd

from feedback.codes import codes_of
from feedback.scores.questions import counting

# What tells satisfaction, the best first.
SOURCES = ["general", "areas", "recommend"]
COLUMNS = ["grade", "low", "high", "n", "people", "sd"]


def summary(scores: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """Give the mean grade of every group, with its 95 % interval.

    Student's t interval ("The Probable Error of a Mean", Biometrika 6, 1908), held within 1-10. Every person counts
    once a group, with their mean; a row of unknown people counts for itself.

    Parameters
    ----------
    scores : DataFrame
        grade, person, row, batch_id and the columns to group by.
    by : str or list of str

    Returns
    -------
    DataFrame
        Index `by`; grade, low, high (NaN below two), n (means that the figure is made of), people (distinct, known), sd
        (with n - 1, NaN below two).
        Groups without a grade are not in it.
    """
    keys = [by] if isinstance(by, str) else by
    given = scores[scores[keys].notna().all(axis=1)]
    if given.empty:
        return pd.DataFrame(columns=COLUMNS, index=pd.Index([], name=keys[0])).astype(float)
    person, persons = codes_of(given["person"])
    # A row of unknown people counts for itself: it gets a number of its own, after those of the people.
    row = pd.factorize((given["batch_id"].to_numpy(dtype=np.int64) << 32) + given["row"].to_numpy(dtype=np.int64))[0]
    who = pd.Series(np.where(person >= 0, person, len(persons) + row), index=given.index, name="who")
    each = given["grade"].groupby([*(given[key] for key in keys), who], observed=True).mean()
    groups = each.groupby(level=keys, observed=True)
    table = pd.DataFrame({"grade": groups.mean(), "n": groups.size(), "sd": groups.std(ddof=1)})
    known = pd.Series(each.index.get_level_values("who") < len(persons), index=each.index)
    table["people"] = known.groupby(level=keys, observed=True).sum()
    half = half_width(table["sd"].to_numpy(dtype=float), table["n"].to_numpy())
    table["low"] = (table["grade"] - half).clip(1, 10)
    table["high"] = (table["grade"] + half).clip(1, 10)
    return table[COLUMNS]


def half_width(sd: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Give half the width of a 95 % t interval.

    Parameters
    ----------
    sd : ndarray of float
        Sample standard deviations (n - 1).
    n : ndarray of int

    Returns
    -------
    ndarray of float
        NaN below two.
    """
    from scipy.special import stdtrit

    enough = n >= 2
    t = stdtrit(np.maximum(n - 1, 1), 0.975)
    return np.where(enough, t * sd / np.sqrt(np.maximum(n, 1)), np.nan)


def overall(scores: pd.DataFrame) -> pd.DataFrame:
    """Give how satisfied people are from session to session, oldest first: one kind of question, never a mix.

    The grade for the services as a whole, in the sessions that asked for it. Where no session did, the grades for single
    service areas together; and only where there is nothing else, whether people would recommend the services.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores`.

    Returns
    -------
    DataFrame
        session_id, session, kind, date, grade, low, high, n, people, source (`general`, `areas` or `recommend`, the same
        everywhere), question ("" where several are taken together), scale_low and scale_high.
    """
    told = ["source", "question", "scale_low", "scale_high"]
    if scores.empty:
        return pd.DataFrame(columns=["session_id", "session", "kind", "date", *COLUMNS, *told])
    given = one_kind(scores)
    if given.empty:
        return pd.DataFrame(columns=["session_id", "session", "kind", "date", *COLUMNS, *told])
    scale = ["scale_low", "scale_high"]
    most = given.groupby(["session_id", *scale])["score_id"].size().reset_index().sort_values("score_id", kind="stable")
    given = given.merge(
        most.drop_duplicates("session_id", keep="last")[["session_id", *scale]], on=["session_id", *scale]
    )
    table = summary(given, "session_id")
    sessions = given.groupby("session_id", sort=False)
    named = sessions[["session", "kind", *told]].first().astype({"session": "str", "kind": "str"})
    named["date"] = sessions["date"].max()
    named["question"] = named["question"].where(sessions["question"].nunique() == 1, "")
    course: pd.DataFrame = named.join(table, how="inner")
    return course.reset_index().sort_values(["date", "session_id"], ignore_index=True)


def one_kind(scores: pd.DataFrame) -> pd.DataFrame:
    """Keep the scores that tell best how satisfied people are; see `overall`.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores`.

    Returns
    -------
    DataFrame
        Rows of `scores`, with source beside them.
    """
    given = counting(scores)
    source = np.select([given["recommends"], given["area"].isna()], ["recommend", "general"], "areas")
    given = given.assign(source=source, question=given["question"].astype(object))
    return given[given["source"] == min(given["source"].unique(), key=SOURCES.index, default="")]


def decimals(first: float, second: float) -> int:
    """Tell with how many decimals to write two grades and their difference, so that they agree as they stand.

    Parameters
    ----------
    first, second : float

    Returns
    -------
    int
        One; two where the rounded grades would tell another difference than the difference rounded (6.16 and 6.14: 6.2, 6.1, 0.0).
    """
    apart = round(second, 1) - round(first, 1)
    return 1 if abs(apart - round(second - first, 1)) < 0.05 or first != first or second != second else 2


def before_last(course: pd.DataFrame) -> pd.Series | None:
    """Give the last session before the newest that the newest can be set against: of the same kind, on the same scale.

    A yearly survey asks other people than a session does.

    Parameters
    ----------
    course : DataFrame
        See `overall`.

    Returns
    -------
    Series or None
    """
    same = ["kind", "scale_low", "scale_high"]
    earlier = course.iloc[:-1]
    alike = earlier[(earlier[same] == course.iloc[-1][same]).all(axis=1)]
    return alike.iloc[-1] if len(alike) else None
