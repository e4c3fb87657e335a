import datetime as dt

import pytest

from feedback.i18n import UserError
from feedback.intake.columns import guess
from feedback.intake.model import Column, Mapping, Scale
from feedback.intake.read import read
from feedback.intake.take import MAX_TEXT, take
from tests.intake.files import AREAS, read_text, take_text, xlsx

SURVEY = (
    "panellid;organisatie;niveau;agendapunt;opmerking;cijfer\n"
    "P01;Gemeente Noord;tactisch;Wat gaat goed?;De servicedesk belt altijd terug;7,5\n"
    "P02;Waterschap Zuid;uitvoerend;Wat gaat goed?;geen;n.v.t.\n"
    "anoniem;;;Wat kan beter?;Facturen komen dubbel binnen;5\n"
    "P03;Gemeente Noord;strategisch;Wat kan beter?;;\n"
)


def test_a_row_gives_a_note_and_a_score_with_who_said_it():
    taken = take_text(SURVEY)
    first = taken.notes[0]
    assert (first.row, first.question, first.text) == (2, "Wat gaat goed?", "De servicedesk belt altijd terug")
    assert (first.person, first.organisation, first.level) == ("P01", "Gemeente Noord", "tactisch")
    score = taken.scores[0]
    assert (score.row, score.question, score.raw, score.grade, score.value) == (2, "cijfer", "7,5", 7.5, 7.5)
    assert (score.person, score.organisation, score.level, score.scale) == (
        "P01",
        "Gemeente Noord",
        "tactisch",
        Scale(1, 10),
    )


def test_an_empty_answer_is_a_note_and_a_blank_one_is_none():
    taken = take_text(SURVEY)
    assert [note.text for note in taken.notes] == [
        "De servicedesk belt altijd terug",
        "geen",
        "Facturen komen dubbel binnen",
    ]
    assert taken.rows == 3 and not taken.dropped


def test_nobody_is_nobody():
    assert take_text(SURVEY).notes[2].person is None
    assert take_text(SURVEY).notes[2].organisation is None


def test_bad_rows_stay_behind_with_their_reason():
    text = (
        "Resultaten klantpanel\n\nOrganisatie;Opmerking;Cijfer;Datum\n"
        "Noord;De koffie is koud;6;03-03-2026\n"
        "Noord;De koffie is lekker;11;03-03-2026\n"
        "Zuid;Printers zijn stuk;7;03-03-3025\n"
        "Zuid;Printers werken weer;8;31-02-2026\n"
        "Zuid;Prima zo, ga door;weet ik niet;12-03-2026\n"
        "Zuid;Het kan echt beter;vaag;begin maart\n"
    )
    taken = take_text(text)
    assert [(d.row, d.column, d.reason.rpartition(".")[2], d.whole_row) for d in taken.dropped] == [
        (5, "Cijfer", "score_outside", True), (6, "Datum", "date_future", True), (7, "Datum", "date_impossible", True),
        (9, "Datum", "date_unreadable", False), (9, "Cijfer", "score_unreadable", False),
    ]  # fmt: skip
    assert taken.dropped[0].values == {"value": "11", "low": "1", "high": "10"}
    assert taken.dropped[1].values == {"value": "03-03-3025"}
    assert [note.row for note in taken.notes] == [4, 8, 9]
    assert taken.rows == 3
    assert taken.notes[0].said_on == dt.date(2026, 3, 3) and taken.notes[2].said_on is None


def test_what_is_left_out_never_holds_what_somebody_wrote():
    text = (
        "Opmerking;Cijfer;Datum\nDe koffie is koud;Vraag Jan de Vries;3-3-2026\n"
        "Prima zo;8;bel 06-12345678 maar\nGoed hoor;7;4-3-2026\n"
    )
    taken = take_text(text)
    assert len(taken.dropped) == 2
    assert all(not one.values for one in taken.dropped)


def test_an_answer_of_a_book_is_left_out():
    taken = take_text(f"Organisatie;Opmerking\nNoord;{'lang ' * 5000}\nZuid;Kort maar goed\n")
    assert [(d.row, d.column, d.reason) for d in taken.dropped] == [(2, "Opmerking", "intake.dropped.too_long")]
    assert taken.dropped[0].values["limit"] == MAX_TEXT
    assert [note.row for note in taken.notes] == [3]


def test_totals_and_repeated_headers_are_no_answers():
    text = (
        "Organisatie;Opmerking;Cijfer\nNoord;De koffie is koud;6\nOrganisatie;Opmerking;Cijfer\n"
        "Zuid;Prima geholpen;8\nGemiddelde;;7\n\nBron: panel\n"
    )
    taken = take_text(text)
    assert [(d.row, d.reason.rpartition(".")[2]) for d in taken.dropped] == [
        (3, "header_again"),
        (5, "total"),
        (7, "total"),
    ]
    assert [score.grade for score in taken.scores] == [6, 8]


