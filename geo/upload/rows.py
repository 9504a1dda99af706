"""The outcome of each row of an uploaded table: every row is reported exactly once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from geo.text import N_, InputError
from geo.units import Province, nearest_provinces, provinces
from geo.upload.files import Cell, SourceTable, cell_text
from geo.upload.grid import TableGrid, filled_cells
from geo.upload.heads import is_note, is_other, is_region, is_total
from geo.upload.layout import TableLayout
from geo.upload.limits import limit_of
from geo.upload.numbers import CellKind, read_cell
from geo.upload.options import ImportOptions, stale_option_error
from geo.upload.periods import combine_day, combine_period, read_periods

RAGGED: Final = N_(
    "Row {row} has {count} cells, but the headers in row {head} make {width} "
    "columns. Put cells that hold the delimiter into quotation marks, or fill in "
    "what is missing."
)


class RowOutcome(StrEnum):
    """The outcome of a row. The first five are rows about units, usable at once or corrected."""

    MATCHED = "matched"  # about one of the 31 provinces
    BEYOND = "beyond"  # about Hong Kong, Macao or Taiwan, beside the 31
    UNMATCHED = "unmatched"  # about no unit that is known
    DOUBLED = "doubled"  # one of several about the same province and year
    NO_YEAR = "no_year"  # its year cannot be read
    TOTAL = "total"  # about the country, a sum or a mean
    OTHER = "other"  # about something beside the provinces that needs no question
    REGION = "region"  # about a part of the country larger than a province
    NOTE = "note"
    LEFT_OUT = "left_out"  # by the reader
    HEAD = "head"
    UNITS = "units"
    TITLE = "title"
    BLANK = "blank"


USED: Final = frozenset({RowOutcome.MATCHED, RowOutcome.BEYOND})
ABOUT: Final = USED | {RowOutcome.UNMATCHED, RowOutcome.DOUBLED, RowOutcome.NO_YEAR}


@dataclass(frozen=True)
class RowReport:
    """A row of the table, counted from 1, and its outcome.

    text is the name of the province in the row (the whole line of a title or a note). adcode is
    empty unless the row is matched, beyond or doubled; year is None in a table without a column
    of years; it is any period. key: what the further key columns hold. candidates are the adcodes
    to choose from in an unmatched row, nearest first.
    """

    number: int
    outcome: RowOutcome
    text: str = ""
    adcode: str = ""
    year: int | None = None
    candidates: tuple[str, ...] = ()
    key: tuple[str, ...] = ()


def report_rows(
    source: SourceTable,
    grid: TableGrid,
    layout: TableLayout,
    codes: Sequence[int],
    choices: ImportOptions,
) -> list[RowReport]:
    """Return a report for each row, without years and doubles.

    codes: other columns that name provinces; a row whose columns disagree is not matched. Raises
    InputError for a row whose number of cells differs from the head, or for an option on a row
    that does not exist.
    """
    _check_rows_exist(choices, layout, len(grid.rows))
    mapped = dict(choices.mapped)
    known = [
        n
        for n in range(layout.first_body_row, len(grid.rows) + 1)
        if grid.unit_at(n, layout.province_column)
    ]
    last_known = max(known, default=0)
    near = _NearestNames()
    rows = []
    for number, row in enumerate(grid.rows, start=1):
        name = grid.cell_at(number, layout.province_column)
        text = cell_text(name)
        if number < layout.first_body_row:
            rows.append(_report_above(number, row, layout))
        elif not filled_cells(row):
            rows.append(RowReport(number, RowOutcome.BLANK))
        elif number in choices.left_out:
            rows.append(RowReport(number, RowOutcome.LEFT_OUT, text))
        elif number in mapped:
            rows.append(_report_about(number, text, provinces()[mapped[number]]))
        else:
            lines = _named_units(grid, number, layout.province_column, codes)
            fate = _skipped_outcome(name, row) if not lines else None
            if len(lines) == 1:
                rows.append(_report_about(number, text, provinces()[lines[0]]))
            elif not lines and _is_note_row(row, name):
                rows.append(RowReport(number, RowOutcome.NOTE, _row_text(row)))
            elif fate:
                rows.append(RowReport(number, fate, text or _row_text(row)))
            else:
                texts = tuple(lines) or near.nearest_to(text)
                alone = number > last_known and (
                    _holds_no_value(row) if len(filled_cells(row)) > 1 else not texts
                )
                fate = RowOutcome.NOTE if alone else RowOutcome.UNMATCHED
                line = _row_text(row) if alone else text
                rows.append(RowReport(number, fate, line, candidates=() if alone else texts))
        _check_not_ragged(source, rows[-1], layout)
    return rows


def _skipped_outcome(name: Cell, row: Sequence[Cell]) -> RowOutcome | None:
    """Return the outcome of a row that is about no province and needs no question."""
    if is_total(name):
        return RowOutcome.TOTAL
    if is_region(name):
        return RowOutcome.REGION
    dash = name == "" and any(cell_text(cell).startswith("100000") for cell in row)
    return RowOutcome.OTHER if dash or is_other(name) else None


def _check_rows_exist(choices: ImportOptions, layout: TableLayout, count: int) -> None:
    for number in (*(row for row, _ in choices.mapped), *choices.kept, *choices.left_out):
        if not layout.first_body_row <= number <= count:
            raise stale_option_error(number)


def _report_above(number: int, row: Sequence[Cell], layout: TableLayout) -> RowReport:
    if not filled_cells(row):
        return RowReport(number, RowOutcome.BLANK)
    fates = {True: RowOutcome.UNITS, False: RowOutcome.TITLE}
    fate = RowOutcome.HEAD if number in layout.head_rows else fates[number > layout.head_row]
    return RowReport(number, fate, _row_text(row))


def _report_about(number: int, text: str, unit: Province) -> RowReport:
    fate = RowOutcome.MATCHED if unit.evaluated else RowOutcome.BEYOND
    return RowReport(number, fate, text, unit.adcode)


def _is_note_row(row: Sequence[Cell], name: Cell) -> bool:
    cells = filled_cells(row)
    return is_note(name) or (is_note(cells[0]) and name == "")


def _named_units(grid: TableGrid, number: int, column: int, codes: Iterable[int]) -> list[str]:
    """Return the units that a row names: one, none, or several where its columns disagree."""
    province = grid.unit_at(number, column)
    others = [grid.unit_at(number, other) for other in codes]
    adcodes_of_name = [unit.adcode for unit in (province, *others) if unit is not None]
    return list(dict.fromkeys(adcodes_of_name)) if province is not None else []


def _holds_no_value(row: Sequence[Cell]) -> bool:
    """Return whether a row holds words alone, as a note whose commas make cells of it."""
    return all(read_cell(cell).kind is CellKind.UNREAD for cell in filled_cells(row))


def _row_text(row: Sequence[Cell]) -> str:
    return " ".join(cell_text(cell) for cell in filled_cells(row))


def _check_not_ragged(source: SourceTable, report: RowReport, layout: TableLayout) -> None:
    """Raise InputError for a delimited row with another number of cells than the head row."""
    if not source.counts or report.number < layout.first_body_row or not layout.head_row:
        return
    row = source.rows[report.number - 1]
    if len(filled_cells(row)) < 2 or report.outcome not in ABOUT:
        return
    width, count = len(layout.heads), source.counts[report.number - 1]
    if len(row) > source.counts[layout.head_row - 1] or count < width:
        raise InputError(RAGGED, row=report.number, count=count, head=layout.head_row, width=width)


class _NearestNames:
    """The candidates for unknown names, each searched once, up to the limit on their number."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, ...]] = {}

    def nearest_to(self, text: str) -> tuple[str, ...]:
        if text not in self._found:
            seek = text and len(self._found) < limit_of("candidates")
            near = nearest_provinces(text) if seek else []
            self._found[text] = tuple(unit.adcode for unit in near)
        return self._found[text]


