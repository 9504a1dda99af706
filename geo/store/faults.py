"""Faults of the database as sentences for the reader; their reason goes into the log.

References: SQLite, "Result and Error Codes"; PostgreSQL 18, appendix A, "Error Codes".
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from geo.limits import STORE_WAIT_SECONDS
from geo.store.errors import DISK_FULL, SLOW, STORE_DAMAGED, UNREACHABLE, SlowStoreError
from geo.text import StoreError

SQLITE_SENTENCES: Final = {
    sqlite3.SQLITE_BUSY: SLOW,
    sqlite3.SQLITE_LOCKED: SLOW,
    sqlite3.SQLITE_CANTOPEN: UNREACHABLE,
    sqlite3.SQLITE_IOERR: UNREACHABLE,
    sqlite3.SQLITE_PERM: UNREACHABLE,
    sqlite3.SQLITE_PROTOCOL: UNREACHABLE,
    sqlite3.SQLITE_READONLY: UNREACHABLE,
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_CORRUPT: STORE_DAMAGED,
    sqlite3.SQLITE_NOTADB: STORE_DAMAGED,
}
POSTGRESQL_SENTENCES: Final = {
    "25P03": SLOW,  # idle in a transaction for too long
    "25P04": SLOW,  # a transaction that takes too long
    "40001": SLOW,  # two transactions that cannot both succeed
    "40P01": SLOW,  # a deadlock
    "42P01": UNREACHABLE,  # the tables are gone
    "53100": DISK_FULL,
    "53300": SLOW,  # too many connections
    "55P03": SLOW,  # a lock that is not free
    "57014": SLOW,  # a statement that takes too long
    "XX001": STORE_DAMAGED,
    "XX002": STORE_DAMAGED,
}
PRIMARY_CODE: Final = 0xFF  # of an extended result code of SQLite

log: Final = logging.getLogger(__name__)


@contextmanager
def raise_store_errors() -> Iterator[None]:
    """Turn faults of the database into StoreError. Mistakes of this program stay what they are."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError, psycopg.Error, sqlite3.Error, OSError) as error:
        sentence = _find_sentence(error)
        if not sentence:
            raise
        log.warning("store: %s", " ".join(str(getattr(error, "orig", error)).split()))
        if sentence == SLOW:
            raise SlowStoreError(SLOW, seconds=STORE_WAIT_SECONDS) from None
        raise StoreError(sentence) from None


def _find_sentence(error: Exception) -> str:
    """Return the sentence for a fault; empty for a mistake of this program."""
    reason = getattr(error, "orig", error)
    if isinstance(error, PoolTimeoutError) or isinstance(reason, psycopg.errors._WaitTimeout):
        return SLOW
    if isinstance(reason, sqlite3.Error):
        code = getattr(reason, "sqlite_errorcode", 0) & PRIMARY_CODE
        no_tables = str(reason).startswith("no such table")  # SQLite has no code for it
        return UNREACHABLE if no_tables else SQLITE_SENTENCES.get(code, "")
    found = POSTGRESQL_SENTENCES.get(getattr(reason, "sqlstate", None) or "")
    gone = isinstance(reason, (psycopg.OperationalError, OSError))
    return found or (UNREACHABLE if gone else "")
