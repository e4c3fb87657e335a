"""The report of a workshop from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation
from sqlalchemy import Engine

from feedback.__main__ import main
from feedback.settings import settings
from tests.reports.session_made import held


@pytest.fixture
def workshop(sqlite_db: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("DATABASE_URL", str(sqlite_db.url))
    settings.cache_clear()
    yield str(held(sqlite_db))
    settings.cache_clear()


def test_it_writes_both_files_in_the_language_asked_for(workshop: str, tmp_path: Path) -> None:
    docx, pptx = tmp_path / "verslag.docx", tmp_path / "verslag.pptx"
    assert main(["report", workshop, "--docx", str(docx), "--pptx", str(pptx), "--lang", "en"]) == 0
    assert Document(str(docx)).paragraphs[1].text == "Report of the session of 17 March 2026"
    assert Presentation(str(pptx)).slides[1].shapes.title.text_frame.text == "In short"


def test_it_says_what_is_missing(workshop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", workshop]) == 2
    assert main(["report", "123", "--docx", str(tmp_path / "a.docx")]) == 2
    assert main(["report", workshop, "--pptx", str(tmp_path / "no folder" / "a.pptx")]) == 2
    said = capsys.readouterr().err
    assert "--docx" in said
    assert "no folder" in said
    assert "Traceback" not in said
    with pytest.raises(SystemExit):
        main(["report", "9" * 30, "--docx", "a.docx"])
