"""PDF with text: its pages as one text, without the headers and footers that come back on each."""

from __future__ import annotations

import re
from collections import Counter

from feedback.i18n import UserError
from feedback.intake.bounded import read_apart

_PAGE_NUMBER = re.compile(r"\W*(?:(?:pagina|page|blz\.?|p\.) ?)?\d{1,4}(?: ?(?:van|of|/) ?\d{1,4})?\W*", re.IGNORECASE)


def pdf_text(filename: str, data: bytes) -> str:
    """Read a PDF.

    Parameters
    ----------
    filename : str
        For the messages.
    data : bytes

    Returns
    -------
    str

    Raises
    ------
    UserError
        When it is damaged, has a password, is too large, or holds images only.
    """
    pages = [[line.rstrip() for line in page.splitlines()] for page in read_apart("pdf", filename, data)]
    if not any(re.search(r"\w", line) for page in pages for line in page):
        raise UserError("intake.error.scanned", file=filename)
    on_pages = Counter(line for page in pages for line in {*page[:3], *page[-3:]})
    often = max(3, 0.6 * len(pages))
    kept = [
        line for page in pages for line in page
        if not (_PAGE_NUMBER.fullmatch(line) or (line.strip() and on_pages[line] >= often))
    ]  # fmt: skip
    return "\n".join(kept)
