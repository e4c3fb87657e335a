"""Odd files that people and programs hand over, each with what `import --json` must tell about it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

from tests.intake.exports import Told
from tests.intake.files import xlsx
from tests.intake.test_documents import docx
from tests.intake.test_documents import table as word_table

SAID = (
    "De servicedesk neemt snel op en denkt mee.", "Mijn declaratie blijft weken liggen zonder bericht.",
    "De vergaderzalen zijn altijd bezet; boeken lukt niet.", "De nieuwe portal is onoverzichtelijk, ik vind niets terug.",
    "Prima geholpen bij mijn verlofaanvraag.", "Parkeren na negen uur lukt nooit meer.",
)  # fmt: skip


def lines(header: str, cells: tuple[Any, ...]) -> bytes:
    """Give a CSV with one column of answers beside one of text."""
    return (f"{header};Toelichting\n" + "".join(f'{cell};"{SAID[n]}"\n' for n, cell in enumerate(cells))).encode()


def one(header: str, cells: tuple[Any, ...], *score: Any, **more: Any) -> Told:
    return Told(
        lines(header, cells), rows=len(cells), notes=len(cells), text=("Toelichting",), scores={header: score}, **more
    )  # type: ignore[dict-item]


def ods() -> bytes:
    """Give a sheet that writes equal cells once, with how often, as LibreOffice does."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{name}="{office}{name}:1.0"' for name in ("office", "table", "text"))

    def cell(text: str, times: int = 1) -> str:
        return f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}"><text:p>{text}</text:p></table:table-cell>'

    rest = '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
    rows = "<table:table-row>" + "".join(map(cell, ("Rapportcijfer ICT", "Rapportcijfer HR", "Opmerking"))) + rest
    rows += "".join(f"<table:table-row>{cell('7', 2)}{cell(said)}{rest}" for said in SAID)
    rows += f'<table:table-row table:number-rows-repeated="1048000">{rest}'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    body = f'<office:body><office:spreadsheet><table:table table:name="Blad1">{rows}</table:table></office:spreadsheet></office:body>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{office}manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}>{body}</office:document-content>",
        )
    return made.getvalue()


def forms() -> Told:
    """Give a Belgian form, which calls its times "Beginuur" and "Uur van voltooien"."""
    rows: list[list[Any]] = [["Id", "Beginuur", "Uur van voltooien", "E-mail", "Naam", "Wat vindt u van de dienst?"]]
    for n, said in enumerate(SAID):
        rows.append(
            [n + 1, dt.datetime(2026, 3, 3, 9, n), dt.datetime(2026, 3, 4, 9, n), f"p{n}@elzen.nl", f"Jan {n}", said]
        )
    return Told(
        xlsx({"Form1": rows}), rows=6, notes=6, text=("Wat vindt u van de dienst?",), roles={"member": "E-mail"},
        date=("Uur van voltooien", 6, "2026-03-04", "2026-03-04"),
    )  # fmt: skip


def blocks() -> Told:
    """Give a meeting tool's sheet: a block of answers under each question."""
    rows: list[list[Any]] = [["Mentimeter"], [], ["Session", 1], ["Date", "2026-03-03"], []]
    for n, question in enumerate(("Wat moet beter?", "Wat gaat er goed?"), 1):
        rows += [[f"Question {n}", question], ["Voters", 3], [], ["Voter", "Response"]]
        rows += [[f"Voter {i + 1}", SAID[3 * n - 3 + i]] for i in range(3)] + [[]]
        rows.insert(-2, [])
    return Told(xlsx({"Data": rows}), rows=6, notes=6, text=("Response",), roles={"member": "Voter"})


def with_legend() -> Told:
    """Give a workbook in which another sheet tells what the numbers mean."""
    rows = [["Organisatie", "ICT", "Opmerking"], *(["Noord", (1, 2, 5)[n % 3], said] for n, said in enumerate(SAID))]
    book = {"Data": rows, "Legenda": [["1 = zeer tevreden"], ["5 = zeer ontevreden"]]}
    return Told(
        xlsx(book), rows=6, notes=6, scores={"ICT": (1, 5, "low", 6, 16)}, roles={"organisation": "Organisatie"}
    )


def under_groups() -> Told:
    """Give a workbook with a name over every two columns."""
    rows: list[list[Any]] = [["Enquête 2026"], [], ["Respondent", "ICT", "", "HR", ""]]
    rows.append(["nr", "Cijfer", "Toelichting", "Cijfer", "Toelichting"])
    rows += [[n + 1, 5 + n % 5, said, 6 + n % 4, SAID[(n + 2) % 6]] for n, said in enumerate(SAID)]
    return Told(
        xlsx({"Blad1": rows}), rows=6, notes=12, text=("ICT - Toelichting", "HR - Toelichting"),
        scores={"ICT - Cijfer": (1, 10, "high", 6, 40), "HR - Cijfer": (1, 10, "high", 6, 43)},
        roles={"member": "Respondent - nr"},
    )  # fmt: skip


def pivot_first() -> Told:
    """Give a workbook with a pivot table before the answers."""
    answers = [["Organisatie", "Opmerking", "Cijfer"], *(["Noord", said, 5 + n] for n, said in enumerate(SAID))]
    pivot = [["Rijlabels", "Gemiddelde van Cijfer"], ["Noord", 6.5], ["Eindtotaal", 6.75]]
    return Told(
        xlsx({"Draaitabel": pivot, "Antwoorden": answers}), rows=6, notes=6,
        scores={"Cijfer": (1, 10, "high", 6, 45)}, roles={"organisation": "Organisatie"},
    )  # fmt: skip


