"""Reading of OpenDocument spreadsheets (ODS): checks of the archive, then the stored values.

All sheets are in one part, and a cell or a row says how often it is repeated. calamine writes the
repetitions out when it opens the workbook, so a scan counts them before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from python_calamine import SheetVisibleEnum

from geo.text import N_, InputError
from geo.upload.cell_values import Position, collect_rows, open_package, read_cells
from geo.upload.files import (
    TOO_MANY_CELLS,
    MergedBlock,
    SourceTable,
    UploadedFile,
    column_letters,
    quote_for_message,
)
from geo.upload.limits import check_limit
from geo.upload.sheet_scan import INFLATES, NO_STORED_VALUE, check_position, parse_xml
from geo.upload.workbook import NO_SHEETS, open_checked_zip, sheet_error, translate_faults

CONTENT: Final = "content.xml"
MIMETYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
MANY_EMPTY: Final = N_(
    "The sheets of the workbook have more than {most} cells, with the empty ones between others."
    " Copy the table alone, values only, into a new workbook."
)
_MANIFEST: Final = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
_TABLE: Final = "table:table"
_ROW: Final = "table:table-row"
_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})
_VALUES: Final = frozenset(
    f"office:{kind}" for kind in ("value", "string-value", "date-value", "time-value",
                                  "boolean-value")
)  # fmt: skip
_LINKED: Final = "'file:"  # how the name of a sheet begins that is a copy from another file


@dataclass
class _SheetFacts:
    """What calamine does not tell of a sheet. shown: the texts of cells with an error."""

    formulas: int = 0
    merged: list[MergedBlock] = field(default_factory=list)
    percentages: set[Position] = field(default_factory=set)
    displayed_texts: dict[Position, str] = field(default_factory=dict)


class OpenDocumentReader:
    """An opened workbook: the names of its sheets, and any of them as a SourceTable.

    Raises InputError when the file is no valid workbook or exceeds a limit.
    """

    def __init__(self, raw: UploadedFile) -> None:
        archive = open_checked_zip(raw.data, "ods")
        with translate_faults(CONTENT):
            content = archive.read(CONTENT)
            scanner = _ContentScanner()
            parse_xml(content, scanner.start, scanner.end, scanner.text)
            self._facts = scanner.facts
            self._book = open_package(
                {"mimetype": MIMETYPE, "META-INF/manifest.xml": _MANIFEST, CONTENT: content}
            )
        visible = {sheet.name: sheet.visible for sheet in self._book.sheets_metadata}
        own = [name for name in visible if not name.startswith(_LINKED)]
        # Hidden sheets hold lists and calculations: they can be chosen, but come last.
        self.sheets = tuple(
            sorted(own, key=lambda name: visible[name] is not SheetVisibleEnum.Visible)
        )
        if not self.sheets:
            raise InputError(NO_SHEETS)
        self._links = len(own) < len(visible) or scanner.links

    def sheet_source(self, sheet: str) -> SourceTable:
        """Return the cells of one sheet: stored values of formulas, percentages with their sign.

        Raises InputError when the sheet does not exist, is empty, or exceeds a limit.
        """
        if sheet not in self.sheets:
            raise sheet_error(sheet, self.sheets)
        with translate_faults(CONTENT):
            facts = self._facts[sheet]
            cells = read_cells(self._book, sheet)
            rows = collect_rows(cells, facts.percentages, facts.displayed_texts)
        return SourceTable(
            "ods",
            rows.all_rows(),
            sheet=sheet,
            sheets=self.sheets,
            merged=tuple(facts.merged),
            formulas=facts.formulas,
            links=self._links,
        )


class _ContentScanner:
    """Follows the sheets, rows and cells in the order in which calamine reads them.

    Raises InputError beyond a limit, ValueError for a damaged part.
    """

    def __init__(self) -> None:
        self.facts: dict[str, _SheetFacts] = {}
        self.links = False
        self._sheet: str | None = None
        self._now = _SheetFacts()
        self._row = self._row_repeats = self._column = self._last_row = self._last_column = 0
        self._cell: dict[str, str] | None = None
        self._cell_bytes = self._notes = 0
        self._shown: list[str] = []
        self._grid_cells = self._row_cells = self._filled_cells = self._text_bytes = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE and self._sheet is None:
            self._sheet = attributes.get("table:name", "")
            self._now = self.facts[self._sheet] = _SheetFacts()
            self._row = self._last_row = self._last_column = 0
        elif name == "table:table-source":
            self.links = True
        elif self._sheet is None:
            return
        elif name == _TABLE or (self._cell is not None and (name == _ROW or name in _CELLS)):
            raise ValueError(name)  # a sheet within a sheet
        elif name == _ROW:
            self._row_repeats = _repeats(attributes, "table:number-rows-repeated")
            self._column = 0
        elif name in _CELLS:
            self._cell, self._shown, self._notes = attributes, [], 0
            self._cell_bytes = sum(len(value.encode()) for value in attributes.values())
            # The empty cells before it are written out now.
            self._count_row(self._column)
        elif self._cell is not None:
            # A paragraph begins a line; spaces in a row are given by their number.
            self._cell_bytes += 1
            self._notes += name == "office:annotation"
            if name == "text:s":
                self._cell_bytes += _repeats(attributes, "text:c")

    def text(self, text: str) -> None:
        if self._cell is not None:
            self._cell_bytes += len(text.encode())
            if not self._notes:
                self._shown.append(text)

    def end(self, name: str) -> None:
        if self._sheet is None:
            return
        if name == _TABLE:
            self._count_row(self._last_row * self._last_column)
            self._grid_cells += self._row_cells
            self._sheet = None
        elif name == _ROW:
            self._row += self._row_repeats
            self._grid_cells += self._row_cells
            self._row_cells = 0
        elif name in _CELLS and self._cell is not None:
            self._close_cell(self._cell)
            self._cell = None
        elif name == "office:annotation":
            self._notes -= 1

    def _count_row(self, cells: int) -> None:
        """Note how many cells of a row are written out so far; or of a sheet, at its end."""
        self._row_cells = cells
        check_limit("grid_cells", self._grid_cells + cells, MANY_EMPTY)

    def _close_cell(self, cell: dict[str, str]) -> None:
        first = self._column + 1
        self._column += _repeats(cell, "table:number-columns-repeated")
        columns = _repeats(cell, "table:number-columns-spanned")
        rows = _repeats(cell, "table:number-rows-spanned")
        if columns > 1 or rows > 1:
            self._now.merged.append(
                MergedBlock(self._row + 1, first, self._row + rows, first + columns - 1)
            )
        formula, kind = cell.get("table:formula", ""), cell.get("office:value-type", "")
        if not (formula or kind == "string" or not _VALUES.isdisjoint(cell)):
            return
        self._last_row = self._row + self._row_repeats
        self._last_column = max(self._last_column, self._column)
        check_position(self._last_row, self._column)
        self._count_row(self._column)
        count = (self._column - first + 1) * self._row_repeats
        self._filled_cells += count
        check_limit("cells", self._filled_cells, TOO_MANY_CELLS)
        self._text_bytes += count * self._cell_bytes
        check_limit("inflated_bytes", self._text_bytes, INFLATES)
        if formula and not kind:
            place = f"{column_letters(first)}{self._row + 1}"
            sheet = quote_for_message(self._sheet)
            raise InputError(NO_STORED_VALUE, cell=place, sheet=sheet)
        self._now.formulas += count if formula else 0
        if kind == "percentage":
            self._now.percentages.update(self._positions(first))
        elif cell.get("calcext:value-type") == "error":
            self._now.displayed_texts.update(
                dict.fromkeys(self._positions(first), "".join(self._shown))
            )

    def _positions(self, first: int) -> Iterable[Position]:
        """Return the positions that the current cell stands for with its repetitions."""
        return (
            (row, column)
            for row in range(self._row + 1, self._row + self._row_repeats + 1)
            for column in range(first, self._column + 1)
        )


def _repeats(attributes: dict[str, str], name: str) -> int:
    """Return a number of repetitions, 1 if it is not stated. Raises ValueError for any other."""
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        raise ValueError(text[:40])
    return int(text)