@pytest.mark.parametrize(
    "last",
    [
        "Totaal;…;10 reacties", "Gemiddelde score:;;7,1", "Totaal aantal reacties;10;", "Average;10 answers;gem. 7,1",
        "Totaal: 10 reacties;;",
    ],
)  # fmt: skip
def test_a_total_in_words_is_no_answer(last):
    taken = take_text(f"Afdeling;Wat kan beter?;Cijfer\nA;De koffie is koud;6\nB;De lift is stuk;7\n{last}\n")
    assert [note.text for note in taken.notes] == ["De koffie is koud", "De lift is stuk"]
    assert [(drop.row, drop.reason) for drop in taken.dropped] == [(4, "intake.dropped.total")]


@pytest.mark.parametrize("last", ["Gemiddeld;De lift is stuk;7", "Totaal waardeloos;Alles moet anders;3"])
def test_an_answer_that_opens_like_a_total_stays(last):
    taken = take_text(f"Oordeel;Wat kan beter?;Cijfer\nGoed;De koffie is koud;6\n{last}\n")
    assert taken.notes[-1].text == last.split(";")[1]


def test_grades_that_are_never_above_five_are_asked_about():
    rows = [(n, f"De kast in zaal {n} staat scheef") for n in (4, 2, 5, 3, 1, 4)]
    low = "".join(f"{n};{text}\n" for n, text in rows)
    with pytest.raises(UserError) as refused:
        take_text(f"Cijfer;Waarom?\n{low}")
    assert refused.value.key == "intake.error.ends" and "Cijfer" in refused.value.message("nl")
    for header in ("Cijfer (1-5)", "Cijfer (1-10)", "Rapportcijfer"):
        assert len(take_text(f"{header};Waarom?\n{low}").scores) == 6
    # A neighbour that goes on to 8 tells.
    two = "".join(f"{n};{n + 3};{text}\n" for n, text in rows)
    taken = take_text(f"Cijfer HR;Cijfer ICT;Waarom?\n{two}")
    assert {column.scale for column in taken.mapping.of("score")} == {Scale(1, 10)}


def test_a_row_with_a_separator_in_its_text():
    text = (
        "Organisatie,Cijfer,Opmerking\nNoord,7,Snel en goed\nZuid,8,Goed, maar duur\nOost,6,Kan sneller\n"
        "West,5,Valt tegen\nMidden,6,Gaat wel\nHaven,7,Prima\n"
    )
    taken = take_text(text)
    assert taken.notes[1].text == "Goed, maar duur" and not taken.dropped
    before = text.replace("Zuid,8,Goed, maar duur", "Zuid, de haven,8,Goed")
    taken = take_text(before)
    assert [(d.row, d.reason, d.whole_row) for d in taken.dropped] == [(3, "intake.dropped.cells", True)]


def test_american_days():
    taken = take_text("Submitted,Comment\n3/14/2026,Slow wifi in the building\n3/2/2026,Good service all round\n")
    assert [note.said_on for note in taken.notes] == [dt.date(2026, 3, 14), dt.date(2026, 3, 2)]


def test_likert_words_become_grades_with_the_words_kept():
    taken = take_text(
        "Opmerking;Hoe tevreden bent u over HR?\nSalaris klopt altijd;Zeer tevreden\n"
        "Verlof is lastig;Ontevreden\nGaat wel hoor;Neutraal\nGeen mening;n.v.t.\n"
    )
    assert [(score.raw, score.value, score.grade, score.area) for score in taken.scores] == [
        ("Zeer tevreden", 5, 10, "hr"), ("Ontevreden", 2, 3.25, "hr"), ("Neutraal", 3, 5.5, "hr"),
    ]  # fmt: skip


def test_the_service_of_a_row_or_of_a_column():
    taken = take_text(
        "dienst;opmerking;cijfer\nICT;De wifi valt vaak uit;5\nHR;Verlof aanvragen is lastig;6\n"
        "anders;Iets heel anders dan\n"
    )
    assert [note.area for note in taken.notes] == ["ict", "hr", None]
    assert [score.area for score in taken.scores] == ["ict", "hr"]


def test_the_agenda_point_stands_before_a_question_with_a_name_of_its_own():
    text = (
        "agendapunt;Wat raakt u hierin?;opmerking\n"
        "Huisvesting;De flexplekken zijn vol;Meer plekken graag\n"
        "Huisvesting;Het lawaai op de vloer;Stilte\n"
    )
    assert [note.question for note in take_text(text).notes[:2]] == ["Huisvesting: Wat raakt u hierin?", "Huisvesting"]


def test_a_corrected_mapping_leads():
    source = read_text("a;b;c\n5;Het is koud in de hal;1\n4;Te weinig plekken daar;2\n")
    mapping = Mapping(
        (Column("a", "score", scale=Scale(1, 5, "low")), Column("b", "text", area="facilitair"), Column("c", "ignore"))
    )
    taken = take(source, mapping, areas=AREAS)
    assert [score.grade for score in taken.scores] == [1, 3.25]
    assert {note.area for note in taken.notes} == {"facilitair"}
    assert take(source, Mapping((Column("a", "score"),)), areas=AREAS).scores[0].scale == Scale(1, 5)


