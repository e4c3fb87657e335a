"""Fixtures of the browser tests: a browser, servers, and visits that remember what happened."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.serving import Server, example, launch, serving

# A page on two busy cores may take a while; a test that waits this long fails.
expect.set_options(timeout=20_000)
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
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
def panel(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the example panel, shared by all tests: they may rename, not remove."""
    folder = tmp_path_factory.mktemp("panel")
    # The parent is the same for all test processes.
    shutil.copy(example(tmp_path_factory.getbasetemp().parent), folder / "panel.db")
    with serving(folder) as server:
        yield server


@pytest.fixture(scope="session")
def empty(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with an empty database, shared by tests that only look."""
    with serving(tmp_path_factory.mktemp("empty")) as server:
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


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a window: `visit(server, lang="nl", dark=False)`."""
    contexts = []

    def opened(server: Server, *, lang: str = "nl", dark: bool = False, width: int = 1440, height: int = 900) -> Visit:
        context = browser.new_context(
            locale={"nl": "nl-NL", "en": "en-GB"}[lang],
            timezone_id="Europe/Amsterdam",
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": height},
        )
        contexts.append(context)
        return Visit(context.new_page(), server)

    yield opened
    for context in contexts:
        context.close()
