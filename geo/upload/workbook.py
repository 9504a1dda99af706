"""Reading of workbooks (XLSX): checks of the archive, then the stored values of a sheet.

openpyxl reads the list of sheets and the styles, calamine the cells of a sheet (cell_values) after
a scan of its XML (sheet_scan).
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal
from zipfile import BadZipFile, ZipFile, ZipInfo

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS

from geo.limits import MAX_UNCHECKED_BYTES
from geo.text import N_, InputError
from geo.upload.cell_values import collect_rows, open_package, read_cells
from geo.upload.files import MergedBlock, SourceTable, UploadedFile, quote_for_message
from geo.upload.limits import check_limit, format_limit, limit_of
from geo.upload.sheet_scan import INFLATES, scan_sheet, text_sizes

SHEETS: Final = ("xl/worksheets/", "xl/sharedStrings", "content.xml")
MANIFEST: Final = "META-INF/manifest.xml"
MEDIA: Final = ("xl/media/", "Pictures/")
# The libraries of macros that every OpenDocument spreadsheet may list, though they are empty.
EMPTY_MACROS: Final = ("script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml")
# A document type allows external entities and unlimited expansion. No workbook needs one.
DOCTYPES: Final = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_XML: Final = re.compile(rb"\s*<|\xef\xbb\xbf\s*<|\xff\xfe|\xfe\xff")
# The errors that zipfile raises for a damaged archive.
ZIP_FAULTS: Final = (
    BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip

ENCRYPTED: Final = N_(
    "The workbook is encrypted. Open it in a spreadsheet program, remove the password and save it"
    " as XLSX."
)
OLD: Final = N_(
    "The file is a workbook as Excel wrote it before 2007, and its name does not say so. Give it a"
    " name that ends in .xls, or save it as XLSX."
)
MACROS: Final = N_(
    "The workbook carries macros (“{part}”), which are never run and not needed here. Save it as"
    " XLSX without macros."
)
BURSTS: Final = N_(
    "The part “{part}” of the workbook grows to more than {most} times its packed size. Copy the"
    " table into a new workbook and save that."
)
MANY_PARTS: Final = N_(
    "The workbook has more than {most} parts. Copy the table alone into a new workbook."
)
FULL_PART: Final = N_(
    "The part “{part}” of the workbook has more than {most} marks of XML. Copy the table alone,"
    " values only, into a new workbook."
)
FULL: Final = N_(
    "The sheets of the workbook have more than {most} marks of XML. Copy the table alone, values"
    " only, into a new workbook."
)
LONG_TEXT: Final = N_(
    "The part “{part}” of the workbook holds a text of far more than {most}. Shorten the texts in"
    " its cells."
)
HAS_DOCTYPE: Final = N_(
    "The part “{part}” of the workbook declares a document type, which no spreadsheet program"
    " writes. Copy the table into a new workbook."
)
DAMAGED: Final = N_(
    "The workbook is damaged in the part “{part}”. Open it in a spreadsheet program and save it"
    " again as XLSX."
)
NO_WORKBOOK: Final = N_(
    "The file is a zip without an XLSX workbook in it. Save the table as XLSX, or take the table"
    " out of the zip."
)
# The errors that openpyxl raises for unexpected XML; it has no exception class for it.
FAULTS: Final = (
    *ZIP_FAULTS, KeyError, TypeError, AttributeError, IndexError, OverflowError, SyntaxError,
    RecursionError, struct.error, AssertionError, CellCoordinatesException, InvalidFileException,
)  # fmt: skip
NO_OPENDOCUMENT: Final = N_(
    "The file is a zip without an ODS workbook in it. Save the table as ODS or XLSX, or take the"
    " table out of the zip."
)
NO_SHEET: Final = N_("The workbook has no sheet “{sheet}”. Its sheets are: {sheets}.")
NO_SHEETS: Final = N_("The workbook has no sheet with cells. Save the table as a sheet of its own.")
# What shows numbers as percentages, apart from texts in quotation marks.
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')
# calamine drops cells with an error, or refuses the sheet; as texts they are read as shown.
_ERROR_CELL: Final = re.compile(rb"""(<(?:\w+:)?c\s(?:[^>]*\s)?t=)(["'])e\2""")
# The package for calamine: one sheet under a name of ours, with the shared texts and styles.
_SHEET: Final = "Sheet"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="{office}/{kind}" Target="{target}"/></Relationships>'
)
_WORKBOOK: Final = (
    '<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr date1904="{mac:d}"/>'
    '<sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>'
)


