"""Roles of columns: provinces, codes, years, values in their notation, words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from geo.text import N_, InputError
from geo.units import normalise_name
from geo.upload.files import cell_text, column_letters, quote_for_message
from geo.upload.heads import CODE_HEADS, YEAR_HEADS, ColumnHead, is_one_of, parse_head, parse_year
from geo.upload.layout import TableGrid, TableLayout, filled_cells
from geo.upload.limits import format_limit
from geo.upload.numbers import CellKind, ColumnReading, DecimalMark, read_column
from geo.upload.options import NO_YEAR_COLUMN, ImportOptions, stale_option_error
from geo.upload.rows import ABOUT, RowReport

NO_NUMBERS: Final = N_(
    "No column beside the provinces holds values: “{text}” in column {column}, "
    "row {row}, is not a number. Put plain numbers into a column with a header."
)
NO_COLUMNS: Final = N_(
    "The table has no column of values beside the one that names the provinces. "
    "Add one with a header."
)
DOUBLED_HEAD: Final = N_(
    "The header “{head}” is over columns {first} and {second}. Give each column its own header."
)
NO_HEAD: Final = N_(
    "Column {column} holds values, but its cell in the header row {row} is "
    "blank. Give it a header; where headers are merged, write one over each "
    "column."
)
ENDLESS: Final = N_(
    "“{text}” in column {column}, row {row}, cannot be used in calculations: it "
    "is infinite, not a number, or beyond {most}. Leave the cell empty, or "
    "correct it."
)
AGREE_SHARE: Final = 0.5  # of the rows in which two columns name the same unit
CODES_SHARE: Final = 0.8  # of the filled cells of a column of codes that name units
YEARS_SHARE: Final = 0.9  # of the filled cells of a column that are years


class ColumnRole(StrEnum):
    """The role of a column."""

    PROVINCE = "province"
    CODE = "code"  # a second column of names or codes of provinces, or row numbers
    YEAR = "year"
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
    """Return the column with the year of each row; 0 if there is none.

    Its head says so, or it holds only years while provinces occur more than once.
    """
    if choices.year_column is not None:
        if choices.year_column > grid.width:
            raise stale_option_error(choices.year_column)
        return choices.year_column
    about = [row for row in rows if row.outcome in ABOUT]
    often = Counter(row.adcode for row in about if row.adcode)
    repeats = any(count > 1 for count in often.values())
    for column, head in enumerate(layout.heads, start=1):
        cells = filled_cells([grid.cell_at(row.number, column) for row in about])
        years = [year for cell in cells if (year := parse_year(cell)) is not None]
        if not years or column == layout.province_column:
            continue
        if len(years) < YEARS_SHARE * len(cells) or parse_head(head).year is not None:
            continue
        if is_one_of(head, YEAR_HEADS) or (repeats and len(set(years)) > 1):
            return column
    return NO_YEAR_COLUMN


def read_columns(
    grid: TableGrid,
    layout: TableLayout,
    rows: Sequence[RowReport],
    code_column_numbers: Sequence[int],
    years: int,
    choices: ImportOptions,
) -> tuple[tuple[Column, ...], dict[int, ColumnReading]]:
    """Return all columns with their roles, and the parsed columns of values.

    Readings have an entry for each row of `rows` that is about a unit. Raises InputError when
    no column holds values, when one of them has no head or a duplicate head, or when a cell is
    infinite or nan.
    """
    about = [row.number for row in rows if row.outcome in ABOUT]
    marks = dict(choices.notations)
    for column in marks:
        if column > grid.width:
            raise stale_option_error(column)
    all_columns, readings = [], {}
    for number in range(1, grid.width + 1):
        cell = layout.heads[number - 1] if number <= len(layout.heads) else ""
        head = parse_head(cell)
        if number in layout.units and not head.unit:
            head = replace(head, unit=layout.units[number])
        reading = read_column([grid.cell_at(row, number) for row in about], marks.get(number))
        role = _column_role(number, grid, layout, reading, code_column_numbers, years)
        if role is not ColumnRole.FIGURES:
            all_columns.append(Column(number, head, role))
            continue
        if cell == "":
            raise InputError(NO_HEAD, column=column_letters(number), row=layout.head_row)
        _check_finite(grid, number, about, reading)
        readings[number] = reading
        all_columns.append(
            Column(number, head, role, reading.decimal, reading.suffix, reading.ambiguous)
        )
    _check_unique_heads(all_columns)
    if not readings:
        raise _no_numbers_error(grid, all_columns, about)
    return tuple(all_columns), readings


def _column_role(
    number: int,
    grid: TableGrid,
    layout: TableLayout,
    reading: ColumnReading,
    coding: Sequence[int],
    years: int,
) -> ColumnRole:
    if number == layout.province_column:
        return ColumnRole.PROVINCE
    if number == years:
        return ColumnRole.YEAR
    if number in coding:
        return ColumnRole.CODE
    cell = layout.heads[number - 1] if number <= len(layout.heads) else ""
    figures = reading.count_kind(CellKind.FIGURE) + reading.count_kind(CellKind.ENDLESS)
    if figures and figures >= reading.count_kind(CellKind.UNREAD):
        return ColumnRole.CODE if is_one_of(cell, CODE_HEADS) else ColumnRole.FIGURES
    empty = cell == "" and not any(
        c != "" for c in grid.column_cells(number)[layout.first_body_row - 1 :]
    )
    return ColumnRole.EMPTY if empty else ColumnRole.WORDS


def _check_finite(
    grid: TableGrid, number: int, about: Sequence[int], reading: ColumnReading
) -> None:
    for row, kind in zip(about, reading.kinds, strict=True):
        if kind is CellKind.ENDLESS:
            text = quote_for_message(cell_text(grid.cell_at(row, number)))
            raise InputError(
                ENDLESS,
                text=text,
                column=column_letters(number),
                row=row,
                most=format_limit("magnitude"),
            )


def _check_unique_heads(columns: Sequence[Column]) -> None:
    """Raise InputError for a duplicate head of columns of values or years."""
    seen: dict[object, Column] = {}
    for column in columns:
        head = column.head
        if head.text == "":
            continue
        alike = (normalise_name(head.name) or head.name, head.unit, head.year)
        first = seen.setdefault(alike, column)
        if first is not column and {first.role, column.role} & {
            ColumnRole.FIGURES,
            ColumnRole.YEAR,
        }:
            raise InputError(
                DOUBLED_HEAD,
                head=quote_for_message(head.text),
                first=column_letters(first.number),
                second=column_letters(column.number),
            )


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
