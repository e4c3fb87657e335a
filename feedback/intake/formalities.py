"""What in minutes is no remark of a customer: the agenda, opening and thanks, actions, decisions, replies."""

from __future__ import annotations

import re
from collections.abc import Collection

from feedback.intake.clean import fold
from feedback.intake.model import ParagraphKind
from feedback.intake.presence import OWN
from feedback.intake.split import sentences_of

# "Actie: ...", "Actie 3 (Jan) - ...", "Actie Jan: ..."
_MARKED = r"(?:(?: ?\d{1,2})?\s*(?:\([^)]{1,60}\))?\s*(?::|[–-]\s)|(?: [A-Z]\w+){1,3}:)\s*(?=\S)"
_ACTION = re.compile(rf"(?i:actie(?:punt|s)?|ap ?\d*|a\d{{1,2}}|to ?do|action(?: item| point)?s?){_MARKED}")
_DECISION = re.compile(
    rf"(?i:besluit(?:en)?|besloten|afspra(?:ak|ken)|afgesproken|decisions?|decided|agreed|agreement){_MARKED}"
)
_ACTION_WORD = (
    r"(?:actie(?:lijst|punten|puntenlijst|s)?|actie lijst|vervolg(?:acties|stappen)?|to ?do(?: lijst| list)?"
    r"|action (?:list|items|points)|actions|next steps)"
)
_DECISION_WORD = r"(?:besluiten(?:lijst)?|afspraken(?:lijst)?|decisions?|agreements)"
_ACTIONS = re.compile(rf"{_ACTION_WORD}(?: (?:en|and) (?:{_ACTION_WORD}|{_DECISION_WORD}))?")
_DECISIONS = re.compile(rf"{_DECISION_WORD}(?: (?:en|and) (?:{_ACTION_WORD}|{_DECISION_WORD}))?")

_AGENDA = re.compile(
    r"(?:(?:de|concept|the|voorlopige) )?"
    r"(?:agenda(?:punten)?|dagorde|programma|program(?:me)?|inhoud|inhoudsopgave|contents)"
)
# Agenda points under which nobody says what they think of a service.
_LAST_TIME = (
    r"(?: (?:van )?(?:de )?(?:vorige|laatste|last|previous)?(?: (?:keer|vergadering|bijeenkomst|sessie|meeting"
    r"|session))?)?"
)
_FORMAL_POINT = (
    r"(?:de )?(?:(?:korte )?opening(?: door \w+(?: \w+)?)?|welkom\w*|welcome|introductions?|kennismaking|voorstelronde"
    r"|(?:af)?sluiting|closing|closure"
    r"|mededelingen(?: (?:van(?: de| het|uit)? )?(?:ssc|voorzitter))?|announcements"
    r"|(?:vaststell\w+ |bespreken |goedkeur\w+ |approval of (?:the )?)?(?:verslag|notulen|agenda|minutes)"
    rf"{_LAST_TIME}"
    r"|(?:terugkoppeling|bespreking|stand van zaken|voortgang|doornemen|review of) (?:(?:van )?de |the )?"
    r"(?:acties|actiepunten|actielijst|action\w*)"
    r"|volgende (?:keer|bijeenkomst|vergadering|sessie)|next (?:meeting|session)|datum volgende \w+)"
)
_FORMAL_POINTS = re.compile(rf"{_FORMAL_POINT}(?: (?:(?:en|and) )?(?:{_FORMAL_POINT}|terugblik|lookback))*")

