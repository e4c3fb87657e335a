"""`POST /api/notes`: who may send, what is stored, and that nothing is stored twice."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from feedback import posting
from feedback.api import LARGEST, PER_MINUTE, Notes
from feedback.intake import batches
from feedback.intake.posted import read_posted
from feedback.settings import SettingError, settings
from feedback.store import frames
from feedback.store.engine import reading, writing
from feedback.store.tables import Audit, PanelSession
from tests.serving import Server, serving

TOKEN = "a token of the tests, long enough"


def note(at: int, **changed: Any) -> dict[str, Any]:
    said = f"De servicedesk belde mij na {at} dagen terug op 06-12345678, veel te laat"
    return {"id": f"r-{at}", "session": "Doorlopend", "date": "2026-03-17", "text": said, **changed}


def take_in(engine: Engine, *notes: dict[str, Any]) -> posting.Outcome:
    return posting.take_in(read_posted(json.dumps(notes).encode()), engine=engine)


def test_notes_take_the_way_of_a_file_and_come_in_once(fresh_db: Engine) -> None:
    assert take_in(fresh_db, note(1, grade=4, organisation="Gemeente Elzen"), note(2)) == posting.Outcome(2, 0)
    assert take_in(fresh_db, note(2), note(3, member="anna@elzen.nl"), note(4, text="", grade=8)) == posting.Outcome(
        2, 1
    )
    assert take_in(fresh_db, note(1), note(4)) == posting.Outcome(0, 2)
    with reading(fresh_db) as session:
        (batch,) = frames.batches(session=session).to_dict("records")
        assert (batch["rows"], batch["notes"], batch["created_by"]) == (4, 3, "api")
        assert batch["masked"] == {"telefoon": 3}
        remarks, scores = frames.remarks(session=session), frames.scores(session=session)
        assert remarks["text"].str.contains("06-").sum() == 0 and remarks["theme"].notna().all()
        # Each row is a respondent of its own, also over several requests.
        assert sorted(remarks["row"]) == [1, 2, 3] and remarks["person"].nunique() == 3
        assert list(scores["grade"]) == [4, 8] and list(scores["row"]) == [1, 4]
        assert session.exec(select(PanelSession.name, PanelSession.kind)).all() == [("Doorlopend", "survey")]
        assert set(session.exec(select(Audit.act))) == {"import"}
    with writing(fresh_db) as session:
        batches.undo(int(batch["batch_id"]), session=session, actor="test")
    # Undone stays undone: a form that sends its answers again does not bring them back.
    assert take_in(fresh_db, note(1)) == posting.Outcome(0, 1)


def test_a_short_token_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLANTPANEL_API_TOKEN", "geheim")
    settings.cache_clear()
    with pytest.raises(SettingError):
        settings()
    monkeypatch.setenv("KLANTPANEL_API_TOKEN", TOKEN)
    assert TOKEN not in repr(settings())
    settings.cache_clear()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("api"), KLANTPANEL_API_TOKEN=TOKEN) as running:
        yield running


def send(server: Server, body: bytes, *, method: str = "POST", **headers: str) -> tuple[int, dict[str, Any], Any]:
    own = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json", "Accept-Language": "en"}
    wanted = own | {name.replace("_", "-"): value for name, value in headers.items()}
    ask = urllib.request.Request(f"{server.url}/api/notes", body or None, wanted, method=method)
    try:
        with urllib.request.urlopen(ask, timeout=60) as answer:
            return answer.status, json.loads(answer.read()), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read()), error.headers


def test_over_http(server: Server) -> None:
    body = json.dumps(note(1)).encode()
    assert send(server, body, Authorization="Bearer nee")[0] == 401
    assert send(server, body, Authorization="")[2]["WWW-Authenticate"] == "Bearer"
    assert send(server, body, Origin="https://elders.example")[0] == 403
    assert send(server, b"", method="GET")[0] == 405
    assert send(server, body, Content_Type="text/plain")[0] == 415
    assert send(server, b" " * (LARGEST + 1))[0] == 413
    status, told, headers = send(server, json.dumps(note(1, grade=11)).encode())
    assert (status, told["error"]["field"]) == (422, "grade") and "1 to 10" in told["error"]["message"]
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store"
    # The same answer, sent five times at once by an impatient flow: stored once; meanwhile the server answers others.
    with ThreadPoolExecutor(6) as pool:
        sent = [pool.submit(send, server, body) for _ in range(5)]
        with urllib.request.urlopen(f"{server.url}/healthz", timeout=10) as answer:
            assert answer.status == 200
        answers = sorted(one.result()[:2] for one in sent)
    assert [status for status, _ in answers] == [200, 200, 200, 200, 201]
    with sqlite3.connect(server.database) as database:
        assert database.execute("SELECT count(*), max(text) FROM note").fetchone() == (
            1,
            note(1)["text"].replace("06-12345678", "[telefoon]"),
        )
    # Guessing a token is slow: the address has to wait, whatever it shows.
    guesses = (send(server, body, Authorization=f"Bearer {at}")[0] for at in range(5 * PER_MINUTE))
    assert next(status for status in guesses if status != 401) == 429
    assert int(send(server, body)[2]["Retry-After"]) >= 1


def test_it_is_off_without_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    from starlette.requests import Request

    monkeypatch.delenv("KLANTPANEL_API_TOKEN", raising=False)
    settings.cache_clear()
    scope = {"type": "http", "method": "POST", "path": "/api/notes", "headers": [], "query_string": b""}
    # On a thread of its own: browser tests that ran before in this process leave their loop running on the main one.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, Notes()(Request(scope))).result().status_code == 404
