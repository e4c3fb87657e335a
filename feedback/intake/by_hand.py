"""What a person changes of a file before it is stored: other words hidden or shown, remarks cut another way, rows left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from feedback.text.passages import grams_of, rows_of_words
from feedback.text.tokens import PLACEHOLDERS as KINDS
from feedback.text.tokens import fold

# What the product hides by itself has its own kinds; see `text.masking`.
HIDDEN = "verborgen"
_PLACEHOLDER = re.compile(r"\[([a-z-]+)\]")
# Words of these stand where something is hidden already.
PLACEHOLDERS = frozenset(grams_of(f"{KINDS} gewist"))
_BULLET = re.compile(r"^\s*[-–•*]\s+")

# A note as it came in: its row, its question, its text.
Key = tuple[int, str, str]
# What was hidden: its kind, and the words themselves.
Secret = tuple[str, str]


@dataclass(frozen=True)
class ByHand:
    """The changes of one file. Lives in memory only: it holds what must not be stored.

    Attributes
    ----------
    shown : frozenset of (str, str)
        Hidden by mistake: put back wherever they stood.
    hidden : tuple of str
        Words to hide as well, wherever they stand.
    cut : mapping of Key to tuple of str
        The remarks of a note as the person wants them; none where nothing of it is to be kept.
    left_out : mapping of int to int
        Rows that are not to be stored, to the row (0: a file of earlier) that says the same.
    """

    shown: frozenset[Secret] = frozenset()
    hidden: tuple[str, ...] = ()
    cut: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    left_out: Mapping[int, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether anything is changed."""
        return bool(self.shown or self.hidden or self.cut or self.left_out)


def secrets_in(raw: str, masked: str) -> list[tuple[int, Secret]]:
    """Find what each placeholder of a masked text hides.

    Parameters
    ----------
    raw, masked : str
        The same text before and after masking.

    Returns
    -------
    list of (int, (str, str))
        Where the placeholder starts in `masked`, its kind and the words behind it; none where that cannot be told.
    """
    places = list(_PLACEHOLDER.finditer(masked))
    if not places or raw == masked or not raw.startswith(masked[: places[0].start()]):
        return []
    found: list[tuple[int, Secret]] = []
    at = places[0].start()
    for place, following in zip(places, [*places[1:], None], strict=True):
        between = masked[place.end() : following.start() if following else len(masked)]
        # Something stands behind every placeholder, so what follows starts one further at least.
        end = raw.find(between, at + 1) if following else len(raw) - len(between)
        if end <= at or not raw.startswith(between, end) or (following and not between):
            # Two placeholders without a letter between them: where one ends cannot be known.
            return []
        if raw[at:end] != place[0]:
            found.append((place.start(), (place[1], raw[at:end])))
        at = end + len(between)
    return found


def hide(text: str, words: Iterable[str]) -> tuple[str, int]:
    """Hide words wherever they stand as words of their own, as every later file will; give the text and how often.

    Parameters
    ----------
    text : str
        Placeholders in it stay as they are.
    words : iterable of str
        Capitals, accents and signs do not matter.

    Returns
    -------
    text : str
    times : int
    """
    folded, times = fold(text), 0
    wanted = {row for one in words if (row := grams_of(one)) and row[0] in folded}
    for size in sorted(set(map(len, wanted)), reverse=True):
        parts = _PLACEHOLDER.split(text)
        for i in range(0, len(parts), 2):
            free = len(parts[i])
            for row, start, end in reversed(rows_of_words(parts[i], size)):
                if end <= free and row in wanted:
                    parts[i] = f"{parts[i][:start]}[{HIDDEN}]{parts[i][end:]}"
                    free, times = start, times + 1
        text = "".join(part if i % 2 == 0 else f"[{part}]" for i, part in enumerate(parts))
    return text, times


def mask_by_hand(raw: str, masked: str, by_hand: ByHand) -> tuple[str, Counter[str]]:
    """Put back what was hidden by mistake, and hide what the person wants hidden.

    Parameters
    ----------
    raw, masked : str
        The same text before and after masking.
    by_hand : ByHand

    Returns
    -------
    text : str
    counts : Counter of str
        How much more of each kind is hidden than before, below 0 where less is.
    """
    counts: Counter[str] = Counter()
    if by_hand.shown and "[" in masked:
        for start, (kind, words) in reversed(secrets_in(raw, masked)):
            if (kind, words) in by_hand.shown:
                masked = f"{masked[:start]}{words}{masked[start + len(kind) + 2 :]}"
                counts[kind] -= 1
    if by_hand.hidden:
        masked, times = hide(masked, by_hand.hidden)
        counts[HIDDEN] += times
    return masked, counts


def as_lines(remarks: Iterable[str]) -> str:
    """Write remarks for a person to change: a line each."""
    return "\n".join(f"- {remark}" for remark in remarks)


def from_lines(text: str) -> tuple[str, ...]:
    """Read what `as_lines` wrote and a person changed; empty lines are none."""
    lines = (" ".join(_BULLET.sub("", line).split()) for line in text.splitlines())
    return tuple(line for line in lines if re.search(r"\w", line))
