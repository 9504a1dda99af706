"""Layout of an uploaded table: its head row, and the column that names the provinces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.limits import MAX_UNIT_NAME_LENGTH
from geo.text import N_, InputError
from geo.units import Province, normalise_name, recognise_province
from geo.upload.files import (
    Cell,
    MergedBlock,
    SourceTable,
    cell_text,
    column_letters,
    quote_for_message,
)
from geo.upload.heads import (
    CODE_HEADS,
    is_note,
    is_one_of,
    is_region,
    is_total,
    parse_bare_unit,
    parse_stated_unit,
    parse_year,
)
from geo.upload.numbers import CellKind, read_column
from geo.upload.options import ImportOptions, stale_option_error

MIN_SHARE: Final = 0.1  # of the filled cells of a column, notes aside, that name provinces
CODE_LENGTH: Final = 6  # digits of an adcode in full
HEADS_WITHIN: Final = 30  # first rows to search for the head of a column of short codes
SEVERAL: Final = 5  # as many provinces side by side mean that provinces are in a row
FIGURES_SHARE: Final = 0.5  # a row with a larger share of numbers is no head

NO_PROVINCES: Final = N_(
    "No column names provinces of China: column {column}, for one, begins with “{text}”. Put names"
    " or six-digit codes of provinces into one column."
)
LYING: Final = N_(
    "The provinces are in one row, {row}. Turn the table, so that each province has a row."
)
HEADS_ALONE: Final = N_(
    "The table has headers in row {row} and no provinces under them. Add a row for each province."
)
NO_HEADS: Final = N_(
    "Row {row} is about a province, and no row above it names the columns. Put a "
    "row of headers over it."
)
MERGED_HEAD: Final = N_(
    "The header in cell {cell} is merged over {count} columns. Give each of "
    "these columns its own header."
)


@dataclass(frozen=True)
class TableLayout:
    """The positions of the parts of a table; rows and columns are counted from 1.

    body is the first row below the head row and the row of units. units: by column, from the row
    of units. unit: stated for the whole table. title: the first line above the table.
    """

    head_row: int
    first_body_row: int
    province_column: int
    heads: tuple[Cell, ...]
    units: dict[int, str]
    unit: str
    title: str


class TableGrid:
    """The rows of a source, with vertically merged cells filled in."""

    def __init__(self, source: SourceTable) -> None:
        self.rows = [list(row) for row in source.rows]
        self.width = max(map(len, self.rows))
        self._units: dict[str, Province | None] = {}
        for block in source.merged:
            if block.first_column == block.last_column:
                self._fill_merged(block)

    def _fill_merged(self, block: MergedBlock) -> None:
        text = self.cell_at(block.first_row, block.first_column)
        if not isinstance(text, str) or not text:
            return
        for row in self.rows[block.first_row : block.last_row]:
            row.extend([""] * (block.first_column - len(row)))
            row[block.first_column - 1] = row[block.first_column - 1] or text

    def cell_at(self, row: int, column: int) -> Cell:
        """Return a cell, empty beyond the rows and columns: merged cells can lie under them."""
        cells = self.rows[row - 1] if row <= len(self.rows) else []
        return cells[column - 1] if column <= len(cells) else ""

    def unit_at(self, row: int, column: int) -> Province | None:
        """Return the province that a cell names, or None (``geo.units.recognise_province``)."""
        text = cell_text(self.cell_at(row, column))
        if not 0 < len(text) <= MAX_UNIT_NAME_LENGTH:
            return None
        if text not in self._units:
            self._units[text] = recognise_province(text)
        return self._units[text]

    def column_cells(self, column: int) -> list[Cell]:
        return [self.cell_at(row, column) for row in range(1, len(self.rows) + 1)]


def filled_cells(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell != ""]


def find_layout(source: SourceTable, choices: ImportOptions) -> TableLayout:
    """Find the head row and the column of provinces, or take those in the options.

    Raises InputError when there are no provinces, no heads, only heads, or heads that are merged
    over several columns.
    """
    grid = TableGrid(source)
    column = _find_province_column(grid, choices)
    start = _find_first_body_row(grid, column, choices)
    row = choices.head_row or _find_head_row(grid, column, start)
    if choices.head_row is None:
        _check_not_merged(source.merged, grid, row, column)
    units, body = _read_unit_row(grid, row, column)
    above = [cell for cells in grid.rows[: row - 1] for cell in cells if isinstance(cell, str)]
    unit = next((text for cell in above if (text := parse_stated_unit(cell))), "")
    title = next((cell for cell in above if cell and not parse_stated_unit(cell)), "")
    return TableLayout(row, body, column, tuple(grid.rows[row - 1]), units, unit, title)


def _find_province_column(grid: TableGrid, choices: ImportOptions) -> int:
    if choices.province_column is not None:
        if choices.province_column > grid.width:
            raise stale_option_error(choices.province_column)
        return choices.province_column
    names, codes, shorts = Counter[int](), Counter[int](), Counter[int]()
    lying = Counter[int]()
    coded = {
        column
        for row in grid.rows[:HEADS_WITHIN]
        for column, cell in enumerate(row, start=1)
        if is_one_of(cell, CODE_HEADS)
    }
    for number, row in enumerate(grid.rows, start=1):
        for column, cell in enumerate(row, start=1):
            text = cell_text(cell)
            digits = text.isdigit()
            # Most cells are numbers; two or four digits are a code only if the head says so.
            if digits and len(text) != CODE_LENGTH and column not in coded:
                continue
            if (not digits and _is_number(text)) or not grid.unit_at(number, column):
                continue
            if not digits:
                names[column] += 1
                lying[number] += 1
            elif len(text) == CODE_LENGTH:
                codes[column] += 1
            else:
                shorts[column] += 1
    for counts in (names, codes, shorts):
        best = min(counts, key=lambda column: (-counts[column], column), default=0)
        cells_without_notes = (
            [cell for cell in filled_cells(grid.column_cells(best)) if not is_note(cell)]
            if best
            else []
        )
        if best and counts[best] >= MIN_SHARE * len(cells_without_notes):
            if counts[best] == 1 and max(lying.values(), default=0) >= SEVERAL:
                raise InputError(LYING, row=max(lying, key=lambda row: lying[row]))
            return best
    raise _no_provinces_error(grid)


def _is_number(text: str) -> bool:
    """Return whether a text begins like a number, which no name does."""
    return text == "" or (text[0] in "0123456789+-." and not text[-1].isalpha())


def _no_provinces_error(grid: TableGrid) -> InputError:
    rows = [number for number, row in enumerate(grid.rows, start=1) if filled_cells(row)]
    if len(rows) == 1 and not _holds_figures(grid.rows[rows[0] - 1]):
        return InputError(HEADS_ALONE, row=rows[0])
    # The first column with words below its head is most likely meant to name provinces.
    for column in range(1, grid.width + 1):
        words = [c for c in filled_cells(grid.column_cells(column))[1:] if isinstance(c, str)]
        words = [word for word in words if read_column([word]).kinds[0] is CellKind.UNREAD]
        names = [w for w in words if not (is_total(w) or is_region(w) or is_note(w))]
        if words and not names:
            return InputError(HEADS_ALONE, row=rows[0])
        if words:
            return InputError(
                NO_PROVINCES, column=column_letters(column), text=quote_for_message(names[0])
            )
    cells = filled_cells(grid.column_cells(1)) or filled_cells(
        [cell for row in grid.rows for cell in row]
    )
    text = quote_for_message(cell_text(cells[min(1, len(cells) - 1)]))
    return InputError(NO_PROVINCES, column=column_letters(1), text=text)


def _find_first_body_row(grid: TableGrid, column: int, choices: ImportOptions) -> int:
    """Return the first row about a province, the country or a region."""
    if choices.head_row is not None:
        if choices.head_row >= len(grid.rows):
            raise stale_option_error(choices.head_row)
        return choices.head_row + 1
    for number in range(1, len(grid.rows) + 1):
        cell = grid.cell_at(number, column)
        if grid.unit_at(number, column) or (number > 1 and (is_total(cell) or is_region(cell))):
            return number
    # The reader chose a column that names no province: the first filled row is its head.
    first = next(n for n, row in enumerate(grid.rows, start=1) if filled_cells(row))
    if first == len(grid.rows):
        raise InputError(HEADS_ALONE, row=first)
    return first + 1


def _find_head_row(grid: TableGrid, column: int, start: int) -> int:
    """Return the nearest row above the body with words or years, and without values."""
    for number in range(start - 1, 0, -1):
        row = grid.rows[number - 1]
        if len(filled_cells(row)) < min(2, grid.width) or _holds_figures(row, column):
            continue
        if number > 1 and _is_unit_row(grid, number, column):
            continue
        return number
    raise InputError(NO_HEADS, row=start)


def _holds_figures(row: Sequence[Cell], column: int = 0) -> bool:
    """Return whether most filled cells of a row, except in one column, are numbers, not years."""
    cells = [cell for place, cell in enumerate(row, start=1) if cell != "" and place != column]
    figures = [
        cell
        for cell in cells
        if parse_year(cell) is None and read_column([cell]).kinds[0] is not CellKind.UNREAD
    ]
    return len(figures) > FIGURES_SHARE * len(cells)


def _is_unit_row(grid: TableGrid, number: int, column: int) -> bool:
    """Return whether a row below the heads holds only units."""
    cells = {place: cell for place, cell in enumerate(grid.rows[number - 1], start=1) if cell != ""}
    name = cells.pop(column, "")
    if name not in ("", grid.cell_at(number - 1, column)) and normalise_name(
        cell_text(name)
    ) not in (
        "单位",
        "计量单位",
        "unit",
        "units",
    ):
        return False
    # A vertically merged head is in both rows.
    cells = {place: c for place, c in cells.items() if c != grid.cell_at(number - 1, place)}
    return bool(cells) and all(
        parse_bare_unit(cell) and grid.cell_at(number - 1, place) != ""
        for place, cell in cells.items()
    )


def _read_unit_row(grid: TableGrid, row: int, column: int) -> tuple[dict[int, str], int]:
    """Return the units in the row below the heads, by column, and the first row of the body."""
    under = row + 1
    while under <= len(grid.rows) and not filled_cells(grid.rows[under - 1]):
        under += 1
    if under > len(grid.rows) or not _is_unit_row_of(grid, under, row, column):
        return {}, row + 1
    cells = enumerate(grid.rows[under - 1], start=1)
    return {place: unit for place, cell in cells if (unit := parse_bare_unit(cell))}, under + 1


def _is_unit_row_of(grid: TableGrid, number: int, row: int, column: int) -> bool:
    return number == row + 1 and _is_unit_row(grid, number, column)


def _check_not_merged(
    merged: Sequence[MergedBlock], grid: TableGrid, row: int, column: int
) -> None:
    """Raise InputError for heads that span several columns, in the head row or just above."""
    for block in merged:
        wide = block.last_column > block.first_column
        near = block.first_row <= row and block.last_row >= row - 1
        over = block.last_row < row
        text = cell_text(grid.cell_at(block.first_row, min(block.first_column, grid.width)))
        is_line = over and (
            block.first_column <= column <= block.last_column or parse_stated_unit(text) or not text
        )
        if wide and near and not is_line:
            cell = f"{column_letters(block.first_column)}{block.first_row}"
            count = block.last_column - block.first_column + 1
            raise InputError(MERGED_HEAD, cell=cell, count=count)
