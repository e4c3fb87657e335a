"""A backup of either database brings everything back in either; a file that cannot be used changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlmodel import SQLModel

from feedback.i18n import UserError
from feedback.store import audit, backup, engine
from feedback.store.engine import reading, writing
from feedback.store.tables import Audit, Organisation, SavingsEvidence, SavingsIdea, SavingsLink
from feedback.themes import curation
from tests.builders import SmallPanel, add_organisation, add_remark, small_panel

Content = dict[str, list[dict[str, Any]]]


def content(engine: Engine) -> Content:
    """Every row of every table, but the audit rows of restoring."""
    found: Content = {}
    with engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            found[table.name] = [dict(row) for row in rows if row.get("act") != "restore"]
    return found


def fill(engine: Engine) -> SmallPanel:
    """A panel with something in every corner: history, a chain of merges, an idea, letters of every kind."""
    panel = small_panel(engine)
    with writing(engine) as session:
        add_remark("Café ’s ochtends: 100% naïef, “toch” €5 🙂 'quote'; --", session=session, saving_eur=0.1 + 0.2)
        idea = SavingsIdea(title="Mokken", eur_low=1200.5)
        session.add(idea)
        session.flush()
        session.add(SavingsEvidence(idea_id=idea.id or 0, remark_id=panel.remarks[0]))
        other = SavingsIdea(title="Zelf spoelen")
        session.add(other)
        session.flush()
        session.add(SavingsLink(idea_id=other.id or 0, other_id=idea.id or 0, kind="requires"))
    for act in (
        lambda session: curation.rename(panel.coffee, "Koffie", session=session, actor="Anna"),
        lambda session: curation.split(panel.coffee, panel.remarks[:2], "Bekers", session=session, actor="Anna"),
        # Into a higher number, so that the rows cannot simply be stored in their order.
        lambda session: curation.merge(panel.coffee, panel.parking, session=session, actor="Anna"),
    ):
        with writing(engine) as session:
            act(session)
    return panel


def refused(engine: Engine, path: Path) -> str:
    before = content(engine)
    with pytest.raises(UserError) as error:
        backup.restore(engine, path)
    assert content(engine) == before
    assert error.value.message("nl") != error.value.key
    assert path.name in error.value.message("nl")
    return error.value.key


@pytest.fixture
def kept(fresh_db: Engine, tmp_path: Path) -> Path:
    """Give a backup of a filled database."""
    fill(fresh_db)
    path = tmp_path / "kopie.backup"
    backup.backup(fresh_db, path)
    return path


def test_restore_brings_everything_back(fresh_db: Engine, kept: Path) -> None:
    before = content(fresh_db)
    with writing(fresh_db) as session:
        add_remark("Kwam later.", session=session)
        add_organisation("Kwam later", session=session)
    backup.restore(fresh_db, kept)
    assert content(fresh_db) == before


def test_a_backup_of_either_database_fits_the_other(fresh_db: Engine, empty_db: Engine, kept: Path) -> None:
    rows = backup.restore(empty_db, kept, actor="Anna")
    found = content(empty_db)
    assert found == content(fresh_db)
    assert rows == sum(len(rows) for rows in found.values())


def test_what_comes_after_a_restore_gets_new_numbers(fresh_db: Engine, empty_db: Engine, kept: Path) -> None:
    backup.restore(empty_db, kept)
    highest = max(row["id"] for row in content(empty_db)["organisation"])
    with writing(empty_db) as session:
        assert add_organisation("Nieuw", session=session) == highest + 1
        add_remark("Nieuw.", session=session)
        curation.create("Nieuw", session=session, actor="Anna")


def test_restore_into_nothing_at_all(empty_db: Engine, sqlite_db: Engine, tmp_path: Path) -> None:
    fill(sqlite_db)
    backup.backup(sqlite_db, tmp_path / "kopie.backup")
    backup.restore(empty_db, tmp_path / "kopie.backup")
    assert content(empty_db) == content(sqlite_db)


def test_an_empty_panel_has_a_backup_too(empty_db: Engine, tmp_path: Path) -> None:
    engine.migrate(empty_db)
    assert backup.backup(empty_db, tmp_path / "leeg") == 0
    assert backup.restore(empty_db, tmp_path / "leeg") == 0
    with writing(empty_db) as session:
        assert add_organisation(session=session) == 1


def test_undo_works_after_a_restore(fresh_db: Engine, kept: Path) -> None:
    backup.restore(fresh_db, kept)
    with writing(fresh_db) as session:
        events = session.execute(text("SELECT max(id) FROM theme_event")).scalar_one()
        assert curation.undo(events, session=session, actor="Anna") == 0


def test_restore_never_repeats_a_version_that_pages_have_kept(fresh_db: Engine, tmp_path: Path) -> None:
    def version() -> str:
        with reading(fresh_db) as session:
            return audit.version(session=session)

    path = tmp_path / "kopie.backup"
    seen = [version()]
    backup.backup(fresh_db, path)
    for turn in range(3):
        for at in range(turn + 1):
            with writing(fresh_db) as session:
                curation.create(f"Thema {turn} {at}", session=session, actor="Anna")
            seen.append(version())
        backup.restore(fresh_db, path, actor="Anna")
        seen.append(version())
    assert len(set(seen)) == len(seen)


def test_restore_leaves_a_row_that_says_who(fresh_db: Engine, kept: Path) -> None:
    backup.restore(fresh_db, kept, actor="Anna")
    with reading(fresh_db) as session:
        row = session.execute(select(Audit).where(Audit.act == "restore")).scalar_one()
        assert (row.actor, row.entity, row.after["file"]) == ("Anna", "database", "kopie.backup")


def test_a_backup_is_one_file_that_only_its_owner_reads(fresh_db: Engine, kept: Path) -> None:
    assert [path.name for path in kept.parent.iterdir() if "backup" in path.name] == ["kopie.backup"]
    assert kept.stat().st_mode & 0o077 == 0


def test_a_backup_shows_one_moment(fresh_db: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(fresh_db)
    before, copy = content(fresh_db), backup._copy
    calls: list[str] = []

    def copy_while_others_work(table: Any, source: Any, target: Any) -> int:
        rows = copy(table, source, target)
        calls.append(table.name)
        if len(calls) == 1:
            with writing(fresh_db) as session:
                add_remark("Tijdens het kopiëren.", session=session)
                add_organisation("Tijdens het kopiëren", session=session)
        return rows

    monkeypatch.setattr(backup, "_copy", copy_while_others_work)
    backup.backup(fresh_db, tmp_path / "kopie.backup")
    monkeypatch.undo()
    backup.restore(fresh_db, tmp_path / "kopie.backup")
    assert content(fresh_db) == before


def test_a_backup_that_fails_leaves_the_earlier_one(
    fresh_db: Engine, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.read_bytes()
    monkeypatch.setattr(backup, "_copy", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        backup.backup(fresh_db, kept)
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir() if "backup" in path.name] == ["kopie.backup"]


def test_a_backup_does_not_overwrite_the_database(sqlite_db: Engine) -> None:
    with pytest.raises(UserError) as error:
        backup.backup(sqlite_db, Path(sqlite_db.url.database or ""))
    assert error.value.key == "backup.error.in_use"


def test_a_folder_that_is_not_there(fresh_db: Engine, tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        backup.backup(fresh_db, tmp_path / "weg" / "kopie.backup")
    assert error.value.key == "backup.error.unwritable"


# Files that cannot be used --------------------------------------------------------------------------------------------


def test_a_file_that_is_not_there(fresh_db: Engine, tmp_path: Path) -> None:
    assert refused(fresh_db, tmp_path / "weg.backup") == "backup.error.missing"
    assert refused(fresh_db, tmp_path) == "backup.error.missing"


def test_files_that_are_something_else(fresh_db: Engine, tmp_path: Path) -> None:
    letter, empty, database = tmp_path / "brief.txt", tmp_path / "leeg.txt", tmp_path / "ander.db"
    letter.write_text("Geachte heer, mevrouw,")
    empty.touch()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE theme (id INTEGER)")
    assert [refused(fresh_db, path) for path in (letter, empty, database)] == ["backup.error.foreign"] * 3


def test_a_database_that_is_not_a_backup(fresh_db: Engine, sqlite_db: Engine) -> None:
    assert refused(fresh_db, Path(sqlite_db.url.database or "")) == "backup.error.foreign"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_half_a_backup(fresh_db: Engine, kept: Path, share: float) -> None:
    half = kept.with_name("half.backup")
    half.write_bytes(kept.read_bytes()[: int(kept.stat().st_size * share)])
    assert refused(fresh_db, half) == "backup.error.damaged"


def test_a_backup_with_a_hole(fresh_db: Engine, kept: Path) -> None:
    data = bytearray(kept.read_bytes())
    for page in range(2, len(data) // 4096, 3):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    kept.write_bytes(data)
    assert refused(fresh_db, kept) == "backup.error.damaged"


def changed(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def test_a_backup_with_loose_ends(fresh_db: Engine, kept: Path) -> None:
    assert refused(fresh_db, changed(kept, "DELETE FROM note")) == "backup.error.damaged"


def test_a_backup_of_a_newer_version(fresh_db: Engine, kept: Path) -> None:
    newer = changed(kept, "UPDATE alembic_version SET version_num = '9999'")
    assert refused(fresh_db, newer) == "backup.error.newer"


def test_rows_that_do_not_fit(postgres_db: Engine, tmp_path: Path) -> None:
    backup.backup(postgres_db, tmp_path / "kopie.backup")
    small_panel(postgres_db)
    long = "INSERT INTO organisation (name, is_example) VALUES (hex(zeroblob(300)), 0)"
    assert refused(postgres_db, changed(tmp_path / "kopie.backup", long)) == "backup.error.rows"


def test_a_restore_that_stops_halfway_changes_nothing(
    fresh_db: Engine, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, before = backup._copy, content(fresh_db)
    calls: list[str] = []

    def stop(table: Any, source: Any, target: Any) -> int:
        calls.append(table.name)
        if len(calls) > 8:
            raise RuntimeError
        return copy(table, source, target)

    monkeypatch.setattr(backup, "_copy", stop)
    with pytest.raises(RuntimeError):
        backup.restore(fresh_db, kept)
    assert content(fresh_db) == before


def test_an_older_backup_is_migrated_first(
    fresh_db: Engine, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, untouched = content(fresh_db), kept.read_bytes()
    newer = tmp_path / "migrations"
    shutil.copytree(engine.MIGRATIONS, newer, ignore=shutil.ignore_patterns("__pycache__"))
    (newer / "versions" / "9999_later.py").write_text(
        f"revision, down_revision, branch_labels, depends_on = '9999', '{engine.newest_version()}', None, None\n"
        "from alembic import op\n"
        "def upgrade():\n"
        "    op.execute(\"UPDATE organisation SET name = name || ' (nieuw)'\")\n"
    )
    monkeypatch.setattr(engine, "MIGRATIONS", newer)
    monkeypatch.setattr(backup, "MIGRATIONS", newer)
    backup.restore(fresh_db, kept)
    assert engine.schema_version(fresh_db) == "9999"
    with reading(fresh_db) as session:
        names = session.execute(select(Organisation.name).order_by(Organisation.id)).scalars().all()  # type: ignore[arg-type]
    assert names == [f"{row['name']} (nieuw)" for row in before["organisation"]]
    assert kept.read_bytes() == untouched
