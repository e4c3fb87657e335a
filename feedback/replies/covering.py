"""What masking hides in an answer. A person sees it before it is stored, and may let stand what is meant: a telephone number of the desk."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from feedback.text.masking import mask


@dataclass(frozen=True)
class Covered:
    """An answer as it may be stored.

    Attributes
    ----------
    text : str
        With placeholders, "[naam] belde".
    hidden : tuple of str
        What went behind them, in the order of the text, each once.
    doubtful : tuple of str
        What masking would hide, kept or not: what a person may choose to keep.
    """

    text: str
    hidden: tuple[str, ...]
    doubtful: tuple[str, ...]


def cover(text: str, *, owner: str = "", keep: Collection[str] = ()) -> Covered:
    """Hide personal data in an answer, but for the name of its owner and what a person chose to keep.

    Parameters
    ----------
    text : str
    owner : str
        Who sees to it: that name is meant.
    keep : collection of str
        Of `doubtful`.

    Returns
    -------
    Covered
    """
    masked = mask(text)
    if masked.text == text:
        return Covered(text, (), ())
    pieces = re.split(rf"\[({'|'.join(map(re.escape, masked.found))})\]", masked.text)
    meant = set(owner.casefold().split())
    told, hidden, doubtful = [pieces[0]], dict[str, None](), dict[str, None]()
    for kind, words, after in zip(pieces[1::2], _behind(pieces[::2], text), pieces[2::2], strict=True):
        placeholder = f"[{kind}]"
        if words == placeholder or (words.strip() and set(words.casefold().split()) <= meant):
            told.append(words)
        else:
            doubtful[words] = None
            hidden |= {} if words in keep else {words: None}
            told.append(words if words in keep else placeholder)
        told.append(after)
    return Covered("".join(told), tuple(hidden), tuple(doubtful))


def _behind(open_parts: Sequence[str], text: str) -> tuple[str, ...]:
    """Give what stands in a text between the parts of it that were not hidden: the shortest words that fit."""

    @cache
    def ends(at: int, start: int) -> tuple[int, ...]:
        # What begins at `start` ends where the next open part begins, if the rest fits after that.
        part = open_parts[at]
        if at == len(open_parts) - 1:
            end = len(text) - len(part)
            return (end,) if end > start and text.endswith(part) else ()
        end = text.find(part, start + 1)
        while end >= 0:
            if rest := ends(at + 1, end + len(part)):
                return (end, *rest)
            end = text.find(part, end + 1)
        return ()

    found, start = [], len(open_parts[0])
    for part, end in zip(open_parts[1:], ends(1, start), strict=True):
        found.append(text[start:end])
        start = end + len(part)
    return tuple(found)
