"""A phone in a real browser, with and without its script, on bad wifi, and for people who hear or zoom the page."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from sqlalchemy import Engine

from feedback.web import Harden
from tests.browser.test_pages import violations
from tests.halls import Hall, opened
from tests.serving import free_port

pytestmark = pytest.mark.browser

SHELL = '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head></html>'
# Nothing for a thumb is smaller; a line of text that is a link stands in a bar of this height.
THUMB = 48
SMALL = """least => Array.from(document.querySelectorAll("button, input, select, textarea, a, summary, .choice"))
  .filter(one => one.type !== "hidden" && one.type !== "radio" && one.getClientRects().length)
  .filter(one => one.getBoundingClientRect().height < least).map(one => one.outerHTML)"""


@pytest.fixture
def hall(sqlite_db: Engine) -> Hall:
    return opened(sqlite_db)


@pytest.fixture
def url(hall: Hall) -> Iterator[str]:
    """The pages of phones over real HTTP, with the headers of the server."""
    port = free_port()
    app = Harden(hall.app, SHELL, lambda _scope: "nl")
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}/mee"
    server.should_exit = True
    thread.join(10)


def phone(
    browser: Browser, *, lang: str = "nl", dark: bool = False, width: int = 390, script: bool = True
) -> BrowserContext:
    return browser.new_context(
        locale={"nl": "nl-NL", "en": "en-GB"}[lang], color_scheme="dark" if dark else "light",
        viewport={"width": width, "height": 844}, java_script_enabled=script, has_touch=True,
    )  # fmt: skip


def received(page: Page) -> Locator:
    return page.locator("#said:not(.wait)").filter(has_text="ntvangen")


def texts(hall: Hall) -> list[str]:
    return [sent.text for sent in hall.desk.stored.values()]


def test_a_phone_sends_goes_on_and_follows_to_the_vote(browser: Browser, hall: Hall, url: str) -> None:
    with phone(browser) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.clock.install()
        page.goto(url)
        page.get_by_label("Code van het scherm").fill(hall.code.lower())
        page.get_by_role("button", name="Meedoen").tap()
        field = page.get_by_label("Uw opmerking")
        field.fill("x" * 1003)
        expect(page.locator("#count")).to_have_text("3 tekens te veel.")
        page.get_by_role("button", name="Versturen").tap()
        expect(page.get_by_role("alert")).to_contain_text("3 tekens te veel")
        expect(field).to_have_value("x" * 1003)
        # What was typed survives a reload, and a double tap is one remark.
        field.fill("De servicedesk <b>belt</b> niet terug")
        page.reload()
        expect(field).to_have_value("De servicedesk <b>belt</b> niet terug")
        page.get_by_role("button", name="Versturen").dblclick()
        page.clock.run_for(200)
        expect(received(page)).to_be_visible()
        expect(field).to_have_value("")
        field.fill("Nog een")
        page.get_by_role("button", name="Versturen").tap()
        expect(field).to_have_value("")
        assert texts(hall) == ["De servicedesk <b>belt</b> niet terug", "Nog een"]
        # Whoever is typing is told of the vote; whoever is not, gets it.
        hall.vote("worth", "ict", "hr")
        field.fill("Ik ben nog bez")
        page.clock.run_for(5000)
        expect(page.locator("#news")).to_contain_text("uw tekst blijft staan")
        expect(field).to_have_value("Ik ben nog bez")
        field.fill("")
        page.locator("#news a").tap()
        page.get_by_role("group", name="ICT").get_by_text("Kan minder").tap()
        page.get_by_role("button", name="Stem versturen").tap()
        page.clock.run_for(200)
        expect(received(page)).to_be_visible()
        hall.vote("dots_themes", "1", "2", "3", dots=2)
        page.clock.run_for(5000)
        more = page.get_by_role("button", name="Een stip meer").first
        for _ in range(2):
            more.tap()
        expect(more).to_be_disabled()
        expect(page.locator("#left")).to_have_text("Nog 0 van 2 stippen te geven.")
        page.get_by_role("button", name="Een stip minder").first.tap()
        page.get_by_role("button", name="Stem versturen").tap()
        page.clock.run_for(200)
        expect(received(page)).to_be_visible()
        page.reload()
        expect(page.locator("#left")).to_have_text("Nog 1 van 2 stippen te geven.")
        # Closed: the page says so by itself.
        hall.close()
        page.clock.run_for(5000)
        expect(page.get_by_role("heading")).to_contain_text("gesloten")
        assert errors == []
        (cookie,) = context.cookies()
        assert (cookie["name"], cookie["path"], cookie["httpOnly"], cookie["sameSite"]) == ("mee", "/mee", True, "Lax")


def test_bad_wifi_loses_nothing_and_doubles_nothing(browser: Browser, hall: Hall, url: str) -> None:
    with phone(browser) as context:
        page = context.new_page()
        page.goto(f"{url}/{hall.code}")
        field, send = page.get_by_label("Uw opmerking"), page.get_by_role("button", name="Versturen")
        context.set_offline(True)
        field.fill("In de kelder")
        send.tap()
        expect(page.locator("#said.wait")).to_contain_text("Geen verbinding")
        expect(field).to_have_value("In de kelder")
        assert texts(hall) == []
        context.set_offline(False)
        expect(received(page)).to_be_visible()
        # The answer gets lost on its way back: it was stored, the phone does not know, and sends it again.
        lost = []

        def lose(route: Route) -> None:
            if route.request.method == "POST" and not lost:
                lost.append(route.fetch().status)
                route.abort()
            else:
                route.continue_()

        page.route("**/mee/*", lose)
        field.fill("Antwoord kwijt")
        send.tap()
        expect(field).to_have_value("")
        assert lost == [200] and texts(hall) == ["In de kelder", "Antwoord kwijt"]
        # Nor does a phone whose page was closed while it waited.
        page.unroute_all()
        context.set_offline(True)
        field.fill("Batterij leeg")
        send.tap()
        expect(page.locator("#said.wait")).to_be_visible()
        page.close()
        context.set_offline(False)
        page = context.new_page()
        page.goto(f"{url}/{hall.code}")
        expect(received(page)).to_be_visible()
        assert texts(hall) == ["In de kelder", "Antwoord kwijt", "Batterij leeg"]


def test_everything_works_without_the_script_on_a_small_phone(browser: Browser, hall: Hall, url: str) -> None:
    with phone(browser, lang="en", width=320, script=False) as context:
        page = context.new_page()
        page.goto(url)
        page.get_by_label("Code on the screen").fill("QQQQQ")
        page.get_by_role("button", name="Join").tap()
        expect(page.get_by_role("alert")).to_contain_text("No room is open")
        page.get_by_label("Code on the screen").fill(hall.code)
        page.get_by_role("button", name="Join").tap()
        page.get_by_text("About you").tap()
        page.get_by_label("Organisation").select_option("Gemeente Élzen")
        page.get_by_label("Your remark").fill("y" * 1001)
        page.get_by_role("button", name="Send").tap()
        expect(page.get_by_role("alert")).to_contain_text("1 character too many")
        expect(page.get_by_label("Organisation")).to_have_value("1")
        page.get_by_label("Your remark").fill("Nobody calls back")
        page.get_by_role("button", name="Send").tap()
        expect(page.get_by_role("status").first).to_contain_text("Received")
        expect(page.get_by_label("Organisation")).to_have_count(0)
        hall.vote("dots_themes", "1", "2", dots=2)
        page.goto(f"{url}/{hall.code}")
        page.locator("#o1").select_option("2")
        page.get_by_role("button", name="Send vote").tap()
        expect(page.get_by_role("status").first).to_contain_text("has been received")
        expect(page.locator("#o1")).to_have_value("2")
        page.get_by_role("link", name="Nederlands").tap()
        expect(page.locator("html")).to_have_attribute("lang", "nl")
        assert texts(hall) == ["Nobody calls back"]


@pytest.mark.parametrize(("lang", "dark"), [("nl", False), ("en", True)])
def test_every_page_can_be_read_heard_and_touched_by_all(
    browser: Browser, hall: Hall, url: str, lang: str, dark: bool
) -> None:
    with phone(browser, lang=lang, dark=dark, width=320) as context:
        page = context.new_page()

        def sound(path: str) -> None:
            page.goto(f"{url}{path}")
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            assert page.evaluate(SMALL, THUMB) == [], path

        sound("?code=QQQQQ")
        room = f"/{hall.code}"
        sound(room)
        page.locator("textarea").fill("z" * 1001)
        page.locator("form button").last.tap()
        expect(page.get_by_role("alert")).to_be_visible()
        assert violations(page) == []
        hall.vote("dots_themes", "1", "2")
        sound(room)
        hall.vote("worth", "ict", "hr")
        sound(room)
        hall.vote("heard")
        sound(room)
        hall.close()
        sound(room)
