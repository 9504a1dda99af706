"""Profiles of provinces: standings in lists and indicators, strengths and weaknesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Final

from geo.analysis.registry import published_measures, snapshot_of
from geo.index import default_recipe
from geo.limits import PROFILE_CACHE_SIZE
from geo.measures import (
    REPORT_PREFIX,
    Cell,
    Measure,
    Snapshot,
    dimension_ids,
    editions_by_list,
    indicators_of,
    published_values,
)
from geo.text import N_

STANDOUT_COUNT: Final = 5  # highest and lowest percentile ranks
LEADING_COUNT: Final = 3  # a rank up to this is always a strength
PEER_COUNT: Final = 3
MIN_PEERS: Final = 2  # peers with a value that a median needs
STANDOUT_RULE: Final = N_(
    "Of the indicators of the six dimensions ({year} or nearest, doubtful values "
    "excluded): strengths are the {count} highest percentile ranks and all ranks of "
    "{leading} or better; weaknesses are the {count} lowest of the others."
)
PEER_GAP_RULE: Final = N_(
    "Percentile rank minus the median percentile rank of the peers: the {count} "
    "largest leads and the {count} largest gaps."
)


@dataclass(frozen=True)
class Standing:
    """The cell of a province in one measure, with its year."""

    measure: Measure
    year: int
    cell: Cell

    @property
    def kind(self) -> str:
        """The kind of the measure."""
        return self.measure.kind

    @property
    def snapshot(self) -> Snapshot:
        """All provinces in the same measure and year."""
        return self.measure.snapshot(self.year)

    @property
    def comparable_cells(self) -> dict[int, Cell]:
        """The cells of the province in the years comparable with its own, ascending."""
        adcode = self.cell.adcode
        if self.measure.kind == "index":
            # Years of different sets of measures are not comparable.
            return {
                y: self.measure.snapshot(y).cells[adcode]
                for y in self.measure.years
                if default_recipe(y) == default_recipe(self.year)
            }
        return {y: self.measure.snapshot(y).cells[adcode] for y in self.measure.years}

    @property
    def gap_to_national_pct(self) -> float | None:
        """The gap to the national value in percent of it (negative: below); None without both."""
        national = self.snapshot.national
        if self.cell.value is None or national is None or not national.value:
            return None
        return 100 * (self.cell.value / national.value - 1)


def published_standings(adcode: str) -> dict[str, tuple[Standing, ...]]:
    """Return the standings of a province in all editions of all lists, by list, ascending."""
    return {
        index: tuple(
            Standing(
                published_measures()[REPORT_PREFIX + index],
                year,
                snapshot_of(REPORT_PREFIX + index, year).cells[adcode],
            )
            for year in years
        )
        for index, years in editions_by_list().items()
    }


@dataclass(frozen=True)
class DimensionStanding:
    """The standings of a province in the indicators of a dimension.

    Each indicator is in its year nearest to the requested one.
    """

    dimension: str
    standings: tuple[Standing, ...]

    @property
    def ranks_with_counts(self) -> list[tuple[int, int]]:
        """The ranks with the numbers of ranked provinces, best share first."""
        cells = (standing.cell for standing in self.standings)
        places = [(cell.rank, cell.of) for cell in cells if cell.rank and cell.of]
        return sorted(places, key=lambda place: place[0] / place[1])

    @property
    def median_rank(self) -> float | None:
        """The median of the ranks; None if the province has none."""
        ranks = [rank for rank, _ in self.ranks_with_counts]
        return median(ranks) if ranks else None


@lru_cache(maxsize=PROFILE_CACHE_SIZE)
def dimension_standings(adcode: str, year: int) -> Mapping[str, DimensionStanding]:
    """Return the standings of a province in the six dimensions, in their fixed order."""
    return {
        name: DimensionStanding(
            name, tuple(standing_in(adcode, m, year) for m in indicators_of(name))
        )
        for name in dimension_ids()
    }


def standing_in(adcode: str, measure: Measure, year: int) -> Standing:
    """Return the standing of a province in a measure, in the nearest year of the measure."""
    number = measure.nearest_year(year)
    return Standing(measure, number, measure.snapshot(number).cells[adcode])


@lru_cache(maxsize=PROFILE_CACHE_SIZE)
def comparable_standings(adcode: str, year: int) -> tuple[Standing, ...]:
    """Return the comparable standings in all six dimensions: ranked, and not doubtful."""
    return tuple(
        standing
        for group in dimension_standings(adcode, year).values()
        for standing in group.standings
        if standing.cell.percentile is not None and not standing.cell.is_doubtful
    )


def resident_population(adcode: str, year: int) -> tuple[float, int] | None:
    """Return the residents at the end of the nearest published year, and that year."""
    column = published_values("resident_population", year)
    if adcode not in column.index:
        return None
    return float(column[adcode]), year


def open_index_standings(adcode: str, year: int) -> tuple[Standing, ...]:
    """Return the standings of a province in the open index and its dimensions."""
    return tuple(
        standing_in(adcode, m, year) for m in published_measures().values() if m.kind == "index"
    )


@dataclass(frozen=True)
class StandoutIndicator:
    """A notable indicator; gap: percentile points above (negative: below) the peers' median."""

    standing: Standing
    gap: float | None = None


def strengths_and_weaknesses(
    adcode: str, year: int
) -> tuple[list[StandoutIndicator], list[StandoutIndicator]]:
    """Return strengths (best first) and weaknesses (worst first) among a province's indicators.

    Both are empty for a unit without values.
    """
    highest, lowest = highest_and_lowest(adcode, year)
    strong = [
        s
        for place, s in enumerate(highest)
        if place < STANDOUT_COUNT or (s.cell.rank or LEADING_COUNT + 1) <= LEADING_COUNT
    ]
    weak = [s for s in lowest if s not in strong][:STANDOUT_COUNT]
    return [StandoutIndicator(s) for s in strong], [StandoutIndicator(s) for s in weak]


def highest_and_lowest(adcode: str, year: int) -> tuple[list[Standing], list[Standing]]:
    """Return the indicators of a province with the highest and the lowest percentile ranks."""
    standings = sorted(
        comparable_standings(adcode, year), key=lambda s: (-_known_percentile(s), s.measure.id)
    )
    return standings, standings[::-1]


def compare_with_peers(
    adcode: str, peers: Sequence[str], year: int
) -> tuple[list[StandoutIndicator], list[StandoutIndicator]]:
    """Return where a province leads and lags its peers most, in points from their median.

    The points are percentile points. Doubtful values are left out on both sides; an indicator
    counts if at least two peers have a value.
    """
    result = []
    for standing in comparable_standings(adcode, year):
        cells = standing.snapshot.cells
        theirs = [
            percentile
            for cell in map(cells.__getitem__, peers)
            if (percentile := cell.percentile) is not None and not cell.is_doubtful
        ]
        if len(theirs) >= MIN_PEERS:
            result.append(StandoutIndicator(standing, _known_percentile(standing) - median(theirs)))
    result.sort(key=lambda one: (-(one.gap or 0.0), one.standing.measure.id))
    lead = [one for one in result if one.gap and one.gap > 0][:PEER_COUNT]
    lag = [one for one in reversed(result) if one.gap and one.gap < 0][:PEER_COUNT]
    return lead, lag


def _known_percentile(standing: Standing) -> float:
    """Return the percentile of a standing that has one."""
    return standing.cell.percentile or 0.0
