"""Where the store is gone, slow, full or damaged it says so, and nothing saved is lost."""

from __future__ import annotations

import logging
import os
import signal
import stat
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_bytes

import psutil
import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from geo.store import (
    SlowStoreError,
    WorkspaceStore,
    browser_owner,
    create_key,
    database,
    database_of,
    faults,
)
from geo.text import InputError, StoreError

HERE = Path("/")


@pytest.fixture
def owner():
    return browser_owner(create_key())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "atlas.db"


@pytest.fixture
def file_store(path):
    found = WorkspaceStore(database.open_sqlite(path))
    yield found
    found.database.close()


@pytest.fixture
def postgresql_store(new_postgresql):
    """A store in PostgreSQL, and its address."""
    address = new_postgresql()
    found = database_of({"ATLAS_DATABASE": address}, HERE)
    yield WorkspaceStore(found), address
    found.close()


@pytest.fixture
def short_waiting(monkeypatch):
    """Wait for the store for a second, not for five."""
    for module in (database, faults):
        monkeypatch.setattr(module, "STORE_WAIT_SECONDS", 1)


# The setting.


def test_the_setting_names_a_file_or_a_server_or_nothing(tmp_path):
    assert database_of({}, tmp_path).path == tmp_path / ".build" / "atlas.db"
    for given, path in (
        ("sqlite:///kept/a.db", tmp_path / "kept" / "a.db"),
        ("sqlite:////x/y.db", Path("/x/y.db")),
    ):
        assert database_of({"ATLAS_DATABASE": given}, tmp_path).path == path
    for given in ("postgresql://u:p@h/n", "postgres://u:p@h/n", "postgresql+psycopg://u:p@h/n"):
        engine = database_of({"ATLAS_DATABASE": given}, tmp_path).engine
        assert str(engine.url) == "postgresql+psycopg://u:***@h/n"
    for nothing in ({"ATLAS_DATABASE": " None "}, {"ATLAS_KEEP": " OFF "}):
        assert database_of(nothing, tmp_path) is None
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InputError, match="ATLAS_KEEP: “no” is not valid"):
        database_of({"ATLAS_KEEP": "no"}, tmp_path)


@pytest.mark.parametrize(
    "given",
    [
        "atlas.db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///a.db?mode=ro",
        "sqlite://host/a.db",
        "mysql://user:hunter2@host/name",
        "postgresql+asyncpg://user:hunter2@host/name",
        "postgresql://user:hunter2@host",
        "postgresql://user:hunter2@host:port/name",
        "user:hunter2@host",
    ],
)
def test_a_setting_that_is_not_valid_stops_the_start_and_is_not_repeated(given):
    with pytest.raises(InputError, match="ATLAS_DATABASE is not valid") as caught:
        database_of({"ATLAS_DATABASE": given}, HERE)
    assert "hunter2" not in str(caught.value)


def test_a_password_is_in_no_message_and_no_log(caplog, owner):
    url = "postgresql://user:hunter2@127.0.0.1:1/name"
    store = WorkspaceStore(database_of({"ATLAS_DATABASE": url}, HERE))
    with caplog.at_level(logging.DEBUG), pytest.raises(StoreError, match="be reached") as caught:
        store.create(owner, "Plan", b"one")
    assert "connection" in caplog.text
    assert "hunter2" not in caplog.text + str(caught.value) + repr(store)


# What the file shows.


