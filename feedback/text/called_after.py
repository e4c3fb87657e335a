"""What is called after a person and is none: towns, sayings, rooms, programs. No name is looked for there."""

import re

from feedback.text.name_lists import CALLED_AFTER, PROGRAMS, ROLES, name_lists

_KNOWN = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(CALLED_AFTER, key=len, reverse=True)))})(?!\w)")
_NAME = r"[A-ZÀ-Þ][\w'’.]*"
_ROOM = re.compile(
    rf"(?:\b(?i:de|het|deze|die|onze|the|in|naar|voor)\s)(?P<what>(?:{_NAME} (?:(?:van|de|den|der|von|en) ){{0,3}}){{1,3}}"
    r"[A-ZÀ-Þ]\w{2,}(?:zaal|kamer|vleugel|gebouw|ruimte|lokaal|foyer|toren|auditorium|hal))\b"
)
# "Johan Cruijff-kamer", "Hans en Grietje-gevoel"
_COMPOUND = re.compile(
    rf"(?P<what>(?:{_NAME} (?:(?:en|&|van|de|den|der|von) ){{0,3}}){{0,3}}(?P<first>[A-ZÀ-Þ][\w'’]*)-(?P<last>[a-zà-ÿ]{{3,}}))\b"
)
_PROGRAM = "|".join(sorted(PROGRAMS))
_ROBOT = r"\w*(?:chatbot|robot|bot|spraakassistent)"
_PROGRAM_CALLED = (
    re.compile(rf"(?P<who>{_NAME}) (?:is|was) (?:de naam|the name) (?:van|of) (?:\w+ ){{0,3}}(?:{_PROGRAM})\b"),
    re.compile(rf"(?P<who>{_NAME})(?:,| is| \() ?(?:onze|de|het|een|our|the|a) (?:\w+ )?{_ROBOT}\b"),
    re.compile(rf"\b(?:{_PROGRAM})(?: (?:die|dat|that|which))?(?: is)? (?:heet|genaamd|called|named) (?P<who>{_NAME})"),
    re.compile(rf"\b{_ROBOT} (?P<who>{_NAME})"),
)
_PROGRAMS = re.compile(rf"\b(?:{_PROGRAM})(?:en|s|'s)?\b|koppeling|koppelen|\bapps\b", re.I)
_PAIR = re.compile(rf"(?P<one>{_NAME})(?: (?:en|of|naar|met|and|or|to|with) | ?[/,&] ?)(?P<other>{_NAME})")


def things(text: str) -> list[tuple[int, int]]:
    """Find what is called after a person and is none.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of (int, int)
        Start and end, in no order.
    """
    found = [match.span() for match in _KNOWN.finditer(text)]
    found += [match.span("what") for match in _ROOM.finditer(text)]
    found += [
        match.span("what")
        for match in (_COMPOUND.finditer(text) if "-" in text else ())
        if not match["first"].isupper() and match["last"] not in ROLES and match["first"].lower() not in _no_names()
    ]
    if _PROGRAMS.search(text):
        called = {match["who"] for pattern in _PROGRAM_CALLED for match in pattern.finditer(text)} | _beside(text)
        found += [match.span() for who in called for match in re.finditer(rf"(?<!\w){re.escape(who)}(?!\w)", text)]
    return found


def _beside(text: str) -> set[str]:
    """Give what stands in one breath with a known program: "Topdesk en Roos", where programs are spoken of."""
    pairs = [(match["one"], match["other"]) for match in _PAIR.finditer(text)]
    lists = name_lists()
    return {
        mine
        for pair in pairs
        for mine, other in (pair, pair[::-1])
        if mine in lists.doubtful_first and other.lower() in lists.no_names
    }


def _no_names() -> frozenset[str]:
    return name_lists().no_names
