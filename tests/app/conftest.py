"""Pages driven without a browser: `app` opens the product in a language, on an empty panel or on the example panel."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test, local_script_runner

from feedback import settings

ROOT = Path(__file__).resolve().parents[2]
App = Callable[..., AppTest]
# Whether what pages keep is of the example panel as it ships; the next test then need not read and reckon it again.
_is_kept = False
# What an earlier run told of the pages: `switch_page` can then go to one before the first run, as a deep link does.
_pages: dict[str, Any] = {}


_scan = cache(manifest_scanner.scan_component_manifests)
_wait = local_script_runner.require_widgets_deltas


class _Pages(PagesManager):
    """What AppTest resets at every run, so that the setting of the class itself stays as the server has it."""


def _joined(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    if (thread := runner._script_thread) is not None:
        thread.join(timeout)
    _wait(runner, 0.1)


@pytest.fixture
def _as_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let AppTest take the entry script as the server does; it reads the installed packages once, and waits without asking all the time."""
    monkeypatch.setattr(app_test, "PagesManager", _Pages)
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", _scan)
    monkeypatch.setattr(local_script_runner, "require_widgets_deltas", _joined)


def _forget() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()


def _written(path: Path) -> tuple[int, int]:
    """Tell when a database was written to: in its file, and in the log that SQLite keeps beside it."""
    log = path.with_name(f"{path.name}-wal")
    return path.stat().st_mtime_ns, log.stat().st_size if log.exists() else 0


@pytest.fixture
def app(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    example_file: Path,
    empty_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    _as_served: None,
) -> Iterator[App]:
    """`app("pages/themes.py", lang="nl", example=True)` gives the page after its first run.

    The example panel is there from the start, so that a test can read it before it opens a page. What pages keep of it stays
    for the next test, unless a test wrote to it or changed the product meanwhile.
    """
    global _is_kept
    path = tmp_path / "panel.db"
    shutil.copyfile(example_file, path)
    before = _written(path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path.as_posix()}")
    monkeypatch.setenv("KLANTPANEL_HASH_KEY", "test")
    settings.settings.cache_clear()
    patched = "monkeypatch" in signature(request.function).parameters
    if patched or not _is_kept:
        _forget()
    emptied = opened = False

    def open_page(page: str = "pages/overview.py", *, lang: str = "nl", example: bool = True, **query: str) -> AppTest:
        nonlocal emptied, opened
        if not opened and _written(path) != before:
            _forget()
        opened = True
        if not example and not emptied:
            assert not path.with_name("panel.db-wal").exists(), "somebody reads the example panel already"
            shutil.copyfile(empty_file, path)
            emptied = True
        at = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        at.query_params["lang"] = lang
        for key, value in query.items():
            at.query_params[key] = value
        if page != "pages/overview.py":
            if not any(str(known["script_path"]).endswith(page) for known in _pages.values()):
                _pages.update(at.run()._registered_pages)
            at._registered_pages = dict(_pages)
            at.switch_page(page)
        at.run()
        assert not at.exception, at.exception
        return at

    yield open_page
    _is_kept = not patched and not emptied and _written(path) == before
    settings.settings.cache_clear()
