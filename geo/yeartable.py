"""A measure as a table of provinces by years, and what a cell of it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geo import wording
from geo.cells import STATUS_ORDER, Cell, Status
from geo.indicators import Measure
from geo.measures import snapshot_of
from geo.provinces import provinces
from geo.text import Translator

# A cell without a number shows a sign, which the key under the table explains.
SIGNS: Final[Mapping[Status, str]] = {
    Status.NAMED: "●",
    Status.TOO_FEW: "∅",
    Status.OUTSIDE: "○",
    Status.NOT_GIVEN: "–",  # of a table of the reader's own, where nothing is unpublished
    Status.NOT_PUBLISHED: "–",
    Status.NOT_COVERED: "×",
    Status.NOT_EVALUATED: "×",
}


@dataclass(frozen=True)
class YearRow:
    """One unit with its cells by year, ascending."""

    adcode: str
    cells: Mapping[int, Cell]


def year_rows(measure: Measure, by_rank_of: int | None = None) -> list[YearRow]:
    """The 34 units by adcode, or by their rank in a year; those without one last, by status."""
    results = [
        YearRow(
            adcode, {year: snapshot_of(measure.id, year).cells[adcode] for year in measure.years}
        )
        for adcode in provinces()
    ]
    if by_rank_of is None:
        return results

    def place(row: YearRow) -> tuple[int, int]:
        cell = row.cells[by_rank_of]
        return (cell.rank or len(results) + 1, STATUS_ORDER[cell.status])

    return sorted(results, key=place)


def format_year_cell(cell: Cell, measure: Measure, t: Translator) -> tuple[str, str]:
    """What a cell of the table shows, large and small: the figure with its rank, a rank, a sign."""
    if cell.value is not None:
        return wording.format_number(cell.value, measure, t), str(cell.rank or "")
    return (str(cell.rank) if cell.rank else SIGNS[cell.status]), ""


def status_signs(measure: Measure) -> list[Status]:
    """The statuses of a measure that its table shows as a sign, in their fixed order."""
    results = {
        status
        for year in measure.years
        for status in snapshot_of(measure.id, year).present_statuses()
    }
    return [status for status in SIGNS if status in results]
