import io
import subprocess
import sys
import zipfile

import pytest

from feedback.i18n import UserError
from feedback.intake.grid import MAX_COLUMNS
from feedback.intake.read import read
from feedback.intake.take import take
from tests.intake.files import AREAS, read_text, take_text, xlsx


def key(name: str, data: bytes) -> str:
    with pytest.raises(UserError) as error:
        read(name, data, max_mb=20)
    assert error.value.message("nl") and error.value.message("en")
    return error.value.key


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Replace one part of a zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return file.getvalue()


SIMPLE = xlsx({"A": [["Organisatie", "Opmerking"], ["Noord", "Prima zo"]]})
SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.fixture(scope="module")
def bomb():
    return with_part(SIMPLE, "xl/worksheets/sheet1.xml", SHEET % (b" " * 401_000_000))


def test_a_zip_bomb_is_refused_before_it_goes_off(bomb):
    assert len(bomb) < 1_000_000
    assert key("bom.xlsx", bomb) == "intake.error.bomb"


def test_a_bomb_that_lies_about_its_size_is_refused(bomb):
    bomb = bytearray(bomb)
    # The sizes in the list of contents, where a reader looks first.
    at = bomb.rfind(b"PK\x01\x02", 0, bomb.rfind(b"xl/worksheets/sheet1.xml"))
    bomb[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert key("bom.xlsx", bytes(bomb)) in ("intake.error.bomb", "intake.error.damaged")


def test_entities_that_multiply_are_refused():
    laughs = (
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        + SHEET % b"<row><c t='inlineStr'><is><t>&b;</t></is></c></row>"
    )
    assert key("x.xlsx", with_part(SIMPLE, "xl/worksheets/sheet1.xml", laughs)) == "intake.error.entities"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot bound a process's memory this way")
def test_a_cell_at_the_end_of_the_world_ends_the_reader_not_the_server():
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert key("x.xlsx", with_part(SIMPLE, "xl/worksheets/sheet1.xml", SHEET % far)) == "intake.error.sheet_too_large"


def test_two_thousand_columns_are_refused():
    text = ";".join(f"Vraag {i}" for i in range(2000)) + "\n" + ";".join("x" for _ in range(2000)) + "\n"
    with pytest.raises(UserError) as error:
        read_text(text)
    assert error.value.key == "intake.error.columns"
    assert error.value.values == {"file": "bestand.csv", "columns": 2000, "limit": MAX_COLUMNS}
    assert key("x.xlsx", xlsx({"A": [[f"Vraag {i}" for i in range(2000)], ["x"] * 2000]})) == "intake.error.columns"


def test_a_cell_of_five_megabytes_stays_behind():
    taken = take_text(f"Organisatie;Opmerking\nNoord;{'aap ' * 1_250_000}\nZuid;Kort maar goed\n")
    assert [(d.row, d.column, d.reason) for d in taken.dropped] == [(2, "Opmerking", "intake.dropped.too_long")]
    assert taken.rows == 1


def test_script_and_markup_stay_text():
    text = (
        "<script>alert(1)</script>;**Opmerking**;[x](javascript:alert(1))\n"
        "<img src=x onerror=alert(1)>;<b>koud</b> en nat hier;a\n{{7*7}};${7*7} dat is te veel;b\n"
    )
    table = read_text(text).table
    assert table is not None
    assert table.header == ("<script>alert(1)</script>", "**Opmerking**", "[x](javascript:alert(1))")
    assert take_text(text).notes[-1].text == "${7*7} dat is te veel"


def test_what_cannot_be_seen_is_taken_out():
    text = "Organi\u200bsatie;Opmerking\nNo\u202eord;Pri\x00ma \u2066zo\u2069\ufeff, \x07top\u00a0hoor\n"
    table = read_text(text).table
    assert table is not None
    assert table.header == ("Organisatie", "Opmerking") and table.rows == (("Noord", "Prima zo, top hoor"),)


def test_letters_of_two_marks_are_one():
    assert take_text("Opmerking\nCafe\u0301 is dicht\n").notes[0].text == "Café is dicht"


@pytest.mark.parametrize("open_quotes", [1, 20_000])
def test_open_quotes_do_not_hang(open_quotes):
    rows = "".join(f"Noord;{chr(34) if i < open_quotes else ''}Opmerking {i};7\n" for i in range(20_000))
    table = read_text(f"Organisatie;Opmerking;Cijfer\n{rows}").table
    assert table is not None and len(table.rows) >= 19_000


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000, "a:" * 500_000, "(" * 500_000, "- " * 300_000, "-\n" * 30_000, "1. " * 300_000,
        "**" * 300_000, "A b C d " * 200_000, "jan " * 300_000 + ":", '"' * 500_000, "[" * 500_000, "\t" * 500_000 + "x",
        "x\n\n" * 30_000, "1:11 " * 200_000, "# " * 300_000,
        "Aanwezig: " + "Jan, " * 200_000, "3-3-2026 " * 100_000,
        "Jan (" * 200_000,
    ],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_no_text_hangs_the_reader(text):
    for name in ("", "x.csv", "x.md"):
        try:
            take(read(name, text.encode(), max_mb=20), areas=AREAS)
        except UserError as error:
            assert error.message("nl")


def test_the_reader_of_workbooks_imports_nothing_of_the_house():
    # It runs with -I beside the server's memory, and must start in a moment.
    code = "import sys, feedback.intake.worker; print(sorted(m for m in sys.modules if m.startswith('feedback')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['feedback', 'feedback.intake', 'feedback.intake.worker']"
