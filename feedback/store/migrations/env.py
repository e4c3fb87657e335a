"""Alembic's entry: runs migrations on the connection that `feedback.store.engine.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

import feedback.store.tables  # noqa: F401  (fills the metadata)

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    # SQLite cannot alter most things in place; batch mode rebuilds the table.
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
