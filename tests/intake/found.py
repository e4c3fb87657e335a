"""Files that were once read wrongly, each with what `import --json` must tell about it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl

from tests.intake.exports import Told
from tests.intake.files import xlsx
from tests.intake.odd import SAID, one

MARKS = (1, 2, 2, 4, 5, 1)


def sheet(*rows: list[Any], **more: Any) -> Told:
    return Told(xlsx({"Blad1": list(rows)}), **{"rows": 6, "notes": 6, "text": ("Opmerking",), **more})


def legend_in_title(header: str, ends: tuple[int, int]) -> Told:
    rows = [[mark, said] for mark, said in zip(MARKS, SAID, strict=True)]
    title = f"Schaal: {ends[0]} = uitstekend, {ends[1]} = slecht"
    return sheet([title], [header, "Opmerking"], *rows, scores={header: (*ends, "low", 6, 15)})


def totals() -> Told:
    rows = [["Noord", said, mark + 3] for mark, said in zip(MARKS, SAID, strict=True)]
    return sheet(
        ["Organisatie", "Opmerking", "Oordeel (1-10)"], *rows, ["Totaal", None, 33], ["Gemiddeld", None, 5.5],
        scores={"Oordeel (1-10)": (1, 10, "high", 6, 33)}, roles={"organisation": "Organisatie"}, dropped=((8, ""), (9, "")),
    )  # fmt: skip


def hidden() -> Told:
    rows = [["Opmerking", "Intern"], *([said, "Dit is geheim voor de klant."] for said in SAID)]
    book = openpyxl.load_workbook(io.BytesIO(xlsx({"Blad1": rows})))
    book["Blad1"].column_dimensions["B"].hidden = True
    made = io.BytesIO()
    book.save(made)
    return Told(
        made.getvalue(), rows=6, notes=6, text=("Opmerking",), status="partial", dropped=((1, "Intern"),)
    )  # fmt: skip


def a_row_an_answer() -> Told:
    rows = [
        row
        for n, said in enumerate(SAID)
        for row in (["Wat kan beter?", said, f"r{n}"], ["Cijfer", 5 + n % 5, f"r{n}"])
    ]
    return Told(
        xlsx({"Blad1": [["Vraag", "Antwoord", "Respondent"], *rows]}), rows=12, notes=6, text=("Antwoord",),
        roles={"member": "Respondent"},
    )  # fmt: skip


def likert(*words: str) -> Told:
    return one("Easy to reach", words, 1, len(words), "high", len(words), sum(range(1, len(words) + 1)))


FILES: dict[str, Told | Callable[[], Told]] = {
    "legend-score.xlsx": lambda: legend_in_title("Waardering", (1, 5)),
    "legend-ends.xlsx": lambda: legend_in_title("Oordeel", (1, 6)),
    "totals.xlsx": totals,
    "four-words.csv": likert("slecht", "matig", "voldoende", "goed"),
    "six-words.csv": likert("zeer slecht", "slecht", "matig", "voldoende", "goed", "zeer goed"),
    "hidden-column.xlsx": hidden,
    "a-row-an-answer.xlsx": a_row_an_answer,
    "formulas.xlsx": lambda: sheet(
        ["Opmerking", "Cijfer (1-10)"], *([said, f"=4+{n}"] for n, said in enumerate(SAID)),
        status="partial", dropped=((1, "Cijfer (1-10)"),),
    ),
    "outside.csv": Told(
        ("Toelichting;Cijfer (1-10)\n" + "".join(f'"{said}";{55 + n}\n' for n, said in enumerate(SAID))).encode(),
        rows=6, notes=6, status="partial", scores={"Cijfer (1-10)": (1, 10, "high", 0, 0)},
        dropped=tuple((row, "Cijfer (1-10)") for row in range(2, 8)),
    ),
    "caret.csv": Told(
        ("Opmerking^Cijfer\n" + "".join(f"{said}^7\n" for said in SAID)).encode(), rows=6, notes=6,
        scores={"Cijfer": (1, 10, "high", 6, 42)},
    ),
    "codes.csv": Told(
        ("Meldingnummer;Verzoek\n" + "".join(f'I 2603 000{n};"{said}"\n' for n, said in enumerate(SAID))).encode(),
        rows=6, notes=6, text=("Verzoek",),
    ),
    "records.csv": Told(b'[{"opmerking": "De lift staat stil."}]', status="refused", said="JSON"),
}  # fmt: skip
