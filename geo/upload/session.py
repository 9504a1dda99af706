"""The tables of one session: added, replaced, taken out; and which session is being served.

Nothing of them is kept outside of the value that a session holds. While a page runs, it says
whose tables they are with ``serve_session`` or ``using_tables``; what asks for measures meanwhile
sees them, and nobody else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Final

from geo.cells import Snapshot
from geo.errors import InputError
from geo.indicators import Measure
from geo.text import N_
from geo.upload import own
from geo.upload.choices import ImportOptions
from geo.upload.limits import check_limit
from geo.upload.own import MeasureDefinition
from geo.upload.raw import UploadedFile, quote_for_message
from geo.upload.understand import ParsedTable, parse_table

TOO_MANY: Final = N_("This session holds {most} tables, which is the most. Take one out first.")
TOO_MUCH: Final = N_(
    "The tables of this session would have more than {most} together. Take one out first."
)
SAME_TABLE: Final = N_(
    "The table “{name}” is already here, read in the same way. Change that one instead."
)
SAME_NAME: Final = N_("Two of your measures are called “{name}”. Give each a name of its own.")
SAME_SERIES: Final = N_(
    "“{name}” is made twice from the table “{table}” in the same way. Take one of the two back."
)
NO_TABLE: Final = N_("The table “{table}” is not in this session. Load it again.")


@dataclass(frozen=True)
class UploadedTable:
    """A table with what the reader decided about it and the measures made of it.

    It is understood when it is made, so one that cannot be understood, or a measure that it
    cannot give, raises InputError and never comes to be.
    """

    file: UploadedFile
    options: ImportOptions = field(default_factory=ImportOptions)
    measures: tuple[MeasureDefinition, ...] = ()
    understood: ParsedTable = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "understood", parse_table(self.file, self.options))
        if len(self.measures_by_id) < len(self.measures):
            ids = [own.uploaded_measure_id(self.id, one) for one in self.measures]
            twice = next(m for m, i in zip(self.measures, ids, strict=True) if ids.count(i) > 1)
            raise InputError(
                SAME_SERIES,
                name=quote_for_message(twice.name),
                table=quote_for_message(self.file.display_name),
            )

    @cached_property
    def id(self) -> str:
        """A checksum of the bytes, the name and the choices."""
        text = json.dumps([self.file.checksum, self.file.name, asdict(self.options)])
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @cached_property
    def measures_by_id(self) -> Mapping[str, tuple[Measure, MeasureDefinition]]:
        """The measures by id, each with the answers that it was made from."""
        measures = (own.build_measure(self.id, one, self.understood) for one in self.measures)
        return {
            measure.id: (measure, one) for measure, one in zip(measures, self.measures, strict=True)
        }


@dataclass(frozen=True)
class UploadedTables:
    """All tables of a session, in the order in which they came.

    Raises InputError when they are too many or too big together, when one comes twice, or when
    two measures have one name.
    """

    tables: tuple[UploadedTable, ...] = ()

    def __post_init__(self) -> None:
        check_limit("session_files", len(self.tables), TOO_MANY)
        check_limit(
            "session_bytes", sum(len(uploaded.file.data) for uploaded in self.tables), TOO_MUCH
        )
        seen: set[str] = set()
        for table in self.tables:
            if table.id in seen:
                raise InputError(SAME_TABLE, name=quote_for_message(table.file.display_name))
            seen.add(table.id)
        names: set[str] = set()
        for measure in self.all_measures.values():
            for name in {measure.name_en, measure.name_zh}:
                if name in names:
                    raise InputError(SAME_NAME, name=quote_for_message(name))
                names.add(name)

    def with_table(self, table: UploadedTable) -> UploadedTables:
        return UploadedTables((*self.tables, table))

    def without_table(self, table_id: str) -> UploadedTables:
        """Without one table. Raises InputError when it is not here."""
        gone = self.table_of(table_id)
        return UploadedTables(tuple(table for table in self.tables if table is not gone))

    def with_replaced(self, table_id: str, table: UploadedTable) -> UploadedTables:
        """With another table in the place of one. Raises InputError when that is not here."""
        old = self.table_of(table_id)
        return UploadedTables(
            tuple(table if uploaded is old else uploaded for uploaded in self.tables)
        )

    def table_of(self, table_id: str) -> UploadedTable:
        for table in self.tables:
            if table.id == table_id:
                return table
        raise InputError(NO_TABLE, table=quote_for_message(table_id))

    @cached_property
    def all_measures(self) -> Mapping[str, Measure]:
        """The measures of all tables by id."""
        return {
            measure_id: measure
            for table in self.tables
            for measure_id, (measure, _) in table.measures_by_id.items()
        }

    def table_and_definition(self, measure_id: str) -> tuple[UploadedTable, MeasureDefinition]:
        """The table and the answers that a measure is made from. Raises KeyError."""
        for table in self.tables:
            if measure_id in table.measures_by_id:
                return table, table.measures_by_id[measure_id][1]
        raise KeyError(measure_id)


NO_TABLES: Final = UploadedTables()
_CURRENT: ContextVar[UploadedTables] = ContextVar("own_tables", default=NO_TABLES)


def current_tables() -> UploadedTables:
    """The tables of the session that is being served; none where nobody has said which."""
    return _CURRENT.get()


def serve_session(tables: UploadedTables) -> None:
    """Serve a session with its tables from here on, in this thread alone.

    For a server that runs the pages of a session in threads of its own; ``using_tables`` where the
    end is known.
    """
    _CURRENT.set(tables)


@contextmanager
def using_tables(tables: UploadedTables) -> Iterator[None]:
    """Serve a session with its tables until the block ends.

    The rerun of a fragment runs the fragment alone: it needs a block of its own.
    """
    token = _CURRENT.set(tables)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def uploaded_snapshot(measure_id: str, year: int) -> Snapshot:
    """The cells of a measure of the session's own. Raises KeyError when it is none of them."""
    tables = current_tables()
    table, answers = tables.table_and_definition(measure_id)
    return own.build_snapshot(tables.all_measures[measure_id], answers, table.understood, year)
