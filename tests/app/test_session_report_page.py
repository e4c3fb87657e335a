"""The report of a workshop on its page: what is there to read and take along, in both languages."""

from __future__ import annotations

from typing import Any

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from feedback.i18n import translator
from feedback.store.engine import engine, writing
from feedback.store.tables import Theme
from feedback.themes import curation
from feedback.ui import session_report
from feedback.ui.page import escape
from tests.app.conftest import App
from tests.reports.session_made import HOSTILE, held

PAGE = "pages/session_report.py"


def article(at: AppTest) -> str:
    return next(str(part.proto.body) for part in at.get("html") if '<article class="sr"' in str(part.proto.body))


def test_from_no_workshop_to_a_report_with_its_files(app: App, monkeypatch: Any) -> None:
    at = app(PAGE, example=False, w="999999999999999999999")
    t = translator("nl")
    assert at.info[0].value == t("session_report.none")
    workshop_id = held(engine())
    assert at.run().info[0].value == t("session_report.choose")
    at.button(key=f"session_report.{workshop_id}").click().run()
    assert not at.exception
    assert at.title[0].value == "Klantpanel maart"
    body = article(at)
    for said in ("Verslag van de sessie van 17 maart 2026", "Wifi op kantoor", "Afdeling netwerk", "Gemeente Elzen"):
        assert said in body
    assert "Berkum" not in body
    assert [button.label for button in at.get("download_button")] == [
        t("session_report.docx"),
        t("session_report.pptx"),
    ]

    # Read anew only when something changed: a new name is there at the next run.
    read = []
    summary = session_report.summary
    monkeypatch.setattr(session_report, "summary", lambda *a, **k: read.append(a) or summary(*a, **k))
    at.run()
    assert read == []
    with writing(engine()) as session:
        theme = session.exec(select(Theme.id).where(Theme.name_nl == "Laptops")).one()
        curation.rename(theme, "Werkplek", language="nl", session=session, actor="t")
    assert "Werkplek" in article(at.run())
    assert len(read) == 1


def test_in_english_with_hostile_words(app: App) -> None:
    at = app(PAGE, lang="en", example=False)
    workshop_id = held(engine(), name=HOSTILE, names=(HOSTILE, "B", "C"), decided=HOSTILE, all_closed=True)
    at.query_params["w"] = str(workshop_id)
    at.run()
    assert not at.exception
    body = article(at)
    assert "Report of the session of 17 March 2026" in body
    assert "<script>" not in body
    assert "&lt;script&gt;" in body
    # The title is markdown: nothing in it may be alive.
    assert at.title[0].value.startswith(escape('=HYPERLINK("http://kwaad.example"'))
    # What the room said of being heard stands where promises are kept, with the way back to here.
    at = app("pages/replies.py", lang="en", example=False)
    assert not at.exception
    said = translator("en")("replies.felt_heard", n=12, high=12, mean="4.0")
    assert any(said in caption.value for caption in at.caption)
    links = [link.proto for link in at.get("page_link")]
    label = next(link.label for link in links if f"w={workshop_id}" in link.query_string)
    assert label.startswith(escape('=HYPERLINK("http'))
