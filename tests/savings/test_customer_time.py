"""Time that customers lose: found where remarks tell of it, multiplied where all is known, and never made up."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.savings import customer_time


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ik moet altijd zoeken naar het goede formulier.", ["search"]),
        ("Dat document is onvindbaar.", ["search"]),
        ("Twintig minuten in de wacht bij de helpdesk.", ["wait"]),
        ("We vullen alles twee keer hetzelfde in en wachten dan af.", ["wait", "twice"]),
        ("I waited and had to retype the whole form.", ["wait", "twice"]),
        ("Mijn wachtwoord was verlopen.", []),
        ("De wachtdienst vindt dubbelzijdig printen prima.", []),
    ],
)
def test_remarks_on_searching_waiting_and_doing_twice_are_found(text: str, kinds: list[str]) -> None:
    assert customer_time.kinds(text) == kinds


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("twintig minuten in de wacht", 20),
        ("Dat kost 2,5 uur per keer", 150),
        ("een half uur zoeken", 30),
        ("drie kwartier wachten", 45),
        ("wachten duurt nog een minuut of acht", 8),
        ("I waited for two hours", 120),
        ("Na zes uur neemt niemand op, ik wachtte drie weken", None),
        ("van 18 tot 22 uur wachten", None),
        ("lang wachten", None),
    ],
)
def test_a_length_is_read_and_neither_a_time_of_the_clock_nor_weeks(text: str, minutes: float | None) -> None:
    assert customer_time.minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Elke dag zoeken", 220), ("wekelijks opnieuw invoeren", 44), ("drie keer per week wachten", 132), ("elke maandag", 44),
        ("twee keer per maand", 24), ("every day", 220), ("ieder kwartaal", 4), ("soms", None),
    ],
)  # fmt: skip
def test_how_often_is_brought_to_a_year(text: str, times: float | None) -> None:
    assert customer_time.times(text) == times


def remarks(*texts: str, **values: object) -> pd.DataFrame:
    table = pd.DataFrame({"remark_id": range(len(texts)), "text": texts, "area": "ict"})
    return table.assign(**{"sentiment": "neg", "is_saving": False, **values})


NOTHING = pd.DataFrame({"area": [], "time": [], "minutes": [], "people": [], "times": [], "idea_id": []}).astype(
    {"area": "str", "time": "str", "people": "Int64", "idea_id": "Int64"}
)


def assumed(**values: object) -> pd.DataFrame:
    row = {"area": "ict", "time": "wait", "minutes": None, "people": None, "times": None, "idea_id": None, **values}
    return pd.DataFrame([row]).astype({"minutes": float, "people": "Int64", "times": float, "idea_id": "Int64"})


SAID = ("Elke dag tien minuten in de wacht.", "Een half uur gewacht.", "Lang gewacht.")


def test_what_is_named_counts_until_somebody_types_and_people_are_never_made_up() -> None:
    said = customer_time.found(remarks(*SAID))
    named = customer_time.table(said, NOTHING, 48).iloc[0]
    assert (named["remarks"], named["minutes"], named["n_minutes"], named["times"]) == (3, 20, 2, 220)
    assert math.isnan(named["hours"]) and named["minutes_by"] == "named"
    typed = customer_time.table(said, assumed(minutes=6, people=100), 48).iloc[0]
    assert (typed["minutes_by"], typed["times_by"], typed["hours"], typed["eur"]) == ("typed", "named", 2200, 105_600)


def test_praise_and_proposals_tell_of_no_time_lost() -> None:
    assert customer_time.found(remarks(*SAID, sentiment="pos")).empty
    assert customer_time.found(remarks(*SAID, is_saving=True)).empty
    assert customer_time.table(customer_time.found(remarks()), NOTHING).empty


PART = st.one_of(st.none(), st.integers(0, 5000))


@settings(max_examples=15)
@given(PART, PART, PART, st.integers(0, 500))
def test_hours_are_the_product_and_unknown_where_a_part_is(
    minutes: int | None, people: int | None, times: int | None, price: int
) -> None:
    row = customer_time.table(
        customer_time.found(remarks()), assumed(minutes=minutes, people=people, times=times), price
    ).iloc[0]
    if minutes is None or people is None or times is None:
        assert math.isnan(row["hours"]) and math.isnan(row["eur"])
    else:
        assert row["hours"] * 60 == pytest.approx(minutes * people * times)
        assert row["eur"] == pytest.approx(row["hours"] * price)
