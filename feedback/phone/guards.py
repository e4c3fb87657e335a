"""Who may send from a phone: its cookie, its forms, its site, how often; and what of it is read."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import secrets
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from feedback.i18n import LANGUAGES, Language
from feedback.rate import Rate
from feedback.settings import settings

COOKIE = "mee"
HOURS = 12
# Five thousand characters of four bytes each as a form writes them, and some more: refused kindly, with the text.
LARGEST = 64 * 1024
SECONDS = 10
MOST_FIELDS = 80
PER_PHONE, PHONE_BURST = 12, 6
PER_CODE = 600
# Wrong codes: of one address, and of all of them. Twelve hours of guessing then finds one of five million with 1 %.
TRIES, ALL_TRIES = 10, 60
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
# They turn the writing direction of whatever comes after them, on the beamer too.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])


class RefusedError(Exception):
    """An answer that is no.

    Parameters
    ----------
    status : int
    key : str
        Of the text.
    again : int
        Seconds after which it may be tried again; 0: no such thing.
    **values
    """

    def __init__(self, status: int, key: str, *, again: int = 0, **values: Any) -> None:
        super().__init__(key)
        self.status, self.key, self.again, self.values = status, key, again, values


@dataclass(frozen=True)
class Phone:
    """A phone as its request shows it.

    Attributes
    ----------
    token : str
        Of its cookie; a new one where it came without.
    is_new : bool
    """

    token: str
    is_new: bool

    def keep(self, answer: Response, *, is_https: bool) -> None:
        """Give a new phone its cookie: the only one, and what keeps a person one person."""
        if self.is_new:
            answer.set_cookie(
                COOKIE, self.token, max_age=HOURS * 3600, path="/mee", secure=is_https, httponly=True, samesite="lax"
            )

    def nonce(self, workshop_id: int) -> str:
        """Give a form of this phone its number: signed, so that no other site or phone can make one."""
        number = secrets.token_urlsafe(9)
        return f"{number}.{self._signed(number, workshop_id)}"

    def gave(self, nonce: str, workshop_id: int) -> bool:
        """Tell whether a form is this phone's own."""
        number, _, shown = nonce.partition(".")
        return not self.is_new and hmac.compare_digest(shown.encode(), self._signed(number, workshop_id).encode())

    def _signed(self, number: str, workshop_id: int) -> str:
        said = f"form {workshop_id} {self.token} {number}".encode()
        return hmac.new(settings().hash_key.encode(), said, hashlib.sha256).hexdigest()[:24]


def phone_of(request: Request) -> Phone:
    """Know a phone by its cookie."""
    token = request.cookies.get(COOKIE, "")
    return Phone(token, False) if _TOKEN.fullmatch(token) else Phone(secrets.token_urlsafe(16), True)


def is_https(request: Request) -> bool:
    """Tell whether the phone reached us over TLS, be it through a proxy."""
    return request.url.scheme == "https" or settings().room_url.startswith("https:")


def of_this_site(request: Request) -> None:
    """Refuse what a page of another site sends.

    Raises
    ------
    RefusedError
    """
    fetched = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    ours = {request.headers.get("host"), urlsplit(settings().room_url).netloc or None}
    if fetched not in ("same-origin", "none") or (origin is not None and urlsplit(origin).netloc not in ours):
        raise RefusedError(403, "phone.error.site")


async def form_of(request: Request) -> dict[str, str]:
    """Read what a form sends, and no more of it than may be; nobody keeps a connection waiting.

    Returns
    -------
    dict of str to str

    Raises
    ------
    RefusedError
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise RefusedError(415, "phone.error.form")
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    raise RefusedError(413, "phone.error.large")
    except TimeoutError:
        raise RefusedError(408, "phone.error.slow") from None
    try:
        read = parse_qs(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise RefusedError(400, "phone.error.form") from None
    return {name: values[0] for name, values in read.items()}


def clean(text: str) -> str:
    """Take out of a remark what is no writing: control characters, and signs that turn the direction of reading."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TURNING)
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) != "Cc").strip()


def language_of(accepted: str, languages: Sequence[str], default: Language) -> Language:
    """Choose a language of the room by what the phone reads best.

    Parameters
    ----------
    accepted : str
        `Accept-Language`, or what somebody chose on the page.
    languages : sequence of str
        Of the room.
    default : str

    Returns
    -------
    str
    """
    ours = [language for language in LANGUAGES if language in languages] or [default]
    wanted: list[tuple[float, Language]] = []
    for part in accepted.split(",")[:20]:
        name, _, quality = part.partition(";q=")
        for language in ours:
            if name.strip().lower().split("-")[0] == language:
                wanted.append((_number(quality), language))
    if wanted:
        return max(wanted, key=lambda one: one[0])[1]
    # Whoever reads neither reads English sooner than Dutch.
    if accepted.strip() and "en" in ours:
        return "en"
    return default if default in ours else ours[0]


def _number(quality: str) -> float:
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0


class Counts:
    """How often phones send, and addresses guess codes."""

    def __init__(self) -> None:
        self.phones = Rate(PER_PHONE, PHONE_BURST)
        self.codes = Rate(PER_CODE)
        self.guesses = Rate(TRIES)
        self.all_guesses = Rate(ALL_TRIES)

    def send(self, phone: Phone, workshop_id: int) -> None:
        """Count something sent.

        Raises
        ------
        RefusedError
        """
        now = time.monotonic()
        # By what is hashed: a copy of memory tells nobody's cookie.
        if again := self.phones.wait(hashlib.sha256(phone.token.encode()).hexdigest(), now):
            raise RefusedError(429, "phone.error.often", again=again, seconds=again)
        if again := self.codes.wait(str(workshop_id), now):
            raise RefusedError(429, "phone.error.busy", again=again, seconds=again)

    def may_guess(self, address: str) -> None:
        """Refuse an address that gave wrong codes too often, and while many are guessed, any that gave one.

        Raises
        ------
        RefusedError
        """
        now = time.monotonic()
        again = self.guesses.would_wait(address, now)
        if not again and self.guesses.has_asked(address, now):
            again = self.all_guesses.would_wait("", now)
        if again:
            raise RefusedError(429, "phone.error.guesses", again=again, seconds=again)

    def guessed_wrong(self, address: str) -> None:
        """Count a wrong code."""
        now = time.monotonic()
        self.guesses.wait(address, now)
        self.all_guesses.wait("", now)
