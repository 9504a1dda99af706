"""Changes of provinces over comparable years.

A break makes the years before it a different series. A province with a doubtful cell anywhere in
the span has no change.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from geo.analysis.registry import cache_published
from geo.index import default_recipe
from geo.limits import CHANGE_CACHE_SIZE, PERIOD_CACHE_SIZE
from geo.measures import Cell, Measure
from geo.tables import dataset
from geo.units import evaluated_adcodes


@dataclass(frozen=True)
class Change:
    """A province's cells at both ends of a span of comparable years, both with a value."""

    first_year: int
    last_year: int
    first: Cell
    last: Cell

    @property
    def difference(self) -> float:
        """The last value minus the first, in the unit of the measure."""
        return (self.last.value or 0.0) - (self.first.value or 0.0)


@cache_published(maxsize=PERIOD_CACHE_SIZE)
def break_years(measure: Measure) -> tuple[int, ...]:
    """Return the years from which on a measure is not comparable with the year before.

    They come from breaks in its series or, for the open index, from another set of measures.
    """
    if measure.kind == "index":
        pairs = pairwise(measure.years)
        return tuple(y for before, y in pairs if default_recipe(before) != default_recipe(y))
    rows = dataset().breaks
    broken = set(rows.loc[rows["indicator"].isin(measure.series_ids), "year"])
    return tuple(year for year in measure.years[1:] if year in broken)


@cache_published(maxsize=PERIOD_CACHE_SIZE)
def comparable_periods(measure: Measure) -> tuple[tuple[int, ...], ...]:
    """Return the years of a measure, split at its breaks."""
    numbers: list[list[int]] = [[]]
    for year in measure.years:
        if year in break_years(measure):
            numbers.append([])
        numbers[-1].append(year)
    return tuple(tuple(run) for run in numbers)


@cache_published(maxsize=PERIOD_CACHE_SIZE)
def longest_period(measure: Measure) -> tuple[int, int] | None:
    """Return the first and last year of the longest period without a break; of equals, the later.

    None if no two years are comparable.
    """
    longest = max(reversed(comparable_periods(measure)), key=lambda run: run[-1] - run[0])
    return (longest[0], longest[-1]) if len(longest) > 1 else None


def change_of(measure: Measure, adcode: str) -> Change | None:
    """Return the change of a province over the longest period of a measure.

    None without comparable years, without a value at one of the ends, or with a doubtful value
    at an end or in between.
    """
    years = longest_period(measure)
    if years is None:
        return None
    inside = range(years[0], years[1] + 1)
    cells = {y: measure.snapshot(y).cells[adcode] for y in measure.years if y in inside}
    first, last = cells[years[0]], cells[years[1]]
    if any(cell.is_doubtful for cell in cells.values()):
        return None
    if first.value is None or last.value is None:
        return None
    return Change(*years, first, last)


@cache_published(maxsize=CHANGE_CACHE_SIZE)
def all_changes(measure: Measure) -> tuple[Change, ...]:
    """Return the changes of all provinces that have one, the largest rise first."""
    changes = [change for adcode in evaluated_adcodes() if (change := change_of(measure, adcode))]
    return tuple(sorted(changes, key=lambda entry: (-entry.difference, entry.last.adcode)))


def is_nominal(measure: Measure) -> bool:
    """Return whether changes include price changes: only the numerator is in current prices."""
    catalogue = dataset().catalogue
    current = [catalogue.loc[name, "prices"] == "current" for name in measure.series_ids]
    return bool(current) and current[0] and not all(current[1:] or [False])
