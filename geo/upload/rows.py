"""What becomes of each row: none is dropped in silence, and each is accounted for once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from geo.errors import InputError
from geo.provinces import Province, candidates, provinces
from geo.text import N_
from geo.upload.choices import Choices, stale
from geo.upload.heads import year_of
from geo.upload.layout import Grid, Layout, filled
from geo.upload.limits import most
from geo.upload.lines import is_note, is_region, is_total
from geo.upload.source import Cell, Source, written

RAGGED: Final = N_(
    "Row {row} has {count} cells, but the heads in row {head} make {width} columns. Put cells that"
    " hold the delimiter into quotation marks, or fill in what is missing."
)


class Fate(StrEnum):
    """What becomes of a row. The first four carry figures, or may once they are mended."""

    MATCHED = "matched"  # about one of the 31 provinces
    BEYOND = "beyond"  # about Hong Kong, Macao or Taiwan, beside the 31
    UNMATCHED = "unmatched"  # about no unit that is known
    DOUBLED = "doubled"  # one of several about the same province and year
    NO_YEAR = "no_year"  # its year cannot be read
    TOTAL = "total"  # about the country, a sum or a mean
    REGION = "region"  # about a part of the country larger than a province
    NOTE = "note"
    LEFT_OUT = "left_out"  # by the reader
    HEAD = "head"
    UNITS = "units"
    TITLE = "title"
    BLANK = "blank"


USED: Final = frozenset({Fate.MATCHED, Fate.BEYOND})
ABOUT: Final = USED | {Fate.UNMATCHED, Fate.DOUBLED, Fate.NO_YEAR}


@dataclass(frozen=True)
class RowReport:
    """A row of the table, counted from 1, and what becomes of it.

    text is how the row names its province (the whole line of a title or a note). adcode is empty
    unless the row is matched, beyond or doubled; year is None in a table without a column of
    years. candidates are the adcodes to choose from in an unmatched row, nearest first.
    """

    number: int
    fate: Fate
    text: str = ""
    adcode: str = ""
    year: int | None = None
    candidates: tuple[str, ...] = ()


def reports(
    source: Source, grid: Grid, found: Layout, codes: Sequence[int], choices: Choices
) -> list[RowReport]:
    """A report for each row, before years and doubles are looked at.

    codes: other columns that name provinces; a row whose columns disagree is not matched. Raises
    InputError for a row that has not as many cells as the head, or a choice of a row that is not
    there.
    """
    _rows_exist(choices, found, len(grid.rows))
    mapped = dict(choices.mapped)
    known = [
        n for n in range(found.body, len(grid.rows) + 1) if grid.unit(n, found.province_column)
    ]
    last_known = max(known, default=0)
    near = _Near()
    rows = []
    for number, row in enumerate(grid.rows, start=1):
        name = grid.cell(number, found.province_column)
        text = written(name)
        if number < found.body:
            rows.append(_above(number, row, found))
        elif not filled(row):
            rows.append(RowReport(number, Fate.BLANK))
        elif number in choices.left_out:
            rows.append(RowReport(number, Fate.LEFT_OUT, text))
        elif number in mapped:
            rows.append(_about(number, text, provinces()[mapped[number]]))
        elif _is_note(row, name):
            rows.append(RowReport(number, Fate.NOTE, _line(row)))
        elif is_total(name):
            rows.append(RowReport(number, Fate.TOTAL, text))
        elif is_region(name):
            rows.append(RowReport(number, Fate.REGION, text))
        else:
            own = _named(grid, number, found.province_column, codes)
            if len(own) == 1:
                rows.append(_about(number, text, provinces()[own[0]]))
            else:
                asked = tuple(own) or near.to(text)
                alone = number > last_known and len(filled(row)) == 1 and not asked
                fate = Fate.NOTE if alone else Fate.UNMATCHED
                line = _line(row) if alone else text
                rows.append(RowReport(number, fate, line, candidates=() if alone else asked))
        _not_ragged(source, rows[-1], found)
    return rows


def _rows_exist(choices: Choices, found: Layout, count: int) -> None:
    for number in (*(row for row, _ in choices.mapped), *choices.kept, *choices.left_out):
        if not found.body <= number <= count:
            raise stale(number)


def _above(number: int, row: Sequence[Cell], found: Layout) -> RowReport:
    if not filled(row):
        return RowReport(number, Fate.BLANK)
    fates = {True: Fate.UNITS, False: Fate.TITLE}
    fate = Fate.HEAD if number == found.head_row else fates[number > found.head_row]
    return RowReport(number, fate, _line(row))


def _about(number: int, text: str, unit: Province) -> RowReport:
    fate = Fate.MATCHED if unit.evaluated else Fate.BEYOND
    return RowReport(number, fate, text, unit.adcode)


def _is_note(row: Sequence[Cell], name: Cell) -> bool:
    own = filled(row)
    return is_note(name) or (is_note(own[0]) and name == "")


def _named(grid: Grid, number: int, column: int, codes: Iterable[int]) -> list[str]:
    """The units that a row names: one, none, or several where its columns disagree."""
    own = grid.unit(number, column)
    others = [grid.unit(number, other) for other in codes]
    named = [unit.adcode for unit in (own, *others) if unit is not None]
    return list(dict.fromkeys(named)) if own is not None else []


def _line(row: Sequence[Cell]) -> str:
    return " ".join(written(cell) for cell in filled(row))


def _not_ragged(source: Source, report: RowReport, found: Layout) -> None:
    """A delimited row with another count of cells than the heads has cells in wrong columns."""
    if source.kind != "csv" or report.number < found.body:
        return
    row = source.rows[report.number - 1]
    if len(filled(row)) < 2 or report.fate is Fate.NOTE:
        return
    width, count = len(found.heads), source.counts[report.number - 1]
    if len(row) > source.counts[found.head_row - 1] or count < width:
        raise InputError(RAGGED, row=report.number, count=count, head=found.head_row, width=width)


class _Near:
    """The nearest names to unknown ones, each sought once, and not for more than a few."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, ...]] = {}

    def to(self, text: str) -> tuple[str, ...]:
        if text not in self._found:
            seek = text and len(self._found) < most("candidates")
            near = candidates(text) if seek else []
            self._found[text] = tuple(unit.adcode for unit in near)
        return self._found[text]


