"""Each change leaves a row, and the rows name the state of the data."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlmodel import select

from feedback.store import audit
from feedback.store.engine import reading, writing
from feedback.store.tables import Audit


def version(engine: Engine) -> str:
    with reading(engine) as session:
        return audit.version(session=session)


def test_a_row_says_who_did_what_to_what(fresh_db: Engine) -> None:
    with writing(fresh_db) as session:
        audit.record(
            session=session, actor="Anna", act="rename", entity="theme", entity_id=3, after={"name_nl": "Wifi"}
        )
    with reading(fresh_db) as session:
        row = session.exec(select(Audit)).one()
    assert (row.actor, row.act, row.entity, row.entity_id) == ("Anna", "rename", "theme", 3)
    assert (row.before, row.after) == ({}, {"name_nl": "Wifi"})


def test_an_empty_panel_has_a_version(fresh_db: Engine) -> None:
    assert version(fresh_db) == "0-0"


def test_every_change_gives_a_new_version(fresh_db: Engine) -> None:
    seen = {version(fresh_db)}
    for _ in range(3):
        with writing(fresh_db) as session:
            audit.record(session=session, actor="Anna", act="rename", entity="theme")
        seen.add(version(fresh_db))
    assert len(seen) == 4


def test_what_changed_since_a_state_is_told_by_kind(fresh_db: Engine) -> None:
    since = []
    for entity in ("batch", "theme", "remark"):
        since.append(version(fresh_db))
        with writing(fresh_db) as session:
            audit.record(session=session, actor="Anna", act="move", entity=entity)
    with reading(fresh_db) as session:
        assert not audit.only_about(("theme", "remark"), since=since[0], session=session)
        assert audit.only_about(("theme", "remark"), since=since[1], session=session)
        assert not audit.only_about(("theme",), since=since[1], session=session)
        # Rows were taken out since.
        assert not audit.only_about(("theme", "remark"), since="1-2", session=session)


def test_no_row_without_its_change(fresh_db: Engine) -> None:
    before = version(fresh_db)
    try:
        with writing(fresh_db) as session:
            audit.record(session=session, actor="Anna", act="rename", entity="theme")
            session.flush()
            raise RuntimeError
    except RuntimeError:
        pass
    assert version(fresh_db) == before


def test_who_started_first_and_stored_last_gives_a_new_version_too(postgres_db: Engine) -> None:
    with writing(postgres_db) as slow:
        audit.record(session=slow, actor="Anna", act="import", entity="batch")
        slow.flush()
        with writing(postgres_db) as quick:
            audit.record(session=quick, actor="Bas", act="rename", entity="theme")
        between = version(postgres_db)
    assert version(postgres_db) != between


def test_numbers_are_never_given_twice(fresh_db: Engine) -> None:
    for _ in range(2):
        with writing(fresh_db) as session:
            audit.record(session=session, actor="Anna", act="rename", entity="theme")
            session.flush()
            for row in session.exec(select(Audit)).all():
                session.delete(row)
    with writing(fresh_db) as session:
        audit.record(session=session, actor="Anna", act="rename", entity="theme")
    with reading(fresh_db) as session:
        assert session.exec(select(Audit.id)).one() == 3
