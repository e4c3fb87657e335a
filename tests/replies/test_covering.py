"""What masking hides in an answer, and what a person may let stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.replies.covering import cover
from feedback.text.masking import mask


@pytest.mark.parametrize(
    ("text", "stored", "hidden"),
    [
        ("Wij belden met Karin de Vries, zij is blij.", "Wij belden met [naam], zij is blij.", ("Karin de Vries",)),
        ("Mail j.visser@ziekenhuis.nl.", "Mail [e-mail].", ("j.visser@ziekenhuis.nl",)),
        ("Karin Smit", "[naam]", ("Karin Smit",)),
        ("[naam] en Pieter Jansen", "[naam] en [naam]", ("Pieter Jansen",)),
        ("Jan, Jan en jan@x.nl", "[naam], [naam] en [e-mail]", ("Jan", "jan@x.nl")),
        ("Wij zetten er een automaat bij.", "Wij zetten er een automaat bij.", ()),
    ],
)
def test_a_customer_is_hidden_and_who_types_sees_it(text: str, stored: str, hidden: tuple[str, ...]) -> None:
    covered = cover(text)
    assert (covered.text, covered.hidden, covered.doubtful) == (stored, hidden, hidden)


def test_the_owner_is_meant() -> None:
    told = cover("Joke Bakker zorgt ervoor. Meneer Jansen hoort het.", owner="Joke Bakker")
    assert told.text == "Joke Bakker zorgt ervoor. Meneer [naam] hoort het."


def test_what_a_person_keeps_stays_and_the_rest_is_hidden() -> None:
    told = cover("Bel ons op 030-1234567 of mail j.visser@ziekenhuis.nl.", keep=("030-1234567",))
    assert told.text == "Bel ons op 030-1234567 of mail [e-mail]."
    assert told.doubtful == ("030-1234567", "j.visser@ziekenhuis.nl")


_PARTS = st.sampled_from(
    [
        "Karin de Vries",
        "Jan",
        "j.visser@x.nl",
        "06-12345678",
        "[naam]",
        " ",
        ".",
        ", ",
        "en",
        "Bel",
        "1234 AB",
        "\n",
        "é",
    ]
)


@settings(max_examples=60)
@given(st.lists(_PARTS, max_size=14).map("".join))
def test_keeping_nothing_is_masking_and_keeping_all_is_the_text(text: str) -> None:
    assert cover(text).text == mask(text).text
    assert cover(text, keep=cover(text).doubtful).text == text
