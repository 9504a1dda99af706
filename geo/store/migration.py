"""The revision of the tables: they are created or brought to the newest one when a process starts.

Migrations run in one transaction that holds a lock, so that several processes may start at once.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select

from geo.settings import DATABASE
from geo.store.errors import FOREIGN_STORE, NEWER_STORE, SchemaError
from geo.store.schema import VERSION_TABLE, metadata

MIGRATIONS: Final = Path(__file__).parent / "migrations"
NEWEST: Final = "head"
LOCK_NUMBER: Final = 0x41544C4153  # of the lock in PostgreSQL; other programs use other numbers
_alembic: Final = Lock()  # Alembic holds what it works on in a module


def migrate_tables(connection: Connection, revision: str = NEWEST) -> None:
    """Create the tables, or bring them to a revision, within the transaction of a connection.

    revision: the newest one, or an earlier one for a test of migrations. Raises SchemaError when
    the tables are newer than this program, or belong to another one.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK_NUMBER)))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    current = schema_revision(connection)
    if current == scripts.get_current_head() and revision == NEWEST:
        return
    if current is None and set(inspect(connection).get_table_names()) & set(metadata.tables):
        raise SchemaError(FOREIGN_STORE, setting=DATABASE.name)
    if current is not None and current not in {each.revision for each in scripts.walk_revisions()}:
        raise SchemaError(NEWER_STORE, setting=DATABASE.name)
    with _alembic:
        command.upgrade(config, revision)


def schema_revision(connection: Connection) -> str | None:
    """Return the revision of the tables; None where there are none."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()
