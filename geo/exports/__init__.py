"""Exports of the data: CSV, XLSX, GIS formats, one archive, a standalone map."""

from geo.exports.formats import EXPORT_FORMATS, ExportFormat, ExportRequest, export_file_name
from geo.exports.requests import (
    ARCHIVE_PATH,
    CSV_PATH,
    RENDERERS,
    STANDALONE_MAP_PATH,
    TABLE_PATHS,
    THUMBNAIL_PATH,
    WGS84,
    FileQuery,
    ServedFile,
    canonical_query,
    is_immutable,
    parse_file_query,
    parse_query,
)
from geo.exports.workbooks import assignment_note, meaning_pairs

__all__ = [
    "ARCHIVE_PATH",
    "CSV_PATH",
    "EXPORT_FORMATS",
    "RENDERERS",
    "STANDALONE_MAP_PATH",
    "TABLE_PATHS",
    "THUMBNAIL_PATH",
    "WGS84",
    "ExportFormat",
    "ExportRequest",
    "FileQuery",
    "ServedFile",
    "assignment_note",
    "canonical_query",
    "export_file_name",
    "is_immutable",
    "meaning_pairs",
    "parse_file_query",
    "parse_query",
]
