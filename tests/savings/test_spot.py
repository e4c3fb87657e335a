from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.savings.spot import spot
from feedback.text.language import detect

OWN = Path(__file__).parents[1] / "text" / "savings.tsv"


@pytest.mark.parametrize(
    "text",
    [
        "Laat ons gewoon zelf bestellen via de groothandel, dat scheelt drie formulieren",
        "Schaf die wekelijkse vergadering af, een mail volstaat",
        "Eén contract voor alle gebouwen in plaats van zes",
        "De helft van de telefoons gebruikt niemand, zeg ze op",
    ],
)
def test_proposals_that_save(text: str) -> None:
    assert spot(text).is_saving


@pytest.mark.parametrize(
    "text",
    [
        "De koffie is duur geworden",
        "Bezuinigen op schoonmaak is een slecht idee",
        "De factuur van € 1.250 is nog niet betaald",
        "De helpdesk is vriendelijk",
        "",
    ],
)
def test_talk_of_money_is_no_proposal(text: str) -> None:
    hint = spot(text)
    assert not hint.is_saving and hint.eur is None and hint.words == ()


def test_euros_are_brought_to_a_year_and_signs_are_shown() -> None:
    hint = spot("Zeg dat abonnement op, het scheelt 200 euro per maand")
    assert hint.eur == 2400 and "scheelt" in hint.words


def test_own_set_f1_and_decoys() -> None:
    rows = [line.split("\t") for line in OWN.read_text(encoding="utf-8").splitlines()]
    told = [(label == "yes", spot(text, detect(text)).is_saving) for label, _, text in rows]
    hits = sum(wanted and got for wanted, got in told)
    assert 2 * hits / (sum(wanted for wanted, _ in told) + sum(got for _, got in told)) >= 0.8
    decoys = [got for wanted, got in told if not wanted]
    assert sum(decoys) / len(decoys) <= 0.15


@given(st.text(), st.sampled_from(["nl", "en", "other"]))
def test_never_raises(text: str, language: str) -> None:
    spot(text, language)
