import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.intake.notes import document

MINUTES = """Verslag klantpanel De Kaap
Datum: dinsdag 3 maart 2026
Locatie: zaal 2.14
Aanwezig: Jan de Vries (Gemeente X), Fatima El Amrani, P. Bakker en Sanne
Afwezig: Kees
Voorzitter: Marieke

1. Opening en mededelingen
De voorzitter opent de vergadering om 10.00 uur en heet iedereen welkom.

2. Wat gaat goed?
- De helpdesk neemt snel op.
- Jan (Gemeente X, teamleider): "De salarisstrook klopt altijd."
- ICT:
    - wifi is beter
    - printers doen het weer
* P12: fijn dat er een vaste contactpersoon is

3. Wat kan beter?
De declaraties duren te lang. Soms wachten mensen
zes weken op hun geld en dat is niet uit te leggen aan
nieuwe collega's.
Fatima El Amrani: het portaal is onvindbaar
Let op: dit geldt vooral voor de avonddienst

Actiepunten
- Jan vraagt de statistieken op
Besluit: het intranet blijft

4. Rondvraag
Geen.

5. Sluiting
De voorzitter sluit de vergadering om 12 uur.
"""


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in document(text).paragraphs if paragraph.kind == "remark"]


def headings(text: str) -> list[str]:
    return [paragraph.heading for paragraph in document(text).paragraphs]


def test_minutes_give_remarks_with_row_heading_and_speaker():
    found = document(MINUTES)
    assert (found.held_on, found.attendance) == (dt.date(2026, 3, 3), 4)
    remarks = [p for p in found.paragraphs if p.kind == "remark"]
    assert [(p.row, p.heading, p.speaker, p.organisation, p.level, p.text) for p in remarks] == [
        (12, "Wat gaat goed?", None, None, None, "De helpdesk neemt snel op."),
        (13, "Wat gaat goed?", "Jan", "Gemeente X", "tactisch", "De salarisstrook klopt altijd."),
        (15, "Wat gaat goed? / ICT", None, None, None, "wifi is beter"),
        (16, "Wat gaat goed? / ICT", None, None, None, "printers doen het weer"),
        (17, "Wat gaat goed?", "P12", None, None, "fijn dat er een vaste contactpersoon is"),
        (20, "Wat kan beter?", None, None, None, "De declaraties duren te lang. Soms wachten mensen zes weken op hun "
         "geld en dat is niet uit te leggen aan nieuwe collega's."),
        (23, "Wat kan beter?", "Fatima El Amrani", None, None, "het portaal is onvindbaar"),
        (24, "Wat kan beter?", None, None, None, "Let op: dit geldt vooral voor de avonddienst"),
        (31, "Rondvraag", None, None, None, "Geen."),
    ]  # fmt: skip


def test_actions_and_decisions_are_kept_apart():
    apart = [(p.row, p.kind, p.text) for p in document(MINUTES).paragraphs if p.kind in ("action", "decision")]
    assert apart == [(27, "action", "Jan vraagt de statistieken op"), (28, "decision", "het intranet blijft")]
    marked = document("- Actie Jan: bellen\n- Besluit: doen\n- TODO: mailen\n- Afspraak: dinsdag\n- De actie is goed")
    assert [p.kind for p in marked.paragraphs] == ["action", "decision", "action", "decision", "remark"]


def test_markdown_in_english():
    found = document(
        "# Panel session 14 April 2026\n\nPresent: 12 people\n\n## What goes well\n* Friendly staff\n"
        "* **Ann**: quick laptop\n\n"
        "## What could be better\n* Parking: too few places\n"
        '* "We never hear back" (manager, Hospital A)\n\n## Actions\n* Ann to send the list\n'
    )
    assert (found.held_on, found.attendance) == (dt.date(2026, 4, 14), 12)
    assert [(p.heading, p.text, p.organisation, p.level, p.kind) for p in found.paragraphs[-3:]] == [
        ("What could be better", "Parking: too few places", None, None, "remark"),
        ("What could be better", "We never hear back", "Hospital A", "tactisch", "remark"),
        ("Actions", "Ann to send the list", None, None, "action"),
    ]


def test_pasted_lines_are_a_remark_each():
    pasted = "de koffie is koud\nhet pasje werkt niet, al weken\nprima geholpen door de servicedesk"
    assert texts(pasted) == pasted.split("\n")
    # Long ones too: no program broke these lines, for then none would be as long as the last.
    long = (
        "Ik vind dat de wachttijden bij de servicedesk veel te lang zijn geworden\nHet portaal " + "kost tijd en " * 9
    )
    assert texts(long) == long.strip().split("\n")


