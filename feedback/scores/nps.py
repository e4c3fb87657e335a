"""Net promoter score: how many more people would recommend the services than would not."""

from __future__ import annotations

import math

import pandas as pd

from feedback.scores.chance import Z
from feedback.scores.questions import about

COLUMNS = ["area", "session_id", "session", "date", "nps", "low", "high", "n", "promoters", "detractors"]


def net(promoters: int, detractors: int, n: int) -> tuple[float, float, float]:
    """Give the net promoter score with its 95 % interval.

    F. F. Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003. The interval is the
    adjusted Wald of B. Rocks, "Interval Estimation for the 'Net Promoter Score'", Am. Stat. 70 (2016): three answers are
    added, three quarters of one to the promoters and as many to the detractors.

    Parameters
    ----------
    promoters, detractors, n : int
        n counts the passives too.

    Returns
    -------
    (nps, low, high) : tuple of float
        From -100 to 100; NaN where n is 0.
    """
    if n <= 0:
        return math.nan, math.nan, math.nan
    for_, against = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    half = Z * math.sqrt((for_ + against - (for_ - against) ** 2) / (n + 3))
    low, high = for_ - against - half, for_ - against + half
    return 100 * (promoters - detractors) / n, max(-100.0, 100 * low), min(100.0, 100 * high)


def measured(scores: pd.DataFrame) -> pd.DataFrame:
    """Give the net promoter score of every session that asked on a scale from 0 to 10 whether people would recommend.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores`.

    Returns
    -------
    DataFrame
        area (key, NA for the services as a whole), session_id, session, date, nps, low, high (see `net`), n, promoters
        (answers of 9 and 10), detractors (0 to 6); oldest first. A person counts once a session, with the last answer.
    """
    if scores.empty:
        return pd.DataFrame(columns=COLUMNS)
    given = scores[(scores["scale_low"] == 0) & (scores["scale_high"] == 10)]
    given = given[about(given["question"]) == "recommend"]
    if given.empty:
        return pd.DataFrame(columns=COLUMNS)
    row = "?" + given["batch_id"].astype("str") + "/" + given["row"].astype("str")
    who = given["person"].astype("str").where(given["person"].notna(), row)
    # Stored as a grade from 1 to 10; the answer itself was a whole number.
    given = given.assign(answer=((given["grade"] - 1) / 0.9).round(6), who=who).astype({"area": object})
    given = given.drop_duplicates(["area", "session_id", "who"], keep="last")
    rows = []
    for (area, session_id), group in given.groupby(["area", "session_id"], dropna=False, observed=True):
        n, promoters = len(group), int((group["answer"] >= 9).sum())
        detractors = int((group["answer"] <= 6).sum())
        found = net(promoters, detractors, n)
        told = (area, session_id, str(group["session"].iloc[0]), group["date"].max())
        rows.append((*told, *found, n, promoters, detractors))
    return pd.DataFrame(rows, columns=COLUMNS).sort_values(["date", "session_id"], ignore_index=True)
