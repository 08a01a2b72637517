"""What Alembic runs: upgrade over the connection that ``store.database`` hands in, inside its transaction.

SQLite's DDL is transactional once we begin the transaction ourselves, so an upgrade that is killed leaves nothing.
"""

from alembic import context

from store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
