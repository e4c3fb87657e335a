"""What the server adds to HTTP, and the parts of Streamlit it leans on."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from feedback.web import Compress, Harden, OnlyPhones, content_security_policy, in_language

SHELL = '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title><script>let a = 1</script></head></html>'


def answering(body: str, kind: str, **headers: str) -> ASGIApp:
    """An app with one answer, in two pieces."""

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        length = (b"content-length", str(len(body)).encode())
        await send({
            "type": "http.response.start", "status": 200, "headers": [(b"content-type", kind.encode()), length, *raw],
        })  # fmt: skip
        await send({"type": "http.response.body", "body": body[:10].encode(), "more_body": True})
        await send({"type": "http.response.body", "body": body[10:].encode()})

    return app


def get(app: ASGIApp, path: str = "/", **headers: str) -> tuple[Headers, bytes]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": raw}
    # On a thread of its own: browser tests that ran before in this process leave Playwright's loop running on the main one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, app(scope, receive, send)).result()
    return Headers(raw=sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


def test_the_page_gets_the_readers_language() -> None:
    app = Harden(answering(SHELL, "text/html; charset=utf-8", etag="x"), SHELL, lambda _scope: "nl")
    headers, body = get(app)
    assert b'<html lang="nl">' in body and b"<title>Klantpanel</title>" in body
    assert headers["content-length"] == str(len(body))
    assert "etag" not in headers


def test_the_client_is_told_the_root_by_a_script_that_the_policy_allows() -> None:
    headers, body = get(Harden(answering(SHELL, "text/html"), SHELL, lambda _scope: "nl"))
    script = body.decode().split("<head><script>")[1].split("</script>")[0]
    assert "BACKEND_BASE_URL" in script
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{allowed}'" in headers["content-security-policy"]


def test_a_compressed_page_is_read_too() -> None:
    packed = gzip.compress(SHELL.encode())

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/html"), (b"content-encoding", b"gzip")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": packed})

    headers, body = get(Harden(app, SHELL, lambda _scope: "nl"))
    assert b'<html lang="nl">' in body
    assert "content-encoding" not in headers


def test_every_answer_carries_the_headers() -> None:
    headers, body = get(Harden(answering("{'a': 'some data'}", "application/json"), SHELL, lambda _scope: "nl"))
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert body == b"{'a': 'some data'}"


def test_other_sites_get_nothing_and_nobody_gets_the_metrics() -> None:
    app = Harden(answering("sessions 3", "text/plain"), SHELL, lambda _scope: "nl")
    assert get(app)[0]["cross-origin-resource-policy"] == "same-origin"
    headers, body = get(app, "/_stcore/metrics")
    assert body == b"" and headers["x-content-type-options"] == "nosniff"


def test_inline_scripts_are_allowed_by_hash_only() -> None:
    policy = content_security_policy(SHELL)
    assert "'sha256-" in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy


def test_bundles_are_compressed_once() -> None:
    script = "export default 1;" * 500
    app = Compress(answering(script, "text/javascript", cache_control="public, immutable, max-age=1", etag="x"))
    for _ in range(2):
        headers, body = get(app, "/static/js/index.abc.js", accept_encoding="gzip, br")
        assert headers["content-encoding"] == "gzip"
        assert headers["content-length"] == str(len(body))
        assert gzip.decompress(body).decode() == script
    assert len(app.kept) == 1


@pytest.mark.parametrize(
    ("kind", "cache", "accept"),
    [
        ("text/javascript", "no-cache", "gzip"),
        ("image/png", "public, immutable", "gzip"),
        ("text/javascript", "public, immutable", "identity"),
    ],
)
def test_anything_else_passes_untouched(kind: str, cache: str, accept: str) -> None:
    headers, body = get(Compress(answering("body of some length", kind, cache_control=cache)), accept_encoding=accept)
    assert body == b"body of some length"
    assert "content-encoding" not in headers


def test_what_is_compressed_already_is_not_compressed_again() -> None:
    app = Compress(
        answering("packed, believe me", "text/javascript", cache_control="immutable", content_encoding="gzip")
    )
    assert get(app, accept_encoding="gzip")[1] == b"packed, believe me"


def test_the_pages_of_phones_keep_a_policy_of_their_own_and_are_no_page_of_streamlits() -> None:
    app = Harden(
        answering(SHELL, "text/html", content_security_policy="default-src 'none'"), SHELL, lambda _scope: "nl"
    )
    for path, own in (("/mee", True), ("/mee/ACDEF", True), ("/meer", False)):
        headers, body = get(app, path)
        assert (headers["content-security-policy"] == "default-src 'none'") == own
        assert (body.decode() == SHELL) == own and headers["x-content-type-options"] == "nosniff"


def from_elsewhere(path: str, kind: str = "http", client: str = "192.168.1.77", **headers: str) -> Message:
    """What a connection gets first from a server on 192.168.1.20 that is for phones only."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    ends = {"client": (client, 50000), "server": ("192.168.1.20", 8501)}
    scope: dict[str, Any] = {"type": kind, "method": "GET", "path": path, "query_string": b"", "headers": raw, **ends}
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, OnlyPhones(answering("the app", "text/plain"))(scope, receive, send)).result()
    return sent[0]


def test_other_machines_get_the_pages_of_phones_and_nothing_else() -> None:
    for path in ("/mee", "/mee/ACDEF", "/mee/phone.js", "/healthz"):
        assert from_elsewhere(path)["status"] == 200, path
    for path in ("/themas", "/_stcore/health", "/meer", "/mee2", "/api/notes", "/app/static/favicon.png", "//mee", ""):
        assert from_elsewhere(path)["status"] == 403, path
    assert Headers(raw=from_elsewhere("/")["headers"])["location"] == "/mee"
    for path in ("/_stcore/stream", "/mee/_stcore/stream"):
        assert from_elsewhere(path, "websocket") == {"type": "websocket.close", "code": 1008}


def test_this_machine_gets_everything_unless_somebody_comes_through_it() -> None:
    for client in ("127.0.0.1", "::1", "::ffff:127.0.0.1", "192.168.1.20"):
        assert from_elsewhere("/themas", client=client)["status"] == 200, client
        assert from_elsewhere("/themas", client=client, x_forwarded_for="192.168.1.77")["status"] == 403
    for client in ("", "unix", "::ffff:192.168.1.77"):
        assert from_elsewhere("/themas", client=client)["status"] == 403, client


def test_a_room_listens_to_the_network_and_streamlit_asks_no_site_for_its_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from feedback import server

    started: list[str] = []
    monkeypatch.setattr(server.cli, "main", lambda flags, **_settings: started.extend(flags))
    # Both are put back after the test.
    monkeypatch.chdir(server.ROOT)
    monkeypatch.setenv(server.ONLY_PHONES, "")
    server.run(port=8501, address="localhost")
    assert "--server.address=localhost" in started and not os.environ[server.ONLY_PHONES]
    server.run(port=8501, address="localhost", room=True)
    assert {"--server.address=0.0.0.0", "--browser.serverAddress=localhost"} < set(started)
    assert os.environ[server.ONLY_PHONES] == "1"


def test_streamlit_still_has_what_we_lean_on() -> None:
    from pathlib import Path

    from streamlit import config, file_util
    from streamlit.runtime.pages_manager import PagesManager

    assert hasattr(PagesManager, "uses_pages_directory")
    assert "runner.postScriptGC" in config._config_options_template
    shell = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    ours = in_language(shell, "nl")
    assert '<html lang="nl">' in ours and "app/static/favicon.png" in ours and "<title>Klantpanel</title>" in ours
