"""Tables leave as files that a spreadsheet opens without executing anything."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reports.tables import as_csv, as_xlsx, inert

FORMULAS = ["=1+1", "+31 6", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text: str) -> None:
    assert inert(text) == "'" + text


@given(st.text())
def test_no_cell_starts_as_a_formula(text: str) -> None:
    assert not str(inert(text)).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_csv_opens_in_a_dutch_spreadsheet() -> None:
    table = pd.DataFrame({"Thema": ["Één loket", "=HYPERLINK()"], "Cijfer": [6.5, None], "=kop": [1, 2]})
    text = as_csv(table).decode("utf-8-sig")
    assert text.splitlines() == ["Thema;Cijfer;'=kop", "Één loket;6,5;1", "'=HYPERLINK();;2"]


def test_numbers_stay_numbers_and_words_become_one_cell() -> None:
    table = pd.DataFrame({"n": [-3], "woorden": [["traag", "inloggen"]], "dag": [pd.Timestamp("2026-03-17")]})
    back = pd.read_excel(io.BytesIO(as_xlsx(table)))
    assert back["n"].tolist() == [-3]
    assert back["woorden"].tolist() == ["traag, inloggen"]
    assert back["dag"].tolist() == [pd.Timestamp("2026-03-17")]


def test_decimals_that_say_nothing_are_left_out() -> None:
    table = pd.DataFrame({"n": [84.0, None], "cijfer": [6.992424242424242, 7.0], "oneindig": [float("inf"), 1.0]})
    assert as_csv(table).decode("utf-8-sig").splitlines() == ["n;cijfer;oneindig", "84;6,992;inf", ";7,0;1,0"]