def with_years(rows: Sequence[RowReport], years: Sequence[Cell]) -> list[RowReport]:
    """The reports with the year of each row about a unit; years: the cells of their column."""
    found = []
    for row in rows:
        if row.fate not in ABOUT:
            found.append(row)
            continue
        year = year_of(years[row.number - 1])
        lost = year is None and row.fate in USED
        fate = Fate.NO_YEAR if lost else row.fate
        found.append(replace(row, year=year, fate=fate, adcode="" if lost else row.adcode))
    return found


def without_doubles(rows: Sequence[RowReport], kept: Sequence[int]) -> list[RowReport]:
    """The reports with rows about the same unit and year marked.

    Where the reader kept one of them, it stands and the others are left out; none is preferred
    unasked.
    """
    alike: dict[tuple[str, int | None], list[int]] = {}
    for row in rows:
        if row.fate in USED:
            alike.setdefault((row.adcode, row.year), []).append(row.number)
    fates: Mapping[int, Fate] = {
        number: _fate_of_double(number, [n for n in numbers if n in kept])
        for numbers in alike.values()
        if len(numbers) > 1
        for number in numbers
    }
    found = []
    for row in rows:
        fate = fates.get(row.number, row.fate)
        stands = fate is Fate.MATCHED
        found.append(row if stands or fate is row.fate else replace(row, fate=fate))
    return found


def _fate_of_double(number: int, kept: Sequence[int]) -> Fate:
    if len(kept) != 1:
        return Fate.DOUBLED
    return Fate.MATCHED if kept[0] == number else Fate.LEFT_OUT
