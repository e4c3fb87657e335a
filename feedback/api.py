"""`POST /api/notes`: the way in for forms that send their answers by themselves. Off until a token is set."""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
import uuid
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from feedback import posting
from feedback.i18n import UserError, as_language, translate
from feedback.intake.posted import read_posted
from feedback.rate import Rate
from feedback.settings import settings

log = logging.getLogger("feedback.api")

LARGEST = 1_000_000
PER_MINUTE = 60
SECONDS = 30


class _RefusedError(Exception):
    """An answer that is no: its status, the key and values of the message, and headers."""

    def __init__(self, status: int, key: str, *, headers: dict[str, str] | None = None, **values: Any) -> None:
        super().__init__(key)
        self.status, self.key, self.headers, self.values = status, key, headers or {}, values


class Notes:
    """The endpoint. One at a time, beside the event loop: a post never holds up the people who look at pages."""

    def __init__(self) -> None:
        self.rate = Rate(PER_MINUTE)
        self.turn = asyncio.Lock()

    async def __call__(self, request: Request) -> Response:
        """Answer one request."""
        language = as_language(
            request.headers.get("accept-language", "").split(",")[0], as_language(settings().language)
        )
        try:
            self._may(request)
            posted = await asyncio.to_thread(read_posted, await _body(request))
            async with self.turn:
                outcome = await asyncio.to_thread(_store, posted)
            status = 201 if outcome.stored else 200
            return _answer(status, {"stored": outcome.stored, "known": outcome.known})
        except _RefusedError as no:
            return _no(no.status, translate(language, no.key, **no.values), headers=no.headers)
        except UserError as error:
            return _no(422, error.message(language), field=str(error.values.get("field", "")))
        except ClientDisconnect:
            return _no(400, "")
        except Exception:
            number = uuid.uuid4().hex[:8]
            log.exception("error %s on /api/notes", number)
            return _no(500, translate(language, "page.unexpected", number=number))

    def _may(self, request: Request) -> None:
        """Refuse whoever may not; what is cheap to find out comes first.

        Raises
        ------
        _RefusedError
        """
        token = settings().api_token
        if not token:
            raise _RefusedError(404, "api.error.off")
        if request.method != "POST":
            raise _RefusedError(405, "api.error.method", headers={"Allow": "POST"})
        now = time.monotonic()
        self._count(f"address {request.client.host if request.client else ''}", now)
        # A browser on another site sends where it is; programs do not.
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers.get("host"):
            raise _RefusedError(403, "api.error.origin")
        scheme, _, shown = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(shown.strip().encode(), token.encode()):
            raise _RefusedError(401, "api.error.token", headers={"WWW-Authenticate": "Bearer"})
        self._count("token", now)
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            raise _RefusedError(415, "api.error.type")

    def _count(self, who: str, now: float) -> None:
        if seconds := self.rate.wait(who, now):
            raise _RefusedError(429, "api.error.rate", headers={"Retry-After": str(seconds)}, seconds=seconds)


async def _body(request: Request) -> bytes:
    """Read the body, and no more of it than may be; nobody keeps a connection waiting."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > LARGEST:
        raise _RefusedError(413, "api.error.large", limit=LARGEST)
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    raise _RefusedError(413, "api.error.large", limit=LARGEST)
    except TimeoutError:
        raise _RefusedError(408, "api.error.slow") from None
    return bytes(body)


def _store(posted: list[Any]) -> posting.Outcome:
    from feedback.store.engine import engine

    return posting.take_in(posted, engine=engine())


def _no(status: int, message: str, *, field: str = "", headers: dict[str, str] | None = None) -> Response:
    return _answer(status, {"error": {"field": field, "message": message}}, headers)


def _answer(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(body, status, {"Cache-Control": "no-store", **(headers or {})})


endpoint = Notes()