def add_years(
    rows: Sequence[RowReport],
    years: Sequence[Cell],
    parts: Sequence[Cell] | None = None,
    are_quarters: bool = False,
    time_step: str = "",
    days: Sequence[Cell] | None = None,
) -> list[RowReport]:
    """Return the reports with the period of each row about a unit.

    years: cells of the column of time; parts: those of a column of months or, if
    are_quarters, of quarters beside it; days: those of a column of days of the month.
    time_step: to which periods finer ones belong.
    """
    about = [row for row in rows if row.outcome in ABOUT]
    periods = read_periods([years[row.number - 1] for row in about], are_dates=True)
    if parts is not None:
        periods = [
            combine_period(period, parts[row.number - 1], are_quarters) or period
            for row, period in zip(about, periods, strict=True)
        ]
    if days is not None:
        periods = [
            combine_day(period, days[row.number - 1]) or period
            for row, period in zip(about, periods, strict=True)
        ]
    digits = {"year": 4, "month": 6}.get(time_step, 8)
    by_row = {
        row.number: period and (period if period < 10**digits else int(str(period)[:digits]))
        for row, period in zip(about, periods, strict=True)
    }
    row_reports = []
    for row in rows:
        if row.outcome not in ABOUT:
            row_reports.append(row)
            continue
        year = by_row[row.number]
        lost = year is None and row.outcome in USED
        fate = RowOutcome.NO_YEAR if lost else row.outcome
        row_reports.append(replace(row, year=year, outcome=fate, adcode="" if lost else row.adcode))
    return row_reports


def mark_doubles(rows: Sequence[RowReport], chosen_rows: Sequence[int]) -> list[RowReport]:
    """Return the reports with rows about the same unit, year and key marked as doubled.

    If the reader keeps one of them, the others are left out; otherwise none is preferred.
    """
    alike: dict[tuple, list[int]] = {}
    for row in rows:
        if row.outcome in USED:
            alike.setdefault((row.adcode, row.year, row.key), []).append(row.number)
    chosen = set(chosen_rows)
    fates: dict[int, RowOutcome] = {}
    for numbers in alike.values():
        if len(numbers) > 1:
            preferred = [number for number in numbers if number in chosen]
            fates |= {number: _outcome_of_double(number, preferred) for number in numbers}
    row_reports = []
    for row in rows:
        fate = fates.get(row.number, row.outcome)
        stands = fate is RowOutcome.MATCHED
        row_reports.append(row if stands or fate is row.outcome else replace(row, outcome=fate))
    return row_reports


def _outcome_of_double(number: int, numbers: Sequence[int]) -> RowOutcome:
    if len(numbers) != 1:
        return RowOutcome.DOUBLED
    return RowOutcome.MATCHED if numbers[0] == number else RowOutcome.LEFT_OUT
