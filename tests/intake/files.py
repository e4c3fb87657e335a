import io

import openpyxl

from feedback.intake.model import Source, Taken
from feedback.intake.read import read
from feedback.intake.take import take

AREAS = {
    "ict": ["ICT", "IT", "computer", "laptop", "servicedesk", "printer", "wifi"],
    "hr": ["HR", "HR", "salaris", "verlof"],
    "financien": ["Financiën", "Finance", "factuur", "declaratie"],
    "facilitair": ["Facilitair", "Facilities", "schoonmaak", "kantine", "parkeren"],
    "algemeen": ["Algemeen", "General", "dienstverlening"],
}


def read_text(text: str, name: str = "bestand.csv", encoding: str = "utf-8") -> Source:
    return read(name, text.encode(encoding), max_mb=20)


def take_text(text: str, name: str = "bestand.csv") -> Taken:
    return take(read_text(text, name), areas=AREAS)


def xlsx(sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        if name in hidden:
            sheet.sheet_state = "hidden"
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
