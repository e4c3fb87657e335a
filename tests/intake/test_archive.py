import io
import zipfile

import pytest

from feedback.i18n import UserError
from feedback.intake.archive import MAX_FILES, unpack
from feedback.intake.read import read
from tests.intake.files import xlsx
from tests.intake.test_read import zipped

MAIL = b"""From: a@example.org\r
To: b@example.org\r
Subject: Panel\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=x\r
\r
--x\r
Content-Type: text/plain\r
\r
De koffie is koud.\r
--x\r
Content-Type: text/csv; name="../a.csv"\r
Content-Disposition: attachment; filename="../a.csv"\r
\r
opmerking\r
Goed zo\r
--x\r
Content-Type: image/png; name="logo.png"\r
Content-Disposition: attachment; filename="logo.png"\r
\r
x\r
--x--\r
"""


def refusal(name: str, data: bytes, max_mb: int = 1) -> str:
    with pytest.raises(UserError) as error:
        unpack(name, data, max_mb=max_mb)
    assert error.value.message("nl") and error.value.message("en")
    return error.value.key


def test_a_zip_gives_its_files_by_their_bare_names():
    data = zipped({"a.csv": "opmerking\nja\n", "map/../../b.txt": "- nee", "__MACOSX/a.csv": "x", "map/.DS_Store": "x"})
    assert unpack("x.zip", data, max_mb=1) == [("a.csv", b"opmerking\nja\n"), ("b.txt", b"- nee")]


def test_office_files_and_text_are_themselves():
    for name, data in (("x.xlsx", xlsx({"A": [["Opmerking"], ["Ja"]]})), ("x.csv", b"opmerking\nja\n")):
        assert unpack(name, data, max_mb=1) == [(name, data)]


def test_a_zip_in_a_zip_stays_closed():
    ((name, content),) = unpack("x.zip", zipped({"y.zip": "PK"}), max_mb=1)
    assert name == "y.zip" and content == b"PK"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("y.zip", zipped({"a.csv": "opmerking\nja\n"}))
    ((name, content),) = unpack("x.zip", inner.getvalue(), max_mb=1)
    with pytest.raises(UserError) as error:
        read(name, content, max_mb=1)
    assert error.value.key == "intake.error.zip"


def test_a_zip_that_is_too_much_is_refused():
    assert refusal("x.zip", b"PK\x03\x04" + b"a" * 1_000_001) == "intake.error.too_large"
    assert refusal("x.zip", zipped({f"{n}.csv": "x" for n in range(MAX_FILES + 1)})) == "intake.error.zip_files"
    assert refusal("x.zip", zipped({"a.csv": " " * 2_000_000})) == "intake.error.bomb"
    assert refusal("x.zip", zipped({f"{n}.csv": "ab" * 450_000 for n in range(12)})) == "intake.error.zip_total"
    with pytest.raises(UserError, match=r"a\.csv.*x\.zip.* 1 MB"):
        unpack("x.zip", zipped({"map/a.csv": " " * 2_000_000}), max_mb=1)
    assert refusal("x.zip", zipped({"a.csv": " " * 30_000_000})) == "intake.error.bomb"
    assert refusal("x.zip", zipped({"map/": ""})) == "intake.error.empty"
    assert refusal("x.zip", zipped({"a.csv": "opmerking"}).replace(b"\xcb/", b"\xcc/")) == "intake.error.damaged"


def test_a_mail_brings_what_can_be_read_of_its_attachments():
    files = unpack("x.eml", MAIL, max_mb=1)
    assert [name for name, _ in files] == ["x.eml", "a.csv"]
    assert files[1][1].split() == [b"opmerking", b"Goed", b"zo"]
