"""What a person changes of a file: words put back or hidden, remarks written a line each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.intake.by_hand import ByHand, as_lines, from_lines, hide, mask_by_hand, secrets_in
from feedback.text.masking import mask


def test_behind_each_placeholder_stand_the_words_that_it_hides() -> None:
    raw = "Bel Jan de Vries op 06-12345678 of mail j.visser@elzen.nl."
    masked = mask(raw).text
    assert [secret for _, secret in secrets_in(raw, masked)] == [
        ("naam", "Jan de Vries"), ("telefoon", "06-12345678"), ("e-mail", "j.visser@elzen.nl"),
    ]  # fmt: skip


def test_a_placeholder_that_somebody_typed_hides_nothing() -> None:
    raw = "Er staat [naam] in mijn brief, vraag Jan de Vries."
    assert [secret for _, secret in secrets_in(raw, mask(raw).text)] == [("naam", "Jan de Vries")]


@pytest.mark.parametrize(("raw", "masked"), [("A B", "[naam][adres]"), ("een", "twee [naam]"), ("", "[naam]")])
def test_where_it_cannot_be_told_nothing_is_given_back(raw: str, masked: str) -> None:
    assert secrets_in(raw, masked) == []


def test_a_false_hit_is_put_back_and_the_rest_stays_hidden() -> None:
    raw = "Vraag Jan de Vries of Bram Kok."
    text, counts = mask_by_hand(raw, mask(raw).text, ByHand(shown=frozenset({("naam", "Bram Kok")})))
    assert text == "Vraag [naam] of Bram Kok."
    assert counts["naam"] == -1


def test_words_are_hidden_wherever_they_stand_as_words_of_their_own() -> None:
    text, times = hide("De Kade aan de\nkade; de kades blijven. De [naam] ook.", ["de kade", "naam"])
    assert text == "[verborgen] aan [verborgen]; de kades blijven. De [naam] ook."
    assert times == 2


@given(st.text(), st.text(min_size=1).filter(str.strip))
def test_hiding_any_words_in_any_text_leaves_none_of_them(text: str, words: str) -> None:
    once, _ = hide(text, [words])
    assert hide(once, [words]) == (once, 0)


def test_remarks_are_a_line_each_and_come_back_so() -> None:
    remarks = ("De zalen zijn netjes", "- maar koud")
    assert from_lines(as_lines(remarks)) == ("De zalen zijn netjes", "- maar koud")
    assert from_lines("- een\n\n twee \n - \n• drie") == ("een", "twee", "drie")
    assert from_lines(" \n") == ()
