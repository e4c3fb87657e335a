"""A whole workshop: one facilitator, one beamer and twelve phones, from the plan to the report."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

import docx
import pptx
import pytest
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from feedback.i18n import Language, Translate, translator
from tests.browser.conftest import Visit
from tests.serving import Server, serving

pytestmark = pytest.mark.browser

PHONES = 12
SAID: dict[Language, tuple[str, ...]] = {
    "nl": (
        "Inloggen op de laptop duurt 's ochtends een kwartier.",
        "Inloggen lukt pas na drie keer proberen.",
        "De servicedesk neemt nooit de telefoon op.",
        "Ik wacht een half uur voordat de servicedesk opneemt.",
        "Facturen van leveranciers worden te laat betaald.",
        "Onze leverancier wacht al maanden op betaling van de factuur.",
        "Vergaderzalen zijn altijd geboekt maar staan leeg.",
        "Een vergaderzaal boeken lukt bijna nooit.",
        "De schoonmaak mag best een dag minder.",
        "De toiletten worden slecht schoongemaakt.",
        "Thuis valt de VPN steeds weg.",
        "De VPN-verbinding is thuis erg traag.",
    ),
    "en": (
        "Logging in on my laptop takes fifteen minutes every morning.",
        "Logging in only works after three tries.",
        "The service desk never answers the phone.",
        "I wait half an hour before the service desk answers.",
        "Suppliers' invoices are paid too late.",
        "Our supplier has waited months for payment of the invoice.",
        "Meeting rooms are always booked but stand empty.",
        "Booking a meeting room hardly ever works.",
        "Cleaning may well be a day less.",
        "The toilets are cleaned badly.",
        "At home the VPN keeps dropping.",
        "The VPN connection is very slow at home.",
    ),
}
NAMES: dict[Language, str] = {"nl": "Snel aan het werk", "en": "Quick to start work"}
PROMISE: dict[Language, str] = {"nl": "Alle laptops starten binnen een minuut.", "en": "All laptops start in a minute."}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for both languages: the second room finds what the first one left."""
    with serving(tmp_path_factory.mktemp("room")) as running:
        yield running


class Facilitator:
    """What a facilitator presses."""

    def __init__(self, window: Visit) -> None:
        self.window, self.page = window, window.page

    def part(self, key: str) -> Locator:
        return self.page.locator(f".st-key-{key.replace('.', '-')}")

    def press(self, key: str) -> None:
        self.part(key).locator("button, a").first.click()
        self.window.settle()

    def choose(self, name: str, within: str = "") -> None:
        place = self.part(within) if within else self.page
        place.get_by_role("radio", name=name).first.click()
        self.window.settle()


class Phone:
    """Somebody's phone, in a browser."""

    def __init__(self, context: BrowserContext, url: str, t: Translate, *, script: bool) -> None:
        self.page, self.url, self.t, self.script = context.new_page(), url, t, script

    def say(self, text: str) -> None:
        self.page.goto(self.url)
        self.page.get_by_label(self.t("phone.text")).fill(text)
        # The placing model is trained by the first remark: on two busy cores that takes a while.
        self.page.get_by_role("button", name=self.t("phone.send")).click(timeout=60_000)
        expect(self.page.get_by_text(self.t("phone.received_remark")).first).to_be_visible(timeout=60_000)

    def vote(self) -> None:
        """Two dots for the first option: by its buttons, or without script by its list."""
        self.page.goto(self.url)
        first = self.page.locator(".dots").first
        if self.script:
            first.locator("button").last.click(click_count=2)
        else:
            first.locator("select").select_option("2")
        self.page.get_by_role("button", name=self.t("phone.vote")).click()
        expect(self.page.get_by_text(self.t("phone.received_vote")).first).to_be_visible()

    def told_of_the_end(self) -> None:
        """Kindly, as soon as the server forgets what it remembered of the room for a moment."""
        over = self.page.get_by_role("link", name=self.t("phone.other_code"))
        for _ in range(20):
            self.page.goto(self.url)
            if over.is_visible():
                break
            self.page.wait_for_timeout(250)
        expect(over).to_be_visible()


class PlainPhone:
    """Somebody's phone without the weight of a browser: it fetches the page and sends the form that it finds there, as one without script does."""

    def __init__(self, url: str, lang: Language, t: Translate) -> None:
        self.url, self.t = url, t
        self.wire = build_opener(HTTPCookieProcessor())
        self.wire.addheaders = [("Accept-Language", lang)]

    def _fill(self, field: str, value: str) -> str:
        """Open the page, fill a field of its form and send it; gives what the next page says was received."""
        form = self._read(self.wire.open(self.url)).get_element_by_id("form")
        form.fields[field] = value
        answer = html.submit_form(
            form, open_http=lambda _, url, values: self.wire.open(url, urlencode(values).encode())
        )
        return str(self._read(answer).get_element_by_id("said").text_content())

    def _read(self, answer: HTTPResponse) -> Any:
        with answer:
            return html.fromstring(answer.read().decode(), base_url=answer.url)

    def say(self, text: str) -> None:
        assert self._fill("text", text) == self.t("phone.received_remark")

    def vote(self) -> None:
        """Two dots for the first option."""
        assert self._fill("o0", "2") == self.t("phone.received_vote")


@contextmanager
def phones(browser: Browser, url: str, lang: Language) -> Iterator[tuple[Phone, Phone, list[PlainPhone]]]:
    """Twelve people with a phone of their own: one with and one without script in a browser, ten without one."""
    t = translator(lang)
    contexts = [
        browser.new_context(
            locale={"nl": "nl-NL", "en": "en-GB"}[lang],
            viewport={"width": 390, "height": 844},
            java_script_enabled=script,
        )
        for script in (True, False)
    ]
    scripted, bare = (Phone(one, url, t, script=script) for one, script in zip(contexts, (True, False), strict=True))
    yield scripted, bare, [PlainPhone(url, lang, t) for _ in range(PHONES - len(contexts))]
    for context in contexts:
        context.close()


