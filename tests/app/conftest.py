"""Pages driven without a browser: `app` opens the product in a language, on an empty panel or on the example panel."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from feedback import demo, settings
from feedback.store.engine import make_engine, migrate

ROOT = Path(__file__).resolve().parents[2]
App = Callable[..., AppTest]


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the example panel, made once a worker."""
    path = tmp_path_factory.mktemp("example") / "example.db"
    engine = make_engine(f"sqlite:///{path.as_posix()}")
    migrate(engine)
    demo.load(engine, actor="test")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def app(tmp_path: Path, example_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """`app("pages/themes.py", lang="nl", example=True)` gives the page after its first run."""
    path = tmp_path / "panel.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path.as_posix()}")
    monkeypatch.setenv("KLANTPANEL_HASH_KEY", "test")
    settings.settings.cache_clear()
    st.cache_resource.clear()
    st.cache_data.clear()

    def open_page(page: str = "pages/overview.py", *, lang: str = "nl", example: bool = True, **query: str) -> AppTest:
        if example and not path.exists():
            shutil.copy(example_file, path)
        at = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        at.query_params["lang"] = lang
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        if page != "pages/overview.py":
            at.switch_page(page).run()
        assert not at.exception, at.exception
        return at

    yield open_page
    settings.settings.cache_clear()
