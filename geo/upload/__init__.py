"""Uploaded tables: read under limits, parsed, matched to provinces and turned into measures."""

from geo.upload.columns import Column, ColumnRole
from geo.upload.files import SourceTable, UploadedFile, cell_text, column_letters, quote_for_message
from geo.upload.geojson import parse_json
from geo.upload.limits import check_limit, format_limit, limit_of
from geo.upload.measures import (
    DIVISORS,
    PREFIX,
    MeasureDefinition,
    UploadedMeasure,
    divided_names,
    uploaded_measure_id,
    with_fitting_decimals,
)
from geo.upload.numbers import DecimalMark
from geo.upload.options import COMBINATIONS, NO_YEAR_COLUMN, TIME_STEPS, ImportOptions
from geo.upload.parsing import (
    FORMATS,
    SUFFIXES,
    FigureSeries,
    MissingValue,
    ParsedTable,
    read_source,
)
from geo.upload.periods import FIRST_YEAR, LAST_YEAR, format_period
from geo.upload.preview import preview_series
from geo.upload.rows import RowOutcome, RowReport
from geo.upload.session import (
    NO_TABLES,
    TABLES_KIND,
    TableInFile,
    UploadedTable,
    UploadedTables,
    build_tables,
    format_place,
    table_records,
    tables_from_json,
)
from geo.upload.summary import WAYS, Decision, list_decisions, summarise_file
from geo.upload.template import template_csv, template_xlsx
from geo.upload.wording import (
    DELIMITER_NAMES,
    KEPT_FOR_PERSON_NOTE,
    KEPT_NOTE,
    NOT_IN_INDEX,
    NOTATIONS,
    OUTCOME_NAMES,
    ROLE_NAMES,
    UNCHECKED_NOTE,
    UNKEPT_NOTE,
    column_title,
    describe_outcome,
    encoding_name,
    notation_example,
    uploaded_definition,
)

__all__ = [
    "COMBINATIONS",
    "DELIMITER_NAMES",
    "DIVISORS",
    "FIRST_YEAR",
    "FORMATS",
    "KEPT_FOR_PERSON_NOTE",
    "KEPT_NOTE",
    "LAST_YEAR",
    "NOTATIONS",
    "NOT_IN_INDEX",
    "NO_TABLES",
    "NO_YEAR_COLUMN",
    "OUTCOME_NAMES",
    "PREFIX",
    "ROLE_NAMES",
    "SUFFIXES",
    "TABLES_KIND",
    "TIME_STEPS",
    "UNCHECKED_NOTE",
    "UNKEPT_NOTE",
    "WAYS",
    "Column",
    "ColumnRole",
    "DecimalMark",
    "Decision",
    "FigureSeries",
    "ImportOptions",
    "MeasureDefinition",
    "MissingValue",
    "ParsedTable",
    "RowOutcome",
    "RowReport",
    "SourceTable",
    "TableInFile",
    "UploadedFile",
    "UploadedMeasure",
    "UploadedTable",
    "UploadedTables",
    "build_tables",
    "cell_text",
    "check_limit",
    "column_letters",
    "column_title",
    "describe_outcome",
    "divided_names",
    "encoding_name",
    "format_limit",
    "format_period",
    "format_place",
    "limit_of",
    "list_decisions",
    "notation_example",
    "parse_json",
    "preview_series",
    "quote_for_message",
    "read_source",
    "summarise_file",
    "table_records",
    "tables_from_json",
    "template_csv",
    "template_xlsx",
    "uploaded_definition",
    "uploaded_measure_id",
    "with_fitting_decimals",
]
