"""Expectation beside experience, and what own staff think beside what customers gave."""

from __future__ import annotations

import numpy as np
import pandas as pd

from feedback.scores.chance import Difference, welch
from feedback.scores.course import measurements
from feedback.scores.grades import half_width, summary
from feedback.scores.importance import who_of
from feedback.scores.questions import counting

COLUMNS = [
    "grade", "low", "high", "n", "session",
    "expected", "expected_low", "expected_high", "expected_n",
    "gap", "gap_low", "gap_high", "gap_n", "paired",
    "estimate", "estimate_low", "estimate_high", "estimate_n", "estimate_session", "estimate_date",
    "blind", "blind_low", "blind_high",
]  # fmt: skip
_PARTS = ["grade", "low", "high", "n", "sd"]


def paired(steps: pd.Series) -> Difference:
    """Compare two answers of the same people: the mean of each person's difference.

    Student's own way with the two sleeping drugs that the same ten patients took ("The Probable Error of a Mean",
    Biometrika 6, 1908): a mean difference of 1.58, as R's `t.test(paired = TRUE)` has it between 0.70 and 2.46.

    Parameters
    ----------
    steps : Series of float
        A difference a person.

    Returns
    -------
    Difference
        low, high and p are NaN below two people, or where all differ alike.
    """
    from scipy.special import stdtr

    n, mean = len(steps), float(steps.mean())
    sd = float(steps.std(ddof=1)) if n > 1 else 0.0
    if not sd:
        return Difference(mean, float("nan"), float("nan"), float("nan"))
    half = float(half_width(np.array([sd]), np.array([n]))[0])
    p = float(2 * stdtr(n - 1, -abs(mean) / (sd / n**0.5)))
    return Difference(mean, mean - half, mean + half, p)


def estimates(own: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Give what own staff think of every service, in the last session in which enough of them did.

    What they expect is their estimate too where they were asked for no grade ("which grade do you expect from customers?").

    Parameters
    ----------
    own : DataFrame
        Scores of own staff, see `store.frames.scores` and `questions.marked`.
    threshold : int
        Fewest distinct people behind a figure. A session counts whole or not at all, so that no filter can take a
        small group out of one.

    Returns
    -------
    DataFrame
        Index area; session_id, session, date, the columns of `grades.summary`.
    """
    asked = own[own["area"].notna()]
    graded = asked.loc[asked["counts"], ["session_id", "area"]].drop_duplicates()
    told = asked.merge(graded.assign(graded=True), on=["session_id", "area"], how="left")
    instead = (told["about"] == "expectation") & told["graded"].isna()
    found = told[(told["counts"] & ~told["recommends"]) | instead].drop(columns="graded")
    measured = measurements(found.assign(counts=True))
    enough = measured[measured["people"] >= threshold]
    return enough.groupby("area", sort=False).tail(1).set_index("area").drop(columns="kind")


def expected(scores: pd.DataFrame) -> pd.DataFrame:
    """Give what customers expect of every service, in the last session that asked.

    Parameters
    ----------
    scores : DataFrame
        See `store.frames.scores` and `questions.marked`.

    Returns
    -------
    DataFrame
        Index area; session_id and the columns of `grades.summary`.
    """
    last = _last_asked(scores)
    table = summary(last, "area")
    return table.assign(session_id=last.drop_duplicates("area").set_index("area")["session_id"].reindex(table.index))


def _last_asked(scores: pd.DataFrame) -> pd.DataFrame:
    asked = scores[scores["area"].notna()]
    asked = asked[(asked["about"] == "expectation").to_numpy(dtype=bool)].astype({"area": "str"})
    last = asked.sort_values(["date", "session_id"]).drop_duplicates("area", keep="last")[["area", "session_id"]]
    return asked.merge(last, on=["area", "session_id"])


def beside(scores: pd.DataFrame, own: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Set the grade of every service beside what was expected of it and beside what own staff think.

    Experience minus expectation is the gap of A. Parasuraman, V. A. Zeithaml and L. L. Berry ("SERVQUAL", Journal of
    Retailing 64, 1988). It is taken over people who gave both in one session, see `paired`; where nobody did, it is the
    difference of two means (`chance.welch`), as that between own staff and customers always is.

    Parameters
    ----------
    scores : DataFrame
        Of customers, see `store.frames.scores` and `questions.marked`.
    own : DataFrame
        Of own staff, likewise.
    threshold : int
        See `estimates`.

    Returns
    -------
    DataFrame
        Index area, those with an expectation or an estimate; grade, low, high, n, session (of the session that asked for
        the expectation, else the last measured; NaN where there is none), expected (with _low, _high, _n), gap (grade minus
        expected, with 95 % interval gap_low, gap_high, gap_n and paired: whether the same people gave both), estimate (with
        _low, _high, _n, _session, _date) and blind (estimate minus grade, with 95 % interval). A difference is noise where
        its interval holds 0 or is NaN.
    """
    hoped, thought = expected(scores), estimates(own, threshold)
    asked = _last_asked(scores)
    given = counting(scores)
    given = given[~given["recommends"]]
    graded = measurements(given)
    rows = {}
    for area in sorted({*hoped.index, *thought.index}):
        there = graded[graded["area"] == area]
        hope = hoped.loc[area] if area in hoped.index else None
        if hope is not None and (there["session_id"] == hope["session_id"]).any():
            there = there[there["session_id"] == hope["session_id"]]
        grade = there.iloc[-1] if len(there) else None
        row = _figures(grade, _PARTS[:4]) | ({} if grade is None else {"session": str(grade["session"])})
        if hope is not None:
            row |= {f"expected{name}": value for name, value in _named(hope).items()}
            row |= _gap(grade, hope, given[given["area"] == area], asked[asked["area"] == area])
        if area in thought.index:
            think = thought.loc[area]
            row |= {f"estimate{name}": value for name, value in _named(think).items()}
            row |= {"estimate_session": str(think["session"]), "estimate_date": think["date"]}
            if grade is not None:
                told = welch(_as(grade), _as(think))
                row |= {"blind": told.step, "blind_low": told.low, "blind_high": told.high}
        rows[area] = row
    return pd.DataFrame.from_dict(rows, orient="index").reindex(columns=COLUMNS).rename_axis("area")


def _gap(
    grade: pd.Series | None, hope: pd.Series, given: pd.DataFrame, asked: pd.DataFrame
) -> dict[str, float | bool | None]:
    given = given[given["session_id"] == hope["session_id"]]
    means = [part["grade"].groupby(who_of(part).to_numpy()).mean() for part in (given, asked)]
    both = pd.concat(means, axis=1, keys=["grade", "expected"]).dropna()
    if len(both):
        told, n = paired(both["grade"] - both["expected"]), float(len(both))
    elif grade is not None:
        told, n = welch(_as(hope), _as(grade)), float(min(hope["n"], grade["n"]))
    else:
        return {}
    return {"gap": told.step, "gap_low": told.low, "gap_high": told.high, "gap_n": n, "paired": bool(len(both))}


def _as(row: pd.Series) -> tuple[float, float, int]:
    return float(row["grade"]), float(row["sd"]), int(row["n"])


def _named(row: pd.Series) -> dict[str, float]:
    return {"": float(row["grade"]), **{f"_{name}": float(row[name]) for name in ("low", "high", "n")}}


def _figures(row: pd.Series | None, names: list[str]) -> dict[str, object]:
    return {} if row is None else {name: float(row[name]) for name in names}
