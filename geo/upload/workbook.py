"""Reading of workbooks (XLSX): checks of the archive, then the stored values of a sheet."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException

from geo.text import N_, InputError
from geo.upload.files import (
    TOO_MANY_CELLS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Cell,
    MergedBlock,
    RowCollector,
    SourceTable,
    UploadedFile,
    clean_line,
    quote_for_message,
)
from geo.upload.limits import check_limit, format_limit, limit_of

SMALL: Final = 100_000  # unpacked bytes up to which the compression ratio does not matter
SHEETS: Final = ("xl/worksheets/", "xl/sharedStrings")
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
    "The file is of the kind that Excel wrote before 2007. Open it in a spreadsheet program and"
    " save it as XLSX."
)
MACROS: Final = N_(
    "The workbook carries macros (“{part}”), which are never run and not needed here. Save it as"
    " XLSX without macros."
)
BURSTS: Final = N_(
    "The part “{part}” of the workbook grows to more than {most} times its packed size. Copy the"
    " table into a new workbook and save that."
)
INFLATES: Final = N_(
    "The workbook has more than {most} when unpacked. Copy the table alone into a new workbook."
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
LAST_ROW: Final = 1_048_576  # of any sheet
# The errors that openpyxl raises for unexpected XML; it has no exception class for it.
FAULTS: Final = (
    *ZIP_FAULTS, KeyError, TypeError, AttributeError, IndexError, OverflowError, SyntaxError,
    RecursionError, struct.error, AssertionError, CellCoordinatesException, InvalidFileException,
)  # fmt: skip
NO_SHEET: Final = N_("The workbook has no sheet “{sheet}”. Its sheets are: {sheets}.")
NO_SHEETS: Final = N_("The workbook has no sheet with cells. Save the table as a sheet of its own.")
NO_STORED_VALUE: Final = N_(
    "The formula in cell {cell} of the sheet “{sheet}” has no stored value. Open the workbook in a"
    " spreadsheet program and save it, or put values in place of the formulas."
)
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s>/]")
_REFERENCE: Final = re.compile(rb"""\br=["']([A-Z]{1,3}[0-9]{1,7})["']""")
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_ROW_NUMBER: Final = re.compile(rb"""\br=["']([^"']*)["']""")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_FILLED: Final = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>[^<]|<(?:\w+:)?is[\s>]")
_MERGE: Final = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*\bref=["']([A-Z0-9:]{2,24})["']""")
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')


def check_ole_container(data: bytes) -> InputError:
    """Return the error for an OLE container: an encrypted workbook, or one in the old format."""
    encrypted = "EncryptedPackage".encode("utf-16-le") in data
    return InputError(ENCRYPTED if encrypted else OLD)


def open_checked_zip(data: bytes) -> ZipFile:
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
    _check_kind(names)
    if len(set(names)) < len(names):
        raise InputError(
            DAMAGED, part=quote_for_message(next(n for n in names if names.count(n) > 1))
        )
    for part in parts:
        _check_compression(part)
    check_limit("inflated_bytes", sum(part.file_size for part in parts), INFLATES)
    total = 0
    for part in parts:
        total += _count_xml_marks(archive, part)
    check_limit("marks", total, FULL)
    return archive


def _check_kind(names: list[str]) -> None:
    for name in names:
        low = name.lower()
        if "vbaproject" in low or "macrosheets/" in low:
            raise InputError(MACROS, part=quote_for_message(name))
        if low == "encryptedpackage":
            raise InputError(ENCRYPTED)
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise InputError(NO_WORKBOOK)


def _check_compression(part: ZipInfo) -> None:
    if part.flag_bits & 1:
        raise InputError(ENCRYPTED)
    ratio = part.file_size / max(part.compress_size, 1)
    if part.file_size > SMALL and ratio > limit_of("ratio"):
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
    if not name.startswith(SHEETS) and not name.startswith("xl/media/"):
        check_limit("part_marks", marks, FULL_PART, part=quote_for_message(name))
    return 0 if name.startswith("xl/media/") else marks


def _has_long_text(body: bytes) -> bool:
    """Return whether text between two XML marks exceeds the limit of a cell in any spelling.

    Each character of a cell can be a character reference of up to ten bytes.
    """
    window = 10 * limit_of("cell_bytes")
    starts = range(0, len(body) - window, window)
    return any(body.find(b"<", start, start + window) < 0 for start in starts)


@dataclass(frozen=True)
class _SheetScan:
    """Facts from the XML of a sheet that openpyxl's read-only mode does not give."""

    merged: tuple[MergedBlock, ...]
    formulas: int


class WorkbookReader:
    """An opened workbook: the names of its sheets, and any of them as a SourceTable.

    Raises InputError when the file is no valid workbook or exceeds a limit.
    """

    def __init__(self, raw: UploadedFile) -> None:
        self._archive = open_checked_zip(raw.data)
        with _translate_faults("xl"):
            self._book = load_workbook(
                io.BytesIO(raw.data), read_only=True, data_only=True, keep_links=False
            )
            self._own = {str(sheet.title): sheet for sheet in self._book.worksheets}
            # Hidden sheets hold lists and calculations: they can be chosen, but come last.
            self.sheets = tuple(
                sorted(self._own, key=lambda name: self._own[name].sheet_state != "visible")
            )
        if not self.sheets:
            raise InputError(NO_SHEETS)
        self._links = any(name.startswith("xl/externalLinks/") for name in self._archive.namelist())

    def sheet_source(self, sheet: str) -> SourceTable:
        """Return the cells of one sheet: stored values of formulas, percentages with their sign.

        Raises InputError when the sheet does not exist, is empty, or exceeds a limit.
        """
        if sheet not in self._own:
            text = ", ".join(quote_for_message(name) for name in self.sheets[:10])
            raise InputError(NO_SHEET, sheet=quote_for_message(sheet), sheets=text)
        worksheet_like = self._own[sheet]
        part = str(worksheet_like._worksheet_path)
        with _translate_faults(part):
            scan = _scan_sheet(self._archive.read(part), sheet)
            worksheet_like.reset_dimensions()
            rows = RowCollector()
            # One more of each than allowed, so that an excess is noticed.
            cells = worksheet_like.iter_rows(
                max_row=limit_of("rows") + 1, max_col=limit_of("columns") + 1
            )
            for number, row in enumerate(cells, start=1):
                rows.add_row([_workbook_cell(cell) for cell in row], number)
        return SourceTable(
            "xlsx",
            rows.all_rows(),
            sheet=sheet,
            sheets=self.sheets,
            merged=scan.merged,
            formulas=scan.formulas,
            links=self._links,
        )


@contextmanager
def _translate_faults(part: str) -> Iterator[None]:
    """Turn the errors of openpyxl into InputError for a damaged workbook, and mute its warnings."""
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except FAULTS as error:
        raise InputError(DAMAGED, part=quote_for_message(part)) from error


def _scan_sheet(xml: bytes, sheet: str) -> _SheetScan:
    """Return merged blocks and formulas of a sheet; raise InputError beyond a limit.

    openpyxl reads only up to the limits, so that a cell far out does not make it fill in millions
    of cells. Cells beyond must be found here, or they would be dropped silently.
    """
    end = xml.rfind(b"sheetData>")
    cells = xml[: end if end >= 0 else None]
    for row in _ROW.finditer(xml):
        number = _ROW_NUMBER.search(row.group())
        if number and not (number[1].isdigit() and len(number[1]) <= 7):
            raise ValueError(number[1])
        if number and int(number[1]) > LAST_ROW:
            raise ValueError(number[1])
    starts = [match.start() for match in _CELL.finditer(cells)]
    formulas = filled = 0
    for start, stop in pairwise([*starts, len(cells)]):
        cell = cells[start:stop]
        head = cell[: cell.find(b">") + 1]
        if head.endswith(b"/>"):
            continue
        has_value = bool(_FILLED.search(cell))
        formula = bool(_FORMULA.search(cell))
        if not has_value and not formula:
            continue
        filled += 1
        check_limit("cells", filled, TOO_MANY_CELLS)
        place = _check_position(head)
        if formula:
            formulas += 1
            if not has_value and b't="str"' not in head:
                raise InputError(NO_STORED_VALUE, cell=place, sheet=quote_for_message(sheet))
    merged = (range_boundaries(result[1].decode()) for result in _MERGE.finditer(xml))
    return _SheetScan(
        tuple(MergedBlock(top, left, bottom, right) for left, top, right, bottom in merged),
        formulas,
    )


def _check_position(head: bytes) -> str:
    """Return the position of a cell. Raises InputError beyond the allowed rows or columns."""
    reference = _REFERENCE.search(head)
    if reference is None:
        return "?"
    place = reference[1].decode()
    letters, row = coordinate_from_string(place)
    if row > limit_of("rows"):
        raise InputError(TOO_MANY_ROWS, most=format_limit("rows"))
    if column_index_from_string(letters) > limit_of("columns"):
        raise InputError(TOO_MANY_COLUMNS, most=format_limit("columns"), row=row)
    return place


def _workbook_cell(cell: Any) -> Cell:
    """Return the value of a cell: percentages with their sign, as displayed; dates as text."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        if "%" in _QUOTED.sub("", cell.number_format or ""):
            return f"{value * 100:.15g}%"
        return float(value)
    return clean_line(value.isoformat() if hasattr(value, "isoformat") else str(value))
