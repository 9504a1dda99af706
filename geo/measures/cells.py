"""What stands in one cell of the atlas, and in one map's worth of cells.

A cell belongs to one province, one measure and one year. It never holds a bare number: its
status says what kind of statement it is, so that a published rank, a figure of our own
calculation and a gap are told apart wherever the cell is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """What kind of statement a cell makes. The order is the order of rankings and keys."""

    VALUE = "value"  # published as it stands
    DERIVED = "derived"  # calculated by us from published figures
    DOUBTFUL = "doubtful"  # published, or derived from published figures that look wrong
    OWN = "own"  # stands in a table of the reader's own, unchecked by us
    OWN_DERIVED = "own_derived"  # calculated from such a table
    RANK = "rank"  # a published place among the 31 provinces
    RANK_AMONG_TEN = "rank_among_ten"  # a published place among the comprehensive ten only
    NAMED = "named"  # named among the leading ten, without a rank
    TOO_FEW = "too_few"  # figures for less of the weight than a score of the open index needs
    OUTSIDE = "outside"  # evaluated, but not in the published list: not the same as last
    NOT_GIVEN = "not_given"  # a unit that a table of the reader's own has no figure for
    NOT_PUBLISHED = "not_published"
    NOT_COVERED = "not_covered"  # Hong Kong, Macao and Taiwan in a series of 31 provinces
    NOT_EVALUATED = "not_evaluated"  # Hong Kong, Macao and Taiwan in the report's lists


QUANTITIES: Final = frozenset(
    {Status.VALUE, Status.DERIVED, Status.DOUBTFUL, Status.OWN, Status.OWN_DERIVED}
)
OWN_DATA: Final = frozenset({Status.OWN, Status.OWN_DERIVED})
STATUS_ORDER: Final = {status: place for place, status in enumerate(Status)}


@dataclass(frozen=True)
class Remark:
    """A sentence from a table that belongs to a cell, in both languages."""

    en: str = ""
    zh: str = ""


@dataclass(frozen=True)
class Cell:
    """One province's standing in one measure and year.

    value is in the unit of the measure (None where the status is no quantity); rank is the
    place by standard competition ranking (ties share the better place) and `of` the number of
    provinces that were ranked. For published ranks `of` is 31 or, among the comprehensive
    ten, 10. low, high: the interval of a rank of the open index over choices of method; unsure:
    its tier changes in more than a tenth of them. may_mean: the adcode of another province that
    the published name, or the name of that province, may mean; the remarks say how.
    """

    adcode: str
    status: Status
    value: float | None = None
    rank: int | None = None
    of: int | None = None
    low: int | None = None
    high: int | None = None
    unsure: bool = False
    remarks: tuple[Remark, ...] = ()
    may_mean: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Whether the value or the place is to be marked, and left out of what is calculated."""
        return self.status is Status.DOUBTFUL or bool(self.may_mean)

    @property
    def percentile(self) -> float | None:
        """The share of the other ranked provinces that it stands above, 0 (last) to 100 (first).

        Ties are counted as standing above. None without a rank, and for published places,
        of which too few are known.
        """
        if self.rank is None or self.of is None or self.of < 2 or self.value is None:
            return None
        return 100 * (self.of - self.rank) / (self.of - 1)


def derived_status(cells: Iterable[Cell]) -> Status:
    """What kind of statement a figure makes that we calculate from those of some cells.

    >>> derived_status([Cell("a", Status.VALUE, 1.0), Cell("a", Status.OWN, 2.0)]).value
    'own_derived'
    """
    results = {cell.status for cell in cells}
    if Status.DOUBTFUL in results:
        return Status.DOUBTFUL
    return Status.OWN_DERIVED if results & OWN_DATA else Status.DERIVED


@dataclass(frozen=True)
class Benchmark:
    """A figure for the country or a region, and how it came about.

    how: ``ratio_of_sums`` (numerators summed over denominators summed),
    ``population_weighted_mean`` (approximate) or ``median`` (of the provinces, where no sums
    can be formed). count: the number of provinces that went in, of `of` that might have.
    """

    value: float
    how: str
    count: int
    of: int


class Scale(StrEnum):
    """What a snapshot's cells are measured on, and so how they may be coloured."""

    QUANTITY = "quantity"
    TOP_TEN = "top_ten"  # the first ten of 31 are published in order
    PARTIAL = "partial"  # only some ranks of 31 are published
    AMONG_TEN = "among_ten"  # only places among the comprehensive ten are known
    NAMED = "named"  # ten are named, no order


@dataclass(frozen=True)
class Snapshot:
    """One measure in one year: a cell for each of the 34 units, in the order of adcodes."""

    measure: str
    year: int
    scale: Scale
    cells: Mapping[str, Cell]
    national: Benchmark | None = None
    regions: Mapping[str, Benchmark] | None = None
    is_open_index: bool = False  # a calculation of the atlas's own, not a figure
    is_uploaded: bool = False  # figures of the reader's own
    highest_first: bool = True  # which end of the scale has rank 1

    def values_by_adcode(self) -> dict[str, float]:
        """The figures of the provinces that have one, by adcode."""
        return {a: cell.value for a, cell in self.cells.items() if cell.value is not None}

    def present_statuses(self) -> tuple[Status, ...]:
        """The statuses that occur, in their fixed order."""
        return tuple(sorted({c.status for c in self.cells.values()}, key=STATUS_ORDER.__getitem__))

    def count_status(self, status: Status) -> int:
        return sum(cell.status is status for cell in self.cells.values())


def rank_cells(cells: Iterable[Cell], highest_first: bool = True) -> dict[str, Cell]:
    """The cells by adcode, those with a value given their rank, highest (or lowest) first.

    Standard competition ranking: equal values share the better place and the next place is
    left empty. Cells without a value stay without a rank.

    >>> cells = [Cell(a, Status.VALUE, v) for a, v in zip("abc", (5.0, 7.0, 5.0))]
    >>> [cell.rank for cell in rank_cells(cells).values()]
    [2, 1, 2]
    """
    cells = list(cells)
    values = sorted(cell.value for cell in cells if cell.value is not None)
    values = values[::-1] if highest_first else values
    first_place: dict[float, int] = {}
    for place, value in enumerate(values, start=1):
        first_place.setdefault(value, place)
    return {
        cell.adcode: cell
        if cell.value is None
        else replace(cell, rank=first_place[cell.value], of=len(values))
        for cell in cells
    }