BROKEN = "Organisatie;Wat kan beter?\r\n" + "".join(
    f'Noord;"{said}\r\n\r\nTweede alinea; met ""aanhaling"""\r\n' for said in SAID
)
TICKETS = "Meldingnummer;Aanmaakdatum;Verzoek;Tevredenheid\n" + "".join(
    f'M2603 {n};0{n + 1}-03-2026 09:00;"03-03-2026 09:12 Visser, J.: \r\n{said}";{1 + n % 5}\n'
    for n, said in enumerate(SAID)
)
TURNED = "Vraag;Respondent 1;Respondent 2;Respondent 3\n" + "\n".join(
    f'{question};"{SAID[at]}";"{SAID[at + 1]}";"{SAID[at + 2]}"'
    for at, question in ((0, "Wat gaat goed?"), (3, "Wat kan beter?"))
)
SUBTITLES = (
    "WEBVTT\n\n00:00:01.000 --> 00:00:05.000\n<v Jan Jansen>De wifi valt steeds weg bij ons.</v>\n\n"
    "00:00:06.000 --> 00:00:09.000\n<v Petra Bos>En de printer doet het ook niet.</v>\n"
)
REPLY = (
    "Beste Peter,\n\nHierbij mijn punten:\n1. De wifi valt elke dag weg.\n2. Het verlofformulier is te lang.\n\n"
    "Met vriendelijke groet,\n\nAnna\n\nOp 2 maart 2026 schreef Peter Bos:\n> Wil je je punten sturen?\n"
)
TIGHT = "Verslag panel\nServicedesk\n- De desk neemt niet op\nHuisvesting\n- De zalen zijn netjes\nActiepunten\n- Nabellen\n"

FILES: dict[str, Told | Callable[[], Told]] = {
    "line-breaks.csv": Told(BROKEN.encode(), rows=6, notes=6, roles={"organisation": "Organisatie"}),
    "utf16-no-mark.csv": Told(
        ("Organisatie\tOpmerking\r\n" + "".join(f"Eén\t{said} café\r\n" for said in SAID)).encode("utf-16-le"),
        rows=6, notes=6, roles={"organisation": "Organisatie"},
    ),
    "belgian-form.xlsx": forms,
    "blocks.xlsx": blocks,
    "pivot-first.xlsx": pivot_first,
    "legend.xlsx": with_legend,
    "groups.xlsx": under_groups,
    "repeated.ods": lambda: Told(
        ods(), rows=6, notes=6, text=("Opmerking",),
        scores={f"Rapportcijfer {name}": (1, 10, "high", 6, 42) for name in ("ICT", "HR")},
    ),
    "tables-only.docx": lambda: Told(
        docx(word_table(("Onderwerp", "Wat zei het panel", "Wie"), *(("ICT", said, "Gemeente Noord") for said in SAID))),
        rows=6, notes=6, text=(),
    ),
    "decimal-percent.csv": one("Tevredenheid", ("87,5%", "92,0%", "45,25%", "100%"), 0, 100, "high", 4, 324.75),
    "nps-words.csv": one(
        "Zou u ons aanbevelen?", ("Zeker wel", "Waarschijnlijk wel", "Misschien", "Zeker niet"), 1, 5, "high", 4, 13
    ),
    "moods.csv": one("Stemming", ("Blij", "Neutraal", "Boos", "Blij"), 1, 3, "high", 4, 9),
    "school-grades.csv": one("Rapportcijfer", ("8-", "7+", "7½", "7 à 8", "zeven", "9"), 1, 10, "high", 6, 46),
    "tickets.csv": Told(
        TICKETS.encode(), rows=6, notes=6, text=("Verzoek",), scores={"Tevredenheid": (1, 5, "high", 6, 16)},
        date=("Aanmaakdatum", 6, "2026-03-01", "2026-03-06"),
    ),
    "turned.csv": Told(TURNED.encode(), rows=3, notes=6, text=("Wat gaat goed?", "Wat kan beter?")),
    "footer.csv": Told(
        ("Organisatie;Opmerking;Cijfer\n" + "".join(f'Noord;"{said}";7\n' for said in SAID)
         + "Gemiddelde;;7\nAantal respondenten: 6;;\n").encode(),
        rows=6, notes=6, scores={"Cijfer": (1, 10, "high", 6, 42)}, roles={"organisation": "Organisatie"},
        dropped=((8, ""), (9, "")),
    ),
    "against-the-words.csv": Told(
        (b"Waardering;Toelichting\n1;Uitstekende service, heel vriendelijk\n1;Geweldig snel geholpen\n2;Prima, tevreden\n"
         b"5;Waardeloos, niemand neemt op\n4;Veel te traag\n5;Slecht bereikbaar en onvriendelijk\n"),
        status="refused", said="--best low als 1 het best is",
    ),
    "subtitles.vtt": Told(SUBTITLES.encode(), rows=2, notes=2, text=()),
    "reply.txt": Told(REPLY.encode(), rows=2, notes=2, text=()),
    "tight.txt": Told(TIGHT.encode(), rows=2, notes=2, text=(), dropped=((7, ""),)),
}  # fmt: skip
