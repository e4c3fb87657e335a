"""The part of the benchmark that needs a browser: bytes, the click on a filter, the start."""

from __future__ import annotations

import statistics
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Error, Locator, Page, sync_playwright

from tests.serving import Server, launch, serving, start, stop

if TYPE_CHECKING:
    from tests.speed.bench import Report

CLICKS = 5
STARTS = 5
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
TITLE = '[data-testid="stMain"] h1'
# From the click on an option until the last change inside a chart, both by the browser's own clock.
STOPWATCH = """
window.clock = {clicked: 0, drawn: 0};
document.addEventListener("click", event => {
    if (event.target.closest("[role=option], li")) window.clock = {clicked: performance.now(), drawn: 0};
}, true);
new MutationObserver(changes => {
    if (changes.some(change => change.target.closest?.("[data-testid=stVegaLiteChart]")))
        window.clock.drawn = performance.now();
}).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
"""


def first_load(report: Report, folder: Path) -> None:
    with sync_playwright() as playwright, serving(folder) as server:
        browser = launch(playwright)
        if browser is None:
            report.row("browser", "none found", "")
            return
        # Somebody was here before: the very first visitor's chart libraries are not in the disk cache.
        _opened(browser, server, []).context.close()
        received: list[int] = []
        page = _opened(browser, server, received)
        report.head("In Chromium, on Overzicht")
        report.row("first load, over the websocket", f"{sum(received) / 1000:.0f} KB", "500 KB")
        page.evaluate(STOPWATCH)
        took, sizes = [], []
        box = page.locator('[data-testid="stSidebar"] [data-testid="stMultiSelect"]').nth(1)
        for _ in range(CLICKS):
            received.clear()
            took.append(_choose(page, box))
            sizes.append(sum(received))
        report.row("click on a filter until the chart is new", f"{statistics.median(took):.0f} ms", "500 ms")
        report.row("the same, over the websocket", f"{statistics.median(sizes) / 1000:.0f} KB", "150 KB")
        browser.close()


def _opened(browser: Browser, server: Server, received: list[int]) -> Page:
    page = browser.new_context(locale="nl-NL", viewport={"width": 1440, "height": 900}).new_page()
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    page.goto(server.url)
    page.locator(TITLE).wait_for(timeout=60_000)
    page.locator(READY).wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    return page


def _choose(page: Page, box: Locator) -> float:
    box.locator("input").click()
    # The first is "all"; what was chosen before is not on the list any more.
    page.get_by_role("option").nth(1).click()
    page.wait_for_timeout(2500)
    page.keyboard.press("Escape")
    page.get_by_role("option").first.wait_for(state="hidden")
    clock = page.evaluate("window.clock")
    return float(clock["drawn"] - clock["clicked"])


def starts(report: Report, folder: Path) -> None:
    """Start the product and wait for the overview's title, as somebody at a keyboard would."""
    took = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            return
        for _ in range(STARTS + 1):
            begin = time.monotonic()
            server = start(folder)
            page = browser.new_page()
            while time.monotonic() - begin < 60:
                with suppress(Error):
                    page.goto(server.url, timeout=30_000)
                    break
                time.sleep(0.05)
            page.locator(TITLE).wait_for(timeout=60_000)
            took.append(time.monotonic() - begin)
            page.close()
            stop(server)
        browser.close()
    report.head("From the command to the overview's title in Chromium")
    # The first warms the disk.
    report.row(f"second start, median of {STARTS}", f"{statistics.median(took[1:]):.1f} s", "8 s")
