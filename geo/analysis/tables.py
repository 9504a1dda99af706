"""Tables of the cells of a measure: rows for files, and provinces by years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geo.measures import (
    STATUS_ORDER,
    Cell,
    Measure,
    Status,
    format_number,
    localized_remark,
    measure_name,
    measure_unit,
    status_name,
)
from geo.tables import FILE_DIGITS, to_csv
from geo.text import N_, Translator
from geo.units import provinces

# The columns of a table of cells, with their heads.
CELL_HEADS: Final = {
    "adcode": N_("adcode"),
    "province": N_("Province"),
    "measure": N_("Measure"),
    "year": N_("Year"),
    "value": N_("Value"),
    "unit": N_("Unit"),
    "rank": N_("Rank"),
    "of": N_("of"),
    "low": N_("Interval from"),
    "high": N_("Interval to"),
    "status": N_("Status"),
    "remarks": N_("Remarks"),
}
# The signs of cells without a number; the key under the table explains them.
STATUS_SIGNS: Final[Mapping[Status, str]] = {
    Status.NAMED: "●",
    Status.TOO_FEW: "∅",
    Status.OUTSIDE: "○",
    Status.NOT_GIVEN: "–",  # only in uploaded tables, which have no "not published"
    Status.NOT_PUBLISHED: "–",
    Status.NOT_COVERED: "×",
    Status.NOT_EVALUATED: "×",
}


def table_years(measure: Measure, year: int | None) -> tuple[int, ...]:
    """Return the years of a table: the given one, or all years of the measure."""
    return measure.years if year is None else (year,)


def file_value(value: float | None) -> float | None:
    """Return a value as written to files, with 12 significant digits.

    >>> file_value(0.1 + 0.2)
    0.3
    """
    return None if value is None else float(f"{value:.{FILE_DIGITS}g}")


def cell_table_head(t: Translator) -> list[str]:
    """Return the heads of a table of cells, in the reader's language."""
    return [t(name) for name in CELL_HEADS.values()]


def cell_table_rows(measure: Measure, t: Translator, year: int | None = None) -> list[list[object]]:
    """Return a row for each cell of a measure, also without a value, by years and adcodes.

    The columns are those of HEADS: numbers as numbers, None for a missing one, texts in the
    reader's language. year: None for all years. Raises KeyError for a year it lacks.
    """
    return [
        [
            cell.adcode,
            provinces()[cell.adcode].name_in(t.lang),
            measure_name(measure, t),
            table_year,
            file_value(cell.value),
            measure_unit(measure, t),
            cell.rank,
            cell.of,
            cell.low,
            cell.high,
            status_name(cell, t),
            join_cell_remarks(cell, t),
        ]
        for table_year in table_years(measure, year)
        for cell in measure.snapshot(table_year).cells.values()
    ]


def join_cell_remarks(cell: Cell, t: Translator) -> str:
    """Return the remarks of a cell in one line; empty for most."""
    return "; ".join(localized_remark(remark, t) for remark in cell.remarks)


def measure_csv(measure: Measure, t: Translator, year: int | None = None) -> str:
    """Return the rows of a measure as CSV in the reader's language, with a byte order mark.

    Raises KeyError for a year that the measure lacks.
    """
    return to_csv([cell_table_head(t), *cell_table_rows(measure, t, year)])


@dataclass(frozen=True)
class YearRow:
    """One unit with its cells by year, ascending."""

    adcode: str
    cells: Mapping[int, Cell]


def year_rows(measure: Measure, by_rank_of: int | None = None) -> list[YearRow]:
    """Return the 34 units by adcode, or by their rank in a year; unranked last, by status."""
    results = [
        YearRow(adcode, {year: measure.snapshot(year).cells[adcode] for year in measure.years})
        for adcode in provinces()
    ]
    if by_rank_of is None:
        return results

    def place(row: YearRow) -> tuple[int, int]:
        cell = row.cells[by_rank_of]
        return (cell.rank or len(results) + 1, STATUS_ORDER[cell.status])

    return sorted(results, key=place)


def format_year_cell(cell: Cell, measure: Measure, t: Translator) -> tuple[str, str]:
    """Return the main and the small text of a cell: value and rank, a rank alone, or a sign."""
    if cell.value is not None:
        return format_number(cell.value, measure, t), str(cell.rank or "")
    return (str(cell.rank) if cell.rank else STATUS_SIGNS[cell.status]), ""


def status_signs(measure: Measure) -> list[Status]:
    """Return the statuses of a measure that its table shows as a sign, in their fixed order."""
    results = {
        status for year in measure.years for status in measure.snapshot(year).present_statuses()
    }
    return [status for status in STATUS_SIGNS if status in results]
