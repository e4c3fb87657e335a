import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.text.money import AmbiguousAmountError, euros_a_year, parse_euro


@pytest.mark.parametrize(
    ("typed", "euros"),
    [
        ("1.250.000", 1_250_000),
        ("€ 12,5k", 12_500),
        ("0,3 mln", 300_000),
        ("40 mille", 40_000),
        ("2 ton", 200_000),
        ("anderhalf miljoen", 1_500_000),
        ("vijfentwintigduizend euro", 25_000),
        ("1.250,50", 1250.5),
        ("1,250.50", 1250.5),
        ("12.5", 12.5),
        ("€ 5,-", 5),
        ("€ 1.250.000,--", 1_250_000),
        ("0,250 mln", 250_000),
        ("1,25 mln", 1_250_000),
        ("1.250.000", 1_250_000),
        ("-500", -500),
    ],
)
def test_typed_amounts(typed: str, euros: float) -> None:
    assert parse_euro(typed) == pytest.approx(euros)


@pytest.mark.parametrize("typed", ["", "veel", "12 of 13", "€", "1.2.3.x"])
def test_what_is_no_amount_says_what_to_type(typed: str) -> None:
    with pytest.raises(ValueError, match="type for instance"):
        parse_euro(typed)


@pytest.mark.parametrize("typed", ["1.250 mln", "12.500k", "€ 1,250 mln", "12.500 ton", "1.500 miljoen euro"])
def test_what_may_be_two_amounts_is_not_guessed(typed: str) -> None:
    with pytest.raises(AmbiguousAmountError, match="1,25 mln"):
        parse_euro(typed)


@given(st.integers(0, 10**9))
def test_whole_euros_survive_dutch_writing(euros: int) -> None:
    assert parse_euro(f"€ {euros:,}".replace(",", ".")) == euros


@given(st.decimals(0, 10**6, places=2))
def test_cents_survive_dutch_writing(euros) -> None:
    assert parse_euro(f"{euros:.2f}".replace(".", ",")) == pytest.approx(float(euros))


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("Dat is 200 euro per maand", 2400),
        ("€ 5.000 per kwartaal minder", 20_000),
        ("scheelt 12 euro per week", 624),
        ("bespaart 12k per jaar", 12_000),
        ("90 licenties van 300 euro", 27_000),
        ("van € 9.000 naar € 4.000 per jaar", 5000),
        ("kost 15 euro per persoon en we zijn met 120 mensen", 1800),
    ],
)
def test_amounts_in_a_remark_are_brought_to_a_year(text: str, euros: float) -> None:
    assert euros_a_year(text) == pytest.approx(euros)


@pytest.mark.parametrize(
    "text", ["", "Het scheelt twee uur per week", "In 2024 waren er 12 storingen", "3 euro per stuk"]
)
def test_no_amount_a_year(text: str) -> None:
    assert euros_a_year(text) is None


@given(st.text())
def test_never_raises_on_running_text(text: str) -> None:
    euros_a_year(text)
