"""Profiles of provinces: standings in lists and indicators, strengths and weaknesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from geo.analysis.registry import all_measures, snapshot_of
from geo.index import default_recipe
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
LEADING_COUNT: Final = 3  # a rank as good as this is a strength whatever the others are
PEER_COUNT: Final = 3
MIN_PEERS: Final = 2  # with a figure, for a median of peers to mean anything
STANDOUT_RULE: Final = N_(
    "Within the province’s own indicators under the six dimensions ({year} or nearest; doubtful"
    " figures left out): strengths are the {count} highest percentile ranks and every rank of"
    " {leading} or better; weaknesses are the {count} lowest percentile ranks that are no"
    " strength."
)
PEER_GAP_RULE: Final = N_(
    "Percentile rank less the median percentile rank of the peers: the {count} widest leads and"
    " the {count} widest lags."
)


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
                if default_recipe(y) == default_recipe(self.year)
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
                all_measures()[REPORT_PREFIX + index],
                year,
                snapshot_of(REPORT_PREFIX + index, year).cells[adcode],
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


@dataclass(frozen=True)
class StandoutIndicator:
    """An indicator that stands out; gap: percentile points above (below) the peers' median."""

    standing: Standing
    gap: float | None = None


def strengths_and_weaknesses(
    adcode: str, year: int
) -> tuple[list[StandoutIndicator], list[StandoutIndicator]]:
    """Strengths (best first) and weaknesses (worst first) within a province's own indicators.

    Both are empty for a unit without figures.
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
    """A province's own indicators by percentile rank, from the highest and from the lowest."""
    standings = sorted(
        comparable_standings(adcode, year), key=lambda s: (-_known_percentile(s), s.measure.id)
    )
    return standings, standings[::-1]


def compare_with_peers(
    adcode: str, peers: Sequence[str], year: int
) -> tuple[list[StandoutIndicator], list[StandoutIndicator]]:
    """Where a province leads and lags its peers most, by percentile points from their median.

    Doubtful figures are left out on both sides; an indicator counts where at least two peers
    have a figure.
    """
    result = []
    for standing in comparable_standings(adcode, year):
        cells = [standing.snapshot.cells[peer] for peer in peers]
        theirs = [
            cell.percentile
            for cell in cells
            if cell.percentile is not None and not cell.is_doubtful
        ]
        if len(theirs) >= MIN_PEERS:
            result.append(StandoutIndicator(standing, _known_percentile(standing) - median(theirs)))
    result.sort(key=lambda one: (-(one.gap or 0.0), one.standing.measure.id))
    lead = [one for one in result if one.gap and one.gap > 0][:PEER_COUNT]
    lag = [one for one in reversed(result) if one.gap and one.gap < 0][:PEER_COUNT]
    return lead, lag


def _known_percentile(standing: Standing) -> float:
    """The percentile of a standing that is known to have one."""
    return standing.cell.percentile or 0.0
