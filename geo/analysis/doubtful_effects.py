"""Effects of doubtful values on leaders, national values and the open index.

Doubtful values stay on the maps and in the files. Sentences on leaders and gains and, by default,
the open index leave them out; ranks and national values include them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from geo.index import default_recipe, rank_table
from geo.measures import (
    REPORT_EDITION,
    Cell,
    Status,
    find_outliers,
    indicator_snapshot,
    national_value_without,
    published_indicators,
)
from geo.tables import dataset


@dataclass(frozen=True)
class Findings:
    """The number of changes that the outlier rule finds, and how they are treated.

    outliers: changes found; at_breaks: of these, where a whole series breaks; marked: cells in
    doubtful.csv; beyond: marked cells that no outlier points at, found by eye or by the
    independent check; explained: changes in explained.csv.
    """

    outliers: int
    at_breaks: int
    marked: int
    beyond: int
    explained: int


@dataclass(frozen=True)
class LostLead:
    """A doubtful value that is the highest of its measure and year."""

    measure: str
    year: int
    doubtful: str
    leader: str  # adcode of the highest value that is not doubtful


@dataclass(frozen=True)
class MovedMean:
    """A national value with and without the doubtful values of its year."""

    measure: str
    year: int
    counted: float
    without: float

    @property
    def factor(self) -> float:
        """The value without doubtful values over the value with them."""
        return self.without / self.counted


@dataclass(frozen=True)
class MovedRank:
    """A province's rank in the open index without and with doubtful values."""

    adcode: str
    without: int
    counted: int


@cache
def count_findings() -> Findings:
    """Count what the rule finds in the published series, and what is marked or explained."""
    data = dataset()
    outliers = find_outliers(data.indicators)
    breaks = set(data.breaks[["indicator", "year"]].itertuples(index=False, name=None))
    cells = ["indicator", "adcode", "year"]
    pointed: set[tuple[object, ...]] = set()
    for year in ("year_before", "year", "odd_year"):
        pointed |= set(outliers[["indicator", "adcode", year]].itertuples(index=False, name=None))
    marked = set(data.doubtful[cells].itertuples(index=False, name=None))
    return Findings(
        outliers=len(outliers),
        at_breaks=sum((row.indicator, row.year) in breaks for row in outliers.itertuples()),
        marked=len(marked),
        beyond=len(marked - pointed),
        explained=len(data.explained),
    )


@cache
def find_lost_leads() -> tuple[LostLead, ...]:
    """Return the measures and years whose highest value is doubtful, with the named leader."""
    lost_leads = []
    for name, year in _measures_and_years():
        cells = [c for c in indicator_snapshot(name, year).cells.values() if c.value is not None]
        sound = [cell for cell in cells if cell.status is not Status.DOUBTFUL]
        first = max(cells, key=_value)
        if first.status is Status.DOUBTFUL and sound and _value(first) > max(map(_value, sound)):
            lost_leads.append(LostLead(name, year, first.adcode, max(sound, key=_value).adcode))
    return tuple(lost_leads)


@cache
def find_moved_means() -> tuple[MovedMean, ...]:
    """Return the national values with doubtful values in them, the largest moves first."""
    moved_means = []
    for name, year in _measures_and_years():
        snapshot = indicator_snapshot(name, year)
        doubtful = [a for a, cell in snapshot.cells.items() if cell.status is Status.DOUBTFUL]
        without = national_value_without(name, year, doubtful) if doubtful else None
        if snapshot.national and without:
            moved_means.append(MovedMean(name, year, snapshot.national.value, without.value))
    return tuple(sorted(moved_means, key=lambda one: -abs(one.factor - 1)))


@cache
def find_moved_ranks() -> tuple[MovedRank, ...]:
    """Return the provinces whose rank in the open index of 2017 depends on doubtful values.

    The largest moves come first. The index is the default one, of the snapshot of 2017.
    """
    recipe = default_recipe(REPORT_EDITION)
    without = rank_table(recipe, REPORT_EDITION)
    counted = rank_table(replace(recipe, doubtful=True), REPORT_EDITION)
    moves = [
        MovedRank(str(adcode), int(without[adcode]), int(counted[adcode]))
        for adcode in without.index
        if without[adcode] != counted[adcode]
    ]
    return tuple(sorted(moves, key=lambda one: -abs(one.counted - one.without)))


def _value(cell: Cell) -> float:
    return cell.value or 0.0


def _measures_and_years() -> list[tuple[str, int]]:
    return [
        (name, year)
        for name, indicator in published_indicators().items()
        for year in indicator.years
    ]
