"""Session notes: agenda points, remarks with who said them; actions, decisions, answers and formalities apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from feedback.intake import formalities
from feedback.intake.clean import clean, with_below
from feedback.intake.dates import find_day
from feedback.intake.lines import AGENDA, NUMBERED, Line, lines_of
from feedback.intake.model import Document, Paragraph, ParagraphKind
from feedback.intake.note_tables import laid_out
from feedback.intake.presence import OWN, Presence, presence
from feedback.intake.speakers import Said, labels, said
from feedback.intake.transcript import said_only

# The end of a sentence or a smiley: no title ends so.
_END = re.compile(r"(?:[.!…;,][\"'”’)]?|[:;]-?[()/]|[☀-➿\U0001f300-\U0001faff])$")
_COUNTED = re.compile(r"\(?(?:\d{1,2}|[a-h])[.)]\s+\S")
_COUNTS = re.compile(r"\(?(\d{1,2})[.)]\s")
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
    r"(?:\w+ ){0,2}(?:\w*verslag|notulen|notities?|minutes|notes|aantekeningen|agenda|samenvatting|summary"
    r"|report|interview|gesprek(?:sverslag)?|\w*panel\w*"
    r"|\w*sessie|\w*bijeenkomst|session|meeting)\b",
    re.IGNORECASE,
)
# A verb makes a line a statement; a question may stand above a list.
_STATES = re.compile(
    r"\b(?:is|zijn|was|waren|heeft|hebben|had|wordt|worden|kan|kunnen|moet|moeten|mag|gaat|gaan|duurt|werkt"
    r"|werken|doet|doen|krijg\w*"
    r"|komt|komen|staat|staan|zou\w*|wil|willen|vind\w*|mist|mis|are|were|has|have|can|must|takes|works"
    r"|should|would|need\w*)\b"
)
_ASKS = re.compile(r"(?:wat|waar|waarom|hoe|welke|wie|wanneer|what|where|why|how|which|who|when)\b")
_ANSWER = re.compile(r"(?:antwoord|answer|a)\s*:\s*(?=\S)", re.IGNORECASE)
_LABELLED = re.compile(r"(?!(?:dag)?voorzitter|chair|gespreksleider)[^\W\d_][\w'’-]+:\s", re.IGNORECASE)
# A bullet with all that is indented under it; more is a chapter of its own.
_LONGEST = 80


def document(text: str) -> Document:
    """Understand session notes as they were typed or pasted.

    Parameters
    ----------
    text : str

    Returns
    -------
    Document
        See `document_of`.
    """
    return document_of(lines_of(said_only(clean(text))))


def document_of(lines: Sequence[Line]) -> Document:
    """Understand the lines of session notes.

    Parameters
    ----------
    lines : sequence of Line

    Returns
    -------
    Document
        Paragraphs in order; what is no remark of a customer is marked. Head and attendance are none.
    """
    laid = laid_out(lines)
    found = _Reading(laid).document()
    if any(paragraph.kind == "remark" for paragraph in found.paragraphs):
        return found
    # "Opening" above all that was said: a heading that was not followed by another.
    return _Reading(laid, formal=False).document()


class _Reading:
    """Goes through the lines once, knowing under which agenda point it is."""

    def __init__(self, lines: list[Line], *, formal: bool = True) -> None:
        self.lines = lines
        self.formal = formal
        self.presence: Presence = presence(lines)
        self.known = labels(line.text for line in lines)
        self.paragraphs: list[Paragraph] = []
        # Agenda point, and the lines ending in a colon above the current one: (indent, text).
        self.context: list[tuple[int, str]] = []
        self.under: ParagraphKind = "remark"
        self.is_talk = max(self.known.values(), default=0) >= 3
        # Whether a heading stands right above.
        self.fresh = False
        # Indent of the bullet that gave the last paragraph; -1 after anything else.
        self.bullet = -1

    def document(self) -> Document:
        """Read all lines."""
        day = next((day for line in self.lines[:12] if len(line.text) < 200 and (day := find_day(line.text))), None)
        body, ended = False, False
        for at, line in enumerate(self.lines):
            if at in self.presence.lines:
                continue
            if not body and at < 15 and (_HEAD.fullmatch(line.text) or _is_title(at, line, self.lines)):
                continue
            body = True
            if _is_heading(at, line, self.lines):
                self._heading(line)
                ended = False
                continue
            ended = ended or formalities.says_farewell(line.text)
            # A name and an address follow a farewell.
            if ended and len(line.text.split()) < 8:
                continue
            ended = False
            self._paragraph(line)
        speakers = {one.speaker for one in self.paragraphs if one.speaker}
        return Document(
            tuple(self.paragraphs), self.presence.count, day, tuple(sorted({*self.presence.names, *speakers}))
        )

    def _heading(self, line: Line) -> None:
        title = _heading_text(line.text)
        depth = line.indent if line.bullet else -1
        self.context = [*[one for one in self.context if one[0] < depth], (depth, title)]
        self.bullet, self.fresh = -1, True
        if depth < 0:
            under = formalities.kind_under(title)
            self.under = "remark" if under == "formality" and not self.formal else under

    def _paragraph(self, line: Line) -> None:
        below = line.bullet and 0 <= self.bullet < line.indent
        # An answer stands indented under a bullet, or as a plain line after it.
        answers = below or (not line.bullet and self.bullet >= 0)
        self.context = [one for one in self.context if one[0] < line.indent or one[0] < 0]
        if found := formalities.marked(line.text):
            self._add(line, Said(found[1]), found[0])
            return
        if line.kind or self.under in ("action", "decision"):
            of_meeting = not line.kind and formalities.is_formal(line.text)
            self._add(line, Said(line.text), "formality" if of_meeting else line.kind or self.under)
            return
        text = _unnumbered(line.text)
        fresh, self.fresh = self.fresh, False
        if fresh and self.context[-1][1].endswith("?"):
            # An interview: the answer is the customer's.
            text = _ANSWER.sub("", text, count=1)
        if formalities.is_reply(text):
            self._add(line, Said(text), "reply")
            return
        spoken = said(text, self.known, self.presence.names)
        if line.speaker or line.organisation:
            spoken = Said(spoken.text, line.speaker or spoken.speaker, line.organisation or spoken.organisation)
        if self._is_host(spoken):
            self._add(line, spoken, "reply")
            return
        if self.under == "formality" and not spoken.speaker and not (self.is_talk and _LABELLED.match(text)):
            self._add(line, spoken, "formality")
            return
        remark, formal, reply = formalities.parted(spoken.text, self.presence.hosts, below=answers)
        if remark and not spoken.speaker and (self._agreed(line, remark) or (below and self._joined(remark))):
            remark = ""
        elif remark:
            self._add(line, replace(spoken, text=remark), "remark")
            self.bullet = line.indent if line.bullet else -1
        for rest, kind in ((formal, "formality"), (reply, "reply")):
            if rest:
                self._add(line, Said(rest), "reply" if kind == "reply" else "formality")

    def _joined(self, text: str) -> bool:
        """Put a bullet at the one that it is indented under."""
        at = next((i for i in range(len(self.paragraphs) - 1, -1, -1) if self.paragraphs[i].kind == "remark"), None)
        if at is None or len(self.paragraphs[at].text.split()) + len(text.split()) > _LONGEST:
            return False
        self.paragraphs[at] = replace(self.paragraphs[at], text=with_below(self.paragraphs[at].text, text))
        return True

    def _agreed(self, line: Line, text: str) -> bool:
        """Put agreement at the remark right before it, under the same heading."""
        last = self.paragraphs[-1] if self.paragraphs else None
        if last is None or last.kind != "remark" or last.heading != self._heading_of(line):
            return False
        if not formalities.agrees(text):
            return False
        stop = "" if _END.search(last.text) or last.text[-1] in "?\"'”’" else "."
        self.paragraphs[-1] = replace(last, text=f"{last.text}{stop} {text}")
        return True

    def _is_host(self, spoken: Said) -> bool:
        if spoken.organisation and OWN.fullmatch(spoken.organisation.strip()):
            return True
        return bool(spoken.speaker) and str(spoken.speaker).split()[0] in self.presence.hosts

    def _add(self, line: Line, spoken: Said, kind: ParagraphKind) -> None:
        heading = self._heading_of(line)
        self.paragraphs.append(
            Paragraph(line.row, spoken.text, heading, spoken.speaker, spoken.organisation, spoken.level, kind)
        )

    def _heading_of(self, line: Line) -> str:
        return " / ".join(filter(None, [*(title for _, title in self.context), line.under]))[:500]


def _is_title(at: int, line: Line, lines: list[Line]) -> bool:
    if at > 2 or line.bullet or len(line.text) > 120 or len(lines) == 1 or _END.search(line.text):
        return False
    if formalities.kind_under(line.text) != "remark":
        return False
    return bool(_TITLE.match(line.text)) and (line.heading or at == 0)


def _is_heading(at: int, line: Line, lines: list[Line]) -> bool:
    if line.heading or (not line.bullet and formalities.is_round(line.text)):
        return True
    below = lines[at + 1] if at + 1 < len(lines) else None
    words = line.text.split()
    if below is None or len(words) > 14 or line.speaker or line.kind:
        return False
    if line.text.endswith(":"):
        over_list = below.bullet or bool(_COUNTS.match(below.text))
        return below.indent > line.indent or (not line.bullet and (line.after_blank or over_list))
    if line.bullet:
        return len(words) <= 3 and _heads(at, lines) and not _STATES.search(line.text.lower())
    if _END.search(line.text):
        return False
    if (
        _is_formal_point(line)
        or (AGENDA.match(line.text) and not _asked(line))
        or (line.text.isupper() and len(line.text) > 3)
    ):
        return True
    listed = below.bullet or _is_list(at + 1, lines)
    if NUMBERED.match(line.text):
        # "1. Opening" stands alone; "1. Te weinig plekken" is followed by its like, and the last of them comes after it.
        if _ends_a_list(at, lines):
            return False
        return len(words) <= 10 and (below.bullet or below.after_blank or not NUMBERED.match(below.text))
    if ":" not in line.text and len(words) <= 5 and _stands_over_bullets(at, lines):
        return True
    if not line.after_blank or len(words) > 8 or ":" in line.text:
        return False
    if _STATES.search(line.text.lower()) and not _ASKS.match(line.text.lower()):
        return False
    return listed or (below.after_blank and not line.text.endswith("?") and len(below.text) > 60)


def _stands_over_bullets(at: int, lines: list[Line]) -> bool:
    """Tell a title that is typed right under the list before it, and right above its own."""
    line, below = lines[at], lines[at + 1]
    first = at == 0 or lines[at - 1].bullet or bool(_COUNTED.match(lines[at - 1].text)) or at <= 2
    return (
        first and (below.bullet or bool(_COUNTED.match(below.text))) and below.indent >= line.indent and line.text[:1].isupper()
        and not _STATES.search(line.text.lower())
    )  # fmt: skip


def _is_formal_point(line: Line) -> bool:
    return line.after_blank and formalities.kind_under(_heading_text(line.text)) != "remark"


def _asked(line: Line) -> bool:
    """Tell "Vraag: kan dat sneller?" between other lines, asked by the panel, from the question above its answers."""
    return not line.after_blank and bool(re.match(r"(?:vraag|question)\s*:", line.text, re.IGNORECASE))


def _heads(at: int, lines: list[Line]) -> bool:
    """Tell a bullet with two or more of its own: "Parkeren", with what is said of it below."""
    two = lines[at + 1 : at + 3]
    return len(two) == 2 and all(line.bullet and line.indent > lines[at].indent for line in two)


def _is_list(at: int, lines: list[Line]) -> bool:
    """Tell a row of numbered lines."""
    two = lines[at : at + 2]
    return len(two) == 2 and all(NUMBERED.match(line.text) and not line.after_blank for line in two)


def _ends_a_list(at: int, lines: list[Line]) -> bool:
    """Tell the last of some numbered lines, with no bullets of its own right below, from the next point of an agenda."""
    before = lines[at - 1] if at else None
    if before is None or lines[at].after_blank or not NUMBERED.match(before.text) or _is_formal(before.text):
        return False
    below = lines[at + 1]
    return (below.after_blank or (not below.bullet and _counts_on(before, lines[at]))) and not _is_formal(
        lines[at].text
    )


def _counts_on(before: Line, line: Line) -> bool:
    """Tell "2)" right under "1)": of one list, so that both are said or both are titles."""
    first, second = _COUNTS.match(before.text), _COUNTS.match(line.text)
    return first is not None and second is not None and int(second[1]) == int(first[1]) + 1


def _is_formal(text: str) -> bool:
    return formalities.kind_under(_heading_text(text)) != "remark"


def _heading_text(text: str) -> str:
    match = AGENDA.fullmatch(text) or NUMBERED.fullmatch(text)
    return (match[1] if match else text).strip().rstrip(":").strip()


def _unnumbered(text: str) -> str:
    match = re.match(r"\(?(?:\d{1,2}|[a-z])[.)]\s+(?=\S)", text)
    return text[match.end() :] if match else text
