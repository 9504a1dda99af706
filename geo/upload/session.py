"""The tables of one session: added, replaced, taken out; and which session is being served.

Nothing of them is kept outside of the value that a session holds. While a page runs, it says
whose tables they are with ``serve`` or ``using``; what asks for measures meanwhile sees them, and
nobody else.
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
from geo.upload.choices import Choices
from geo.upload.limits import check
from geo.upload.own import OwnMeasure
from geo.upload.raw import Raw, echo
from geo.upload.understand import Understood, understand

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
class OwnTable:
    """A table with what the reader decided about it and the measures made of it.

    It is understood when it is made, so one that cannot be understood, or a measure that it
    cannot give, raises InputError and never comes to be.
    """

    raw: Raw
    choices: Choices = field(default_factory=Choices)
    measures: tuple[OwnMeasure, ...] = ()
    understood: Understood = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "understood", understand(self.raw, self.choices))
        if len(self.made) < len(self.measures):
            ids = [own.measure_id(self.id, one) for one in self.measures]
            twice = next(m for m, i in zip(self.measures, ids, strict=True) if ids.count(i) > 1)
            raise InputError(SAME_SERIES, name=echo(twice.name), table=echo(self.raw.shown))

    @cached_property
    def id(self) -> str:
        """A checksum of the bytes, the name and the choices."""
        said = json.dumps([self.raw.checksum, self.raw.name, asdict(self.choices)])
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @cached_property
    def made(self) -> Mapping[str, tuple[Measure, OwnMeasure]]:
        """The measures by id, each with the answers that it was made from."""
        found = (own.measure(self.id, one, self.understood) for one in self.measures)
        return {made.id: (made, one) for made, one in zip(found, self.measures, strict=True)}


@dataclass(frozen=True)
class OwnTables:
    """All tables of a session, in the order in which they came.

    Raises InputError when they are too many or too big together, when one comes twice, or when
    two measures have one name.
    """

    tables: tuple[OwnTable, ...] = ()

    def __post_init__(self) -> None:
        check("session_files", len(self.tables), TOO_MANY)
        check("session_bytes", sum(len(own.raw.data) for own in self.tables), TOO_MUCH)
        seen: set[str] = set()
        for table in self.tables:
            if table.id in seen:
                raise InputError(SAME_TABLE, name=echo(table.raw.shown))
            seen.add(table.id)
        names: set[str] = set()
        for made in self.measures.values():
            for name in {made.name_en, made.name_zh}:
                if name in names:
                    raise InputError(SAME_NAME, name=echo(name))
                names.add(name)

    def add(self, table: OwnTable) -> OwnTables:
        return OwnTables((*self.tables, table))

    def remove(self, table_id: str) -> OwnTables:
        """Without one table. Raises InputError when it is not here."""
        gone = self.table(table_id)
        return OwnTables(tuple(own for own in self.tables if own is not gone))

    def replace(self, table_id: str, table: OwnTable) -> OwnTables:
        """With another table in the place of one. Raises InputError when that is not here."""
        old = self.table(table_id)
        return OwnTables(tuple(table if own is old else own for own in self.tables))

    def table(self, table_id: str) -> OwnTable:
        for table in self.tables:
            if table.id == table_id:
                return table
        raise InputError(NO_TABLE, table=echo(table_id))

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """The measures of all tables by id."""
        return {
            measure_id: made
            for table in self.tables
            for measure_id, (made, _) in table.made.items()
        }

    def source(self, measure_id: str) -> tuple[OwnTable, OwnMeasure]:
        """The table and the answers that a measure is made from. Raises KeyError."""
        for table in self.tables:
            if measure_id in table.made:
                return table, table.made[measure_id][1]
        raise KeyError(measure_id)


NOTHING: Final = OwnTables()
_CURRENT: ContextVar[OwnTables] = ContextVar("own_tables", default=NOTHING)


def current() -> OwnTables:
    """The tables of the session that is being served; none where nobody has said which."""
    return _CURRENT.get()


def serve(tables: OwnTables) -> None:
    """Serve a session with its tables from here on, in this thread alone.

    For a server that runs the pages of a session in threads of its own; ``using`` where the end
    is known.
    """
    _CURRENT.set(tables)


@contextmanager
def using(tables: OwnTables) -> Iterator[None]:
    """Serve a session with its tables until the block ends.

    The rerun of a fragment runs the fragment alone: it needs a block of its own.
    """
    token = _CURRENT.set(tables)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def snapshot(measure_id: str, year: int) -> Snapshot:
    """The cells of a measure of the session's own. Raises KeyError when it is none of them."""
    tables = current()
    table, answers = tables.source(measure_id)
    return own.snapshot(tables.measures[measure_id], answers, table.understood, year)
