"""Inputs of the open index: tables of provinces by measures, by year.

Three sets of measures are comparable over years: each has all its measures in all its years. The
snapshot of 2017, the year of the report, has more measures and no other year. Values are not
carried forward: a measure without the year is left out, unless the recipe takes the nearest year,
which is then stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
import pandas as pd

from geo.index.tree import Group, Indicator, Tree
from geo.limits import COLUMN_CACHE_SIZE
from geo.measures import Measure, Status, dimension_ids, indicator_snapshot, published_indicators
from geo.tables import dataset
from geo.text import N_, InputError
from geo.units import evaluated_adcodes

SECURITY_DIMENSION: Final = "network_security"


@dataclass(frozen=True)
class YearSet:
    """Years that share their measures. weak: it has too few measures for a sound index."""

    id: str
    years: tuple[int, ...]
    weak: bool = False

    @property
    def snapshot(self) -> bool:
        return len(self.years) == 1


YEAR_SETS: Final = {
    years_of.id: years_of
    for years_of in (
        YearSet("2017", (2017,)),
        YearSet("2016-2020", tuple(range(2016, 2021))),
        YearSet("2016-2023", tuple(range(2016, 2024))),
        YearSet("2016-2024", tuple(range(2016, 2025)), weak=True),
    )
}

# The last year with enough comparable measures for a sound index.
LATEST_YEAR: Final = max(y.years[-1] for y in YEAR_SETS.values() if not y.weak)


@cache
def index_indicators() -> tuple[str, ...]:
    """Return the measures of the open index, in the order of the table."""
    table = dataset().measures
    return tuple(str(name) for name in table.index[table["in_open_index"] == 1])


def indicator_direction(measure: str) -> int:
    """Return 1 if more is better, -1 if less is better."""
    return 1 if dataset().measures.loc[measure, "higher_is_better"] == "yes" else -1


@cache
def comparable_indicators(year_set: str) -> tuple[str, ...]:
    """Return the measures that have every year of a set, in their order."""
    years = set(YEAR_SETS[year_set].years)
    return tuple(m for m in index_indicators() if years <= set(published_indicators()[m].years))


def indicator_years(year_set: str, year: int, nearest_year: bool = False) -> dict[str, int]:
    """Return the measures that enter in a year of a set, each with the year of its values.

    Network security, which is in no set, is added in the years that it has: it is shown, and
    counts only if the recipe says so. With nearest_year the measures missing in the snapshot
    enter with their nearest year. Raises InputError for a year outside the set.
    """
    years_of = YEAR_SETS[year_set]
    if year not in years_of.years:
        raise InputError(
            N_("The indicators of {years} do not include the year {year}. Choose one of {known}."),
            years=year_set,
            year=year,
            known=", ".join(map(str, years_of.years)),
        )
    numbers = {}
    for name in index_indicators():
        measure = published_indicators()[name]
        if name in comparable_indicators(year_set) or (
            measure.dimension == SECURITY_DIMENSION and year in measure.years
        ):
            numbers[name] = year
        elif years_of.snapshot and nearest_year:
            numbers[name] = measure.nearest_year(year)
    return numbers


@cache
def dimension_years(dimension: str) -> tuple[int, ...]:
    """Return the years in which a dimension has a value of an indicator of the index."""
    years = {
        year
        for name in index_indicators()
        if published_indicators()[name].dimension == dimension
        for year in published_indicators()[name].years
    }
    return tuple(sorted(years))


def build_tree(names: dict[str, int]) -> Tree:
    """Return the tree of measures by dimension, in the order of the report, with equal weights."""
    groups = []
    for dimension in dimension_ids():
        leaves = tuple(
            Indicator(name, direction=indicator_direction(name))
            for name in names
            if published_indicators()[name].dimension == dimension
        )
        if leaves:
            groups.append(Group(dimension, leaves))
    return Tree(tuple(groups))


def build_table(names: dict[str, int], doubtful: bool) -> pd.DataFrame:
    """Return the values of the 31 provinces, measures as columns; nan for a missing value.

    doubtful: whether to include doubtful values; they are nan otherwise.
    """
    columns = {name: _indicator_column(name, year, doubtful) for name, year in names.items()}
    return pd.DataFrame(columns, index=list(evaluated_adcodes()), dtype=float)


def build_pooled_table(
    names: dict[str, int], years: tuple[int, ...], doubtful: bool
) -> pd.DataFrame:
    """Return the values of all years stacked, over which goalposts are fixed.

    In a comparable set these are its years; in the snapshot, every year that a measure has.
    """
    span = sorted({y for name in names for y in _years_within(published_indicators()[name], years)})
    parts = [
        pd.DataFrame(
            {
                name: _indicator_column(name, year, doubtful)
                if year in _years_within(published_indicators()[name], years)
                else pd.Series(np.nan, index=list(evaluated_adcodes()))
                for name in names
            }
        )
        for year in span
    ]
    return pd.concat(parts, ignore_index=True)


def doubtful_cells(names: dict[str, int]) -> dict[str, tuple[str, ...]]:
    """Return the provinces with a doubtful value, by measure; measures without any left out."""
    lines = {}
    for name, year in names.items():
        cells = indicator_snapshot(name, year).cells.values()
        texts = tuple(cell.adcode for cell in cells if cell.status is Status.DOUBTFUL)
        if texts:
            lines[name] = texts
    return lines


def _years_within(measure: Measure, years: tuple[int, ...]) -> tuple[int, ...]:
    if len(years) == 1:
        return measure.years
    return tuple(year for year in measure.years if year in years)


@lru_cache(maxsize=COLUMN_CACHE_SIZE)
def _indicator_column(name: str, year: int, doubtful: bool) -> pd.Series:
    cells = indicator_snapshot(name, year).cells
    return pd.Series(
        {
            adcode: np.nan
            if cells[adcode].value is None
            or (cells[adcode].status is Status.DOUBTFUL and not doubtful)
            else cells[adcode].value
            for adcode in evaluated_adcodes()
        },
        dtype=float,
    )
