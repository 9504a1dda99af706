"""Tables are created and brought to the newest revision, and are what the schema says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from geo.store import WorkspaceStore, browser_owner, create_key, database_of
from geo.store.migration import migrate_tables, schema_revision
from geo.store.schema import VERSION_TABLE, activity, metadata, replaced_keys, sign_outs, tickets
from geo.text import StoreError

FIRST, NEWEST = "0001", "0005"


def open_again(settings):
    """The database as another process opens it."""
    return database_of(settings, Path("/"))


def differences(connection):
    options = {"version_table": VERSION_TABLE, "compare_type": True}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def test_an_empty_database_gets_the_tables_of_the_schema(database):
    database.prepare()
    with database.reading() as connection:
        assert schema_revision(connection) == NEWEST
        assert differences(connection) == []
        found = inspect(connection)
        assert set(found.get_table_names()) == {*metadata.tables, VERSION_TABLE}
        for table in metadata.tables.values():
            keys = found.get_foreign_keys(table.name)
            assert [key["options"].get("ondelete") for key in keys] == ["CASCADE"] * len(keys)


def test_a_difference_between_tables_and_schema_would_be_found(database):
    database.prepare()
    with database.writing() as connection:
        connection.execute(text("alter table workspace add column more integer"))
    with database.reading() as connection:
        assert [change[0] for change in differences(connection)] == ["remove_column"]


def test_a_database_of_the_first_revision_keeps_what_it_has(settings, clock):
    owner = browser_owner(create_key())
    store = WorkspaceStore(open_again(settings), clock)
    made = store.create(owner, "Plan", b"one")
    with store.database.writing() as connection:  # the tables as the first revision made them
        tickets.drop(connection)
        activity.drop(connection)
        replaced_keys.drop(connection)
        sign_outs.drop(connection)
        connection.execute(text(f"update {VERSION_TABLE} set version_num = '{FIRST}'"))
    store.database.close()
    again = WorkspaceStore(open_again(settings), clock)
    assert again.open(owner, made.id).body == b"one"
    assert again.redeem_ticket(again.issue_ticket("key")) == "key"
    with again.database.reading() as connection:
        assert schema_revision(connection) == NEWEST
        assert differences(connection) == []
    again.database.close()


def test_the_first_revision_lacks_what_later_ones_add_alone(database, monkeypatch):
    monkeypatch.setattr(
        "geo.store.database.migrate_tables", partial(migrate_tables, revision=FIRST)
    )
    database.prepare()
    with database.reading() as connection:
        assert schema_revision(connection) == FIRST
        added = [change[1].name for change in differences(connection) if change[0] == "add_table"]
    assert added == ["replaced_key", "sign_in_activity", "sign_out", "ticket"]


def test_a_newer_database_is_not_touched(settings):
    first = open_again(settings)
    first.prepare()
    with first.writing() as connection:
        connection.execute(text(f"update {VERSION_TABLE} set version_num = '9999'"))
    first.close()
    second = open_again(settings)
    with pytest.raises(StoreError, match="written by a newer version of this atlas"):
        second.prepare()
    with second.engine.connect() as connection:
        assert schema_revision(connection) == "9999"
    second.close()


def test_tables_of_another_program_are_not_touched(settings):
    first = open_again(settings)
    first.prepare()
    with first.writing() as connection:
        connection.execute(text(f"drop table {VERSION_TABLE}"))
    first.close()
    second = open_again(settings)
    with pytest.raises(StoreError, match="holds tables of another program"):
        second.prepare()
    second.close()


def test_a_migration_that_fails_leaves_nothing(database, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the disk went away")

    monkeypatch.setattr("alembic.op.create_index", fail)
    with pytest.raises(RuntimeError):
        database.prepare()
    monkeypatch.undo()
    with database.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    database.prepare()
    with database.reading() as connection:
        assert differences(connection) == []


def test_several_servers_start_at_the_same_time(settings):
    found = [open_again(settings) for _ in range(8)]
    with ThreadPoolExecutor(len(found)) as pool:
        list(pool.map(lambda database: database.prepare(), found))
    for database in found:
        with database.reading() as connection:
            assert schema_revision(connection) == NEWEST
        database.close()