@pytest.mark.parametrize(
    ("mapping", "key"),
    [
        (Mapping((Column("z", "text"),)), "intake.error.column_gone"),
        (Mapping((Column("a", "text"), Column("b", "score"))), "intake.error.no_scale"),
        (Mapping((Column("a", "ignore"),)), "intake.error.no_text_column"),
        (Mapping((Column("d", "text"),)), "intake.error.no_answers"),
        (Mapping((Column("b", "text"), Column("c", "date"))), "intake.error.no_good_row"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(mapping, key):
    source = read_text("a;b;c;d\n5;Het is koud in de hal;1-1-3025;\n4;Te weinig plekken daar;2-2-3025;\n")
    with pytest.raises(UserError) as error:
        take(source, mapping, areas=AREAS)
    assert error.value.key == key


def test_a_file_without_words_is_refused_with_its_columns():
    with pytest.raises(UserError) as error:
        take_text("a;b\n1;2\n3;4\n")
    assert error.value.key == "intake.error.scores_unsure"
    assert error.value.values["columns"] == "a, b"


def test_the_day_of_the_session_stands_in_the_title():
    assert take_text("Klantpanel 3 maart 2026\n\nOrganisatie;Opmerking\nNoord;De koffie is koud\n").held_on == dt.date(
        2026, 3, 3
    )


def test_session_notes():
    taken = take_text(
        "Verslag panel\nDatum: 3 maart 2026\nAanwezig: Jan, Piet en Els\n\nICT\n- P12: Wifi is traag\n"
        "- Actie: Jan belt\n",
        "verslag.txt",
    )
    assert (taken.kind, taken.rows, taken.held_on, taken.attendance) == ("notes", 1, dt.date(2026, 3, 3), 3)
    assert [(n.row, n.question, n.text, n.person) for n in taken.notes] == [(6, "ICT", "Wifi is traag", "P12")]
    assert [(d.row, d.reason) for d in taken.dropped] == [(7, "intake.dropped.action")]


def test_a_workbook_with_days_and_numbers():
    data = xlsx(
        {
            "Blad1": [
                ["Enquête 2026"],
                [],
                ["Datum", "Opmerking", "Cijfer"],
                [dt.datetime(2026, 3, 3), "De koffie is koud", 6.5],
                [dt.date(2026, 3, 4), "Prima zo", 8],
            ]
        }
    )
    taken = take(read("enquete.xlsx", data, max_mb=20), areas=AREAS)
    assert [(n.row, n.said_on, n.text) for n in taken.notes] == [
        (4, dt.date(2026, 3, 3), "De koffie is koud"),
        (5, dt.date(2026, 3, 4), "Prima zo"),
    ]
    assert [s.grade for s in taken.scores] == [6.5, 8]


def test_guess_and_take_agree():
    source = read_text(SURVEY)
    assert source.table is not None
    assert take(source, areas=AREAS).mapping == guess(source.table, AREAS)


def test_columns_that_are_not_used_are_named_with_the_reason():
    taken = take_text(
        "Nr;Naam;E-mail;Opmerking;Leeg\n1;Jan;j@x.nl;De koffie is koud;\n2;Piet;p@x.nl;De post is snel;\n"
    )
    assert [(d.row, d.column, d.reason) for d in taken.dropped] == [
        (1, "Nr", "intake.dropped.column"),
        (1, "Naam", "intake.dropped.private_column"),
    ]
    assert taken.rows == 2 and not any(one.whole_row for one in taken.dropped)


def test_what_stands_beside_a_grade_is_masked():
    taken = take_text("Rapportcijfer;Opmerking\n8, zegt Jan de Vries;De koffie is koud\n7 - goed;De lift is stuk\n")
    assert [score.raw for score in taken.scores] == ["8, zegt [naam]", "7 - goed"]


def test_more_answers_than_a_minute_takes_are_refused_and_the_same_ones_are_not(monkeypatch):
    monkeypatch.setattr("feedback.intake.take.MAX_ANSWERS", 10)
    with pytest.raises(UserError) as error:
        take_text("Opmerking\n" + "".join(f"De balie van loket {n} is traag\n" for n in range(11)))
    assert (error.value.key, error.value.values["answers"]) == ("intake.error.too_much_text", 11)
    assert take_text("Naam;Opmerking\n" + "".join(f"P{n};De balie is traag\n" for n in range(20))).rows == 20
    monkeypatch.setattr("feedback.intake.take.MAX_CHARACTERS", 100)
    with pytest.raises(UserError):
        take_text("\n\n".join(f"- De balie van loket {n} is veel te traag" for n in range(5)), "x.txt")
