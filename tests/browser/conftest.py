"""Fixtures of the browser tests: a browser, servers, and visits that remember what happened."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from feedback.i18n import Language
from tests.serving import Server, launch, serving

# A page on two busy cores may take a while; a test that waits this long fails.
expect.set_options(timeout=20_000)
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
UNDRAWN = '[data-testid="stSkeleton"], [data-testid="stVegaLiteChart"]:not(:has(.marks))'
NO_BROWSER = "no browser: set CHROME to a Chrome or Chromium, or run `playwright install chromium`"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = launch(playwright)
        if found is None:
            (pytest.fail if os.environ.get("KLANTPANEL_REQUIRE_BROWSER") == "1" else pytest.skip)(NO_BROWSER)
        yield found
        found.close()


@pytest.fixture(scope="session")
def panel(browser: Browser, example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the example panel, shared by all tests: they may rename, not remove."""
    folder = tmp_path_factory.mktemp("panel")
    shutil.copyfile(example_file, folder / "panel.db")
    with serving(folder) as server:
        yield server


@pytest.fixture
def fresh(browser: Browser, tmp_path: Path) -> Iterator[Server]:
    """A server of a test's own that nobody visited yet, with an empty database."""
    with serving(tmp_path) as server:
        yield server


@dataclass
class Visit:
    """A browser window, and what a person would not see of it."""

    page: Page
    server: Server
    lang: Language = "nl"
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    received: int = 0

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._count))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location['url']})")

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.server.host:
            self.foreign.append(url)

    def _count(self, frame: bytes | str) -> None:
        self.received += len(frame)

    def open(self, path: str = "", **query: str) -> Page:
        """Go to a page and wait until it is drawn."""
        self.page.goto(f"{self.server.url}/{path}{'?' + urlencode(query) if query else ''}")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the script of the page has run."""
        expect(self.page).to_have_title(re.compile("· Klantpanel$"))
        self.page.locator(READY).wait_for(timeout=30_000)

    def drawn(self) -> None:
        """Wait until nothing is left to draw: charts come after the script of the page has run."""
        self.settle()
        expect(self.page.locator(UNDRAWN)).to_have_count(0)


@pytest.fixture(scope="session")
def profile(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Give one profile to all who read in a language and a look: the scripts of Streamlit are fetched and compiled once."""

    @cache
    def of(lang: str, look: Literal["light", "dark"], width: int, height: int) -> BrowserContext:
        return browser.new_context(
            locale={"nl": "nl-NL", "en": "en-GB"}[lang],
            timezone_id="Europe/Amsterdam",
            color_scheme=look,
            viewport={"width": width, "height": height},
        )

    yield of


@pytest.fixture
def visit(profile: Callable[..., BrowserContext]) -> Iterator[Callable[..., Visit]]:
    """Open a window: `visit(server, lang="nl", dark=False)`."""
    windows = []

    def opened(
        server: Server, *, lang: Language = "nl", dark: bool = False, width: int = 1440, height: int = 900
    ) -> Visit:
        windows.append(profile(lang, "dark" if dark else "light", width, height).new_page())
        return Visit(windows[-1], server, lang)

    yield opened
    for window in windows:
        window.close()
