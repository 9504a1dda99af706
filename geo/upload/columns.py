"""Roles of columns: provinces, codes, years, values in their notation, words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from geo.text import N_, InputError
from geo.units import normalise_name
from geo.upload.files import Cell, cell_text, column_letters, quote_for_message
from geo.upload.grid import TableGrid, filled_cells
from geo.upload.heads import (
    CODE_HEADS,
    DATE_HEADS,
    DAY_HEADS,
    NAMELESS,
    PART_HEADS,
    QUARTER_HEADS,
    YEAR_HEADS,
    ColumnHead,
    is_aside,
    is_note,
    is_one_of,
)
from geo.upload.layout import TableLayout
from geo.upload.numbers import CellKind, ColumnReading, DecimalMark, read_column
from geo.upload.options import NO_YEAR_COLUMN, ImportOptions, stale_option_error
from geo.upload.periods import combine_day, combine_period, parse_period, read_periods
from geo.upload.provinces_column import column_tally, is_running
from geo.upload.rows import ABOUT, RowReport

NO_NUMBERS: Final = N_(
    "No column beside the provinces holds values: “{text}” in column {column}, "
    "row {row}, is not a number. Put plain numbers into a column with a header."
)
NO_COLUMNS: Final = N_(
    "The table has no column of values beside the one that names the provinces. "
    "Add one with a header."
)
AGREE_SHARE: Final = 0.5  # of the rows in which two columns name the same unit
CODES_SHARE: Final = 0.8  # of the filled cells of a column of codes that name units
FIRST_ROWS: Final = 20  # of which one holds a period in a column of time
YEARS_SHARE: Final = 0.9  # of the filled cells of a column that are years


class ColumnRole(StrEnum):
    """The role of a column."""

    PROVINCE = "province"
    CODE = "code"  # a second column of names or codes of provinces, or row numbers
    YEAR = "year"
    KEY = "key"  # tells series apart, such as indicators
    UNIT = "unit"  # units of the indicators beside it
    ASIDE = "aside"  # a rank, a place, row numbers: a measure only where there is no other
    FIGURES = "figures"
    WORDS = "words"
    EMPTY = "empty"


@dataclass(frozen=True)
class Column:
    """A column, counted from 1, with its head and its role.

    For values: the decimal mark, the suffix of the numbers (see geo.upload.numbers) and whether
    the mark could also be the other one; else None and empty.
    """

    number: int
    head: ColumnHead
    role: ColumnRole
    decimal: DecimalMark | None = None
    suffix: str = ""
    ambiguous: bool = False


def code_columns(grid: TableGrid, layout: TableLayout) -> list[int]:
    """Return the other columns that name the same units as the chosen one, by code or name."""
    numbers = []
    for column in range(1, grid.width + 1):
        if not column_tally(grid, column).kinds:
            continue
        rows = [
            n
            for n in range(layout.first_body_row, len(grid.rows) + 1)
            if grid.cell_at(n, column) != ""
        ]
        if column == layout.province_column or not _holds_names(grid, column, rows):
            continue
        digits = all(normalise_name(cell_text(grid.cell_at(n, column))).isdigit() for n in rows)
        six = all(len(normalise_name(cell_text(grid.cell_at(n, column)))) == 6 for n in rows)
        headed = column <= len(layout.heads) and is_one_of(layout.heads[column - 1], CODE_HEADS)
        if (digits and not six and not headed) or not _agrees_with(grid, layout, column, rows):
            continue
        numbers.append(column)
    return numbers


def _holds_names(grid: TableGrid, column: int, rows: Sequence[int]) -> bool:
    """Return whether nearly all filled cells of a column name units."""
    others = 0
    for n in rows:
        others += grid.unit_at(n, column) is None
        if others > (1 - CODES_SHARE) * len(rows):
            return False
    return bool(rows)


def _agrees_with(grid: TableGrid, layout: TableLayout, column: int, rows: Sequence[int]) -> bool:
    """Return whether a column names the same units as the chosen one in most rows."""
    pairs = [(grid.unit_at(n, column), grid.unit_at(n, layout.province_column)) for n in rows]
    both = [one == other for one, other in pairs if one and other]
    return sum(both) > AGREE_SHARE * len(both)


def find_year_column(
    grid: TableGrid, layout: TableLayout, rows: Sequence[RowReport], choices: ImportOptions
) -> int:
    """Return the column with the period of each row; 0 if there is none.

    Its head says so, or it holds only periods while provinces occur more than once.
    """
    if choices.year_column is not None:
        if choices.year_column > grid.width:
            raise stale_option_error(choices.year_column)
        return choices.year_column
    about = [row for row in rows if row.outcome in ABOUT]
    often = Counter(row.adcode for row in about if row.adcode)
    repeats = any(count > 1 for count in often.values())
    found = []
    for column in range(1, grid.width + 1):
        head = layout.heads[column - 1] if column <= len(layout.heads) else ""
        if column == layout.province_column or parse_period(head) is not None:
            continue
        is_headed = is_one_of(head, YEAR_HEADS)
        if not is_headed and not repeats:
            continue
        cells = grid.column_cells(column)
        are_dates = is_one_of(head, DATE_HEADS)
        first = filled_cells([cells[row.number - 1] for row in about[:FIRST_ROWS]])
        if first and not any(read_periods(first, are_dates)):
            continue
        cells = list(dict.fromkeys(filled_cells([cells[row.number - 1] for row in about])))
        if not cells:
            continue
        periods = [period for period in read_periods(cells, are_dates) if period is not None]
        if len(periods) < YEARS_SHARE * len(cells):
            continue
        if is_headed or (len(set(periods)) > 1 and not _is_measured(cells)):
            found.append((not is_headed, column))
    return min(found)[1] if found else NO_YEAR_COLUMN


def _is_measured(cells: Sequence[Cell]) -> bool:
    """Return whether cells that could be periods have points, as values do."""
    return any("." in cell_text(cell) for cell in cells)


def find_part_column(grid: TableGrid, layout: TableLayout, years: int) -> int:
    """Return the column of months or quarters beside a column of years; 0 without one."""
    for column, head in enumerate(layout.heads, start=1):
        if column not in (years, layout.province_column) and is_one_of(head, PART_HEADS):
            cells = filled_cells(grid.column_cells(column)[layout.first_body_row - 1 :])
            if cells and all(combine_period(2000, cell) for cell in cells[:100]):
                return column
    return 0


def find_day_column(grid: TableGrid, layout: TableLayout, taken: Collection[int]) -> int:
    """Return the column of days beside one of months; 0 without one."""
    for column, head in enumerate(layout.heads, start=1):
        if column not in taken and is_one_of(head, DAY_HEADS):
            cells = filled_cells(grid.column_cells(column)[layout.first_body_row - 1 :])
            if cells and all(combine_day(200001, cell) for cell in cells[:100]):
                return column
    return 0


def holds_quarters(layout: TableLayout, column: int) -> bool:
    """Return whether the head of a column of parts of years says that they are quarters."""
    return 0 < column <= len(layout.heads) and is_one_of(layout.heads[column - 1], QUARTER_HEADS)


def read_columns(
    grid: TableGrid,
    layout: TableLayout,
    rows: Sequence[RowReport],
    roles: Mapping[int, ColumnRole],
    choices: ImportOptions,
) -> tuple[tuple[Column, ...], dict[int, ColumnReading]]:
    """Return all columns with their roles, and the parsed columns of values.

    roles: of the columns that hold no values. Readings have an entry for each row of `rows` that
    is about a unit. Heads that are alike are numbered. Raises InputError when no column holds
    values.
    """
    about = [row.number for row in rows if row.outcome in ABOUT]
    marks = dict(choices.notations)
    for column in marks:
        if column > grid.width:
            raise stale_option_error(column)
    all_columns: list[Column] = []
    readings: dict[int, ColumnReading] = {}
    asides: dict[int, ColumnReading] = {}
    for number in range(1, grid.width + 1):
        head = layout.column_heads[number - 1]
        if number in layout.units and not head.unit:
            head = replace(head, unit=layout.units[number])
        if number in roles:
            all_columns.append(Column(number, head, roles[number]))
            continue
        cells = grid.column_cells(number)
        reading = read_column([cells[row - 1] for row in about], marks.get(number))
        role = _column_role(number, grid, layout, reading)
        if role is ColumnRole.ASIDE:
            asides[number] = reading
        if role is ColumnRole.FIGURES:
            readings[number] = reading
        all_columns.append(_column_with(number, head, role, reading))
    if not readings and asides:
        readings = asides
        all_columns = [
            _column_with(c.number, c.head, ColumnRole.FIGURES, asides[c.number])
            if c.number in asides
            else c
            for c in all_columns
        ]
    if not readings:
        raise _no_numbers_error(grid, all_columns, about)
    return tuple(_number_equal_heads(all_columns)), readings


def _column_with(number: int, head: ColumnHead, role: ColumnRole, reading: ColumnReading) -> Column:
    if role is not ColumnRole.FIGURES:
        return Column(number, head, role)
    head = replace(head, unit=head.unit or reading.unit)
    return Column(number, head, role, reading.decimal, reading.suffix, reading.ambiguous)


def _column_role(
    number: int, grid: TableGrid, layout: TableLayout, reading: ColumnReading
) -> ColumnRole:
    cell = layout.heads[number - 1] if number <= len(layout.heads) else ""
    figures = reading.count_kind(CellKind.FIGURE)
    if figures and figures + reading.count_kind(CellKind.ENDLESS) >= reading.count_kind(
        CellKind.UNREAD
    ):
        head = layout.column_heads[number - 1].text
        over = [grid.cell_at(row, number) for row in layout.head_rows]
        if any(is_one_of(text, CODE_HEADS) for text in (cell, *over)):
            return ColumnRole.CODE
        if _is_row_number(number, grid, layout) or is_aside(head):
            return ColumnRole.ASIDE
        return ColumnRole.FIGURES
    empty = cell == "" and not figures and not reading.count_kind(CellKind.UNREAD)
    return ColumnRole.EMPTY if empty else ColumnRole.WORDS


def _is_row_number(number: int, grid: TableGrid, layout: TableLayout) -> bool:
    """Return whether a column without a head of its own numbers the rows from 0 or 1."""
    if normalise_name(layout.column_heads[number - 1].text) not in NAMELESS:
        return False
    cells = filled_cells(grid.column_cells(number)[layout.first_body_row - 1 :])
    cells = [cell for cell in cells if not is_note(cell)]
    return is_running(cells) and cell_text(cells[0]) in ("0", "1")


def _number_equal_heads(columns: Sequence[Column]) -> list[Column]:
    """Return the columns with a number behind the names of values that come again."""
    seen: Counter[tuple[str, str, int | None]] = Counter()
    results = []
    for column in columns:
        head = column.head
        if column.role is ColumnRole.FIGURES and head.text:
            alike = (normalise_name(head.name) or head.name, head.unit, head.year)
            seen[alike] += 1
            if seen[alike] > 1:
                name = head.name if head.year is not None else head.name or head.text
                name = f"{name} {seen[alike]}".strip()
                column = replace(column, head=replace(head, name=name))  # noqa: PLW2901  (renamed)
        results.append(column)
    return results


def _no_numbers_error(
    grid: TableGrid, columns: Sequence[Column], about: Sequence[int]
) -> InputError:
    for column in columns:
        if column.role is not ColumnRole.WORDS:
            continue
        for row in about:
            if grid.cell_at(row, column.number) != "":
                text = quote_for_message(cell_text(grid.cell_at(row, column.number)))
                return InputError(
                    NO_NUMBERS, text=text, column=column_letters(column.number), row=row
                )
    return InputError(NO_COLUMNS)
