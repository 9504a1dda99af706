"""Alembic runs this to migrate the tables of the store on the connection of ``migrate_tables``."""

from alembic import context

from geo.store.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
