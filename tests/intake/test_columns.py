import pytest

from feedback.intake.columns import guess
from feedback.intake.model import Mapping, Scale
from tests.intake.files import AREAS, read_text


def roles(text: str) -> dict[str, str]:
    return {column.name: column.role for column in columns(text).values()}


def columns(text: str):
    table = read_text(text).table
    assert table is not None
    return {column.name: column for column in guess(table, AREAS).columns}


def test_session_notes_as_a_table():
    text = (
        "panellid;organisatie;niveau;agendapunt;opmerking;cijfer\n"
        "P01;Gemeente Noord;tactisch;Wat gaat goed?;De servicedesk belt altijd terug;7,5\n"
        "P02;Waterschap Zuid;operationeel;Wat gaat goed?;Nieuwe laptop binnen een dag;8\n"
        "P03;Gemeente Noord;strategisch;Wat kan beter?;Facturen komen dubbel binnen;5\n"
    )
    assert roles(text) == {
        "panellid": "member", "organisatie": "organisation", "niveau": "level", "agendapunt": "heading",
        "opmerking": "text", "cijfer": "score",
    }  # fmt: skip


def test_a_survey_with_several_open_questions_and_a_grade_for_each_service():
    text = (
        "respondent;Wat gaat er goed?;Wat kan beter?;Waar kunnen we besparen?;"
        "Cijfer ICT;Cijfer HR;Cijfer Financiën;Cijfer algemeen\n"
        "R1;Snelle hulp;De kantine is te duur;minder printen;6,5;8;7;7\n"
        "R2;;Het duurt allemaal lang;geen;4;7;;6\n"
    )
    found = columns(text)
    assert [name for name, column in found.items() if column.role == "text"] == [
        "Wat gaat er goed?", "Wat kan beter?", "Waar kunnen we besparen?",
    ]  # fmt: skip
    areas = {name: column.area for name, column in found.items() if column.role == "score"}
    assert areas == {"Cijfer ICT": "ict", "Cijfer HR": "hr", "Cijfer Financiën": "financien", "Cijfer algemeen": None}
    assert {column.scale for column in found.values() if column.role == "score"} == {Scale(1, 10)}


def test_english_names():
    text = (
        "Respondent ID,Submitted at,Organization,Job title,How satisfied are you with IT?,What could be better?\n"
        "a1,2026-03-03,City Hall,Team lead,Very satisfied,Printing from home does not work\n"
        "a2,2026-03-04,Hospital,Director,Dissatisfied,\n"
    )
    found = columns(text)
    assert {name: column.role for name, column in found.items()} == {
        "Respondent ID": "member", "Submitted at": "date", "Organization": "organisation", "Job title": "level",
        "How satisfied are you with IT?": "score", "What could be better?": "text",
    }  # fmt: skip
    assert found["How satisfied are you with IT?"].area == "ict"


def test_a_forms_export_leaves_addresses_and_row_numbers_out():
    text = (
        "ID;Begintijd;Tijd van voltooien;E-mail;Naam;Bij welke organisatie werkt u?;"
        "Hoe tevreden bent u over de ICT-dienstverlening?;Wat kan beter?\n"
        "1;3-3-2026 10:01:22;3-3-2026 10:06:00;anonymous;;Gemeente X;4;Snelle hulp zou fijn zijn\n"
        "2;3-3-2026 10:01:22;3-3-2026 10:07:00;anonymous;;Gemeente Y;2;De wachttijd bij de servicedesk is lang\n"
    )
    assert roles(text) == {
        "ID": "ignore", "Begintijd": "ignore", "Tijd van voltooien": "date", "E-mail": "private", "Naam": "ignore",
        "Bij welke organisatie werkt u?": "organisation", "Hoe tevreden bent u over de ICT-dienstverlening?": "score",
        "Wat kan beter?": "text",
    }  # fmt: skip


def test_an_address_tells_people_apart_where_nothing_else_does():
    text = "naam;e-mail;opmerking\nJan Jansen;jan@x.nl;Het is traag allemaal\nPiet Smit;piet@x.nl;Het is goed zo\n"
    assert roles(text) == {"naam": "private", "e-mail": "member", "opmerking": "text"}
    with_member = "lid;naam;opmerking\nP1;Jan Jansen;Het is traag allemaal\nP2;Piet Smit;Het is goed zo\n"
    assert roles(with_member) == {"lid": "member", "naam": "private", "opmerking": "text"}
    only_names = "naam;opmerking\nJan Jansen;Het is traag allemaal\nPiet Smit;Het is goed zo\n"
    assert roles(only_names) == {"naam": "member", "opmerking": "text"}


