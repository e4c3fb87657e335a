"""The hardened server around `streamlit_app.py`: preload, headers, health.

Started by `python -m feedback serve` or `streamlit run feedback/server.py`. It adds hardening, never
function: the product also works with `streamlit run streamlit_app.py`.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import importlib
import logging
import os
import pkgutil
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
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

from feedback.web import Compress, Harden, OnlyPhones  # noqa: E402

log = logging.getLogger("feedback.server")

FRAMES = ("remarks", "scores", "themes", "areas", "sessions", "organisations", "batches", "ideas")
# Training takes both cores for seconds: whoever opens a page right after the start goes first.
PATIENCE = 5.0
# A file for nobody: whatever an upload needs is loaded and trained by reading it.
SAMPLE = "opmerking\n" + "\n".join(["De laptop start traag op.", "The invoice was paid late."] * 4)
HEALTH_SECONDS = 5
# Whether other machines get the phones' pages only; `run` tells it to the file that Streamlit starts.
ONLY_PHONES = "KLANTPANEL_ROOM"
PHONE_PAGES = "feedback.phone.routes"
# Of mallopt(3): from how many bytes on an array goes back to the system when it is done with; how many pools threads share.
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
EVERY_NETWORK = "0.0.0.0"  # noqa: S104  (phones are on it; OnlyPhones stands before everything else)


def preload() -> None:
    """Load what people need before they ask: first pages and data, then what an upload trains; freeze it.

    `gc.freeze` takes what is loaded out of later collections: one took 170-300 ms with all imports
    (measured).
    """
    try:
        import feedback.ui

        for module in pkgutil.iter_modules(feedback.ui.__path__, "feedback.ui."):
            importlib.import_module(module.name)
        importlib.import_module(PHONE_PAGES)
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
    _of_the_c_library("malloc_trim", 0)


def _of_the_c_library(name: str, *values: int) -> None:
    """Call glibc where it is there; elsewhere memory is looked after otherwise."""
    with suppress(OSError, AttributeError, TypeError):
        getattr(ctypes.CDLL(None), name)(*values)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Close the pages folder, and preload while the first visitors come in."""
    # Streamlit's older discovery runs pages/x.py without the entry script for whoever comes first (measured).
    PagesManager.uses_pages_directory = False
    # Else each thread keeps what it freed for itself: 130 MB more with a full room (measured).
    _of_the_c_library("mallopt", M_ARENA_MAX, 2)
    # Else glibc keeps ever larger arrays for itself: 519 MB instead of 464 after `preload` (measured).
    _of_the_c_library("mallopt", M_MMAP_THRESHOLD, 1_048_576)
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


async def phones(request: Request) -> Response:
    """Answer a phone in a room; see `feedback.phone`."""
    # As above; beside the event loop, for phones come in all at once.
    routes = await asyncio.to_thread(importlib.import_module, PHONE_PAGES)
    answer: Response = await routes.endpoint().answer(request)
    return answer


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
        Route("/mee", phones),
        Route("/mee/{rest:path}", phones, methods=["GET", "POST"]),
        # A page's file is no address: without this it is a blank page.
        Route("/pages/{rest:path}", lambda _request: RedirectResponse("/")),
    ],
    middleware=[
        Middleware(Harden, shell=shell, language_of=language_of),
        *([Middleware(OnlyPhones)] if os.environ.get(ONLY_PHONES) == "1" else []),
        Middleware(Compress),
    ],
    on_script_error=on_error,
)


def run(port: int | None = None, address: str | None = None, *, room: bool = False) -> int:
    """Serve until stopped.

    Parameters
    ----------
    port : int, optional
    address : str, optional
        What to listen on; both from `.streamlit/config.toml` when left out.
    room : bool
        Whether to listen to the whole network, and give others than this machine the pages of phones only.

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
    if room:
        os.environ[ONLY_PHONES] = "1"
        # Named, or Streamlit asks a site on the internet for the address of this network.
        given |= {"--server.address": EVERY_NETWORK, "--browser.serverAddress": "localhost"}
    flags = [f"{name}={value}" for name, value in given.items() if value is not None]
    cli.main(["run", __file__, *flags], standalone_mode=False)
    return 0
