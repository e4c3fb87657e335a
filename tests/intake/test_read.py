import io
import zipfile

import pandas as pd
import pytest

from feedback.i18n import LANGUAGES, UserError
from feedback.intake.model import Source, Table
from feedback.intake.read import file_name, read
from tests.intake.files import read_text, xlsx

PLAIN = "Organisatie;Opmerking\nGemeente Noord;Café dicht, geïnformeerd\n"


def table_of(source: Source) -> Table:
    assert source.kind == "table" and source.table is not None
    return source.table


def refusal(name: str, data: bytes, max_mb: int = 20) -> UserError:
    with pytest.raises(UserError) as error:
        read(name, data, max_mb=max_mb)
    for language in LANGUAGES:
        text = error.value.message(language)
        assert "{" not in text and text != error.value.key and len(text) > 40
    return error.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_letters_survive_every_encoding(encoding):
    assert table_of(read_text(PLAIN, encoding=encoding)).rows == (("Gemeente Noord", "Café dicht, geïnformeerd"),)


def test_a_few_letters_of_another_encoding_in_utf8():
    data = ("Opmerking\n" + "Eén café naast de zaal met geïnformeerde gasten\n" * 5).encode() + "Eén\n".encode("cp1252")
    assert table_of(read("x.csv", data, max_mb=20)).rows[-1] == ("Eén",)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end(separator, line):
    text = line.join(
        separator.join(row) for row in (["Naam", "Opmerking", "Cijfer"], ["A", "Prima", "7"], ["B", "Traag", "5"])
    )
    assert table_of(read_text(text)).rows == (("A", "Prima", "7"), ("B", "Traag", "5"))


def test_commas_in_answers_are_no_separators():
    text = "Organisatie;Opmerking;Cijfer\nNoord;Goed, snel, fijn;7,5\nZuid;Traag, duur, stug;6,5\n"
    assert table_of(read_text(text)).rows[0] == ("Noord", "Goed, snel, fijn", "7,5")


def test_a_column_alone():
    assert table_of(read_text("Opmerking\nGoed, maar duur\nTraag; heel traag\n\"Fijn, \"\"top\"\"\"\n")).rows == (
        ("Goed, maar duur",), ("Traag; heel traag",), ('Fijn, "top"',),
    )  # fmt: skip


def test_excels_own_first_line():
    source = read_text("sep=;\nOrganisatie;Opmerking\nNoord;Prima\n")
    assert table_of(source).header == ("Organisatie", "Opmerking") and table_of(source).first_row == 2


def test_rows_that_were_quoted_whole():
    assert table_of(read_text('"Organisatie;Opmerking"\n"Noord;Zegt ""prima"""\n"Zuid;Goed"\n')).rows[0] == (
        "Noord",
        'Zegt "prima"',
    )


def test_a_quote_that_is_never_closed_costs_one_cell():
    rows = "".join(f"Noord;Opmerking nummer {i};7\n" for i in range(50))
    table = table_of(read_text(f'Organisatie;Opmerking;Cijfer\n{rows}Zuid;"Het scherm is stuk;6\n{rows}'))
    assert len(table.rows) == 101
    assert table.rows[50] == ("Zuid", "Het scherm is stuk", "6")


def test_an_answer_of_several_lines_stays_one():
    table = table_of(read_text('Organisatie;Opmerking\nNoord;"Eerst dit;\ndan dat\n\nen klaar"\nZuid;Prima\n'))
    assert table.rows[0][1] == "Eerst dit;\ndan dat\n\nen klaar" and len(table.rows) == 2


def test_titles_above_the_header_count_as_rows():
    table = table_of(
        read_text("Klantpanel 2026\nUitgevoerd door X\n\nOrganisatie;Opmerking;Cijfer\nNoord;Prima;7\n\nZuid;Goed;8\n")
    )
    assert (table.header, table.first_row) == (("Organisatie", "Opmerking", "Cijfer"), 5)
    assert table.rows[2] == ("Zuid", "Goed", "8")
    assert table.title.startswith("Klantpanel 2026")


def test_names_of_columns_become_unique():
    table = table_of(read_text("Cijfer;Toelichting;;Toelichting;Toelichting (2);\n7;a b;c;d e;f;\n"))
    assert table.header == ("Cijfer", "Toelichting", "C", "Toelichting (3)", "Toelichting (2)")


def test_a_table_without_header_gets_letters():
    table = table_of(read_text("P1;De koffie is koud;7\nP2;De koffie is lekker;8\n"))
    assert (table.header, table.first_row, len(table.rows)) == (("A", "B", "C"), 1, 2)


def test_pasted_text_is_notes_and_a_pasted_sheet_is_a_table():
    assert read_text("De koffie is koud, al weken.\nPrima, niks te klagen.", name="").kind == "notes"
    assert table_of(read_text("opmerking\tcijfer\nDe koffie is koud\t5\nPrima\t8\n", name="")).header == (
        "opmerking",
        "cijfer",
    )
    assert read_text("organisatie;opmerking\nNoord;koud\nZuid;warm\n", name="x.txt").kind == "table"
    assert read_text("Goed, maar traag\nPrima, niks mis mee\n", name="x.txt").kind == "notes"