def test_questions_as_rows():
    text = (
        "respondent;vraag;antwoord\n1;Wat gaat goed?;De helpdesk\n1;Wat kan beter?;Het intranet\n"
        "2;Wat gaat goed?;Niets\n"
    )
    assert roles(text) == {"respondent": "member", "vraag": "heading", "antwoord": "text"}


def test_numbered_questions_are_texts():
    text = (
        "Vraag 1: Wat gaat goed?;Vraag 2;V3\n"
        "De hulp is snel en goed;Het duurt wel lang soms;niets meer te melden\nFijn;Traag;geen\n"
    )
    assert set(roles(text).values()) == {"text"}


@pytest.mark.parametrize(
    "header",
    [
        "Leeftijd",
        "Aantal medewerkers",
        "Aantal jaren in dienst",
        "Hoe vaak per maand belt u?",
        "Jaar",
        "Groep",
        "Duur (minuten)",
    ],
)
def test_a_count_is_no_score(header):
    assert roles(f"{header};Opmerking\n3;De koffie is koud\n5;De koffie is lekker\n2;Prima zo\n")[header] == "ignore"


def test_service_names_as_columns():
    text = "ICT;HR;Opmerking ICT;Overige opmerkingen\n7;8;de wifi valt vaak uit;geen\n6;7;;meer fietsenrekken graag\n"
    found = columns(text)
    assert [(column.role, column.area) for column in found.values()] == [
        ("score", "ict"), ("score", "hr"), ("text", "ict"), ("text", None),
    ]  # fmt: skip


def test_an_explanation_is_about_the_grade_before_it():
    text = (
        "Cijfer ICT;Toelichting;Cijfer HR;Toelichting\n7;wifi valt vaak uit;8;gaat prima zo\n6;traag;7;weinig contact\n"
    )
    found = columns(text)
    assert {name: column.area for name, column in found.items()} == {
        "Cijfer ICT": "ict", "Toelichting": "ict", "Cijfer HR": "hr", "Toelichting (2)": "hr",
    }  # fmt: skip


def test_an_explanation_after_grades_of_several_services_is_about_none_of_them():
    text = "Organisatie;ICT;HR;Opmerking\nNoord;7;8;wifi valt vaak uit\nZuid;6;7;weinig contact gehad\n"
    assert [column.area for column in columns(text).values()] == [None, "ict", "hr", None]
    text = "ICT snelheid (1-10);ICT kwaliteit (1-10);Opmerking\n7;8;wifi valt vaak uit\n6;7;weinig contact gehad\n"
    assert [column.area for column in columns(text).values()] == ["ict", "ict", "ict"]


def test_the_word_it_is_no_service():
    assert (
        columns("How do you rate it?;Why?\n7;it was quick and friendly\n8;no idea really, sorry\n")[
            "How do you rate it?"
        ].area
        is None
    )


def test_a_service_in_a_column():
    text = "dienst;opmerking\nICT;De wifi valt vaak uit\nHR;Verlof aanvragen is lastig\nservicedesk;Lang wachten\n"
    assert roles(text) == {"dienst": "area", "opmerking": "text"}


def test_services_under_other_names_are_services_where_the_header_asks_for_one():
    names = ("ICT-diensten", "Geldzaken", "Huisvesting")
    rows = [f"{names[n % 3]};De {n}e keer duurde het te lang" for n in range(12)]
    found = columns("\n".join(["Over welke dienst gaat het?;Wat kan beter?", *rows]))["Over welke dienst gaat het?"]
    assert found.role == "area"
    assert found.confidence < 0.7


def test_low_grades_follow_the_scale_of_their_neighbours():
    text = "ICT;HR;Facilitair;Waarom?\n7;8;4;omdat het zo is\n6;9;3;geen idee\n8;7;4;nou ja, het moet maar\n"
    assert columns(text)["Facilitair"].scale == Scale(1, 10)


