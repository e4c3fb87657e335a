"""Hide personal data before anything is stored: names, addresses, numbers. Best effort: no rule finds everything."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from feedback.text.names import find_names


@dataclass(frozen=True)
class Masked:
    """A text without personal data.

    Attributes
    ----------
    text : str
        The text with placeholders, "[naam] belde".
    found : dict of str to int
        How many of each kind were hidden; the kinds are the words of the placeholders.
    """

    text: str
    found: dict[str, int] = field(default_factory=dict)


# A box that a team reads is no personal data; "j.visser@" is.
_TEAM_BOX = re.compile(
    r"(?:info|contact|service|servicedesk|helpdesk|support|ict|it|hr|hrm|p-?en-?o|personeelszaken|facilitair|facilities|inkoop|procurement|"
    r"administratie|salaris(?:administratie)?|receptie|balie|no-?reply|noreply|secretariaat|communicatie|pers|redactie|webmaster|beheer|"
    r"applicatiebeheer|functioneelbeheer|crediteuren|debiteuren|facturen|invoices?|finance|financien|archief|privacy|avg|fg|juridisch|jz|legal|"
    r"bibliotheek|onderwijs|examen(?:commissie)?|planning|rooster(?:s|ing)?|melding(?:en)?|meldpunt|storing(?:en)?|klacht(?:en)?|klantcontact|kcc|"
    r"post(?:kamer|bus)?|subsidies?|vergunning(?:en)?|gemeente|raad|griffie|catering|schoonmaak|beveiliging|parkeren|wagenpark|loket|team|ssc|"
    r"panel|klantpanel|enquete|bestel(?:lingen)?|order(?:s)?|magazijn|werkplek|sollicitatie|vacatures?|opleidingen|academie|events?|datalek(?:ken)?|"
    r"security|admin|office|desk|algemeen|afdeling|dienst|bureau|stage|studenten|reserver(?:en|ingen)|zalen|huisvesting|techniek|td|arbo|"
    r"woo|zaken|digitaal|mail|vragen|aanvraag|aanvragen|declaraties?|uren|verlof|inzet|lab|kantoor)+",
    re.I,
)
_EMAIL = re.compile(r"(?<![\w.+-])([\w.+-]+)@[\w-]+(?:\.[\w-]+)+")
# Spelled out: "j punt bakker apenstaartje ziekenhuis punt nl", "jan (at) example (dot) com"
_DOT = r"(?: ?\. ?| ?[(\[](?:punt|dot)[)\]] ?| (?:punt|dot) )"
_SPELLED = re.compile(
    rf"(?<![\w.-])[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,40}}){{0,4}}(?: apenstaart(?:je)? | ?[(\[](?:at|apenstaart(?:je)?)[)\]] ?| at (?=[\w-]+ (?:punt|dot) ))"
    rf"[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,40}}){{1,4}}(?!\w)",
    re.I,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[ .-]?(?:[A-Z]{4}[ .-]?)?(?:\d[ .-]?){8,21}\d(?!\d)", re.I)
_BSN_NAMED = re.compile(
    r"(?:\bbsn|burgerservicenummer|sofi-?nummer|sofinr)(?:[ -]?(?:nummer|nr\.?))?[ :(#=]*(?:is |was |van )?(\d(?:[ .-]?\d){7,8})(?!\d)",
    re.I,
)
_BSN = re.compile(r"(?<![\d.,/€#-])(?<!€ )\d(?:\d{8}|\d{3}[ .]\d{2}[ .]\d{3}|\d{2}[ .]\d{3}[ .]\d{3})(?![\d/-]|[.,]\d)")
_NUMBER_OF_A_THING = re.compile(
    r"(?:formulier|form|sleutel|kluis|kast|locker|rek|stelling|model|bestek|artikel|order|bestel(?!bus|auto|wagen)|factuur|ticket|dossier|zaak|kenmerk|melding|serie|project|contract|kostenplaats|grootboek|kamer|referentie|reference|case|"
    r"incident|call|asset|inventaris|route|boek|isbn|verzoek|aanvraag|document|polis|klant|debiteur|crediteur|kvk|btw)[\w -]{0,14}[ :.#(]*$",
    re.I,
)
_PHONE = re.compile(
    r"(?<![\w€.,/-])(?<!€ )(?:(?:\+|00)[1-9]\d{0,2}[ ./-]{0,2}(?:\(0\)[ -]?)?(?:\d[ ./-]{0,2}){7,10}\d?"
    r"|(?:\(0[1-9]\d{0,2}\)|0[1-9]\d{0,2})[ ./-]{0,3}(?:\d[ .-]?){5,8}\d)(?![\w/-])"
)
_MOMENT = re.compile(r"(?:0[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d\b")
_EXTENSION = re.compile(
    r"\b(?:toestel(?:nummer|nr\.?)?|tst\.?|tstl\.?|doorkies(?:nummer|nr\.?)?|ext\.?|extension|intern nummer|(?:mobiel|tel|telefoon|gsm)(?:nummer|nr)?\.?)"
    r"(?: is| was| nummer)?[ :#]*(\d(?:[ .-]?\d){2,9})(?!\d|[.,]\d)",
    re.I,
)
_POSTCODE = re.compile(r"(?<![\w€.,-])(?<!€ )([1-9]\d{3})( ?)([A-Za-z]{2})(?!\w|-[a-z])")
# Beside an address or its own name anything of that form is one; elsewhere "2026 AB" may be a year.
_BEFORE_POSTCODE = re.compile(r"(?:\[adres\][,;]?\s*|\bpostcode\W{0,3}(?:is |was )?)$", re.I)
_AFTER_POSTCODE = re.compile(r",? +(?:(?:te|in) )?(?:[A-Z][a-z]|IJ[a-z]|'s[- ])|$|[.,)]")
_NO_POSTCODE = frozenset(
    "SA SD SS HR IT PO KM MB GB TB KB EU CV BV NV MM CM ML KG PC TV WC MW DV OK ZZ CO AI DI AM PM KW UU TL".split()
)
_STREETS = (
    r"straat|laan|weg|plein|gracht|kade|singel|dijk|steeg|dreef|plantsoen|boulevard|hof|pad|ring|park|markt|baan|wal|poort|hoek|veld|akker|brink|"
    r"erf|werf|burgwal|haven|oord|kamp|bos|dam|vaart|straatje|str\."
)
_ADDRESS = re.compile(
    rf"(?<![\w-])(?:(?:Prins|Prinses|Koning|Koningin|Burgemeester|Burg\.|Dr\.|Doctor|Prof\.|Professor|Sint|St\.|Oude|Nieuwe|Grote|Kleine|Lange|Korte|"
    rf"Laan van|Jan|Johan|Willem|Piet|Van|De|Pastoor|Pater|Admiraal|Generaal|President|Graaf|Ds\.)(?: (?:van|de|der|den|[A-Z]\.|[A-Z][\w'’-]+(?= )))* )?"
    rf"(?:[A-ZÀ-Þ][\w'’-]*?(?:{_STREETS})|(?-i:[a-z]{{3,}})(?:straat|laan|gracht|plein|singel))"
    r" (?:nr\.? ?|nummer )?\d{1,4}(?: ?[a-zA-Z](?![\w]))?(?:-\d{1,3}|-?(?:hs|bis|II|III))?(?![\d:.,]\d|\w|%)"
)
_NO_STREET = re.compile(
    r"^(?:onderweg|vandaag|snelweg|halverwege|werkplein|voorplein|verweg|kortweg|ronduit|gezeg|haltestraat|printstraat|kassastraat)",
    re.I,
)
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-[A-Z]{2}-[A-Z]{2}|"
    r"\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z]|[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d)(?![\w-])",
    re.I,
)
_PLATE_NAMED = re.compile(
    r"\bkentekens?(?:plaat)?(?:nummer)?[ :(]*(?:is |was )?([A-Z0-9]{1,3}[ -]?[A-Z0-9]{2,3}[ -]?[A-Z0-9]{1,3})(?!\w)",
    re.I,
)
# Without hyphens it may be any code: a plate has no vowels, and a car or what it stands in the way of is named beside it.
_PLATE_BARE = re.compile(
    r"(?<![\w-])(?:[BDFGHJKLNPRSTVXZ]{2}\d{3}[BDFGHJKLNPRSTVXZ]|[BDFGHJKLNPRSTVXZ]\d{3}[BDFGHJKLNPRSTVXZ]{2}|\d{2}[BDFGHJKLNPRSTVXZ]{3}\d"
    r"|\d[BDFGHJKLNPRSTVXZ]{3}\d{2}|[BDFGHJKLNPRSTVXZ]{3}\d{2}[BDFGHJKLNPRSTVXZ])(?![\w-])"
)
_CAR = re.compile(
    r"\b(?:\w*auto|\w*auto's|bus|busje|bestelbus\w*|wagen|voertuig\w*|motor|scooter|laadpa\w+|laadplek\w*|parke\w+|slagboom|garage|kenteken\w*"
    r"|geparkeerd|blokkeert|car|cars|van|vehicle|parked|parking|charger|barrier|licen[cs]e plate)\b",
    re.I,
)
_NUMBER = r"(?:nummer|nr\.?|number|no\.?|id|code)[ :#(=]*(?:is |was |van )?"
_EMPLOYEE = re.compile(
    r"\b(?:(?:personeels|medewerkers?|pers\.?|p|employee|staff|werknemers?|stam)[ -]?"
    rf"{_NUMBER})([A-Za-z]{{0,3}}[.-]?\d(?:[\d.-]{{1,10}})\d)(?!\d)",
    re.I,
)
_PERSON = re.compile(
    r"\b(?:(?:pati[eë]nt(?:en)?|cli[eë]nt(?:en)?|student(?:en)?|leerlingen|leerling|bewoners?|patient|client|pupil)[ -]?"
    rf"{_NUMBER}|(?:student|leerling|pati[eë]nt|cli[eë]nt) (?=[a-z]\d))([A-Za-z]{{0,3}}-?\d(?:[\d.-]{{1,10}})\d)(?!\d)",
    re.I,
)
_DATE = r"\d{1,2}[ ./-](?:\d{1,2}|jan\w*|feb\w*|maart|mrt|apr\w*|mei|jun\w*|jul\w*|aug\w*|sep\w*|okt\w*|nov\w*|dec\w*|march|may|oct\w*)[ ./-](?:19|20)?\d{2}"
_BIRTH = re.compile(
    rf"(?:geboortedatum|geboren(?: op)?|geb\.?(?: ?datum)?|date of birth|birth ?date|born(?: on)?|dob)[ :(]*(?:is |was |van )?({_DATE}|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}})",
    re.I,
)
_DIGITS = re.compile(r"\d")


def _elf_test(digits: str) -> bool:
    """The check of a Dutch citizen number: 9a + 8b + ... + 2h - i is a multiple of 11."""
    if len(digits) == 8:
        digits = "0" + digits
    total = sum(int(digit) * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return total % 11 == 0 and digits != "000000000"


def _iban(match: re.Match[str]) -> bool:
    plain = re.sub(r"[ .-]", "", match.group()).upper()
    if not 15 <= len(plain) <= 34:
        return False
    if plain.startswith("NL"):
        return len(plain) == 18  # also with a typing error in it
    number = "".join(str(int(char, 36)) for char in plain[4:] + plain[:4])
    return int(number) % 97 == 1


def _email(match: re.Match[str]) -> bool:
    parts = [part for part in re.split(r"[._+-]", match[1]) if part]
    return not all(_TEAM_BOX.fullmatch(part) for part in parts)


def _spelled(match: re.Match[str]) -> bool:
    return not _TEAM_BOX.fullmatch(match.group().split()[0])


def _bsn(match: re.Match[str]) -> bool:
    return _elf_test(_digits(match.group())) and not _NUMBER_OF_A_THING.search(match.string[: match.start()])


def _phone(match: re.Match[str]) -> bool:
    digits = _digits(match.group())
    # "03-03-2026 09:12" is a moment.
    if _MOMENT.match(match.group()):
        return False
    if digits.startswith(("0900", "0800", "0909", "14")) or _NUMBER_OF_A_THING.search(match.string[: match.start()]):
        return False
    return len(digits) == 10 if digits.startswith("0") and not digits.startswith("00") else 9 <= len(digits) <= 14


def _postcode(match: re.Match[str]) -> bool:
    if _BEFORE_POSTCODE.search(match.string[: match.start()]):
        return True
    if match[3] in _NO_POSTCODE or not match[3].isupper():
        return False
    return not (match[2] and match[1][:2] in ("19", "20") and not _AFTER_POSTCODE.match(match.string[match.end() :]))


def _plate(match: re.Match[str]) -> bool:
    return not _NUMBER_OF_A_THING.search(match.string[: match.start()])


def _plate_bare(match: re.Match[str]) -> bool:
    return _plate(match) and bool(_CAR.search(match.string))


def _street(match: re.Match[str]) -> bool:
    return not _NO_STREET.search(match.group())


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _always(_match: re.Match[str]) -> bool:
    return True


# In this order: a longer number goes before a shorter one that it holds.
_RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    ("iban", _IBAN, _iban),
    ("geboortedatum", _BIRTH, _always),
    ("personeelsnummer", _EMPLOYEE, _always),
    ("persoonsnummer", _PERSON, _always),
    ("bsn", _BSN_NAMED, _always),
    ("telefoon", _PHONE, _phone),
    ("telefoon", _EXTENSION, _always),
    ("bsn", _BSN, _bsn),
    ("kenteken", _PLATE, _plate),
    ("kenteken", _PLATE_BARE, _plate_bare),
    ("kenteken", _PLATE_NAMED, _always),
    ("adres", _ADDRESS, _street),
    ("postcode", _POSTCODE, _postcode),
)


def mask(text: str, people: Collection[str] = frozenset()) -> Masked:
    """Hide personal data in a text behind readable placeholders.

    Parameters
    ----------
    text : str
    people : collection of str
        Names that are known to be of people, as `feedback.text.names.names_of` gives them.

    Returns
    -------
    Masked
        Masking a masked text again changes nothing.
    """
    found: dict[str, int] = {}
    if "@" in text:
        text = _hide(text, "e-mail", _EMAIL, _email, found)
    if "apenst" in text or "(at)" in text or "[at]" in text or " at " in text:
        text = _hide(text, "e-mail", _SPELLED, _spelled, found)
    if _DIGITS.search(text):
        for kind, pattern, sure in _RULES:
            text = _hide(text, kind, pattern, sure, found)
    spans = find_names(text, people)
    if spans:
        for start, end in reversed(spans):
            text = f"{text[:start]}[naam]{text[end:]}"
        found["naam"] = len(spans)
    return Masked(text, found)


def _hide(
    text: str, kind: str, pattern: re.Pattern[str], sure: Callable[[re.Match[str]], bool], found: dict[str, int]
) -> str:
    def replace(match: re.Match[str]) -> str:
        if not sure(match):
            return match.group()
        found[kind] = found.get(kind, 0) + 1
        group = match.lastindex if match.re.groups == 1 and kind != "e-mail" else 0
        start, end = match.span(group or 0)
        whole = match.group()
        return f"{whole[: start - match.start()]}[{kind}]{whole[end - match.start() :]}"

    return pattern.sub(replace, text)
