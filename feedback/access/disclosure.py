"""Small groups are protected: which selections by *who* may be shown.

The whole panel is always shown, under any filters on *what* was said, with how many people stand behind it.
A selection by who (organisation, level, constituency, member) is hidden where fewer people than the threshold
are in it, and where the difference with something else that is shown would be a small group.

The rule. X is a selection by who and t the threshold. A *part* of X by a dimension is what is left when one
value of that dimension is chosen; *small* means: of 1 to t - 1 people. X is shown when all of these hold.

1. At least t people are in X.
2. X chooses no value that is a small part. Where the small parts of a dimension are small together, their sum
   would follow from the total and the other parts: then the smallest of those may not be chosen either.
3. Leaving out filters, one or more at once, adds remarks of nobody or of at least t people. Equal sets are
   treated alike: the same holds for every filter that X does not have but that would not change it.
4. What others in the panel say about the same subjects (sessions, themes, areas, sentiments and days of X)
   comes from at least t people.
5. One filter more, of one value, does not take away a small group and leave at least t people.
6. X is not a selection of members, because one member more or less is a difference of one. It chooses one
   service area at a time, because a remark may have two. The first and last day with remarks that a filter on
   days leaves are no small parts. With search words, the same selection without them is shown: then the words
   find nothing that a reader could not find in the list.

By 2, 3, 4 and 6 the narrower of two selections is hidden, by 3 and 5 together both. The whole panel is the
exception: of the two, it stays.

Proof sketch that no two selections that are shown differ by a small group. Let X lie in Y and let the remarks
in Y but not in X be of 1 to t - 1 people. Take from Y's filters the values that X has no remarks of: that
takes whole parts of Y away, by 2 of at least t people, so there were none. What is in Y but not in X
therefore differs from X only in dimensions that Y does not filter, and Y is X, with the filters of both,
after leaving these out. Walk from X to Y, one dimension at a time: the first step that changes the set adds
remarks of 1 to t - 1 people, and every set before it equals X. So by 3 X is hidden. When Y is the whole
panel, 4 says the same. Of two selections that lie not in each other no figures can be subtracted.

What the proof does not cover: two different searches within one selection (6 compares each with no search),
a choice of subjects in the whole panel that happens to lie entirely within X, and two lists of which neither
lies in the other, laid side by side and matched by their words.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from feedback.access.counting import Rows, rows_of
from feedback.access.naming import named
from feedback.access.rule import Rule, any_of
from feedback.access.selection import WHAT, WHO, Mask, Selection, failures
from feedback.codes import codes_of

__all__ = ["Selection", "Verdict", "check", "named", "visible_groups"]

Reason = Literal["", "few", "difference"]


@dataclass(frozen=True)
class Verdict:
    """Whether a selection may be shown.

    Attributes
    ----------
    shown : bool
    people : int
        Distinct people known to be in the selection; to be told only where it is shown.
    unknown : int
        Remarks of unknown people that a selection by who leaves out.
    reason : {"", "few", "difference"}
        Why it is hidden: too few people, or the difference with another selection would reveal a small group.
    """

    shown: bool
    people: int
    unknown: int
    reason: Reason


def check(frame: pd.DataFrame, selection: Selection, threshold: int) -> Verdict:
    """Judge whether a selection may be shown, figures and quotes alike.

    Parameters
    ----------
    frame : DataFrame
        All remarks or all scores (see `store.frames`), before any selection. Where both are shown, judge
        both: a group may have many remarks and few grades.
    selection : Selection
    threshold : int
        Fewest people a selection by who may show; 1 shows everything.

    Returns
    -------
    Verdict
    """
    return _judge(frame, rows_of(frame), selection, threshold)


def visible_groups(frame: pd.DataFrame, selection: Selection, by: str, threshold: int) -> dict[Hashable, bool]:
    """Judge every group of a breakdown: `check` of the selection with that group chosen.

    Parameters
    ----------
    frame : DataFrame
        All remarks or all scores, before any selection.
    selection : Selection
    by : {"organisation", "level", "constituency_id", "session_id", "theme", "sentiment", "area"}
        Column to break down by.
    threshold : int

    Returns
    -------
    dict of value to bool
        Whether each group with remarks in the selection may be shown.
    """
    field = {**WHO, **WHAT, "area": "areas"}[by]
    wanted = getattr(selection, field)
    everywhere = _choosing(selection, field, ())
    within = everywhere.apply(frame)
    groups = set(within[by].dropna().unique())
    if by == "area" and "area2" in within:
        groups |= set(within["area2"].dropna().unique())
    rows = rows_of(frame)
    # The other filters leave out the same rows whichever group is chosen: read once.
    fails = failures(frame, everywhere)
    few = _few(frame, rows, by, fails, threshold) if everywhere.by_who or by in WHO else set()
    return {
        group: group not in few and _judge(frame, rows, _choosing(selection, field, (group,)), threshold, fails).shown
        for group in sorted(groups, key=str)
        if not wanted or group in wanted
    }


def _few(frame: pd.DataFrame, rows: Rows, by: str, fails: Mapping[str, Mask], threshold: int) -> set[Hashable]:
    """Give the groups of too few people, all at once: most of a small selection, and they need no further look."""
    if threshold <= 1 or by not in rows.codes:
        return set()
    chosen = rows.known & ~any_of(fails.values(), len(frame))
    people = rows.people_by(rows.codes[by], chosen, rows.sizes[by])
    return set(codes_of(frame[by])[1][people < threshold])


def _choosing(selection: Selection, field: str, values: tuple[object, ...]) -> Selection:
    changed: dict[str, Any] = {field: values}
    return replace(selection, **changed)


def _judge(
    frame: pd.DataFrame, rows: Rows, selection: Selection, threshold: int, known: Mapping[str, Mask] | None = None
) -> Verdict:
    fails = failures(frame, selection, known)
    chosen = rows.known & ~any_of(fails.values(), len(frame))
    people = rows.people(chosen)
    if not selection.by_who:
        return Verdict(True, people, 0, "")
    unknown = _left_out(rows, fails)
    if threshold <= 1:
        return Verdict(True, people, unknown, "")
    if people < threshold:
        return Verdict(False, people, unknown, "few")
    hidden = Rule(rows, threshold, fails, chosen).hides()
    if not hidden and "search" in fails:
        hidden = not _judge(frame, rows, replace(selection, search=""), threshold).shown
    return Verdict(not hidden, people, unknown, "difference" if hidden else "")


def _left_out(rows: Rows, fails: Mapping[str, Mask]) -> int:
    """Count the remarks of unknown people that could have been in a selection, had one known who spoke."""
    possible = ~rows.known
    for column, fail in fails.items():
        if column in WHO and column in rows.codes:
            possible &= ~fail | (rows.codes[column] < 0)
        elif column != "member_id":
            possible &= ~fail
    return int(np.count_nonzero(possible))
