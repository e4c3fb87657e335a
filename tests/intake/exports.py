"""Exports of survey tools, ticket systems and meeting tools, in the shapes that those write.

Each file comes with what `import --json` must tell about it; `Told` leaves out what does not matter.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from tests.intake.files import xlsx

# column: low, high, best, n, sum
Scores = dict[str, tuple[float, float, str, int, float]]


@dataclass(frozen=True)
class Told:
    """What the summary of an import must say; None is not looked at."""

    data: bytes
    rows: int = 0
    notes: int | None = None
    text: tuple[str, ...] | None = None
    scores: Scores = field(default_factory=dict)
    date: tuple[str, int, str, str] | None = None
    roles: dict[str, str] = field(default_factory=dict)
    status: str = "stored"
    # What was left out of rows: (row, column).
    dropped: tuple[tuple[int, str], ...] | None = None
    said: str = ""


def csv(rows: list[list[Any]], separator: str = ",") -> str:
    """Write a CSV in which every cell is quoted."""
    return "".join(separator.join('"' + str(cell).replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows)


REMARKS = (
    "De servicedesk neemt snel op en denkt mee.",
    "Mijn declaratie blijft weken liggen zonder bericht.",
    "De vergaderzalen zijn altijd bezet; boeken lukt niet.",
    "geen",
    "De nieuwe portal is onoverzichtelijk, ik vind niets terug.",
    "",
    "Prima geholpen bij mijn verlofaanvraag.",
    "Parkeren na negen uur lukt nooit meer.",
    "Het formulier vraagt dingen die jullie al weten.",
)
WISHES = (
    "Een vast aanspreekpunt per dienst.",
    "",
    "Sneller antwoord op e-mail.",
    "Meer stilteplekken graag.",
    "",
    "Een handleiding voor de portal.",
    "Houd de balie ook op vrijdag open.",
    "n.v.t.",
    "",
)
GRADES = (8, 4, 6, 7, 5, 7, 9, 3, 6)
PLACES = ("Haven", "Kade", "Haven", "Sluis", "Kade", "Sluis", "Haven", "Kade", "Sluis")
DAY = dt.datetime(2026, 3, 3, 9, 15, 22)
N = len(REMARKS)
SAID = sum(map(bool, REMARKS)) - 1
WISHED = sum(map(bool, WISHES)) - 1
TOTAL = float(sum(GRADES))


def _at(n: int) -> dt.datetime:
    return DAY + dt.timedelta(days=n, minutes=7 * n)


def forms_nl() -> Told:
    """Microsoft Forms, Dutch, one e-mail for everybody."""
    header = [
        "ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging", "Bij welke organisatie werkt u?",
        "Hoe tevreden bent u over onze dienstverlening (1 = zeer ontevreden, 10 = zeer tevreden)?", "Wat gaat er goed en wat kan beter?",
        "Heeft u nog een wens?",
    ]  # fmt: skip
    rows = [
        [n + 1, _at(n), _at(n) + dt.timedelta(minutes=4), "anonymous", "", "", PLACES[n], GRADES[n], REMARKS[n], WISHES[n]]
        for n in range(N)
    ]  # fmt: skip
    return Told(
        xlsx({"Sheet1": [header, *rows]}), rows=N, notes=SAID + WISHED, text=(header[8], header[9]),
        scores={header[7]: (1, 10, "high", N, TOTAL)}, date=("Tijd van voltooien", N, "2026-03-03", "2026-03-11"),
        roles={"organisation": header[6]},
    )  # fmt: skip


def forms_en() -> Told:
    """Microsoft Forms, English, names on: people by their address."""
    header = [
        "ID", "Start time", "Completion time", "Email", "Name", "Total points", "Quiz feedback", "How likely are you to recommend us?",
        "Points - How likely are you to recommend us?", "What should we do better?", "Feedback - What should we do better?",
    ]  # fmt: skip
    rows = [
        [n + 1, _at(n), _at(n), f"p{n}@example.org", f"Person {n}", "", "", GRADES[n], "", f"{REMARKS[n]}", ""]
        for n in range(N)
    ]
    return Told(
        xlsx({"Form1": [header, *rows]}), rows=N, notes=SAID, text=(header[9],),
        scores={header[7]: (0, 10, "high", N, TOTAL)}, date=("Completion time", N, "2026-03-03", "2026-03-11"),
        roles={"member": "Email"},
    )  # fmt: skip


def google_forms() -> Told:
    """Google Forms, with a grid whose rows stand in brackets."""
    words = ("Zeer ontevreden", "Ontevreden", "Neutraal", "Tevreden", "Zeer tevreden")
    header = [
        "Tijdstempel", "Wat is uw functie?", "Hoe tevreden bent u over [ICT]", "Hoe tevreden bent u over [Facilitair]",
        "Wat wilt u ons meegeven?",
    ]  # fmt: skip
    rows = [
        [_at(n).strftime("%Y/%m/%d %-I:%M:%S a.m. CET"), ("medewerker", "teamleider", "directeur")[n % 3], words[n % 5],
         words[(n + 2) % 5] if n else "", REMARKS[n]]
        for n in range(N)
    ]  # fmt: skip
    return Told(
        csv([header, *rows]).encode(), rows=N, notes=SAID, text=(header[4],),
        scores={
            header[2]: (1, 5, "high", N, float(sum(n % 5 + 1 for n in range(N)))),
            header[3]: (1, 5, "high", N - 1, float(sum((n + 2) % 5 + 1 for n in range(1, N)))),
        },
        date=("Tijdstempel", N, "2026-03-03", "2026-03-11"), roles={"level": header[1]},
    )  # fmt: skip


def limesurvey() -> Told:
    """LimeSurvey with whole questions; an answer that was never sent in has no day."""
    header = [
        "Antwoord-ID", "Datum ingestuurd", "Laatste pagina", "Starttaal", "Seed", "Datum begin", "Datum laatste actie", "IP-adres",
        "Welk rapportcijfer geeft u ons?", "Kunt u dat toelichten?", "Welke organisatie vertegenwoordigt u?",
    ]  # fmt: skip
    rows = [
        [n + 11, f"{_at(n):%Y-%m-%d %H:%M:%S}" if n != 4 else "", 3, "nl", f"12{n}45{n}7", f"{_at(n):%Y-%m-%d %H:%M:%S}",
         f"{_at(n):%Y-%m-%d %H:%M:%S}", f"10.0.0.{n}", GRADES[n], REMARKS[n], PLACES[n]]
        for n in range(N)
    ]  # fmt: skip
    return Told(
        csv([header, *rows]).encode("utf-8-sig"), rows=N, notes=SAID, text=(header[9],),
        scores={header[8]: (1, 10, "high", N, TOTAL)}, date=("Datum ingestuurd", N - 1, "2026-03-03", "2026-03-11"),
        roles={"organisation": header[10]},
    )  # fmt: skip


def limesurvey_codes() -> Told:
    """LimeSurvey with question codes only."""
    header = [
        "id",
        "submitdate",
        "lastpage",
        "startlanguage",
        "seed",
        "startdate",
        "datestamp",
        "G01Q01",
        "G01Q02[SQ001]",
        "G02Q03",
    ]
    rows = [
        [n + 1, f"{_at(n):%Y-%m-%d %H:%M:%S}", 2, "nl", 994 + n * 7919, f"{_at(n):%Y-%m-%d %H:%M:%S}", f"{_at(n):%Y-%m-%d %H:%M:%S}",
         REMARKS[n], GRADES[n], WISHES[n]]
        for n in range(N)
    ]  # fmt: skip
    return Told(
        csv([header, *rows], ";").encode(), rows=N, notes=SAID + WISHED, text=("G01Q01", "G02Q03"),
        scores={"G01Q02[SQ001]": (1, 10, "high", N, TOTAL)}, date=("submitdate", N, "2026-03-03", "2026-03-11"),
    )  # fmt: skip


def surveymonkey() -> Told:
    """SurveyMonkey: questions in the first row, what each column of them holds in the second."""
    ask, why = "Hoe waardeert u de volgende diensten? (1-10)", "Wat kan er beter?"
    header = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name",
              "Custom Data 1", ask, "", why]  # fmt: skip
    below = ["", "", "", "", "", "", "", "", "", "ICT", "HR", "Open-Ended Response"]
    rows = [
        [118000000 + n, 4433, f"{_at(n):%m/%d/%Y %I:%M:%S %p}", f"{_at(n):%m/%d/%Y %I:%M:%S %p}", f"10.1.0.{n}", "", "", "", "",
         GRADES[n], 10 - GRADES[n], REMARKS[n]]
        for n in range(N)
    ]  # fmt: skip
    return Told(
        csv([header, below, *rows]).encode(), rows=N, notes=SAID, text=(why,),
        scores={f"{ask} - ICT": (1, 10, "high", N, TOTAL), f"{ask} - HR": (1, 10, "high", N, 10 * N - TOTAL)},
        date=("End Date", N, "2026-03-03", "2026-03-11"), roles={"member": "Respondent ID"},
    )  # fmt: skip


def qualtrics() -> Told:
    """Qualtrics: names, questions, and what it calls them itself."""
    header = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate", "ResponseId",
              "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference", "LocationLatitude", "LocationLongitude",
              "DistributionChannel", "UserLanguage", "Q1_NPS_GROUP", "Q1", "Q2_1", "Q3"]  # fmt: skip
    asked = ["Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished", "Recorded Date",
             "Response ID", "Recipient Last Name", "Recipient First Name", "Recipient Email", "External Data Reference",
             "Location Latitude", "Location Longitude", "Distribution Channel", "User Language", "Would you recommend us? - Group",
             "Would you recommend us to a colleague?", "How satisfied are you with - IT support",
             "What is the one thing we should improve?"]  # fmt: skip
    ids = [
        f'{{"ImportId":"{"startDate" if n < 1 else f"QID{n}"}","timeZone":"Europe/Amsterdam"}}'
        for n in range(len(header))
    ]
    words = ("Extremely dissatisfied", "Somewhat dissatisfied", "Neither satisfied nor dissatisfied", "Somewhat satisfied",
             "Extremely satisfied")  # fmt: skip
    rows = [
        [f"{_at(n):%Y-%m-%d %H:%M:%S}", f"{_at(n):%Y-%m-%d %H:%M:%S}", "IP Address", f"10.2.0.{n}", 100, 60 + n, "True",
         f"{_at(n):%Y-%m-%d %H:%M:%S}", f"R_{n}xYz{n}AbC", "", "", "", "", "52.37", "4.89", "anonymous", "EN",
         "Promoter" if GRADES[n] > 8 else "Detractor", GRADES[n], words[n % 5], REMARKS[n]]
        for n in range(N)
    ]  # fmt: skip
    return Told(
        csv([header, asked, ids, *rows]).encode(), rows=N, notes=SAID, text=(asked[20],),
        scores={asked[18]: (0, 10, "high", N, TOTAL), asked[19]: (1, 5, "high", N, float(sum(n % 5 + 1 for n in range(N))))},
        date=("End Date", N, "2026-03-03", "2026-03-11"),
    )  # fmt: skip


def survalyzer() -> Told:
    """Survalyzer: numbers, technical columns and whole questions."""
    header = ["InterviewId", "InterviewNumber", "Status", "Language", "DeviceType", "StartTime", "EndTime", "Duration",
              "1. Hoe tevreden bent u in het algemeen?", "2. Welke suggestie heeft u voor ons?", "3. Organisatie"]  # fmt: skip
    words = ("zeer ontevreden", "ontevreden", "niet tevreden/niet ontevreden", "tevreden", "zeer tevreden")
    rows = [
        [f"6f1c{n}a", n + 1, "Completed", "nl", "Desktop", f"{_at(n):%d-%m-%Y %H:%M}", f"{_at(n):%d-%m-%Y %H:%M}", f"00:0{n}:10",
         words[n % 5], REMARKS[n], PLACES[n]]
        for n in range(N)
    ]  # fmt: skip
    return Told(
        csv([header, *rows], ";").encode("utf-16"), rows=N, notes=SAID, text=(header[9],),
        scores={header[8]: (1, 5, "high", N, float(sum(n % 5 + 1 for n in range(N))))},
        date=("EndTime", N, "2026-03-03", "2026-03-11"), roles={"organisation": header[10]},
    )  # fmt: skip


def topdesk() -> Told:
    """TOPdesk: tickets; what the desk did about them is no remark."""
    header = ["Meldingnummer", "Aanmelder", "Afdeling aanmelder", "Vestiging", "Aanmelddatum", "Soort melding", "Categorie",
              "Subcategorie", "Korte omschrijving", "Verzoek", "Actie", "Behandelaarsgroep", "Behandelaar", "Impact", "Prioriteit",
              "Status", "Gereed", "Datum gereed"]  # fmt: skip
    rows = [
        [f"M2603 {n:03}", f"Jansen, P{n}", PLACES[n], "Hoofdkantoor", f"{_at(n):%d-%m-%Y %H:%M}", ("Klacht", "Wens")[n % 2],
         ("ICT", "HR", "Facilitair")[n % 3], ("Laptop", "Verlof", "Zaal")[n % 3], f"Melding over {('laptop', 'verlof', 'zaal')[n % 3]} {n}",
         REMARKS[n] or "Graag hulp bij het inloggen op de portal.", "Gebeld met aanmelder en het account opnieuw gezet.",
         "Servicedesk", "Smit, K", "Persoon", "P3", "Gesloten", "Ja", f"{_at(n):%d-%m-%Y}"]
        for n in range(N)
    ]  # fmt: skip
    return Told(
        csv([header, *rows], ";").encode("cp1252"), rows=N, text=("Korte omschrijving", "Verzoek"),
        date=("Aanmelddatum", N, "2026-03-03", "2026-03-11"),
        roles={"organisation": "Afdeling aanmelder", "area": "Categorie", "member": "Aanmelder"},
    )  # fmt: skip


def mentimeter() -> Told:
    """Mentimeter: a block above the table, one row a voter."""
    header = ["Voter", "Session", "Date", "Wat is voor u het meest waard?", "Hoe ervaart u onze snelheid?"]
    rows = [[n + 1, 1, f"{_at(0):%Y-%m-%d}", REMARKS[n], GRADES[n] % 5 + 1] for n in range(N)]
    above = [["Mentimeter"], ["Klantpanel voorjaar"], ["Participants", N], []]
    return Told(
        xlsx({"Voters": [*above, header, *rows]}), rows=N, notes=SAID, text=(header[3],),
        scores={header[4]: (1, 5, "high", N, float(sum(g % 5 + 1 for g in GRADES)))}, date=("Date", N, "2026-03-03", "2026-03-03"),
        roles={"member": "Voter"},
    )  # fmt: skip


FILES = {
    "forms-nl.xlsx": forms_nl, "forms-en.xlsx": forms_en, "google-forms.csv": google_forms, "limesurvey.csv": limesurvey,
    "limesurvey-codes.csv": limesurvey_codes, "surveymonkey.csv": surveymonkey, "qualtrics.csv": qualtrics,
    "survalyzer.csv": survalyzer, "topdesk.csv": topdesk, "mentimeter.xlsx": mentimeter,
}  # fmt: skip
