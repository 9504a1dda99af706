"""How one province stands: in the report's lists, and in each dimension's indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from geo.cells import Cell
from geo.dataset import dataset
from geo.measures import CONTEXT, Measure, measures, snapshot
from geo.report import PREFIX, editions


@dataclass(frozen=True)
class Standing:
    """A province's cell in one measure, with the year it is of."""

    measure: Measure
    year: int
    cell: Cell


def report_standings(adcode: str) -> dict[str, tuple[Standing, ...]]:
    """A province's standing in every edition of every list, by index, editions ascending."""
    return {
        index: tuple(
            Standing(measures()[PREFIX + index], year, snapshot(PREFIX + index, year).cells[adcode])
            for year in years
        )
        for index, years in editions().items()
    }


@dataclass(frozen=True)
class DimensionStanding:
    """A province's standings in the indicators that we sort under a dimension.

    Each indicator stands with the year of its own that is nearest to the one asked for.
    """

    dimension: str
    standings: tuple[Standing, ...]

    @property
    def ranks(self) -> list[tuple[int, int]]:
        """The places with how many were ranked, best share first."""
        cells = (standing.cell for standing in self.standings)
        places = [(cell.rank, cell.of) for cell in cells if cell.rank and cell.of]
        return sorted(places, key=lambda place: place[0] / place[1])

    @property
    def median_rank(self) -> float | None:
        """The middle one of the places; None where the province has none."""
        ranks = [rank for rank, _ in self.ranks]
        return median(ranks) if ranks else None


def dimension_standings(adcode: str, year: int) -> Mapping[str, DimensionStanding]:
    """A province's standing in the six dimensions, in their fixed order."""
    found: dict[str, list[Standing]] = {index: [] for index in dimensions()}
    for measure in measures().values():
        if measure.kind == "indicator" and measure.dimension != CONTEXT:
            own = measure.nearest_year(year)
            cell = snapshot(measure.id, own).cells[adcode]
            found[measure.dimension].append(Standing(measure, own, cell))
    return {name: DimensionStanding(name, tuple(rows)) for name, rows in found.items()}


def dimensions() -> list[str]:
    """The six dimensions in the report's order."""
    return [str(index) for index in dataset().dimensions.index if index != "comprehensive"]