def test_a_long_question_about_an_organisation_is_a_text():
    text = (
        "Wat kan onze organisatie beter doen?;Organisatie\nsneller antwoorden;Noord\n"
        "beter luisteren naar ons;Zuid\nniets;Zuid\n"
    )
    assert roles(text) == {"Wat kan onze organisatie beter doen?": "text", "Organisatie": "organisation"}


def test_the_finishing_time_is_the_day():
    text = (
        "Starttijd;Einddatum;Opmerking\n2-3-2026 23:59;3-3-2026 00:10;Het was laat\n"
        "2-3-2026;3-3-2026;Het was vroeg dag\n"
    )
    assert roles(text) == {"Starttijd": "ignore", "Einddatum": "date", "Opmerking": "text"}


def test_a_list_of_choices_is_no_text():
    rows = "\n".join(
        f"{('ICT-portaal', 'Telefoon', 'Balie')[i % 3]};Antwoord nummer {i} is lang genoeg" for i in range(12)
    )
    assert roles(f"Kanaal;Opmerking\n{rows}\n")["Kanaal"] == "ignore"


def test_a_mapping_is_stored_without_what_people_wrote():
    table = read_text("naam;opmerking;cijfer\nJan;Dit is een geheim;7\nPiet;Nog een geheim hier;8\n").table
    assert table is not None
    mapping = guess(table, AREAS)
    stored = mapping.to_dict()
    assert "geheim" not in str(stored) and "Jan" not in str(stored)
    again = Mapping.from_dict(stored)
    assert [(c.name, c.role, c.scale) for c in again.columns] == [(c.name, c.role, c.scale) for c in mapping.columns]
    with pytest.raises(ValueError, match="unknown role"):
        Mapping.from_dict({"columns": [{"name": "x", "role": "king"}]})


def test_exports_of_limesurvey_and_topdesk():
    lime = (
        '"Antwoord-ID","Datum ingestuurd","Laatste pagina","Begintaal","Seed",'
        '"Bij welke organisatie werkt u?","Rapportcijfer: [ICT]","Wat wilt u anders?"\n'
        '"1","2026-03-03 10:11:12","4","nl","123456","Gemeente Noord","7","Minder formulieren, alsjeblieft"\n'
        '"2","2026-03-03 11:11:12","4","nl","923456","Waterschap","6",""\n'
    )
    assert list(roles(lime).values()) == [
        "ignore",
        "date",
        "ignore",
        "ignore",
        "ignore",
        "organisation",
        "score",
        "text",
    ]
    topdesk = (
        "Meldingnummer;Datum aangemaakt;Aanmelder;Categorie;Subcategorie;Verzoek;Status\n"
        "M26-001;03-03-2026 09:12;J. de Vries;ICT;Werkplek;Mijn laptop start niet meer op sinds gisteren;Gesloten\n"
        "M26-002;03-03-2026 10:02;P. Smit;HR;Verlof;Mijn verlofsaldo klopt niet na de overgang;Open\n"
    )
    assert list(roles(topdesk).values()) == ["ignore", "date", "member", "area", "ignore", "text", "ignore"]


def test_a_stamp_of_google_forms():
    text = (
        "Tijdstempel,Hoe beoordeelt u ons? (1 = slecht; 10 = top),Suggesties?\n"
        "2026/03/03 10:01:02 a.m. EET,8,Nee\n2026/03/03 10:05:02 p.m. EET,6,Korter in de wacht graag\n"
    )
    found = columns(text)
    assert [column.role for column in found.values()] == ["date", "score", "text"]
    assert all(column.confidence >= 0.7 for column in found.values())


def test_an_opinion_about_the_organisation_is_a_text():
    text = "Wat vindt u van de organisatie hier?;Cijfer\nGoed geregeld allemaal;8\nRommelig en laat;5\n"
    assert roles(text) == {"Wat vindt u van de organisatie hier?": "text", "Cijfer": "score"}


def test_a_statement_that_is_bad_news_is_doubted():
    text = "Ik moet te lang wachten;Opmerking\nmee eens;De telefoon wordt niet opgenomen\noneens;Prima zo hoor\n"
    column = columns(text)["Ik moet te lang wachten"]
    assert column.scale == Scale(1, 5, "low") and column.confidence < 0.7


