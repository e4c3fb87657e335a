"""Who was at a session, as its minutes tell: a number, names on one line, or bullets under the word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback.intake.lines import Line

_PRESENT = re.compile(
    r"(?:aantal )?(?:aanwezig(?:en|e)?(?: leden| panelleden| deelnemers)?|deelnemers|panelleden|opkomst"
    r"|present|attendees"
    r"|participants|attendance|in attendance)\s*(?:\((\d{1,3})[^)]*\))?\s*(?::|=|$)\s*(.*)",
    re.IGNORECASE,
)
_NOTICE = (
    r"(?:(?:met|zonder) (?:tijdige? )?(?:kennisgeving|bericht|afmelding|opgaaf van redenen?)(?: van verhindering)?"
    r"|(?:with|without) (?:notice|apologies))"
)
_ABSENT = re.compile(
    rf"(?:(?:{_NOTICE} )?(?:afwezig\w*|afgemeld\w*|afmeldingen|verhinderd\w*|absent\w*|absence|apologies|regrets)"
    rf"(?: (?:mk|m\.k\.|{_NOTICE}|for absence))?|{_NOTICE}|m\.k\.a\.?|bericht van verhindering)"
    r"\s*(?:\([^)]*\))?\s*(?::.*|$)",
    re.IGNORECASE,
)
# What a name is made of: words with a capital, and what stands between them.
_NAME = re.compile(
    r"(?:(?:[^\W\d_a-z][\w'’.-]*|van|de|den|der|ter|ten|te|het|el|al|en|and|dhr|mw|mevr|mevrouw|heer)\.?(?:,|\s|$)\s*){1,7}"
)
_STATES = re.compile(
    r"\b(?:is|zijn|was|waren|heeft|hebben|wordt|worden|kan|kunnen|moet|moeten|gaat|duurt|werkt|graag|te|are|were|has|have"
    r"|can|must|takes|works|should)\b"
)
# The service centre itself: what its people say is no remark of a customer.
OWN = re.compile(
    r"\b(?:SSC|SSO|shared[- ]service\w*|service ?cent(?:er|re|rum)|dienstencentrum)(?![\w-])", re.IGNORECASE
)
_LOOK = 40
_MOST = 300


@dataclass(frozen=True)
class Presence:
    """Who was there.

    Attributes
    ----------
    count : int or None
    names : tuple of str
    hosts : frozenset of str
        First words of the names of the service centre's own people.
    lines : frozenset of int
        Positions of the lines that tell.
    """

    count: int | None
    names: tuple[str, ...]
    hosts: frozenset[str]
    lines: frozenset[int]


def presence(lines: list[Line]) -> Presence:
    """Read who was there, and who was not.

    Parameters
    ----------
    lines : list of Line

    Returns
    -------
    Presence
        Count None where the minutes do not tell.
    """
    used: set[int] = set()
    for at, line in enumerate(lines):
        if not _ABSENT.fullmatch(line.text):
            continue
        below = [] if re.search(r":\s*\S", line.text) else _names_below(at, lines)
        if below or ":" in line.text:
            used.update((at, *below))
    for at, line in enumerate(lines[:_LOOK]):
        match = _PRESENT.fullmatch(line.text)
        if not match:
            continue
        if number := re.match(r"(?:ca\.? |circa |ongeveer |about )?(\d{1,3})\b", match[2]):
            return Presence(int(number[1]), (), frozenset(), frozenset(used | {at}))
        people, told = _people(match[2]), {at}
        if not match[2]:
            for place in _names_below(at, lines):
                told.add(place)
                people += _people(lines[place].text, single=True)
        if match[1] or people:
            names = tuple(name for name, _ in people)
            hosts = frozenset(name.split()[0] for name, aside in people if OWN.search(aside))
            return Presence(int(match[1]) if match[1] else len(names), names, hosts, frozenset(used | told))
    return Presence(None, (), frozenset(), frozenset(used))


def _names_below(at: int, lines: list[Line]) -> list[int]:
    """Give the lines right below a word that hold a name each: bullets, or plain lines that are no more than names."""
    found: list[int] = []
    for below in range(at + 1, min(at + _MOST, len(lines))):
        line = lines[below]
        if _ABSENT.fullmatch(line.text):
            break
        named = re.sub(r"\([^)]*\)", "", line.text).strip()
        bare = bool(_NAME.fullmatch(named)) and not line.heading and not (line.after_blank and found)
        bullet = line.bullet and ":" not in named and len(named.split()) <= 10 and not _STATES.search(named)
        if not (bullet or bare) or (found and line.bullet != lines[found[0]].bullet):
            break
        found.append(below)
    if found and not lines[found[-1]].bullet and found[-1] + 1 < len(lines) and lines[found[-1] + 1].bullet:
        # What stands right above a list is its title.
        found.pop()
    return found


def _people(text: str, single: bool = False) -> list[tuple[str, str]]:
    """Cut "Jan (OK, Noord), Els en Piet" into names, each with what stands in brackets behind it."""
    held = re.sub(r"\([^)]*\)", lambda aside: re.sub(r"[,;&]| (?:en|and) ", "/", aside.group()), text)
    parts = [held] if single else re.split(r",|;|\ben\b|\band\b|&", held)
    people = []
    for part in parts:
        name = re.sub(r"\([^)]*\)", "", part).strip(" .")
        if name:
            people.append((name, " ".join(re.findall(r"\(([^)]*)\)", part))))
    return people
