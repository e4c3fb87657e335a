"""Files that hold files: a zip, and a mail with attachments. Nothing is written to disk, and nothing unpacks beyond its bounds."""

from __future__ import annotations

import io
import zipfile

from feedback.i18n import UserError
from feedback.intake.kinds import DOCUMENT_ENDINGS, TEXT_ENDINGS, WORKBOOK_ENDINGS, ending, is_plain_zip
from feedback.intake.mail import attachments
from feedback.intake.read import file_name

MAX_FILES = 200
# What operating systems put beside a person's files.
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def unpack(filename: str, data: bytes, *, max_mb: int) -> list[tuple[str, bytes]]:
    """Give the files in a zip or a mail; of any other file itself.

    Parameters
    ----------
    filename : str
        As the person knows it.
    data : bytes
    max_mb : int
        Largest size of the file, and of each file in it, in megabytes (10**6 bytes); together ten times that.

    Returns
    -------
    list of (str, bytes)
        Name, without folders, and content. A zip in a zip stays closed: reading it refuses it.

    Raises
    ------
    UserError
        When it is too large, empty or damaged, has a password, or unpacks to more than its bounds.
    """
    name = file_name(filename)
    if len(data) > max_mb * 1_000_000:
        raise UserError("intake.error.too_large", file=name, size=-(-len(data) // 1_000_000), limit=max_mb)
    if is_plain_zip(data):
        return _unzip(name, data, max_mb * 1_000_000)
    if ending(name) == "eml":
        known = (*WORKBOOK_ENDINGS, *DOCUMENT_ENDINGS, *filter(None, TEXT_ENDINGS))
        attached = [(file_name(part), content) for part, content in attachments(data)]
        return [(filename, data), *[one for one in attached[:MAX_FILES] if ending(one[0]) in known]]
    return [(filename, data)]


def _unzip(name: str, data: bytes, limit: int) -> list[tuple[str, bytes]]:
    found, total = [], 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir() and not _is_litter(part.filename)]
            if not parts:
                raise UserError("intake.error.empty", file=name)
            if any(part.flag_bits & 1 for part in parts):
                raise UserError("intake.error.password", file=name)
            if len(parts) > MAX_FILES:
                raise UserError("intake.error.zip_files", file=name, files=len(parts), limit=MAX_FILES)
            for part in parts:
                with archive.open(part) as file:
                    # The sizes that a bomb states are lies.
                    content = file.read(limit + 1)
                total += len(content)
                inside = file_name(part.filename)
                if len(content) > limit and max(len(content), part.file_size) > 200 * part.compress_size:
                    raise UserError("intake.error.bomb", file=name, part=inside, limit=limit // 1_000_000)
                if total > 10 * limit:
                    raise UserError("intake.error.zip_total", file=name, part=inside, limit=limit // 100_000)
                found.append((inside, content))
    except UserError:
        raise
    except Exception:  # zipfile and zlib raise many kinds for damaged input
        raise UserError("intake.error.damaged", file=name) from None
    return found


def _is_litter(path: str) -> bool:
    return path.startswith(_LITTER[0]) or path.replace("\\", "/").rsplit("/", 1)[-1] in _LITTER
