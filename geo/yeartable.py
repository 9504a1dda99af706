"""A measure as a table of provinces by years, and what a cell of it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geo import wording
from geo.cells import STATUS_ORDER, Cell, Status
from geo.indicators import Measure
from geo.measures import snapshot
from geo.provinces import provinces
from geo.text import Texts

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
class Row:
    """One unit with its cells by year, ascending."""

    adcode: str
    cells: Mapping[int, Cell]


def rows(measure: Measure, by_rank_of: int | None = None) -> list[Row]:
    """The 34 units by adcode, or by their rank in a year; those without one last, by status."""
    found = [
        Row(adcode, {year: snapshot(measure.id, year).cells[adcode] for year in measure.years})
        for adcode in provinces()
    ]
    if by_rank_of is None:
        return found

    def place(row: Row) -> tuple[int, int]:
        cell = row.cells[by_rank_of]
        return (cell.rank or len(found) + 1, STATUS_ORDER[cell.status])

    return sorted(found, key=place)


def shown(cell: Cell, measure: Measure, say: Texts) -> tuple[str, str]:
    """What a cell of the table shows, large and small: the figure with its rank, a rank, a sign."""
    if cell.value is not None:
        return wording.number(cell.value, measure, say), str(cell.rank or "")
    return (str(cell.rank) if cell.rank else SIGNS[cell.status]), ""


def signs(measure: Measure) -> list[Status]:
    """The statuses of a measure that its table shows as a sign, in their fixed order."""
    found = {status for year in measure.years for status in snapshot(measure.id, year).statuses()}
    return [status for status in SIGNS if status in found]
