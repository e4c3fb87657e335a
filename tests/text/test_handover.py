import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.text.handover import is_handover


@pytest.mark.parametrize(
    "text",
    [
        "Ik word van het kastje naar de muur gestuurd",
        "HR zegt dat ik bij ICT moet zijn en ICT verwijst naar HR",
        "Niet onze afdeling, zeiden ze",
        "Iedereen zegt dat een ander erover gaat",
        "They keep passing me around between three teams",
    ],
)
def test_sent_from_one_to_the_other(text: str) -> None:
    assert is_handover(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ik werd vriendelijk doorverbonden met de juiste persoon",
        "De lift is stuk",
        "Wie gaat er over de sleutels?",
        "HR en ICT werken goed samen",
    ],
)
def test_helped_or_something_else(text: str) -> None:
    assert not is_handover(text)


def test_own_set_f1(labelled, f1) -> None:
    assert f1([(label == "yes", is_handover(text)) for label, text in labelled("handover.tsv")]) >= 0.9


@given(st.text())
def test_never_raises(text: str) -> None:
    assert is_handover(text) in {True, False}