_CHAIR = r"(?:dag)?voorzitter|gespreksleider|chair\w*|facilitator|moderator|notulist"
_CHAIR_SAYS = re.compile(rf"(?:de |the )?(?:{_CHAIR})\s*:\s*", re.IGNORECASE)
_MEETING = r"(?:vergadering|bijeenkomst|sessie|overleg|panel\w*|meeting|session)"
_EVERYBODY = r"(?:ieder\w*|allen|allemaal|de aanwezigen|deelnemers|de leden|everyone|everybody|all|the participants|those present)"
_NAME = r"(?:[\w.'’\[\]-]+ ){1,3}"
_AT = r"(?: om [\d.:]+(?: (?:u|uur))?(?: en)?)?"
_POLITE = (
    r"je|u|jullie|wel|allemaal|allen|iedereen|all|everyone|everybody|voor|for|uw|your|de|het|the|komst|aanwezigheid|inbreng"
    r"|aandacht|bijdrage|tijd|deelname|input|attention|time|coming|bij|to|dit|this|deze|panel\w*|sessie|session|en|and"
    r"|tot|volgende|keer|ziens"
)
_FORMAL = re.compile(
    "|".join(
        (
            rf"(?:de |the )?(?:{_CHAIR})(?: \w+){{0,3}} (?:opent|sluit|heet|dankt|bedankt|opens|opened|closes|closed"
            r"|welcomes|welcomed|thanks|thanked)\b.*",
            # Of others than the chair only what cannot be about a service: "de balie opent om negen uur" can.
            rf"{_NAME}(?:opent|sluit|opens|opened|closes|closed|schorst){_AT} (?:de|het|the) {_MEETING}\b.*",
            r"[\w.'’\[\]-]+ (?:opent|sluit) om \d\d?[.:]\d\d u(?:ur)?\.?",
            rf"{_NAME}(?:heet|welcomes?|welcomed|dankt|bedankt|thanks|thanked) (?:\w+ )?{_EVERYBODY}\b.*",
            rf"(?:de |the )?(?:volgende|next) (?:keer|{_MEETING})(?:\s*:| (?:is|vindt|zal|will|takes)\b).*",
            r"(?:het |de |the )?(?:concept)?(?:verslag|notulen|agenda|minutes)\b.{0,60}\b(?:wordt|worden|is|zijn|was|were)"
            r"(?: \w+){0,2} (?:vastgesteld|goedgekeurd|akkoord bevonden|approved|adopted)\b.*",
            rf"(?:de |het |the )?{_MEETING} (?:wordt|is|was){_AT} (?:geopend|gesloten|opened|closed|adjourned)\b.*",
            r"(?:rondvraag|w\.?v\.?t\.?t\.?k\.?|mededelingen|ingekomen stukken|actiepunten|any other business|aob|a\.o\.b\.)\s*[:–-]?\s*"
            r"(?:(?:er (?:is|zijn|was|waren) )?(?:geen|niets|niks|none|nothing|nihil|n\.?v\.?t\.?)(?: \w+){0,3}|-)[.!]*",
            r"(?:verder |er is |er zijn )?(?:geen|niets)(?: \w+){0,3} rondvraag\.?",
            r"(?:beste|geachte|dear|hallo|hoi|hello|hi|goede\w*)(?: [\w.\[\]]+){1,4}[,!]?",
            r"(?:beste|hallo|hoi|hello|hi|hey|goede(?:morgen|middag|navond|ndag)|l\.?s\.?)[,!.]*|dag(?: [\w.\[\]]+){0,3}[,!]",
            r"(?:verstuurd|verzonden|sent) (?:vanaf|vanuit|met|from|via) .{1,60}|(?:download |get )?outlook (?:voor|for) \w+.{0,40}",
            r"(?:iedereen |allen |allemaal |everyone |all )?(?:hartelijk |veel |heel erg )?(?:dank|bedankt|thanks|thank you|welkom|welcome)"
            rf"(?:,? (?:{_POLITE}))*[.,!]*",
            r"(?:graag )?tot (?:de volgende keer|ziens|dan|volgende keer)[.!]*",
        )
    ),
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"(?:met )?(?:vriendelijke|hartelijke) groet\w*|groet(?:en|jes)?,?$|mvg\b|kind regards|best regards"
    r"|regards,?$|sincerely"
)
_ANSWER = r"(?:reactie|antwoord|reply|response|answer|terugkoppeling)"
_REPLY = re.compile(
    rf"{_ANSWER}(?: (?:van(?:uit)?|from|by))?(?: (?:de|het|the))?(?: [\w&.-]+){{0,3}}\s*:\s*", re.IGNORECASE
)
# Alone at the start of a line it may be the subject: "SSC: te duur".
_OWN_SAYS = re.compile(rf"{OWN.pattern}\s*:\s*", re.IGNORECASE)
_ROUND = re.compile(r"(?:rondvraag|w\.?v\.?t\.?t\.?k\.?|any other business|a\.?o\.?b\.?)\s*:?", re.IGNORECASE)
_AGREES = re.compile(
    r"(?:[\w\[\]'’.-]+ ){0,5}(?:(?:is|zijn|was|waren) het (?:(?:daar|hier|er)(?:mee)? )?(?:(?:helemaal|volledig|ook|mee) )*eens"
    r"|(?:sluit|sluiten) (?:zich|me|mij|ons) (?:\w+ ){0,3}aan|(?:herkent|herkennen|beaamt|beamen|bevestigt|onderschrijft) (?:dit|dat)"
    r"|(?:vindt|vinden|ervaart|ervaren|heeft|hebben) (?:dat|dit|hetzelfde)(?: ook)?|agrees?|agreed"
    r"|(?:second|seconds|recogni[sz]es?) (?:this|that))[.!]*",
    re.IGNORECASE,
)
# A paragraph of more letters is a document that lost its line breaks: nothing in it is looked for.
_LONGEST = 5_000
_ASIDE = re.compile(rf"\s*[(\[]((?:{_ANSWER}\b|{OWN.pattern})[^()\[\]]*)[)\]]\.?$", re.IGNORECASE)


