"""What readers' browsers keep on the server: encrypted bytes by the hash of a key, for a week."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Final

from geo.limits import (
    DATABASE_WAIT_SECONDS,
    KEPT_SECONDS,
    MAX_ALL_KEPT_BYTES,
    MAX_KEPT_BYTES,
    MAX_UNPACKED_BYTES,
    MB,
)
from geo.store import ForgedError, decrypt, encrypt, hash_key
from geo.text import N_, InputError

TOO_MUCH: Final = N_(
    "Your data have more than {most} MB, too much to be kept: a reload of the page loses them."
    " Download the workspace file."
)
FULL: Final = N_(
    "This server has no room to keep your data: a reload of the page loses them. Download the"
    " workspace file."
)
UNAVAILABLE: Final = N_(
    "Your data could not be kept: a reload of the page loses them. Download the workspace file."
)
READABLE_BY_OWNER: Final = 0o600
COMPRESSION: Final = 1  # of zlib: tables shrink to a fifth, quickly
TABLE: Final = """
create table if not exists kept (
    name text primary key, body blob not null, revision integer not null, ends real not null
) without rowid
"""


@dataclass(frozen=True)
class KeptBytes:
    """What is kept for a key, and how often it was replaced."""

    body: bytes
    revision: int


@dataclass(frozen=True)
class KeptStore:
    """A SQLite file of encrypted bytes.

    path: the file, which only its owner can read. now: seconds since 1970. Every method may be
    called by several threads and processes at the same time.
    """

    path: Path
    now: Callable[[], float] = time

    def keep(self, key: str, body: bytes) -> int:
        """Keep bytes for a key in place of earlier ones; return their revision.

        Raises InputError when they are too many, the store is full, or the file cannot be
        written.
        """
        sealed = encrypt(zlib.compress(body, COMPRESSION), key)
        if len(sealed) > MAX_KEPT_BYTES:
            raise InputError(TOO_MUCH, most=MAX_KEPT_BYTES // MB)
        name, now = hash_key(key), self.now()
        with self._open() as database:
            database.execute("delete from kept where ends < ?", (now,))
            others = "select coalesce(sum(length(body)), 0) from kept where name != ?"
            if database.execute(others, (name,)).fetchone()[0] + len(sealed) > MAX_ALL_KEPT_BYTES:
                raise InputError(FULL)
            database.execute(
                "insert into kept values (?, ?, 1, ?) on conflict (name) do update set"
                " body = excluded.body, ends = excluded.ends, revision = revision + 1",
                (name, sealed, now + KEPT_SECONDS),
            )
            found = database.execute("select revision from kept where name = ?", (name,))
            return int(found.fetchone()[0])

    def fetch(self, key: str) -> KeptBytes | None:
        """Return what is kept for a key; None when there is nothing or it was damaged.

        Raises InputError when the file cannot be read.
        """
        with self._open() as database:
            row = database.execute(
                "select body, revision from kept where name = ? and ends >= ?",
                (hash_key(key), self.now()),
            ).fetchone()
        if row is None:
            return None
        try:
            return KeptBytes(_unpack(decrypt(row[0], key)), row[1])
        except (ForgedError, zlib.error):
            return None

    def find_revision(self, key: str) -> int:
        """Return the revision of what is kept for a key, 0 when there is nothing."""
        with self._open() as database:
            row = database.execute(
                "select revision from kept where name = ? and ends >= ?",
                (hash_key(key), self.now()),
            ).fetchone()
        return int(row[0]) if row else 0

    def forget(self, key: str) -> None:
        """Remove what is kept for a key. Raises InputError when the file cannot be written."""
        with self._open() as database:
            database.execute("delete from kept where name = ?", (hash_key(key),))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction, and create it where it does not exist."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(READABLE_BY_OWNER)
            with closing(sqlite3.connect(self.path, timeout=DATABASE_WAIT_SECONDS)) as database:
                # Removed bytes are overwritten, and the file shrinks.
                database.execute("pragma secure_delete = on")
                database.execute("pragma auto_vacuum = full")
                with database:
                    database.execute(TABLE)
                    yield database
        except (OSError, sqlite3.Error):
            raise InputError(UNAVAILABLE) from None


def _unpack(packed: bytes) -> bytes:
    """Return what was compressed, up to the limit. Raises zlib.error beyond it."""
    decoder = zlib.decompressobj()
    body = decoder.decompress(packed, MAX_UNPACKED_BYTES)
    if decoder.unconsumed_tail:
        raise zlib.error
    return body
