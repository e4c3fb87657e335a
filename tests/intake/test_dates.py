import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.intake.dates import DAYS_AHEAD, EARLIEST, find_day, is_day, month_first, parse_day

MARCH_3 = dt.date(2026, 3, 3)
MONTHS_NL = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@pytest.mark.parametrize(
    "text",
    [
        "3 maart 2026",
        "3 mrt 2026",
        "dinsdag 3 maart 2026",
        "03-03-2026",
        "3/3/26",
        "3.3.2026",
        "2026-03-03",
        "2026/3/3",
        "20260303",
        "March 3, 2026",
        "3 March 2026",
        "3rd of March 2026",
        "Mar 3, 2026",
        "3-mrt-2026",
        "3 maart '26",
        "2026-03-03 14:05:00",
        "2026-03-03T14:05:00Z",
        "2026-03-03T14:05:00.123+01:00",
        "3-3-2026 14:05",
        "03-03-2026 om 14.05 uur",
        "3/3/2026 2:05:33 PM",
        "2026/03/03 10:01:02 a.m. EET",
        "3/3/2026 10:01:02 GMT+1",
        "46084",
        "46084.5",
        "  3  maart   2026 ",
    ],
)
def test_a_day_is_read_in_any_form(text):
    assert parse_day(text) == MARCH_3


@pytest.mark.parametrize("text", ["", "  ", "onbekend", "n.v.t.", "N/A", "geen"])
def test_nothing_filled_in_is_no_day(text):
    assert parse_day(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31-02-2026", "date_impossible"),
        ("30 februari 2026", "date_impossible"),
        ("32-01-2026", "date_impossible"),
        ("13-13-2026", "date_impossible"),
        ("2026-00-10", "date_impossible"),
        ("03-03-3025", "date_future"),
        ("1 januari 3025", "date_future"),
        ("01-01-1900", "date_past"),
        ("vorige week", "date_unreadable"),
        ("maart 2026", "date_unreadable"),
        ("12", "date_unreadable"),
        ("99999", "date_future"),
        ("9" * 5000, "date_unreadable"),
    ],
)
def test_an_impossible_day_gives_its_reason(text, reason):
    with pytest.raises(ValueError, match=f"^intake.dropped.{reason}$"):
        parse_day(text)


def test_the_dutch_order_is_day_month_unless_the_column_says_otherwise():
    assert parse_day("3/4/2026") == dt.date(2026, 4, 3)
    assert parse_day("3/4/2026", month_first=True) == dt.date(2026, 3, 4)
    assert parse_day("3/14/2026") == dt.date(2026, 3, 14)
    assert month_first(["3/4/2026", "3/14/2026"])
    assert not month_first(["3/4/2026", "14/3/2026"])
    assert not month_first(["3/14/2026", "14/3/2026"])
    assert not month_first([])


def test_a_day_is_found_in_running_text():
    assert find_day("Verslag klantpanel van 3 maart 2026, zaal 2") == MARCH_3
    assert find_day("Panel session, March 3, 2026") == MARCH_3
    assert find_day("datum: 03-03-2026") == MARCH_3
    assert find_day("op 31-02-2026, verplaatst naar 03-03-2026") == MARCH_3
    assert find_day("versie 1.2.3, 12 personen") is None


def test_a_number_is_no_day_by_its_form():
    assert is_day("3-3-2026")
    assert not is_day("46084")
    assert not is_day("7,5")


@given(st.dates(EARLIEST, dt.date.today() + dt.timedelta(days=DAYS_AHEAD)))
def test_every_day_comes_back_from_every_form(day):
    forms = [
        day.isoformat(),
        f"{day:%d-%m-%Y}",
        f"{day.day} {MONTHS_NL[day.month - 1]} {day.year}",
        f"{MONTHS_EN[day.month - 1]} {day.day}, {day.year}",
        str((day - dt.date(1899, 12, 30)).days),
    ]
    assert {parse_day(form) for form in forms} == {day}
    assert parse_day(f"{day.month}/{day.day}/{day.year}", month_first=True) == day


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    try:
        parse_day(text)
    except ValueError as error:
        assert str(error).startswith("intake.dropped.date_")
