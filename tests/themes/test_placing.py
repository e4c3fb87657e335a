"""The first remarks of a panel: on the codebook, on what is found, and in between."""

from __future__ import annotations

import pandas as pd

from feedback.themes.codebook import Codebook
from feedback.themes.naming import heading, shipped_services
from feedback.themes.placing import NO_POOL, place

HERE = [
    "De koffie is koud", "Wifi valt weg in de kelder", "Mijn laptop is traag", "Inloggen duurt lang", "Salaris klopt niet",
    "Verlof aanvragen gaat soepel", "Toiletten zijn vies", "Pasje werkt niet", "Printer kapot", "Declaratie te laat",
    "Geen vergaderzaal vrij", "Jurist is traag", "Factuur dubbel betaald", "Rooster komt te laat", "Parkeerplaats vol",
    "Archief is traag", "Intranet onvindbaar", "Te veel formulieren", "Beamer stuk", "Contract kwijt", "Lift kapot",
]  # fmt: skip
ELSEWHERE = [
    "De vis was heerlijk", "Vis was koud", "Goede wijn", "De wijn was te duur", "Ober vergat ons", "Dessert was zalig",
    "Wat een lekker toetje", "Tafel bij het raam",
]  # fmt: skip


def test_entries_that_become_one_theme_both_stand_in_its_name() -> None:
    book = Codebook.load()
    remarks = pd.DataFrame({"text": [*HERE, *ELSEWHERE], "area": "algemeen"})
    placed, found = place(remarks, book=book, awake=frozenset(), pool=NO_POOL)
    known = {entry.name["nl"]: entry.area for entry in book.entries}
    merged = [theme for theme in found if len(known.keys() & set(theme.keywords)) > 1]
    assert merged
    for theme in merged:
        assert len(set(placed.loc[placed["theme"] == theme.key, "text"]) & set(HERE)) > 1
        held = [(name, known[name]) for name in theme.keywords if name in known]
        assert theme.label == heading(held, shipped_services()["nl"], "nl")
        assert theme.label_en and theme.label_en != theme.label
