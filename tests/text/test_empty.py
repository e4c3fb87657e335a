import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.text.empty import is_empty


@pytest.mark.parametrize(
    "text", ["geen", "n.v.t.", "-", "zie boven", "Geen opmerkingen", "nope", "weet niet", "???", "idem", "", None]
)
def test_says_nothing(text: str | None) -> None:
    assert is_empty(text)


@pytest.mark.parametrize(
    "text", ["geen koffie", "geen klachten", "niets te klagen", "prima", "wifi", "Weet niet wie ik moet bellen", "👍"]
)
def test_says_something(text: str) -> None:
    assert not is_empty(text)


def test_own_set(labelled) -> None:
    wrong = [text for label, text in labelled("empties.tsv") if is_empty(text) != (label == "yes")]
    assert wrong == []


@given(st.text())
def test_never_raises(text: str) -> None:
    assert is_empty(text) in {True, False}
