"""The database of the store, SQLite or PostgreSQL: settings, connections, transactions.

References: SQLAlchemy 2.1, "Serializable isolation / Savepoints / Transactional DDL" of SQLite;
SQLite, "Write-Ahead Logging".
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import Any, Final

import psycopg
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from geo.limits import (
    STORE_CONNECT_SECONDS,
    STORE_CONNECTIONS_AT_ONCE,
    STORE_ERASE_SECONDS,
    STORE_WAIT_SECONDS,
)
from geo.settings import DATABASE, KEEP
from geo.store.faults import raise_store_errors
from geo.store.migration import migrate_tables
from geo.text import N_, InputError, StoreError

NONE: Final = "none"
KEEP_STATES: Final = ("on", "off")
SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"
DRIVERS: Final = {
    "sqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
READABLE_BY_OWNER: Final = 0o600
ENDLESS: Final = "endless"  # execution option: a transaction that may take long
WRITES: Final = "writes"  # execution option: a transaction that takes the lock of SQLite at once
MILLISECONDS: Final = 1000
SHARE_OF_SERVER: Final = 0.95  # of the time that a statement may take


@dataclass(frozen=True)
class Database:
    """The engine of a database, and the file where it is SQLite.

    Tables are created or migrated before the first transaction. Every method may be called by
    several threads and processes at the same time, and raises StoreError when the database is gone,
    slow, full, damaged, or of another program or version.
    """

    engine: Engine
    path: Path | None = None
    _prepared: list[bool] = field(default_factory=list, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)
    _removed: Event = field(default_factory=Event, repr=False, compare=False)

    def prepare(self) -> None:
        """Create or migrate the tables, once in a process."""
        with self._lock:
            if self._prepared:
                return
            with raise_store_errors():
                if self.path and not self.path.exists():
                    _create_sqlite_file(self.path)
                with self._begin({ENDLESS: True, WRITES: True}) as connection:
                    migrate_tables(connection)
            self._prepared.append(True)
        self._erase_removed()  # a process that was killed may have left what was deleted

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the database as it was when it began."""
        self.prepare()
        with raise_store_errors(), self._begin({**self._snapshot()}) as connection:
            yield connection

    @contextmanager
    def reading_all(self) -> Iterator[Connection]:
        """As reading, for as long as it takes, with rows that are sent as they are read."""
        self.prepare()
        options = {ENDLESS: True, "stream_results": True, **self._snapshot()}
        with raise_store_errors(), self._begin(options) as connection:
            yield connection

    @contextmanager
    def writing(self, owner: str = "") -> Iterator[Connection]:
        """A transaction that writes; none of it stays when it fails.

        owner: the hash of a key. Transactions of one owner wait for one another, so that quotas
        hold; SQLite lets only one write anyway.
        """
        self.prepare()
        with raise_store_errors(), self._begin({WRITES: True}) as connection:
            if owner and connection.dialect.name == POSTGRESQL:
                number = int.from_bytes(bytes.fromhex(owner)[:8], signed=True)
                connection.execute(select(func.pg_advisory_xact_lock(number)))
            yield connection
        if self._removed.is_set():
            self._erase_removed()

    @contextmanager
    def writing_all(self) -> Iterator[Connection]:
        """As writing, for as long as it takes."""
        self.prepare()
        with raise_store_errors(), self._begin({ENDLESS: True, WRITES: True}) as connection:
            yield connection
        if self._removed.is_set():
            self._erase_removed()

    def note_removal(self) -> None:
        """Note that the running transaction removes what is to be in no file after it."""
        self._removed.set()

    def _erase_removed(self) -> None:
        """Empty the log of SQLite, which has what was removed; the file itself is overwritten.

        While somebody reads an earlier state that is impossible: the next write tries again, and so
        do the end and the start of a process. What was removed is removed in any case, so a fault
        is only logged.
        """
        self._removed.clear()
        if self.path is None:
            return
        with suppress(StoreError), raise_store_errors(), self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            if not isinstance(raw, sqlite3.Connection):
                return
            _set_busy_timeout(raw, STORE_ERASE_SECONDS)
            try:
                busy, *_ = raw.execute("pragma wal_checkpoint(truncate)").fetchone()
            finally:
                _set_busy_timeout(raw, STORE_WAIT_SECONDS)
            if not busy:
                return
        self._removed.set()

    def shrink(self) -> None:
        """Give the room of what was removed back to the disk; PostgreSQL does that by itself."""
        if self.path is None:
            return
        with raise_store_errors(), self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            if isinstance(raw, sqlite3.Connection):
                # Each step gives one page back, and execute() takes one step alone.
                raw.executescript("pragma incremental_vacuum")

    def close(self) -> None:
        """Close the connections that are not used; the log of SQLite is emptied before."""
        if self._prepared:
            self._erase_removed()
        self.engine.dispose()

    def _snapshot(self) -> dict[str, object]:
        """Options of a transaction whose statements all see the same; SQLite has it anyway."""
        return {} if self.path else {"isolation_level": "REPEATABLE READ"}

    @contextmanager
    def _begin(self, options: Mapping[str, object]) -> Iterator[Connection]:
        with self.engine.connect() as opened:
            connection = opened.execution_options(**options)
            _limit_waiting(connection, 0 if options.get(ENDLESS) else STORE_WAIT_SECONDS)
            try:
                with connection.begin():
                    yield connection
            finally:
                if not connection.invalidated and not connection.closed:
                    _limit_waiting(connection, STORE_WAIT_SECONDS)
                    _await_sign_of_life(connection)


