"""Whether customers felt a saving: grade and tone in its service, a year before and a year after it was taken."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from feedback.replies.helped import ENOUGH_GRADES, ENOUGH_REMARKS, Share, difference
from feedback.scores.chance import welch
from feedback.scores.grades import summary
from feedback.scores.questions import counting

Verdict = Literal["felt", "unfelt", "unsure", "few", "no_date", "no_area"]
# What counts as known; the others say why it is not.
KNOWN = ("felt", "unfelt")
YEAR = pd.Timedelta(days=365)
# A fall this large would have been felt: it must be ruled out before a saving is said to be unfelt.
GRADE_FALL = 1.0
SHARE_RISE = 0.15
# A yearly survey asks other people than a session does.
ALIKE = ["kind", "scale_low", "scale_high"]


@dataclass(frozen=True)
class Compared:
    """Something before and after a day.

    Attributes
    ----------
    before, after : float
        A mean grade, or a share of remarks; NaN where there is none.
    n_before, n_after : int
        People who gave a grade, or remarks.
    low, high : float
        95 % interval of how much worse it became; below 0 is better. NaN where it cannot be told.
    verdict : {"felt", "unfelt", "unsure", "few"}
        Felt: worse beyond chance. Unfelt: that it became much worse is ruled out. Unsure: neither.
    """

    before: float
    after: float
    n_before: int
    n_after: int
    low: float
    high: float
    verdict: Verdict


def _judged(
    before: float, after: float, n: tuple[int, int], worse: tuple[float, float], enough: int, much: float
) -> Compared:
    low, high = worse
    if min(n) < enough:
        verdict: Verdict = "few"
    elif low > 0:
        verdict = "felt"
    else:
        verdict = "unfelt" if high < much else "unsure"
    return Compared(before, after, *n, low, high, verdict)


def sides(scores: pd.DataFrame, first_day: pd.Timestamp) -> tuple[pd.DataFrame, str]:
    """Give the grades of the year before a day and of the year from that day on, like with like.

    Parameters
    ----------
    scores : DataFrame
        Those that count, see `scores.questions.counting`, of one service or of the services as a whole.
    first_day : Timestamp
        The first day after.

    Returns
    -------
    table : DataFrame
        Rows before and after, columns of `scores.grades.summary`, NaN where there is nothing: of the kind of session and
        the scale that most people were asked on before and after.
    kind : str
        Of session; "" where there is nothing.
    """
    own = scores[~scores["recommends"].astype(bool)]
    own = own[(own["date"] >= first_day - YEAR) & (own["date"] < first_day + YEAR)]
    own = own.assign(side=(own["date"] >= first_day).map({False: "before", True: "after"}))
    kinds: list[tuple[pd.DataFrame, str]] = [
        (summary(part, "side").reindex(["before", "after"]), str(kind))
        for (kind, *_), part in own.groupby(ALIKE, observed=True)
    ] or [(summary(own, "side").reindex(["before", "after"]), "")]
    return max(kinds, key=lambda one: (one[0]["n"].fillna(0).min(), one[0]["n"].sum()))


def grades(scores: pd.DataFrame, area: str, taken_on: pd.Timestamp) -> Compared:
    """Compare the grades for a service before and after a saving.

    Welch's interval, see `scores.chance.welch`. A person counts once on each side.

    Parameters
    ----------
    scores : DataFrame
        Those that count, see `scores.questions.counting`.
    area : str
    taken_on : Timestamp
        The first day after.

    Returns
    -------
    Compared
        Of the kind of session and the scale that most people were asked on before and after.
    """
    best, _ = sides(scores[scores["area"] == area], taken_on)
    was, now = (
        (float(best["grade"][side]), float(best["sd"][side]), int(best["n"].fillna(0)[side])) for side in best.index
    )
    found = welch(was, now)
    return _judged(was[0], now[0], (was[2], now[2]), (-found.high, -found.low), ENOUGH_GRADES, GRADE_FALL)


def tones(remarks: pd.DataFrame, area: str, taken_on: pd.Timestamp) -> Compared:
    """Compare the share of negative remarks on a service before and after a saving.

    Newcombe's interval, see `replies.helped.difference`.

    Parameters
    ----------
    remarks : DataFrame
        area, area2, date, sentiment.
    area : str
    taken_on : Timestamp
        The first day after.

    Returns
    -------
    Compared
    """
    own = remarks[(remarks["area"] == area) | (remarks["area2"] == area)]
    own = own[(own["date"] >= taken_on - YEAR) & (own["date"] < taken_on + YEAR)]
    after, bad = own["date"] >= taken_on, own["sentiment"] == "neg"
    was, now = Share(int((bad & ~after).sum()), int((~after).sum())), Share(int((bad & after).sum()), int(after.sum()))
    worse = (math.nan, math.nan)
    if was.n and now.n:
        low, high = difference(was, now)
        worse = -high, -low
    return _judged(was.value, now.value, (was.n, now.n), worse, ENOUGH_REMARKS, SHARE_RISE)


def verdict(grade: Compared, tone: Compared) -> tuple[Verdict, str]:
    """Say whether a saving was felt, and by which figure.

    Worse is worse, whichever figure says so. Else the grade leads, which customers gave themselves; the tone that was
    read from their words only where too few gave a grade.

    Parameters
    ----------
    grade, tone : Compared

    Returns
    -------
    verdict : {"felt", "unfelt", "unsure", "few"}
    by : {"grade", "tone"}
    """
    for by, found in (("grade", grade), ("tone", tone)):
        if found.verdict == "felt":
            return "felt", by
    return (tone.verdict, "tone") if grade.verdict == "few" and tone.verdict != "few" else (grade.verdict, "grade")


def measured(ideas: pd.DataFrame, scores: pd.DataFrame, remarks: pd.DataFrame) -> pd.DataFrame:
    """Tell of savings what happened in their service since.

    Parameters
    ----------
    ideas : DataFrame
        idea_id, area (key or missing), taken_on (missing: not known).
    scores, remarks : DataFrame
        Of the whole panel, see `store.frames`.

    Returns
    -------
    DataFrame
        idea_id, grade and tone (Compared, or None where there is no day or no service), verdict and by ("grade", "tone"
        or ""). In the order of `ideas`.
    """
    taken = ideas["taken_on"].notna().any() and len(scores)
    given = counting(scores) if taken else scores.iloc[:0].assign(recommends=False)
    told: list[dict[str, Any]] = []
    idea: Any
    for idea in ideas.itertuples():
        row: dict[str, Any] = {"idea_id": idea.idea_id, "grade": None, "tone": None, "verdict": "no_date", "by": ""}
        if pd.notna(idea.taken_on):
            row["verdict"] = "no_area"
            if isinstance(idea.area, str):
                row["grade"] = grades(given, idea.area, idea.taken_on)
                row["tone"] = tones(remarks, idea.area, idea.taken_on)
                row["verdict"], row["by"] = verdict(row["grade"], row["tone"])
        told.append(row)
    return pd.DataFrame(told, columns=["idea_id", "grade", "tone", "verdict", "by"])