def test_who_and_where():
    text = "Wie;Wat;Waar\nJan;De verwarming is kapot;Noord\nPiet;Het is te warm;Zuid\n"
    assert roles(text) == {"Wie": "member", "Wat": "text", "Waar": "ignore"}


def test_a_column_of_short_opinions_is_text():
    assert roles("Feedback\nGoed\nSlecht\n") == {"Feedback": "text"}


def test_an_overlong_row_does_not_move_the_header():
    assert roles("Opmerking;Categorie\nPrinter kapot;ICT\nVerlof klopt niet;HR\nKoffie is op;Facilitair\nx;y;z;te veel\n") == {
        "Opmerking": "text", "Categorie": "area",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("question", "values", "role"),
    [
        ("Where do you work?", ["North", "South", "West"], "organisation"),
        ("Waar werkt u?", ["Noord", "Zuid", "Gemeente West"], "organisation"),
        ("Bij welk onderdeel bent u werkzaam?", ["Noord", "Zuid", "West"], "organisation"),
        ("Waar werkt u het liefst?", ["thuis, want daar is het stil", "op kantoor", "in de trein"], "text"),
        ("Anything else?", ["", "no", "more coffee please"], "text"),
        ("Nog iets kwijt?", ["wifi", "", "nee"], "text"),
        ("Wilt u nog iets toevoegen?", ["", "koffie", ""], "text"),
        ("Wilt u nog iets toevoegen?", ["ja", "nee", "ja"], "ignore"),
        ("How would you rate our service?", ["7", "8", "5"], "score"),
        ("Waar kunnen we u bereiken?", ["bij de balie", "kamer 3", "thuis"], "private"),
        ("Name", ["", "", ""], "ignore"),
    ],
)
def test_whole_questions_as_headers(question, values, role):
    rows = "".join(f"{value};De wifi valt weg op kamer {i}\n" for i, value in enumerate(values))
    assert columns(f"{question};Wat kan beter?\n{rows}")[question].role == role


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Meldingnummer", "I 2603 000{n}"), ("Kenmerk", "ZK 2026 00{n}"), ("Response Type", "IP Address"), ("Dossier", "D 26 {n} A"),
        ("Bron-id", "R_3fX9 {n} 7b"), ("Kamer", "B 1 {n}"), ("Antwoordtype", "Volledig en geldig"), ("Soort melding", "Wens van klant"),
    ],
)  # fmt: skip
def test_codes_and_what_a_tool_writes_beside_the_answers_are_no_remarks(header, value):
    rows = "".join(f"{value.format(n=n)};De wifi valt weg op kamer {n}\n" for n in range(6))
    assert columns(f"{header};Verzoek\n{rows}")[header].role in ("ignore", "member", "heading")


def test_codes_alone_are_no_text():
    assert set(roles("Kast;Code\n" + "".join(f"K 2603 0{n};Q 12 {n}\n" for n in range(6))).values()) == {"ignore"}


@pytest.mark.parametrize(
    "days", [["1-5-2026", "2-5-2026"], ["46143", "46144"], ["2026-05-01", "2026-05-02"], ["1 mei 2026", "2 mei 2026"]]
)
@pytest.mark.parametrize("header", ["Datum sessie", "Sessiedatum", "Datum panelbijeenkomst", "Date of session"])
def test_the_day_of_a_session_is_a_date(header, days):
    rows = "".join(f"{days[n // 5]};De wifi valt weg op kamer {n}\n" for n in range(10))
    assert columns(f"{header};Opmerking\n{rows}")[header].role == "date"


@pytest.mark.parametrize(
    "statement",
    [
        "Ik moet te lang wachten op antwoord",
        "De reactie op mijn melding is snel",
        "My feedback is taken seriously by the desk",
    ],
)
def test_marks_for_a_statement_are_no_text_whatever_words_it_has(statement):
    answers = ["Helemaal mee eens", "Mee eens", "Neutraal", "Mee oneens", "Helemaal mee oneens", "Mee eens"]
    rows = "".join(f"{answer};De wifi valt weg op kamer {n}\n" for n, answer in enumerate(answers))
    column = columns(f"{statement};Toelichting\n{rows}")[statement]
    assert column.role == "score" and column.scale and column.scale.high == 5
