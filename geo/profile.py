"""How one province stands: in the report's lists, and in each dimension's indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from geo import openindex
from geo.cells import Cell, Snapshot
from geo.indicators import Measure, dimension_ids, indicators_of, published_values
from geo.measures import all_measures, snapshot_of
from geo.report import PREFIX, editions_by_list


@dataclass(frozen=True)
class Standing:
    """A province's cell in one measure, with the year it is of."""

    measure: Measure
    year: int
    cell: Cell

    @property
    def snapshot(self) -> Snapshot:
        """All provinces in the same measure and year."""
        return snapshot_of(self.measure.id, self.year)

    @property
    def comparable_cells(self) -> dict[int, Cell]:
        """The province's cells in the years that compare with its own, ascending."""
        adcode = self.cell.adcode
        if self.measure.kind == "index":
            # Years of different sets of measures do not compare.
            return {
                y: snapshot_of(self.measure.id, y).cells[adcode]
                for y in self.measure.years
                if openindex.default_recipe(y) == openindex.default_recipe(self.year)
            }
        return {y: snapshot_of(self.measure.id, y).cells[adcode] for y in self.measure.years}

    @property
    def gap_to_national_pct(self) -> float | None:
        """How far above (or below) the national value, in percent of it; None without both."""
        national = self.snapshot.national
        if self.cell.value is None or national is None or not national.value:
            return None
        return 100 * (self.cell.value / national.value - 1)


def published_standings(adcode: str) -> dict[str, tuple[Standing, ...]]:
    """A province's standing in every edition of every list, by index, editions ascending."""
    return {
        index: tuple(
            Standing(
                all_measures()[PREFIX + index],
                year,
                snapshot_of(PREFIX + index, year).cells[adcode],
            )
            for year in years
        )
        for index, years in editions_by_list().items()
    }


@dataclass(frozen=True)
class DimensionStanding:
    """A province's standings in the indicators that we sort under a dimension.

    Each indicator stands with the year of its own that is nearest to the one asked for.
    """

    dimension: str
    standings: tuple[Standing, ...]

    @property
    def ranks_with_counts(self) -> list[tuple[int, int]]:
        """The places with how many were ranked, best share first."""
        cells = (standing.cell for standing in self.standings)
        places = [(cell.rank, cell.of) for cell in cells if cell.rank and cell.of]
        return sorted(places, key=lambda place: place[0] / place[1])

    @property
    def median_rank(self) -> float | None:
        """The middle one of the places; None where the province has none."""
        ranks = [rank for rank, _ in self.ranks_with_counts]
        return median(ranks) if ranks else None


def dimension_standings(adcode: str, year: int) -> Mapping[str, DimensionStanding]:
    """A province's standing in the six dimensions, in their fixed order."""
    return {
        name: DimensionStanding(
            name, tuple(standing_in(adcode, m, year) for m in indicators_of(name))
        )
        for name in dimension_ids()
    }


def standing_in(adcode: str, measure: Measure, year: int) -> Standing:
    """A province's standing in a measure, in the measure's year that is nearest."""
    number = measure.nearest_year(year)
    return Standing(measure, number, snapshot_of(measure.id, number).cells[adcode])


def comparable_standings(adcode: str, year: int) -> list[Standing]:
    """The standings under all six dimensions that may be compared: ranked, and not doubtful."""
    return [
        standing
        for group in dimension_standings(adcode, year).values()
        for standing in group.standings
        if standing.cell.percentile is not None and not standing.cell.is_doubtful
    ]


def resident_population(adcode: str, year: int) -> tuple[float, int] | None:
    """Residents at the end of the nearest year that is published, and that year."""
    column = published_values("resident_population", year)
    if adcode not in column.index:
        return None
    return float(column[adcode]), year


def open_index_standings(adcode: str, year: int) -> tuple[Standing, ...]:
    """A province's standing in the open index and its dimensions, which are ours."""
    return tuple(standing_in(adcode, m, year) for m in all_measures().values() if m.kind == "index")
