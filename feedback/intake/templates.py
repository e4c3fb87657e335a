"""Files to fill in that are read without a question: a table for a survey, a report for a session."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from feedback.i18n import Language, translate

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override '
    'PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    'Target="styles.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>',
    "word/styles.xml": f'<w:styles xmlns:w="{_W}">'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for key, name, size in (("Title", "Title", 40), ("Heading1", "heading 1", 28))
    )
    + "</w:styles>",
}
COLUMNS = ("member", "organisation", "level", "date", "score", "text", "wish")


def survey(language: Language) -> bytes:
    """Make an empty workbook whose column names are understood; what belongs in each is told in a comment.

    Parameters
    ----------
    language : {"nl", "en"}

    Returns
    -------
    bytes
        XLSX.
    """
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = translate(language, "intake.template.sheet")
    for at, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, at, translate(language, f"intake.template.{column}"))
        cell.font = Font(bold=True)
        cell.comment = Comment(translate(language, f"intake.template.{column}_help"), "Klantpanel", 90, 260)
        sheet.column_dimensions[cell.column_letter].width = 50 if column in ("text", "wish") else 20
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def session_notes(language: Language) -> bytes:
    """Make a report to fill in: date, attendance, a heading for each subject, a bullet for each remark.

    Parameters
    ----------
    language : {"nl", "en"}

    Returns
    -------
    bytes
        DOCX.
    """
    body: list[str] = []
    for line in translate(language, "intake.template.notes").splitlines():
        style = "Title" if not body else "Heading1" if line.startswith("# ") else ""
        shape = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        text = escape(line.removeprefix("# "))
        body.append(f'<w:p>{shape}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>')
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, part)
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>'
        )
    return file.getvalue()
