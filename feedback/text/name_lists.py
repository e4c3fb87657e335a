"""The lists behind the search for names: names, what is none, and what stands around a name."""

from functools import lru_cache
from typing import NamedTuple

from feedback.text.resources import DATA, read_lines, read_yaml
from feedback.text.tokens import stopwords

_SIGNS: dict[str, frozenset[str]] = {
    kind: frozenset(words.splitlines() if "\n" in words.strip() else words.split())
    for kind, words in read_yaml(DATA / "lexicon" / "name-signs.yaml").items()
}
SURE_TITLES, ROLES, VERBS, UNITS = (_SIGNS[kind] for kind in ("sure_titles", "roles", "verbs", "units"))
TITLES = SURE_TITLES | _SIGNS["titles"]
LINKS, PERSON_LINKS, GREETINGS = (_SIGNS[kind] for kind in ("links", "person_links", "greetings"))
NO_NAME_AFTER, INFIX_WORDS = _SIGNS["no_name_after"], _SIGNS["infix_words"]
PLACES, PLACES_AFTER = _SIGNS["places"], _SIGNS["places_after"]
DE_NAMES, VAN_DE_NAMES = _SIGNS["de_names"], _SIGNS["van_de_names"]
PROGRAMS, CALLED_AFTER = _SIGNS["programs"], _SIGNS["called_after"]
SURNAME_ENDS = tuple(sorted(_SIGNS["surname_ends"]))


class Lists(NamedTuple):
    """Names that are names by themselves, names that are words as well ("doubtful"), and capitalised words that are no person."""

    first: frozenset[str]
    doubtful_first: frozenset[str]
    last: frozenset[str]
    doubtful_last: frozenset[str]
    no_names: frozenset[str]
    lower_first: frozenset[str]
    lower_last: frozenset[str]


@lru_cache(maxsize=1)
def name_lists() -> Lists:
    """Return the lists of names, read once."""
    first, last = (read_lines(DATA / "lexicon" / f"{name}.txt") for name in ("first-names", "surnames"))
    sure_first = frozenset(name for name in first if not name.endswith("?"))
    sure_last = frozenset(name for name in last if not name.endswith("?"))
    doubtful_first = frozenset(name[:-1] for name in first if name.endswith("?"))
    doubtful_last = frozenset(name[:-1] for name in last if name.endswith("?"))
    no_names = frozenset(word.lower() for word in read_lines(DATA / "lexicon" / "not-names.txt"))
    lower_first = frozenset(name.lower() for name in sure_first)
    lower_last = frozenset(name.lower() for name in sure_last | doubtful_last)
    return Lists(sure_first, doubtful_first, sure_last, doubtful_last, no_names, lower_first, lower_last)


@lru_cache(maxsize=50_000)
def is_word(lower: str) -> bool:
    """Whether a dictionary knows the word, also as a compound of two ("zorgmedewerker")."""
    import simplemma

    if lower in name_lists().no_names or lower in stopwords("nl") or lower in stopwords("en"):
        return True
    if simplemma.is_known(lower, lang="nl") or simplemma.is_known(lower, lang="en"):
        return True
    if "-" in lower:
        return any(is_word(part) for part in lower.split("-") if len(part) > 2)
    if len(lower) < 9:
        return False
    return any(
        simplemma.is_known(lower[cut:], lang="nl") and simplemma.is_known(lower[:cut].removesuffix("s"), lang="nl")
        for cut in range(4, len(lower) - 3)
    )