def kind_under(title: str) -> ParagraphKind:
    """Tell what stands under a heading."""
    folded = fold(title)
    if _ACTIONS.fullmatch(folded):
        return "action"
    if _DECISIONS.fullmatch(folded):
        return "decision"
    return "formality" if _AGENDA.fullmatch(folded) or _FORMAL_POINTS.fullmatch(folded) else "remark"


def marked(text: str) -> tuple[ParagraphKind, str] | None:
    """Tell a line that says itself what it is ("Actie: ..."), and what follows the word."""
    for kind, pattern in (("action", _ACTION), ("decision", _DECISION)):
        if match := pattern.match(text):
            return ("action" if kind == "action" else "decision"), text[match.end() :]
    return None


def says_farewell(text: str) -> bool:
    """Tell the end of a letter: a name and an address follow."""
    return bool(_FAREWELL.match(text.lower()))


def is_reply(text: str) -> bool:
    """Tell an answer that says so itself: "Reactie SSC: ..."."""
    return bool(_REPLY.match(text))


def is_round(text: str) -> bool:
    """Tell the title of the last round of questions, which stands right under what was said before it."""
    return bool(_ROUND.fullmatch(text))


def agrees(text: str) -> bool:
    """Tell agreement without a reason: it has no subject of its own and belongs to what was said before it."""
    return len(text) < 80 and bool(_AGREES.fullmatch(text))


def is_formal(sentence: str) -> bool:
    """Tell what belongs to the meeting itself: opening, thanks, greeting, the next date."""
    chair = _CHAIR_SAYS.match(sentence)
    said = sentence[chair.end() :] if chair else sentence
    if chair and said.endswith("?"):
        return True
    return len(said) < 300 and bool(_FORMAL.fullmatch(said.strip()))


def parted(text: str, hosts: Collection[str] = (), *, below: bool = False) -> tuple[str, str, str]:
    """Part what a customer says from the formalities and the answer of the service centre around it.

    Parameters
    ----------
    text : str
        A paragraph or bullet.
    hosts : collection of str
        First names of the service centre's own people: a sentence that opens with one is theirs.
    below : bool
        Whether it stands indented under a remark, where answers are written.

    Returns
    -------
    remark, formality, reply : str
        "" where there is none; together they hold every word.
    """
    if len(text) > _LONGEST:
        return text, "", ""
    said: list[str] = []
    formal: list[str] = []
    replied: list[str] = []
    answers = False
    for sentence in sentences_of(" ".join(text.split())):
        answers = answers or is_reply(sentence) or bool((below or said) and _OWN_SAYS.match(sentence))
        if answers:
            replied.append(sentence)
        elif is_formal(sentence):
            formal.append(sentence)
        elif re.split(r"\W", sentence, maxsplit=1)[0] in hosts:
            replied.append(sentence)
        else:
            said.append(sentence)
    if said and (match := _ASIDE.search(said[-1])):
        replied.insert(0, match[1])
        said[-1] = said[-1][: match.start()]
    return " ".join(said).strip(), " ".join(formal), " ".join(replied)
