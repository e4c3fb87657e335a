"""What a screen before a room may not show by itself: words of a list, whoever wrote them."""

from __future__ import annotations

from functools import cache

from feedback.settings import DATA
from feedback.text.tokens import fold, words

LIST = DATA / "lexicon" / "room-words.txt"


@cache
def _unfit() -> frozenset[str]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(line) for line in lines if line.strip() and not line.startswith("#"))


def unfit(text: str) -> bool:
    """Tell whether a remark waits for the facilitator, because of a word of the list.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool
    """
    return not _unfit().isdisjoint(fold(word) for word in words(text))
