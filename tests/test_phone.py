"""The pages of phones: what they show, who may send, and that nothing is lost, doubled or believed."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.datastructures import Headers

from feedback.i18n import UserError
from feedback.panel.people import pseudonym
from feedback.phone import guards, page
from feedback.room.receiving import LONGEST
from feedback.settings import settings
from feedback.store.engine import writing
from feedback.store.tables import Ballot, Member, Organisation, Participant, SavingsIdea, ServiceArea, Theme, Workshop
from feedback.workshop import door, polls
from feedback.workshop.plan import Plan, prepare
from tests.halls import Hall, opened

HOSTILE = "</textarea><script>alert(1)</script> \x00\x1b[2J '\"><img src=x onerror=alert(1)> \u202egnirts"


@dataclass
class Answer:
    status: int
    headers: Headers
    text: str

    @property
    def field(self) -> str:
        """What stands in the text field."""
        return unescape(re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", self.text, re.DOTALL)[0])

    @property
    def problem(self) -> str:
        found = re.findall(r'role="alert">(.*?)</p>', self.text)
        return unescape(found[0]) if found else ""


@dataclass
class Telephone:
    """A phone of a test: keeps its cookie and the form that it was given."""

    app: Starlette
    cookie: str = ""
    nonce: str = ""
    address: str = "10.0.0.5"
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        sent: list[Any] = []
        said = {"host": "panel.test", "accept-language": "nl-NL,nl;q=0.9,en;q=0.5", **self.headers}
        said |= {"cookie": f"mee={self.cookie}"} if self.cookie else {}
        said |= {"content-type": "application/x-www-form-urlencoded"} if body is not None else {}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        path, _, query = path.partition("?")
        scope = {
            "type": "http", "method": "GET" if body is None else "POST", "path": path, "raw_path": path.encode(),
            "query_string": query.encode(), "scheme": said.pop("scheme", "http"), "client": (self.address, 50000),
            "server": ("panel.test", 80), "root_path": "", "http_version": "1.1",
            "headers": [(name.encode(), value.encode()) for name, value in said.items()],
        }  # fmt: skip

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body or b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        # On a thread of its own: browser tests that ran before in this process leave their loop running on the main one.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, self.app(scope, receive, send)).result()
        start = Headers(raw=sent[0]["headers"])
        text = b"".join(message.get("body", b"") for message in sent[1:]).decode()
        if found := re.match(r"mee=([^;]+)", start.get("set-cookie", "")):
            self.cookie = found[1]
        if found := re.search(r'name="nonce" value="([^"]+)"', text):
            self.nonce = found[1]
        return Answer(sent[0]["status"], start, text)

    def send(self, code: str, _headers: dict[str, str] | None = None, **form: str) -> Answer:
        form = {"what": "remark", "question": "0", "nonce": self.nonce, **form}
        return self.ask(f"/mee/{code}", urlencode(form).encode(), **(_headers or {}))


def phone_in(hall: Hall, **more: Any) -> Telephone:
    """A phone that has the page open."""
    new = Telephone(hall.app, **more)
    assert new.ask(f"/mee/{hall.code}").status == 200
    return new


@pytest.fixture
def hall(sqlite_db: Engine) -> Hall:
    return opened(sqlite_db)


# The code --------------------------------------------------------------------------------------------------------------


def test_a_typed_code_leads_to_its_room_however_it_is_typed(hall: Hall) -> None:
    phone = Telephone(hall.app)
    assert 'name="code"' in phone.ask("/mee").text
    answer = phone.ask(f"/mee?code={hall.code[:2].lower()}-{hall.code[2:].lower()}")
    assert (answer.status, answer.headers["location"]) == (303, f"mee/{hall.code}")
    assert phone.ask(f"/mee/{hall.code.lower()}").headers["location"] == hall.code
    assert "Wat kost u de meeste tijd?" in phone.ask(f"/mee/{hall.code}").text


def test_a_wrong_code_is_said_kindly_and_stays_in_the_field(hall: Hall) -> None:
    answer = Telephone(hall.app).ask("/mee?code=QQQ%22Q")
    assert answer.status == 404 and "geen zaal open" in answer.problem and 'value="QQQ&quot;Q"' in answer.text
    assert Telephone(hall.app).ask("/mee/QQQQQ").status == 404


def test_a_room_that_closed_says_so_and_gives_the_text_back(hall: Hall) -> None:
    phone = phone_in(hall)
    hall.close()
    answer = phone.send(hall.code, text="Te laat <b>")
    assert answer.status == 410 and answer.field == "Te laat <b>" and "niet meer verstuurd" in answer.text
    assert phone.ask(f"/mee/{hall.code}").status == 410 and phone.ask(f"/mee/{hall.code}/stand").status == 410
    assert hall.desk.stored == {}


def test_a_code_of_a_past_workshop_says_so_also_after_a_restart(hall: Hall) -> None:
    hall.close()
    # Nobody asked this server for it before.
    late = Telephone(hall.app)
    answer = late.ask(f"/mee/{hall.code}")
    assert answer.status == 410 and "gesloten" in answer.text
    assert late.ask(f"/mee?code={hall.code}").status == 410
    with writing(hall.engine) as session:
        assert door.open_room(hall.workshop_id, session=session, actor="t") != hall.code
    assert late.ask(f"/mee/{hall.code}").status == 410


def test_an_expired_code_opens_nothing(hall: Hall) -> None:
    with writing(hall.engine) as session:
        session.get_one(Workshop, hall.workshop_id).expires_at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert Telephone(hall.app).ask(f"/mee/{hall.code}").status == 410


def test_codes_cannot_be_guessed_and_whoever_is_inside_stays(hall: Hall) -> None:
    inside, outside = phone_in(hall), Telephone(hall.app)
    tries = [outside.ask(f"/mee/QQQ{at:02}").status for at in range(guards.TRIES + 1)]
    assert tries == [404] * guards.TRIES + [429]
    refused = outside.ask(f"/mee/{hall.code}")
    assert refused.status == 429 and int(refused.headers["retry-after"]) >= 1
    assert outside.ask(f"/mee/{hall.code}/stand").status == outside.ask(f"/mee?code={hall.code}").status == 429
    assert inside.ask(f"/mee/{hall.code}").status == 200 and inside.send(hall.code, text="Ik ben binnen").status == 303
    assert phone_in(hall, address="10.0.0.6")


def test_guessing_from_many_addresses_is_slow_too(hall: Hall) -> None:
    for at in range(guards.ALL_TRIES):
        assert Telephone(hall.app, address=f"10.1.0.{at}").ask("/mee/QQQQQ").status == 404
    assert Telephone(hall.app, address="10.1.0.0").ask("/mee/QQQQQ").status == 429
    assert phone_in(hall, address="10.2.0.1")


# Sending ---------------------------------------------------------------------------------------------------------------


def test_a_remark_is_received_and_another_can_be_sent(hall: Hall) -> None:
    phone = phone_in(hall)
    answer = phone.send(hall.code, text="  De servicedesk belt niet terug\r\nen dat kost tijd ")
    assert (answer.status, answer.headers["location"]) == (303, f"{hall.code}?ok=remark")
    shown = phone.ask(f"/mee/{answer.headers['location']}")
    assert "Ontvangen" in shown.text and shown.text.count("<title>Ontvangen") == 1 and shown.field == ""
    phone.send(hall.code, text="Nog een", question="1")
    first, second = hall.desk.stored.values()
    assert (first.text, first.question) == ("De servicedesk belt niet terug\nen dat kost tijd", 0)
    assert (second.text, second.question) == ("Nog een", 1)
    assert first.participant_id == second.participant_id == hall.rows(Participant)[0].id


def test_a_double_tap_sends_once_and_going_back_to_type_something_else_sends_that_too(hall: Hall) -> None:
    phone = phone_in(hall)
    nonce = phone.nonce
    assert [phone.send(hall.code, text="Eén", nonce=nonce).status for _ in range(3)] == [303, 303, 303]
    assert len(hall.desk.stored) == 1
    phone.send(hall.code, text="Twee", nonce=nonce)
    assert [sent.text for sent in hall.desk.stored.values()] == ["Eén", "Twee"]


def test_the_script_of_the_page_is_answered_in_few_bytes(hall: Hall) -> None:
    phone = phone_in(hall)
    json = {"accept": "application/json"}
    answer = phone.send(hall.code, json, text="Eén")
    assert answer.status == 200 and '"ok":true' in answer.text and '"nonce"' in answer.text
    assert phone.send(hall.code, json, text="x" * (LONGEST + 1)).text.startswith('{"problem":"1 teken te veel')
    assert phone.send(hall.code, json, what="join").status == 204
    assert len(phone.ask(f"/mee/{hall.code}/stand").text) < 40


def test_a_phone_without_its_cookie_gets_its_text_back_and_sends_it_with_a_second_tap(hall: Hall) -> None:
    phone = phone_in(hall)
    phone.cookie = ""
    answer = phone.send(hall.code, text="Mijn verhaal", level="tactisch")
    assert answer.status == 409 and answer.field == "Mijn verhaal" and phone.cookie
    assert '<option value="tactisch" selected>' in answer.text
    assert phone.send(hall.code, text=answer.field).status == 303
    assert len(hall.desk.stored) == 1


def test_another_phones_form_and_another_sites_form_are_refused(hall: Hall) -> None:
    phone, other = phone_in(hall), phone_in(hall)
    assert phone.send(hall.code, text="Vals", nonce=other.nonce).status == 409
    assert phone.send(hall.code, text="Vals", nonce="niets").status == 409
    for headers in ({"origin": "https://elders.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert phone.send(hall.code, headers, text="Vals").status == 403
    assert hall.desk.stored == {} and hall.rows(Participant) == []
    own = {"origin": "http://panel.test", "sec-fetch-site": "same-origin"}
    assert phone.send(hall.code, own, text="Echt").status == 303


def test_a_form_of_one_room_is_none_of_another(hall: Hall) -> None:
    with writing(hall.engine) as session:
        plan = Plan(questions=("Anders?",))
        other = prepare("Ander panel", dt.date(2026, 10, 7), plan, session=session, actor="test")
        code = door.open_room(other, session=session, actor="test")
    phone = phone_in(hall)
    assert phone.send(code, text="Verdwaald").status == 409


def test_the_cookie_is_for_these_pages_only(hall: Hall) -> None:
    def given(scheme: str) -> str:
        return Telephone(hall.app).ask(f"/mee/{hall.code}", scheme=scheme).headers["set-cookie"]

    assert all(part in given("http") for part in ("HttpOnly", "SameSite=lax", "Path=/mee", "Max-Age=43200"))
    assert "Secure" not in given("http") and "Secure" in given("https")
    assert "set-cookie" not in phone_in(hall).ask(f"/mee/{hall.code}").headers


def test_too_long_or_empty_is_refused_kindly_with_the_text(hall: Hall) -> None:
    phone = phone_in(hall)
    long = "€" * 5000
    answer = phone.send(hall.code, text=long)
    assert answer.status == 422 and answer.field == long and answer.problem.startswith("4.000 tekens te veel")
    assert 'aria-invalid="true"' in answer.text
    assert phone.send(hall.code, text="x" * LONGEST).status == 303
    assert phone.send(hall.code, text=" \r\n ").status == 422
    assert phone.send(hall.code, text="x" * guards.LARGEST).status == 413
    assert phone.ask(f"/mee/{hall.code}", b"{}", content_type="application/json").status == 415
    assert phone.ask(f"/mee/{hall.code}", b"&".join([b"a=1"] * 200)).status == 400


def test_who_sends_too_fast_waits_and_keeps_the_text(hall: Hall) -> None:
    phone = phone_in(hall)
    statuses = [phone.send(hall.code, text=f"Opmerking {at}").status for at in range(guards.PHONE_BURST)]
    assert statuses == [303] * guards.PHONE_BURST
    answer = phone.send(hall.code, text="Nog één")
    assert answer.status == 429 and answer.field == "Nog één" and int(answer.headers["retry-after"]) >= 1
    assert phone_in(hall).send(hall.code, text="Een ander").status == 303


def test_hostile_text_is_only_text(hall: Hall) -> None:
    phone = phone_in(hall)
    shown = phone.send(hall.code, text=HOSTILE + "x" * LONGEST, organisation='1"><script>', level="<i>")
    assert shown.status == 422 and "<script>" not in shown.text and "<img" not in shown.text
    phone.send(hall.code, text=HOSTILE)
    (sent,) = hall.desk.stored.values()
    assert not any(sign in sent.text for sign in "\x00\x1b\u202e") and "<script>" in sent.text
    assert "&lt;Waterschap&gt;" in phone.ask(f"/mee/{hall.code}").text
    assert "<script>" not in phone.ask("/mee?code=%3Cscript%3E").text
    for odd in ("/mee/", "/mee/a/b", f"/mee/{hall.code}/mee", f"/mee/{hall.code}/stand/x", "/mee/_stcore/stream"):
        assert phone.ask(odd).status == 303


def test_a_line_break_at_the_start_is_kept_by_the_field() -> None:
    assert guards.clean("\r\n a\tb\r\nc\u0007\ufeff👩\u200d🔧 ") == "a\tb\nc👩\u200d🔧"


def test_trouble_at_our_side_gives_the_text_back(hall: Hall) -> None:
    phone = phone_in(hall)
    hall.desk.trouble = RuntimeError("the disk is full")
    answer = phone.send(hall.code, text="Bewaar mij")
    assert answer.status == 500 and answer.field == "Bewaar mij" and "disk" not in answer.text
    hall.desk.trouble = UserError("workshop.error.closed")
    assert phone.send(hall.code, text="Te laat").status == 410


# Who -------------------------------------------------------------------------------------------------------------------


def test_organisation_and_level_are_asked_once(hall: Hall) -> None:
    phone = phone_in(hall)
    assert 'name="organisation"' in phone.ask(f"/mee/{hall.code}").text
    organisation = next(row for row in hall.rows(Organisation) if row.name == "Gemeente Élzen")
    phone.send(hall.code, text="Eén", organisation=str(organisation.id), level="strategisch")
    (row,) = hall.rows(Participant)
    assert (row.organisation_id, row.level) == (organisation.id, "strategisch")
    text = phone.ask(f"/mee/{hall.code}").text
    assert 'name="organisation"' not in text and 'name="level"' not in text
    phone.send(hall.code, text="Twee", organisation="999999", level="koning")
    assert len(hall.desk.stored) == 1


def test_a_code_of_ones_own_is_asked_where_the_room_is_pseudonymous_and_never_kept(sqlite_db: Engine) -> None:
    anonymous = opened(sqlite_db)
    assert 'name="said"' not in phone_in(anonymous).ask(f"/mee/{anonymous.code}").text
    phone_in(anonymous).send(anonymous.code, text="Zonder", said="12345")
    with writing(sqlite_db) as session:
        plan = Plan(questions=("Wie?",), is_pseudonymous=True)
        workshop_id = prepare("Met code", dt.date(2026, 10, 8), plan, session=session, actor="test")
        code = door.open_room(workshop_id, session=session, actor="test")
    phone = Telephone(anonymous.app)
    assert 'name="said"' in phone.ask(f"/mee/{code}").text
    phone.send(code, text="Met", said=" 12345 ")
    names = [row.pseudonym for row in anonymous.rows(Member)]
    assert pseudonym("12345", key=settings().hash_key) == names[-1] and "12345" not in names
    assert 'name="said"' not in phone.ask(f"/mee/{code}").text


def test_who_is_there_counts_before_anything_was_sent(hall: Hall) -> None:
    phone = phone_in(hall)
    assert hall.rows(Participant) == [] and "data-join" in phone.ask(f"/mee/{hall.code}").text
    assert [phone.send(hall.code, what="join").status for _ in range(2)] == [204, 204]
    assert len(hall.rows(Participant)) == 1 and "data-join" not in phone.ask(f"/mee/{hall.code}").text


# Voting ----------------------------------------------------------------------------------------------------------------


def given(hall: Hall) -> dict[str, int]:
    return {row.option: row.value for row in hall.rows(Ballot)}


def test_dots_are_counted_and_can_be_given_anew(hall: Hall) -> None:
    phone, before = phone_in(hall), phone_in(hall).ask(f"/mee/{hall.code}/stand").text
    themes = [str(row.id) for row in hall.rows(Theme)[:3]]
    poll = str(hall.vote("dots_themes", *themes))
    assert phone.ask(f"/mee/{hall.code}/stand").text != before
    shown = phone.ask(f"/mee/{hall.code}").text
    assert "Verdeel 3 stippen" in shown and shown.count("data-dots") == 3 and "<textarea" not in shown
    too_many = phone.send(hall.code, what="vote", poll=poll, o0="2", o1="2")
    assert too_many.status == 422 and too_many.text.count("<option selected>2</option>") == 2 and given(hall) == {}
    assert phone.send(hall.code, what="vote", poll=poll, o0="2", o2="1").headers["location"].endswith("?ok=vote")
    assert given(hall) == {themes[0]: 2, themes[2]: 1}
    assert phone.ask(f"/mee/{hall.code}").text.count("<option selected>2</option>") == 1
    phone.send(hall.code, what="vote", poll=poll, o0="0", o1="3", o2="0")
    assert given(hall) == {themes[1]: 3}
    # Remarks go on meanwhile.
    assert phone.ask(f"/mee/{hall.code}?opmerking=1").field == ""
    assert phone.send(hall.code, text="Toch nog iets").status == 303


@pytest.mark.parametrize(("kind", "value"), [("worth", "-1"), ("impact", "-5"), ("heard", "5"), ("dots_ideas", "1")])
def test_every_kind_of_vote(hall: Hall, kind: str, value: str) -> None:
    with writing(hall.engine) as session:
        session.add(SavingsIdea(title="Minder <post>"))
    options = {"worth": [row.key for row in hall.rows(ServiceArea)[:2]], "heard": []}
    chosen = options.get(kind, [str(row.id) for row in hall.rows(SavingsIdea)])
    poll = str(hall.vote(kind, *chosen))
    phone = phone_in(hall)
    shown = phone.ask(f"/mee/{hall.code}").text
    assert f'value="{value}"' in shown or f"<option>{value}</option>" in shown
    assert "<post>" not in shown and "o0" in shown
    assert phone.send(hall.code, what="vote", poll=poll, o0=value).status == 303
    assert list(given(hall).values()) == [int(value)]
    assert phone.send(hall.code, what="vote", poll=poll, o0="99").status == 422
    assert phone.send(hall.code, what="vote", poll=poll, o0="veel").status == 422
    assert list(given(hall).values()) == [int(value)]


def test_a_vote_that_closed_says_so_and_the_question_is_back(hall: Hall) -> None:
    poll = hall.vote("heard")
    phone = phone_in(hall)
    with writing(hall.engine) as session:
        polls.close_poll(poll, session=session, actor="test")
    answer = phone.send(hall.code, what="vote", poll=str(poll), o0="5")
    # 409 where the room was read anew meanwhile, as a slow machine does.
    assert answer.status in (409, 422) and answer.problem and "<textarea" in answer.text and given(hall) == {}
    again = phone.send(hall.code, what="vote", poll=str(poll), o0="5")
    assert again.status == 409 and again.problem == answer.problem


# The page --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "query", "languages", "expected"),
    [
        ("nl-NL,nl;q=0.9", "", ("nl", "en"), "nl"),
        ("en-GB,en;q=0.9,nl;q=0.8", "", ("nl", "en"), "en"),
        ("de-DE,de;q=0.9,nl;q=0.2", "", ("nl", "en"), "nl"),
        ("tr-TR", "", ("nl", "en"), "en"),
        ("en-GB", "", ("nl",), "nl"),
        ("nl", "?lang=en", ("nl", "en"), "en"),
        ("nl", "?lang=en", ("nl",), "nl"),
        ("en;q=x,,;q=1,*", "", ("nl", "en"), "en"),
    ],
)
def test_the_language_of_the_phone_within_those_of_the_room(
    sqlite_db: Engine, accepted: str, query: str, languages: tuple[str, ...], expected: str
) -> None:
    hall = opened(sqlite_db, languages=languages)
    text = Telephone(hall.app).ask(f"/mee/{hall.code}{query}", accept_language=accepted).text
    assert f'<html lang="{expected}">' in text
    assert ("hreflang" in text) == (len(languages) == 2)
    if query and expected == "en":
        assert f'action="{hall.code}?lang=en"' in text


def test_phones_follow_the_question(hall: Hall) -> None:
    phone = phone_in(hall)
    before = phone.ask(f"/mee/{hall.code}/stand").text
    hall.move(screen="themes")
    assert phone.ask(f"/mee/{hall.code}/stand").text == before
    hall.move(question=1)
    assert phone.ask(f"/mee/{hall.code}/stand").text != before
    assert "Wat mag weg?" in phone.ask(f"/mee/{hall.code}").text


def test_a_visit_is_under_thirty_kilobytes_and_asks_nothing_from_elsewhere(hall: Hall) -> None:
    with writing(hall.engine) as session:
        session.add_all([Organisation(name=f"Gemeente met een lange naam {at}") for at in range(100)])
    hall.pages.rooms.forget(hall.code)
    phone = Telephone(hall.app)
    answers = [phone.ask(path) for path in ("/mee", "/mee/phone.css", "/mee/phone.js", f"/mee/{hall.code}")]
    assert sum(len(answer.text.encode()) for answer in answers) < 30_000
    for answer in (answers[0], answers[3]):
        assert (
            "http" not in answer.text
            and "<script>" not in answer.text
            and " on" not in re.sub(r">[^<]*<", "><", answer.text)
        )
        assert (
            answer.headers["content-security-policy"] == page.POLICY and answer.headers["cache-control"] == "no-store"
        )
    assert "unsafe" not in page.POLICY and "http" not in answers[1].text + answers[2].text
    assert "immutable" in answers[2].headers["cache-control"]