def planned(lead: Facilitator, t: Translate, lang: Language) -> tuple[str, str]:
    """Prepare a workshop and open its room; gives the code, and the number of the workshop."""
    page = lead.window.open("workshop")
    lead.press("workshop.new")
    page.get_by_label(t("control.name"), exact=True).fill("Klantpanel")
    page.get_by_label(t("control.question", n=1)).fill("Wat gaat er mis?" if lang == "nl" else "What goes wrong?")
    page.keyboard.press("Tab")
    lead.window.settle()
    lead.press("workshop.save")
    lead.press("control.open")
    code = lead.part("control_code").get_by_test_id("stText").inner_text()
    assert len(code) == 5
    return code, parse_qs(urlsplit(page.url).query)["w"][0]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_whole_workshop(lang: Language, server: Server, browser: Browser, visit: Callable[..., Visit]) -> None:
    t = translator(lang)
    window, beamer = visit(server, lang=lang), visit(server, lang=lang, width=1920, height=1080)
    lead = Facilitator(window)
    code, number = planned(lead, t, lang)
    beamer.open("zaal", w=number)
    expect(beamer.page.get_by_text(code).first).to_be_visible()

    with phones(browser, f"{server.url}/mee/{code}", lang) as (scripted, bare, others):
        people = [scripted, bare, *others]
        for person, text in zip(people, SAID[lang], strict=True):
            person.say(text)
        # Said aloud, typed by the facilitator.
        aloud = lead.part("control_aloud").get_by_role("textbox")
        aloud.fill("Het is koud." if lang == "nl" else "It is cold.")
        aloud.press("Enter")
        lead.choose(t("control.screen_wall"), "control_screens")
        expect(beamer.page.get_by_text(SAID[lang][-1]).first).to_be_visible()

        # Themes: the beamer follows, a name that the room gives is there at once, a hidden remark is gone.
        lead.press("control.next")
        expect(beamer.page.locator("article.group h2")).not_to_have_count(0)
        lead.part("control_panel").get_by_test_id("stButtonGroup").get_by_text("VPN").first.click()
        window.settle()
        field = window.page.get_by_label(t("control.name_of"), exact=True)
        field.fill(NAMES[lang])
        field.press("Enter")
        window.settle()
        # A second language has a name of its own; without it this one would serve both.
        second = window.page.get_by_role("textbox", name=t("control.name_other"))
        second.fill(f"VPN: {NAMES['en' if lang == 'nl' else 'nl']}")
        second.press("Enter")
        window.settle()
        lead.press("theme.rename")
        expect(beamer.page.get_by_text(NAMES[lang]).first).to_be_visible()
        lead.part("control_queue").get_by_role("button", name=t("control.set_hidden")).first.click()
        window.settle()
        lead.press("control.undo")

        # A vote: nothing is seen before it is shown.
        lead.press("control.next")
        lead.press("vote.open")
        for person in people:
            person.vote()
        lead.press("vote.show")
        expect(beamer.page.get_by_text("24").first).to_be_visible()

        # A decision, the promises, and the end.
        lead.press("control.next")
        decide(lead, t, PROMISE[lang])
        # First what the room chose, then by a key what was decided.
        expect(beamer.page.get_by_text("1 / 2")).to_be_visible()
        beamer.page.keyboard.press("ArrowRight")
        expect(beamer.page.get_by_text(PROMISE[lang]).first).to_be_visible()
        lead.press("control.closing")
        lead.press("control.close")
        expect(lead.part("control.open")).to_be_visible()
        bare.told_of_the_end()

    report(window, t, lang, number)
    assert (window.errors, window.foreign, beamer.errors, beamer.foreign) == ([], [], [], [])


def decide(lead: Facilitator, t: Translate, text: str) -> None:
    page = lead.page
    page.get_by_role("combobox", name=t("control.decide_on")).click()
    page.get_by_role("option").first.click()
    lead.window.settle()
    page.get_by_role("radio", name=t("replies.say_change")).click()
    lead.window.settle()
    page.get_by_label(t("replies.text_change")).fill(text)
    page.get_by_label(t("replies.owner")).fill("ICT")
    page.get_by_role("group", name=t("replies.due_change")).get_by_role("spinbutton").first.click()
    page.keyboard.type("31122030")
    page.keyboard.press("Tab")
    lead.window.settle()
    page.get_by_role("button", name=t("control.decide")).click()
    lead.window.settle()


def report(window: Visit, t: Translate, lang: Language, number: str) -> None:
    """The report on the screen, and both files opened again."""
    page = window.open("verslag", w=number)
    expect(page.get_by_text(PROMISE[lang]).first).to_be_visible()
    made = {}
    for kind in ("docx", "pptx"):
        with page.expect_download(timeout=60_000) as coming:
            page.locator(f".st-key-session_report-{kind} button").click()
        made[kind] = io.BytesIO(coming.value.path().read_bytes())
    document = docx.Document(made["docx"])
    told = "\n".join(
        [
            *(one.text for one in document.paragraphs),
            *(c.text for one in document.tables for r in one.rows for c in r.cells),
        ]
    )
    slides = pptx.Presentation(made["pptx"]).slides
    shown = "\n".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    for wanted in (NAMES[lang], PROMISE[lang]):
        assert wanted in told and wanted in shown
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    assert any(24 in tuple(series.values) for chart in charts for series in chart.plots[0].series)
