"""What waits before a beamer shows it: abuse in every coat, and no ordinary word."""

from __future__ import annotations

import pytest

from feedback.room.guarding import unfit


@pytest.mark.parametrize(
    "text",
    [
        "Wat een kutsysteem", "Klotedienst, die ICT", "Die ict-kutzooi weer", "Kankerherrie op de gang", "Een stel boerenlullen",
        "Tyfuslaptops", "Regelnazi's", "Kút", "What a shitshow", "Fucking slow", "One big clusterfuck",
    ],
)  # fmt: skip
def test_compounds_of_abuse_wait(text: str) -> None:
    assert unfit(text)


@pytest.mark.parametrize(
    "text",
    [
        "k*t wifi",
        "kl*tesysteem",
        "f*** you",
        "K U T",
        "k.u.t",
        "kuuuut",
        "sh1t",
        "ku\u200bt",
        "ku\u200dtwifi",
        "k@nkersysteem",
    ],
)
def test_hidden_spelled_and_drawn_out_words_wait(text: str) -> None:
    assert unfit(text)


@pytest.mark.parametrize(
    "text",
    [
        "Meer geld voor kankeronderzoek en kankerpatiënten", "Vertering van voedsel", "Dat is lullig", "Werkkleren, klerenkasten",
        "Takken op het dak", "Hufterproof meubilair", "Nazicht van de facturen", "Onze vraag wordt genegeerd", "A lull in the day",
        "Hoe** dan", "Een 5* hotel en a*b*c in C#", "**vet** en d.w.z. t.a.v. de KU", "Shitake in de kantine",
    ],
)  # fmt: skip
def test_ordinary_words_that_look_like_it_do_not_wait(text: str) -> None:
    assert not unfit(text)
