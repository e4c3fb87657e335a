"""What a file is, from its first bytes: the name only says what somebody hoped."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Literal

from feedback.i18n import UserError
from feedback.intake.delimited import decode

Kind = Literal["workbook", "docx", "odt", "pdf", "mail", "text"]

# A spreadsheet saved under another spreadsheet's ending is an everyday thing and does no harm.
WORKBOOK_ENDINGS = ("xlsx", "xlsm", "xltx", "xltm", "xls", "xlsb", "ods")
TEXT_ENDINGS = ("csv", "tsv", "tab", "txt", "text", "md", "markdown", "asc", "vtt", "srt", "")
DOCUMENT_ENDINGS = ("docx", "docm", "dotx", "odt", "ott", "pdf", "eml")
_READ_ENDINGS = frozenset((*WORKBOOK_ENDINGS, *filter(None, TEXT_ENDINGS), *DOCUMENT_ENDINGS))
# Of each kind that is no text: the endings that fit, the first to be told, and what a person calls it.
_DOCUMENTS: dict[Kind, tuple[str, tuple[str, ...]]] = {
    "docx": ("Word", ("docx", "docm", "dotx", "odt", "ott")), "odt": ("LibreOffice", ("odt", "ott", "docx")),
    "pdf": ("PDF", ("pdf",)), "mail": ("e-mail", ("eml",)),
}  # fmt: skip
UNREAD_ENDINGS = ("doc", "rtf", "msg", "pptx", "ppt", "odp")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Beginning of a file -> what a person calls it.
_BINARIES = (
    (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"), (b"RIFF", "RIFF"), (b"\x1f\x8b", "gzip"), (b"7z\xbc\xaf", "7z"), (b"Rar!", "RAR"),
    (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"), (b"SQLite format 3", "SQLite"), (b"MZ", "EXE"), (b"\x7fELF", "ELF"),
    (b"OggS", "Ogg"), (b"ID3", "MP3"), (b"fLaC", "FLAC"), (b"\x1aE\xdf\xa3", "WebM"), (b"PAR1", "Parquet"),
    (b"\x00\x00\x01\x00", "ICO"), (b"\xca\xfe\xba\xbe", "Java"),
)  # fmt: skip
_MAIL = re.compile(
    rb"(?:(?:from|to|subject|date|received|return-path|delivered-to|mime-version|message-id|content-type|x-[\w-]+):"
    rb"[^\n]*\n(?:[ \t][^\n]*\n)*){3}",
    re.IGNORECASE,
)


def ending(filename: str) -> str:
    """Give the part of a name that says what kind it is, in lower case, without the dot."""
    return PurePosixPath(filename.replace("\\", "/")).suffix.lower().lstrip(".")


def kind_of(filename: str, data: bytes) -> Kind:
    """Tell what a file is.

    Parameters
    ----------
    filename : str
    data : bytes
        Not empty.

    Returns
    -------
    {"workbook", "docx", "odt", "pdf", "mail", "text"}

    Raises
    ------
    UserError
        When it is something that cannot be read, or not what its name says.
    """
    kind = _content(filename, data)
    named = ending(filename)
    if kind == "text":
        _must_be_called_text(filename, data, named)
    elif kind == "workbook":
        if named in _READ_ENDINGS and named not in WORKBOOK_ENDINGS:
            raise UserError("intake.error.is_workbook", file=filename)
    elif named in _READ_ENDINGS and named not in _DOCUMENTS[kind][1]:
        called, endings = _DOCUMENTS[kind]
        raise UserError("intake.error.is_document", file=filename, kind=called, ending=endings[0])
    return kind


def _must_be_called_text(filename: str, data: bytes, named: str) -> None:
    """Refuse text, or what is nothing that we know, under a name that promises something else."""
    if named in WORKBOOK_ENDINGS or named in DOCUMENT_ENDINGS:
        try:
            decode(filename, data)
        except UserError:
            raise UserError("intake.error.damaged", file=filename) from None
        if re.match(rb"(?:\xef\xbb\xbf)?\s*<", data[:200]):
            raise UserError("intake.error.is_web_page", file=filename)
        raise UserError("intake.error.is_text", file=filename)
    if named in UNREAD_ENDINGS:
        raise UserError("intake.error.document", file=filename, kind=named.upper())
    if named not in TEXT_ENDINGS:
        raise UserError("intake.error.unknown_kind", file=filename, kind=named)


def _content(filename: str, data: bytes) -> Kind:
    # Some programs write a few bytes before the mark.
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        raise UserError("intake.error.document", file=filename, kind="RTF")
    if data.startswith(_OLE):
        return _old_office(filename, data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(filename, data)
    for start, name in _BINARIES:
        if data.startswith(start) and not (len(start) == 2 and _readable(data)):
            raise UserError("intake.error.binary", file=filename, kind=name)
    if data[4:8] == b"ftyp":
        raise UserError("intake.error.binary", file=filename, kind="MP4")
    if ending(filename) == "eml" or (_MAIL.match(data) and ending(filename) not in TEXT_ENDINGS):
        return "mail"
    return "text"


def _readable(data: bytes) -> bool:
    """Tell whether a start like "MZ" or "BM" may be two letters of a text."""
    head = data[:4096]
    return sum(byte < 9 for byte in head) == 0


def _old_office(filename: str, data: bytes) -> Kind:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise UserError("intake.error.password", file=filename)
    if has("WordDocument"):
        raise UserError("intake.error.document", file=filename, kind="Word")
    if has("__substg1.0") or has("__properties_version1.0"):
        raise UserError("intake.error.document", file=filename, kind="Outlook")
    if has("Workbook") or has("Book"):
        return "workbook"
    raise UserError("intake.error.damaged", file=filename)


def is_plain_zip(data: bytes) -> bool:
    """Tell a zip of files from an office document, which is one too."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except Exception:  # zipfile raises many kinds for damaged input
        return False
    return not any(
        name in ("mimetype", "[Content_Types].xml", "word/document.xml") or name.startswith(("xl/", "ppt/"))
        for name in names
    )


def _zipped(filename: str, data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            encrypted = any(info.flag_bits & 1 for info in archive.infolist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names and not encrypted else b""
            manifest = archive.getinfo("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else None
            # An OpenDocument file with a password says so in its manifest; a manifest is small.
            if manifest is not None and manifest.file_size < 1_000_000 and not encrypted:
                encrypted = b"encryption-data" in archive.read(manifest)
    except Exception:  # zipfile raises many kinds for damaged input
        raise UserError("intake.error.damaged", file=filename) from None
    if encrypted:
        raise UserError("intake.error.password", file=filename)
    if names & {"xl/workbook.xml", "xl/workbook.bin"} or mimetype.startswith(
        b"application/vnd.oasis.opendocument.spreadsheet"
    ):
        return "workbook"
    if "word/document.xml" in names:
        return "docx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if any(name.startswith("ppt/") for name in names):
        raise UserError("intake.error.document", file=filename, kind="PowerPoint")
    raise UserError("intake.error.zip", file=filename)
