"""The engine, sessions for reading and for writing, and migrations on start."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import make_url
from sqlmodel import Session, create_engine

from feedback.settings import settings

MIGRATIONS = Path(__file__).parent / "migrations"
# A fixed number so that two servers that start at once on one PostgreSQL migrate one after the other.
_MIGRATION_LOCK = 715_003_121
_start = threading.Lock()


def make_engine(url: str) -> Engine:
    """Make an engine for SQLite (WAL, one writer at a time, readers never wait) or PostgreSQL.

    Parameters
    ----------
    url : str
        SQLAlchemy URL.

    Returns
    -------
    Engine
    """
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
    # A tested fact (notes): WAL with a busy timeout lets 8 writers and a reader work without one refusal.
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 20})

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        # The driver's own transactions begin too late for BEGIN IMMEDIATE; ours begin in _begin.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=20000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # A writer takes the lock at once: upgrading a read later fails without waiting when another wrote in between.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@cache
def _engine_for(url: str) -> Engine:
    engine = make_engine(url)
    migrate(engine)
    return engine


def engine() -> Engine:
    """Give the engine of this process, with its database migrated.

    Returns
    -------
    Engine
    """
    with _start:
        return _engine_for(settings().database_url)


def _config(connection: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    config.attributes["connection"] = connection
    return config


def schema_version(engine: Engine) -> str | None:
    """Give the migration a database stands at; None for one without tables."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_version() -> str:
    """Give the migration that this code needs."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    assert head is not None
    return head


def migrate(engine: Engine) -> None:
    """Bring a database to the schema of this code; a no-op when it is there.

    Parameters
    ----------
    engine : Engine
    """
    if schema_version(engine) == newest_version():
        return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        # Whoever waited for the lock finds the work done: Alembic reads the version inside it.
        command.upgrade(_config(connection), "head")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a session to read from.

    Parameters
    ----------
    engine : Engine

    Yields
    ------
    Session
    """
    with Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Open a session whose changes are stored together at the end, or not at all.

    Parameters
    ----------
    engine : Engine

    Yields
    ------
    Session
        On SQLite it holds the write lock from its first statement, so keep it short: compute first, then write.
    """
    with engine.connect().execution_options(writes=True) as connection, Session(connection) as session:
        yield session
        session.commit()