def test_a_file_is_known_by_what_is_in_it():
    assert read_text(PLAIN, "a.csv").sha256 == read_text(PLAIN, "b.csv").sha256
    assert read_text(PLAIN, "a.csv").sha256 != read_text(PLAIN + "x;y\n", "a.csv").sha256


def test_the_name_of_a_file_is_bare():
    assert file_name("..\\..\\C:\\x\\ver\u202eslag.csv") == "verslag.csv"
    assert file_name("../../etc/passwd") == "passwd"
    assert len(file_name("a" * 1000 + ".csv")) <= 200
    assert file_name("<b>x</b>.csv") == "b>.csv"


def test_a_workbook_reads_the_visible_sheet_with_the_answers():
    sheets = {
        "Legenda": [["Kolom", "Uitleg"], ["Cijfer", "1 tot 10"]],
        "Antwoorden": [["Organisatie", "Opmerking"], *[["Noord", f"Een lange opmerking nummer {i}"] for i in range(5)]],
        "Geheim": [
            ["Naam", "Opmerking"],
            *[["Jan", "Verborgen en veel langer dan al het andere in dit bestand " * 9]] * 20,
        ],
    }
    table = table_of(read("x.xlsx", xlsx(sheets, hidden=("Geheim",)), max_mb=20))
    assert (table.sheet, table.other_sheets, len(table.rows)) == ("Antwoorden", ("Legenda", "Geheim"), 5)


def test_formulas_stay_text_in_csv_and_have_no_life_in_a_workbook():
    table = table_of(
        read_text(
            'Opmerking;Extra\n=1+1;+31\n"=HYPERLINK(""http://x"";""klik"")";-2+3+cmd|\' /C calc\'!A0\n@SUM(A1);x\n'
        )
    )
    assert (
        table.rows[0] == ("=1+1", "+31")
        and table.rows[1][0].startswith("=HYPERLINK")
        and table.rows[2][0] == "@SUM(A1)"
    )
    data = xlsx({"Blad": [["Opmerking", "Cijfer"], ["Prima zo", "=1+1"], ["Kan beter", 7]]})
    assert table_of(read("x.xlsx", data, max_mb=20)).rows == (("Prima zo", "#FORMULE?"), ("Kan beter", "7"))


def test_an_ods_file_and_the_endings_of_excel():
    rows = [["Organisatie", "Opmerking"], ["Noord", "Prima"]]
    for name in ("x.xlsx", "x.xlsm", "x.xls", "x.XLSX"):
        assert table_of(read(name, xlsx({"A": rows}), max_mb=20)).rows == (("Noord", "Prima"),)
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        "<office:body><office:spreadsheet><table:table table:name='Blad'>"
        + "".join(
            "<table:table-row>"
            + "".join(
                f"<table:table-cell office:value-type='string'><text:p>{c}</text:p></table:table-cell>" for c in row
            )
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    data = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": "<m/>",
        }
    )
    assert table_of(read("x.ods", data, max_mb=20)).rows == (("Noord", "Prima"),)


def zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


