"""What was taken out of the database goes from the disk as well."""

from __future__ import annotations

import logging
from contextlib import closing

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from feedback.store.tables import Note

log = logging.getLogger(__name__)


def scrub(engine: Engine) -> bool:
    """Write the database anew, so that its file holds nothing that was taken out of it.

    Copies elsewhere (earlier backups, snapshots of the disk, a log that PostgreSQL archives) are not reached.

    Parameters
    ----------
    engine : Engine

    Returns
    -------
    bool
        False where others were at it for too long: what was taken out is in no table any more, and leaves the file the
        next time.
    """
    # The engine's own connections begin a transaction, in which no database can be written anew.
    with closing(engine.raw_connection()) as connection:
        driver = connection.driver_connection
        assert driver is not None
        try:
            if engine.dialect.name == "sqlite":
                driver.execute("VACUUM")
                return not driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            driver.rollback()
            driver.autocommit = True
            driver.execute("SET lock_timeout = '20s'")
            for table in Note.metadata.sorted_tables:
                # FULL: a plain one leaves the bytes in the pages until they are written over.
                driver.execute(f"VACUUM (FULL) {engine.dialect.identifier_preparer.format_table(table)}")
            return True
        except (engine.dialect.loaded_dbapi.Error, DBAPIError):
            log.exception("the database could not be written anew")
            return False
        finally:
            if engine.dialect.name != "sqlite":
                driver.execute("RESET lock_timeout")
                driver.autocommit = False
