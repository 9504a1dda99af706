"""Which kind of table a file holds: told from its bytes, and held against its name."""

from __future__ import annotations

import re
from typing import Final, Literal

from geo.errors import InputError
from geo.text import N_
from geo.upload import archive
from geo.upload.limits import check_limit
from geo.upload.raw import UploadedFile, quote_for_message
from geo.upload.source import NOTHING

Kind = Literal["csv", "xlsx", "geojson"]

# Which kind a name says, by its end.
SUFFIXES: Final[dict[str, Kind]] = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "csv",
    ".xlsx": "xlsx",
    ".geojson": "geojson", ".json": "geojson",
}  # fmt: skip
PRINTED: Final[dict[str, str]] = {
    "csv": "CSV", "xlsx": "XLSX", "geojson": "JSON", "zip": "ZIP",
}  # fmt: skip
# How other files begin that are brought by mistake, with the name that everyone knows them by.
OTHERS: Final = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"\x1f\x8b", "GZIP"),
    (b"SQLite format 3\0", "SQLite"), (b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"PAR1", "Parquet"), (b"\x7fELF", "ELF"), (b"MZ\x90", "EXE"), (b"GIF8", "GIF"),
)  # fmt: skip
ZIP: Final = b"PK\x03\x04"
EMPTY_ZIP: Final = b"PK\x05\x06"
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML: Final = re.compile(rb"\s*<(?:\?xml|!doctype|!--|html|table|ogrvrt|svg|kml|gml|gdal)", re.I)
_HTML: Final = re.compile(rb"\s*<(?:!doctype\s+html|html|table)", re.I)
_JSON: Final = re.compile(rb'\s*(?:\{\s*(?:"|\})|\[\s*[\[{\]])')
_BRACKET: Final = re.compile(rb"\s*[\[{]")

TOO_BIG: Final = N_(
    "The file has more than {most}. A table of provinces is far smaller: leave out pictures and"
    " sheets that are not needed."
)
UNKNOWN_NAME: Final = N_(
    "By its name, “{name}” is no CSV, TSV, TXT, XLSX or GeoJSON. Save the table as one of these."
)
PASTED: Final = N_(
    "What was pasted is {found}, not a table of text. Paste the cells of a table, or load the file."
)
OTHER: Final = N_(
    "“{name}” holds {found}, not a table as its name says. Save the table as CSV, XLSX or GeoJSON"
    " under a name that ends so."
)


def file_kind(raw: UploadedFile) -> Kind:
    """What a file holds: a delimited text, a workbook or GeoJSON.

    A pasted text has no name to be held against. Raises InputError when the file is too big or
    empty, when its name ends as no table does, or says another kind than the bytes.
    """
    check_limit("file_bytes", len(raw.data), TOO_BIG)
    data = raw.data
    body = data.removeprefix(b"\xef\xbb\xbf")
    if not body.strip():
        raise InputError(NOTHING)
    if data.startswith(COMPOUND):
        raise archive.check_ole_container(data)
    named = SUFFIXES.get(raw.suffix)
    text = _detect_kind(data, body, named)
    if text in ("zip", "XLSX") and (named == "xlsx" or raw.suffix in (".xlsm", ".xltm", ".zip")):
        archive.open_checked_zip(data)
        text = "xlsx"
    if not raw.name and text in ("csv", "geojson"):
        return "csv" if text == "csv" else "geojson"
    if not raw.name:
        raise InputError(PASTED, found=PRINTED.get(text, text))
    if named is None:
        raise InputError(UNKNOWN_NAME, name=quote_for_message(raw.display_name))
    if text != named:
        result = PRINTED.get(text, text)
        raise InputError(OTHER, name=quote_for_message(raw.display_name), found=result)
    return named


def _detect_kind(data: bytes, body: bytes, named: Kind | None) -> str:
    if data.startswith((ZIP, EMPTY_ZIP)):
        return "XLSX" if b"xl/workbook.xml" in data else "zip"
    for beginning, name in OTHERS:
        if data.startswith(beginning):
            return name
    # Marks and brackets are ASCII: in UTF-16 they are found with the NULs away.
    start = body[:1000].replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _XML.match(start):
        return "HTML" if _HTML.match(start) else "XML"
    if _JSON.match(start) or (named == "geojson" and _BRACKET.match(start)):
        return "geojson"
    return "csv"
