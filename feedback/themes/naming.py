"""What themes that stand together are called: by their service where it is one, and by the largest of them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from feedback.i18n import Language, translate
from feedback.text.resources import DATA, made_once

# Of more themes so many are named, the largest.
NAMED = 2
# From this share of its themes on a heading belongs to one service.
MOSTLY = 2 / 3
# The area of what belongs to no single service says nothing in a name.
NO_SERVICE = "algemeen"

_LIST = re.compile(r"(?P<head>[^,]*?[^,\s-])(?:, [^,]+)*,? (?:en|and) [^\s,]+")
_ORDINARY = re.compile(r"[^\W\d_][^\WA-Z\d_]*-?(?=\s|$|,)")


def heading(members: Sequence[tuple[str, str]], services: Mapping[str, str], language: Language) -> str:
    """Name themes that stand together.

    Parameters
    ----------
    members : sequence of (str, str)
        Name and key of the service area of each, the largest first; at least one.
    services : mapping of str to str
        Names of the service areas, by key.
    language : {"nl", "en"}

    Returns
    -------
    str
        Of one theme its own name. Else "Facilitair: parkeren en schoonmaak", or without the service where they are of several;
        "e.a." where there are more than two.
    """
    if len(members) == 1:
        return members[0][0]
    named = members[:NAMED]
    area, times = Counter(area for _, area in members).most_common(1)[0]
    of_one = area != NO_SERVICE and times >= MOSTLY * len(members) and {area} == {its for _, its in named}
    service = services.get(area, "") if of_one else ""
    said = [_short(name) for name, _ in named]
    if len(set(said)) < len(said):
        said = [name for name, _ in named]
    said = [one if at == 0 and not service else _lower(one) for at, one in enumerate(said)]
    values = {"first": said[0], "second": said[1]}
    if len(members) > NAMED:
        text = translate(language, "themes.page.heading_more", **values)
    elif re.search(r"\b(?:en|and)\b", " ".join(said)):
        text = translate(language, "themes.page.heading_list", **values)
    else:
        text = translate(language, "themes.page.heading_two", **values)
    return translate(language, "themes.page.heading_of", service=service, themes=text) if service else text


@made_once()
def shipped_services() -> dict[str, dict[str, str]]:
    """Return the names of the service areas that ship: by language, by key."""
    import yaml

    areas = yaml.safe_load((DATA / "areas.yaml").read_text(encoding="utf-8"))["areas"]
    return {language: {area["key"]: area["name"][language] for area in areas} for language in ("nl", "en")}


def _short(name: str) -> str:
    """Give the first of a list of things ("Parkeren, fiets en dienstauto"), where each of them is one by itself."""
    listed = _LIST.fullmatch(name)
    return listed["head"] if listed else name


def _lower(name: str) -> str:
    """Begin with a small letter, but for names and abbreviations."""
    if name.startswith("Eén"):  # a capital has lost its accent
        return "één" + name[3:]
    return name[0].lower() + name[1:] if _ORDINARY.match(name) else name