def test_an_email():
    mail = (
        "Van: jan@x.nl\nAan: panel@ssc.nl\nOnderwerp: inbreng klantpanel\nDatum: 3 maart 2026\n\n"
        "Beste Marieke,\n\nIk kan er dinsdag niet bij zijn.\n\n"
        "- De facturen komen dubbel binnen\n- Niemand weet wie de contactpersoon is\n\n"
        "Met vriendelijke groet,\nJan Jansen\nGemeente X\n"
    )
    assert texts(mail) == [
        "Ik kan er dinsdag niet bij zijn.",
        "De facturen komen dubbel binnen",
        "Niemand weet wie de contactpersoon is",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Aanwezig: 14\n\n- Te duur", 14),
        ("Aantal aanwezigen: ca. 20 personen\n\n- Te duur", 20),
        ("Aanwezigen (3): zie lijst\n\n- Te duur", 3),
        ("Deelnemers: Jan, Piet & Els\n\n- Te duur", 3),
        ("AANWEZIG\n- Jan\n- Piet (Noord)\n\nTE DUUR\n- Alles is te duur", 2),
        ("Attendees: Ann and Bob\n\n- Too slow", 2),
        ("- Te duur", None),
    ],
)
def test_attendance(text, count):
    found = document(text)
    assert found.attendance == count
    assert len(found.paragraphs) == 1


@pytest.mark.parametrize(
    ("line", "speaker", "text"),
    [
        ("Jan (Gemeente X): het is traag", "Jan", "het is traag"),
        ("P12: het is traag", "P12", "het is traag"),
        ("Mevr. de Vries: het is traag", "Mevr. de Vries", "het is traag"),
        ("Anna van den Berg: het is traag", "Anna van den Berg", "het is traag"),
        ("Deelnemer 3: het is traag", "Deelnemer 3", "het is traag"),
        ("- [x] R-04: het is traag", "R-04", "het is traag"),
        ("00:12:31 P3: het is traag", "P3", "het is traag"),
        ("Parkeren: het is traag", None, "Parkeren: het is traag"),
        ("ICT: het is traag", None, "ICT: het is traag"),
        ("Tip: maak het sneller", None, "Tip: maak het sneller"),
        ("Wat beter kan: de snelheid", None, "Wat beter kan: de snelheid"),
        ("Het portaal is zo: traag", None, "Het portaal is zo: traag"),
        ("https://x.nl is traag", None, "https://x.nl is traag"),
        ("Om 10:30 is het druk", None, "Om 10:30 is het druk"),
    ],
)
def test_who_said_it(line, speaker, text):
    found = document(f"{line}\n\niets heel anders").paragraphs[0]
    assert (found.speaker, found.text) == (speaker, text)


@pytest.mark.parametrize(
    ("line", "speaker", "text"),
    [
        ('"De koffie is koud," aldus Fatima El Amrani.', "Fatima El Amrani", "De koffie is koud"),
        ("“De koffie is koud.” vertelt Pim de Boer", "Pim de Boer", "De koffie is koud."),
        ('"De koffie is koud", zegt Els (Gemeente X).', "Els", "De koffie is koud"),
        ('"De koffie is koud", volgens mevrouw De Wit, teamleider.', "mevrouw De Wit", "De koffie is koud"),
        ("De koffie is koud, aldus Fatima El Amrani.", "Fatima El Amrani", "De koffie is koud"),
        ("De koffie is koud, aldus de directeur.", None, "De koffie is koud, aldus de directeur."),
        ("De koffie is koud, zegt men.", None, "De koffie is koud, zegt men."),
        ('"De koffie is koud", volgens ICT.', None, '"De koffie is koud", volgens ICT.'),
    ],
)
def test_a_speaker_behind_what_was_said_is_taken_off(line, speaker, text):
    (found,) = document(f"- {line}\n").paragraphs
    assert (found.speaker, found.text) == (speaker, text)


