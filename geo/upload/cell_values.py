"""Values of the cells of a sheet, read by calamine from a package of parts that are checked.

calamine keeps a sheet as a full rectangle and copies a text for each cell that shows it. It ends
the process when memory lacks. So it gets only what a scan has measured before, in a package that is
written anew: what it opens is then what was checked, whatever else the uploaded archive holds.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Collection, Mapping
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from geo.upload.files import Cell, RowCollector, clean_line

FASTEST: Final = 1  # level of compression
Position = tuple[int, int]  # row and column of a cell, from 1
_PANICS: Final = "pyo3_runtime"  # the module of the exception for a fault within calamine


def open_package(parts: Mapping[str, bytes]) -> CalamineWorkbook:
    """Open the parts of a workbook as a package. Raises ValueError when they are not understood."""
    package = io.BytesIO()
    with ZipFile(package, "w", ZIP_DEFLATED, compresslevel=FASTEST) as archive:
        for name, body in parts.items():
            archive.writestr(ZipInfo(name), body, ZIP_DEFLATED, FASTEST)
    package.seek(0)
    return open_workbook(package)


def open_workbook(data: io.BytesIO) -> CalamineWorkbook:
    """Open a workbook that is checked. Raises ValueError when it is not understood."""
    try:
        return CalamineWorkbook.from_filelike(data)
    except BaseException as error:
        raise _as_value_error(error) from error


def read_cells(book: CalamineWorkbook, sheet: str) -> CalamineSheet:
    """Read one sheet. Raises ValueError when it is not understood."""
    try:
        return book.get_sheet_by_name(sheet)
    except BaseException as error:
        raise _as_value_error(error) from error


def _as_value_error(error: BaseException) -> ValueError:
    """Return the error for a fault that calamine reports or panics at; raise any other again."""
    if isinstance(error, CalamineError) or type(error).__module__ == _PANICS:
        return ValueError(str(error))
    raise error


def collect_rows(
    sheet: CalamineSheet,
    percentages: Collection[Position],
    displayed_texts: Mapping[Position, str] | None = None,
) -> RowCollector:
    """Collect the rows of a sheet: percentages with their sign, dates as text, errors as shown.

    percentages: cells whose number is shown as a percentage. shown: cells whose text takes the
    place of the value. Raises InputError when the sheet exceeds a limit of a table.
    """
    rows = RowCollector()
    if sheet.start is None:
        return rows
    left = [""] * sheet.start[1]
    first = len(left) + 1
    displayed_texts = displayed_texts or {}
    texts: dict[str, str] = {}  # equal texts are cleaned and kept once
    for number, values in enumerate(sheet.iter_rows(), start=1):
        row: list[Cell] = [*left]
        for column, value in enumerate(values, start=first):
            if isinstance(value, str):
                text = texts.get(value)
                if text is None:
                    text = texts[value] = clean_line(value)
                row.append(text)
            elif isinstance(value, float) and (number, column) in percentages:
                row.append(f"{value * 100:.15g}%")
            else:
                row.append(_cell_of_value(value))
        for column in range(1, len(row) + 1) if displayed_texts else ():
            row[column - 1] = displayed_texts.get((number, column), row[column - 1])
        rows.add_row(row, number)
    return rows


def _cell_of_value(value: Any) -> Cell:
    """Return a value that is no text as a cell: a number, or a text for dates and truth."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    return clean_line(value.isoformat() if hasattr(value, "isoformat") else str(value))
