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
    r"\s*(?:\([^)]*\))?\s*:.*",
    re.IGNORECASE,
)
# The service centre itself: what its people say is no remark of a customer.
OWN = re.compile(
    r"\b(?:SSC|SSO|shared[- ]service\w*|service ?cent(?:er|re|rum)|dienstencentrum)(?![\w-])", re.IGNORECASE
)
_LOOK = 40


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
    used = {at for at, line in enumerate(lines) if _ABSENT.fullmatch(line.text)}
    for at, line in enumerate(lines[:_LOOK]):
        match = _PRESENT.fullmatch(line.text)
        if not match:
            continue
        if number := re.match(r"(?:ca\.? |circa |ongeveer |about )?(\d{1,3})\b", match[2]):
            return Presence(int(number[1]), (), frozenset(), frozenset(used | {at}))
        people, told = _people(match[2]), {at}
        if not match[2]:
            for next_at in range(at + 1, len(lines)):
                below = lines[next_at]
                if not below.bullet or ":" in below.text or len(below.text.split()) > 10:
                    break
                told.add(next_at)
                people += _people(below.text, single=True)
        if match[1] or people:
            names = tuple(name for name, _ in people)
            hosts = frozenset(name.split()[0] for name, aside in people if OWN.search(aside))
            return Presence(int(match[1]) if match[1] else len(names), names, hosts, frozenset(used | told))
    return Presence(None, (), frozenset(), frozenset(used))


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
