import io
import zipfile

import openpyxl
import pytest

from feedback.i18n import LANGUAGES, UserError
from feedback.intake import templates
from feedback.intake.columns import guess
from feedback.intake.read import read
from feedback.intake.take import take
from tests.intake.files import AREAS

ANSWERS = (
    ("P1", "Gemeente Noord", "operationeel", "17-03-2026", "8", "De servicedesk denkt mee.", "Een vast aanspreekpunt."),
    ("P2", "Gemeente Zuid", "tactisch", "17-03-2026", "6", "Boeken van zalen lukt niet.", ""),
    ("P3", "Gemeente Oost", "strategisch", "18-03-2026", "7", "Declareren duurt te lang.", "Sneller antwoord graag."),
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_survey_that_was_filled_in_asks_nothing(lang):
    book = openpyxl.load_workbook(io.BytesIO(templates.survey(lang)))
    for row in ANSWERS:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    source = read("enquete.xlsx", file.getvalue(), max_mb=5)
    assert source.table is not None
    columns = guess(source.table, AREAS).columns
    assert [column.role for column in columns] == ["member", "organisation", "level", "date", "score", "text", "text"]
    assert min(column.confidence for column in columns) >= 0.7
    assert not take(source, areas=AREAS).dropped


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_template_holds_nothing(lang):
    for name, make in (("x.xlsx", templates.survey), ("x.docx", templates.session_notes)):
        with pytest.raises(UserError):
            take(read(name, make(lang), max_mb=5), areas=AREAS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_that_was_filled_in_gives_its_remarks(lang):
    made = templates.session_notes(lang)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.namelist():
            text = old.read(part).decode().replace("- …", "- De koffie is koud.", 3).replace("- …", "")
            new.writestr(part, text.replace("Datum: ", "Datum: 17 maart 2026").replace("Date: ", "Date: 17 March 2026"))
    document = read("verslag.docx", file.getvalue(), max_mb=5).document
    assert document is not None and document.held_on is not None
    assert [(p.kind, p.text) for p in document.paragraphs if p.kind != "formality"] == [
        ("remark", "De koffie is koud.")
    ] * 3
