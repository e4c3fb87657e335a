"""The grade of a theme: what the people who spoke about it gave."""

from __future__ import annotations

import pandas as pd

from feedback.scores.grades import summary


def theme_grades(remarks: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Give every theme the mean grade of the people who spoke about it.

    A remark goes with the grades of its own row in the file: those for its service area where there are any, else
    those for the services as a whole.

    Parameters
    ----------
    remarks, scores : DataFrame
        See `store.frames`.

    Returns
    -------
    DataFrame
        Index theme (key); columns of `grades.summary`. Themes without a grade are not in it.
    """
    said = remarks.loc[remarks["theme"].notna(), ["batch_id", "row", "theme", "area"]].astype(
        {"theme": "str", "area": "str"}
    )
    given = scores[["score_id", "batch_id", "row", "area", "grade", "person"]].rename(columns={"area": "graded"})
    both = said.merge(given, on=["batch_id", "row"])
    general = both["graded"].isna()
    own = ~general & (both["graded"].astype("str") == both["area"])
    has_own = own.groupby([both["batch_id"], both["row"], both["theme"], both["area"]]).transform("any")
    fits = both[own | (general & ~has_own)]
    # Two remarks of one row on one theme go with one grade.
    return summary(fits.drop_duplicates(["theme", "score_id"]), "theme")
