"""Cells and snapshots: one unit, or all units, in one measure and year.

A cell never holds a bare number. Its status says what kind of statement it is, so that every
view can separate a published rank, a value calculated by the atlas and a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """What a cell states. Rankings and legends list the statuses in this order."""

    VALUE = "value"  # as published
    DERIVED = "derived"  # calculated by the atlas from published values
    DOUBTFUL = "doubtful"  # published, or derived from published values that look wrong
    OWN = "own"  # from an uploaded table, unchecked by the atlas
    OWN_DERIVED = "own_derived"  # calculated from an uploaded table
    RANK = "rank"  # a published rank among the 31 provinces
    RANK_AMONG_TEN = "rank_among_ten"  # a published rank among the comprehensive ten only
    NAMED = "named"  # named among the leading ten, without a rank
    TOO_FEW = "too_few"  # values for less of the weight than a score of the open index needs
    OUTSIDE = "outside"  # evaluated, but not in the published list: not the same as last
    NOT_GIVEN = "not_given"  # a unit for which an uploaded table has no value
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
    """One unit in one measure and year.

    value is in the unit of the measure (None where the status is no quantity); rank is the
    standard competition rank (ties share the better rank) and `of` the number of provinces that
    were ranked. For published ranks `of` is 31 or, among the comprehensive ten, 10. low, high:
    the interval of a rank of the open index over the choices of method; unsure: its tier changes
    in more than a tenth of the draws. one_indicator: the rank rests on a single indicator, so that
    no choice of method moves it, and it has no interval. may_mean: the adcode of another province,
    where the source may mean either of the two; the remarks explain it.
    """

    adcode: str
    status: Status
    value: float | None = None
    rank: int | None = None
    of: int | None = None
    low: int | None = None
    high: int | None = None
    unsure: bool = False
    one_indicator: bool = False
    remarks: tuple[Remark, ...] = ()
    may_mean: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Whether to mark the value or rank, and to leave it out of calculations."""
        return self.status is Status.DOUBTFUL or bool(self.may_mean)

    @property
    def percentile(self) -> float | None:
        """The share of the other ranked provinces below this one, 0 (last) to 100 (first).

        Ties count as below. None without a rank, and for published ranks, of which too few are
        known.
        """
        if self.rank is None or self.of is None or self.of < 2 or self.value is None:
            return None
        return 100 * (self.of - self.rank) / (self.of - 1)


def derived_status(cells: Iterable[Cell]) -> Status:
    """Return the status of a value that is calculated from cells.

    Doubtful if one of the cells is doubtful, else own_derived if one is from an uploaded table.

    >>> derived_status([Cell("a", Status.VALUE, 1.0), Cell("a", Status.OWN, 2.0)]).value
    'own_derived'
    """
    results = {cell.status for cell in cells}
    if Status.DOUBTFUL in results:
        return Status.DOUBTFUL
    return Status.OWN_DERIVED if results & OWN_DATA else Status.DERIVED


@dataclass(frozen=True)
class Benchmark:
    """The value of the country or a region, and its method.

    how: ``ratio_of_sums`` (sum of numerators over sum of denominators),
    ``population_weighted_mean`` (approximate) or ``median`` (of the provinces, where no sums
    can be formed). count: the number of provinces with a value, out of `of`.
    """

    value: float
    how: str
    count: int
    of: int


class Scale(StrEnum):
    """The scale of the cells of a snapshot, which decides how they may be coloured."""

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
    is_open_index: bool = False  # scores calculated by the atlas, not published values
    is_uploaded: bool = False  # values from an uploaded table
    highest_first: bool = True  # which end of the scale has rank 1
    is_total: bool = False  # counts or sums, which grow with the size of a province

    def values_by_adcode(self) -> dict[str, float]:
        """Return the values of the units that have one, by adcode."""
        return {a: cell.value for a, cell in self.cells.items() if cell.value is not None}

    def present_statuses(self) -> tuple[Status, ...]:
        """Return the statuses that occur, in their fixed order."""
        return tuple(sorted({c.status for c in self.cells.values()}, key=STATUS_ORDER.__getitem__))

    def count_status(self, status: Status) -> int:
        return sum(cell.status is status for cell in self.cells.values())


def rank_cells(cells: Iterable[Cell], highest_first: bool = True) -> dict[str, Cell]:
    """Return the cells by adcode with ranks, the highest (or lowest) value first.

    Standard competition ranking: equal values share the better rank and the next rank is
    left empty. Cells without a value have no rank.

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