@pytest.mark.parametrize(
    "line",
    [
        "Afwezig met bericht: Pim de Boer", "Afwezig met kennisgeving: Pim de Boer", "Met kennisgeving afwezig: Pim",
        "Afwezig zonder bericht: Pim de Boer", "Verhinderd: Pim de Boer", "Met bericht van verhindering: Pim de Boer",
    ],
)  # fmt: skip
def test_who_was_not_there_is_no_remark(line):
    found = document(f"Verslag\n{line}\n\n- De koffie is koud.\n- De lift is stuk.\n").paragraphs
    assert [one.text for one in found] == ["De koffie is koud.", "De lift is stuk."]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (
            "Aanwezig:\n- Jan de Vries\n- Els Bos (HR)\n\nAfwezig:\n- Kees Jansen\n- mw. A. de Wit (met bericht)\n\nICT\n",
            2,
        ),
        ("Aanwezig\nJan de Vries\nEls Bos\n\nAfwezig\nKees Jansen\n\nRondje\n", 2),
        ("## Aanwezig\n- Jan\n- Els\n## Afwezig\n- Kees\n\n## ICT\n", 2),
        ("Present:\nAnn Smith\nBob Jones\nApologies:\nCarl King\n\nIT\n", 2),
        ("Aanwezig: 12\n\nAfwezig:\n\n- Kees Jansen\n\nPunten\n", 12),
        ("Afwezig: Kees\n", None),
        ("Aanwezig:\n\nICT\n", None),
    ],
)
def test_names_below_present_and_absent_are_no_remarks(text, count):
    found = document(f"{text}- De koffie is koud.\n- De lift is stuk.\n")
    assert [one.text for one in found.paragraphs] == ["De koffie is koud.", "De lift is stuk."]
    assert found.attendance == count


def test_a_first_name_that_comes_back_is_a_speaker():
    lines = "Jan: te duur\nPiet: te traag\nJan: en te ver\nJan: dat was het"
    assert [p.speaker for p in document(lines).paragraphs] == ["Jan", None, "Jan", "Jan"]


def test_a_name_from_the_list_of_those_present_is_a_speaker():
    assert document("Aanwezig: Jan, Piet\n\nPiet: te traag").paragraphs[0].speaker == "Piet"


@pytest.mark.parametrize(
    "text",
    [
        "Huisvesting\n- te koud",
        "HUISVESTING\n- te koud",
        "## Huisvesting\n\nte koud",
        "**Huisvesting**\nte koud",
        "Huisvesting:\n- te koud",
        "Agendapunt 3: Huisvesting\n- te koud",
        "3. Huisvesting\n- te koud",
        "3 Huisvesting\n\n- te koud",
        "Thema: Huisvesting\n\nte koud",
        "1. Sluiting\n\n3.2 Huisvesting\n- te koud",
        "Huisvesting\n===========\nte koud is het hier",
    ],
)
def test_headings(text):
    assert [heading.capitalize() for heading in headings(text)] == ["Huisvesting"]


def test_a_numbered_list_is_no_row_of_headings():
    assert texts("Wat kan beter\n1. Te weinig plekken\n2. Te duur\n3. Te ver weg") == [
        "Te weinig plekken",
        "Te duur",
        "Te ver weg",
    ]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in document(text).paragraphs]


def test_the_agenda_and_the_opening_are_no_remarks():
    text = (
        "Agenda\n1. Opening\n2. ICT\n\n1. Opening en mededelingen\nEr komt een nieuw nummer.\n\n2. ICT\n"
        "- De wifi is traag.\n\n3. Sluiting\nTot ziens!\n"
    )
    assert texts(text) == ["De wifi is traag."]


@pytest.mark.parametrize(
    "line",
    [
        "Wim opent om 9.30 uur.",
        "Loes heet allen welkom.",
        "Ann thanked everyone for coming.",
        "Voorzitter: dank allemaal",
        "Voorzitter: wie wil beginnen?",
        "Iedereen bedankt voor de inbreng en tot de volgende keer!",
        "De notulen van vorige maand zijn goedgekeurd.",
        "Volgende bijeenkomst: 3 juni 2026, zaal 4.",
        "Verder geen punten voor de rondvraag.",
    ],
)
def test_what_belongs_to_the_meeting_itself_is_no_remark(line):
    assert kinds(f"- De wifi is traag.\n\n{line}")[-1] == ("formality", line)


@pytest.mark.parametrize(
    "line",
    [
        "De balie opent om negen uur en dat is te laat.",
        "Dank voor de snelle hulp van de servicedesk.",
        "De agenda in Outlook is traag.",
        "De volgende keer graag eerder melden.",
        "Het verslag van de keuring komt te laat.",
        "SSC: te duur",
    ],
)
def test_what_only_looks_like_it_is_a_remark(line):
    assert kinds(f"{line}\n\niets heel anders")[0] == ("remark", line)


