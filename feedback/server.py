"""The hardened server around `streamlit_app.py`: preload, headers, health.

Started by `python -m feedback serve` or `streamlit run feedback/server.py`. It adds hardening, never
function: the product also works with `streamlit run streamlit_app.py`.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
import os
import pkgutil
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, QueryParams
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Scope
from streamlit import file_util
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli

ROOT = Path(__file__).resolve().parents[1]
ENTRY = ROOT / "streamlit_app.py"
# `streamlit run feedback/server.py` puts this folder first on the path: `import feedback` would fail, and
# rooms such as `text` and `panel` would stand in the way of packages with that name.
sys.path[:] = [str(ROOT), *(part for part in sys.path if part not in (str(Path(__file__).parent), str(ROOT)))]

from feedback.web import Compress, Harden  # noqa: E402

log = logging.getLogger("feedback.server")

FRAMES = ("remarks", "scores", "themes", "areas", "sessions", "organisations", "batches", "ideas")
# Training takes both cores for seconds: whoever opens a page right after the start goes first.
PATIENCE = 5.0
# A file for nobody: whatever an upload needs is loaded and trained by reading it.
SAMPLE = "opmerking\n" + "\n".join(["De laptop start traag op.", "The invoice was paid late."] * 4)
HEALTH_SECONDS = 5


def preload() -> None:
    """Load what people need before they ask: first pages and data, then what an upload trains; freeze it.

    `gc.freeze` takes what is loaded out of later collections: one took 170-300 ms with all imports
    (measured).
    """
    try:
        import feedback.ui

        for module in pkgutil.iter_modules(feedback.ui.__path__, "feedback.ui."):
            importlib.import_module(module.name)
        from feedback import pipeline
        from feedback.ui import savings_found
        from feedback.ui.data import database, snapshot

        data = snapshot()
        for frame in FRAMES:
            getattr(data, frame)
        savings_found.found(data)
        gc.freeze()
        time.sleep(PATIENCE)
        pipeline.prepare("preload.csv", SAMPLE.encode(), engine=database())
    except Exception:
        # A server without its database must start: /healthz says what is wrong, and pages tell people.
        log.exception("preload failed; the server goes on without it")
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Close the pages folder, and preload while the first visitors come in."""
    # Streamlit's older discovery runs pages/x.py without the entry script for whoever comes first (measured).
    PagesManager.uses_pages_directory = False
    # Not awaited: the port answers while models train.
    threading.Thread(target=preload, name="preload", daemon=True).start()
    yield


def database_answers() -> None:
    """Open the database and look for the schema of this code; raises when either is missing."""
    from feedback.store.engine import engine, newest_version, schema_version

    base = engine()
    file = base.url.database if base.dialect.name == "sqlite" else None
    # SQLite goes on with a file that was deleted, and a new connection would quietly make an empty one.
    if file and file != ":memory:" and not Path(file).exists():
        raise FileNotFoundError(file)
    if schema_version(base) != newest_version():
        raise RuntimeError("the database stands at another migration than this code")


async def healthz(_request: Request) -> Response:
    """Answer 200 when the database answers, 503 when it does not.

    Streamlit answers every unknown path with 200 and its page, so only a path of our own can tell.
    """
    status, code = "ok", 200
    try:
        await asyncio.wait_for(asyncio.to_thread(database_answers), HEALTH_SECONDS)
    except Exception as error:
        log.error("health: %s: %s", type(error).__name__, error)
        status, code = "database unavailable", 503
    return JSONResponse({"status": status}, code, {"Cache-Control": "no-store"})


async def notes(request: Request) -> Response:
    """Take in what a form sends by itself; see `feedback.api`."""
    # Later than the start: it brings in everything that an upload needs.
    from feedback.api import endpoint

    return await endpoint(request)


def language_of(scope: Scope) -> str:
    """Give the language of a request: of its link, else of the browser, else of the installation."""
    from feedback.i18n import as_language
    from feedback.settings import settings

    browser = Headers(scope=scope).get("accept-language", "").split(",")[0]
    asked = QueryParams(scope["query_string"]).get("lang") or browser
    return as_language(asked, default=as_language(settings().language))


def on_error(error: Exception) -> bool:
    """Tell a person about an error nobody foresaw, with the number under which the log has its traceback."""
    from feedback.ui.page import Page, current_user, language, report

    report(Page(key="app", lang=language(), user=current_user()), error)
    return True


shell = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
app = st.App(
    ENTRY,
    lifespan=lifespan,
    routes=[
        Route("/healthz", healthz),
        # Every method, for it answers the others itself: with what is meant, and not at all when it is off.
        Route("/api/notes", notes, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
        # A page's file is no address: without this it is a blank page.
        Route("/pages/{rest:path}", lambda _request: RedirectResponse("/")),
    ],
    middleware=[
        Middleware(Harden, shell=shell, language_of=language_of),
        Middleware(Compress),
    ],
    on_script_error=on_error,
)


def run(port: int | None = None, address: str | None = None) -> int:
    """Serve until stopped.

    Parameters
    ----------
    port : int, optional
    address : str, optional
        What to listen on; both from `.streamlit/config.toml` when left out.

    Returns
    -------
    int
        Exit status.
    """
    from feedback.settings import settings

    # The same as `streamlit run feedback/server.py` in the project's folder, where Streamlit looks for its settings;
    # `app.run` would not read those in the environment (measured).
    os.chdir(ROOT)
    given = {"--server.port": port, "--server.address": address, "--server.maxUploadSize": 3 * settings().max_upload_mb}
    flags = [f"{name}={value}" for name, value in given.items() if value is not None]
    cli.main(["run", __file__, *flags], standalone_mode=False)
    return 0
