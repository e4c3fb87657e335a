"""What is in a file is taken, or named with its place: hidden parts, errors, formulas, grades in odd places."""

import io

import openpyxl
import pytest

from feedback.intake.columns import may_be_score
from feedback.intake.model import Scale, Taken
from feedback.intake.read import read
from feedback.intake.take import take
from tests.intake.files import AREAS, take_text, xlsx

SAID = ["De lift staat stil.", "De koffie is koud.", "Het raam klemt.", "De wifi valt weg.", "De balie is dicht."]


def dropped(taken: Taken) -> list[tuple[int, str, str]]:
    return [(drop.row, drop.column, drop.reason.removeprefix("intake.dropped.")) for drop in taken.dropped]


def take_book(book: openpyxl.Workbook) -> Taken:
    file = io.BytesIO()
    book.save(file)
    return take(read("boek.xlsx", file.getvalue(), max_mb=20), areas=AREAS)


def book_of(*rows: list[object]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx({"Blad1": list(rows)})))


def test_hidden_rows_columns_and_sheets_are_left_out_and_named():
    book = book_of(["Opmerking", "Intern"], *([said, "Dit is geheim voor de klant."] for said in SAID))
    book["Blad1"].column_dimensions["B"].hidden = True
    book["Blad1"].row_dimensions[4].hidden = True
    book.create_sheet("Oud").append(["Opmerking"])
    book["Oud"].sheet_state = "hidden"
    taken = take_book(book)
    assert [note.row for note in taken.notes] == [2, 3, 5, 6]
    assert dropped(taken) == [(1, "Oud", "sheet"), (1, "Intern", "hidden_column"), (4, "", "hidden_row")]


def test_formulas_that_were_never_worked_out_are_named():
    taken = take_book(book_of(["Opmerking", "Cijfer (1-10)"], *([said, f"=4+{n}"] for n, said in enumerate(SAID))))
    assert len(taken.notes) == 5 and dropped(taken) == [(1, "Cijfer (1-10)", "formula_column")]
    taken = take_book(
        book_of(["Opmerking", "Cijfer"], *([said, f"=4+{n}" if n < 2 else 7] for n, said in enumerate(SAID)))
    )
    assert len(taken.scores) == 3 and dropped(taken) == [(2, "Cijfer", "formula"), (3, "Cijfer", "formula")]


def test_errors_in_a_workbook_are_named_and_no_remarks():
    book = book_of(["Opmerking", "Cijfer"], *([said, 7] for said in SAID))
    for place in ("A3", "B4"):
        book["Blad1"][place].value, book["Blad1"][place].data_type = "#REF!", "e"
    taken = take_book(book)
    assert [note.row for note in taken.notes] == [2, 4, 5, 6] and len(taken.scores) == 4
    assert dropped(taken) == [(3, "Opmerking", "error_cell"), (4, "Cijfer", "error_cell")]


@pytest.mark.parametrize("error", ["#REF!", "#N/B", "#DEEL/0!", "#NAAM?", "Err:502"])
def test_errors_in_a_text_file_are_no_remarks(error):
    taken = take_text(f"Opmerking;Cijfer\nDe lift staat stil;{error}\n{error};7\n#wifi is stuk;8\n")
    assert [note.text for note in taken.notes] == ["De lift staat stil", "#wifi is stuk"]
    assert dropped(taken) == [(2, "Cijfer", "error_cell"), (3, "Opmerking", "error_cell")]


def test_grades_that_are_nearly_all_outside_their_scale_cost_no_remarks():
    rows = "".join(f"{said};{55 + n}\n" for n, said in enumerate(SAID))
    taken = take_text(f"Opmerking;Cijfer (1-10)\n{rows}")
    assert (len(taken.notes), len(taken.scores)) == (5, 0)
    assert dropped(taken) == [(row, "Cijfer (1-10)", "score_cell_outside") for row in range(2, 7)]


def test_a_thousand_is_no_one():
    rows = "".join(f"{said};{mark}\n" for said, mark in zip(SAID, ["75", "80", "1.000", "60", "100"], strict=True))
    taken = take_text(f"Opmerking;Cijfer 0-100\n{rows}")
    assert dropped(taken) == [(4, "Cijfer 0-100", "score_outside")] and taken.dropped[0].values["value"] == "1.000"
    taken = take_text(
        f"Opmerking;Gemiddeld cijfer\n{rows}".replace("1.000", "7.125")
        .replace("100", "8.25")
        .replace("0\n", ".5\n")
        .replace("75", "7.5")
    )
    assert 7.125 in [score.grade for score in taken.scores]


def test_grades_among_the_answers_of_a_table_with_a_row_an_answer():
    rows = "".join(
        f"Wat kan beter?;{said};r{n}\nCijfer;{6 + n % 4};r{n}\nHoe vaak belde u?;{n};r{n}\n"
        for n, said in enumerate(SAID)
    )
    taken = take_text(f"Vraag;Antwoord;Respondent\n{rows}")
    assert len(taken.notes) == 5
    assert [(score.question, score.scale, score.grade) for score in taken.scores[:2]] == [
        ("Cijfer", Scale(1, 10), 6),
        ("Cijfer", Scale(1, 10), 7),
    ]
    assert len(taken.scores) == 5 and dropped(taken) == [(4 + 3 * n, "Antwoord", "number_answer") for n in range(5)]


def test_a_table_turned_on_its_side_keeps_its_grades():
    taken = take_text(
        "Respondent;R1;R2;R3\nWat kan beter?;De lift;De koffie is koud;Het raam klemt\nCijfer (1-10);7;8;5\n"
    )
    assert [score.grade for score in taken.scores] == [7, 8, 5] and len(taken.notes) == 3


def test_a_second_table_below_the_first_is_about_its_own_question():
    text = "Opmerking ICT;Cijfer\nDe wifi valt weg;5\nDe laptop hapert;6\n;\nOpmerking HR;Cijfer\nHet verlof klopt niet;7\nPrima geholpen;8\n"
    taken = take_text(text)
    assert [(note.row, note.question) for note in taken.notes] == [
        (2, "Opmerking ICT"), (3, "Opmerking ICT"), (6, "Opmerking HR"), (7, "Opmerking HR"),
    ]  # fmt: skip
    assert [score.grade for score in taken.scores] == [5, 6, 7, 8]


def test_a_score_whose_scale_is_unknown_is_told_as_a_loss():
    marks = ["Toppie", "Matigjes", "Brons", "Zilver", "Goud"]
    taken = take_text(
        "Oordeel;Opmerking\n" + "".join(f"{mark};{said}\n" for mark, said in zip(marks, SAID, strict=True))
    )
    assert dropped(taken) == [(1, "Oordeel", "score_column")]
    assert not may_be_score("Bent u tevreden?", {"ja", "nee"}) and not may_be_score("Aantal punten", {"310", "20"})
