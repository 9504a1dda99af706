"""Uploaded tables: read under limits, parsed, matched to provinces and turned into measures."""

from geo.upload.columns import Column, ColumnRole
from geo.upload.files import SourceTable, UploadedFile, cell_text, column_letters, quote_for_message
from geo.upload.limits import format_limit, limit_of
from geo.upload.measures import (
    DIVISORS,
    MeasureDefinition,
    UploadedMeasure,
    uploaded_measure_id,
    with_fitting_decimals,
)
from geo.upload.numbers import DecimalMark
from geo.upload.options import COMBINATIONS, NO_YEAR_COLUMN, TIME_STEPS, ImportOptions
from geo.upload.parsing import SUFFIXES, FigureSeries, MissingValue, ParsedTable, read_source
from geo.upload.periods import FIRST_YEAR, LAST_YEAR
from geo.upload.rows import RowOutcome, RowReport
from geo.upload.session import (
    NO_TABLES,
    RECIPE_FILE_NAME,
    UploadedTable,
    UploadedTables,
    tables_from_json,
    tables_to_json,
)
from geo.upload.summary import WAYS, Decision, list_decisions, summarise_file
from geo.upload.template import template_csv, template_xlsx
from geo.upload.wording import (
    DELIMITER_NAMES,
    NOT_IN_INDEX,
    NOTATIONS,
    OUTCOME_NAMES,
    PRIVACY_NOTE,
    ROLE_NAMES,
    UNCHECKED_NOTE,
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
    "LAST_YEAR",
    "NOTATIONS",
    "NOT_IN_INDEX",
    "NO_TABLES",
    "NO_YEAR_COLUMN",
    "OUTCOME_NAMES",
    "PRIVACY_NOTE",
    "RECIPE_FILE_NAME",
    "ROLE_NAMES",
    "SUFFIXES",
    "TIME_STEPS",
    "UNCHECKED_NOTE",
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
    "UploadedFile",
    "UploadedMeasure",
    "UploadedTable",
    "UploadedTables",
    "cell_text",
    "column_letters",
    "column_title",
    "describe_outcome",
    "encoding_name",
    "format_limit",
    "limit_of",
    "list_decisions",
    "notation_example",
    "quote_for_message",
    "read_source",
    "summarise_file",
    "tables_from_json",
    "tables_to_json",
    "template_csv",
    "template_xlsx",
    "uploaded_definition",
    "uploaded_measure_id",
    "with_fitting_decimals",
]
