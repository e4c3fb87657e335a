"""The migrations make exactly the schema that `tables.py` describes, on both databases."""

from __future__ import annotations

import threading

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlmodel import SQLModel

from feedback.store import engine as store
from feedback.store.engine import make_engine, migrate, newest_version, schema_version


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)


def test_from_nothing_to_what_the_code_says(empty_db: Engine) -> None:
    assert schema_version(empty_db) is None
    migrate(empty_db)
    assert schema_version(empty_db) == newest_version()
    assert differences(empty_db) == []


def test_migrating_again_changes_nothing(empty_db: Engine) -> None:
    migrate(empty_db)
    migrate(empty_db)
    assert differences(empty_db) == []


def test_down_to_nothing_and_up_again(empty_db: Engine) -> None:
    migrate(empty_db)
    with empty_db.connect().execution_options(writes=True) as connection, connection.begin():
        command.downgrade(store._config(connection), "base")
    assert set(inspect(empty_db).get_table_names()) == {"alembic_version"}
    migrate(empty_db)
    assert differences(empty_db) == []


def test_servers_that_start_at_once_migrate_once(empty_db: Engine) -> None:
    errors: list[Exception] = []
    together = threading.Barrier(3)

    def start() -> None:
        engine = make_engine(empty_db.url.render_as_string(False))
        try:
            together.wait()
            migrate(engine)
        except Exception as error:
            errors.append(error)
        finally:
            engine.dispose()

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert differences(empty_db) == []
