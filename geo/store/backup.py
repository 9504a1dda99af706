"""Backups: all workspaces in one file, from SQLite to PostgreSQL and back.

The file is JSON lines in gzip. The first line says what it is::

    {"kind": "digital-china-atlas/workspaces", "version": 1, "made": "2026-01-31T12:00:00Z"}

A line for each row follows, ``[table, {column: value}]``, with bytes in base64, in the order of
``BACKUP_TABLES``, so that what a row refers to comes before it. The last line has the number of
rows of each table, and the SHA-256 of all lines before it, unpacked::

    {"rows": {"workspace": 2, ...}, "sha256": "..."}

What is encrypted in the store is encrypted in the file: keys are in neither. Tickets, which last
for minutes, are not in the file.
"""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import IO, Any, Final

from sqlalchemy import Column, Connection, Table, delete, func, insert, select
from sqlalchemy.exc import DataError as BadValueError
from sqlalchemy.exc import IntegrityError

from geo.limits import BACKUP_BATCH_BYTES, BACKUP_ROWS_AT_ONCE, MAX_BACKUP_LINE_BYTES
from geo.store.database import Database
from geo.store.errors import (
    BACKUP_DAMAGED,
    FOREIGN_BACKUP,
    NEWER_BACKUP,
    STORE_NOT_EMPTY,
)
from geo.store.records import Usage
from geo.store.rows import total_usage
from geo.store.schema import grants, parts, versions, workspaces
from geo.text import InputError

KIND: Final = "digital-china-atlas/workspaces"
VERSION: Final = 1
BACKUP_TABLES: Final = {table.name: table for table in (workspaces, grants, versions, parts)}
COMPRESSION: Final = 1  # of gzip: encrypted bytes shrink only by what base64 adds

Row = dict[str, Any]


def write_backup(database: Database, file: IO[bytes], now: float) -> Usage:
    """Write all workspaces, as they are at this moment, into a file; return what they take.

    The memory that it needs does not grow with the store. now: seconds since 1970. Raises
    StoreError when the store cannot be read.
    """
    made = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    digest, counts = sha256(), dict.fromkeys(BACKUP_TABLES, 0)
    with (
        database.reading_all() as connection,
        gzip.GzipFile(fileobj=file, mode="wb", compresslevel=COMPRESSION, mtime=0) as packed,
    ):
        usage = total_usage(connection)
        for line in _backup_lines(connection, made, counts):
            digest.update(line)
            packed.write(line)
        packed.write(_json_line({"rows": counts, "sha256": digest.hexdigest()}))
    return usage


def _backup_lines(connection: Connection, made: str, counts: dict[str, int]) -> Iterator[bytes]:
    yield _json_line({"kind": KIND, "version": VERSION, "made": made})
    for name, table in BACKUP_TABLES.items():
        ordered = select(table).order_by(*table.primary_key.columns)
        rows = connection.execute(ordered.execution_options(yield_per=BACKUP_ROWS_AT_ONCE))
        for row in rows.mappings():
            counts[name] += 1
            yield _json_line([name, {key: _value_for_json(value) for key, value in row.items()}])


def _value_for_json(value: object) -> object:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _json_line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def read_backup(database: Database, file: IO[bytes], replace: bool = False) -> Usage:
    """Store the workspaces of a backup, all of them or nothing; return what they take.

    replace: remove all workspaces that are stored; otherwise the store has to be empty. Raises
    InputError when it is not, or when the file is no backup, is damaged, cut off or changed, or was
    written by a newer version.
    """
    with database.writing_all() as connection:
        if replace:
            connection.execute(delete(workspaces))
            database.note_removal()
        elif connection.execute(select(func.count()).select_from(workspaces)).scalar_one():
            raise InputError(STORE_NOT_EMPTY)
        try:
            with gzip.GzipFile(fileobj=file, mode="rb") as packed:
                _insert_rows(connection, packed)
        except gzip.BadGzipFile:
            raise InputError(FOREIGN_BACKUP) from None
        except (EOFError, zlib.error):
            raise InputError(BACKUP_DAMAGED) from None
        return total_usage(connection)


def _insert_rows(connection: Connection, packed: gzip.GzipFile) -> None:
    digest, counts = sha256(), dict.fromkeys(BACKUP_TABLES, 0)
    digest.update(_read_header(packed))
    batch: list[Row] = []
    table, size = workspaces, 0
    while True:
        line = packed.readline(MAX_BACKUP_LINE_BYTES)
        content = _parse_line(line)
        if isinstance(content, dict):  # the last line
            _insert_batch(connection, table, batch)
            if content != {"rows": counts, "sha256": digest.hexdigest()} or packed.read(1):
                raise InputError(BACKUP_DAMAGED)
            return
        digest.update(line)
        following, row = _parse_row(content)
        if following is not table or size + len(line) > BACKUP_BATCH_BYTES:
            _insert_batch(connection, table, batch)
            batch, table, size = [], following, 0
        batch.append(row)
        size += len(line)
        counts[table.name] += 1


def _read_header(packed: gzip.GzipFile) -> bytes:
    line = packed.readline(MAX_BACKUP_LINE_BYTES)
    try:
        header = json.loads(line)
    except ValueError:
        raise InputError(FOREIGN_BACKUP) from None
    if not isinstance(header, dict) or header.get("kind") != KIND:
        raise InputError(FOREIGN_BACKUP)
    version = header.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise InputError(NEWER_BACKUP)
    return line


def _parse_line(line: bytes) -> Any:
    if not line.endswith(b"\n"):
        raise InputError(BACKUP_DAMAGED)
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise InputError(BACKUP_DAMAGED) from None


def _parse_row(content: Any) -> tuple[Table, Row]:
    """Return a table and a row for it. Raises InputError when it does not fit the table."""
    try:
        name, values = content
        table = BACKUP_TABLES[name]
        row = {column.name: _parse_value(values[column.name], column) for column in table.columns}
    except (KeyError, TypeError, ValueError):
        raise InputError(BACKUP_DAMAGED) from None
    return table, row


def _parse_value(value: object, column: Column[Any]) -> object:
    """Return a value for a column. Raises ValueError when it is of another type."""
    expected = column.type.python_type
    if value is None and column.nullable:
        return None
    if expected is bytes and isinstance(value, str):
        return base64.b64decode(value, validate=True)
    if expected is float and type(value) is int:
        return float(value)
    if type(value) is not expected:
        raise ValueError
    return value


def _insert_batch(connection: Connection, table: Table, rows: list[Row]) -> None:
    try:
        if rows:
            connection.execute(insert(table), rows)
    except (BadValueError, IntegrityError, OverflowError):
        raise InputError(BACKUP_DAMAGED) from None
