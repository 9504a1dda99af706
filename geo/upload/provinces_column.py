"""The column that names the provinces; or why none does.

A column names provinces if most of its cells do. Digits and letters are codes of other lists, too:
two digits count only under a head of codes, and a running number never; two letters and single
characters only if nearly all cells are provinces. A column of cities stays one of cities.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Final

from babel import Locale

from geo.text import N_, InputError
from geo.units import MentionKind, normalise_name
from geo.upload.files import Cell, cell_text, column_letters, quote_for_message
from geo.upload.grid import TableGrid, filled_cells, filled_rows
from geo.upload.heads import (
    CITY_HEADS,
    CODE_HEADS,
    PROVINCE_CODE,
    PROVINCE_HEADS,
    is_note,
    is_one_of,
    is_other,
    is_region,
    is_total,
)
from geo.upload.numbers import CellKind, read_cell
from geo.upload.options import ImportOptions, stale_option_error
from geo.upload.periods import parse_period

MOST: Final = 0.5  # a column names provinces if more of its cells do
NEARLY_ALL: Final = 0.8  # for codes that other lists have, too
HEADS_WITHIN: Final = 30  # first rows to search for the head of a column of short codes
SAMPLE: Final = 200  # cells of a long column that say whether it may name provinces
SEQUENCE: Final = 3  # as many numbers that follow one another may be a running number
LISTED: Final = 0.5  # a larger share of cells of one kind says what a column lists

HEADS_ALONE: Final = N_(
    "The table has headers in row {row} and no provinces under them. Add a row for each province."
)
NO_PROVINCES: Final = N_(
    "No column names provinces of China: column {column}, for one, begins with “{text}”. Put names"
    " or six-digit codes of provinces into one column."
)
RUNNING: Final = N_(
    "Column {column} holds a running number, which is no code of provinces, and no other column"
    " names provinces. Add a column with their names."
)
CITIES: Final = N_(
    "Column {column} lists cities, such as “{text}”, not provinces. Add up or average the cities of"
    " each province, or add a column with the provinces."
)
DISTRICTS: Final = N_(
    "Column {column} names provinces and goes on with units below them, such as “{text}”. Keep the"
    " rows of the provinces alone, or add a column that says the province of each row."
)
LOWER_CODES: Final = N_(
    "Column {column} holds codes of cities or districts, such as “{text}”, not of provinces. Add a"
    " column with the provinces."
)
COUNTRIES: Final = N_(
    "Column {column} lists countries, such as “{text}”, not provinces of China. Choose a table with"
    " a row for each province."
)
COMPANIES: Final = N_(
    "Column {column} lists companies, such as “{text}”, not provinces. Add a column with the"
    " province of each."
)
_LOWER_END: Final = re.compile(
    r"(市|县|区|州|盟|旗|镇|乡|街道|地区|新区|[^a-z](?:city|county|district|prefecture))$", re.I
)
_COMPANY: Final = re.compile(
    r"公司|集团|股份|银行|企业|\b(?:co|corp|inc|ltd|llc|plc|company|group|holdings?|bank)\b\.?",
    re.I,
)
_LOWER_CODE: Final = re.compile(r"(?:156)?[1-9]\d{5}(?:\d{6})?(?:\.0+)?")


@dataclass
class ColumnTally:
    """How many cells of a column name provinces, by kind, and how many are anything else."""

    kinds: Counter[MentionKind] = field(default_factory=Counter)
    provinces: set[str] = field(default_factory=set)
    others: int = 0
    first_row: int = 0
    codes_above: int = 0  # codes of nothing that is known above the first province

    @property
    def all(self) -> int:
        return sum(self.kinds.values()) + self.others

    @property
    def holds_names(self) -> bool:
        """Whether most provinces are named by their names, so that short codes are no codes."""
        return self.kinds[MentionKind.NAME] > sum(self.kinds.values()) * MOST

    def share_of(self, *kinds: MentionKind) -> float:
        count = self.all + (0 if MentionKind.NAME in kinds[:1] else self.codes_above)
        return sum(self.kinds[kind] for kind in kinds) / count if count else 0.0


def tally_column(grid: TableGrid, cells: Sequence[Cell]) -> ColumnTally:
    """Count what the cells of a column name, from the first province on.

    Blank cells, notes, totals, regions and lines without a value do not count. A long column of
    which a sample names nothing is not searched: most of its cells cannot.
    """
    tally = ColumnTally()
    filled = filled_cells(cells)
    if len(filled) > 2 * SAMPLE:
        sample = filled[:: len(filled) // SAMPLE]
        if not any(grid.mention_of(cell) or is_note(cell) for cell in sample):
            return tally
    skipped: dict[Cell, bool] = {"": True}
    for number, cell in enumerate(cells, start=1):
        mention = grid.mention_of(cell)
        if mention is not None:
            tally.kinds[mention.kind] += 1
            tally.provinces.add(mention.province.adcode)
            tally.first_row = tally.first_row or number
        elif tally.first_row:
            skip = skipped.get(cell)
            if skip is None:
                skip = skipped[cell] = is_note(cell) or is_total(cell) or is_region(cell)
            alone = not skip and len(filled_cells(grid.rows[number - 1])) == 1
            tally.others += not (skip or (alone and grid.width > 1))
        elif _LOWER_CODE.fullmatch(cell_text(cell)) and not is_total(cell):
            tally.codes_above += 1
    if tally.first_row:
        tally.others += _count_others_above(grid, cells, tally.first_row)
    return tally


def _count_others_above(grid: TableGrid, cells: Sequence[Cell], first_row: int) -> int:
    """Return how many rows above the first province name something else and hold a value."""
    count = 0
    for number in range(max(first_row - SAMPLE, 1), first_row):
        cell = cells[number - 1]
        if not isinstance(cell, str) or read_cell(cell).kind is not CellKind.UNREAD:
            continue
        if is_note(cell) or is_total(cell) or is_region(cell) or is_one_of(cell, PROVINCE_HEADS):
            continue
        count += any(
            other != "" and parse_period(other) is None and read_cell(other).kind is CellKind.FIGURE
            for other in grid.rows[number - 1]
        )
    return count


def column_tally(grid: TableGrid, column: int) -> ColumnTally:
    """Return the tally of a column, which is counted once."""
    tally = grid.tallies.get(column)
    if tally is None:
        tally = grid.tallies[column] = tally_column(grid, grid.column_cells(column))
        if tally.holds_names:
            grid.columns_of_names.add(column)
    return tally


def find_province_column(grid: TableGrid, choices: ImportOptions) -> int:
    """Return the column that names the provinces, counted from 1, or the reader's choice.

    Raises InputError that says what the table lists instead.
    """
    if choices.province_column is not None:
        if choices.province_column > grid.width:
            raise stale_option_error(choices.province_column)
        _check_no_numbers(grid, choices.province_column)
        return choices.province_column
    columns = rank_province_columns(grid)
    if not columns:
        raise _no_provinces_error(grid)
    return columns[0]


def _check_no_numbers(grid: TableGrid, column: int) -> None:
    """Raise InputError for a chosen column that holds numbers and names no province.

    Unknown names are allowed: the reader says which provinces they are.
    """
    cells = filled_cells(grid.column_cells(column))[1:]
    numbers = [cell for cell in cells[:SAMPLE] if read_cell(cell).kind is CellKind.FIGURE]
    if not column_tally(grid, column).kinds and len(numbers) > MOST * len(cells[:SAMPLE]):
        text = quote_for_message(cell_text(numbers[0]))
        raise InputError(NO_PROVINCES, column=column_letters(column), text=text)


def rank_province_columns(grid: TableGrid) -> list[int]:
    """Return the columns that name provinces, the surest first."""
    ranked = []
    for column in range(1, grid.width + 1):
        tally = column_tally(grid, column)
        grade = grade_column(grid, column, tally)
        if grade is not None:
            ranked.append((grade, -sum(tally.kinds.values()), column))
    return [column for _, _, column in sorted(ranked)]


def grade_column(grid: TableGrid, column: int, tally: ColumnTally) -> int | None:
    """Return 0 for names of provinces, 1 for codes, 2 for codes that need a head; None for none."""
    name, code, letters, digits = MentionKind
    head = _head_over(grid, column, tally)
    if not tally.provinces or (is_one_of(head, CITY_HEADS) and tally.others):
        return None
    listed = tally.provinces <= _LISTED_AS_COUNTRIES
    if listed or normalise_name(cell_text(head)) in _COUNTRY_HEADS:
        cells = filled_cells(grid.column_cells(column))
        if any(normalise_name(cell_text(cell)) in _countries() for cell in cells):
            return None
    if tally.kinds[name] and tally.share_of(name, code) > MOST:
        return 0
    if tally.kinds[code] and tally.share_of(code, name) > NEARLY_ALL:
        return 1
    if tally.kinds[letters] and tally.share_of(letters, name, code) > NEARLY_ALL:
        of_countries = normalise_name(cell_text(head)) in _COUNTRY_HEADS or _names_countries(grid)
        return None if of_countries else 1
    coded = tally.kinds[digits] and tally.share_of(digits, code) > NEARLY_ALL
    return 2 if coded and _is_code_column(grid, column, head) else None


_COUNTRY_HEADS: Final = frozenset(
    {"country", "countrycode", "iso2", "国家", "nation", "国别", "countries", "economy",
     "economies",
     "countryname", "国家和地区", "国家地区", "国家或地区", "国家名称", "countryregion",
     "countryarea"}
)  # fmt: skip
# Lists of countries and economies name these beside China.
_LISTED_AS_COUNTRIES: Final = frozenset({"710000", "810000", "820000"})


def _names_countries(grid: TableGrid) -> bool:
    """Return whether a column names countries, so that letters beside it are their codes."""
    for column in range(1, grid.width + 1):
        cells = [c for c in filled_cells(grid.column_cells(column))[:SAMPLE] if isinstance(c, str)]
        names = [c for c in cells if len(c) > 2 and read_cell(c).kind is CellKind.UNREAD]
        countries = sum(normalise_name(name) in _countries() for name in names)
        if len(names) > SEQUENCE and countries > LISTED * len(names):
            return True
    return False


def _is_code_column(grid: TableGrid, column: int, head: Cell) -> bool:
    """Return whether two digits under a head are codes of provinces and no running number."""
    text = normalise_name(cell_text(head))
    if not (is_one_of(head, CODE_HEADS) or PROVINCE_CODE.search(text)):
        return False
    if PROVINCE_CODE.search(text) and text not in ("code", "代码", "编码", "iso"):
        return True
    return not is_running([cell for cell in grid.column_cells(column)[1:] if cell != ""])


def is_running(cells: Sequence[Cell]) -> bool:
    """Return whether cells are whole numbers that follow one another.

    >>> is_running(["1", "2", "3"]), is_running(["11", "12", "13", "21"])
    (True, False)
    """
    numbers = []
    for cell in cells:
        text = cell_text(cell)
        if not (text.isascii() and text.isdigit() and len(text) < 8):
            return False
        numbers.append(int(text))
    return len(numbers) >= SEQUENCE and all(
        second - first == 1 for first, second in pairwise(numbers)
    )


def _head_over(grid: TableGrid, column: int, tally: ColumnTally) -> Cell:
    cells = grid.column_cells(column)[: max(tally.first_row - 1, 0)][-HEADS_WITHIN:]
    return next((cell for cell in reversed(cells) if cell != ""), "")


@cache
def _countries() -> frozenset[str]:
    """Return the codes and names of countries but China, normalised (Unicode's CLDR)."""
    names = set()
    for lang in ("en", "zh"):
        for code, name in Locale(lang).territories.items():
            if code.isalpha() and len(code) == 2 and code not in ("CN", "HK", "MO", "TW", "ZZ"):
                names |= {normalise_name(code), normalise_name(name)}
    return frozenset(names)


def _no_provinces_error(grid: TableGrid) -> InputError:
    """Return the error that says what the table lists instead of provinces."""
    rows = filled_rows(grid)
    if len(rows) == 1 and not _is_row_of_numbers(grid.rows[rows[0] - 1]):
        return InputError(HEADS_ALONE, row=rows[0])
    words_column = 0
    for column in range(1, grid.width + 1):
        cells = filled_cells(grid.column_cells(column))[1:]
        words = [c for c in cells if isinstance(c, str) and read_cell(c).kind is CellKind.UNREAD]
        names = [w for w in words if not (is_total(w) or is_region(w) or is_note(w) or is_other(w))]
        if words and not names and not words_column:
            return InputError(HEADS_ALONE, row=rows[0])
        error = _describe_list(grid, column, cells, names)
        if error:
            return error
        words_column = words_column or (column if names else 0)
    first = words_column or 1
    cells = filled_cells(grid.column_cells(first)) or filled_cells(grid.rows[rows[0] - 1])
    for column in range(1, grid.width + 1):
        if not words_column and is_running(filled_cells(grid.column_cells(column))[1:]):
            return InputError(RUNNING, column=column_letters(column))
    wanted = cells[1:]
    if words_column:
        wanted = [c for c in wanted if read_cell(c).kind is CellKind.UNREAD] or wanted
    text = quote_for_message(cell_text(wanted[0] if wanted else cells[0]))
    return InputError(NO_PROVINCES, column=column_letters(first), text=text)


def _describe_list(
    grid: TableGrid, column: int, cells: Sequence[Cell], names: Sequence[str]
) -> InputError | None:
    """Return the error for a column that lists cities, districts, countries or companies."""
    letter = column_letters(column)
    others = [name for name in names if not grid.names_unit(name)]

    def lists(matching: Sequence[Cell], among: Sequence[Cell]) -> bool:
        return len(matching) > LISTED * len(among) > 0

    head = next(iter(filled_cells(grid.column_cells(column))), "")
    provinces = [name for name in names if grid.names_unit(name)]
    lower = [n for n in others if _LOWER_END.search(n) and not is_one_of(n, PROVINCE_HEADS)]
    countries = [name for name in names if normalise_name(name) in _countries()]
    companies = [name for name in names if _COMPANY.search(name)]
    codes = [
        text
        for cell in cells
        if _LOWER_CODE.fullmatch(text := cell_text(cell)) and grid.mention_of(cell) is None
    ]
    if lists(companies, names):
        return InputError(COMPANIES, column=letter, text=quote_for_message(companies[0]))
    coded = all(len(name) == 2 and name.isascii() for name in countries)
    if len(countries) > (NEARLY_ALL if coded else LISTED) * len(names) > 0:
        return InputError(COUNTRIES, column=letter, text=quote_for_message(countries[0]))
    is_city_head = is_one_of(head, CITY_HEADS)
    if others and (is_city_head or (lists(lower, names) and len(provinces) < SEQUENCE)):
        example = (lower or others)[0]
        return InputError(CITIES, column=letter, text=quote_for_message(example))
    if len(provinces) >= SEQUENCE and lists(lower, others):
        return InputError(DISTRICTS, column=letter, text=quote_for_message(lower[0]))
    is_coded = is_one_of(head, CODE_HEADS) or PROVINCE_CODE.search(normalise_name(cell_text(head)))
    if is_coded and lists(codes, cells) and not names:
        return InputError(LOWER_CODES, column=letter, text=quote_for_message(codes[0]))
    return None


def _is_row_of_numbers(row: Sequence[Cell]) -> bool:
    cells = filled_cells(row)
    figures = [
        cell
        for cell in cells
        if parse_period(cell) is None and read_cell(cell).kind is not CellKind.UNREAD
    ]
    return len(figures) > MOST * len(cells)
