"""One dimension: its measures side by side, their correlations, and their trends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import pandas as pd

from geo.analysis.change import break_years
from geo.analysis.profiles import Standing, standing_in
from geo.analysis.registry import published_measures, snapshot_of
from geo.index import INDEX_PREFIX
from geo.maps import REGION_COLOURS
from geo.measures import (
    REPORT_EDITION,
    REPORT_PREFIX,
    Cell,
    Measure,
    Scale,
    Snapshot,
    indicators_of,
)
from geo.text import Translator, are_consecutive, period_step
from geo.units import evaluated_adcodes, provinces

LEADERS: Final = 5  # provinces of the open index that a dimension names first


@dataclass(frozen=True)
class DimensionRow:
    """A province's cells in a dimension: published, in the open index, and in each measure."""

    adcode: str
    published: Cell
    ours: Standing
    standings: tuple[Standing, ...]


def published_snapshot(dimension: str) -> Snapshot:
    """Return the report's list of 2017 for the dimension."""
    return snapshot_of(REPORT_PREFIX + dimension, REPORT_EDITION)


def published_ten(dimension: str) -> list[Cell]:
    """Return the published ten of 2017 in their order; empty if no list of 31 is published."""
    snapshot = published_snapshot(dimension)
    if snapshot.scale is not Scale.TOP_TEN:
        return []
    return sorted((c for c in snapshot.cells.values() if c.rank), key=lambda c: c.rank or 0)


def dimension_matrix(dimension: str, year: int) -> list[DimensionRow]:
    """Return the 31 provinces by the measures of a dimension, each in its year nearest to `year`.

    The published ten come first, in their order; then the others in the order of adcodes.
    """
    cells = published_snapshot(dimension).cells
    ten = [cell.adcode for cell in published_ten(dimension)]
    order = [*ten, *(adcode for adcode in evaluated_adcodes() if adcode not in ten)]
    return [
        DimensionRow(
            a,
            cells[a],
            standing_in(a, published_measures()[INDEX_PREFIX + dimension], year),
            tuple(standing_in(a, m, year) for m in indicators_of(dimension)),
        )
        for a in order
    ]


@dataclass(frozen=True)
class Correlations:
    """Spearman rank correlations of measures, over the provinces with a sound value in both.

    coefficients: frame with a row and a column per measure id, -1 to 1, nan where fewer than
    three provinces have both. counts: the provinces of each pair.
    """

    coefficients: pd.DataFrame
    counts: pd.DataFrame


def measure_correlations(dimension: str, year: int) -> Correlations:
    """Return the rank correlations of the measures of a dimension, without doubtful values."""
    columns = {}
    for measure in indicators_of(dimension):
        snapshot = measure.snapshot(measure.nearest_year(year))
        columns[measure.id] = {
            a: cell.value
            for a, cell in snapshot.cells.items()
            if cell.value is not None and not cell.is_doubtful
        }
    frame = pd.DataFrame(columns, index=list(evaluated_adcodes()), dtype=float)
    there = frame.notna().astype(int)
    return Correlations(frame.corr(method="spearman", min_periods=3), there.T @ there)


@dataclass(frozen=True)
class SeriesPoint:
    """A value of a line over the years; doubtful points are drawn hollow.

    segment: only points of the same segment are joined; a break or a missing year begins a new
    one.
    """

    line: str  # "national", a region's English name, or an adcode
    year: int
    value: float
    doubtful: bool = False
    segment: int = 0


def trend_points(measure: Measure, chosen: Sequence[str]) -> list[SeriesPoint]:
    """Return a measure over its years: country, four regions and the chosen provinces."""
    points = []
    for year in measure.years:
        snapshot = measure.snapshot(year)
        if snapshot.national:
            points.append(SeriesPoint("national", year, snapshot.national.value))
        for region, mark in (snapshot.regions or {}).items():
            points.append(SeriesPoint(region, year, mark.value))
        for adcode in chosen:
            cell = snapshot.cells[adcode]
            if cell.value is not None:
                doubtful = cell.is_doubtful
                points.append(SeriesPoint(adcode, year, cell.value, doubtful))
    return split_at_breaks(points, measure)


def split_at_breaks(points: Sequence[SeriesPoint], measure: Measure) -> list[SeriesPoint]:
    """Return the points with their segments, ordered by line and year."""
    broken, step = break_years(measure), period_step(measure.years)
    series_points: list[SeriesPoint] = []
    for line in dict.fromkeys(point.line for point in points):
        piece, before = 0, None
        for point in sorted((p for p in points if p.line == line), key=lambda p: p.year):
            is_joined = before is not None and are_consecutive(before, point.year, step)
            if before is not None and (not is_joined or point.year in broken):
                piece += 1
            series_points.append(replace(point, segment=piece))
            before = point.year
    return series_points


@cache
def region_names() -> tuple[str, ...]:
    """Return the English names of the four regions of the statistical bureau, in order."""
    return tuple(dict.fromkeys(p.region_en for p in provinces().values() if p.evaluated))


def region_name(region: str, t: Translator) -> str:
    """Return the name of a region in the language of the reader."""
    member = next(p for p in provinces().values() if p.region_en == region)
    return member.region_in(t.lang)


def region_colour(adcode: str) -> str:
    """Return the colour of the marks of a province's region, as `#rrggbb`.

    Raises KeyError for an unknown adcode, ValueError for a unit that the report does not evaluate.
    """
    return REGION_COLOURS[region_names().index(provinces()[adcode].region_en)]


def default_measure(dimension: str, preferred: str) -> Measure:
    """Return the preferred measure if the dimension has it, else that of the longest series.

    Of equals the first. A view over the years so opens on years, not on a single one. Raises
    ValueError for a dimension without measures.
    """
    measures = indicators_of(dimension)
    longest = max(measures, key=lambda measure: len(measure.years))
    return next((measure for measure in measures if measure.id == preferred), longest)


def open_index_leaders(dimension: str, year: int) -> list[Standing]:
    """Return the first provinces of a dimension in the open index, in the nearest year.

    By rank, of equals by adcode; those level with the last are among them.
    """
    measure = published_measures()[INDEX_PREFIX + dimension]
    standings = [standing_in(adcode, measure, year) for adcode in evaluated_adcodes()]
    ranked = [one for one in standings if (one.cell.rank or LEADERS + 1) <= LEADERS]
    return sorted(ranked, key=lambda one: one.cell.rank or 0)
