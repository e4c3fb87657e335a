"""Mean grades with the uncertainty that their number brings."""

from __future__ import annotations

import numpy as np
import pandas as pd

COLUMNS = ["grade", "low", "high", "n", "people"]


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
        Index `by`; grade, low, high (NaN below two), n (means that the figure is made of), people (distinct, known).
        Groups without a grade are not in it.
    """
    keys = [by] if isinstance(by, str) else by
    given = scores[scores[keys].notna().all(axis=1)]
    if given.empty:
        return pd.DataFrame(columns=COLUMNS, index=pd.Index([], name=keys[0])).astype(float)
    row = "?" + given["batch_id"].astype("str") + "/" + given["row"].astype("str")
    who = given["person"].astype("str").where(given["person"].notna(), row)
    each = given["grade"].groupby([*(given[key] for key in keys), who.rename("who")], observed=True).mean()
    groups = each.groupby(level=keys, observed=True)
    table = pd.DataFrame({"grade": groups.mean(), "n": groups.size(), "sd": groups.std(ddof=1)})
    people = given.groupby(keys, observed=True)["person"].nunique()
    table["people"] = people.reindex(table.index).fillna(0).astype(int)
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
    """Give the mean grade over sessions, oldest first.

    Where a session has grades for the services as a whole those count, else the grades for single service areas.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores`.

    Returns
    -------
    DataFrame
        session_id, session, kind, date, grade, low, high, n, people, and source: `general` or `areas`, the grades
        that counted.
    """
    if scores.empty:
        return pd.DataFrame(columns=["session_id", "session", "kind", "date", *COLUMNS, "source"])
    general = scores["area"].isna()
    has_general = general.groupby(scores["session_id"]).transform("any")
    table = summary(scores[general | ~has_general], "session_id")
    named = scores.drop_duplicates("session_id").set_index("session_id")[["session", "kind"]]
    named["date"] = scores.groupby("session_id")["date"].max()
    table["source"] = general.groupby(scores["session_id"]).any().map({True: "general", False: "areas"})
    return named.join(table, how="inner").reset_index().sort_values(["date", "session_id"], ignore_index=True)
