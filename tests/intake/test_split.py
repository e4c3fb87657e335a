import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from feedback.intake.split import split_remarks

OWN = Path(__file__).parents[1] / "text" / "notes.yaml"


@pytest.mark.parametrize(
    ("note", "remarks"),
    [
        ("- wifi valt weg\n- koffie is koud", ["wifi valt weg", "koffie is koud"]),
        ("1) badges 2) printers", ["badges", "printers"]),
        ("• Zalen vol\n  - vooral op dinsdag", ["Zalen vol – vooral op dinsdag"]),
        ("De lift is stuk. Dat is jammer.", ["De lift is stuk. Dat is jammer."]),
        ("De lift is stuk. De koffie is koud.", ["De lift is stuk.", "De koffie is koud."]),
        (
            "Graag een printer. Daarnaast is het archief dicht.",
            ["Graag een printer.", "Daarnaast is het archief dicht."],
        ),
        (
            "De stoelen zijn prima, maar het systeem ligt eruit.",
            ["De stoelen zijn prima", "maar het systeem ligt eruit."],
        ),
        ("Goed, maar traag.", ["Goed, maar traag."]),
        ("Zie ![foto](x.png) van de hal.", ["Zie ![foto](x.png) van de hal."]),
        (
            "De kelder wordt het hele jaar verwarmd. Uitzetten scheelt 900 euro.",
            ["De kelder wordt het hele jaar verwarmd. Uitzetten scheelt 900 euro."],
        ),
        (
            "Ik stel voor de krant op te zeggen; het abonnement kost 400 euro.",
            ["Ik stel voor de krant op te zeggen; het abonnement kost 400 euro."],
        ),
        ("- zalen zijn vies;\n- wifi is traag;", ["zalen zijn vies", "wifi is traag"]),
        ("Wifi is traag; koffie is koud; hal is vol.", ["Wifi is traag", "koffie is koud", "hal is vol."]),
        (
            "[naam] vertelt dat de pas op tijd was. Zij is blij. Bob finds the portal slow.",
            ["[naam] vertelt dat de pas op tijd was. Zij is blij.", "Bob finds the portal slow."],
        ),
        ("Te laat betaald. Verder geen opmerkingen.", ["Te laat betaald. Verder geen opmerkingen."]),
        ("geen", ["geen"]),
        ("", []),
        ("...", ["..."]),
    ],
)
def test_a_note_becomes_remarks(note: str, remarks: list[str]) -> None:
    assert split_remarks(note) == remarks


def test_a_line_broken_by_an_editor_is_one_sentence() -> None:
    assert split_remarks("De nieuwe laptops zijn licht\nen gaan de hele dag mee.") == [
        "De nieuwe laptops zijn licht en gaan de hele dag mee."
    ]


SENTENCES = [
    "De wifi valt weg.", "Dat is jammer.", "Waarom duurt het zo lang?", "maar niemand belt terug", "En verder: niets.",
    "Top!", "bijv. op dinsdag", "\"Een doolhof,\" zei iemand.", "(zie de bijlage)", "ICT; HR; inkoop", "3.5 uur per week",
]  # fmt: skip
PARTS = st.lists(
    st.tuples(st.sampled_from(SENTENCES), st.sampled_from([" ", "\n", "\n\n", "\n- ", "\n  - "])), max_size=8
)


@given(PARTS)
def test_no_word_is_lost(parts: list[tuple[str, str]]) -> None:
    note = "".join(sentence + between for sentence, between in parts)
    assert re.findall(r"\w+", " ".join(split_remarks(note))) == re.findall(r"\w+", note)


@given(st.text())
def test_never_raises_and_gives_no_empty_remark(note: str) -> None:
    assert all(remark.strip() for remark in split_remarks(note))


def test_own_notes_f1() -> None:
    matched = made = wanted = 0
    for example in yaml.safe_load(OWN.read_text(encoding="utf-8")):
        remarks = split_remarks(example["note"])
        made, wanted = made + len(remarks), wanted + len(example["remarks"])
        for remark in example["remarks"]:
            near = [one for one in remarks if SequenceMatcher(None, remark.lower(), one.lower()).ratio() >= 0.85]
            if near:
                remarks.remove(near[0])
                matched += 1
    assert 2 * matched / (made + wanted) >= 0.85
