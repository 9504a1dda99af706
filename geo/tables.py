"""The cells of a measure as rows, and rows as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

from typing import Final

from geo import wording
from geo.cells import Cell
from geo.csvsafe import DIGITS, to_csv
from geo.indicators import Measure
from geo.measures import all_measures, snapshot_of
from geo.provinces import provinces
from geo.text import N_, Translator

# The columns of a table of cells, with their heads.
HEADS: Final = {
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


def table_years(measure: Measure, year: int | None) -> tuple[int, ...]:
    """The years of a table: the one that is asked for, or all that the measure has."""
    return measure.years if year is None else (year,)


def file_value(value: float | None) -> float | None:
    """A figure as files hold it.

    >>> file_value(0.1 + 0.2)
    0.3
    """
    return None if value is None else float(f"{value:.{DIGITS}g}")


def cell_table_head(t: Translator) -> list[str]:
    """The heads of a table of cells, in the reader's language."""
    return [t(name) for name in HEADS.values()]


def cell_table_rows(measure_id: str, t: Translator, year: int | None = None) -> list[list[object]]:
    """A row for each cell of a measure, also those without a figure, by years and adcodes.

    The columns are those of HEADS: numbers as numbers, None where there is none, texts in the
    reader's language. year: None for all years. Raises KeyError for an unknown measure or year.
    """
    measure = all_measures()[measure_id]
    return [
        [
            cell.adcode,
            provinces()[cell.adcode].name_in(t.lang),
            wording.measure_name(measure, t),
            table_year,
            file_value(cell.value),
            t.localized(measure.unit_en, measure.unit_zh),
            cell.rank,
            cell.of,
            cell.low,
            cell.high,
            wording.status_name(cell, t),
            join_cell_remarks(cell, t),
        ]
        for table_year in table_years(measure, year)
        for cell in snapshot_of(measure_id, table_year).cells.values()
    ]


def join_cell_remarks(cell: Cell, t: Translator) -> str:
    """The remarks of a cell in one line; empty for most."""
    return "; ".join(wording.localized_remark(remark, t) for remark in cell.remarks)


def measure_csv(measure_id: str, t: Translator, year: int | None = None) -> str:
    """The rows of a measure as CSV in the reader's language, with a byte order mark.

    Raises KeyError for an unknown measure or year.
    """
    return to_csv([cell_table_head(t), *cell_table_rows(measure_id, t, year)])
