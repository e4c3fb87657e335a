"""The server from outside: the first request, its headers, its health."""

from __future__ import annotations

import gzip
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.serving import Server, status

pytestmark = pytest.mark.browser


def test_a_deep_link_as_the_very_first_request_is_guarded_and_health_tells_when_the_database_is_gone(
    fresh: Server, visit: Callable[..., Visit]
) -> None:
    # Streamlit's older discovery of pages/ would run the page without the entry script: no guard, no language.
    window = visit(fresh)
    page = window.open("upload")
    expect(page).to_have_title("Upload · Klantpanel")
    expect(page.get_by_test_id("stTopNavLink")).not_to_have_count(0)
    assert page.locator("html").get_attribute("lang") == "nl"
    assert (window.errors, window.foreign) == ([], [])

    assert status(f"{fresh.url}/healthz") == 200
    for file in fresh.database.parent.glob("panel.db*"):
        file.unlink()
    assert status(f"{fresh.url}/healthz") == 503
    assert not fresh.database.exists()


def test_every_answer_has_the_security_headers(panel: Server) -> None:
    for path in ("/", "/themas", "/_stcore/health", "/healthz", "/app/static/favicon.png"):
        with urllib.request.urlopen(panel.url + path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy and "http" not in policy, path
            assert answer.headers["X-Content-Type-Options"] == "nosniff", path
            assert answer.headers["Referrer-Policy"] == "same-origin", path
            assert answer.headers["X-Frame-Options"] == "SAMEORIGIN", path


@pytest.mark.parametrize(
    ("query", "browser_language", "lang"), [("", "nl-NL", "nl"), ("", "en-GB", "en"), ("?lang=nl", "en", "nl")]
)
def test_the_page_says_its_language_before_any_script_runs(
    panel: Server, query: str, browser_language: str, lang: str
) -> None:
    ask = urllib.request.Request(f"{panel.url}/themas{query}", headers={"Accept-Language": browser_language})
    with urllib.request.urlopen(ask) as answer:
        assert f'<html lang="{lang}">' in answer.read().decode()


def test_scripts_travel_compressed_and_are_kept_by_the_browser(panel: Server, visit: Callable[..., Visit]) -> None:
    window = visit(panel)
    with window.page.expect_response(lambda answer: "/static/js/index." in answer.url) as caught:
        window.open()
    ask = urllib.request.Request(caught.value.url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(ask) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        assert gzip.decompress(answer.read())
