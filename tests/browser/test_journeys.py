"""What people come for, from the first screen to the last, in a real browser."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from feedback.i18n import Translate, translator
from tests.browser.conftest import Visit
from tests.serving import Server
from tests.speed import made

pytestmark = pytest.mark.browser


def from_heat_map_to_new_name(window: Visit, t: Translate, name: str) -> None:
    """Overview, a cell, its remarks, their theme, another name; then the name is new on the other pages too."""
    page = window.page
    # Where a hand would: the middle of a cell, on its number.
    page.locator("[class*=st-key-overview-heat] svg.marks g.mark-rect path").first.click(force=True)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_test_id("stMarkdown").first).not_to_be_empty()
    area = page.evaluate("document.querySelector('[role=dialog]').innerText").split("\n")[0].split(" · ")[1]
    dialog.get_by_role("button", name=t("remarks.open_theme")).click()

    page.get_by_role("button", name=t("themes.page.rename")).click()
    field = page.get_by_test_id("stForm").get_by_role("textbox").first
    field.fill(name)
    page.get_by_role("button", name=t("themes.page.save")).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    theme = parse_qs(urlsplit(page.url).query)["thema"][0]

    page.get_by_role("link", name=t("nav.overview")).click()
    expect(page.locator("[class*=st-key-overview-heat] svg.marks")).to_contain_text(name)
    page.get_by_role("link", name=t("nav.services")).click()
    open_area(page, area)
    expect(page.get_by_test_id("stMain").get_by_text(name).first).to_be_visible()
    # The beamer follows whatever theme its address names.
    window.open("presenteren", thema=theme)
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    assert (window.errors, window.foreign) == ([], [])


def open_area(page: Page, area: str) -> None:
    """Open a service area from the list of all."""
    page.get_by_test_id("stMain").locator("a, button").filter(has_text=re.compile(f"^{area}$")).first.click()
    expect(page.get_by_role("heading", level=1, name=area)).to_be_visible()


def test_from_the_overview_to_a_new_name(panel: Server, visit: Callable[..., Visit]) -> None:
    window = visit(panel)
    window.open()
    from_heat_map_to_new_name(window, translator("nl"), "Bellen met de servicedesk")


def test_in_english_from_a_deep_link_and_a_file_with_other_column_names_to_a_new_name(
    fresh: Server, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    chance = random.Random(7)
    rows = [f"{made.ORGANISATIONS[at % 3]};p{at % 25};{made.remark(chance)}" for at in range(60)]
    file = tmp_path / "klantenpanel mei.csv"
    file.write_text("\n".join(["Van welke klant;Wie;Wat wilt u kwijt?", *rows]), encoding="utf-8")
    t = translator("en")
    window = visit(fresh, lang="en")
    # A deep link as the very first request leads where it should, guarded and in the reader's language.
    page = window.open("themas")
    expect(page).to_have_title(f"{t('nav.themes')} · Klantpanel")
    expect(page.get_by_test_id("stTopNavLink")).not_to_have_count(0)
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name=t("nav.overview")).click()
    page.get_by_role("button", name=t("welcome.upload")).click()
    page.locator("input[type=file]").set_input_files(file)
    # The placing model is trained by the first file: on two busy cores that takes a while.
    page.get_by_role("button", name=t("upload.store")).click(timeout=180_000)
    # The name of the file stands in the uploader all along; going away before it is stored would stop the storing.
    expect(page.get_by_test_id("stAlertContentSuccess")).to_be_visible(timeout=120_000)
    page.get_by_role("link", name=t("nav.overview")).click()
    from_heat_map_to_new_name(window, t, "A name of our own")
