"""The codebook as a file: what goes out comes in the same, and what a file would change is told row by row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.files import read_codebook
from feedback.i18n import UserError
from feedback.reports import tables
from feedback.themes import acts
from feedback.themes.codebook_plan import Frame, Known, Plan, plan, to_table
from feedback.themes.codebook_table import as_codebook, read_rows

FRAME = Frame(
    areas={"ict": "ict", "hr": "hr", "personeel": "hr"}, aspects={"snelheid": "snelheid", "overig": "overig"},
    merged={"oud": "Wifi / Wi-Fi"},
)  # fmt: skip
WIFI: dict[str, Any] = {
    "key": "ict-wifi", "name_nl": "Wifi", "name_en": "Wi-Fi", "description_nl": "Over wifi.",
    "description_en": "About Wi-Fi.", "area": "ict", "aspect": "snelheid", "keywords": ["wifi", "bereik"],
    "examples": ["De wifi valt weg.", "Bij ons op de gang is er geen bereik."], "status": "proposed",
}  # fmt: skip
PAY = {**WIFI, "key": "hr-loon", "name_nl": "Salaris", "name_en": "Pay", "area": "hr", "status": "dormant"}
KNOWN = [
    Known(1, WIFI, used=True, own=frozenset({"Bij ons op de gang is er geen bereik."})),
    Known(2, PAY, used=False, own=frozenset()),
]


def sheet(header: str, *rows: str) -> Plan:
    """Plan a file; cells between bars."""
    grid = [[cell.strip().replace("/", "\n") for cell in line.split("|")] for line in (header, *rows)]
    return plan(read_rows(grid), KNOWN, FRAME)


def only(planned: Plan) -> dict[str, Any]:
    assert (len(planned.new) + len(planned.changed), planned.refused) == (1, ())
    return dict((*planned.new, *planned.changed)[0].fields)


def nothing(planned: Plan, same: int) -> bool:
    return (planned.new, planned.changed, planned.refused, planned.same) == ((), (), (), same)


# Out and in -----------------------------------------------------------------------------------------------------------

texts = st.text(st.characters(codec="utf-8"), max_size=40).map(acts.clean)
lists_of_texts = st.lists(texts.filter(bool), max_size=4)


@st.composite
def entries(draw: st.DrawFn) -> list[Known]:
    names = draw(st.lists(texts.filter(bool), min_size=1, max_size=5, unique_by=str.casefold))
    return [
        Known(
            at,
            {
                "key": f"eigen-{at}", "name_nl": name, "name_en": name, "description_nl": draw(texts),
                "description_en": draw(texts), "area": draw(st.sampled_from(["", "ict", "hr"])),
                "aspect": draw(st.sampled_from(["", "overig"])), "keywords": draw(lists_of_texts),
                "examples": draw(lists_of_texts), "status": draw(st.sampled_from(["dormant", "confirmed", "parked"])),
            },
            used=False, own=frozenset(),
        )
        for at, name in enumerate(names)
    ]  # fmt: skip


@settings(max_examples=150)
@given(entries())
def test_an_export_that_is_imported_changes_nothing(known: list[Known]) -> None:
    data = tables.as_csv(to_table(known, own_examples=True))
    assert nothing(plan(read_codebook("codeboek.csv", data), known, FRAME), len(known))


@pytest.mark.parametrize("own", [True, False])
def test_an_export_as_workbook_changes_nothing_with_or_without_remarks(own: bool) -> None:
    odd = {**PAY, "key": "odd", "name_nl": "=1+1", "name_en": "@x", "keywords": ["+31", "a | b", "'='"], "examples": []}
    known = [*KNOWN, Known(3, odd, used=False, own=frozenset())]
    data = tables.as_xlsx(to_table(known, own_examples=own))
    assert nothing(plan(read_codebook("codeboek.xlsx", data), known, FRAME), 3)


def test_examples_that_are_remarks_can_stay_at_home() -> None:
    assert to_table(KNOWN, own_examples=False)["examples"].iloc[0] == "De wifi valt weg."


# What a file changes --------------------------------------------------------------------------------------------------


def test_headers_may_be_dutch() -> None:
    planned = sheet("Sleutel|Naam (Nederlands)|Dienst|Trefwoorden", "ict-wifi|Wifi|Personeel|wifi/eduroam")
    assert only(planned) == {"area": ("ict", "hr"), "keywords": (["bereik"], ["eduroam"])}


def test_an_empty_cell_leaves_what_there_is() -> None:
    assert nothing(sheet("key|name_nl|area|keywords|examples", "ict-wifi|Wifi|||"), 1)


def test_a_row_without_a_key_is_known_by_its_name_in_either_language() -> None:
    assert nothing(sheet("naam", "wifi", "PAY"), 2)


def test_a_name_for_both_languages_names_a_new_entry() -> None:
    assert only(sheet("naam|dienst", "Parkeren|ICT")) == {
        "name_nl": ("", "Parkeren"), "name_en": ("", "Parkeren"), "area": ("", "ict"),
    }  # fmt: skip


def test_examples_that_are_remarks_are_never_taken_away() -> None:
    planned = sheet("key|name_nl|examples", "ict-wifi|Wifi|Wifi doet het niet.")
    assert only(planned)["examples"] == (["De wifi valt weg."], ["Wifi doet het niet."])


def test_personal_data_in_an_example_is_masked() -> None:
    planned = sheet("key|name_nl|examples", "hr-loon|Salaris|Mail mij op jan@elzen.nl svp.")
    assert only(planned)["examples"][1] == ["Mail mij op [e-mail] svp."]


def test_what_people_decided_here_is_not_the_files() -> None:
    assert nothing(sheet("key|name_nl|status", "ict-wifi|Wifi|confirmed", "hr-loon|Salaris|bevestigd"), 2)


def test_a_file_puts_entries_out_of_use() -> None:
    assert only(sheet("key|name_nl|status", "hr-loon|Salaris|parked")) == {"status": ("dormant", "parked")}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("ict-wifi| |ict|", "themes.error.name_empty"),
        ("|Fietsen|fietsen|", "codebook.error.area"),
        ("|Fietsen|ict|kapot", "codebook.error.status"),
        ("hr-loon|Wifi|ict|", "codebook.error.name_taken"),
        ("oud|Draadloos|ict|", "codebook.error.merged"),
        (f"|{'x' * 201}|ict|", "themes.error.name_long"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_reason(row: str, reason: str) -> None:
    planned = sheet("key|name_nl|area|status", "|Parkeren|ict|", row)
    assert [(one.row, one.reason) for one in planned.refused] == [(3, reason)]
    assert len(planned.new) == 1


@pytest.mark.parametrize("row", ["ict-wifi|Draadloos", "|Parkeren", "|wifi"])
def test_the_second_row_of_one_entry_or_name_is_refused(row: str) -> None:
    planned = sheet("key|naam", "ict-wifi|Wifi", "|parkeren", row)
    assert [(one.row, one.reason) for one in planned.refused] == [(4, "codebook.error.twice")]


def test_too_many_keywords_are_refused() -> None:
    words = "/".join(f"woord{n}" for n in range(101))
    assert sheet("naam|trefwoorden", f"Parkeren|{words}").refused[0].reason == "codebook.error.keywords"


@pytest.mark.parametrize(
    ("grid", "reason"),
    [
        ([], "codebook.error.header"),
        ([["wie", "wat"], ["a", "b"]], "codebook.error.header"),
        ([["naam", "dienst", "area"], ["a", "b", "c"]], "codebook.error.column_twice"),
        ([["naam"], [""]], "codebook.error.no_rows"),
    ],
)
def test_a_sheet_that_is_no_codebook_says_so(grid: list[list[str]], reason: str) -> None:
    with pytest.raises(UserError) as error:
        read_rows(grid)
    assert error.value.key == reason


# Without a database ---------------------------------------------------------------------------------------------------


def test_a_file_is_a_codebook_of_the_entries_in_use() -> None:
    book = as_codebook(read_rows([["naam", "dienst", "trefwoorden", "status"], ["Wifi", "ict", "wifi | bereik", ""],
                                  ["Loon", "hr", "", "parked"]]))  # fmt: skip
    (entry,) = book.entries
    assert (entry.key, entry.name["en"], entry.area, entry.aspect) == ("wifi", "Wifi", "ict", "overig")
    assert entry.keywords == ("wifi", "bereik")
