"""Who sends whom on to whom: the services that a remark about being sent on names, in the order in which it names them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd

# A name of two letters is a word in some language ("it"): it counts in capitals only.
_SHORT = 2


def routes(remarks: pd.DataFrame, names: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Read from where to where customers were sent.

    Of a remark that names two services or more, every step from one to the next counts once. Of another, its first and its
    second service area count, which tells between whom, not from whom.

    Parameters
    ----------
    remarks : DataFrame
        remark_id, text, area, area2, is_handover, person.
    names : mapping of str to sequence of str
        Key of a service to its names.

    Returns
    -------
    DataFrame
        A row a step: remark_id, person, area and other (keys), named (bool: read from the text).
    """
    keys = {_fold(name): key for key, several in names.items() for name in several if name}
    longest = sorted(keys, key=len, reverse=True)
    pattern = "|".join(re.escape(name) if len(name) <= _SHORT else f"(?i:{re.escape(name)})" for name in longest)
    find = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if pattern else None
    sent = remarks[remarks["is_handover"].astype(bool)]
    steps: list[tuple[int, object, str, str, bool]] = []
    columns = zip(
        *(sent[name].astype(object) for name in ("remark_id", "text", "area", "area2", "person")), strict=True
    )
    for remark_id, text, area, area2, person in columns:
        named = [keys[_fold(match[0])] for match in find.finditer(str(text))] if find else []
        pairs = dict.fromkeys((one, other) for one, other in pairwise(named) if one != other)
        if pairs:
            steps += [(int(remark_id), person, one, other, True) for one, other in pairs]
        elif isinstance(area, str) and isinstance(area2, str) and area != area2:
            steps.append((int(remark_id), person, area, area2, False))
    return pd.DataFrame(steps, columns=["remark_id", "person", "area", "other", "named"])


def _fold(name: str) -> str:
    return name.upper() if len(name) <= _SHORT else name.casefold()
