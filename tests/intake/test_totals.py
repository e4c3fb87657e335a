"""Rows that count the others are no answers, and answers that look like them are."""

import pytest

from tests.intake.files import take_text

ROWS = "Noord;De koffie is koud;6\nZuid;De lift is stuk;7\nOost;De zaal is vol;8\n"


def rows_and_reasons(text: str) -> tuple[list[int], list[int]]:
    taken = take_text(text)
    assert {drop.reason for drop in taken.dropped} <= {"intake.dropped.total"}
    return sorted({score.row for score in taken.scores}), [drop.row for drop in taken.dropped]


@pytest.mark.parametrize(
    "below",
    [
        "Totaal;;21\nGemiddeld;;7", "Gemiddeld;;7", "Gem.;;7,0", "Gemiddeld cijfer;;7", "Gemiddelde score;;7", "n = ;;3",
        "Mean;;7", "Mediaan;;7", "Som;;21", "Avg;;7", "Min;;6\nMax;;8\nGem;;7", "Totaal alle afdelingen;3;21", ";Gemiddeld;7",
        "Totaal;;", "Average;;7.00\nStd. dev.;;0.8",
    ],
)  # fmt: skip
def test_totals_below_a_table_are_left_out(below: str) -> None:
    last = 4 + below.count("\n") + 1
    assert rows_and_reasons(f"Afdeling;Opmerking;Cijfer\n{ROWS}{below}\n") == ([2, 3, 4], list(range(5, last + 1)))


@pytest.mark.parametrize(
    "below", ["Gemiddeld;;5", "Gem Noord;Prima;7", "Max;;7", "Minimaal;;6", "Totaal;Alles moet anders;21", "Hoogste;;7"]
)
def test_an_answer_that_only_looks_like_a_total_stays(below: str) -> None:
    found = take_text(f"Oordeel;Opmerking;Punten (0-100)\n{ROWS}{below}\n")
    assert [score.row for score in found.scores] == [2, 3, 4, 5]


def test_totals_of_groups_within_a_table_are_left_out() -> None:
    text = f"Afdeling;Opmerking;Cijfer\n{ROWS}Subtotaal;;21\nWest;De deur klemt;9\nWest;Het raam klemt;4\nTotaal West;;13\nTotaal;;34\n"
    assert rows_and_reasons(text) == ([2, 3, 4, 6, 7], [5, 8, 9])


def test_thousands_of_rows_that_look_like_totals_do_not_take_for_ever() -> None:
    found = take_text("Afdeling;Opmerking;Cijfer\n" + "Totaal;;5\n" * 20_000 + "Noord;De koffie is koud;6\n")
    assert len(found.notes) == 1
