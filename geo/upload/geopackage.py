"""Tables of attributes in a GeoPackage, read by SQLite from memory; geometry is ignored.

A GeoPackage is a database (OGC 12-128). A database that is made to harm names other files, runs
endless queries or has faults in its pages. So nothing but plain tables is read, by one kind of
query, within limits on time, memory and length, and no function, view or other file is reachable.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from geo.text import N_, InputError
from geo.upload.files import RowCollector, SourceTable, UploadedFile, clean_line
from geo.upload.geojson import property_cell
from geo.upload.limits import limit_of
from geo.upload.workbook import sheet_error

SQLITE: Final = b"SQLite format 3\0"
STEPS: Final = 10_000  # of SQLite's machine between two looks at the clock
WAL: Final = slice(18, 20)  # bytes of the head that ask for a second file; 1 asks for none
GEOMETRY: Final = ("blob", "geom", "point", "linestring", "polygon", "curve", "surface")
# What a query may do: read columns of tables. Anything else is denied.
ALLOWED: Final = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
PRAGMAS: Final = ("table_info", "trusted_schema", "mmap_size", "cell_size_check", "cache_size")
SYSTEM: Final = ("gpkg_", "sqlite_", "rtree_", "idx_")
DAMAGED_PACKAGE: Final = N_(
    "The GeoPackage is damaged or encrypted, or takes too long to read. Save the layer again, or"
    " save its table of attributes as CSV."
)
NO_LAYER: Final = N_(
    "The GeoPackage has no table of attributes. Save the layer again, or save its table of"
    " attributes as CSV."
)


class GeoPackageReader:
    """An opened GeoPackage: the names of its tables, and any of them as a SourceTable.

    Raises InputError when it is damaged or holds no table.
    """

    def __init__(self, raw: UploadedFile) -> None:
        body = bytearray(raw.data)
        body[WAL] = b"\1\1"
        self._until = time.monotonic() + limit_of("query_milliseconds") / 1_000
        with _translate_faults():
            self._database = sqlite3.connect(":memory:")
            self._database.deserialize(bytes(body))  # copies the bytes and reads none of them
            self._restrict()
            self._database.execute("PRAGMA trusted_schema = OFF")
            self._database.execute("PRAGMA cell_size_check = ON")
            self._database.execute("PRAGMA mmap_size = 0")
            # A virtual table has no root page, so none is opened.
            query = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
            names = [name for (name,) in self._database.execute(query) if isinstance(name, str)]
        self.sheets = tuple(name for name in names if not name.lower().startswith(SYSTEM))
        if not self.sheets:
            raise InputError(NO_LAYER)

    def _restrict(self) -> None:
        """Set the limits of the connection, before the first query."""
        self._database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limit_of("file_bytes"))
        self._database.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000)
        self._database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        self._database.set_authorizer(_authorize)
        self._database.set_progress_handler(lambda: time.monotonic() > self._until, STEPS)

    def sheet_source(self, sheet: str) -> SourceTable:
        """Return the columns of one table but those of bytes, which hold geometry.

        Raises InputError when it does not exist, is damaged or exceeds a limit.
        """
        if sheet not in self.sheets:
            raise sheet_error(sheet, self.sheets)
        rows = RowCollector()
        with _translate_faults():
            described = f"PRAGMA table_info({_quote(sheet)})"
            columns = [
                str(name)
                for _, name, kind, *_ in self._database.execute(described)
                if not _is_geometry(str(kind))
            ]
            if not columns:
                raise InputError(NO_LAYER)
            rows.add_row([clean_line(name) for name in columns], 1)
            names = ", ".join(map(_quote, columns[: limit_of("columns") + 1]))
            most = limit_of("rows") + 1
            query = f"SELECT {names} FROM {_quote(sheet)} LIMIT {most}"
            records = self._database.execute(query).fetchall()
        for number, values in enumerate(records, start=2):
            rows.add_row([_cell_of(value) for value in values], number)
        return SourceTable("gpkg", rows.all_rows(), sheet=sheet, sheets=self.sheets)


def _authorize(action: int, first: str | None, *_: str | None) -> int:
    allowed = action in ALLOWED or (action == sqlite3.SQLITE_PRAGMA and first in PRAGMAS)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _is_geometry(kind: str) -> bool:
    """Return whether the type of a column is one of bytes or of geometry (OGC 12-128, annex G)."""
    kinds = (
        "blob",
        "geometry",
        "point",
        "linestring",
        "polygon",
        "curve",
        "surface",
        "geomcollection",
    )
    return any(word in kind.lower() for word in kinds)


def _cell_of(value: Any) -> str | float:
    return "" if isinstance(value, bytes) else property_cell(value)


def _quote(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


@contextmanager
def _translate_faults() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, MemoryError, OverflowError, UnicodeError) as error:
        raise InputError(DAMAGED_PACKAGE) from error
