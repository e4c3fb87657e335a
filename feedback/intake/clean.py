"""Text as it may be stored and shown: without what cannot be seen."""

from __future__ import annotations

import re
import unicodedata

# A run of letters and digits.
WORD = re.compile(r"[^\W_]+")
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
# Controls, marks that turn the reading direction, zero-width signs and halves of characters: they hide text from people
# and from searches, and PostgreSQL refuses some. The joiners inside emoji and scripts (U+200C, U+200D) stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def clean(text: str) -> str:
    """Leave out what cannot be seen, and write each character and line break in one way.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        In Unicode's composed form (NFC), lines ended by a line feed; blanks at the ends stay.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _UNSEEN.sub("", _BREAKS.sub("\n", text))
    return text if text.isascii() else unicodedata.normalize("NFC", _SPACES.sub(" ", text))


def fold(text: str) -> str:
    """Make a key to compare names and words by: no capitals, accents or marks; single blanks between words."""
    text = text.casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(WORD.findall(text))


def with_below(text: str, below: str) -> str:
    """Put a bullet behind the one that it is indented under, with a dash where nothing else keeps them apart."""
    return f"{text} {below}" if text.rstrip()[-1:] in ".!?:;,…-–—" else f"{text} – {below}"