def test_an_answer_of_the_service_centre_is_kept_apart():
    text = (
        "Aanwezig: Jan (Noord), Els (SSC, verslag)\n\n- De poort is stuk. (SSC: komt in orde)\n- Wanneer komt de app?\n"
        "  - Antwoord Els: in mei\n- De hal is koud.\n  > Reactie SSC: wordt opgelost\n- Els: dat is bekend\n- Te duur."
    )
    assert texts(text) == ["De poort is stuk.", "Wanneer komt de app?", "De hal is koud.", "Te duur."]
    assert [text for kind, text in kinds(text) if kind == "reply"] == [
        "SSC: komt in orde", "Antwoord Els: in mei", "Reactie SSC: wordt opgelost", "dat is bekend",
    ]  # fmt: skip


def test_the_answer_in_an_interview_is_the_customers():
    found = document("Vraag 1: Wat vindt u van ICT?\nAntwoord: Ze zijn snel.").paragraphs
    assert [(p.heading, p.text, p.kind) for p in found] == [("Wat vindt u van ICT?", "Ze zijn snel.", "remark")]


def test_a_bullet_under_a_statement_goes_on_with_it_and_under_a_subject_does_not():
    assert texts("- De lift valt elke week uit\n  - gevolg: iedereen neemt de trap") == [
        "De lift valt elke week uit – gevolg: iedereen neemt de trap"
    ]
    assert texts("- De lift valt uit.\n  - elke week\n  - en op maandag") == [
        "De lift valt uit. elke week – en op maandag"
    ]
    found = document("- Parkeren\n  - te weinig plekken\n  - laadpalen stuk").paragraphs
    assert [(p.heading, p.text) for p in found] == [("Parkeren", "te weinig plekken"), ("Parkeren", "laadpalen stuk")]


def test_the_last_of_a_numbered_list_is_no_heading_and_a_point_of_an_agenda_is():
    found = document("## Besparen\n1. Minder printers\n2. Geen krant meer\n\n> Alles duurt te lang\n").paragraphs
    assert [(p.heading, p.text) for p in found] == [
        ("Besparen", "Minder printers"), ("Besparen", "Geen krant meer"), ("Besparen", "Alles duurt te lang"),
    ]  # fmt: skip
    found = document("1. Opening\n2. Werkplekken\n\n- De lift is stuk.\n").paragraphs
    assert [(p.heading, p.text) for p in found if p.kind == "remark"] == [("Werkplekken", "De lift is stuk.")]


def test_a_table_of_markdown_by_subject():
    text = (
        "| Onderwerp | Goed | Kan beter |\n|---|:-:|---|\n| ICT | Snelle hulp | Wifi valt weg |\n| HR | - | Te traag |"
    )
    assert [(p.heading, p.text) for p in document(text).paragraphs] == [
        ("ICT / Goed", "Snelle hulp"),
        ("ICT / Kan beter", "Wifi valt weg"),
        ("HR / Kan beter", "Te traag"),
    ]


def test_a_talk_under_the_heading_opening_is_not_lost():
    text = "Opening\nPiet: de koffie is slecht\nAnna: en koud\nPiet: de zaal ook\nPiet: verder is het goed"
    assert texts(text) == ["de koffie is slecht", "Anna: en koud", "de zaal ook", "verder is het goed"]
    assert texts("Welkom\n\nDe koffie is slecht.") == ["De koffie is slecht."]


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    found = document(text)
    assert all(
        paragraph.text.strip() and 1 <= paragraph.row <= text.count("\n") + text.count("\r") + 20
        for paragraph in found.paragraphs
    )


WORD = st.sampled_from(
    [
        "koffie",
        "printer",
        "traag",
        "goed",
        "helpdesk",
        "de",
        "het",
        "is",
        "niet",
        "factuur",
        "portaal",
        "duur",
        "balie",
        "snel",
    ]
)


