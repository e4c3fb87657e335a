from __future__ import annotations

import pandas as pd
import pytest

from feedback.themes.codebook import Codebook
from feedback.themes.live import look_again, place_live

TEXTS = [
    "De laptop start traag op.",
    "De factuur van de leverancier is te laat betaald.",
    "Het is koud op de derde verdieping.",
]


@pytest.fixture(scope="module")
def book() -> Codebook:
    return Codebook.load()


def remarks(texts: list[str], themes: list[str], by: str = "model") -> pd.DataFrame:
    return pd.DataFrame(
        {"remark_id": range(len(texts)), "text": texts, "theme": themes, "area": "algemeen", "placed_by": by}
    )


def test_a_remark_is_placed_the_same_alone_and_among_others(book: Codebook) -> None:
    together = place_live(TEXTS, book=book, in_room=[])
    for at, text in enumerate(TEXTS):
        keys, strengths, words = place_live([text], book=book, in_room=[])
        assert keys == [together[0][at]] and words == [together[2][at]]
        assert strengths[0] == pytest.approx(together[1][at])


def test_a_theme_of_the_room_draws_what_fits_it(book: Codebook) -> None:
    text = "Ik kom er niet in."
    ((alone,), _, _) = place_live([text], book=book, in_room=[])
    ((drawn,), _, _) = place_live([text], book=book, in_room=["ict-inloggen-traag", alone])
    assert drawn in {"ict-inloggen-traag", alone}


def test_what_fits_another_theme_very_well_opens_it(book: Codebook) -> None:
    ((cold,), _, _) = place_live(TEXTS[2:], book=book, in_room=[])
    ((placed,), _, _) = place_live(TEXTS[2:], book=book, in_room=["financien-facturen-betalen"])
    assert placed == cold


def test_what_has_no_words_has_no_theme(book: Codebook) -> None:
    keys, strengths, _ = place_live(["???", "😀"], book=book, in_room=["ict-inloggen-traag"])
    assert keys == ["", ""] and not strengths.any()


def test_without_remarks_or_codebook_nothing_is_placed(book: Codebook) -> None:
    assert place_live([], book=book, in_room=[])[0] == []
    assert place_live(TEXTS, book=Codebook(entries=()), in_room=[])[0] == ["", "", ""]


def test_a_look_leaves_what_a_person_placed(book: Codebook) -> None:
    texts = TEXTS * 3
    look = look_again(remarks(texts, ["hr-verlof-registreren"] * 9, by="person"), book=book)
    assert set(look.keys) == {"hr-verlof-registreren"} and look.found == ()


def test_a_second_look_at_the_same_changes_nothing(book: Codebook) -> None:
    texts = [*TEXTS, "Mijn laptop start traag.", "Wat is het koud hier.", "Facturen worden te laat betaald."]
    first = look_again(remarks(texts, [""] * 6), book=book)
    second = look_again(remarks(texts, first.keys), book=book)
    assert second.keys == first.keys
    assert first.keys[0] == first.keys[3] and first.keys[1] == first.keys[5] and first.keys[2] == first.keys[4]
