"""`python tasks.py migration "what changes"`: write the next migration from the difference between tables and migrations."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from alembic import command

from feedback.store.engine import MIGRATIONS, _config, make_engine, migrate


def main(message: str) -> None:
    """Write the migration, with types that do not change when the code does."""
    number = f"{len(list((MIGRATIONS / 'versions').glob('*.py'))) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder).as_posix()}/new.db")
        migrate(engine)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            command.revision(_config(connection), message=message, autogenerate=True, rev_id=number)
        engine.dispose()
    path = next((MIGRATIONS / "versions").glob(f"{number}_*.py"))
    text = path.read_text()
    text = text.replace("feedback.store.tables.UtcDateTime(timezone=True)", "sa.DateTime(timezone=True)")
    text = text.replace("sqlmodel.sql.sqltypes.AutoString", "sa.String")
    text = re.sub(r"^(import sqlmodel|from feedback\.store import tables|\s*# ###.*)\n", "", text, flags=re.MULTILINE)
    path.write_text(text)


if __name__ == "__main__":
    main(sys.argv[1])
