"""The grade of a theme: what the people who spoke about it gave."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from feedback.codes import codes_of
from feedback.scores.grades import summary
from feedback.scores.questions import counting


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
    theme, themes = codes_of(remarks["theme"])
    area, areas = codes_of(remarks["area"])
    given = counting(scores)
    if given.empty:
        return summary(given.assign(theme=""), "theme")
    of_area, names = codes_of(given["area"])
    # The services as a whole are -1, an area that no remark is about -2.
    of_area = np.append(np.where(names.isin(areas), areas.get_indexer(names), -2), -1)[of_area]
    said = pd.DataFrame({"row": _rows(remarks), "theme": theme, "area": area})[theme >= 0]
    graded = pd.DataFrame({"row": _rows(given), "area": of_area, "at": np.arange(len(given))})
    # A selection has few rows of the many that gave a grade: the others are left before anything is joined.
    graded = graded[graded["row"].isin(said["row"])]
    own = said[said["area"] >= 0].merge(graded, on=["row", "area"])
    answered = pd.MultiIndex.from_frame(own[["row", "area"]])
    others = said[~pd.MultiIndex.from_frame(said[["row", "area"]]).isin(answered)]
    general = others.merge(graded.loc[graded["area"] == -1, ["row", "at"]], on="row")
    # Two remarks of one row on one theme go with one grade.
    pairs = pd.concat([own, general])[["theme", "at"]].drop_duplicates()
    grades = given.iloc[pairs["at"].to_numpy()][["batch_id", "row", "grade", "person"]]
    grades = grades.assign(theme=themes.astype("str").take(pairs["theme"].to_numpy()))
    return summary(grades, "theme")


def _rows(frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Name each row of each file by one number."""
    batch, row = frame["batch_id"].to_numpy(dtype=np.int64), frame["row"].to_numpy(dtype=np.int64)
    named: npt.NDArray[np.int64] = (batch << 32) + row
    return named
