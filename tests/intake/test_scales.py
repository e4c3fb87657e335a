from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.intake.model import Scale
from feedback.intake.scales import detect, is_blank, number, read_values


def found(header: str, *values: object):
    return detect(header, Counter(map(str, values)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7,5", 7.5), ("7.5", 7.5), ("8 - zeer tevreden", 8), ("8 (goed)", 8), ("1: slecht", 1), ("8/10", 8),
        ("8 van de 10", 8), ("85%", 85), ("85 %", 85), ("★★★☆☆", 3), ("een 8", 8), ("10 uitstekend", 10), ("-1", -1),
        ("8.", 8),
        ("n.v.t.", None), ("zeer goed", None), ("3-3-2026", None), ("12:30", None), ("", None),
        ("3 keer heb ik gebeld en drie keer kreeg ik geen antwoord", None),
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "n.v.t.", "N.v.t", "nvt", "weet niet", "Weet ik niet / n.v.t.", "geen mening", "-", "N/A", "don't know"],
)
def test_no_answer_is_no_score(text):
    assert is_blank(text)
    assert read_values([text], Scale(1, 10)) == {text: None}


@pytest.mark.parametrize(
    ("header", "values", "scale"),
    [
        ("Rapportcijfer", ["7,5", "8", "4"], Scale(1, 10)),
        ("Cijfer ICT", ["4", "5", "3", "4"], Scale(1, 10)),
        ("Hoe tevreden bent u?", ["4", "5", "3", "1"], Scale(1, 5)),
        ("Hoe waarschijnlijk is het dat u ons aanbeveelt?", ["9", "10", "7", "0"], Scale(0, 10)),
        ("NPS", ["9", "10", "7"], Scale(0, 10)),
        ("Tevredenheid (%)", ["85", "60", "12"], Scale(0, 100)),
        ("Tevredenheid", ["85%", "60%", "12 %"], Scale(0, 100)),
        ("Tevredenheid (percentage)", ["0.85", "0.6", "1"], Scale(0, 1)),
        ("Waardering (1-5)", ["4", "5", "3"], Scale(1, 5)),
        ("Geef een score op een schaal van 1 tot 7", ["4", "5", "3"], Scale(1, 7)),
        ("Rating out of 5", ["4", "5", "3"], Scale(1, 5)),
        ("Satisfaction 1 to 10", ["4", "5", "3"], Scale(1, 10)),
        ("Sterren", ["★★★", "★★★★★", "★"], Scale(1, 5)),
        ("Tevreden over HR", ["Tevreden", "Zeer tevreden", "Ontevreden", "Neutraal"], Scale(1, 5)),
        ("De helpdesk is snel", ["Mee eens", "Helemaal mee oneens", "Neutraal"], Scale(1, 5)),
        ("The help desk is quick", ["Agree", "Strongly disagree", "Neither agree nor disagree"], Scale(1, 5)),
        ("IT services", ["Very satisfied", "Dissatisfied", "N/A"], Scale(1, 5)),
        ("Oordeel", ["goed", "matig", "uitstekend", "voldoende"], Scale(1, 5)),
        ("Gevoel", ["positief", "negatief", "neutraal", "positief"], Scale(1, 3)),
        ("Smiley", ["🙂", "😡", "😐", "😀"], Scale(1, 5)),
        ("Smiley", [":-)", ":-(", ":-|"], Scale(1, 5)),
        ("Hoe goed? (1 = zeer tevreden, 5 = zeer ontevreden)", ["1", "2", "5"], Scale(1, 5, "low")),
        ("Oordeel", ["1 - zeer goed", "5 - zeer slecht", "2 - goed"], Scale(1, 5, "low")),
        ("Oordeel", ["5 - zeer goed", "1 - zeer slecht", "4 - goed"], Scale(1, 5)),
        ("Moeite (10 = veel moeite, 1 = geen moeite)", ["1", "2", "8"], Scale(1, 10, "low")),
    ],
)  # fmt: skip
def test_a_scale_is_found(header, values, scale):
    assert found(header, *values).scale == scale


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Jaar", ["2024", "2025"]),
        ("Opmerking", ["De koffie is koud", "Prima"]),
        ("Leeg", []),
        ("Leeg", ["n.v.t.", "-"]),
    ],
)
def test_what_is_no_scale_is_none(header, values):
    assert found(header, *values).scale is None


def test_an_assumption_is_told_by_low_confidence():
    assert found("Rapportcijfer", 7, 8, 5).confidence > 0.9
    assert found("Vraag 4", 1, 2, 2).confidence < 0.7
    assert found("Hoeveel moeite kostte het u?", 1, 2, 5).scale == Scale(1, 5, "low")
    assert found("Hoeveel moeite kostte het u?", 1, 2, 5).confidence < 0.7
    assert found("Hoe tevreden bent u over de wachttijd?", 1, 2, 5).scale == Scale(1, 5)
    assert found("Ik heb last van wachttijden", "mee eens", "oneens").confidence < 0.7


