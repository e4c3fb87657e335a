"""Word, LibreOffice, PDF and saved mail become session notes."""

import datetime as dt
import io
import zipfile

import pytest
from docx import Document as Word

from feedback.i18n import UserError
from feedback.intake.model import Document
from feedback.intake.read import read
from feedback.intake.take import take

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Mijn"><w:name w:val="Mijn kop"/><w:basedOn w:val="Kop1"/></w:style>
<w:style w:styleId="Lijst"><w:name w:val="List Bullet"/></w:style>
</w:styles>"""


def zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def docx(*blocks: str) -> bytes:
    body = f'<w:document xmlns:w="{W}"><w:body>{"".join(blocks)}</w:body></w:document>'
    return zipped({"word/document.xml": body, "word/styles.xml": STYLES})


def par(text: str, style: str = "", level: int | None = None, run: str = "") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' if level is not None else ""
    shape = f'<w:pPr><w:pStyle w:val="{style}"/>{listed}</w:pPr>'
    return f"<w:p>{shape}<w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: tuple[str, ...]) -> str:
    return (
        "<w:tbl>"
        + "".join("<w:tr>" + "".join(f"<w:tc>{par(c)}</w:tc>" for c in row) + "</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def notes(name: str, data: bytes) -> Document:
    found = read(name, data, max_mb=5).document
    assert found is not None
    return found


def said(name: str, data: bytes) -> list[tuple[str, str]]:
    return [(p.heading, p.text) for p in notes(name, data).paragraphs if p.kind == "remark"]


def test_a_word_report_gives_its_headings_bullets_and_paragraphs():
    data = docx(
        par("Verslag klantpanel", "Kop1"), par("Datum: 3 maart 2026"), par("Aanwezig: Jan, Piet (SSC)"),
        par("ICT", "Mijn"), par("De wifi valt weg."), par("laptops zijn traag", "Lijst"),
        par("vooral thuis", "Lijst", level=1), par("Facilitair", run="<w:b/>"), par("- te weinig stoelen"),
    )  # fmt: skip
    found = notes("x.docx", data)
    assert (found.held_on, found.attendance) == (dt.date(2026, 3, 3), 2)
    assert said("x.docx", data) == [
        ("ICT", "De wifi valt weg."),
        ("ICT", "laptops zijn traag – vooral thuis"),
        ("Facilitair", "te weinig stoelen"),
    ]


def test_words_own_second_list_style_hangs_under_the_first():
    report = Word()
    for text, style in (
        ("Laptops zijn traag", "List Bullet"),
        ("vooral thuis", "List Bullet 2"),
        ("Prima", "List Bullet"),
    ):
        report.add_paragraph(text, style=style)
    file = io.BytesIO()
    report.save(file)
    assert [text for _, text in said("x.docx", file.getvalue())] == ["Laptops zijn traag – vooral thuis", "Prima"]


def test_a_table_in_word_tells_who_said_what_and_what_was_answered():
    data = docx(
        par("Inbreng", "Kop1"),
        table(
            ("Wie", "Opmerking", "Reactie SSC"),
            ("Jan", "De poort is stuk.", "Wordt gemaakt."),
            ("Els", "De post is snel.", ""),
        ),
    )
    assert [(p.speaker, p.text, p.kind) for p in notes("x.docx", data).paragraphs] == [
        ("Jan", "De poort is stuk.", "remark"),
        ("Els", "De post is snel.", "remark"),
        (None, "Wordt gemaakt.", "reply"),
    ]


def test_a_table_of_actions_and_one_of_facts_hold_no_remarks():
    data = docx(
        table(("Datum", "3 maart 2026"), ("Aanwezig", "Jan, Els")),
        par("Wat kan beter", "Kop1"), par("De balie is dicht."),
        table(("Nr", "Actie", "Wie"), ("1", "Openingstijden navragen", "Els")),
    )  # fmt: skip
    found = notes("x.docx", data)
    assert (found.held_on, found.attendance) == (dt.date(2026, 3, 3), 2)
    assert [(p.kind, p.text) for p in found.paragraphs] == [
        ("remark", "De balie is dicht."),
        ("action", "Openingstijden navragen"),
    ]


def test_deleted_and_hidden_text_of_word_stays_out():
    gone = "<w:p><w:del><w:r><w:delText>weg</w:delText></w:r></w:del><w:r><w:t>De koffie is goed.</w:t></w:r></w:p>"
    assert said("x.docx", docx(gone, par("geheim", run="<w:vanish/>"))) == [("", "De koffie is goed.")]


ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
<office:body><office:text><text:h>ICT</text:h><text:p>De wifi<text:s/>is <text:span>traag</text:span>.</text:p>
<text:list><text:list-item><text:p>laptops te zwaar</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Wie</text:p></table:table-cell><table:table-cell>
<text:p>Opmerking</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Jan</text:p>
</table:table-cell><table:table-cell><text:p>De hal is koud.</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"""