def database_of(settings: Mapping[str, str], root: Path) -> Database | None:
    """Return the database that the operator's settings name; None when nothing is stored.

    settings: the environment variables. root: the folder that a relative path starts from. Nothing
    is opened or created. Raises InputError for a setting that is not valid; it repeats no password.
    """
    word = KEEP.read(settings).strip().lower() or KEEP.default
    if word not in KEEP_STATES:
        raise InputError(
            N_("{setting}: “{given}” is not valid. Write on or off."),
            setting=KEEP.name,
            given=KEEP.read(settings),
        )
    text = DATABASE.read(settings).strip() or DATABASE.default
    if text.lower() == NONE or word == "off":
        return None
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise _invalid_setting() from None
    driver = DRIVERS.get(url.drivername)
    if driver is None or not url.database or url.database == ":memory:":
        raise _invalid_setting()
    url = url.set(drivername=driver)
    if url.get_backend_name() == SQLITE:
        if url.host or url.query:
            raise _invalid_setting()
        return open_sqlite(root / str(url.database))
    return open_postgresql(url)


def _invalid_setting() -> InputError:
    return InputError(
        N_(
            "{setting} is not valid. Write sqlite:///file.db, postgresql://user:password@host/name"
            " or none."
        ),
        setting=DATABASE.name,
    )


def open_sqlite(path: Path) -> Database:
    """Return the database in a file, which is created when it is used; its owner alone reads it."""
    # The file is opened for reading and writing and not created: a file that vanishes is a fault.
    engine = create_engine(
        URL.create(
            "sqlite+pysqlite",
            database=path.absolute().as_uri(),
            query={"mode": "rw", "uri": "true"},
        ),
        connect_args={"timeout": STORE_WAIT_SECONDS},
        hide_parameters=True,
        pool_size=STORE_CONNECTIONS_AT_ONCE,
        max_overflow=0,
        pool_timeout=STORE_WAIT_SECONDS,
    )

    @event.listens_for(engine, "connect")
    def prepare_connection(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # a transaction begins by the statement below alone
        for pragma in (
            "synchronous = full",  # what was saved outlives a loss of power
            "secure_delete = on",  # removed bytes are overwritten
            "foreign_keys = on",
        ):
            connection.execute(f"pragma {pragma}")
        entry.info["file"] = _file_identity(path)

    @event.listens_for(engine, "checkout")
    def check_file(connection: object, entry: ConnectionPoolEntry, proxy: object) -> None:
        # A removed file would go on to be written, and lost when the last process ends.
        if entry.info["file"] != _file_identity(path):
            raise DisconnectionError

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return Database(engine, path)


def _set_busy_timeout(connection: sqlite3.Connection, seconds: int) -> None:
    connection.execute(f"pragma busy_timeout = {seconds * MILLISECONDS}")


def _create_sqlite_file(path: Path) -> None:
    """Create a file with what cannot change later, whole: other processes may do the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
    os.close(handle)
    try:
        with closing(sqlite3.connect(name)) as connection:
            connection.execute("pragma auto_vacuum = incremental")  # it can shrink
            connection.execute("pragma journal_mode = wal")  # readers beside one writer
        with suppress(FileExistsError):
            path.hardlink_to(name)
    finally:
        Path(name).unlink()


def _file_identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


class WaitingConnection(psycopg.Connection[Any]):
    """A connection to PostgreSQL that gives up when no answer comes in time.

    The limits of the server do not help when the server itself stands still. wait_s: seconds, None
    for ever. Between transactions it is short: a server that does not answer whether it is there
    is asked once more by a new connection, and both together take less than a transaction may.
    """

    wait_s: float | None = STORE_CONNECT_SECONDS

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for an answer. Raises psycopg.OperationalError after ``wait_s`` seconds."""
        try:
            return super().wait(gen, interval, timeout or self.wait_s)
        except psycopg.errors._WaitTimeout:
            self.close()  # whatever comes later answers nobody
            raise


def open_postgresql(url: URL) -> Database:
    """Return a PostgreSQL database. Nothing is opened yet."""
    engine = create_engine(
        url,
        connect_args={
            "connect_timeout": STORE_CONNECT_SECONDS,
            # A machine that is gone does not confirm what was sent.
            "tcp_user_timeout": STORE_WAIT_SECONDS * MILLISECONDS,
            "application_name": "china-atlas",
        },
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=STORE_CONNECTIONS_AT_ONCE,
        max_overflow=0,
        pool_timeout=STORE_WAIT_SECONDS,
    )

    @event.listens_for(engine, "do_connect")
    def connect(dialect: object, entry: object, args: Any, options: Any) -> WaitingConnection:
        return WaitingConnection.connect(*args, **options)

    return Database(engine)


def _limit_waiting(connection: Connection, seconds: int) -> None:
    """Limit how long each statement and lock may take, 0 for ever; for PostgreSQL.

    SQLite waits for its one lock as its connection says.
    """
    raw = connection.connection.driver_connection
    if not isinstance(raw, WaitingConnection):
        return
    info = connection.info
    if info.get("limit_s") != seconds:
        info["limit_s"] = seconds
        # The server says what took long, so it has to give up first.
        limit = int(seconds * MILLISECONDS * SHARE_OF_SERVER)
        autocommit = raw.autocommit
        raw.set_autocommit(True)
        raw.execute(f"set statement_timeout = {limit}; set lock_timeout = {limit}")
        raw.set_autocommit(autocommit)
    raw.wait_s = seconds or None


def _await_sign_of_life(connection: Connection) -> None:
    """Let a connection to PostgreSQL that is not used wait for no more than a sign of life."""
    raw = connection.connection.driver_connection
    if isinstance(raw, WaitingConnection):
        raw.wait_s = STORE_CONNECT_SECONDS
