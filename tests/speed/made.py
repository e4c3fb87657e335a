"""Remarks made up by a random generator: enough of them, varied enough, for the benchmark only.

They read like customers but mean nothing: quality is measured elsewhere, on text that people wrote.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Iterator

ORGANISATIONS = (
    "Gemeente Oosterdal", "Waterschap Vechtrand", "Hogeschool Noorderlicht", "Ziekenhuis Duinzicht",
    "Veiligheidsregio Midden", "Omgevingsdienst Zuid", "Museum De Werf", "Bibliotheek Plantage",
    "Provincie Lageland", "Politie Eenheid West", "Onderwijsgroep Horizon", "Woonstichting Thuishaven",
)  # fmt: skip
LEVELS = ("operationeel", "tactisch", "strategisch")
PEOPLE = 900
GRADES, HOW_OFTEN = range(3, 11), (1, 2, 4, 9, 16, 16, 6, 2)

SUBJECTS = (
    "de laptop", "het wachtwoord", "de helpdesk", "het wifi-netwerk", "de printer op onze verdieping", "de vpn",
    "het zaaksysteem", "de telefooncentrale", "de nieuwe mailbox", "het verlofportaal", "de salarisstrook",
    "de werving van collega's", "het inwerkprogramma", "de verzuimmelding", "de cao-vraag", "het leerportaal",
    "de factuur", "de jaarrekening", "de begroting", "het declaratieformulier", "de btw-controle", "de betaaltermijn",
    "de vergaderzaal", "de schoonmaak", "de koffieautomaat", "het klimaat in het gebouw", "de parkeerplaats",
    "de toegangspas", "de verhuizing", "de bestelling", "het raamcontract", "de aanbesteding", "de leverancier",
    "de inkoopmodule", "de nieuwsbrief", "het intranet", "de persvraag", "de huisstijl", "het contract",
    "het juridisch advies", "de privacytoets", "het bezwaar", "het archief", "de dossieroverdracht", "de scanstraat",
    "het klantportaal", "de terugbelafspraak", "het meldformulier", "de statusupdate", "het jaargesprek",
)  # fmt: skip
FAULTS = (
    "laat te lang op zich wachten", "werkt alleen met een omweg", "is sinds de laatste update traag",
    "kost ons elke week een uur", "wordt steeds doorgezet naar een ander", "klopt zelden in één keer",
    "is voor nieuwe mensen niet te begrijpen", "valt midden op de dag uit", "staat op drie plekken verschillend",
    "vraagt om gegevens die u al heeft", "komt na de afgesproken termijn", "heeft geen vast aanspreekpunt",
    "is duurder dan wat wij zelf zouden regelen", "past niet bij buitendienst", "levert dubbel werk op",
)  # fmt: skip
PRAISE = (
    "werkt prima", "was dezelfde dag geregeld", "is duidelijk beter dan vorig jaar", "scheelt ons veel tijd",
    "werd vriendelijk en deskundig opgepakt", "kwam precies op tijd", "is eindelijk begrijpelijk", "loopt gewoon goed",
)  # fmt: skip
SAVINGS = (
    "kan wat ons betreft een keer per kwartaal", "mag een stap minder hebben", "kunnen we samen met de buren doen",
    "hoeft niet meer op papier", "kan goedkoper als wij het zelf invullen", "gebruikt bij ons bijna niemand meer",
)  # fmt: skip
WHEN = (
    "sinds de zomer", "bij elke maandafsluiting", "op drukke dagen", "als er iemand met verlof is", "na vijf uur",
    "in het weekend", "bij een nieuwe medewerker", "voor onze buitenlocatie", "tijdens de verbouwing", "deze maand",
    "vlak voor een deadline", "bij spoed", "als het om kleine bedragen gaat", "voor tijdelijke krachten",
)  # fmt: skip
WHY = (
    "daardoor bellen we zelf maar rond", "dat merken onze eigen klanten ook", "we horen niets over de voortgang",
    "niemand weet wie erover gaat", "een belletje vooraf zou helpen", "graag één loket hiervoor",
    "zet de uitleg bij de knop", "wij betalen er wel voor", "vorig jaar was dat anders", "dat is jammer",
    "het team zelf doet zijn best", "een handleiding van één pagina is genoeg", "laat het dan aan ons over",
)  # fmt: skip
ENGLISH = (
    "the laptop takes ages to start", "nobody answers the phone after four", "the invoice was wrong again",
    "meeting rooms are always double booked", "onboarding of new staff is much better now", "the portal logs me out",
)  # fmt: skip


def remark(chance: random.Random) -> str:
    """Make one remark of six to thirty words; one in twenty is English, one in ten has a typo."""
    if chance.random() < 0.05:
        text = f"{chance.choice(ENGLISH)}, case {chance.randrange(10_000)}"
    else:
        said = chance.choices((FAULTS, PRAISE, SAVINGS), (6, 3, 1))[0]
        text = f"{chance.choice(SUBJECTS)} {chance.choice(said)} {chance.choice(WHEN)}"
        if chance.random() < 0.7:
            text += f", {chance.choice(WHY)}"
        if chance.random() < 0.3:
            text += f" en {chance.choice(SUBJECTS)} {chance.choice(FAULTS)}"
    if chance.random() < 0.1:
        at = chance.randrange(1, len(text) - 1)
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[0].upper() + text[1:] + "."


def table(rows: int, day: dt.date, seed: int) -> bytes:
    """Make a CSV of one remark a row, with who said it and a grade."""
    chance = random.Random(seed)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["datum", "deelnemer", "organisatie", "niveau", "rapportcijfer", "opmerking"])
    for _ in range(rows):
        person = chance.randrange(PEOPLE)
        writer.writerow([
            day.isoformat(), f"deelnemer {person}", ORGANISATIONS[person % len(ORGANISATIONS)],
            LEVELS[person % 7 % len(LEVELS)], chance.choices(GRADES, HOW_OFTEN)[0], remark(chance),
        ])  # fmt: skip
    return out.getvalue().encode()


def sessions(rows: int, count: int = 8) -> Iterator[tuple[str, dt.date, bytes]]:
    """Give `rows` remarks over `count` panel sessions, two a year: name, date, CSV."""
    for at in range(count):
        day = dt.date(2023 + at // 2, 3 if at % 2 == 0 else 10, 14)
        yield f"Sessie {at + 1}", day, table(rows // count, day, seed=at)
