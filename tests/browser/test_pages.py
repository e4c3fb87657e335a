"""Every page in both languages and both looks: nothing foreign, no errors, WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.serving import Server

pytestmark = pytest.mark.browser

PAGES = ("", "themas", "diensten", "besparingen", "upload", "presenteren", "uitleg")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Streamlit's own, not ours to mend: rule, and what the place it was found at contains.
UPSTREAM = (
    ("target-size", "stDateInput"),
    ("svg-img-alt", "stMetricChart"),
)


def violations(page: Page) -> list[str]:
    """Give what axe-core finds against WCAG 2.2 A and AA, without what is known of Streamlit itself."""
    answer = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response
    return [
        f"{rule['id']}: {node['target']} {node['html'][:300]} {node['failureSummary']}"
        for rule in answer["violations"]
        for node in rule["nodes"]
        if not _is_upstream(page, rule["id"], node)
    ]


def _is_upstream(page: Page, rule: str, node: dict[str, Any]) -> bool:
    inside = "(css, id) => Boolean(document.querySelector(css)?.closest(`[data-testid=${id}]`))"
    return any(rule == name and page.evaluate(f"([css, id]) => ({inside})(css, id)", [node["target"][0], place])
               for name, place in UPSTREAM)  # fmt: skip


@pytest.mark.parametrize(("lang", "dark"), [("nl", False), ("en", True)], ids=["nl-light", "en-dark"])
@pytest.mark.parametrize("path", PAGES, ids=[path or "overzicht" for path in PAGES])
def test_a_page_is_sound(panel: Server, visit: Callable[..., Visit], path: str, lang: str, dark: bool) -> None:
    window = visit(panel, lang=lang, dark=dark)
    page = window.open(path)
    # Charts are drawn after the script has run.
    page.wait_for_load_state("networkidle")
    assert page.locator("html").get_attribute("lang") == lang
    assert window.foreign == []
    assert window.errors == []
    assert violations(page) == []


def test_a_phone_shows_the_overview_without_scrolling_sideways(panel: Server, visit: Callable[..., Visit]) -> None:
    page = visit(panel, width=390, height=844).open()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
