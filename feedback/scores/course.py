"""The grade of each service area, from one measurement to the next, and whether the last step is more than noise."""

from __future__ import annotations

import pandas as pd

from feedback.scores.grades import COLUMNS, summary
from feedback.scores.questions import counting


def measurements(scores: pd.DataFrame) -> pd.DataFrame:
    """Give every service area its mean grade in every session that asked for it.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores`; grades for the services as a whole do not count, and of several questions on one
        service one (see `questions.asked`).

    Returns
    -------
    DataFrame
        area (key), session_id, session, kind, date, grade, low, high, n, people (see `grades.summary`); by area, oldest
        first.
    """
    given = counting(scores[scores["area"].notna()])
    if given.empty:
        return pd.DataFrame(columns=["area", "session_id", "session", "kind", "date", *COLUMNS])
    given = given.astype({"area": "str"})
    table = summary(given, ["area", "session_id"]).reset_index()
    sessions = given.drop_duplicates("session_id").set_index("session_id")[["session", "kind"]].astype("str")
    sessions["date"] = given.groupby("session_id")["date"].max()
    table = table.join(sessions, on="session_id").sort_values(["area", "date", "session_id"], ignore_index=True)
    return table[["area", "session_id", "session", "kind", "date", *COLUMNS]]


def latest(measured: pd.DataFrame) -> pd.DataFrame:
    """Compare the last measurement of every service area with the one before it: of the same kind, where there is one.

    A yearly survey asks other people than a session does.

    Parameters
    ----------
    measured : DataFrame
        See `measurements`.

    Returns
    -------
    DataFrame
        Index area; the columns of the last measurement, before (grade of the one before, NaN without one), before_n,
        before_session, step (last minus before) and clear: whether the step is more than noise, said only where the
        two 95 % intervals do not touch. That is stricter than a test at 5 % (Schenker & Gentleman, "On Judging the
        Significance of Differences by Examining the Overlap Between Confidence Intervals", Am. Stat. 55, 2001).
    """
    groups = measured.groupby("area", sort=False)
    last = groups.tail(1).set_index("area")
    earlier = measured[measured.duplicated("area", keep="last")]
    alike = (earlier["kind"] == earlier["area"].map(last["kind"])).sort_values(kind="stable").index
    before = earlier.loc[alike].groupby("area", sort=False).tail(1).set_index("area").reindex(last.index)
    last = last.assign(before=before["grade"].astype(float), before_session=before["session"], before_n=before["n"])
    last["step"] = last["grade"].astype(float) - last["before"]
    last["clear"] = (last["low"] > before["high"]) | (last["high"] < before["low"])
    return last
