"""Was the customer sent from one to the other? Read from sayings and from who refers to whom."""

import re
from functools import lru_cache

from feedback.text.judge import read
from feedback.text.phrases import Phrases
from feedback.text.resources import DATA, read_yaml

# "A verwijst naar B en B naar A", whoever A and B are.
_EACH_OTHER = re.compile(
    r"\b(?P<a>[\w&-]{2,})\b(?: \w+){1,3}? (?:naar|to)(?: de| het| the)? (?P<b>[\w&-]{2,})\b.{0,30}?\b(?P=b)\b(?: \w+){0,4}? (?:naar|to)(?: de| het| the)? (?P=a)\b"
    r"|\bnaar(?: de| het)? (?P<c>[\w&-]{2,})\W+(?:(?:de|het|en|die|waarna) )*(?P=c)\b(?: \w+){0,2}? naar\b"
)


@lru_cache(maxsize=1)
def _signs() -> tuple[Phrases, Phrases, Phrases]:
    raw = read_yaml(DATA / "lexicon" / "handover.yaml")
    sure, likely, praise = (
        Phrases({1.0: raw[kind].splitlines()}, raw["macros"]) for kind in ("sure", "likely", "praise")
    )
    return sure, likely, praise


def is_handover(text: str) -> bool:
    """Tell whether the customer complains of being sent from one to the other.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool
        "Netjes doorverbonden" is no complaint.
    """
    sure, likely, praise = _signs()
    tokens = [token for token in read(text, "nl").tokens if token[0].isalnum()]
    if sure.find(tokens) or (tokens.count("naar") + tokens.count("to") > 1 and _EACH_OTHER.search(" ".join(tokens))):
        return True
    return bool(likely.find(tokens)) and not praise.find(tokens)
