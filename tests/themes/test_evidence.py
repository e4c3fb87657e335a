"""Why a remark stands in a theme."""

import pytest

from feedback.themes.codebook import Codebook
from feedback.themes.evidence import Evidence, evidence

BOOK = Codebook.load()


def of(text: str, said: tuple[str, ...], key: str) -> Evidence:
    entry = BOOK[key]
    return evidence(text, said, [*entry.name.values(), *entry.description.values(), *entry.keywords], entry.examples)


@pytest.mark.parametrize(
    ("key", "said", "left"),
    [
        ("archief-digitaliseren-papier", ("zeventig", "tekeningen"), ("tekeningen",)),
        ("ict-mobiele-telefoon", ("telefoon", "tientallen", "vijfentwintig", "2e"), ("telefoon",)),
        ("facilitair-schoonmaak", ("toilet", "gort"), ("toilet",)),
        ("ict-wachtwoord-reset", (), ()),
    ],
)
def test_words_that_are_like_none_of_the_entry_and_numbers_are_no_reason(
    key: str, said: tuple[str, ...], left: tuple[str, ...]
) -> None:
    assert of(" ".join(said), said, key).words == left


def test_the_nearest_example_is_told_and_not_the_remark_itself() -> None:
    examples = ("De koffie is koud.", "Het toilet is vies.", "De koffie is lauw.")
    assert evidence("De koffie is koud", (), (), examples).example == "De koffie is lauw."
    assert evidence("Toiletten zijn vies", (), (), examples).example == "Het toilet is vies."


def test_where_nothing_is_like_it_nothing_is_told() -> None:
    assert evidence("Subsidie voor de provincie", (), (), ("De koffie is koud.",)) == Evidence((), "")
    assert evidence("Xyzzy", ("xyzzy",), (), ()) == Evidence(("xyzzy",), "")