def check_ole_container(data: bytes) -> InputError:
    """Return the error for an OLE container: an encrypted workbook, or one in the old format."""
    encrypted = "EncryptedPackage".encode("utf-16-le") in data
    return InputError(ENCRYPTED if encrypted else OLD)


def open_checked_zip(data: bytes, kind: Literal["xlsx", "ods", "xlsb"] = "xlsx") -> ZipFile:
    """Open the archive of a workbook and check its parts: limits, no macros, no document types.

    Raises InputError with the fault and its part.
    """
    try:
        archive = ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except ZIP_FAULTS:
        raise InputError(DAMAGED, part="zip") from None
    check_limit("members", len(parts), MANY_PARTS)
    names = [part.filename for part in parts]
    _check_kind(names, kind)
    if len(set(names)) < len(names):
        raise InputError(
            DAMAGED, part=quote_for_message(next(n for n in names if names.count(n) > 1))
        )
    for part in parts:
        _check_compression(part)
    check_limit("inflated_bytes", sum(part.file_size for part in parts), INFLATES)
    total = 0
    # The list of parts first: it says when the others are encrypted, and so no XML.
    for part in sorted(parts, key=lambda part: part.filename != MANIFEST):
        total += _count_xml_marks(archive, part)
    check_limit("marks", total, FULL)
    return archive


def _check_kind(names: list[str], kind: Literal["xlsx", "ods", "xlsb"]) -> None:
    for name in names:
        low = name.lower()
        if "vbaproject" in low or "macrosheets/" in low:
            raise InputError(MACROS, part=quote_for_message(name))
        scripted = kind == "ods" and low.startswith(("basic/", "scripts/"))
        if scripted and not low.endswith(("/", *EMPTY_MACROS)):
            raise InputError(MACROS, part=quote_for_message(name))
        if low == "encryptedpackage":
            raise InputError(ENCRYPTED)
    if kind == "ods" and not {"mimetype", "content.xml"} <= set(names):
        raise InputError(NO_OPENDOCUMENT)
    if kind == "xlsx" and not {"xl/workbook.xml", "[Content_Types].xml"} <= set(names):
        raise InputError(NO_WORKBOOK)


def _check_compression(part: ZipInfo) -> None:
    if part.flag_bits & 1:
        raise InputError(ENCRYPTED)
    ratio = part.file_size / max(part.compress_size, 1)
    if part.file_size > MAX_UNCHECKED_BYTES and ratio > limit_of("ratio"):
        raise InputError(BURSTS, part=quote_for_message(part.filename), most=format_limit("ratio"))
    check_limit("inflated_bytes", part.file_size, INFLATES)


def _count_xml_marks(archive: ZipFile, part: ZipInfo) -> int:
    """Check a part and return its number of XML marks ("<"), to which the reading time is bound."""
    try:
        body = archive.read(part)
    except ZIP_FAULTS:
        raise InputError(DAMAGED, part=quote_for_message(part.filename)) from None
    name = part.filename
    if name.endswith((".xml", ".rels")):
        if not _XML.match(body):
            raise InputError(DAMAGED, part=quote_for_message(name))
        if any(mark in body for mark in DOCTYPES):
            raise InputError(HAS_DOCTYPE, part=quote_for_message(name))
    marks = body.count(b"<")
    if name.startswith(SHEETS) and _has_long_text(body):
        raise InputError(LONG_TEXT, part=quote_for_message(name), most=format_limit("cell_bytes"))
    if b"vbaProject" in body and name == "[Content_Types].xml":
        raise InputError(MACROS, part=quote_for_message(name))
    if b"encryption-data" in body and name == MANIFEST:
        raise InputError(ENCRYPTED)
    if not name.startswith(SHEETS) and not name.startswith(MEDIA):
        check_limit("part_marks", marks, FULL_PART, part=quote_for_message(name))
    return 0 if name.startswith(MEDIA) else marks


def _has_long_text(body: bytes) -> bool:
    """Return whether text between two XML marks exceeds the limit of a cell in any spelling.

    Each character of a cell can be a character reference of up to ten bytes.
    """
    window = 10 * limit_of("cell_bytes")
    starts = range(0, len(body) - window, window)
    return any(body.find(b"<", start, start + window) < 0 for start in starts)