WORKBOOK = xlsx({"A": [["Organisatie", "Opmerking"], ["Noord", "Prima"]]})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("x.csv", b"", "empty"),
        ("x.csv", b"\xef\xbb\xbf \r\n\t\n", "empty"),
        ("x.csv", b";;;\n;;;\n", "empty"),
        ("x.txt", b"\n\n  \n", "empty"),
        ("x.txt", b"---\n***\n", "no_text"),
        ("x.csv", b"Organisatie;Opmerking\n", "header_only"),
        ("x.csv", b"Organisatie;Opmerking\n;\n;\n", "header_only"),
        ("x.xlsx", xlsx({"A": [["Organisatie", "Opmerking"]]}), "header_only"),
        ("x.xlsx", xlsx({"A": []}), "empty"),
        ("x.csv", WORKBOOK, "is_workbook"),
        ("x.txt", WORKBOOK, "is_workbook"),
        ("x.docx", WORKBOOK, "is_workbook"),
        ("x.xlsx", zipped({"word/document.xml": "<x/>"}), "is_document"),
        ("x.csv", zipped({"word/document.xml": "<x/>"}), "is_document"),
        ("x.docx", b"%PDF-1.7\n%\xe2\xe3", "is_document"),
        ("x.txt", b"%PDF-1.7\n%\xe2\xe3", "is_document"),
        ("x.xlsx", PLAIN.encode(), "is_text"),
        ("x.xls", b"<html><table><tr><td>a</td></tr></table></html>", "is_web_page"),
        ("x.xlsx", WORKBOOK[: len(WORKBOOK) // 2], "damaged"),
        ("x.xlsx", WORKBOOK[:300] + b"\x00" * 200 + WORKBOOK[500:], "damaged"),
        ("x.xlsx", b"PK\x03\x04" + b"junk" * 100, "damaged"),
        ("x.xls", OLE, "damaged"),
        ("x.xls", OLE + "Workbook".encode("utf-16-le") + bytes(500), "damaged"),
        ("x.xlsx", OLE + "EncryptedPackage".encode("utf-16-le") + bytes(500), "password"),
        ("x.doc", OLE + "WordDocument".encode("utf-16-le") + bytes(500), "document"),
        ("x.msg", OLE + "__substg1.0_001A".encode("utf-16-le") + bytes(500), "document"),
        ("x.ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>",
                          "META-INF/manifest.xml": "<manifest:encryption-data/>"}), "password"),
        ("x.docx", zipped({"word/document.xml": "<x/>"}), "no_text"),
        ("x.docx", zipped({"word/document.xml": "<x>"}), "damaged"),
        ("x.docx", zipped({"word/document.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}), "entities"),
        ("x.docx", zipped({"word/document.xml": "<x>" * 5000 + "</x>" * 5000}), "no_text"),
        ("x.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "damaged"),
        ("x.pptx", zipped({"ppt/presentation.xml": "<x/>"}), "document"),
        ("x.zip", zipped({"a.csv": PLAIN}), "zip"),
        ("x.csv", zipped({"a.csv": PLAIN}), "zip"),
        ("x.xlsx", zipped({"xl/workbook.xml": "<x/>"}), "damaged"),
        ("x.pdf", b"%PDF-1.7\n%\xe2\xe3", "damaged"),
        ("x.rtf", b"{\\rtf1 x}", "document"),
        ("x.eml", b"From: a@b.nl\nTo: c@d.nl\nSubject: x\nDate: y\n\n--", "no_text"),
        ("x.xlsx", bytes(range(1, 256)) * 20, "damaged"),
        ("x.docx", bytes(range(1, 256)) * 20, "damaged"),
        ("x.docx", b"gewone tekst", "is_text"),
        ("x.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
        ("x.txt", b"\xff\xd8\xff\xe0" + bytes(range(256)), "binary"),
        ("x.csv", b"MZ\x90\x00\x03" + bytes(range(256)) * 4, "binary"),
        ("x.csv", bytes(range(256)) * 20, "not_text"),
        ("x.csv", bytes(range(1, 256)) * 20, "not_text"),
        ("x.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(100), "binary"),
        ("x.json", b'[{"a": 1}]', "unknown_kind"),
        ("x.html", b"<html>x</html>", "unknown_kind"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_problem(name, data, key):
    assert refusal(name, data).key == f"intake.error.{key}"


def test_two_letters_of_text_are_no_program():
    assert read_text("MZ;Opmerking\nja;Het is prima\n").kind == "table"
    assert read_text("BMW rijden is te duur voor de dienst", name="").kind == "notes"


def test_a_file_over_the_limit_is_not_looked_at():
    error = refusal("x.csv", b"a" * 1_000_001, max_mb=1)
    assert (error.key, error.values["size"], error.values["limit"]) == ("intake.error.too_large", 2, 1)


def test_pandas_and_this_reader_see_the_same_workbook():
    frame = pd.DataFrame({"Organisatie": ["Noord", "Zuid"], "Cijfer": [7.5, 8.0], "Opmerking": ["Prima", "Goed"]})
    file = io.BytesIO()
    frame.to_excel(file, index=False)
    assert table_of(read("x.xlsx", file.getvalue(), max_mb=20)).rows == (
        ("Noord", "7.5", "Prima"),
        ("Zuid", "8", "Goed"),
    )


def test_a_header_that_comes_back_on_each_page_loses_no_answer():
    page = "Naam;Opmerking\nP1;De koffie is koud\nP2;De lift is stuk\n"
    table = read_text(page + page.replace("koud", "duur") + "\n" + page.replace("lift", "trap")).table
    assert sum("P1" in row for row in table.rows) == 3
    assert table.header == ("Naam", "Opmerking")


@pytest.mark.parametrize("separator", ["^", "~", "¦"])
def test_a_rare_separator_is_found(separator):
    text = f"Opmerking{separator}Cijfer\nDe wifi, die valt weg{separator}7\nDe lift; die staat stil{separator}8\n"
    assert table_of(read_text(text)).header == ("Opmerking", "Cijfer")


@pytest.mark.parametrize("text", ['[{"opmerking": "De lift"}]', '{"a": 1}\n{"a": 2}\n', '{\n "a": [1]\n}'])
def test_json_is_called_what_it_is(text):
    with pytest.raises(UserError) as refused:
        read_text(text)
    assert refused.value.key == "intake.error.json"


def test_a_note_between_brackets_is_no_json():
    assert read_text("[intern] De lift staat stil.\n", "notities.txt").kind == "notes"
