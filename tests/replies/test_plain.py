"""Plain Dutch: what a customer stumbles over is marked, with what to write instead."""

import datetime as dt

import pytest
import yaml

from feedback.replies import plain
from feedback.settings import DATA


def test_a_plain_answer_is_fine() -> None:
    assert plain.read("Wij zetten er een tweede automaat bij. Die staat er vóór 1 maart.").fine


def test_difficult_words_come_with_a_simpler_one() -> None:
    found = plain.read("Conform het beleid zullen wij dit ten gevolge van de drukte implementeren.").difficult
    assert [(one.word, one.simpler) for one in found] == [
        ("Conform", "volgens"), ("ten gevolge van", "door"), ("implementeren", "invoeren"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "simpler"),
    [
        ("Wij hebben de balie geoptimaliseerd.", "verbeterd"),
        ("Wij hebben dit reeds geëvalueerd.", "al, teruggekeken"),
        ("De balie hanteert thans een lijst.", "gebruikt, nu"),
        ("Het geïmplementeerde plan werkt dusdanig.", "ingevoerde, zo"),
        ("We are utilizing the list that we have optimised.", "using, improved"),
    ],
)
def test_what_is_proposed_fits_where_the_difficult_word_stands(text: str, simpler: str) -> None:
    assert ", ".join(one.simpler for one in plain.read(text).difficult) == simpler


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


def test_a_day_in_the_text_that_is_not_the_day_beside_it_is_pointed_out() -> None:
    due = dt.date(2027, 3, 1)
    assert plain.read("Wij doen dit vóór 1 april 2027, echt waar.", due).other_days == ("1 april 2027",)
    assert not plain.read("Wij doen dit vóór 1 april, echt waar.", due).fine
    assert plain.read("We will do it by 1 March, as we said on 3-2-2027.", due).other_days == ()
    assert plain.read("Wij doen dit op 1-3-2026 voor u.", due).other_days == ("1-3-2026",)
    assert plain.read("Wij doen dit op 1 april voor u.").other_days == ()


@pytest.mark.parametrize(
    "text",
    [
        "Wij zetten vóór 1 maart op elke verdieping een printer die kleur kan.",
        "Het contract loopt tot 2028. Eerder stoppen kost meer dan het oplevert. In 2027 vragen wij u wat u anders wilt.",
        "Wij mogen dit niet van de wet (AVG). Daarom blijft het zo. Op 1 september 2027 kijken wij opnieuw.",
        "Wij worden sneller: binnen twee weken krijgt u antwoord. Het wordt beter.",
        "We will put a colour printer on every floor before 1 March.",
        "The law (GDPR) does not allow us to do this, so it stays. We will look again on 1 September 2027.",
        "The contract runs until 2028. In 2027 we'll ask you what you want.",
    ],
)
def test_a_plain_promise_with_a_day_is_fine_in_either_language(text: str) -> None:
    assert plain.read(text, promise=True).fine


@pytest.mark.parametrize(
    ("text", "passives", "difficult"),
    [
        (
            "Dit wordt momenteel geïnventariseerd en u wordt later ingelicht.",
            ("wordt momenteel geïnventariseerd", "wordt later ingelicht"),
            ["momenteel", "geïnventariseerd"],
        ),
        ("Uw vraag wordt door ons onderzocht.", ("wordt door ons onderzocht",), []),
        ("Er zal worden gekeken naar de problematiek.", ("worden gekeken",), ["problematiek"]),
        ("Hiervan kan geen gebruik gemaakt worden.", ("gemaakt worden",), []),
        ("Pursuant to this, opening hours can be facilitated.", ("be facilitated",), ["Pursuant to", "facilitated"]),
        ("The waiting time has been reduced.", ("been reduced",), []),
        ("It is now being built for the team.", ("being built",), []),
        ("We are leveraging stakeholders in due course.", (), ["leveraging", "stakeholders", "in due course"]),
    ],
)
def test_what_nobody_does_and_words_of_offices_are_marked_in_either_language(
    text: str, passives: tuple[str, ...], difficult: list[str]
) -> None:
    reading = plain.read(text)
    assert reading.passives == passives
    assert [one.word for one in reading.difficult] == difficult
    assert not reading.fine


def test_an_english_text_gets_english_words_and_a_dutch_one_dutch_words() -> None:
    assert plain.read("We tell all stakeholders about it.").difficult[0].simpler == "people involved"
    assert plain.read("Wij vertellen het alle stakeholders.").difficult[0].simpler == "betrokkenen"


def test_a_promise_says_who_does_it() -> None:
    assert not plain.read("U krijgt uw geld terug in mei.", promise=True).promises
    assert plain.read("U krijgt uw geld terug in mei.").fine
    assert plain.read("Wij geven u het geld terug in mei.", promise=True).fine


def test_capitals_that_not_everybody_knows_are_marked() -> None:
    assert plain.read("Het MT kiest in mei. De AVG en ICT kent u.").abbreviations == ("MT",)


def test_the_answers_of_the_example_are_plain() -> None:
    plan = yaml.safe_load((DATA / "demo" / "demo.yaml").read_text(encoding="utf-8"))
    said = [one for entry in plan["replies"] for one in entry["said"]]
    assert len(said) > 8
    assert [one["text"] for one in said if not plain.read(one["text"], one["due"]).fine] == []


@pytest.mark.parametrize(("name", "least"), [("plain-words.tsv", 150), ("plain-words-en.tsv", 60)])
def test_the_lists_give_simpler_words_that_are_not_on_them_themselves(name: str, least: int) -> None:
    rows = [line.split("\t") for line in (DATA / "lexicon" / name).read_text(encoding="utf-8").splitlines()]
    assert len(rows) > least and all(len(row) in (2, 3) and all(row) for row in rows)
    assert {row[1] for row in rows} & {row[0] for row in rows} == set()
    # A verb that is bent in an answer gets a form that fits there.
    assert [row[0] for row in rows if row[0].endswith("eren") and len(row) == 2] == []
