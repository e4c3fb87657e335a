"""A fresh look at stored themes: what it proposes, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from feedback.themes.codebook import Codebook
from feedback.themes.finding import likeness
from feedback.themes.proposals import KINDS, Proposal, propose
from feedback.themes.space import Space

BOOK = Codebook.load()
AWAKE = {"facilitair-koffie", "facilitair-schoonmaak", "ict-printen-scannen"}
SLEEPING = {entry.key for entry in BOOK.entries} - AWAKE
COFFEE = [
    "De koffie uit de automaat smaakt nergens naar", "Koffieautomaat op de derde is alweer leeg", "Graag betere koffie, deze is bitter",
]  # fmt: skip
CLEANING = [
    "De toiletten zijn niet schoongemaakt", "Prullenbakken worden niet geleegd door de schoonmakers", "Schoonmaak komt te weinig langs",
]  # fmt: skip


def panel(rows: list[tuple[str, str | None, float, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["text", "theme", "strength", "placed_by"])
    frame.insert(0, "remark_id", range(1, len(frame) + 1))
    return frame


def placed(texts: list[str], theme: str, by: str = "model") -> list[tuple[str, str | None, float, str]]:
    return [(text, theme, 0.5, by) for text in texts]


def of(kind: str, found: list[Proposal]) -> list[Proposal]:
    return [one for one in found if one.kind == kind]


def test_a_remark_that_stands_in_the_wrong_theme_is_proposed_to_move() -> None:
    wrong = placed([COFFEE[2]], "ict-printen-scannen")
    rows = panel([*placed(COFFEE[:2], "facilitair-koffie"), *wrong, *placed(CLEANING, "facilitair-schoonmaak")])
    (move,) = of("move", propose(rows, BOOK, SLEEPING))
    assert move.theme == "facilitair-koffie"
    assert move.remarks == (3,)
    assert "koffie" in move.words


def test_what_a_person_placed_stays() -> None:
    rows = panel([*placed(COFFEE, "ict-printen-scannen", by="person"), *placed(CLEANING, "facilitair-schoonmaak")])
    assert not any({1, 2, 3} & set(one.remarks) for one in propose(rows, BOOK, SLEEPING))


def test_several_remarks_wake_a_sleeping_entry() -> None:
    texts = [
        "Wachtwoord vergeten en resetten lukt niet",
        "Mijn wachtwoord verloopt elke maand",
        "Nieuw wachtwoord instellen duurt lang",
    ]
    rows = panel([*placed(COFFEE, "facilitair-koffie"), *placed(texts, "ict-printen-scannen")])
    (wake,) = of("wake", propose(rows, BOOK, SLEEPING))
    assert "wachtwoord" in wake.theme
    assert set(wake.remarks) == {4, 5, 6}


def test_a_remark_corrected_by_a_person_draws_the_ones_like_it() -> None:
    said = [
        "De zwevende vloer kraakt bij elke stap",
        "Krakende zwevende vloer op de tweede",
        "Zwevende vloer maakt herrie",
    ]
    rows = panel(
        [
            *placed(COFFEE, "facilitair-koffie"),
            (said[0], "eigen-vloer", 1.0, "person"),
            *placed(said[1:], "facilitair-koffie"),
        ]
    )
    own = replace(
        BOOK.entries[0], key="eigen-vloer", name={"nl": "Vloeren", "en": "Floors"}, description={"nl": "", "en": ""}, keywords=(),
        examples=(said[0],),
    )  # fmt: skip
    found = propose(rows, Codebook((*BOOK.entries, own)), SLEEPING)
    (move,) = of("move", found)
    assert move.theme == "eigen-vloer"
    assert 5 in move.remarks


def test_remarks_that_fit_nowhere_but_belong_together_become_a_new_theme() -> None:
    choir = [
        "Ons personeelskoor zoekt een dirigent", "Het koor zoekt een nieuwe dirigent", "Een dirigent voor het personeelskoor zou fijn zijn",
        "Het koor repeteert graag met een dirigent", "Personeelskoor zonder dirigent zingt vals",
    ]  # fmt: skip
    odd = [
        "Bij ons om de hoek zit een goede bakker",
        "De duiven op het dak broeden weer",
        "Onze voetbaltrainer stopt ermee",
        "De kat van de buren is weg",
    ]
    others = [row for entry in BOOK.entries[::4] for row in placed([entry.examples[0]], entry.key)]
    rows = panel([*others, *((text, None, 0.05, "model") for text in [*choir, *odd])])
    found = of("found", propose(rows, BOOK, SLEEPING))
    assert any("dirigent" in one.words for one in found)
    assert all(one.theme == "" and one.source == "" for one in found)


def test_a_small_theme_that_is_like_another_is_proposed_to_merge() -> None:
    own = replace(
        BOOK.entries[0], key="eigen-automaat", name={"nl": "Automaat", "en": "Machine"}, description={"nl": "", "en": ""}, keywords=("automaat",),
        examples=(),
    )  # fmt: skip
    small = placed(["Koffie smaakt vies", "Koffiebekers zijn op"], "eigen-automaat")
    rows = panel([*placed(COFFEE, "facilitair-koffie"), *small, *placed(CLEANING, "facilitair-schoonmaak")])
    found = propose(rows, Codebook((*BOOK.entries, own)), SLEEPING)
    assert {one.source for one in of("merge", found)} | {
        at for one in of("move", found) for at in ["eigen-automaat"] if set(one.remarks) == {4, 5}
    } == {"eigen-automaat"}


def test_a_theme_about_two_things_is_proposed_to_part() -> None:
    printing = [
        f"{what} op de {where}"
        for what in ("Printer kapot", "Papierstoring printer", "Toner op")
        for where in ("tweede", "derde", "begane grond")
    ]
    coffee = [
        f"{what} in de {where}"
        for what in ("Koffie koud", "Koffie te slap", "Geen koffiemelk")
        for where in ("kantine", "pantry", "hal")
    ]
    rows = panel(placed([*printing, *coffee], "facilitair-koffie"))
    found = propose(rows, BOOK, SLEEPING | AWAKE - {"facilitair-koffie"})
    apart = [set(one.remarks) for one in found if one.kind in ("split", "wake", "move")]
    assert any(remarks <= set(range(1, 10)) and len(remarks) >= 4 for remarks in apart)


def test_no_remark_is_in_two_proposals_and_the_order_of_rows_does_not_matter() -> None:
    rows = panel([*placed(COFFEE, "ict-printen-scannen"), *placed(CLEANING, "facilitair-koffie")])
    found = propose(rows, BOOK, SLEEPING)
    ids = [remark for one in found for remark in one.remarks]
    assert len(ids) == len(set(ids))
    assert all(one.kind in KINDS for one in found)
    again = propose(rows.iloc[::-1], BOOK, SLEEPING)
    assert {(one.kind, one.theme, frozenset(one.remarks)) for one in again} == {
        (one.kind, one.theme, frozenset(one.remarks)) for one in found
    }


def test_nothing_said_nothing_proposed() -> None:
    assert propose(panel([]), BOOK, SLEEPING) == []
    assert propose(panel(placed(COFFEE, "facilitair-koffie")), Codebook(()), SLEEPING) == []


@pytest.mark.parametrize(
    "texts, together",
    [
        (["koffie is koud", "koude koffie", "de koffie was koud"], True),
        (["koffie is koud", "printer stuk", "parkeren is duur"], False),
    ],
)
def test_likeness_tells_what_belongs_together(texts: list[str], together: bool) -> None:
    points = Space().fit_transform([*texts, *COFFEE, *CLEANING, "een wachtwoord", "het contract", "factuur betaald"])[
        : len(texts)
    ]
    assert (likeness(points) > 0.18) == together
    assert likeness(points[:1]) == 0
