"""Session notes as plain text: agenda points, remarks with who said them, actions and decisions apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback.intake.clean import clean, fold
from feedback.intake.dates import find_day
from feedback.intake.lines import AGENDA, NUMBERED, Line, lines_of
from feedback.intake.model import Document, Paragraph, ParagraphKind
from feedback.intake.speakers import labels, said

_END = re.compile(r"[.!…;,][\"'”’)]?$")
_PRESENT = re.compile(
    r"(?:aantal )?(?:aanwezig(?:en|e)?(?: leden| panelleden| deelnemers)?|deelnemers|panelleden|opkomst"
    r"|present|attendees"
    r"|participants|attendance|in attendance)\s*(?:\((\d{1,3})[^)]*\))?\s*(?::|=|$)\s*(.*)",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"(?:afwezig\w*|afgemeld\w*|afmeldingen|verhinderd|met kennisgeving \w+|m\.k\.a\.?|absent"
    r"|apologies)\s*(?:\([^)]*\))?\s*:.*",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:datum|date|tijd|tijdstip|time|locatie|location|plaats|place|voorzitter|chair\w*|notulist\w*|notulen"
    r"|minutes|verslag|versie"
    r"|status|betreft|onderwerp|subject|van|aan|cc|bcc|from|to|verzonden|sent|kenmerk|auteur|author"
    r"|verslaglegging"
    r"|gespreksleider|facilitator|ruimte|zaal|duur|bijlagen?|verspreiding|bijeenkomst|organisatie"
    r"|aanleiding)\s*:.*",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:\w+ ){0,2}(?:\w*verslag|notulen|notities|minutes|notes|aantekeningen|agenda|samenvatting|summary"
    r"|report|\w*panel\w*"
    r"|\w*sessie|\w*bijeenkomst|session|meeting)\b",
    re.IGNORECASE,
)
# "Actie: ...", "Actie 3 (Jan) - ...", "Actie Jan: ..."
_MARKED = r"(?:(?: ?\d{1,2})?\s*(?:\([^)]{1,60}\))?\s*(?::|[–-]\s)|(?: [A-Z]\w+){1,3}:)\s*(?=\S)"
_ACTION = re.compile(rf"(?i:actie(?:punt|s)?|ap ?\d*|a\d{{1,2}}|to ?do|action(?: item| point)?s?){_MARKED}")
_DECISION = re.compile(
    rf"(?i:besluit(?:en)?|besloten|afspra(?:ak|ken)|afgesproken|decisions?|decided|agreed|agreement){_MARKED}"
)
_ACTIONS = re.compile(
    r"(?:actie ?(?:lijst|punten|puntenlijst|s)|actiepuntenlijst|vervolgacties|vervolgstappen|to ?do(?: lijst|"
    r" list)?"
    r"|action (?:list|items|points)|actions|next steps)"
)
_DECISIONS = re.compile(r"(?:besluiten(?:lijst)?|afspraken(?:lijst)?|decisions?|agreements)")
# A verb makes a line a statement; a question may stand above a list.
_STATES = re.compile(
    r"\b(?:is|zijn|was|waren|heeft|hebben|had|wordt|worden|kan|kunnen|moet|moeten|mag|gaat|gaan|duurt|werkt"
    r"|werken|doet|doen|krijg\w*"
    r"|komt|komen|staat|staan|zou\w*|wil|willen|vind\w*|mist|mis|are|were|has|have|can|must|takes|works"
    r"|should|would|need\w*)\b"
)
_ASKS = re.compile(r"(?:wat|waar|waarom|hoe|welke|wie|wanneer|what|where|why|how|which|who|when)\b")
# What the chair does is no remark of a customer.
_PROCEDURE = re.compile(
    r"(?:de |the )?(?:voorzitter|gespreksleider|dagvoorzitter|chair\w*|facilitator)(?: \w+){0,3} "
    r"(?:opent|sluit|heet|dankt|bedankt|opens|opened|closes|closed|welcomes|welcomed|thanks|thanked)\b"
    r"|(?:de |the )?(?:volgende|next) (?:bijeenkomst|vergadering|sessie|panel\w*|meeting|session) (?:is|vindt"
    r"|zal|will|takes)\b"
    r"|(?:beste|geachte|dear|hallo|hoi|hello|hi|goede\w*)(?: [\w.]+){1,4},?$"
)
_FAREWELL = re.compile(
    r"(?:met )?(?:vriendelijke|hartelijke) groet\w*|groet(?:en|jes)?,?$|mvg\b|kind regards|best regards"
    r"|regards,?$|sincerely"
)


@dataclass(frozen=True)
class _Presence:
    """Who was there, and which lines tell."""

    count: int | None
    names: tuple[str, ...]
    lines: frozenset[int]


def document(text: str) -> Document:
    """Understand session notes.

    Parameters
    ----------
    text : str
        As typed, pasted or read from a file.

    Returns
    -------
    Document
        Paragraphs in order. Head, attendance and procedure are none; actions and decisions are marked.
    """
    lines = lines_of(clean(text))
    day = next((day for line in lines[:12] if len(line.text) < 200 and (day := find_day(line.text))), None)
    presence = _presence(lines)
    known = labels(line.text for line in lines)
    paragraphs: list[Paragraph] = []
    # Agenda point, and the lines ending in a colon above the current one: (indent, text).
    context: list[tuple[int, str]] = []
    under: ParagraphKind = "remark"
    body, ended = False, False
    for at, line in enumerate(lines):
        if at in presence.lines or _ABSENT.fullmatch(line.text):
            continue
        if not body and at < 15 and (_HEAD.fullmatch(line.text) or _is_title(at, line, lines)):
            continue
        if _is_heading(at, line, lines):
            title = _heading_text(line.text)
            depth = line.indent if line.bullet else -1
            context = [*[one for one in context if one[0] < depth], (depth, title)]
            if depth < 0:
                under = _under(title)
            body, ended = True, False
            continue
        if _PROCEDURE.match(line.text.lower()):
            continue
        ended = ended or bool(_FAREWELL.match(line.text.lower()))
        # A name and an address follow a farewell.
        if ended and len(line.text.split()) < 8:
            continue
        body, ended = True, False
        context = [one for one in context if one[0] < line.indent or one[0] < 0]
        kind, words = _kind(line.text, under)
        spoken = said(_unnumbered(words), known, presence.names)
        heading = " / ".join(title for _, title in context)[:500]
        paragraphs.append(
            Paragraph(line.row, spoken.text, heading, spoken.speaker, spoken.organisation, spoken.level, kind)
        )
    return Document(tuple(paragraphs), presence.count, day)


def _presence(lines: list[Line]) -> _Presence:
    """Count who was there: a number, a list of names on one line, or bullets under the word."""
    for at, line in enumerate(lines[:40]):
        match = _PRESENT.fullmatch(line.text)
        if not match:
            continue
        used = {at}
        if number := re.match(r"(?:ca\.? |circa |ongeveer |about )?(\d{1,3})\b", match[2]):
            return _Presence(int(number[1]), (), frozenset(used))
        names = _names(match[2])
        if not match[2]:
            for next_at in range(at + 1, len(lines)):
                below = lines[next_at]
                if not below.bullet or ":" in below.text or len(below.text.split()) > 10:
                    break
                used.add(next_at)
                names.append(re.sub(r"\([^)]*\)", "", below.text).strip())
        if match[1] or names:
            return _Presence(int(match[1]) if match[1] else len(names), tuple(names), frozenset(used))
    return _Presence(None, (), frozenset())


def _names(text: str) -> list[str]:
    without = re.sub(r"\([^)]*\)", "", text)
    return [name for part in re.split(r",|;|\ben\b|\band\b|&", without) if (name := part.strip(" ."))]


def _is_title(at: int, line: Line, lines: list[Line]) -> bool:
    if at > 2 or line.bullet or len(line.text) > 120 or len(lines) == 1 or _END.search(line.text):
        return False
    return bool(_TITLE.match(line.text)) and (line.heading or at == 0)


def _is_heading(at: int, line: Line, lines: list[Line]) -> bool:
    if line.heading:
        return True
    below = lines[at + 1] if at + 1 < len(lines) else None
    words = line.text.split()
    if below is None or len(words) > 14:
        return False
    if line.text.endswith(":"):
        return below.indent > line.indent or (not line.bullet and (line.after_blank or below.bullet))
    if line.bullet or _END.search(line.text):
        return False
    if AGENDA.match(line.text) or (line.text.isupper() and len(line.text) > 3):
        return True
    listed = below.bullet or _is_list(at + 1, lines)
    if NUMBERED.match(line.text):
        # "1. Opening" stands alone; "1. Te weinig plekken" is followed by its like.
        return len(words) <= 10 and (below.bullet or below.after_blank or not NUMBERED.match(below.text))
    if not line.after_blank or len(words) > 8 or ":" in line.text:
        return False
    if _STATES.search(line.text.lower()) and not _ASKS.match(line.text.lower()):
        return False
    return listed or (below.after_blank and not line.text.endswith("?") and len(below.text) > 60)


def _is_list(at: int, lines: list[Line]) -> bool:
    """Tell a row of numbered lines."""
    two = lines[at : at + 2]
    return len(two) == 2 and all(NUMBERED.match(line.text) and not line.after_blank for line in two)


def _heading_text(text: str) -> str:
    match = AGENDA.fullmatch(text) or NUMBERED.fullmatch(text)
    return (match[1] if match else text).strip().rstrip(":").strip()


def _unnumbered(text: str) -> str:
    match = re.match(r"\(?(?:\d{1,2}|[a-z])[.)]\s+(?=\S)", text)
    return text[match.end() :] if match else text


def _under(title: str) -> ParagraphKind:
    folded = fold(title)
    return "action" if _ACTIONS.fullmatch(folded) else "decision" if _DECISIONS.fullmatch(folded) else "remark"


def _kind(text: str, under: ParagraphKind) -> tuple[ParagraphKind, str]:
    if match := _ACTION.match(text):
        return "action", text[match.end() :]
    if match := _DECISION.match(text):
        return "decision", text[match.end() :]
    return under, text