@given(
    st.lists(st.lists(WORD, min_size=3, max_size=12).map(" ".join), min_size=1, max_size=12),
    st.sampled_from(["- ", "* ", "• ", "1. ", "– "]),
)
def test_every_bullet_comes_back_once_and_in_order(remarks, sign):
    assert texts("\n".join(sign + remark for remark in remarks)) == remarks


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Facilitair:\n1) Schoonmaak wisselend\n2) koffie :-(\nDe garage zit vol.", ["Facilitair"] * 3),
        ("HR\n- strook klopt\nICT:\n1. wifi traag\n2. muis stuk\n3. scherm klein", ["HR", "ICT", "ICT", "ICT"]),
        ("Inkoop:\n(1) te duur\n(2) te laat\n\nHR:\n(1) prima", ["Inkoop", "Inkoop", "HR"]),
        ("Kantine\n- soep koud\nParkeren:\n- vol :(\n- duur", ["Kantine", "Parkeren", "Parkeren"]),
        ("Archief\n1. dozen kwijt\n2. balie top!\n3. lift :-)\nMeer was er niet.", ["Archief"] * 4),
        ("Canteen:\n1) soup cold\n2) tea :-/\nParking is full.", ["Canteen"] * 3),
        (
            "HR\n- strook klopt niet\nFacilitair\na) kantine duur\nb) schoonmaak top!",
            ["HR", "Facilitair", "Facilitair"],
        ),
        ("Lift\n- stuk\nRondvraag\nDe garage zit vol.", ["Lift", "Rondvraag"]),
    ],
)
def test_a_numbered_list_under_a_title_with_a_colon_keeps_every_line(text, wanted):
    assert headings(text) == wanted
    assert all(p.kind == "remark" for p in document(text).paragraphs)


@pytest.mark.parametrize(
    "text",
    ["1. ICT\n- wifi traag\n2. HR\n- strook klopt", "1) ICT\nDe wifi is traag.\n2) HR\nDe strook klopt."],
)
def test_numbered_titles_over_what_is_said_stay_titles(text):
    assert headings(text) == ["ICT", "HR"]


@pytest.mark.parametrize(
    "line",
    [
        "Rondvraag: geen.",
        "Rondvraag: geen vragen",
        "W.v.t.t.k.: niets",
        "WVTTK - geen",
        "Mededelingen: er zijn geen",
        "Any other business: none",
        "Rondvraag: n.v.t.",
    ],
)
def test_an_empty_point_of_the_agenda_is_no_remark(line):
    assert kinds(f"- De wifi is traag.\n\n{line}")[-1] == ("formality", line)


@pytest.mark.parametrize("line", ["Rondvraag: geen parkeerplek te vinden op dinsdag.", "Rondvraag: de lift is stuk"])
def test_what_is_asked_at_the_end_is_a_remark(line):
    assert kinds(f"- De wifi is traag.\n\n{line}")[-1] == ("remark", line)


@pytest.mark.parametrize(
    "line",
    [
        "Mo is het daarmee eens.",
        "Els en Piet zijn het hier mee eens",
        "Anderen herkennen dit.",
        "Noor sluit zich aan.",
        "De rest beaamt dit.",
        "Ann agrees.",
        "Others recognise this.",
    ],
)
def test_agreement_has_no_subject_of_its_own(line):
    """It stays with what was agreed to: alone it would be a remark about nothing."""
    assert texts(f"Garage\n- De garage zit vol.\n- {line}\n- De lift is stuk.") == [
        f"De garage zit vol. {line}",
        "De lift is stuk.",
    ]


def test_agreement_with_a_reason_is_a_remark():
    assert len(texts("- De garage zit vol.\n- Mo is het daarmee eens, ook de fietsenstalling is te klein.")) == 2


def test_who_was_there_and_who_spoke_are_known_as_people():
    assert document("Aanwezig: Mo, Ellen\n\nJan (Noord): te duur\nDe lift is stuk.").people == ("Ellen", "Jan", "Mo")


@pytest.mark.parametrize(
    "greeting",
    [
        "Hallo,",
        "Hi!",
        "Goedemorgen,",
        "Beste allemaal,",
        "Dag,",
        "Dag Jan,",
        "L.S.,",
        "Hey",
        "Verstuurd vanaf mijn iPhone",
    ],
)
def test_a_greeting_in_a_mail_that_was_saved_as_text_is_no_remark(greeting):
    text = f"Van: Jan\nVerzonden: dinsdag 14 april 2026\nAan: Panel\nOnderwerp: reactie\n\n{greeting}\n\nDe wifi valt weg.\n\nGroet,\nJan\n"
    assert texts(text) == ["De wifi valt weg."]


def test_nothing_to_ask_is_no_decision_below_the_decisions():
    kinds = {
        one.text: one.kind for one in document("Besluiten\n- De balie blijft open.\n- Rondvraag: geen.\n").paragraphs
    }
    assert kinds == {"De balie blijft open.": "decision", "Rondvraag: geen.": "formality"}
