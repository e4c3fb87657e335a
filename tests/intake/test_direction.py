"""Which end of a scale is best: told, found in what stands beside it, or asked; never assumed without a word."""

from __future__ import annotations

import pytest

from feedback.intake.columns import guess
from feedback.intake.direction import answered
from feedback.intake.model import Column, Mapping
from tests.intake.files import read_text

PRAISE = ("Heel fijn geholpen, super service", "Geweldig snel en vriendelijk", "Prima dienst, zeer tevreden",
          "Uitstekend, complimenten", "Goede hulp, dank")  # fmt: skip
COMPLAINTS = ("Het duurt veel te lang", "Waardeloos, niemand neemt op", "Slecht bereikbaar en traag",
              "Ik erger mij aan het portaal", "Altijd problemen met inloggen")  # fmt: skip
UPSIDE_DOWN = "".join(f"{1 + i % 2};2;{text}\n" for i, text in enumerate(PRAISE)) + "".join(
    f"{4 + i % 2};4;{text}\n" for i, text in enumerate(COMPLAINTS)
)


def scores(text: str) -> list[Column]:
    table = read_text(text).table
    assert table is not None
    return list(guess(table, {"ict": ["ICT"], "hr": ["HR"]}).of("score"))


def told(text: str) -> list[tuple[str | None, bool]]:
    return [(column.scale.best if column.scale else None, column.asks) for column in scores(text)]


def test_praise_beside_low_marks_tells_that_one_is_best() -> None:
    assert told(f"ICT;HR;Opmerking\n{UPSIDE_DOWN}") == [("low", False)] * 2
    turned = UPSIDE_DOWN.translate(str.maketrans("1245", "5421"))
    assert told(f"ICT;HR;Opmerking\n{turned}") == [("high", False)] * 2


def test_where_nothing_tells_it_is_asked() -> None:
    assert told("ICT;HR\n1;2\n3;4\n5;5\n2;3\n") == [("high", True)] * 2
    assert told("Oordeel ICT;Opmerking\n1;de kast\n3;het bureau\n5;de stoel\n2;de lamp\n") == [("high", True)]
    assert told("Hoeveel moeite kostte het u?;Opmerking\n1;de kast\n2;het bureau\n5;de stoel\n2;de lamp\n") == [
        ("low", True)
    ]


@pytest.mark.parametrize("header", ["Rapportcijfer ICT", "Tevredenheid ICT", "Score ICT", "How satisfied are you?"])
def test_nobody_is_asked_whether_more_satisfaction_is_better(header: str) -> None:
    assert told(f"{header};Opmerking\n1;de kast\n3;het bureau\n5;de stoel\n2;de lamp\n") == [("high", False)]


def test_a_grade_out_of_ten_is_not_asked_about() -> None:
    assert told("ICT;Opmerking\n7;de kast\n8;het bureau\n10;de stoel\n4;de lamp\n") == [("high", False)]


def test_one_column_or_a_title_that_tells_answers_for_all_on_the_same_scale() -> None:
    rows = "1;2;de kast\n3;4;het bureau\n5;5;de stoel\n2;4;de lamp\n"
    assert told(f"Oordeel ICT (1 = zeer goed, 5 = zeer slecht);HR;Opmerking\n{rows}") == [("low", False)] * 2
    assert told(f"Enquete, 1 = zeer goed en 5 = zeer slecht\n\nICT;HR;Opmerking\n{rows}") == [("low", False)] * 2


def test_words_that_speak_against_the_header_make_it_a_question() -> None:
    (column, _) = scores(f"Score ICT;Score HR;Opmerking\n{UPSIDE_DOWN}")
    assert column.asks and column.doubted
    (column,) = scores("ICT;Opmerking\n1;Geweldige service\n2;Heel tevreden\n5;Vreselijk traag\n4;Waardeloos\n")
    assert column.asks and column.doubted


def test_an_answer_goes_to_every_column_that_asks_and_is_kept() -> None:
    columns = answered(scores("ICT;HR\n1;2\n3;4\n5;5\n2;3\n"), "low")
    assert [(c.scale.best, c.asks, c.confidence) for c in columns if c.scale] == [("low", False, 1.0)] * 2
    assert Mapping.from_dict(Mapping(columns).to_dict()).columns[0].scale == columns[0].scale


MARKS = "1;de kast\n3;het bureau\n5;de stoel\n2;de lamp\n"


def scale_of(text: str) -> tuple[float, float, str, bool]:
    (column,) = scores(text)
    assert column.scale is not None
    return column.scale.low, column.scale.high, column.scale.best, column.asks


@pytest.mark.parametrize("header", ["Waardering", "Score", "Tevredenheid", "Oordeel", "Cijfer"])
@pytest.mark.parametrize("separator", [";", ","])
def test_a_legend_above_the_table_outranks_what_a_name_lets_suppose(header: str, separator: str) -> None:
    title = '"Schaal: 1 = zeer tevreden, 5 = zeer ontevreden"'
    text = f"{title}\n{header};Opmerking\n{MARKS}".replace(";", separator)
    assert scale_of(text) == (1, 5, "low", False)
    turned = text.replace("1 = zeer tevreden", "1 = zeer ontevreden").replace(
        "5 = zeer ontevreden", "5 = zeer tevreden"
    )
    assert scale_of(turned) == (1, 5, "high", False)


@pytest.mark.parametrize(
    ("title", "ends", "best"),
    [
        ("Ronde 2, 3 maart 2026: 1 = uitstekend, 6 = slecht", (1, 6), "low"),
        ("1 (slecht) tot 6 (uitstekend)", (1, 6), "high"),
        ("Schaal 1-7 (1 = best)", (1, 7), "low"),
        ("10 = heel goed\n1 = heel slecht", (1, 10), "high"),
        ("Schaal van 1 tot 6, hoe lager hoe beter", (1, 6), "low"),
    ],
)  # fmt: skip
def test_a_title_tells_where_a_scale_ends(title: str, ends: tuple[float, float], best: str) -> None:
    rows = MARKS.replace("5;", "4,5;")
    assert scale_of(f"{title}\n\nOordeel;Opmerking\n{rows}") == (*ends, best, False)


def test_a_legend_is_for_the_column_that_it_names_and_never_for_one_that_says_otherwise() -> None:
    rows = "1;7;2;de kast\n3;8;4;het bureau\n5;10;5;de stoel\n2;4;1;de lamp\n"
    title = "Oordeel: 1 = uitstekend, 5 = slecht; Gemak: 1 = slecht, 5 = uitstekend"
    found = scores(f"{title}\n\nOordeel;Rapportcijfer;Gemak;Opmerking\n{rows}")
    assert [(c.scale.high, c.scale.best) for c in found if c.scale] == [(5, "low"), (10, "high"), (5, "high")]
    found = scores(
        f"1 = uitstekend, 5 = slecht\n\nOordeel (1 = slecht, 5 = goed);Rapportcijfer;X (1-10);Opmerking\n{rows}"
    )
    assert [(c.scale.high, c.scale.best) for c in found if c.scale] == [(5, "high"), (10, "high"), (10, "high")]


def test_questions_and_dates_in_a_title_are_no_legend() -> None:
    title = "Enquete 3 maart 2026, ronde 1: tevredenheid\nVraag 1: bent u tevreden? Vraag 5: wat is slecht?"
    assert scale_of(f"{title}\n\nOordeel;Opmerking\n{MARKS}") == (1, 5, "high", True)
