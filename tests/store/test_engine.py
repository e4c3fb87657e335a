"""Sessions store all or nothing, and people who write at once wait for each other."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, select

from feedback.store.engine import make_engine, reading, writing
from feedback.store.tables import Audit, Note, Organisation
from tests.builders import add_organisation


def names(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return sorted(session.exec(select(Organisation.name)).all())


def test_what_was_written_is_there(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        add_organisation("Gemeente Elzen", session=session)
    assert names(fresh_db) == ["Gemeente Elzen"]


def test_an_error_stores_nothing(fresh_db: Engine) -> None:
    with pytest.raises(RuntimeError), writing(fresh_db) as session:
        add_organisation("Gemeente Elzen", session=session)
        raise RuntimeError
    assert names(fresh_db) == []


def test_reading_stores_nothing(fresh_db: Engine) -> None:
    with reading(fresh_db) as session:
        add_organisation("Gemeente Elzen", session=session)
    assert names(fresh_db) == []


def test_a_reader_never_waits_for_a_writer(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        add_organisation("Gemeente Elzen", session=session)
        assert names(fresh_db) == []


def test_foreign_keys_hold(fresh_db: Engine) -> None:
    with pytest.raises(IntegrityError), writing(fresh_db) as session:
        session.add(Note(batch_id=10**6, row=1, text="Zwevend"))


def test_many_writers_at_once_lose_nothing(fresh_db: Engine) -> None:
    def write(writer: int) -> None:
        for at in range(5):
            with writing(fresh_db) as session:
                # A read first: without the lock at the start this is where SQLite would refuse.
                session.exec(select(Organisation.name)).all()
                add_organisation(f"Organisatie {writer}-{at}", session=session)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(fresh_db)) == 30


def test_sqlite_runs_in_wal_with_foreign_keys(sqlite_db: Engine) -> None:
    with sqlite_db.connect() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys")}
    assert found == {"journal_mode": "wal", "foreign_keys": 1}


def test_a_sqlite_writer_has_the_lock_from_its_first_statement(sqlite_db: Engine) -> None:
    hasty = make_engine(sqlite_db.url.render_as_string(False))
    with writing(sqlite_db) as session:
        session.exec(select(Organisation.name)).all()
        with hasty.connect().execution_options(writes=False) as connection:
            connection.execute(text("PRAGMA busy_timeout=10"))
            with pytest.raises(OperationalError, match="locked"):
                connection.execute(text("DELETE FROM organisation"))
    hasty.dispose()


def test_moments_come_back_in_utc(fresh_db: Engine) -> None:
    amsterdam = dt.timezone(dt.timedelta(hours=2))
    with writing(fresh_db) as session:
        session.add(Audit(act="test", entity="test", at=dt.datetime(2026, 6, 1, 12, 0, tzinfo=amsterdam)))
    with Session(fresh_db) as session:
        at = session.exec(select(Audit.at).where(Audit.act == "test")).one()
    assert at == dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC)
    assert at.utcoffset() == dt.timedelta(0)