def test_a_text_of_libreoffice():
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ODT})
    assert said("x.odt", data) == [
        ("ICT", "De wifi is traag."),
        ("ICT", "laptops te zwaar"),
        ("ICT", "De hal is koud."),
    ]


def test_a_saved_mail_gives_its_text_and_its_day():
    data = (
        b"From: jan@x.nl\nTo: panel@ssc.nl\nSubject: inbreng\nDate: Tue, 3 Mar 2026 10:00:00 +0100\n"
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        b"Beste Marieke,\n\n- De caf=C3=A9ruimte is te klein\n- Facturen komen dubbel\n\nMet vriendelijke groet,\nJan\n"
    )
    assert notes("x.eml", data).held_on == dt.date(2026, 3, 3)
    assert [text for _, text in said("x.eml", data)] == ["De caféruimte is te klein", "Facturen komen dubbel"]


def test_a_mail_of_html_is_read_as_it_is_seen():
    data = (
        b"From: a@x.nl\nTo: b@x.nl\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n"
        b"<html><head><style>p {color: red}</style></head><body><p>De poort is stuk.</p><script>alert(1)</script>"
        b"<ul><li>te koud</li><li>te&nbsp;warm</li></ul><img src='http://x/y.png'></body></html>"
    )
    assert [text for _, text in said("x.eml", data)] == ["De poort is stuk.", "te koud", "te warm"]


def pdf(text: str) -> bytes:
    """Write the smallest PDF of one page."""
    content = b"BT /F1 12 Tf 14 TL 50 700 Td " + b" ".join(b"(%s) Tj T*" % line.encode() for line in text.split("\n"))
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s ET\nendstream" % (len(content) + 3, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    cross = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (cross, len(out))
    )


def test_a_pdf_with_text():
    data = pdf("Verslag van 3 maart 2026\n- De wifi is traag\n- De balie is vriendelijk")
    assert [text for _, text in said("x.pdf", data)] == ["De wifi is traag", "De balie is vriendelijk"]


def test_a_scan_is_refused_with_what_to_do():
    with pytest.raises(UserError) as error:
        read("scan.pdf", pdf(""), max_mb=5)
    assert error.value.key == "intake.error.scanned"


def test_a_document_that_unpacks_too_far_is_refused():
    with pytest.raises(UserError) as error:
        read("x.docx", docx(par("a" * 31_000_000)), max_mb=5)
    assert error.value.key == "intake.error.bomb"


def test_what_was_left_out_of_a_report_is_named():
    data = docx(par("Opening", "Kop1"), par("Jan opent de vergadering."), par("ICT", "Kop1"), par("De wifi is traag."))
    assert [(one.row, one.reason) for one in take(read("x.docx", data, max_mb=5)).dropped] == [
        (2, "intake.dropped.formality")
    ]
