"""Plain Dutch: what a customer stumbles over is marked, with what to write instead."""

import datetime as dt

import pytest

from feedback.replies import plain
from feedback.settings import DATA


def test_a_plain_answer_is_fine() -> None:
    assert plain.read("Wij zetten er een tweede automaat bij. Die staat er vóór 1 maart.").fine


def test_difficult_words_come_with_a_simpler_one() -> None:
    found = plain.read("Conform het beleid zullen wij dit ten gevolge van de drukte implementeren.").difficult
    assert [(one.word, one.simpler) for one in found] == [
        ("Conform", "volgens"), ("ten gevolge van", "door"), ("implementeren", "invoeren"),
    ]  # fmt: skip


def test_a_part_of_a_word_is_not_that_word() -> None:
    assert plain.read("De echternaar woont in Indienland.").difficult == ()


def test_a_long_sentence_is_pointed_out() -> None:
    long = "Wij gaan na de zomer samen met de leverancier van de automaten kijken of er op elke verdieping een bij kan"
    assert plain.read(f"Dank u. {long}. Tot dan.").long_sentences == (long,)


@pytest.mark.parametrize(("n", "short", "long"), [(3, True, False), (30, False, False), (81, False, True)])
def test_length(n: int, short: bool, long: bool) -> None:
    reading = plain.read("wij doen. " * (n // 2) + "wij " * (n % 2))
    assert (reading.words, reading.short, reading.long) == (n, short, long)


@pytest.mark.parametrize("text", ["Er komt een automaat bij.", "De kwestie wordt bekeken."])
def test_an_answer_in_which_nobody_speaks_or_promises_a_day(text: str) -> None:
    reading = plain.read(text)
    assert not reading.speaks and not reading.dated
    assert plain.read(text, dt.date(2026, 3, 1)).dated


@pytest.mark.parametrize("when", ["voor 1 maart", "in week 12", "in het najaar", "uiterlijk 3-4", "by May"])
def test_a_time_in_the_text_is_a_date(when: str) -> None:
    assert plain.read(f"Wij doen dit {when}.").dated


def test_the_list_gives_simpler_words_that_are_not_on_it_themselves() -> None:
    rows = [
        line.split("\t") for line in (DATA / "lexicon" / "plain-words.tsv").read_text(encoding="utf-8").splitlines()
    ]
    assert len(rows) > 120 and all(len(row) == 2 and all(row) for row in rows)
    assert {simple for _, simple in rows} & {word for word, _ in rows} == set()
