"""Lists and files name organisation and level only where enough people stand behind the name."""

from __future__ import annotations

import numpy as np
import pandas as pd

from feedback.codes import Codes, codes_of

# Whoever has these can put all remarks of one person side by side.
_PERSONAL = ["person", "member_id", "constituency_id"]


def named(frame: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Hide the organisation and the level of small groups in a list that is about to leave.

    Behind every organisation, level and pair of both that can be read from the result stand at least
    `threshold` people of the list. Behind what is hidden too, because a small rest could be derived. Of a
    small pair the level goes first.

    Parameters
    ----------
    frame : DataFrame
        The rows listed (all of them, before they are cut into pages), of remarks or scores (see
        `store.frames`).
    threshold : int
        1 hides nothing.

    Returns
    -------
    DataFrame
        A copy; organisation (with organisation_id) and level are missing where hidden. Without the columns
        that tell which remarks one person made: person, member_id, constituency_id.
    """
    result = frame.drop(columns=[name for name in _PERSONAL if name in frame])
    if threshold <= 1 or frame.empty:
        return result
    person, persons = codes_of(frame["person"])
    organisation, names = codes_of(frame["organisation"])
    level, _ = codes_of(frame["level"])

    shown = _hide_small(organisation, person, len(persons), threshold)
    # Rows of hidden organisations stand together as one group, and rows that never had one as another.
    place = np.where(organisation < 0, len(names), np.where(shown < 0, len(names) + 1, organisation))
    shown_level = np.full(len(frame), -1, dtype=np.int64)
    for group in np.unique(place):
        here = np.flatnonzero(place == group)
        shown_level[here] = _hide_small(level[here], person[here], len(persons), threshold)
    result["organisation"] = frame["organisation"].where(shown >= 0)
    if "organisation_id" in result:
        result["organisation_id"] = frame["organisation_id"].where(shown >= 0)
    result["level"] = frame["level"].where(shown_level >= 0)
    return result


def _hide_small(groups: Codes, person: Codes, n_persons: int, threshold: int) -> Codes:
    """Set to -1 the groups of few people; and, while few people are hidden together, the next smallest."""
    size = int(groups.max()) + 1
    rows = (groups >= 0) & (person >= 0)
    member = np.zeros((size, n_persons), dtype=bool)
    member[groups[rows], person[rows]] = True
    people = np.count_nonzero(member, axis=1)
    hidden = people < threshold
    for group in np.argsort(people, kind="stable"):
        together = np.count_nonzero(member[hidden].any(axis=0))
        if not 0 < together < threshold:
            break
        hidden[group] = True
    return np.where((groups >= 0) & ~np.append(hidden, True)[groups], groups, -1)
