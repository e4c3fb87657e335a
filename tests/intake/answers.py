"""Answers as people give them: every scale, days in every form, what cannot be used, session notes, and what is no survey."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.exports import Told
from tests.intake.files import xlsx
from tests.intake.test_documents import docx, par
from tests.intake.test_documents import table as word_table

SAID = tuple(f"Dit is antwoord nummer {n} over de koffie in gebouw {'ABC'[n % 3]}." for n in range(12))


def scale(header: str, values: Sequence[str], low: float, high: float, best: str, total: float, n: int = 0) -> Told:
    """Give a file with one column of answers on a scale beside one of text."""
    rows = "".join(f"{value};{text}\n" for value, text in zip(values, SAID, strict=False))
    return Told(
        f"{header};Toelichting\n{rows}".encode(), rows=len(values), notes=len(values), text=("Toelichting",),
        scores={header: (low, high, best, n or len(values), total)},
    )  # fmt: skip


def days(values: Sequence[str], first: str, last: str, *, header: str = "Datum", bad: Sequence[int] = ()) -> Told:
    """Give a file with one column of days beside one of text."""
    rows = "".join(f"{value};{text}\n" for value, text in zip(values, SAID, strict=False))
    good = len(values) - len(bad)
    return Told(
        f"{header};Opmerking\n{rows}".encode(), rows=good, notes=good, text=("Opmerking",), date=(header, good, first, last),
        status="partial" if bad else "stored", dropped=tuple((row, header) for row in bad),
    )  # fmt: skip


def refused(data: bytes | str, said: str) -> Told:
    """Expect a refusal that says something."""
    return Told(data.encode() if isinstance(data, str) else data, status="refused", said=said)


AGREE_NL = (
    "helemaal mee eens",
    "mee eens",
    "neutraal",
    "mee oneens",
    "Helemaal mee oneens",
    "eens",
    "n.v.t.",
    "weet niet",
)
SATISFIED = (
    "Very satisfied",
    "Satisfied",
    "Neither satisfied nor dissatisfied",
    "Dissatisfied",
    "Very dissatisfied",
    "N/A",
)
SCALES = {
    "ten.csv": scale("Rapportcijfer", ["8", "7,5", "6", "9", "10", "4,5"], 1, 10, "high", 45),
    "ten-points.csv": scale("Rapportcijfer", ["8", "7.5", "6", "9", "10", "4.5"], 1, 10, "high", 45),
    "five.csv": scale("Tevredenheid (1-5)", ["5", "4", "3", "1", "2", "4"], 1, 5, "high", 19),
    "best-is-one.csv": scale("Oordeel (1 = zeer goed, 5 = zeer slecht)", ["1", "2", "1", "4", "5", "2"], 1, 5, "low", 15),
    "best-is-one-labels.csv": scale("Oordeel", ["1 - zeer goed", "2 - goed", "4 - slecht", "5 - zeer slecht", "1 - zeer goed"], 1, 5, "low", 13),
    "best-is-one-en.csv": scale("Rating (1 = best, 6 = worst)", ["1", "2", "1", "4", "6", "2"], 1, 6, "low", 16),
    "seven.csv": scale("How easy was it? (1 very difficult - 7 very easy)", ["7", "6", "5", "1", "4"], 1, 7, "high", 23),
    "agree-nl.csv": scale("De dienst is goed bereikbaar", AGREE_NL, 1, 5, "high", 19, n=6),
    "satisfied-en.csv": scale("How satisfied are you?", SATISFIED, 1, 5, "high", 15, n=5),
    "likert-slecht.csv": scale("Kwaliteit", ["zeer slecht", "slecht", "neutraal", "goed", "zeer goed", "goed"], 1, 5, "high", 19),
    "often.csv": scale("Ik word snel geholpen", ["altijd", "vaak", "soms", "zelden", "nooit", "vaak"], 1, 5, "high", 19),
    "nps.csv": scale("Hoe waarschijnlijk is het dat u ons aanbeveelt?", ["10", "9", "0", "6", "8", "7"], 0, 10, "high", 40),
    "percent.csv": scale("Tevredenheid", ["85%", "70%", "100%", "45%", "60%"], 0, 100, "high", 360),
    "percent-comma.csv": scale("Tevredenheid (%)", ["85,5", "70", "100", "44,5", "60"], 0, 100, "high", 360),
    "smileys.csv": scale("Hoe was het?", ["😀", "🙂", "😐", "🙁", "😡", "🙂"], 1, 5, "high", 19),
    "typed-smileys.csv": scale("Hoe was het?", [":-)", ":-(", ":-|", ":-)", ":-D"], 1, 5, "high", 18),
    "stars.csv": scale("Waardering", ["★★★★★", "★★★☆☆", "★☆☆☆☆", "★★★★☆"], 1, 5, "high", 13),
    "with-nvt.csv": scale("Cijfer ICT", ["7", "n.v.t.", "8", "weet niet", "6", "", "nvt", "9"], 1, 10, "high", 30, n=4),
    "labels.csv": scale("Cijfer", ["8 - goed", "6 - voldoende", "10 - uitstekend", "4 - onvoldoende"], 1, 10, "high", 28),
}  # fmt: skip
DAYS = {
    "dutch.csv": days(["3 maart 2026", "dinsdag 4 maart 2026", "5 mrt 2026", "6 mei 2026"], "2026-03-03", "2026-05-06"),
    "english.csv": days(["March 3, 2026", "4 March 2026", "5th of March 2026", "May 6 2026"], "2026-03-03", "2026-05-06", header="Date"),
    "dashes.csv": days(["03-04-2026", "04-04-2026", "1-5-26", "31/12/2025"], "2025-12-31", "2026-05-01"),
    "american.csv": days(["3/14/2026", "3/4/2026", "12/31/2025"], "2025-12-31", "2026-03-14", header="Date"),
    "iso.csv": days(["2026-03-03T10:15:00Z", "2026-03-04 09:00:00", "2026-03-05T10:15:00+01:00"], "2026-03-03", "2026-03-05"),
    "serials.csv": days(["46084", "46085,5", "46086"], "2026-03-03", "2026-03-05"),
    "impossible.csv": days(["31-02-2026", "03-03-2026", "04-03-3025", "05-03-2026", "29-02-2025"], "2026-03-03", "2026-03-05", bad=(2, 4, 6)),
}  # fmt: skip

MINUTES = """Verslag klantpanel 3 maart 2026
Aanwezig: Jan (Gemeente Noord), Piet, Els
Afwezig: Kees

