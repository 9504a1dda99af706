"""Rows as the sheets of a workbook (XLSX): true numbers, frozen heads, widths that fit, no formula.

Written with openpyxl. A text is always a string to the spreadsheet, whatever it begins with.
"""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from geo.csvsafe import FORMULA
from geo.exports import archive

HEAD_FONT: Final = Font(bold=True, color="22272E")
HEAD_FILL: Final = PatternFill("solid", fgColor="E9EFF5")
HEAD_BORDER: Final = Border(bottom=Side(style="thin", color="66707C"))
TOP: Final = Alignment(vertical="top", wrap_text=True)
MIN_COLUMN_WIDTH: Final = 6  # widths in characters, as spreadsheets count them
MAX_COLUMN_WIDTH: Final = 60
MEASURED_ROWS: Final = 400  # the rows that a column's width is taken from
LONGEST_TEXT: Final = 32_767  # characters that a cell of a spreadsheet can hold
CREATOR: Final = "Digital China Atlas"
# openpyxl writes when it wrote; the file is to say what it holds, not when it was asked for.
CORE: Final = "docProps/core.xml"
DATES: Final = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its heads, and rows of numbers, texts and None.

    decimals: the shown decimals of a column of figures, by its place; wrapped: whether long texts
    break into lines, as in a sheet that is read rather than reckoned with.
    """

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    decimals: dict[int, int]
    wrapped: bool = False


def write_workbook(sheets: Iterable[Sheet], title: str) -> bytes:
    """The sheets as a workbook. The same sheets give the same bytes: no date is written."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet)
    book.properties.creator = CREATOR
    book.properties.title = _clean_cell_text(title)
    out = io.BytesIO()
    book.save(out)
    members = archive.unpack_zip(out.getvalue())
    members[CORE] = re.sub(DATES, b"", members[CORE])
    return archive.pack_zip(members)


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    worksheet = book.create_sheet(sheet.name)
    worksheet.freeze_panes = "A2"
    for place, width in enumerate(_column_widths(sheet), start=1):
        worksheet.column_dimensions[get_column_letter(place)].width = width
    last = get_column_letter(len(sheet.head))
    worksheet.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    heads = [_styled_cell(worksheet, name) for name in sheet.head]
    for cell in heads:
        cell.font, cell.fill, cell.border, cell.alignment = HEAD_FONT, HEAD_FILL, HEAD_BORDER, TOP
    worksheet.append(heads)
    formats = {
        place: "#,##0" + ("." + "0" * count if count else "")
        for place, count in sheet.decimals.items()
    }
    for row in sheet.rows:
        cells = [
            _styled_cell(worksheet, value) if sheet.wrapped else _sheet_cell(worksheet, value)
            for value in row
        ]
        for place, pattern in formats.items():
            cells[place] = _styled_cell(worksheet, row[place], pattern)
        worksheet.append(cells)


def _styled_cell(sheet: WriteOnlyWorksheet, value: object, pattern: str = "") -> WriteOnlyCell:
    """A cell that has a look of its own: lines that break, or the decimals of a figure."""
    content = _sheet_cell(sheet, value)
    cell = content if isinstance(content, Cell) else WriteOnlyCell(sheet, value=content)
    cell.alignment = TOP
    if pattern:
        cell.number_format = pattern
    return cell


def _sheet_cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    """A number as a number, a text as a string, also one that looks like a formula or an error."""
    if not isinstance(value, str):
        return value if value is not None and math.isfinite(float(str(value))) else None
    text = _clean_cell_text(value)
    if not text.startswith((*FORMULA, "#")):
        return text or None
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.quotePrefix = True  # it stays a string when a reader edits the cell
    return cell


def _clean_cell_text(text: str) -> str:
    """A text without the characters that a workbook cannot hold, cut where a cell ends."""
    plain = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain[:LONGEST_TEXT]


def _column_widths(sheet: Sheet) -> list[int]:
    """A width for each column, from its head and its first rows."""
    columns = zip(*[sheet.head, *sheet.rows[:MEASURED_ROWS]], strict=True)
    return [
        min(
            max([MIN_COLUMN_WIDTH, *(_display_length(cell) for cell in column)]) + 2,
            MAX_COLUMN_WIDTH,
        )
        for column in columns
    ]


def _display_length(cell: object) -> int:
    """How many letters wide a cell is: Chinese characters take the room of two."""
    text = "" if cell is None else str(cell)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
