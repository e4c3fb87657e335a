"""Who said a line of session notes: "Jan (Gemeente X): ...", "P12: ...", '"..." (manager, Hospital A)'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feedback.intake.clean import fold
from feedback.intake.levels import as_level
from feedback.intake.model import Level

_NAME = r"(?:[^\W\d_][\w'’.-]*)"
_CODED = r"[A-Z]{1,4}[-. ]?\d{1,5}"
_LABEL = re.compile(rf"((?:{_NAME} ){{0,5}}{_NAME}(?: \d{{1,3}})?|{_CODED})(?:\s*\(([^()]{{1,80}})\))?\s*:\s+(?=\S)")
_CODE = re.compile(_CODED)
_AFTER = re.compile(r"[\"“„'‘](.+)[\"”’']\.?\s*(?:\(([^()]{2,80})\)|[–—-]\s*([^.!?]{2,60}))\.?")
_SAYS = r"aldus|zegt|zei|vertelt|meldt|vindt|says|said|according to|volgens"
# '"De koffie is koud," aldus Els de Wit (HR).', and the same without quotation marks after a comma.
_TOLD = re.compile(
    rf"(?:[\"“„'‘]([^\"“”„]+)[\"”’'],?\s*(?i:{_SAYS})|([^\"“”„]+),\s+(?i:aldus|zegt|vertelt))"
    rf"\s+((?:{_NAME} ){{0,5}}{_NAME}?[^\W\d_])(?:\s*\(([^()]{{2,80}})\)|,\s*([^.!?]{{2,60}}))?\.?"
)
# What speaks, and is nobody.
_BODY = re.compile(
    r"(?:gemeente|ministerie|provincie|waterschap|stichting|afdeling|team|dienst|directie)\b|(?:het|de|een|the|a) "
)
_TITLE = re.compile(r"(?:dhr|mw|mevr|mr|mrs|ms|dr|drs|ir|prof)\b\.?|(?:de heer|mevrouw|meneer)\b", re.IGNORECASE)
_PARTICLES = frozenset(
    ["van", "de", "den", "der", "ter", "ten", "te", "het", "la", "le", "el", "al", "von", "d", "op", "in"]
)
_JOB = re.compile(
    r"(?:deelnemer|respondent|panellid|klant|spreker|ambassadeur|participant|member|speaker|customer"
    r"|medewerker|teamleider"
    r"|manager|directeur|gast|guest)\b"
)
# Labels that open a line and are nobody.
_NOBODY = re.compile(
    r"(?:actie|besluit|aanwezig|afwezig|afgemeld|opmerking|besparing|action|decision|comment|remark|wens|idee"
    r"|idea|kans|tip|vraag"
    r"|question|conclusi|samenvatting|summary|voorstel|suggesti|probleem|problem|oplossing|solution)\w*"
    r"|afspraak|afspraken|vragen|antwoord|answer|top|tops|let op|nb|ps|positief|negatief|goed|beter|minder"
    r"|toelichting|reactie"
    r"|voorbeeld|bijvoorbeeld|example|datum|date|tijd|time|locatie|plaats|place|voorzitter|chair|notulist"
    r"|verslag|minutes|note"
    r"|onderwerp|subject|agenda|bijlage|kortom|dus|maar|en|ook|daarnaast|verder|resultaat|doel|present|absent"
    r"|good|bad|better"
    r"|positive|negative|todo|to do|plus|min|sterk|zwak|cijfer|score|van|aan|cc|from|to|re|fw|wat (?:gaat|kan"
    r"|moet) \w+|meer"
    r"|allen|algemeen|iedereen|all|everybody|general|citaat|quote|gevolg|oorzaak|reden|waarom|why|http|https"
)


@dataclass(frozen=True)
class Said:
    """A line with its speaker taken off."""

    text: str
    speaker: str | None = None
    organisation: str | None = None
    level: Level | None = None


def labels(lines: Iterable[str]) -> Counter[str]:
    """Count what stands before a colon at the start of lines: a name that comes back is a speaker."""
    return Counter(match[1] for line in lines if (match := _LABEL.match(line)))


def said(line: str, known: Counter[str], present: Sequence[str] = ()) -> Said:
    """Take the speaker off a line.

    Parameters
    ----------
    line : str
        Without its bullet.
    known : Counter of str
        From `labels`, over all lines.
    present : sequence of str
        Names from the attendance list.

    Returns
    -------
    Said
        The line as it is where nobody is named.
    """
    match = _LABEL.match(line)
    if match and _is_person(match[1], match[2], known, present):
        organisation, level = _aside(match[2] or "")
        level = level or (as_level(match[1]) if _JOB.match(fold(match[1])) else None)
        return Said(_unquoted(line[match.end() :]), match[1].strip(), organisation, level)
    if match := _AFTER.fullmatch(line):
        organisation, level = _aside(match[2] or match[3])
        return Said(match[1].strip(), None, organisation, level)
    if (match := _TOLD.fullmatch(line)) and _is_name(match[3]):
        organisation, level = _aside(match[4] or match[5] or "")
        return Said((match[1] or match[2]).strip().rstrip(","), match[3], organisation, level)
    return Said(line)


def _aside(text: str) -> tuple[str | None, Level | None]:
    """Read "Gemeente X, teamleider": an organisation and a level, in any order."""
    organisation: str | None = None
    level: Level | None = None
    for part in re.split(r"[,;/]| [-–] ", text):
        part = part.strip()
        if found := as_level(part):
            level = level or found
        elif part and organisation is None and re.search(r"[^\W\d_]{2}", part):
            organisation = part
    return organisation, level


def _unquoted(text: str) -> str:
    text = text.strip()
    if match := re.fullmatch(r"[\"“„'‘]([^\"“”„]+)[\"”’']\.?", text):
        return match[1].strip()
    return text


def _is_name(text: str) -> bool:
    """Tell a name behind a quote from "aldus de directeur" and "volgens ICT"."""
    titled = _TITLE.match(text)
    parts = (text[titled.end() :] if titled else text).split()
    if not parts or text.isupper() or (not titled and _BODY.match(fold(text))):
        return False
    known = all(word[0].isupper() or word.strip(".'’").lower() in _PARTICLES for word in parts)
    return known and any(word[0].isupper() for word in parts)


def _is_person(label: str, aside: str | None, known: Counter[str], present: Sequence[str]) -> bool:
    folded = fold(label)
    if _CODE.fullmatch(label):
        return True
    if _NOBODY.fullmatch(folded):
        return False
    if _JOB.match(folded):
        return known[label] > 1 or any(c.isdigit() for c in label) or aside is not None
    parts = label.split()
    capitals = sum(word[0].isupper() for word in parts)
    if not capitals or any(word[0].islower() and word.strip(".'’").lower() not in _PARTICLES for word in parts):
        return False
    if aside or _TITLE.match(label) or any(folded in fold(name) for name in present):
        return True
    if label.isupper() and len(label) > 3:
        return False
    # One capitalised word may be a subject ("Parkeren: ..."); one that comes back with a colon each time is a name.
    return (capitals >= 2 and len(parts) <= 5) or known[label] >= 3
