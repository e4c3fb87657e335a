"""Answers that say nothing ("geen", "n.v.t.", "zie boven"): stored and counted, but without a theme."""

import re

from feedback.text.tokens import fold

_ABOUT = (
    r"(?:opmerking(?:en)?|toevoeging(?:en)?|aanvulling(?:en)?|commentaar|antwoord|idee(?:en)?|suggesties?|tips?|tops?|mening|"
    r"vragen|vraag|verbeterpunt(?:en)?|verbetering(?:en)?|verbetersuggesties?|wensen|wens|input|inbreng|bijzonderheden|reactie|toelichting|"
    r"voorkeur|ervaring(?:en)?|feedback|punten|informatie|behoefte|bijdrage|voorstel(?:len)?)"
)
_HOW = r"(?:verdere|verder|nadere|extra|aanvullende|bijzondere|overige|andere|specifieke|concrete|nieuwe|inhoudelijke|enkele)"
_TAIL = r"(?: (?:verder|meer|hoor|op dit moment|nu|momenteel|voor nu|vandaag|vooralsnog|vanuit (?:mij|ons)|van mijn kant|bij mij|hierover|hierop|mee|over))*"
_CORE = "|".join(
    (
        rf"(?:(?:ik heb|wij hebben|we hebben|heb) )?(?:(?:verder|nog|nu|ook|op dit moment) )?geen(?: {_HOW})*(?: {_ABOUT})?(?: (?:en|of|of geen) {_ABOUT})?{_TAIL}",
        rf"(?:(?:ik heb|wij hebben|we hebben|heb) )?(?:(?:verder|nog|nu|ook) )?(?:niets|niks|nix)(?: (?:verder|toe te voegen|te melden|op te merken|aan te vullen|bijzonders|meer|extra|in te brengen|specifieks))*(?: aan toe te voegen)?{_TAIL}",
        r"(?:ik )?(?:heb|hebben|heeft)? ?(?:hier|daar|er) (?:heb ik |hebben we |verder )?(?:geen (?:mening|idee|ervaring|opmerkingen|zicht) (?:over|van|mee|bij|op)|niets aan toe te voegen|niets over te zeggen)",
        r"n ?\.? ?v ?\.? ?t\.?|n/?a|none|nihil|nul|niet van toepassing|niet bekend|onbekend|niet ingevuld|blanco|leeg|null|nan|nil|nope|nah|nee+|no|neen|ja|yes|ok|oke|okay|x+|tja|hm+|eh+|uh+|pff+|mwah",
        r"idem(?: dito)?|dito|ditto|zie (?:hier|het )?(?:boven|bovenstaand|vorige|eerder|hierboven|vorig)[a-z]*(?: (?:antwoord(?:en)?|vraag|vragen|opmerking(?:en)?|toelichting|reactie|punt))?",
        r"zie (?:mijn |het |de )?(?:vorige|eerdere|antwoord|antwoorden|antwoord op vraag|vraag|toelichting)(?: (?:antwoord(?:en)?|vraag|opmerking(?:en)?|reactie|toelichting|ronde|keer|bij|op|hierboven|boven|vraag|\d+))*",
        r"(?:idem|zelfde|hetzelfde|gelijk)(?: (?:als|aan))?(?: (?:hier)?(?:boven|bovenstaand|vorige keer|vorig jaar|de vorige|vorige vraag|mijn vorige antwoord|eerder|bij de vorige vraag))?",
        r"(?:ik )?(?:zou (?:ik )?(?:het )?(?:zo )?(?:gauw |snel |even )?niet weten|weet (?:ik )?(?:het )?(?:zo )?(?:gauw |snel |even )?(?:eigenlijk )?(?:nog )?niet(?: zo (?:gauw|snel))?)(?: hoor)?",
        r"(?:ik )?(?:kan|wil) (?:ik )?(?:hier |daar |er )?(?:niets|geen (?:antwoord|mening)|niet)(?: over)?(?: (?:zeggen|beoordelen|op antwoorden|bedenken|geven|op zeggen|kwijt))?",
        r"(?:er )?(?:schiet|komt) (?:me |mij )?(?:zo )?(?:even )?(?:nu )?niets (?:te binnen|in me op|naar boven)",
        r"geen (?:flauw )?idee|weet niet|dunno|wnr|wn|alles (?:is )?(?:al )?(?:gezegd|genoemd|besproken)|(?:is |heb ik )?al (?:gezegd|genoemd|besproken|gemeld|benoemd)|sla (?:ik )?over|overslaan|skip|pass|test(?:je)?|asdf+|qwerty|lorem ipsum",
        r"nothing(?: (?:else|more|further|special|in particular|really))*(?: to (?:add|report|mention|say|declare))?(?: (?:from me|at the moment|right now|for now|here))?",
        r"(?:i have )?no(?: (?:further|other|additional|more|specific|special|particular))* (?:comments?|remarks?|suggestions?|ideas?|idea|opinion|feedback|input|questions?|additions?|answer|tips?|points)(?: (?:from me|at the moment|right now|for now|at this time|here|to add))?",
        r"zie (?:bijlage|mail|notulen|verslag|mijn collega|vorig jaar|vorige keer)|(?:ik )?sluit (?:ik )?me (?:hier(?:bij)? )?aan(?: bij (?:de |het )?(?:vorige|bovenstaande|collega\w*)(?: \w+)?)?",
        r"(?:volgt )?later|tbd|todo|n ?n ?b|bla(?: bla)*|test \d*|niks? zeggen|zelfde als (?:boven|hierboven|collega\w*|eerder|vorige?(?: \w+)?)",
        r"not applicable|not sure|no clue|(?:i )?(?:do not|don't|dont) (?:really )?know(?: yet)?|see (?:above|previous|earlier|before|my previous)(?: (?:answer|question|comment|remark|one))?|same(?: (?:as|here))?(?: (?:above|before|previous|last time|last year))?(?: (?:answer|question))?|as above|ibid",
    )
)
_POLITE = r"(?:nou|nee|neen|no|nope|hoor|sorry|bedankt|dank(?: (?:je|u))?(?: wel)?|dankjewel|dankuwel|thanks?|thank you|thx|eigenlijk|verder|momenteel|groet(?:en|jes)?|helaas|(?:voor )?nu|op dit moment|echt|i think|really|at the moment)"
_POINT = r"(?:(?:rondvraag|wvttk|overige?(?: (?:punten|opmerkingen|zaken))?|opmerkingen|mededelingen|aob|any other business|comments) )?"
_EMPTY = re.compile(rf"{_POINT}(?:{_POLITE} )*(?:{_CORE})(?: (?:{_POLITE}|{_CORE}))*|{_POLITE}")
_NOISE = re.compile(r"[^\w'/&€$%]+")
_LETTER = re.compile(r"[^\W\d_]")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?=\W|$)|\b(?:[a-z]\.){2,}[a-z]\b")
_EMOJI = re.compile("[\U0001f300-\U0001faff☀-➿]")


def is_empty(text: str | None) -> bool:
    """Tell whether an answer says nothing.

    "Geen opmerkingen" is empty; "geen klachten" and "geen koffie" are not: they say something about the service.

    Parameters
    ----------
    text : str or None

    Returns
    -------
    bool
    """
    if text is None:
        return True
    if not _LETTER.search(text):
        return not _EMOJI.search(text)  # a thumb up is an answer; a dash or a bare mark is none
    folded = fold(text)
    if len(folded) > 90:  # the longest empty answers are a polite sentence
        return False
    folded = _DOTTED.sub(lambda match: match.group().replace(".", ""), folded)
    return bool(_EMPTY.fullmatch(_NOISE.sub(" ", folded).strip()))