class _StructureReader(ExcelReader):
    """Reads the list of sheets and the styles alone."""

    def read_strings(self) -> None:
        """Leave the shared texts to calamine."""


class WorkbookReader:
    """An opened workbook: the names of its sheets, and any of them as a SourceTable.

    Raises InputError when the file is no valid workbook or exceeds a limit.
    """

    def __init__(self, raw: UploadedFile) -> None:
        self._archive = open_checked_zip(raw.data)
        with translate_faults("xl"):
            opened = _StructureReader(
                io.BytesIO(raw.data), read_only=True, data_only=True, keep_links=False
            )
            opened.read()
            self._book = opened.wb
            self._own = {str(sheet.title): sheet for sheet in self._book.worksheets}
            # Hidden sheets hold lists and calculations: they can be chosen, but come last.
            self.sheets = tuple(
                sorted(self._own, key=lambda name: self._own[name].sheet_state != "visible")
            )
            self._percent_styles = _percent_styles(self._book)
            texts = opened.package.find(SHARED_STRINGS)
            self._texts = self._archive.read(texts.PartName[1:]) if texts else b""
            self._text_sizes = text_sizes(self._texts) if texts else []
        if not self.sheets:
            raise InputError(NO_SHEETS)
        self._links = any(name.startswith("xl/externalLinks/") for name in self._archive.namelist())

    def sheet_source(self, sheet: str) -> SourceTable:
        """Return the cells of one sheet: stored values of formulas, percentages with their sign.

        Raises InputError when the sheet does not exist, is empty, or exceeds a limit.
        """
        if sheet not in self._own:
            raise sheet_error(sheet, self.sheets)
        part = str(self._own[sheet]._worksheet_path)
        with translate_faults(part):
            body = _ERROR_CELL.sub(rb'\1"str"', self._archive.read(part))
            scan = scan_sheet(
                body, sheet, self._text_sizes, len(self._book._cell_styles), self._percent_styles
            )
            cells = read_cells(open_package(self._package_parts(body)), _SHEET)
            rows = collect_rows(cells, scan.percentages)
            merged = tuple(
                MergedBlock(top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in cells.merged_cell_ranges or ()
            )
        return SourceTable(
            "xlsx",
            rows.all_rows(),
            sheet=sheet,
            sheets=self.sheets,
            merged=merged,
            formulas=scan.formulas,
            links=self._links,
        )

    def _package_parts(self, sheet: bytes) -> dict[str, bytes]:
        """Return the parts of a workbook with one sheet alone."""
        slots = {"main": _MAIN, "office": _OFFICE, "name": _SHEET}
        mac = self._book.epoch == CALENDAR_MAC_1904
        of_package = _RELATIONS.format(**slots, kind="officeDocument", target="xl/workbook.xml")
        of_workbook = _RELATIONS.format(**slots, kind="worksheet", target="sheet.xml")
        parts = {
            "_rels/.rels": of_package.encode(),
            "xl/workbook.xml": _WORKBOOK.format(**slots, mac=mac).encode(),
            "xl/_rels/workbook.xml.rels": of_workbook.encode(),
            "xl/sheet.xml": sheet,
        }
        if self._texts:
            parts["xl/sharedStrings.xml"] = self._texts
        if "xl/styles.xml" in self._archive.namelist():
            parts["xl/styles.xml"] = self._archive.read("xl/styles.xml")
        return parts


def sheet_error(sheet: str, sheets: tuple[str, ...]) -> InputError:
    """Return the error for a sheet that the workbook lacks."""
    text = ", ".join(quote_for_message(name) for name in sheets[:10])
    return InputError(NO_SHEET, sheet=quote_for_message(sheet), sheets=text)


def _percent_styles(book: Any) -> frozenset[int]:
    """Return the indices of the styles of cells that show numbers as percentages."""
    indices = set()
    for index, style in enumerate(book._cell_styles):
        number = style.numFmtId
        if number < BUILTIN_FORMATS_MAX_SIZE:
            code = BUILTIN_FORMATS.get(number, "")
        else:
            code = book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]
        if "%" in _QUOTED.sub("", code):
            indices.add(index)
    return frozenset(indices)


@contextmanager
def translate_faults(part: str) -> Iterator[None]:
    """Turn errors of the libraries into InputError for a damaged workbook; mute their warnings."""
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except FAULTS as error:
        raise InputError(DAMAGED, part=quote_for_message(part)) from error
