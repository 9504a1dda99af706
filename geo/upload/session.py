"""The uploaded tables of one session, and files of tables, which earlier versions wrote."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationError

from geo.task_processes import READING
from geo.text import N_, Fault, InputError, exactly, expect, list_faults
from geo.upload.files import UploadedFile, quote_for_message
from geo.upload.geojson import parse_json
from geo.upload.limits import check_limit
from geo.upload.measures import (
    MeasureDefinition,
    UploadedMeasure,
    build_measure,
    uploaded_measure_id,
)
from geo.upload.options import ImportOptions
from geo.upload.parsing import ParsedTable, parse_table

TOO_MANY: Final = N_("This session holds {most} tables, which is the limit. Remove one first.")
TOO_MUCH: Final = N_(
    "The tables of this session would have more than {most} together. Remove one first."
)
SAME_TABLE: Final = N_(
    "The table “{name}” is already here, read in the same way. Change that one instead."
)
SAME_NAME: Final = N_("Two of your measures are called “{name}”. Give each its own name.")
SAME_SERIES: Final = N_(
    "“{name}” is made twice from the table “{table}” in the same way. Remove one of the two."
)
NO_TABLE: Final = N_("The table “{table}” is not in this session. Load it again.")
TABLES_KIND: Final = "digital-china-atlas/upload-data"
VERSION: Final = 1
MISFIT: Final = N_(
    "The file is not a recipe of your data: {place} should be {expected}. Choose "
    "a file that was downloaded from the Data page."
)
TOO_BIG: Final = N_(
    "The file has more than {most}, which is too large for a recipe of your "
    "data. Choose a file that was downloaded from the Data page."
)


@dataclass(frozen=True)
class UploadedTable:
    """An uploaded table with its options and the measures made of it.

    It is parsed on creation: a table that cannot be parsed, or an invalid measure, raises
    InputError.
    """

    file: UploadedFile
    options: ImportOptions = field(default_factory=ImportOptions)
    measures: tuple[MeasureDefinition, ...] = ()
    understood: ParsedTable = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "understood", READING.run(parse_table, self.file, self.options))
        if len(self.measures_by_id) < len(self.measures):
            ids = [uploaded_measure_id(self.id, one) for one in self.measures]
            twice = next(m for m, i in zip(self.measures, ids, strict=True) if ids.count(i) > 1)
            raise InputError(
                SAME_SERIES,
                name=quote_for_message(twice.name),
                table=quote_for_message(self.file.display_name),
            )

    @cached_property
    def id(self) -> str:
        """A checksum of the bytes, the name and the options."""
        text = json.dumps([self.file.checksum, self.file.name, asdict(self.options)])
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @cached_property
    def measures_by_id(self) -> Mapping[str, UploadedMeasure]:
        """The measures by id."""
        name = self.file.display_name
        measures = (build_measure(self.id, one, self.understood, name) for one in self.measures)
        return {measure.id: measure for measure in measures}


@dataclass(frozen=True)
class UploadedTables:
    """All tables of a session, in the order of upload.

    Raises InputError when they are too many or too big together, when one occurs twice, or when
    two measures have the same name.
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
        """Return the tables without one. Raises InputError when it does not exist."""
        gone = self.table_of(table_id)
        return UploadedTables(tuple(table for table in self.tables if table is not gone))

    def with_replaced(self, table_id: str, table: UploadedTable) -> UploadedTables:
        """Return the tables with one replaced. Raises InputError when it does not exist."""
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
    def all_measures(self) -> Mapping[str, UploadedMeasure]:
        """The measures of all tables by id."""
        return {
            measure_id: measure
            for table in self.tables
            for measure_id, measure in table.measures_by_id.items()
        }

    def table_with(self, measure_id: str) -> UploadedTable:
        """Return the table that a measure is made from. Raises KeyError for an unknown one."""
        for table in self.tables:
            if measure_id in table.measures_by_id:
                return table
        raise KeyError(measure_id)


NO_TABLES: Final = UploadedTables()


def table_records(tables: UploadedTables) -> list[dict[str, Any]]:
    """Return each table as values of JSON, as ``TableInFile`` reads them."""
    return [
        {
            "name": table.file.name,
            "data": base64.b64encode(table.file.data).decode("ascii"),
            "choices": asdict(table.options),
            "measures": [asdict(measure) for measure in table.measures],
        }
        for table in tables.tables
    ]


def tables_from_json(data: bytes) -> UploadedTables:
    """Return the tables of a recipe file.

    Raises InputError when the file is too big, is no recipe (with the invalid place), or holds
    an invalid table, option or measure.
    """
    check_limit("recipe_bytes", len(data), TOO_BIG)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _misfit_error("1", "JSON") from None
    parse_json(text)  # refuses what is nested too deeply, keys that stand twice, and NaN
    try:
        document = TablesFile.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise _describe_fault(list_faults(error)[0]) from None
    return build_tables(document.tables)


def build_tables(records: Iterable[TableInFile]) -> UploadedTables:
    """Return the tables of a file. Raises InputError for an invalid table, option or measure."""
    tables = UploadedTables()
    for table in records:
        file = UploadedFile(table.name, table.data)
        tables = tables.with_table(UploadedTable(file, table.choices, table.measures))
    return tables


def _decode_base64(text: object) -> bytes:
    try:
        return base64.b64decode(text, validate=True)  # type: ignore[arg-type]  # TypeError is caught
    except (binascii.Error, TypeError, ValueError):
        raise expect("base64") from None


class TableInFile(BaseModel):
    """A table of a recipe file or a workspace file."""

    model_config = ConfigDict(extra="forbid")

    name: str
    data: Annotated[bytes, PlainValidator(_decode_base64)]
    choices: ImportOptions
    measures: tuple[MeasureDefinition, ...]


class TablesFile(BaseModel):
    """A recipe file of uploaded tables."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[str, exactly(TABLES_KIND)]
    version: Annotated[int, exactly(VERSION)]
    tables: tuple[TableInFile, ...]


def format_place(fault: Fault) -> str:
    """Return the place of a fault in a file, such as ``tables[0].name``; 1 for the whole file."""
    place = ""
    for part in fault.place:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else part
    return place or "1"


def _describe_fault(fault: Fault) -> InputError:
    return _misfit_error(format_place(fault), fault.expected)


def _misfit_error(place: str, expected: str) -> InputError:
    return InputError(MISFIT, place=quote_for_message(place), expected=expected)
