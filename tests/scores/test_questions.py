"""Of several score questions in a file, the one that tells satisfaction."""

from __future__ import annotations

import pandas as pd
import pytest

from feedback.scores.questions import about, asked, counting, others


def scores(*rows: tuple[str, float, float]) -> pd.DataFrame:
    """Question and the ends of its scale; a score a row, all in one session and on the services as a whole."""
    table = pd.DataFrame(rows, columns=["question", "scale_low", "scale_high"])
    return table.assign(score_id=range(len(table)), session_id=1, area=None, grade=7.0)


def the_one(*questions: tuple[str, float, float]) -> str:
    table = asked(scores(*questions))
    return str(table.loc[table["counts"], "question"].item())


@pytest.mark.parametrize(
    "grade", ["Cijfer algemeen", "cijfer", "Hoe tevreden bent u over ons?", "Overall satisfaction"]
)
@pytest.mark.parametrize(
    "other", ["NPS", "nps_score", "Hoe waarschijnlijk is het dat u ons aanbeveelt?", "Would you recommend us?"]
)
def test_the_grade_goes_before_the_recommendation(grade: str, other: str) -> None:
    assert the_one((other, 0, 10), (other, 0, 10), (grade, 1, 10)) == grade


def test_the_grade_for_the_whole_goes_before_a_grade_for_a_part() -> None:
    assert the_one(("Cijfer balie", 1, 10), ("Cijfer balie", 1, 10), ("Cijfer algemeen", 1, 10)) == "Cijfer algemeen"


def test_satisfaction_goes_before_a_statement() -> None:
    assert the_one(("Ik word snel geholpen", 1, 10), ("Hoe tevreden bent u?", 1, 5)) == "Hoe tevreden bent u?"


def test_a_scale_to_ten_goes_before_five_steps() -> None:
    assert the_one(("Tevredenheid in stappen", 1, 5), ("Rapportcijfer", 1, 10)) == "Rapportcijfer"


def test_what_most_people_answered_goes_before_the_rest() -> None:
    assert the_one(("Cijfer A", 1, 10), ("Cijfer B", 1, 10), ("Cijfer B", 1, 10)) == "Cijfer B"


def test_every_session_and_every_service_has_its_own_question() -> None:
    table = scores(
        ("Cijfer ICT", 1, 10), ("Cijfer HR", 1, 10), ("NPS", 0, 10), ("Cijfer algemeen", 1, 10), ("NPS", 0, 10)
    )
    table = table.assign(area=["ict", "hr", None, None, None], session_id=[1, 1, 1, 1, 2])
    assert list(counting(table)["question"]) == ["Cijfer ICT", "Cijfer HR", "Cijfer algemeen", "NPS"]
    assert list(counting(table)["recommends"]) == [False, False, False, True]


def test_questions_that_do_not_count_are_told_as_last_measured() -> None:
    table = scores(("Cijfer", 1, 10), ("NPS", 1, 10), ("NPS", 1, 10), ("Cijfer", 1, 10), ("NPS", 1, 10))
    table = table.assign(session_id=[1, 1, 1, 2, 2], session=["Lente"] * 3 + ["Herfst"] * 2, grade=[7, 1, 3, 8, 9])
    table["date"] = pd.to_datetime("2026-03-01") + pd.to_timedelta(table["session_id"], unit="D")
    assert others(table).drop(columns="area").to_numpy().tolist() == [["NPS", "Herfst", 9.0, 1]]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Cijfer ICT", "grade"), ("Hoe belangrijk is ICT voor uw werk?", "importance"), ("importance_hr", "importance"),
        ("Wat verwacht u van HR?", "expectation"), ("Zou u ons aanbevelen?", "recommend"),
        ("Hoe tevreden bent u over onze belangrijkste dienst?", "grade"), ("", "grade"),
    ],
)  # fmt: skip
def test_what_a_question_asks(question: str, kind: str) -> None:
    assert list(about(pd.Series([question]))) == [kind]


def test_what_is_important_or_expected_is_never_the_grade() -> None:
    table = asked(scores(("Hoe belangrijk is ICT?", 1, 10), ("Wat verwacht u?", 1, 10)))
    assert not table["counts"].any()


def test_what_has_a_figure_of_its_own_is_no_other_question() -> None:
    table = scores(("Cijfer", 1, 10), ("NPS", 0, 10), ("Hoe belangrijk is ICT?", 1, 10))
    assert others(table.assign(session="Lente", date=pd.Timestamp("2026-03-01"))).empty
