"""Mail that was saved as a file (.eml): its text, its day and what is attached; nothing is fetched."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from email.message import EmailMessage
from html.parser import HTMLParser

from feedback.i18n import UserError

_BLOCKS = frozenset("p div br li tr h1 h2 h3 h4 h5 h6 ul ol table blockquote".split())
_UNSEEN = frozenset("script style head title".split())


class _Seen(HTMLParser):
    """Keeps what a reader of a page sees, with bullets and line breaks."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in _UNSEEN
        if tag in _BLOCKS:
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in _UNSEEN and self.hidden > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def mail_text(filename: str, data: bytes) -> tuple[str, dt.date | None]:
    """Read a message.

    Parameters
    ----------
    filename : str
        For the messages.
    data : bytes

    Returns
    -------
    text : str
        Its plain text, or what a reader sees of its HTML; the subject is left out.
    day : date or None
        When it was sent.

    Raises
    ------
    UserError
        When it cannot be read.
    """
    try:
        message: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
        body = message.get_body(preferencelist=("plain", "html"))
        text = str(body.get_content()) if body is not None else ""
        if body is not None and body.get_content_subtype() == "html":
            seen = _Seen()
            seen.feed(text)
            text = re.sub(r"[ \t]*\n[ \t]*(?=\n)", "\n", "".join(seen.parts))
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError):
        raise UserError("intake.error.damaged", file=filename) from None
    return text, _day(message)


def attachments(data: bytes) -> list[tuple[str, bytes]]:
    """Give the names and contents of what is attached to a message; of a damaged one, nothing."""
    try:
        message: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
        found = [(part.get_filename() or "", part.get_payload(decode=True)) for part in message.iter_attachments()]
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError):
        return []
    return [(name, content) for name, content in found if name and isinstance(content, bytes)]


def _day(message: EmailMessage) -> dt.date | None:
    try:
        sent = message["date"].datetime if message["date"] is not None else None
    except (ValueError, AttributeError, TypeError, OverflowError):
        return None
    return sent.date() if sent is not None else None
