"""Tables as people leave them: workbooks with more than a table in them, and text in every separator and encoding."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl

from tests.intake.exports import GRADES, PLACES, REMARKS, SAID, TOTAL, N, Told, csv
from tests.intake.files import xlsx

HEADER = ["Organisatie", "Datum", "Rapportcijfer", "Opmerking"]
ROWS: list[list[Any]] = [[PLACES[n], dt.date(2026, 3, n + 1), GRADES[n], REMARKS[n]] for n in range(N)]
USUAL: dict[str, Any] = {
    "rows": N, "notes": SAID, "text": ("Opmerking",), "scores": {"Rapportcijfer": (1, 10, "high", N, TOTAL)},
    "date": ("Datum", N, "2026-03-01", "2026-03-09"), "roles": {"organisation": "Organisatie"},
}  # fmt: skip


def usual(data: bytes, **other: Any) -> Told:
    """Expect what the rows above hold."""
    return Told(data, **{**USUAL, **other})


def book(shape: Callable[[Any], None]) -> bytes:
    """Make a workbook of one sheet by hand."""
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.title = "Blad1"
    shape(made.active)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def title_and_totals() -> Told:
    """A title and a date above the header, totals and a source below."""
    above = [["Klantpanel voorjaar 2026"], ["Opgesteld door de coördinator, 12-03-2026"], []]
    below = [[], ["Totaal", "", sum(GRADES)], ["Gemiddelde", "", sum(GRADES) / N], ["Bron: eigen telling"]]
    return usual(xlsx({"Blad1": [*above, HEADER, *ROWS, *below]}), dropped=((15, ""), (16, ""), (17, "")))


def merged_organisations() -> Told:
    """An organisation merged over the rows that are its own."""

    def shape(sheet: Any) -> None:
        sheet.append(HEADER)
        for n, row in enumerate(ROWS):
            sheet.append([("Noord", "Zuid", "Oost")[n // 3] if n % 3 == 0 else None, *row[1:]])
        for n in range(3):
            sheet.merge_cells(start_row=2 + 3 * n, end_row=4 + 3 * n, start_column=1, end_column=1)

    return usual(book(shape))


def merged_header() -> Told:
    """One name over several columns of grades."""

    def shape(sheet: Any) -> None:
        sheet.append(["Organisatie", "Rapportcijfers", None, "Opmerking"])
        sheet.append([None, "ICT", "HR", None])
        for n, row in enumerate(ROWS):
            sheet.append([row[0], GRADES[n], GRADES[-n], row[3]])
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("D1:D2")

    scores = {f"Rapportcijfers - {name}": (1, 10, "high", N, TOTAL) for name in ("ICT", "HR")}
    return usual(book(shape), scores=scores, date=None)


def merged_title() -> Told:
    """A title merged over the whole width."""

    def shape(sheet: Any) -> None:
        sheet.append(["Resultaten klantpanel"])
        sheet.merge_cells("A1:D1")
        for row in (HEADER, *ROWS):
            sheet.append(row)

    return usual(book(shape))


def hidden_sheet() -> Told:
    """A hidden sheet with more in it stays out."""
    secret = [
        ["Naam", "Opmerking"],
        *[[f"Persoon {n}", "Dit is nooit bedoeld om mee te nemen. " * 5] for n in range(40)],
    ]
    return usual(xlsx({"Antwoorden": [HEADER, *ROWS], "Ruw": secret}, hidden=("Ruw",)))


def legend_and_pivot() -> Told:
    """A legend before the answers and a pivot behind them."""
    return usual(
        xlsx(
            {
                "Toelichting": [["Kolom", "Betekenis"], ["Rapportcijfer", "1 tot en met 10"]],
                "Antwoorden": [HEADER, *ROWS],
                "Draaitabel": [["Organisatie", "Gemiddelde"], *[[place, 6] for place in sorted(set(PLACES))]],
            }
        )
    )  # fmt: skip


def sheet_an_organisation() -> Told:
    """A sheet for each organisation, all of one shape."""
    parts = {place: [HEADER, *[row for row in ROWS if row[0] == place]] for place in dict.fromkeys(PLACES)}
    return usual(xlsx(parts))


def blank_rows_and_columns() -> Told:
    """A table that starts at C4, with a blank row between every two."""
    rows: list[list[Any]] = [[], [], [], [None, None, *HEADER]]
    for row in ROWS:
        rows += [[None, None, *row], []]
    return usual(xlsx({"Blad1": rows}))


def dates_as_numbers() -> Told:
    """Days that lost their format and are Excel's numbers."""
    rows = [[row[0], (row[1] - dt.date(1899, 12, 30)).days, *row[2:]] for row in ROWS]
    return usual(xlsx({"Blad1": [HEADER, *rows]}))


def ods() -> Told:
    """LibreOffice, with repeated cells and a decimal comma on display."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell},0</text:p></table:table-cell>'
            if isinstance(cell, int)
            else f'<table:table-cell office:value-type="date" office:date-value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
            if isinstance(cell, dt.date)
            else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + '<table:table-cell table:number-columns-repeated="1020"/></table:table-row>'
        for row in (HEADER, *ROWS)
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content{spaces}><office:body><office:spreadsheet><table:table table:name='Blad1'>{cells}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<m/>")
    return usual(file.getvalue())


def text_table(separator: str, encoding: str = "utf-8", *, quoted: bool = False) -> Told:
    """Write the same as text, grades with a decimal comma."""
    half = [f"{grade},5" for grade in GRADES]
    rows = [[row[0], f"{row[1]:%d-%m-%Y}", half[n], row[3]] for n, row in enumerate(ROWS)]
    if quoted or separator == ",":
        text = csv([HEADER, *rows], separator)
    else:
        text = "\r\n".join(separator.join(f'"{c}"' if separator in c else c for c in row) for row in [HEADER, *rows])
    return usual(text.encode(encoding), scores={"Rapportcijfer": (1, 10, "high", N, TOTAL + N / 2)})


FILES = {
    "title-totals.xlsx": title_and_totals, "merged-organisations.xlsx": merged_organisations, "merged-header.xlsx": merged_header,
    "merged-title.xlsx": merged_title, "hidden.xlsx": hidden_sheet, "legend.xlsx": legend_and_pivot,
    "sheet-an-organisation.xlsx": sheet_an_organisation, "blank-rows.xlsx": blank_rows_and_columns,
    "serials.xlsx": dates_as_numbers, "libre.ods": ods,
    "semicolon.csv": lambda: text_table(";"), "comma.csv": lambda: text_table(","), "tab.csv": lambda: text_table("\t"),
    "bar.csv": lambda: text_table("|"), "quoted.csv": lambda: text_table(";", quoted=True),
    "utf16.csv": lambda: text_table("\t", "utf-16"), "utf16-no-mark.csv": lambda: text_table(";", "utf-16-le"),
    "cp1252.csv": lambda: text_table(";", "cp1252"), "mark.csv": lambda: text_table(";", "utf-8-sig"), "tab.txt": lambda: text_table("\t"),
}  # fmt: skip
