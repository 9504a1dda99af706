"""Who gained: changes over years that may be compared, and only over those.

A break in a series makes the years before it another series; a doubtful cell anywhere in the
span makes the province's change one that nobody should quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from geo.analysis.registry import all_measures, snapshot_of
from geo.index import default_recipe
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
        """The last value less the first, in the unit of the measure."""
        return (self.last.value or 0.0) - (self.first.value or 0.0)


@lru_cache(maxsize=512)
def break_years(measure_id: str) -> tuple[int, ...]:
    """The years from which on a measure is no longer what it was the year before it.

    That is: a break in one of its series, or for the open index another set of measures.
    """
    measure = all_measures()[measure_id]
    if measure.kind == "index":
        pairs = pairwise(measure.years)
        return tuple(y for before, y in pairs if default_recipe(before) != default_recipe(y))
    rows = dataset().breaks
    broken = set(rows.loc[rows["indicator"].isin(measure.series_ids), "year"])
    return tuple(year for year in measure.years[1:] if year in broken)


@lru_cache(maxsize=512)
def comparable_periods(measure_id: str) -> tuple[tuple[int, ...], ...]:
    """The years of a measure, parted where it breaks."""
    numbers: list[list[int]] = [[]]
    for year in all_measures()[measure_id].years:
        if year in break_years(measure_id):
            numbers.append([])
        numbers[-1].append(year)
    return tuple(tuple(run) for run in numbers)


@lru_cache(maxsize=512)
def longest_period(measure_id: str) -> tuple[int, int] | None:
    """The first and last of the longest run of years without a break; of equal ones the later.

    None where no two years can be compared.
    """
    longest = max(reversed(comparable_periods(measure_id)), key=lambda run: run[-1] - run[0])
    return (longest[0], longest[-1]) if len(longest) > 1 else None


def change_of(measure: Measure, adcode: str) -> Change | None:
    """A province's change over the span of a measure; None where no honest one can be formed.

    That is: no comparable years, no figure at one of the ends, or a doubtful figure at an end
    or in between.
    """
    years = longest_period(measure.id)
    if years is None:
        return None
    inside = range(years[0], years[1] + 1)
    cells = {y: snapshot_of(measure.id, y).cells[adcode] for y in measure.years if y in inside}
    first, last = cells[years[0]], cells[years[1]]
    if any(cell.is_doubtful for cell in cells.values()):
        return None
    if first.value is None or last.value is None:
        return None
    return Change(*years, first, last)


def all_changes(measure: Measure) -> list[Change]:
    """The changes of all provinces that have one, the largest rise first."""
    changes = [change for adcode in evaluated_adcodes() if (change := change_of(measure, adcode))]
    return sorted(changes, key=lambda entry: (-entry.difference, entry.last.adcode))


def is_nominal(measure: Measure) -> bool:
    """Whether a change of the measure holds price changes: CNY of the year over no CNY."""
    catalogue = dataset().catalogue
    current = [catalogue.loc[name, "prices"] == "current" for name in measure.series_ids]
    return bool(current) and current[0] and not all(current[1:] or [False])
