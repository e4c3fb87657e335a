"""The portfolio of a file: read as people and Excel write it, with errors that name row and column."""

from __future__ import annotations

import ctypes
import json
import os
from pathlib import Path
from typing import Any

import pytest

from feedback.__main__ import _only_our_own_words, main

HEADER = (
    "id;title;area;saving_per_year_eur;one_off_cost_eur;effort;impact_stad;impact_Het Museum;status;excludes;requires"
)
ROWS = (
    "A;Licenties;ict;84.000;€ 6.000;2;0;0;nieuw;;",
    "B;Printers;ict;40k;0;1;-1;0;In onderzoek;C;",
    "C;Papierloos;ict;0,1 mln;500,50;5;-2,5;−1;nieuw;;A",
    "D;Fruit;facilitair;22000;0;1;-5;-5;Afgewezen;;",
)
CLIENTS = "organisation,clients\nstad,1000\nhet_museum,60\n"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """`run(rows, "--target", "84k")` gives the exit status, the output and what was said beside it."""

    def run(
        rows: tuple[str, ...], *more: str, header: str = HEADER, clients: str = CLIENTS, encoding: str = "utf-8-sig"
    ) -> tuple[int, str, str]:
        ideas, people = tmp_path / "ideas.csv", tmp_path / "clients.csv"
        ideas.write_text("\n".join((header, *rows)) + "\n", encoding=encoding)
        people.write_text(clients, encoding="utf-8")
        status = main(["portfolio", str(ideas), "--clients", str(people), *more])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_the_set_and_its_figures_as_json(run: Any) -> None:
    status, out, _ = run(ROWS, "--target", "€ 150.000", "--json")
    assert status == 0
    assert json.loads(out) == {
        "target": 150_000, "feasible": True, "pain": 2560, "saving": 184_000, "one_off_cost": 6500.5,
        "ideas": ["A", "C"], "pain_by_organisation": {"stad": 2500, "het_museum": 60}, "most_possible": 184_000,
    }  # fmt: skip


def test_commas_and_quotes_do_as_well(run: Any) -> None:
    rows = tuple(f'"{row.replace(";", chr(34) + "," + chr(34))}"' for row in ROWS)
    _, out, _ = run(rows, "--target", "150000", "--json", header=HEADER.replace(";", ","))
    assert json.loads(out)["ideas"] == ["A", "C"]


def test_what_is_done_or_refused_takes_part_only_when_asked(run: Any) -> None:
    _, out, err = run(ROWS, "--target", "9 mln", "--json")
    assert json.loads(out)["most_possible"] == 184_000
    assert not json.loads(out)["feasible"]
    assert "D" in err
    _, out, err = run(ROWS, "--target", "9 mln", "--json", "--all")
    assert json.loads(out)["most_possible"] == 206_000
    assert err == ""


def test_a_person_reads_it_in_a_few_lines(run: Any) -> None:
    _, out, _ = run(ROWS, "--target", "84k")
    assert out.splitlines()[:2] == [
        "Doel €\u00a084.000 per jaar: gehaald met €\u00a084.000. Pijn 0, eenmalig €\u00a06.000. Hoogstens kan €\u00a0184.000.",
        "  A  Licenties  €\u00a084.000  pijn 0",
    ]


def test_what_is_not_known_is_said_and_never_counts_as_painless(run: Any) -> None:
    rows = ("A;;;1000;;;;;nieuw;;", "B;;;1000;;;-1;;nieuw;;", "C;;;;;;0;0;nieuw;;")
    _, out, err = run(rows, "--target", "1000", "--json")
    assert json.loads(out)["ideas"] == ["B"]
    assert "A, C" in err and "minstens" in err


def test_what_is_done_meets_a_requirement_and_shuts_out_what_it_excludes(run: Any) -> None:
    rows = ("A;;;1000;;;0;0;uitgevoerd;B;", "B;;;1000;;;0;0;nieuw;;", "C;;;1000;;;0;0;nieuw;;A")
    _, out, err = run(rows, "--target", "9000", "--json")
    assert json.loads(out)["ideas"] == ["C"]
    assert "al is uitgevoerd: B" in err


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("E;x;;veel;0;1;0;0;nieuw;;", "rij 6, kolom saving_per_year_eur"),
        ("E;x;;10;0;1;-6;0;nieuw;;", "rij 6, kolom impact_stad"),
        ("E;x;;10;0;1;0;hard;nieuw;;", "rij 6, kolom impact_het museum"),
        ("E;x;;10;0;-1;0;0;nieuw;;", "rij 6, kolom effort"),
        ("E;x;;10;0;1;0;0;nieuw;Z;", "rij 6, kolom excludes"),
        ("E;x;;10;0;1;0;0;nieuw;;A|Q", "rij 6, kolom requires"),
        ("A;x;;10;0;1;0;0;nieuw;;", "rij 6, kolom id"),
        (";x;;10;0;1;0;0;nieuw;;", "rij 6, kolom id"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_by_row_and_column(run: Any, row: str, named: str) -> None:
    status, out, err = run((*ROWS, row), "--target", "1")
    assert (status, out) == (2, "")
    assert named in err


def test_files_that_cannot_be_used(run: Any) -> None:
    for options, said in (
        ({"clients": "organisatie,klanten\nstad,1\n"}, "kolom organisation"),
        ({"clients": "organisation,clients\nstad,1000\n"}, "kolom impact_het museum"),
        ({"clients": "organisation,clients\nstad,veel\nhet_museum,1\n"}, "rij 2, kolom clients"),
        ({"clients": ""}, "leeg"),
        ({"header": HEADER.replace("saving_per_year_eur", "saving")}, "kolom saving_per_year_eur"),
    ):
        status, _, err = run(ROWS, "--target", "1", **options)
        assert status == 2
        assert said in err
    assert "12.500" in run(ROWS, "--target", "flink wat")[2]
    assert "twee bedragen" in run(ROWS, "--target", "1.250 mln")[2]


def test_a_target_with_cents_is_told_with_its_cents(run: Any) -> None:
    assert "€\u00a02,50" in run(ROWS, "--target", "2.50")[1]


@pytest.mark.skipif(os.name == "nt", reason="C's own output has another name there")
def test_what_the_solver_prints_by_itself_stays_off_the_output(capfd: pytest.CaptureFixture[str]) -> None:
    with _only_our_own_words():
        ctypes.CDLL(None).printf(b"words of its own\n")
    told = capfd.readouterr()
    assert (told.out, told.err) == ("", "words of its own\n")
