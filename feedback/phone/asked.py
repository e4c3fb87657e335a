"""What a phone asks, read once from its request."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from feedback.i18n import LANGUAGES, Language, as_language
from feedback.phone.guards import Phone, is_https, language_of, phone_of
from feedback.phone.seen import Seen
from feedback.settings import settings
from feedback.workshop import door


@dataclass(frozen=True)
class Ask:
    """A request, read once.

    Attributes
    ----------
    phone : Phone
    code : str
        As it stands on the screen.
    address : str
        Where the request came from.
    accepted : str
        Languages of the phone.
    chosen : str
        Language chosen on the page, or empty.
    is_script : bool
        Whether the script of the page asks; it wants JSON.
    is_https : bool
    wants_remark : bool
        Whether the person wants to send a remark while there is a vote.
    """

    phone: Phone
    code: str
    address: str
    accepted: str
    chosen: str
    is_script: bool
    is_https: bool
    wants_remark: bool

    @classmethod
    def of(cls, request: Request, code: str) -> Ask:
        """Read a request."""
        return cls(
            phone_of(request), door.plain(code),
            request.client.host if request.client else "", request.headers.get("accept-language", ""),
            request.query_params.get("lang", "")[:5], request.headers.get("accept", "") == "application/json",
            is_https(request), "opmerking" in request.query_params,
        )  # fmt: skip

    def language(self, found: Seen | None) -> Language:
        """Give the language of the answer."""
        default = as_language(settings().language)
        languages = found.room.languages if found else LANGUAGES
        return language_of(self.chosen or self.accepted, languages, default)

    @property
    def tail(self) -> str:
        """What an address carries on: the language, where it was chosen."""
        return f"?lang={as_language(self.chosen)}" if self.chosen else ""