def test_only_its_owner_reads_the_file_and_it_shows_nothing(file_store, owner, path):
    words = "北京的数据".encode() * 40
    made = file_store.create(owner, "The plan of 2030", words, "a label of mine")
    secret = file_store.share(owner, made.id, "look", "for the ministry")
    ticket = file_store.issue_ticket(owner.secret)
    files = list(path.parent.iterdir())
    assert {file.name for file in files} == {"atlas.db", "atlas.db-shm", "atlas.db-wal"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    content = b"".join(file.read_bytes() for file in files)
    assert made.id.encode() in content
    for hidden in (
        "北京".encode(), b"The plan", b"a label", b"ministry", secret.encode(), ticket.encode(),
        owner.secret.encode(),
    ):  # fmt: skip
        assert hidden not in content


def folder_bytes(path):
    """All bytes of the files in the folder of a database."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def sealed_part(store):
    """Some bytes of the one part that a store has."""
    with store.database.reading() as connection:
        return connection.execute(text("select body from workspace_part")).scalar_one()[1000:1100]


def test_what_is_deleted_is_overwritten_and_the_file_shrinks(file_store, owner, path):
    made = file_store.create(owner, "Plan", token_bytes(500_000))
    assert sealed_part(file_store) in folder_bytes(path)
    file_store.delete(owner, made.id)
    file_store.purge()
    file_store.database.close()  # the last connection removes the log
    assert not path.with_name("atlas.db-wal").exists()
    assert path.stat().st_size < 200_000


def test_no_file_has_what_was_deleted_while_the_store_stays_open(file_store, owner, path):
    now = [file_store.now()]
    store = replace(file_store, now=lambda: now[0])

    def let_end(workspace):
        now[0] += owner.lasts_s + 1
        store.create(browser_owner(create_key()), "Other", b"x")

    for name, remove in {
        "delete": lambda workspace: store.delete(owner, workspace),
        "delete all": lambda workspace: store.delete_all(owner),
        "ended": let_end,
    }.items():
        made = store.create(owner, "Plan", token_bytes(500_000))
        kept = sealed_part(store)
        assert kept in folder_bytes(path), name
        remove(made.id)
        content = folder_bytes(path)
        assert kept not in content, name
        assert made.id.encode() not in content, name
        assert path.with_name("atlas.db-wal").stat().st_size == 0, name
        with store.database.writing() as connection:  # for the next case
            connection.execute(text("delete from workspace"))


def test_a_withdrawn_link_is_in_no_file(file_store, owner, path):
    made = file_store.create(owner, "Plan", b"one")
    file_store.share(owner, made.id, "look", "label")
    (link,) = file_store.list_links(owner, made.id)
    assert link.id.encode() in folder_bytes(path)
    file_store.withdraw(owner, made.id, link.id)
    assert link.id.encode() not in folder_bytes(path)


def test_a_deletion_waits_shortly_for_a_reader_and_the_next_write_erases(
    file_store, owner, path, monkeypatch
):
    monkeypatch.setattr(database, "STORE_ERASE_SECONDS", 0)
    made = file_store.create(owner, "Plan", token_bytes(500_000))
    kept = sealed_part(file_store)
    with file_store.database.reading() as connection:
        connection.execute(text("select count(*) from workspace")).scalar_one()
        file_store.delete(owner, made.id)
        assert kept in folder_bytes(path)  # the reader still sees it
    file_store.create(owner, "Other", b"x")
    assert kept not in folder_bytes(path)


def test_a_start_erases_what_a_killed_process_left(file_store, owner, path, monkeypatch):
    made = file_store.create(owner, "Plan", token_bytes(500_000))
    kept = sealed_part(file_store)
    monkeypatch.setattr(type(file_store.database), "_erase_removed", lambda _: None)
    file_store.delete(owner, made.id)
    assert kept in folder_bytes(path)
    monkeypatch.undo()
    following = WorkspaceStore(database.open_sqlite(path))
    following.prepare()
    assert kept not in folder_bytes(path)
    following.database.close()


# Gone.


def test_a_file_that_vanished_is_a_fault_and_comes_back_whole(file_store, owner, path):
    made = file_store.create(owner, "Plan", b"one")
    file_store.database.close()
    away = path.rename(path.with_name("away.db"))
    for act in (
        lambda: file_store.save(owner, made.id, b"two", 1),
        lambda: file_store.open(owner, made.id),
        lambda: file_store.list_workspaces(owner),
    ):
        with pytest.raises(StoreError, match="cannot be reached"):
            act()
    assert not path.exists()
    away.rename(path)
    assert file_store.open(owner, made.id).body == b"one"


def test_a_file_that_vanished_while_it_was_open_is_not_written(file_store, owner, path):
    made = file_store.create(owner, "Plan", b"one")
    path.rename(path.with_name("away.db"))
    with pytest.raises(StoreError, match="cannot be reached"):
        file_store.save(owner, made.id, b"two", 1)


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path, owner):
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "atlas.db", tmp_path):
        store = WorkspaceStore(database.open_sqlite(path))
        with pytest.raises(StoreError, match="cannot be reached"):
            store.create(owner, "Plan", b"one")
        store.database.close()


def test_a_server_that_came_back_is_used_again(postgresql_store, owner):
    store, address = postgresql_store
    made = store.create(owner, "Plan", b"one")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname ="
            " current_database() and pid != pg_backend_pid()"
        )
    assert store.open(owner, made.id).body == b"one"


# Slow.


def test_a_lock_that_is_not_released_is_waited_for_and_then_said(
    tmp_path, owner, short_waiting, caplog
):
    store = WorkspaceStore(database.open_sqlite(tmp_path / "atlas.db"))
    made = store.create(owner, "Plan", b"one")
    with store.database.writing():
        begun = time.monotonic()
        with pytest.raises(SlowStoreError, match="did not answer within 1 seconds"):
            store.save(owner, made.id, b"two", 1)
        assert 0.9 < time.monotonic() - begun < 4
        assert store.open(owner, made.id).body == b"one"  # reading waits for nobody
    assert "locked" in caplog.text
    assert store.save(owner, made.id, b"two", 1).number == 2
    store.database.close()


def test_a_row_that_is_locked_at_the_server_is_waited_for_and_then_said(
    short_waiting, postgresql_store, owner
):
    store, address = postgresql_store
    made = store.create(owner, "Plan", b"one")
    with psycopg.connect(address) as connection:
        connection.execute("select * from workspace for update")
        begun = time.monotonic()
        with pytest.raises(SlowStoreError, match="did not answer within 1 seconds"):
            store.save(owner, made.id, b"two", 1)
        assert 0.9 < time.monotonic() - begun < 4
        assert store.open(owner, made.id).body == b"one"
    assert store.save(owner, made.id, b"two", 1).number == 2


@contextmanager
def standing_still(store):
    """Stop the server of a store: what answers its idle connection, and the server itself."""
    with store.database.reading() as connection:
        process = connection.execute(text("select pg_backend_pid()")).scalar_one()
    # Processes of the server that these tests started: the one that answers, and its parent.
    parent = psutil.Process(process).ppid()
    for each in (process, parent):
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in (process, parent):
            os.kill(each, signal.SIGCONT)


@pytest.mark.timed
def test_a_server_that_stands_still_is_given_up_within_five_seconds(postgresql_store, owner):
    store, _ = postgresql_store
    made = store.create(owner, "Plan", b"one")
    with standing_still(store):
        for act in (
            lambda: store.open(owner, made.id),  # by the connection that is kept
            lambda: store.save(owner, made.id, b"two", 1),  # by a new one
        ):
            begun = time.monotonic()
            with pytest.raises(StoreError, match="cannot be reached"):
                act()
            assert 1.5 < time.monotonic() - begun <= 5
    assert store.open(owner, made.id).body == b"one"
    assert store.save(owner, made.id, b"two", 1).number == 2


def stop_within_transaction(store, stopped):
    """Stop the process of the server that answers a transaction, and ask it again.

    stopped: gets its number and the time.
    """
    with store.database.writing() as connection:
        process = connection.execute(text("select pg_backend_pid()")).scalar_one()
        connection.execute(text("delete from workspace"))
        os.kill(process, signal.SIGSTOP)
        stopped.append((process, time.monotonic()))
        connection.execute(text("select 1"))


@pytest.mark.timed
def test_a_server_that_stops_within_a_transaction_is_given_up_within_five_seconds(
    postgresql_store, owner
):
    store, _ = postgresql_store
    made = store.create(owner, "Plan", b"one")
    stopped = []
    with pytest.raises(SlowStoreError):
        stop_within_transaction(store, stopped)
    ((process, begun),) = stopped
    seconds = time.monotonic() - begun
    os.kill(process, signal.SIGCONT)
    assert 4 < seconds < 5.1
    assert store.open(owner, made.id).body == b"one"


def test_more_threads_than_connections_wait_and_then_are_told(
    short_waiting, postgresql_store, owner
):
    store, _ = postgresql_store
    store.create(owner, "Plan", b"one")
    held = [store.database.engine.connect() for _ in range(store.database.engine.pool.size())]
    with pytest.raises(SlowStoreError):
        store.list_workspaces(owner)
    for connection in held:
        connection.close()
    assert len(store.list_workspaces(owner)) == 1


# Full and damaged.


def test_a_full_disk_is_said_and_what_was_saved_is_there(file_store, owner):
    made = file_store.create(owner, "Plan", b"one")

    @event.listens_for(file_store.database.engine, "checkout")
    def limit(connection, entry, proxy):
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count = {pages + 4}")

    for act in (
        lambda: file_store.save(owner, made.id, token_bytes(300_000), 1),
        lambda: file_store.create(owner, "Other", token_bytes(300_000)),
    ):
        with pytest.raises(StoreError, match="disk of this server is full"):
            act()
    assert file_store.open(owner, made.id).body == b"one"
    assert file_store.total_usage().workspaces == 1
    assert file_store.save(owner, made.id, b"two", 1).number == 2


def test_a_damaged_file_is_said(tmp_path, owner):
    path = tmp_path / "atlas.db"
    path.write_bytes(b"no database" * 1000)
    store = WorkspaceStore(database.open_sqlite(path))
    with pytest.raises(StoreError, match="is damaged"):
        store.create(owner, "Plan", b"one")
    assert path.read_bytes() == b"no database" * 1000
    store.database.close()


def test_damaged_pages_are_said(file_store, owner, path):
    made = file_store.create(owner, "Plan", token_bytes(200_000))
    file_store.database.close()
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\xff" * (len(content) - 4096 * 3)
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"is damaged|cannot be reached"):
        file_store.open(owner, made.id)


def test_mistakes_of_the_program_are_not_hidden(store):
    with pytest.raises(DBAPIError, match="nowhere"), store.database.writing() as connection:
        connection.execute(text("select nowhere from workspace"))
