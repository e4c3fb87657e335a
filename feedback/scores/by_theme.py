"""The grade of a theme: what the people who spoke about it gave."""

from __future__ import annotations

import pandas as pd

from feedback.scores.grades import summary
from feedback.scores.questions import asked, counting


def theme_grades(remarks: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Give every theme the mean grade of the people who spoke about it.

    A remark goes with the grades of its own row in the file: those for its service area where there are any, else
    those for the services as a whole; of several questions one counts, see `questions.asked`.

    Parameters
    ----------
    remarks, scores : DataFrame
        See `store.frames`.

    Returns
    -------
    DataFrame
        Index theme (key); columns of `grades.summary`. Themes without a grade are not in it.
    """
    said = remarks.loc[remarks["theme"].notna(), ["batch_id", "row", "theme", "area"]]
    said = said.assign(area=said["area"].astype("object"), at=range(len(said)))
    # A selection has few rows of the many that gave a grade: the others are left before anything is joined.
    given = scores.loc[scores["row"].isin(said["row"])]
    given = counting(given, asked(scores))[["score_id", "batch_id", "row", "area", "grade", "person"]]
    own = said.merge(given.dropna(subset="area"), on=["batch_id", "row", "area"])
    others = said[~said["at"].isin(own["at"])]
    general = others.merge(given[given["area"].isna()].drop(columns="area"), on=["batch_id", "row"])
    # Two remarks of one row on one theme go with one grade.
    grades = pd.concat([own, general]).drop_duplicates(["theme", "score_id"])
    found = summary(grades, "theme")
    found.index = found.index.astype("str")
    return found
