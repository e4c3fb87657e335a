"""Words that column names are made of, in Dutch and English, folded (see `clean.fold`)."""

from __future__ import annotations

import re
from functools import lru_cache

from feedback.intake.clean import fold


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(text.split())})\b".replace("_", " "))


# Names of one column of a row: an underscore stands for a blank, \w* for any ending.
TEXT = _words(
    r"opmerking(?:en)? toelichting(?:en)? antwoord(?:en)? tekst text reacties? feedback commentaar comments?"
    r" remarks? suggesties? suggestions?"
    r" idee(?:en)? ideas? verbeter\w+ tips? tops? uitleg motivatie klacht(?:en)? wens(?:en)? omschrijving"
    r" beschrijving description verzoek"
    r" answers? responses? explanation improvements? citaat quotes? notities? notes? melding(?:en)? inbreng"
    r" statement uitspraken uitspraak mening"
    r" opinion complaints? wishes bevinding(?:en)? ervaring(?:en)? experiences? signaal signalen"
    r" besparing(?:en)? voorstel(?:len)? bijdragen? said reden(?:en)? reasons?"
)
QUESTION = re.compile(
    r"^(?:\w+ )?(?:wat|waar|waarom|hoe|welke|welk|wie|wanneer|heeft u|hebt u|heb je|kunt u|kun je|zijn er|is"
    r" er|wilt u|noem|geef|beschrijf|licht|what|"
    r"where|why|how|which|who|when|do you|have you|can you|could you|are there|is there|please|describe|name (?=\w)"
    r"|tell|any)\b"
)
# The last question of a form, in whatever words: the answer is free.
CLOSING = re.compile(
    r"\b(?:anything (?:else|more|further|to add|you)|(?:nog|verder) (?:iets|wat|andere|opmerkingen|meer)|iets (?:kwijt|toevoegen|vergeten)"
    r"|(?:any )?(?:other|further|final) (?:comments?|remarks?|thoughts?|suggestions?|feedback)|to add|toe te voegen"
    r"|toevoegen|kwijt (?:wil|wilt|kunt|kan)"
    r"|op te merken|in (?:uw |je )?eigen woorden|in your own words|ruimte voor|space for)\b|^(?:tot slot|overig|overige|other)$"
)
# "Where do you work?" asks for an organisation, "Waar werkt u het liefst?" does not.
WORKPLACE = re.compile(
    r"\b(?:waar|voor wie|bij wie|where|who|which|(?:bij|voor|in|op|namens) welke?)\b.*\b(?:werkt u|werk je|werk jij|bent u (?:werkzaam|in dienst)"
    r"|ben je (?:werkzaam|in dienst)|u werkzaam bent|u werkt|je werkt|hoort u|hoor je|do you work|are you (?:employed|based|from|working)|you work)"
    r"(?: (?:bij|voor|for|at|in|from|now|nu|momenteel|currently))?$"
)
# "Waar kunnen we u bereiken?"
CONTACT = re.compile(
    r"\b(?:kunnen|mogen|kan|can|may|could) (?:wij|we|ik|i) (?:u|je|jou|you)\b.*\b(?:bereiken|benaderen|mailen|bellen|reach|contact|call|e?mail)\b"
)
# "Vraag 3", "Q3": which question, not what about.
NUMBERED = re.compile(r"\b(?:vraag|question|q|v|stelling|item|punt) ?\d+\b")
MEMBER = _words(
    r"panellid(?:nummer|nr|id|code)? panel_lid(?:_nr|_nummer|_id)? panelist panel_?member(?:_id)?"
    r" deelnemer(?:s)?(?:nummer|nr|id|code)?"
    r" deelnemer_(?:nr|nummer|id|code) respondent(?:id|en|nr|nummer|code)? respondent_(?:id|nr|nummer|code)"
    r" lidnummer lidnr lid member(?:_?id|_number)?"
    r" participant(?:_?id|_number)? persoon(?:snummer|id|_id)? pseudoniem pseudonym spreker speaker wie_zei"
    r" \w*ambassadeur klantnummer"
    r" medewerker(?:nummer|nr|id|_nummer|_nr|_id) personeelsnummer employee_?(?:id|number) person_id user_?id"
    r" gebruikers_?id voter stemmer"
)
# May count rows as well as people.
NUMBER = _words(
    r"id nr nummer volgnummer code response_?id responsid antwoord_?id reactie_?id submission_?id record_?id"
    r" responseid ticketnummer ticket_?id"
    r" meldingnummer case_?id seed ref referentie reference incidentnummer"
)
ORGANISATION = _words(
    r"organisaties? org organisations? organizations? klantorganisaties? klant(?:naam|_naam)? klanten"
    r" instellingen instelling gemeente bedrijf company"
    r" customer client opdrachtgever organisatienaam partner deelnemende_organisatie werkgever employer"
    r" account"
)
UNIT = _words(
    r"afdeling(?:en)? department onderdeel organisatieonderdeel eenheid unit divisie division directie sector"
    r" cluster faculteit faculty locatie location"
    r" vestiging team bedrijfsonderdeel business_unit"
)
# The same in a whole question: "Bij welke organisatie werkt u?"
_WHICH = r"(?:welke?|which|uw|your|jouw|je|naam van(?: uw| de)?|name of(?: your| the)?|what)"
WHICH_ORGANISATION = re.compile(rf"\b{_WHICH} (?:\w+ )?{ORGANISATION.pattern[2:]}")
WHICH_UNIT = re.compile(rf"\b{_WHICH} (?:\w+ )?{UNIT.pattern[2:]}")
# "Wat vindt u van uw organisatie?" asks for an opinion.
OPINION = re.compile(
    r"^(?:wat (?!is (?:de naam|uw|je|jouw))|what (?!is (?:the name|your)|(?:organi|company))|hoe |how |waarom"
    r" |why |noem |geef |kunt |describe|heeft )"
)
LEVEL = _words(
    r"niveau functieniveau level rol functie(?:groep)? role position job_?(?:title|level)? functietitel laag"
    r" seniority beroep doelgroep"
)
AREA = _words(
    r"dienst(?:en|gebied|onderdeel|soort)? services? service_?area dienst_gebied domein domain categorie"
    r" category onderwerp taakveld vakgebied"
    r" werkveld product afdeling_ssc ssc_onderdeel"
)
# "Over welke dienst gaat het?", whatever the services are called there.
WHICH_SERVICE = re.compile(
    r"\b(?:welke?|which|what) (?:\w+ )?(?:dienst(?:en|onderdeel|verlening)?|services?)\b|^(?:dienst|dienst(?:gebied|onderdeel)|service(?: area)?)$"
)
SESSION = _words(
    r"sessies? sessions? bijeenkomst(?:en)? meeting ronde round meting wave golf panelsessie panelbijeenkomst"
    r" workshop vergadering editie periode kwartaal quarter"
)
HEADING = _words(
    r"agendapunt(?:en)? agenda agenda_?point agenda_?item agendaonderwerp vraag vraagtekst vraagstelling"
    r" question subject onderwerp topic thema theme"
    r" context rubriek kopje heading item punt bespreekpunt"
)
DATE = _words(
    r"datum date dag day tijdstempel timestamp tijdstip begintijd starttijd start_?time completion_?time"
    r" start_?date end_?date startdatum einddatum"
    r" tijd_van_voltooien uur_van_voltooien voltooiingstijd voltooid ingevuld_op ingevuld submitted(?:_at)? submitdate recorded_?date"
    r" aangemaakt(?:_op)? created(?:_at|_on)? gezegd_op"
    r" meetdatum invuldatum responsdatum datestamp laatste_actie last_action completed wanneer sessiedatum"
    r" ontvangen inzenddatum \w+datum end_?time eindtijd tijd time"
)
# Of several dates the day an answer was finished is the one that counts.
FINISHED = _words(
    r"tijd_van_voltooien uur_van_voltooien voltooiingstijd voltooid completion_?time ingevuld_op ingevuld submitted submitdate recorded_?date"
    r" end_?date einddatum end_?time eindtijd invuldatum aanmelddatum meldingsdatum datum"
    r" date sessiedatum"
)
BEGUN = re.compile(r"start|begin")
# When a ticket was dealt with, not when it was said.
CLOSED = _words(r"gereed afgehandeld gesloten afgesloten opgelost streefdatum closed resolved due target deadline")
PRIVATE = _words(
    r"e_?mail(?:adres|_adres|_address|address)? mail(?:adres)? naam namen name names voornaam achternaam"
    r" tussenvoegsel first_?name last_?name full_?name surname"
    r" telefoon(?:nummer)? telefoonnr phone(?:_number)? mobiel mobile ip(?:_?adres|_?address)? adres address"
    r" postcode zip(?:_code)? woonplaats city iban bsn"
    r" geboortedatum date_of_birth birth_?date gebruikersnaam username recipient(?:last|first)?(?:_?name"
    r"|email)? contactpersoon aanmelder latitude longitude"
    r" locationlatitude locationlongitude invuller respondentnaam kenteken melder linkedin"
)
# These are names only where they are all of the header.
WHO = frozenset(("wie", "who", "door", "by", "gezegd door", "said by", "van wie", "from whom"))
# Of these the columns that tell people apart.
NAME = _words(
    r"naam name full_?name invuller contactpersoon melder aanmelder respondentnaam gebruikersnaam username"
    r" surname achternaam last_?name linkedin"
)
# "Afdeling aanmelder" is a place, "contactpersoon afdeling" somebody.
SOMEBODY = re.compile(r"contact|naam|name|mail|tel")
NOBODY = frozenset(
    ("", "anoniem", "anonymous", "anon", "onbekend", "unknown", "geen", "nvt", "n v t", "na", "n a", "none", "nb")
)
SCORE = _words(
    r"cijfers? rapportcijfers? score scores waardering beoorde\w+ gewaardeerd oordeel grade grades rating"
    r" ratings mark nps csat ces tevreden tevredenheid\w* satisfied"
    r" satisfaction aanbevel\w* aanbeveling recommend\w* likely waarschijnlijk\w* schaal scale punten belang"
    r" belangrijk\w* importance important eens"
    r" oneens agree\w* klanttevredenheid stelling sterren stars smiley gemak hoe_goed how_well (?:you|would)_rate rate_(?:our|the|your) waardeert"
    r" hoe_ervaart"
    r" kwaliteit quality"
)
# Lists that a ticket is sorted by, and what the desk did about it.
SORTED = _words(
    r"soort type subcategorie subcategory prioriteit priority impact urgentie urgency status kanaal bron source"
)
# What survey tools and ticket systems write beside the answers.
TOOL = re.compile(
    r"(?:response (?:type|status|set)|type (?:antwoord|reactie|respons|response)|antwoord ?type|respons(?:e)? ?type"
    r"|(?:distribution|collector) (?:channel|id|name|type)|(?:user|start|survey)? ?language|start ?taal|taal|last page|laatste pagina"
    r"|referr?er url|ref ?url|external (?:data )?reference|custom data(?: \d+)?|meldings? ?(?:nummer|nr|soort|type|status|id)"
    r"|soort melding|type melding|ip ?(?:adres|address)|browser|device|apparaat)"
)
DESK = re.compile(
    r"(?:actie|acties|action|oplossing|solution|resolution|afhandeling|terugkoppeling|follow up|opvolging|stand van zaken"
    r"|(?:re)?actie (?:ssc|van .*)|antwoord (?:ssc|van (?:de |het )?\w+)|behandelaar\w*|assigned to|assignee|operator)"
)
# Numbers that measure something else.
COUNT = _words(
    r"aantal aantallen hoeveel hoe_vaak leeftijd age jaar jaren years? maand maanden months? weken week"
    r" kwartaal quarter duur duration (?:werk)?dagen (?:working_)?days minuten minutes uren"
    r" hours seconden seconds sec number_of how_many how_often how_long hoe_lang groep group versie version"
    r" kanaal channel postcode fte kosten euro bedrag amount"
    r" prijs price budget totaal total pagina page volgorde order rank tijd time progress finished voortgang"
    r" latitude longitude status collector_?id groottes? omvang size medewerkers"
    r" employees clients klantaantal dienstjaren geboortejaar"
)
# A low answer is the good one: effort, hindrance, complaints.
BURDEN = re.compile(
    r"\b(?:moeite|effort|hinder|last van|overlast|klacht\w*|complaint\w*|ontevreden\w*|dissatisf\w*|problemen"
    r"|problems|pijn|frustrat\w*|belemmer\w*|werkdruk|"
    r"wachttijd\w*|wachten|waiting|te (?:lang|veel|weinig|duur|traag|vaak|ingewikkeld)|too (?:long|much|many"
    r"|little|expensive|slow|often)|difficult\w*|moeilijk\w*|ingewikkeld|stoort|irritat\w*|ergernis\w*)\b"
)
_ALL = (
    TEXT, MEMBER, NUMBER, ORGANISATION, UNIT, LEVEL, AREA, SESSION, HEADING, DATE, PRIVATE, SCORE,
)  # fmt: skip


@lru_cache(maxsize=2048)
def words_of(name: str) -> str:
    """Fold a column name, with words that were written together (RespondentID, job_title) apart."""
    folded = fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " "))
    # "3. Wat gaat goed?", "Vraag 3: wat gaat goed?", "Q3 wat gaat goed?"
    return re.sub(r"^(?:(?:vraag|question|q|v) ?)?\d{1,2}[a-z]? (?=\w{2,} \w)", "", folded)


def is_known_header(name: str) -> bool:
    """Tell whether a cell looks like a column name of a survey or of session notes."""
    folded = words_of(name)
    return 0 < len(folded.split()) <= 4 and any(pattern.search(folded) for pattern in _ALL)
