"""Workbooks: XLSX, read for the values that stand in the cells, and nothing else of it."""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException

from geo.errors import InputError
from geo.text import N_
from geo.upload.archive import DAMAGED, ZIP_FAULTS, open_checked_zip
from geo.upload.limits import check_limit, format_limit, limit_of
from geo.upload.raw import UploadedFile, clean_line, quote_for_message
from geo.upload.source import (
    TOO_MANY_CELLS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Cell,
    MergedBlock,
    RowCollector,
    SourceTable,
)

LAST_ROW: Final = 1_048_576  # of any sheet
# What openpyxl raises for XML that is not what it expects: it has no error of its own for that.
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


@dataclass(frozen=True)
class _SheetScan:
    """What the XML of a sheet says that openpyxl's quick reading does not tell."""

    merged: tuple[MergedBlock, ...]
    formulas: int


class WorkbookReader:
    """An opened workbook: the names of its sheets, and any of them as a Source.

    Raises InputError when the file is no sound workbook or passes a limit.
    """

    def __init__(self, raw: UploadedFile) -> None:
        self._archive = open_checked_zip(raw.data)
        with _translate_faults("xl"):
            self._book = load_workbook(
                io.BytesIO(raw.data), read_only=True, data_only=True, keep_links=False
            )
            self._own = {str(sheet.title): sheet for sheet in self._book.worksheets}
            # Hidden sheets hold lists and workings: they can be chosen, but come last.
            self.sheets = tuple(
                sorted(self._own, key=lambda name: self._own[name].sheet_state != "visible")
            )
        if not self.sheets:
            raise InputError(NO_SHEETS)
        self._links = any(name.startswith("xl/externalLinks/") for name in self._archive.namelist())

    def sheet_source(self, sheet: str) -> SourceTable:
        """The cells of one sheet: the values stored beside formulas, percentages as such.

        Raises InputError when there is no such sheet, it is empty, or passes a limit.
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
            # One more of each than allowed, so that what is beyond is seen.
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
    """Whatever openpyxl stumbles over is a damaged workbook to the reader, and warns nobody."""
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except FAULTS as error:
        raise InputError(DAMAGED, part=quote_for_message(part)) from error


def _scan_sheet(xml: bytes, sheet: str) -> _SheetScan:
    """Merged blocks and formulas of a sheet; raises InputError for what is beyond a limit.

    openpyxl is told to stop at the limits, so that no number far out makes it fill in millions of
    cells; what lies beyond must be found here, or it would be dropped in silence.
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
    """Where a cell stands. Raises InputError when that is beyond the rows or columns allowed."""
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
    """The value of a cell: percentages with their sign, as the sheet shows them; dates as text."""
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
