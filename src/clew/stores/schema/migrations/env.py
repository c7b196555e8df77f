"""How Alembic reaches the database: over the connection that ``migrating`` hands it."""

from alembic import context

from clew.stores.schema.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
