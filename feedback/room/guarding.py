"""What a screen before a room may not show by itself: words of a list, whoever wrote them."""

from __future__ import annotations

import re
from functools import cache

from feedback.intake.clean import clean
from feedback.settings import DATA
from feedback.text.tokens import fold, words

LIST = DATA / "lexicon" / "room-words.txt"
# Figures that stand for a letter, and signs that hide one.
_FIGURES = str.maketrans("0134", "oiea")
_HIDING = "*#@$•"
_HIDDEN = re.compile(rf"[^\W\d_](?:[^\W_]|[{_HIDING}])+")
_IS_HIDDEN = re.compile(rf"[^\W_][{_HIDING}]+[^\W_]|[*•]{{2}}")
# Letters one by one: "k u t", "k.u.t".
_SPELLED = re.compile(r"(?<![^\W_])(?:[^\W\d_][ ._*-]){2,}[^\W\d_](?![^\W_])")
# They join emoji; between letters nobody sees them.
_JOINERS = re.compile("[\u200c\u200d]")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")


def unfit(text: str) -> bool:
    """Tell whether a remark waits for the facilitator, because of a word of the list.

    Compounds count ("kutsysteem"), and so do words that are spelled out ("k u t"), drawn out ("kuuut") or half hidden ("k*t").

    Parameters
    ----------
    text : str

    Returns
    -------
    bool
    """
    folded = fold(_JOINERS.sub("", clean(text)))
    said = [part for word in words(folded) for part in {word, *word.split("-")}]
    said += [re.sub(r"[\W_]", "", run) for run in _SPELLED.findall(folded)]
    if any(_is_unfit(_DRAWN_OUT.sub(r"\1", word.translate(_FIGURES))) for word in said):
        return True
    return any(_may_be_unfit(word) for word in _HIDDEN.findall(folded) if _IS_HIDDEN.search(word))


def _is_unfit(word: str) -> bool:
    unfit_words, fit_words = _patterns()
    return unfit_words.fullmatch(word) is not None and fit_words.fullmatch(word) is None


def _may_be_unfit(word: str) -> bool:
    """Tell whether a word with hidden letters is, or begins like, one of the list."""
    seen = re.compile("".join("." if char in _HIDING else re.escape(char) for char in word))
    for entry in _entries():
        bare = entry.strip("-")
        shown = word[: len(bare)] if entry.endswith("-") else word
        # The first letter is one of the word: a row of signs is nothing.
        if len(shown) == len(bare) and any(char in _HIDING for char in shown) and seen.match(bare + word[len(bare) :]):
            return True
    return False


@cache
def _entries() -> tuple[str, ...]:
    lines = (fold(line) for line in LIST.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give what matches a word that waits, and what matches an ordinary one that looks like it."""
    taken = "|".join(_pattern(entry) for entry in _entries() if not entry.startswith("+"))
    left = "|".join(_pattern(entry.removeprefix("+")) for entry in _entries() if entry.startswith("+"))
    return re.compile(taken), re.compile(left)


def _pattern(entry: str) -> str:
    before, after = (".*" if ends else "" for ends in (entry.startswith("-"), entry.endswith("-")))
    return f"{before}{re.escape(entry.strip('-'))}{after}"
