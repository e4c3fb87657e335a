"""What the server adds to HTTP: security headers, the page's language, compression. Plain ASGI."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import ipaddress
import re
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Else the client asks for the root under a deep link's own path first, and logs the 404. The address without its last
# part is where the page's own scripts come from, so this also holds behind a proxy that adds a path.
ROOT_OF_LINK = '<script>window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href}</script>'

# Pages of phones bring their own policy, and are no page of Streamlit.
PHONES = "/mee"

# Streamlit tells everybody how much memory it uses and how many people are there.
INNER = "/_stcore/metrics"


def content_security_policy(shell: str) -> str:
    """Give the policy under which charts, tables and uploads work and nothing foreign is fetched.

    Parameters
    ----------
    shell : str
        The HTML page; its inline scripts are allowed by their hash. Vega compiles its expressions (`unsafe-eval`)
        and Streamlit imports components with a script of ours as a `blob:`; only scripts that run already make one.

    Returns
    -------
    str
    """
    scripts = re.findall(r"<script>(.*?)</script>", shell, flags=re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self' blob: 'unsafe-eval'", *(f"'sha256-{value}'" for value in hashes))),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def in_language(shell: str, language: str) -> str:
    """Give Streamlit's page (English, with its own name and icon) our language, name and icon, and the server's root.

    Parameters
    ----------
    shell : str
    language : str

    Returns
    -------
    str
    """
    # Streamlit writes lang="en": a screen reader would read Dutch with an English voice (WCAG 3.1.1).
    shell = shell.replace('<html lang="en">', f'<html lang="{language}">')
    shell = shell.replace("<title>Streamlit</title>", "<title>Klantpanel</title>")
    shell = shell.replace('href="./favicon.png"', 'href="./app/static/favicon.png"')
    return shell.replace("<head>", f"<head>{ROOT_OF_LINK}", 1)


class Harden:
    """Add security headers to every answer, and the reader's language to the HTML page.

    Parameters
    ----------
    app : ASGI application
    shell : str
        The HTML page as Streamlit ships it.
    language_of : callable
        Gives the language of a request.
    """

    def __init__(self, app: ASGIApp, shell: str, language_of: Callable[[Scope], str]) -> None:
        self.app = app
        self.language_of = language_of
        self.headers = {
            "Content-Security-Policy": content_security_policy(in_language(shell, "en")),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
            "Cross-Origin-Opener-Policy": "same-origin",
            # Another site may not even show a picture or a download of ours.
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].endswith(INNER):
            await self._say(404, send)
            return
        page: Message = {}
        body = bytearray()
        for_phone = is_for_phones(scope["path"])

        async def hardened(message: Message) -> None:
            nonlocal page
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                policy = headers.get("content-security-policy")
                headers.update(self.headers)
                if for_phone:
                    headers["Content-Security-Policy"] = policy or self.headers["Content-Security-Policy"]
                elif message["status"] == 200 and headers.get("content-type", "").startswith("text/html"):
                    page = message
                    return
            elif page:
                body.extend(message.get("body", b""))
                if message.get("more_body", False):
                    return
                headers = MutableHeaders(raw=page["headers"])
                # Streamlit compresses its page on every path but the first.
                plain = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else bytes(body)
                ours = in_language(plain.decode(), self.language_of(scope)).encode()
                # They describe Streamlit's file, not what we made of it.
                for name in ("content-encoding", "etag", "last-modified"):
                    del headers[name]
                headers["Content-Length"] = str(len(ours))
                headers.add_vary_header("Accept-Language")
                await send(page)
                message = {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else ours}
            await send(message)

        await self.app(scope, receive, hardened)

    async def _say(self, status: int, send: Send) -> None:
        headers = MutableHeaders(headers={**self.headers, "Content-Length": "0"})
        await send({"type": "http.response.start", "status": status, "headers": headers.raw})
        await send({"type": "http.response.body", "body": b""})


def is_for_phones(path: str) -> bool:
    """Tell whether an address is one of the phones' pages."""
    return path == PHONES or path.startswith(f"{PHONES}/")


class OnlyPhones:
    """Give other machines nothing but the pages of phones: the app has no sign-in, and a room's wifi is everybody's.

    Parameters
    ----------
    app : ASGI application
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] not in ("http", "websocket") or _of_this_machine(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            # Closed before it is accepted: the server answers 403.
            await send({"type": "websocket.close", "code": 1008})
        elif is_for_phones(scope["path"]) or scope["path"] == "/healthz":
            await self.app(scope, receive, send)
        else:
            # Who typed the address without its end means the phones' page; anything else is nobody's.
            first = scope["path"] == "/"
            headers = MutableHeaders(headers={"Content-Length": "0", "Cache-Control": "no-store"})
            if first:
                headers["Location"] = PHONES
            await send({"type": "http.response.start", "status": 303 if first else 403, "headers": headers.raw})
            await send({"type": "http.response.body", "body": b""})


def _of_this_machine(scope: Scope) -> bool:
    """Tell whether a connection comes from the machine that the server runs on."""
    # Through a proxy here, or a tunnel, others come in as if they were this machine.
    if any(name in Headers(scope=scope) for name in ("forwarded", "x-forwarded-for", "x-real-ip", "via")):
        return False
    client, server = ((scope.get(end) or ("", 0))[0] for end in ("client", "server"))
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return mapped.is_loopback or client == server


class Compress:
    """Compress scripts and styles with a hash in their name once, and keep the result.

    Streamlit sends these 5.5 MB uncompressed and gzip leaves 30 % (measured); all of them together are 7 MB
    when compressed. Everything else, the websocket too, passes untouched.

    Parameters
    ----------
    app : ASGI application
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[str, tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        asked = Headers(scope=scope) if scope["type"] == "http" and scope["method"] == "GET" else Headers({})
        if "gzip" not in asked.get("accept-encoding", "") or "if-none-match" in asked or "range" in asked:
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path in self.kept:
            await _send(*self.kept[path], send)
            return
        bundle: Message = {}
        body = bytearray()

        async def compressed(message: Message) -> None:
            nonlocal bundle
            if message["type"] == "http.response.start" and _is_bundle(message):
                bundle = message
            elif not bundle:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    packed = await asyncio.to_thread(gzip.compress, bytes(body), 6, mtime=0)
                    headers = MutableHeaders(raw=bundle["headers"])
                    headers["Content-Encoding"] = "gzip"
                    headers["Content-Length"] = str(len(packed))
                    headers.add_vary_header("Accept-Encoding")
                    self.kept[path] = (bundle, packed)
                    await _send(bundle, packed, send)

        await self.app(scope, receive, compressed)


async def _send(start: Message, body: bytes, send: Send) -> None:
    # A copy: whoever sends it on adds headers of its own.
    await send({**start, "headers": list(start["headers"])})
    await send({"type": "http.response.body", "body": body})


def _is_bundle(start: Message) -> bool:
    # Streamlit calls immutable what has a hash in its name: a finite set, so what is kept is bounded.
    headers = Headers(raw=start["headers"])
    kind = headers.get("content-type", "").split(";")[0]
    text = kind in ("text/javascript", "application/javascript", "text/css") and "content-encoding" not in headers
    return start["status"] == 200 and text and "immutable" in headers.get("cache-control", "")
