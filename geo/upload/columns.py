"""Which column is what: provinces, codes, years, figures in their notation, words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from geo.errors import InputError
from geo.provinces import normalised
from geo.text import N_
from geo.upload.choices import NO_YEAR_COLUMN, Choices, stale
from geo.upload.heads import CODE_HEADS, YEAR_HEADS, Head, head, says, year_of
from geo.upload.layout import Grid, Layout, filled
from geo.upload.limits import readable
from geo.upload.notation import Decimal, Reading, What, read
from geo.upload.raw import echo
from geo.upload.rows import ABOUT, RowReport
from geo.upload.source import letter, written

NO_NUMBERS: Final = N_(
    "No column beside the provinces holds figures: “{text}” in column {column}, row {row}, is"
    " none. Put plain numbers into a column with a head."
)
NO_COLUMNS: Final = N_(
    "The table has no column of figures beside the one that names the provinces. Add one with a"
    " head."
)
DOUBLED_HEAD: Final = N_(
    "The head “{head}” stands over columns {first} and {second}. Give each column a head of its"
    " own."
)
NO_HEAD: Final = N_(
    "Column {column} holds figures, but its cell in the head row {row} is blank. Give it a head;"
    " where heads are merged, write one over each column."
)
ENDLESS: Final = N_(
    "“{text}” in column {column}, row {row}, is no figure to reckon with: it is infinite, no"
    " number, or beyond {most}. Leave the cell empty, or correct it."
)
AGREE_SHARE: Final = 0.5  # of the rows in which two columns name the same unit
CODES_SHARE: Final = 0.8  # of the filled cells of a column that name units: it codes the provinces
YEARS_SHARE: Final = 0.9  # of the filled cells of a column that are years


class Role(StrEnum):
    """What a column is for."""

    PROVINCE = "province"
    CODE = "code"  # names the provinces or numbers the rows once more
    YEAR = "year"
    FIGURES = "figures"
    WORDS = "words"
    EMPTY = "empty"


@dataclass(frozen=True)
class Column:
    """A column, counted from 1, with its head and its role.

    For figures: the mark of the decimals, the suffix that the figures have (see
    geo.upload.notation) and whether the mark could be the other one as well; else None and empty.
    """

    number: int
    head: Head
    role: Role
    decimal: Decimal | None = None
    suffix: str = ""
    ambiguous: bool = False


def codes(grid: Grid, found: Layout) -> list[int]:
    """The columns beside the chosen one that name the same units by code or in other words."""
    own = []
    for column in range(1, grid.width + 1):
        rows = [n for n in range(found.body, len(grid.rows) + 1) if grid.cell(n, column) != ""]
        if column == found.province_column or not _names(grid, column, rows):
            continue
        digits = all(normalised(written(grid.cell(n, column))).isdigit() for n in rows)
        six = all(len(normalised(written(grid.cell(n, column)))) == 6 for n in rows)
        headed = column <= len(found.heads) and says(found.heads[column - 1], CODE_HEADS)
        if (digits and not six and not headed) or not _agrees(grid, found, column, rows):
            continue
        own.append(column)
    return own


def _names(grid: Grid, column: int, rows: Sequence[int]) -> bool:
    """Whether nearly all filled cells of a column name units."""
    others = 0
    for n in rows:
        others += grid.unit(n, column) is None
        if others > (1 - CODES_SHARE) * len(rows):
            return False
    return bool(rows)


def _agrees(grid: Grid, found: Layout, column: int, rows: Sequence[int]) -> bool:
    """Whether a column names the same units as the chosen one in most rows: else it is another."""
    pairs = [(grid.unit(n, column), grid.unit(n, found.province_column)) for n in rows]
    both = [one == other for one, other in pairs if one and other]
    return sum(both) > AGREE_SHARE * len(both)


def year_column(grid: Grid, found: Layout, rows: Sequence[RowReport], choices: Choices) -> int:
    """The column that holds the year of each row; 0 if there is none.

    It says so in its head, or holds nothing but years while provinces stand more than once.
    """
    if choices.year_column is not None:
        if choices.year_column > grid.width:
            raise stale(choices.year_column)
        return choices.year_column
    about = [row for row in rows if row.fate in ABOUT]
    often = Counter(row.adcode for row in about if row.adcode)
    repeats = any(count > 1 for count in often.values())
    for column, own in enumerate(found.heads, start=1):
        cells = filled([grid.cell(row.number, column) for row in about])
        years = [year for cell in cells if (year := year_of(cell)) is not None]
        if not years or column == found.province_column:
            continue
        if len(years) < YEARS_SHARE * len(cells) or head(own).year is not None:
            continue
        if says(own, YEAR_HEADS) or (repeats and len(set(years)) > 1):
            return column
    return NO_YEAR_COLUMN


def columns(
    grid: Grid,
    found: Layout,
    rows: Sequence[RowReport],
    coding: Sequence[int],
    years: int,
    choices: Choices,
) -> tuple[tuple[Column, ...], dict[int, Reading]]:
    """All columns with their roles, and those of figures as they are read, one value a row.

    Readings have an entry for each row of `rows` that is about a unit. Raises InputError when
    no column holds figures, one of them has no head or a head that another has too, or a cell
    is infinite or no number.
    """
    about = [row.number for row in rows if row.fate in ABOUT]
    marks = dict(choices.notations)
    for column in marks:
        if column > grid.width:
            raise stale(column)
    all_columns, readings = [], {}
    for number in range(1, grid.width + 1):
        cell = found.heads[number - 1] if number <= len(found.heads) else ""
        own = head(cell)
        if number in found.units and not own.unit:
            own = replace(own, unit=found.units[number])
        reading = read([grid.cell(row, number) for row in about], marks.get(number))
        role = _role(number, grid, found, reading, coding, years)
        if role is not Role.FIGURES:
            all_columns.append(Column(number, own, role))
            continue
        if cell == "":
            raise InputError(NO_HEAD, column=letter(number), row=found.head_row)
        _finite(grid, number, about, reading)
        readings[number] = reading
        all_columns.append(
            Column(number, own, role, reading.decimal, reading.suffix, reading.ambiguous)
        )
    _one_head_each(all_columns)
    if not readings:
        raise _no_numbers(grid, all_columns, about)
    return tuple(all_columns), readings


def _role(
    number: int, grid: Grid, found: Layout, reading: Reading, coding: Sequence[int], years: int
) -> Role:
    if number == found.province_column:
        return Role.PROVINCE
    if number == years:
        return Role.YEAR
    if number in coding:
        return Role.CODE
    cell = found.heads[number - 1] if number <= len(found.heads) else ""
    figures = reading.count(What.FIGURE) + reading.count(What.ENDLESS)
    if figures and figures >= reading.count(What.UNREAD):
        return Role.CODE if says(cell, CODE_HEADS) else Role.FIGURES
    empty = cell == "" and not any(c != "" for c in grid.column(number)[found.body - 1 :])
    return Role.EMPTY if empty else Role.WORDS


def _finite(grid: Grid, number: int, about: Sequence[int], reading: Reading) -> None:
    for row, what in zip(about, reading.whats, strict=True):
        if what is What.ENDLESS:
            text = echo(written(grid.cell(row, number)))
            raise InputError(
                ENDLESS, text=text, column=letter(number), row=row, most=readable("magnitude")
            )


def _one_head_each(found: Sequence[Column]) -> None:
    """Raise InputError for a head that stands twice, if figures or years stand under it."""
    seen: dict[object, Column] = {}
    for column in found:
        own = column.head
        if own.text == "":
            continue
        alike = (normalised(own.name) or own.name, own.unit, own.year)
        first = seen.setdefault(alike, column)
        if first is not column and {first.role, column.role} & {Role.FIGURES, Role.YEAR}:
            raise InputError(
                DOUBLED_HEAD,
                head=echo(own.text),
                first=letter(first.number),
                second=letter(column.number),
            )


def _no_numbers(grid: Grid, found: Sequence[Column], about: Sequence[int]) -> InputError:
    for column in found:
        if column.role is not Role.WORDS:
            continue
        for row in about:
            if grid.cell(row, column.number) != "":
                text = echo(written(grid.cell(row, column.number)))
                return InputError(NO_NUMBERS, text=text, column=letter(column.number), row=row)
    return InputError(NO_COLUMNS)