1. Opening
De voorzitter opent de vergadering.

2. ICT
- De wifi valt elke dag weg
- Laptops zijn traag
- "De servicedesk is juist heel vriendelijk", aldus Els
Actie: SSC zoekt uit waarom de wifi wegvalt

3. Facilitair
- Te weinig vergaderzalen
Besluit: volgende keer in gebouw B

4. Rondvraag
Niets.
"""
NOTES = {
    "minutes.txt": Told(MINUTES.encode(), rows=5, notes=4),
    "minutes.md": Told(b"# Panel\n\n## ICT\n\n* De wifi valt weg\n* Laptops zijn traag\n\n## HR\n\n1. Verlof aanvragen is lastig\n", rows=3, notes=3),
    "minutes-cp1252.txt": Told("Eén opmerking over het café: de koffie is koud.\n".encode("cp1252"), rows=1, notes=1),
    "report.docx": Told(
        docx(
            par("Verslag klantpanel", "Kop1"), par("Datum: 3 maart 2026"), par("ICT", "Kop1"), par("De wifi valt elke dag weg.", "Lijst"),
            par("Laptops zijn traag.", "Lijst"), par("Facilitair", "Kop1"),
            word_table(("Wie", "Opmerking"), ("Jan", "Er zijn te weinig zalen."), ("Els", "De koffie is goed.")),
        ), rows=4, notes=4,
    ),
    "mail.eml": Told(
        b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Panel\r\nDate: Tue, 3 Mar 2026 10:00:00 +0100\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\n- De wifi valt elke dag weg\r\n- Laptops zijn traag\r\n", rows=2, notes=2,
    ),
}  # fmt: skip

HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BAD = {
    "empty.csv": refused("", "is leeg"),
    "blank.xlsx": refused(xlsx({"Blad1": []}), "is leeg"),
    "header-only.csv": refused("Organisatie;Opmerking\n", "alleen kolomnamen"),
    "no-text.csv": refused("Nr;Code\n1;7\n2;8\n", "geen kolom met antwoorden"),
    "counts.csv": refused("Jaar;Aantal meldingen\n2024;310\n2025;280\n", "Nummers, codes en aantallen"),
    "may-be-scores.csv": refused("ICT;HR\n4;5\n3;2\n5;4\n", "lijkt een score"),
    "text-called.xlsx": refused("Organisatie;Opmerking\nNoord;Goed\n", "gewone tekst"),
    "book-called.csv": refused(xlsx({"A": [["Opmerking"], ["Goed zo"]]}), "rekenblad"),
    "page-called.xls": refused("<html><table></table></html>", "webpagina"),
    "password.xlsx": refused(HEAD + "EncryptedPackage".encode("utf-16-le") + bytes(500), "wachtwoord"),
    "damaged.xlsx": refused(xlsx({"A": [["Opmerking"], ["Goed zo"]]})[:400], "beschadigd"),
    "picture.csv": refused(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
    "random.csv": refused(bytes(range(256)) * 20, "geen leesbare tekst"),
    "wide.csv": refused(";".join(f"V{n}" for n in range(2000)) + "\n" + ";".join("x" * 2000) + "\n", "2.000 kolommen"),
    "old.doc": refused(HEAD + "WordDocument".encode("utf-16-le") + bytes(500), "Word"),
    "outside.csv": Told(
        b"Rapportcijfer;Opmerking\n" + "".join(f"{value};{text}\n" for value, text in zip([8, 7, 11, 6, 0, 9, -1], SAID, strict=False)).encode(),
        rows=4, notes=4, text=("Opmerking",), scores={"Rapportcijfer": (1, 10, "high", 4, 30.0)}, status="partial",
        dropped=((4, "Rapportcijfer"), (6, "Rapportcijfer"), (8, "Rapportcijfer")),
    ),
    "long-cell.csv": Told(
        f"Organisatie;Opmerking\nNoord;{'aap noot ' * 600_000}\nZuid;Kort maar goed.\n".encode(), rows=1, notes=1,
        text=("Opmerking",), roles={"organisation": "Organisatie"}, status="partial", dropped=((2, "Opmerking"),),
    ),
}  # fmt: skip
FILES = {**SCALES, **DAYS, **NOTES, **BAD}