@pytest.mark.parametrize(
    ("scale", "value", "grade"),
    [
        (Scale(1, 10), 7.5, 7.5), (Scale(1, 5), 5, 10), (Scale(1, 5), 1, 1), (Scale(1, 5), 3, 5.5),
        (Scale(1, 5, "low"), 1, 10), (Scale(1, 10, "low"), 1, 10), (Scale(0, 10), 10, 10), (Scale(0, 10), 0, 1),
        (Scale(0, 100), 50, 5.5), (Scale(0, 1), 1, 10),
    ],
)  # fmt: skip
def test_an_answer_becomes_a_grade(scale, value, grade):
    assert scale.to_grade(value) == pytest.approx(grade)


def test_words_and_numbers_are_read_on_the_scale_that_was_given():
    read = read_values(["tevreden", "zeer ontevreden", "4", "6", "0", "geen idee", "blauw", "5 - top"], Scale(1, 5))
    assert read == {
        "tevreden": 4, "zeer ontevreden": 1, "4": 4, "6": "intake.dropped.score_outside",
        "0": "intake.dropped.score_outside",
        "geen idee": None, "blauw": "intake.dropped.score_unreadable", "5 - top": 5,
    }  # fmt: skip
    assert read_values(["een 8", "acht", "8,5/10"], Scale(1, 10)) == {"een 8": 8, "acht": 8, "8,5/10": 8.5}


@given(st.floats(-1e6, 1e6), st.floats(0.5, 1e6), st.floats(0, 1), st.sampled_from(["high", "low"]))
def test_a_grade_lies_between_1_and_10_and_keeps_the_order(low, width, share, best):
    scale = Scale(low, low + width, best)
    grade = scale.to_grade(low + share * width)
    assert 0.99 <= grade <= 10.01
    worse = scale.to_grade(low if best == "high" else low + width)
    assert worse <= grade + 0.01


@given(st.lists(st.integers(1, 10), min_size=1), st.sampled_from([",", "."]))
def test_whole_and_half_grades_come_back(grades, mark):
    written = [f"{grade}{mark}5" if grade < 10 else "10" for grade in grades]
    read = read_values(written, Scale(1, 10))
    assert [read[text] for text in written] == [grade + 0.5 if grade < 10 else 10 for grade in grades]


@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=8))
def test_no_text_breaks_the_detection(header, values):
    result = found(header, *values)
    if result.scale:
        read_values(values, result.scale)


def test_ends_with_words_beside_them():
    assert found("How easy was it? (1 very difficult - 7 very easy)", 6, 2).scale == Scale(1, 7)
    assert found("Hoe ging het? (1 uitstekend, 5 slecht)", 1, 2).scale == Scale(1, 5, "low")
    assert found("Top 5 verbeterpunten: hoe goed is de helpdesk nu?", 1, 2, 5).scale == Scale(1, 5)


def test_a_scale_in_the_header_holds_though_many_answers_are_outside_it():
    assert found("Cijfer (1-10)", 11, 7, 0, "acht").scale == Scale(1, 10)
    assert found("Aantal", 11, 7, 0, 700, 800).scale is None


@pytest.mark.parametrize(
    "words",
    [
        "slecht, matig, voldoende, goed",
        "slecht, matig, voldoende, goed, uitstekend",
        "onvoldoende, matig, voldoende, ruim voldoende, goed, uitstekend",
        "zeer slecht, slecht, matig, voldoende, goed, zeer goed",
        "strongly disagree, disagree, somewhat disagree, neutral, somewhat agree, agree, strongly agree",
        "helemaal oneens, oneens, enigszins oneens, neutraal, enigszins eens, eens, helemaal eens",
        "very dissatisfied, dissatisfied, slightly dissatisfied, neutral, slightly satisfied, satisfied, very satisfied",
        "nooit, zelden, soms, regelmatig, vaak, altijd",
        "never, almost never, sometimes, often, always",
        "terrible, poor, fair, good, excellent",
    ],
)
def test_different_words_get_different_places_in_their_order(words):
    answers = words.split(", ")
    scale = found("De dienst is goed", *answers).scale
    assert scale == Scale(1, len(answers))
    assert list(read_values(answers, scale).values()) == list(range(1, len(answers) + 1))


def test_who_may_agree_somewhat_may_disagree_somewhat_also_where_nobody_did():
    answers = ["strongly disagree", "disagree", "neutral", "somewhat agree", "agree"]
    assert found("Easy to reach", *answers).scale == Scale(1, 7)
    assert list(read_values(answers, Scale(1, 7)).values()) == [1, 2, 4, 5, 6]


def test_words_for_the_same_answer_share_a_place():
    answers = ["slecht", "goed", "zeer goed", "heel goed"]
    assert found("Kwaliteit", *answers).scale == Scale(1, 5)
    assert list(read_values(answers, Scale(1, 5)).values()) == [2, 4, 5, 5]


def test_words_are_stretched_to_a_scale_that_a_person_chose():
    assert list(read_values(["slecht", "matig", "goed"], Scale(1, 10)).values()) == [1, 5.5, 10]
    assert list(read_values(["8", "7", "9", "goed"], Scale(1, 10)).values())[3] == "intake.dropped.score_unreadable"
