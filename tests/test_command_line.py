"""The command line as scripts use it: one row out for each row in, exit statuses, messages that say what to do."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine

from feedback.__main__ import main
from feedback.reports import tables
from feedback.settings import settings
from feedback.store import frames
from feedback.store.engine import reading, writing
from feedback.themes.codebook import Codebook
from tests.builders import add_batch, add_member, add_remark

ROWS = """nr;opmerking
1;Inloggen duurt elke ochtend een kwartier.
2;geen
3;"Bel mevrouw De Vries op 06-12345678; zij weet hoe declareren werkt."
4;Laat ons zelf bestellen, dat scheelt 400 euro per maand.
5;
6;The canteen is too expensive for what you get.
7;Inloggen duurt elke ochtend een kwartier.
8;Van het kastje naar de muur gestuurd met mijn vraag.
9;Parkeren lukt na negen uur nooit meer.
10;De schoonmaak slaat ons gebouw steeds over.
11;Wachten op een antwoord van de salarisadministratie duurt weken.
"""


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_themes_gives_every_row_a_theme_in_its_order(rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert main(["themes", str(rows), "--text", "opmerking", "--out", str(out)]) == 0
    table = read(out)
    assert list(table.columns) == ["id", "theme", "label", "strength"]
    assert table["id"].tolist() == [str(n) for n in range(11)]
    empty = table["theme"] == ""
    assert table.index[empty].tolist() == [1, 4]
    assert (table.loc[empty, "strength"].astype(float) == 0).all()
    assert table["strength"].astype(float).between(0, 1).all()
    assert table.loc[0, "theme"] == table.loc[6, "theme"]


@pytest.mark.parametrize("codebook", ["default", "none"])
@pytest.mark.parametrize("k", [1, 3, 8])
def test_themes_gives_exactly_as_many_as_asked(rows: Path, tmp_path: Path, codebook: str, k: int) -> None:
    out = tmp_path / "out.csv"
    asked = [
        "themes",
        str(rows),
        "--text",
        "opmerking",
        "--out",
        str(out),
        "--n-themes",
        str(k),
        "--codebook",
        codebook,
    ]
    assert main(asked) == 0
    assert read(out)["theme"].replace("", None).nunique() == k


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_codebook_as_a_table_does_what_the_one_that_ships_does(rows: Path, tmp_path: Path, kind: str) -> None:
    book, out, usual = tmp_path / f"codeboek.{kind}", tmp_path / "out.csv", tmp_path / "usual.csv"
    table = pd.DataFrame(
        {
            "key": one.key, "naam_nl": one.name["nl"], "naam_en": one.name["en"], "dienst": one.area,
            "aspect": one.aspect, "omschrijving_nl": one.description["nl"], "omschrijving_en": one.description["en"],
            "trefwoorden": "\n".join(one.keywords), "voorbeelden": "\n".join(one.examples),
        }
        for one in Codebook.load().entries
    )  # fmt: skip
    book.write_bytes(tables.as_csv(table) if kind == "csv" else tables.as_xlsx(table))
    for path, more in ((usual, []), (out, ["--codebook", str(book)])):
        assert main(["themes", str(rows), "--text", "opmerking", "--out", str(path), *more]) == 0
    assert read(out).equals(read(usual))


def test_an_id_column_is_copied(tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text("id,text\nx9,De koffie is koud.\nx3,geen\n", encoding="utf-8")
    assert main(["annotate", str(path), "--text", "text", "--out", str(out)]) == 0
    assert read(out)["id"].tolist() == ["x9", "x3"]


def test_annotate_says_what_each_row_says(rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert main(["annotate", str(rows), "--text", "opmerking", "--out", str(out)]) == 0
    table = read(out)
    assert list(table.columns) == [
        "id", "language", "masked", "sentiment", "area", "area2", "aspect", "saving", "saving_eur", "handover", "empty",
    ]  # fmt: skip
    assert len(table) == 11
    assert table["empty"].tolist() == ["no", "yes", "no", "no", "yes", *["no"] * 6]
    assert table.loc[2, "masked"] == "Bel mevrouw [naam] op [telefoon]; zij weet hoe declareren werkt."
    assert table.loc[3, ["saving", "saving_eur"]].tolist() == ["yes", "4800"]
    assert table.loc[5, "language"] == "en"
    assert table.loc[7, "handover"] == "yes"
    assert table.loc[0, "area"] == "ict"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["annotate", "{rows}", "--text", "tekst", "--out", "{out}"], "Kies met --text een van deze kolommen: nr, opmerking"),
        (["annotate", "{out}", "--text", "opmerking", "--out", "{out}"], "kan niet worden gelezen"),
        (["themes", "{rows}", "--text", "opmerking", "--out", "{out}", "--n-themes", "0"], "geef een getal van 1 of meer"),
        (["themes", "{rows}", "--text", "opmerking", "--out", "{out}", "--codebook", "{rows}"], "codeboek"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_says_what_to_do(
    rows: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    places = {"rows": rows, "out": tmp_path / "out.csv"}
    assert main([argument.format(**places) for argument in arguments]) == 2
    assert said in capsys.readouterr().err


def themed(tmp_path: Path, text: str, column: str) -> pd.DataFrame:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text(text, encoding="utf-8")
    assert main(["themes", str(path), "--text", column, "--out", str(out)]) == 0
    return read(out)


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("opmerking\nDe koffie is koud.\n\nParkeren lukt niet.\n", [False, True, False]),
        ("opmerking\nDe koffie is koud.\n\nParkeren lukt niet.", [False, True, False]),
        ("opmerking\nDe koffie is koud.\n\n", [False]),
        ("opmerking\n\n\nDe koffie is koud.\n\n\n", [True, True, False, True]),
        ('opmerking\nDe 17" laptop\n\n"is traag.\n\n', [False, True, False]),
    ],
)
def test_a_blank_line_in_a_file_of_one_column_is_an_empty_answer(tmp_path: Path, text: str, empty: list[bool]) -> None:
    table = themed(tmp_path, text, "opmerking")
    assert (table["theme"] == "").tolist() == empty
    assert table["id"].tolist() == [str(n) for n in range(len(empty))]


def test_a_blank_line_in_a_wider_file_is_no_row(tmp_path: Path) -> None:
    table = themed(tmp_path, "id,opmerking\na,De koffie is koud.\n\nb,\nc,Parkeren lukt niet.\n\n", "opmerking")
    assert table["id"].tolist() == ["a", "b", "c"]


@pytest.mark.parametrize("verb", ["annotate", "themes"])
def test_a_file_with_only_a_header_gives_all_columns(rows: Path, tmp_path: Path, verb: str) -> None:
    path, out, usual = tmp_path / "leeg.csv", tmp_path / "out.csv", tmp_path / "usual.csv"
    path.write_text("id;opmerking\n", encoding="utf-8")
    for source, to in ((path, out), (rows, usual)):
        assert main([verb, str(source), "--text", "opmerking", "--out", str(to)]) == 0
    assert list(read(out).columns) == list(read(usual).columns)
    assert read(out).empty


def test_the_header_leads_where_the_rows_are_ragged(tmp_path: Path) -> None:
    ragged = "id,opmerking,x\na\nb,De koffie is koud.\nc,Parkeren lukt niet.,1\nd,Wifi valt weg.,1,2,3\n"
    table = themed(tmp_path, ragged, "opmerking")
    assert table["id"].tolist() == ["a", "b", "c", "d"]
    assert (table["theme"] == "").tolist() == [True, False, False, False]


def test_commas_in_a_file_of_one_column_belong_to_the_text(tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text("opmerking\nKoffie, thee\nMelk, suiker\nSoep, brood\n", encoding="utf-8")
    assert main(["annotate", str(path), "--text", "opmerking", "--out", str(out)]) == 0
    assert read(out)["masked"].tolist() == ["Koffie, thee", "Melk, suiker", "Soep, brood"]


def test_columns_are_found_whatever_their_capitals(tmp_path: Path) -> None:
    table = themed(tmp_path, "ID;Opmerking\nx9;De koffie is koud.\n", "opmerking")
    assert table["id"].tolist() == ["x9"]
    assert table["theme"].tolist() != [""]
    both = themed(tmp_path, "Opmerking;opmerking\n;De koffie is koud.\n", "opmerking")
    assert both["theme"].tolist() != [""]


def test_the_line_that_excel_writes_first_is_no_header(tmp_path: Path) -> None:
    assert len(themed(tmp_path, "sep=;\nid;opmerking\na;De koffie is koud.\n", "opmerking")) == 1


@pytest.mark.parametrize("url", ["sqlite:///{folder}/nodir/x.db", "sqlite:///{folder}/bad.db", "onzin", "foo://x"])
def test_without_a_database_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    (tmp_path / "bad.db").write_text("no database at all " * 9, encoding="utf-8")
    monkeypatch.setenv("DATABASE_URL", url.format(folder=tmp_path))
    settings.cache_clear()
    try:
        assert main(["backup", str(tmp_path / "b")]) == 2
    finally:
        settings.cache_clear()
    assert "Controleer DATABASE_URL" in capsys.readouterr().err


def test_import_tells_what_it_stored(app_db: Engine, rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(rows), "--json", "--dry-run"]) == 0
    planned = json.loads(capsys.readouterr().out)[0]
    assert main(["import", str(rows), "--json"]) == 0
    stored = json.loads(capsys.readouterr().out)[0]
    assert {**planned, "message": ""} == {**stored, "message": ""}
    assert (stored["status"], stored["kind"], stored["rows"], stored["notes"]) == ("stored", "table", 10, 9)
    assert stored["columns"]["text"] == ["opmerking"]
    assert stored["masked"] == {"naam": 1, "telefoon": 1}
    assert stored["language"] == "nl"
    assert main(["import", str(rows), "--json"]) == 2
    again = json.loads(capsys.readouterr().out)[0]
    assert again["status"] == "refused" and "staat al in sessie" in again["message"]


def test_import_in_part_ends_with_three(app_db: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cijfers.csv"
    lines = [f"Opmerking nummer {n} over de koffie in gebouw {n};{6 + n % 3}" for n in range(9)]
    path.write_text("opmerking;cijfer\n" + "\n".join(lines) + "\nDe zaal was weer bezet.;77\n", encoding="utf-8")
    assert main(["import", str(path), "--json"]) == 3
    (result,) = json.loads(capsys.readouterr().out)
    assert result["status"] == "partial"
    assert [(drop["row"], drop["column"]) for drop in result["dropped"]] == [(11, "cijfer")]
    assert result["columns"]["score"] == [
        {"column": "cijfer", "scale": [1.0, 10.0], "best": "high", "n": 9, "sum": 63.0}
    ]


def test_the_example_and_a_backup_come_and_go(
    app_db: Engine, tmp_path: Path, rows: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "panel.backup"
    assert main(["demo"]) == 0
    assert main(["backup", str(saved)]) == 0
    assert main(["demo", "--remove"]) == 0
    assert main(["restore", str(saved)]) == 0
    assert main(["demo"]) == 2
    capsys.readouterr()
    # A file of one's own makes it go, and is not silent about it.
    assert main(["import", str(rows), "--json", "--dry-run"]) == 0
    assert "voorbeeldpanel zou worden verwijderd" in json.loads(capsys.readouterr().out)[0]["message"]
    assert main(["import", str(rows), "--json"]) == 0
    assert "voorbeeldpanel is verwijderd" in json.loads(capsys.readouterr().out)[0]["message"]


def test_a_person_is_erased_by_name_only_when_that_is_said(
    app_db: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with writing(app_db) as session:
        add_remark(
            "De balie is dicht",
            batch_id=add_batch(session=session),
            member_id=add_member("Sanne", session=session),
            session=session,
        )
    for arguments, left in ((["erase"], 1), (["erase", "--yes"], 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO("sanne\n"))
        assert main(arguments) == 0
        assert "Notities: 1." in capsys.readouterr().out
        with reading(app_db) as session:
            assert len(frames.remarks(session=session)) == left
    monkeypatch.setattr("sys.stdin", io.StringIO("sanne\n"))
    assert main(["erase"]) == 2
