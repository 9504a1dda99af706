"""Key values of a province: each with its rank, an earlier value and its years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from geo.analysis.dimensions import SeriesPoint, split_at_breaks, trend_points
from geo.analysis.displays import years_to_compare
from geo.analysis.peers import INCOME_MEASURE
from geo.analysis.profiles import Standing, standing_in
from geo.analysis.registry import published_measures
from geo.analysis.state import FIRST_YEAR, LAST_YEAR
from geo.index import INDEX_PREFIX, WHOLE_INDEX
from geo.limits import PROFILE_CACHE_SIZE
from geo.maps import SmallLine
from geo.measures import (
    CONTEXT,
    Cell,
    Measure,
    Scale,
    Snapshot,
    Status,
    dimension_ids,
    indicators_of,
    published_values,
    rank_cells,
)
from geo.tables import dataset
from geo.units import provinces

RESIDENTS: Final = "resident_population"
URBAN: Final = "urbanization"
NATIONAL: Final = "national"
HUNDRED: Final = 100.0
LEAST_SHARE: Final = 0.5  # of measures, which have values in a year that most of them cover


@cache
def latest_year_of(*dimensions: str) -> int:
    """Return the latest year for which at least half of the indicators of each have values.

    Raises ValueError if there is no such year.

    >>> latest_year_of("technology_industry"), latest_year_of("industrial_digitalization")
    (2023, 2024)
    """
    groups = [indicators_of(dimension) for dimension in dimensions]
    return max(
        year
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
        if all(
            sum(year in measure.years for measure in measures) >= LEAST_SHARE * len(measures)
            for measures in groups
        )
    )


def latest_profile_year() -> int:
    """Return the latest year for which most indicators of every dimension have values."""
    return latest_year_of(*dimension_ids())


@dataclass(frozen=True)
class KeyValue:
    """A standing of a province with an earlier one and the years of both lines.

    earlier: the cell of the first comparable year before the standing, None without one;
    earlier_year: its year, 0 without one. points: the province, its line named by its adcode, and
    the country, its line named ``national``, with segments as in ``trend_points``. indexed: the
    points are in percent of the first year, because the country is far above each province.
    """

    standing: Standing
    earlier: Cell | None
    earlier_year: int
    points: tuple[SeriesPoint, ...]
    indexed: bool = False

    @property
    def change_in_percent(self) -> float | None:
        """The change since the earlier year in percent; None without both values."""
        now = self.standing.cell.value
        before = self.earlier.value if self.earlier else None
        return HUNDRED * (now / before - 1) if now is not None and before else None

    @property
    def change(self) -> float | None:
        """The change since the earlier year, in the unit of the measure; None without both."""
        now = self.standing.cell.value
        before = self.earlier.value if self.earlier else None
        return None if now is None or before is None else now - before

    @property
    def places_climbed(self) -> int | None:
        """The places climbed since the earlier year (negative: lost); None without both ranks."""
        now, before = self.standing.cell.rank, self.earlier.rank if self.earlier else None
        return None if now is None or before is None else before - now


def key_value(adcode: str, measure: Measure, year: int) -> KeyValue:
    """Return the key value of a province in the nearest year of a measure."""
    standing = standing_in(adcode, measure, year)
    early, cell = _earlier_cell(standing)
    return KeyValue(standing, cell, early, tuple(line_points(measure, adcode)))


def line_points(measure: Measure, adcode: str) -> list[SeriesPoint]:
    """Return the points of a province and of the country over the years of a measure."""
    return [p for p in trend_points(measure, [adcode]) if p.line in (NATIONAL, adcode)]


def small_line(points: Sequence[SeriesPoint], line: str, label: str = "") -> SmallLine:
    """Return one of the lines of some points, in pieces that compare, to be drawn small."""
    pieces: dict[int, list[tuple[int, float]]] = {}
    for point in points:
        if point.line == line:
            pieces.setdefault(point.segment, []).append((point.year, point.value))
    doubtful = {point.year for point in points if point.line == line and point.doubtful}
    return SmallLine(tuple(map(tuple, pieces.values())), doubtful, label)


def _earlier_cell(standing: Standing) -> tuple[int, Cell | None]:
    """Return the first comparable year with a sound value, and its cell; 0 and None without."""
    if standing.cell.value is None or standing.cell.is_doubtful:
        return 0, None
    for year in years_to_compare(standing.measure, standing.year):
        cell = standing.measure.snapshot(year).cells[standing.cell.adcode]
        if cell.value is not None and not cell.is_doubtful:
            return year, cell
    return 0, None


@lru_cache(maxsize=PROFILE_CACHE_SIZE)
def key_values(adcode: str, year: int) -> Mapping[str, KeyValue]:
    """Return residents, product per capita, urban share and the open index, each by its measure.

    Only of the 31 provinces that the report evaluates. Raises KeyError for an unknown adcode.
    """
    values = {RESIDENTS: _residents(adcode, year)}
    for name in (INCOME_MEASURE, URBAN, INDEX_PREFIX + WHOLE_INDEX):
        values[name] = key_value(adcode, published_measures()[name], year)
    return values


@lru_cache(maxsize=PROFILE_CACHE_SIZE)
def strongest_dimension(adcode: str, year: int) -> KeyValue | None:
    """Return the dimension of the open index in which a province has its best rank.

    By percentile rank, of equals the first in the order of the report. A dimension that rests on
    a single indicator counts only if no other has a rank. None without any rank.
    """
    names = [INDEX_PREFIX + name for name in dimension_ids()]
    standings = [standing_in(adcode, published_measures()[name], year) for name in names]
    ranked = [one for one in standings if one.cell.percentile is not None]
    several = [one for one in ranked if not one.cell.one_indicator] or ranked
    if not several:
        return None
    best = max(several, key=lambda one: one.cell.percentile or 0.0)
    return key_value(adcode, best.measure, year)


@cache
def _residents_measure() -> Measure:
    """Return the residents as a measure: a series, of which no map is drawn."""
    row = dataset().catalogue.loc[RESIDENTS]
    years = tuple(
        year for year in range(FIRST_YEAR, LAST_YEAR + 1) if len(published_values(RESIDENTS, year))
    )
    return Measure(
        id=RESIDENTS,
        kind="indicator",
        dimension=CONTEXT,
        name_en=row["name_en"],
        name_zh=row["name_zh"],
        years=years,
        numerator=RESIDENTS,
        source=_residents_snapshot,
    )


@cache
def _residents_snapshot(measure_id: str, year: int) -> Snapshot:
    column = published_values(measure_id, year)
    cells = [
        Cell(adcode, Status.VALUE, float(column[adcode]))
        if adcode in column.index
        else Cell(adcode, Status.NOT_COVERED)
        for adcode in provinces()
    ]
    return Snapshot(measure_id, year, Scale.QUANTITY, rank_cells(cells))


def _residents(adcode: str, year: int) -> KeyValue:
    """Return the residents; the points are in percent of the first year, as the sums differ."""
    measure = _residents_measure()
    totals = {y: sum(measure.snapshot(y).values_by_adcode().values()) for y in measure.years}
    own = {y: measure.snapshot(y).cells[adcode].value or 0.0 for y in measure.years}
    first = measure.years[0]
    points = [
        SeriesPoint(line, y, HUNDRED * values[y] / values[first])
        for line, values in ((NATIONAL, totals), (adcode, own))
        for y in measure.years
    ]
    value = key_value(adcode, measure, year)
    return replace(value, points=tuple(split_at_breaks(points, measure)), indexed=True)
