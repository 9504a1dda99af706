"""Files that are not what their name says, or whose name is the attack."""

from __future__ import annotations

from typing import Final

from tests.bad_inputs.files import (
    GOOD,
    TYPES,
    File,
    book,
    features,
    noise,
    packed,
    plain,
    text,
)

FILES: Final[dict[str, File]] = {
    "pdf_named_csv": ("a.csv", lambda: b"%PDF-1.7\n" + noise(500)),
    "png_named_xlsx": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + noise(500)),
    "jpeg_named_csv": ("a.csv", lambda: b"\xff\xd8\xff\xe0" + noise(500)),
    "gzip_named_csv": ("a.csv", lambda: b"\x1f\x8b\x08" + noise(500)),
    "geopackage_named_geojson": ("a.geojson", lambda: b"SQLite format 3\0" + noise(500)),
    "rar_named_xlsx": ("a.xlsx", lambda: b"Rar!\x1a\x07" + noise(500)),
    "seven_zip_named_csv": ("a.csv", lambda: b"7z\xbc\xaf\x27\x1c" + noise(500)),
    "parquet_named_csv": ("a.csv", lambda: b"PAR1" + noise(500)),
    "program_named_csv": ("a.csv", lambda: b"\x7fELF" + noise(500)),
    "program_named_xlsx": ("a.xlsx", lambda: b"MZ\x90\0" + noise(500)),
    "csv_named_xlsx": ("a.xlsx", lambda: text(GOOD)),
    "csv_named_geojson": ("a.geojson", lambda: text(GOOD)),
    "xlsx_named_csv": ("a.csv", book),
    "xlsx_named_json": ("a.json", book),
    "xlsx_pasted": ("", book),
    "geojson_named_csv": ("a.csv", lambda: features([{"a": 1}])),
    "geojson_named_xlsx": ("a.xlsx", lambda: features([{"a": 1}])),
    "geojson_in_utf16_named_csv": (
        "a.csv",
        lambda: plain('{"type": "FeatureCollection"}', "utf-16"),
    ),
    "html_named_xls": ("a.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>"),
    "html_named_csv": ("a.csv", lambda: b"<!DOCTYPE html><html></html>"),
    "xml_named_csv": ("a.csv", lambda: b'<?xml version="1.0"?><a/>'),
    "csv_named_xls": ("a.xls", lambda: text(GOOD)),
    "csv_without_an_end": ("table", lambda: text(GOOD)),
    "csv_named_pdf": ("a.pdf", lambda: text(GOOD)),
    "script_named_py": ("a.py", lambda: b"import os\n"),
    "name_that_climbs": ("../../../etc/passwd", lambda: text(GOOD)),
    "name_with_markup": ("<script>alert(1)</script>", lambda: text(GOOD)),
    "name_as_template": ("{{7*7}}.{{7*7}}", lambda: text(GOOD)),
    "name_turned_round": ("a\u202excod.exe", lambda: text(GOOD)),
    "name_with_nul": ("a.csv\0.exe", lambda: text(GOOD)),
    "name_very_long": ("x" * 5_000 + ".docx", lambda: text(GOOD)),
    "shapefile_zip": ("a.zip", lambda: packed({"a.shp": b"x", "a.dbf": b"y"})),
    "zip_named_xlsx": ("a.xlsx", lambda: packed({"a.csv": text(GOOD)})),
    "zip_named_csv": ("a.csv", lambda: packed({"a.csv": text(GOOD)})),
    "empty_zip": ("a.xlsx", lambda: packed({})),
    "xlsb_named_xlsx": ("a.xlsx", lambda: packed({TYPES: b"<Types/>", "xl/workbook.bin": b"x"})),
    "ods_named_xlsx": (
        "a.xlsx",
        lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
    ),
    "docx_named_xlsx": (
        "a.xlsx",
        lambda: packed({TYPES: b"<Types/>", "word/document.xml": b"<a/>"}),
    ),
}
