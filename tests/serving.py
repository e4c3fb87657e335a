"""A real server and a real browser, for the browser tests and the speed benchmark."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright

ROOT = Path(__file__).resolve().parents[1]
# Without a sandbox and with little shared memory, as root in a container is.
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
INSTALLED = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
CHANNELS = ("chrome", "msedge")


def launch(playwright: Playwright) -> Browser | None:
    """Open a browser: `CHROME`, an installed one, or Playwright's own; None where there is none."""
    paths = [os.environ.get("CHROME"), *(shutil.which(name) for name in INSTALLED)]
    for path in filter(None, paths):
        with suppress(Error):
            return playwright.chromium.launch(executable_path=path, args=FLAGS)
    for channel in (None, *CHANNELS):
        with suppress(Error):
            return playwright.chromium.launch(channel=channel, args=FLAGS)
    return None


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def environment(database: Path, **settings: str) -> dict[str, str]:
    """Give the environment of a process with a SQLite database of its own."""
    own = {"DATABASE_URL": f"sqlite:///{database.as_posix()}", "KLANTPANEL_HASH_KEY": "0" * 64}
    return {**os.environ, **own, "PYTHONUNBUFFERED": "1", **settings}


def status(url: str) -> int:
    """Give the HTTP status of an address; 0 where nothing answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@dataclass
class Server:
    url: str
    database: Path
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def wait(self, seconds: float = 60) -> None:
        """Wait until the database answers through the server."""
        end = time.monotonic() + seconds
        while status(f"{self.url}/healthz") != 200:
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the server did not come up:\n{self.log.read_text()}")
            time.sleep(0.1)


def start(folder: Path, *, database: Path | None = None, port: int | None = None, **settings: str) -> Server:
    """Start `feedback serve`, on a free port unless one is given; does not wait until it answers."""
    port, database, log = port or free_port(), database or folder / "panel.db", folder / "server.log"
    command = [sys.executable, "-m", "feedback", "serve", "--port", str(port), "--address", "127.0.0.1"]
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(database, **settings), stdout=out, stderr=subprocess.STDOUT
        )
    return Server(f"http://127.0.0.1:{port}", database, log, process)


def stop(server: Server) -> None:
    server.process.terminate()
    try:
        server.process.wait(10)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()


@contextmanager
def serving(folder: Path, *, database: Path | None = None, **settings: str) -> Iterator[Server]:
    """Run a server with a database of its own until the block ends."""
    server = start(folder, database=database, **settings)
    try:
        server.wait()
        yield server
    finally:
        stop(server)
