"""Backup and restore, in one format for both databases.

A backup is a SQLite file: the schema as the migrations make it, with every row. So an older one can be migrated
before it is restored, and a panel moves from SQLite to PostgreSQL, or back, by a backup and a restore.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    Table,
    bindparam,
    create_engine,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import SQLModel

from feedback.i18n import UserError
from feedback.store.engine import MIGRATIONS, migrate
from feedback.store.tables import Audit, Forgotten, now

# Says in the file's header (bytes 68-71 of the SQLite format) that a file is one of ours: "KPBK".
APPLICATION_ID = int.from_bytes(b"KPBK", "big")
_CHUNK = 5000
FORGOTTEN = SQLModel.metadata.tables[str(Forgotten.__tablename__)]


def backup(engine: Engine, path: str | Path) -> int:
    """Write the whole database to a file, as it is at one moment, while others go on working.

    Parameters
    ----------
    engine : Engine
        Migrated.
    path : str or Path
        Replaced when it exists, at the very end: a backup that fails leaves the earlier one whole.

    Returns
    -------
    int
        Number of rows.

    Raises
    ------
    UserError
        When the file cannot be written, or is the database itself.
    """
    path = Path(path)
    if (
        engine.dialect.name == "sqlite"
        and engine.url.database
        and Path(engine.url.database).resolve() == path.resolve()
    ):
        raise UserError("backup.error.in_use", file=path.name)
    try:
        # Beside its destination: only there the last step, renaming, is one step. Others cannot read it.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
    except OSError as error:
        raise UserError("backup.error.unwritable", file=path.name, reason=error.strerror) from error
    draft = Path(name)
    try:
        rows = _fill(draft, engine)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise UserError("backup.error.unwritable", file=path.name, reason=error.strerror) from error
    finally:
        draft.unlink(missing_ok=True)
    return rows


def _fill(draft: Path, engine: Engine) -> int:
    file = _file_engine(draft)
    migrate(file)
    # One snapshot for all tables: what SQLite's transactions are by themselves, PostgreSQL's only when asked.
    snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if _is_postgres(engine) else {}
    with engine.connect().execution_options(**snapshot) as source, source.begin(), file.begin() as target:
        target.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        rows = sum(_copy(table, source, target) for table in SQLModel.metadata.sorted_tables)
    file.dispose()
    return rows


def restore(engine: Engine, path: str | Path, *, actor: str = "") -> int:
    """Replace everything in a database by what a backup holds; whatever goes wrong, the database is as before.

    Parameters
    ----------
    engine : Engine
        May be empty; is migrated.
    path : str or Path
        A backup of either database, made by this version or an older one. It is only read.
    actor : str
        For the audit table.

    Returns
    -------
    int
        Number of rows.

    Raises
    ------
    UserError
        When the file is not a backup, damaged, made by a newer version, or does not fit the database.
    """
    path = Path(path)
    _must_be_ours(path)
    with tempfile.TemporaryDirectory(prefix="klantpanel-") as folder:
        copy = Path(folder) / "backup.db"
        shutil.copyfile(path, copy)
        _must_be_whole(copy, path.name)
        file = _file_engine(copy)
        try:
            migrate(file)
            migrate(engine)
            with file.connect() as source, engine.connect().execution_options(writes=True) as target, target.begin():
                return _replace(source, target, actor, path.name)
        except (DataError, IntegrityError) as error:
            # The first line names the problem; the next ones repeat what a customer may have written.
            reason = str(error.orig).partition("\n")[0]
            raise UserError("backup.error.rows", file=path.name, reason=reason) from error
        finally:
            file.dispose()


def _replace(source: Connection, target: Connection, actor: str, file: str) -> int:
    tables = SQLModel.metadata.sorted_tables
    highest = target.scalar(select(func.max(Audit.id))) or 0
    # Whoever was forgotten since the backup was made stays forgotten.
    forgotten = [dict(row) for row in target.execute(select(FORGOTTEN)).mappings()]
    if _is_postgres(target):
        quoted = ", ".join(target.dialect.identifier_preparer.format_table(table) for table in tables)
        target.execute(text(f"TRUNCATE {quoted}"))
    else:
        for table in reversed(tables):
            target.execute(table.delete())
    rows = sum(_copy(table, source, target) for table in tables)
    known = set(target.scalars(select(FORGOTTEN.c.mark)))
    if added := [row for row in forgotten if row["mark"] not in known]:
        target.execute(insert(FORGOTTEN), added)
    # Pages keep what they read under the name of the highest audit id: this one was never there before.
    number = max(highest, target.scalar(select(func.max(Audit.id))) or 0) + 1
    row = {"id": number, "at": now(), "actor": actor, "act": "restore", "entity": "database", "entity_id": None}
    target.execute(insert(Audit), {**row, "before": {}, "after": {"file": file, "rows": rows}})
    if _is_postgres(target):
        for table in tables:
            _continue_numbering(table, target)
    return rows


def _copy(table: Table, source: Connection, target: Connection) -> int:
    """Copy the rows of a table; columns that point into the same table are filled when all its rows are there."""
    inward = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    pointers: list[dict[str, object]] = []
    count = 0
    result = source.execution_options(stream_results=True, yield_per=_CHUNK).execute(select(table))
    for part in result.mappings().partitions():
        rows = [dict(row) for row in part]
        for row in rows:
            found = {name: row[name] for name in inward}
            if any(value is not None for value in found.values()):
                pointers.append({"row_id": row["id"], **found})
                row.update(dict.fromkeys(inward))
        target.execute(insert(table), rows)
        count += len(rows)
    if pointers:
        pointed = update(table).where(table.c.id == bindparam("row_id"))
        target.execute(pointed.values({name: bindparam(name) for name in inward}), pointers)
    return count


def _continue_numbering(table: Table, target: Connection) -> None:
    """Let PostgreSQL number new rows after the highest restored one (SQLite does so by itself)."""
    column = table.autoincrement_column
    if column is None:
        return
    highest = target.scalar(select(func.max(column)))
    sequence = func.pg_get_serial_sequence(table.name, column.name)
    target.execute(select(func.setval(sequence, highest or 1, highest is not None)))


def _must_be_ours(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise UserError("backup.error.missing", file=path.name) from error
    if not header.startswith(b"SQLite format 3\0") or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise UserError("backup.error.foreign", file=path.name)


def _must_be_whole(copy: Path, name: str) -> None:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise UserError("backup.error.damaged", file=name) from error
    if not whole or loose or not version:
        raise UserError("backup.error.damaged", file=name)
    if version[0] not in {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}:
        raise UserError("backup.error.newer", file=name)


def _file_engine(path: Path) -> Engine:
    # Not `make_engine`: its journal mode leaves files beside this one, and a backup is one file.
    return create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)


def _is_postgres(bind: Engine | Connection) -> bool:
    return bind.dialect.name == "postgresql"
