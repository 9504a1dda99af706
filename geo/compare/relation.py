"""How two measures go together over the provinces: correlations, a fitted line, four quarters.

Figures are compared as figures. As soon as one of the two is a list of the report, both are
compared by rank alone, for the report prints no scores. Doubtful figures enter nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import median
from typing import Final

import numpy as np
from scipy import stats

from geo.cells import QUANTITIES, Cell, Scale, Snapshot, Status
from geo.measures import measures, snapshot
from geo.provinces import evaluated
from geo.report import LIST_LENGTH

CONFIDENCE: Final = 0.95
FEWEST: Final = 4  # Fisher's z has a standard error from four pairs on
RANKED: Final = QUANTITIES | {Status.RANK}


@dataclass(frozen=True)
class Pair:
    """One province's cells in both measures."""

    adcode: str
    a: Cell
    b: Cell

    @property
    def doubtful(self) -> bool:
        """Whether either figure looks wrong as published."""
        return Status.DOUBTFUL in (self.a.status, self.b.status)


@dataclass(frozen=True)
class Relation:
    """Two measures, each in a year, over the 31 provinces in the order of adcodes.

    by_rank: compared by rank alone, because one of the two is a list of the report.
    """

    a: Snapshot
    b: Snapshot
    by_rank: bool
    pairs: tuple[Pair, ...]

    def figures(self, pair: Pair) -> tuple[float | None, float | None]:
        """What is compared of a province: two values in their units, or two ranks."""
        if self.by_rank:
            return rank(pair.a), rank(pair.b)
        return pair.a.value, pair.b.value

    @property
    def complete(self) -> tuple[Pair, ...]:
        """The provinces with something to compare in both, doubtful ones among them."""
        return tuple(pair for pair in self.pairs if None not in self.figures(pair))

    @property
    def sound(self) -> tuple[Pair, ...]:
        """The provinces that correlations, the line and the middle values rest on."""
        return tuple(pair for pair in self.complete if not pair.doubtful)

    @property
    def doubtful(self) -> tuple[Pair, ...]:
        """The provinces with a figure in both of which at least one looks wrong."""
        return tuple(pair for pair in self.complete if pair.doubtful)

    @property
    def incomplete(self) -> tuple[Pair, ...]:
        """The provinces that lack a figure or a rank in at least one."""
        return tuple(pair for pair in self.pairs if None in self.figures(pair))


def rank(cell: Cell) -> int | None:
    """The place of a cell among the provinces; a place among the leading ten alone is none."""
    return cell.rank if cell.status in RANKED else None


def relation(measure: str, year: int, measure2: str, year2: int) -> Relation:
    """Both measures side by side. Raises KeyError as geo.measures.snapshot does."""
    a, b = snapshot(measure, year), snapshot(measure2, year2)
    by_rank = "report" in (measures()[measure].kind, measures()[measure2].kind)
    pairs = tuple(Pair(adcode, a.cells[adcode], b.cells[adcode]) for adcode in evaluated())
    return Relation(a, b, by_rank, pairs)


@dataclass(frozen=True)
class Correlation:
    """A coefficient from -1 to 1, its 95% interval, and over how many provinces."""

    value: float
    low: float
    high: float
    count: int


def pearson(own: Relation) -> Correlation | None:
    """The linear correlation with its interval by Fisher's z.

    None where the measures are compared by rank, where fewer than four provinces have sound
    figures in both, or where all figures of a measure are equal.
    """
    found = _varied(own)
    if own.by_rank or found is None:
        return None
    result = stats.pearsonr(*found)
    bounds = result.confidence_interval(CONFIDENCE)
    return Correlation(
        float(result.statistic), float(bounds.low), float(bounds.high), len(found[0])
    )


def spearman(own: Relation) -> Correlation | None:
    """The rank correlation with its interval, ties at their mean rank.

    The interval is Fisher's z with the standard error of Bonett and Wright, the root of
    (1 + r²/2) / (n - 3): D. G. Bonett and T. A. Wright, Sample size requirements for estimating
    Pearson, Kendall and Spearman correlations, Psychometrika 65 (2000), 23-28. None as for
    ``pearson``, but for comparisons by rank too.
    """
    found = _varied(own)
    if found is None:
        return None
    value, count = float(stats.spearmanr(*found).statistic), len(found[0])
    return Correlation(value, *spearman_interval(value, count), count)


def spearman_interval(value: float, count: int) -> tuple[float, float]:
    """The 95% interval of a rank correlation over `count` pairs, four or more.

    >>> [round(bound, 4) for bound in spearman_interval(0.8699639, 15)]
    [0.5841, 0.9638]
    """
    if abs(value) >= 1 - 1e-12:  # the transformation has no end there
        return value, value
    error = sqrt((1 + value**2 / 2) / (count - 3))
    reach = float(stats.norm.ppf((1 + CONFIDENCE) / 2)) * error
    return tanh(atanh(value) - reach), tanh(atanh(value) + reach)


def _varied(own: Relation) -> tuple[np.ndarray, np.ndarray] | None:
    """The sound figures of both, where there are enough and they differ."""
    figures = np.array([own.figures(pair) for pair in own.sound], dtype=float)
    if len(figures) < FEWEST or (np.ptp(figures, axis=0) == 0).any():
        return None
    return figures[:, 0], figures[:, 1]


@dataclass(frozen=True)
class Line:
    """A straight line: measure B in its unit at nought of A, and by how much per unit of A."""

    intercept: float
    slope: float

    def at(self, value: float) -> float:
        """The value of B that the line has at a value of A."""
        return self.intercept + self.slope * value


def fitted(own: Relation) -> Line | None:
    """The line of B on A by ordinary least squares; None where ``pearson`` is None."""
    found = _varied(own)
    if own.by_rank or found is None:
        return None
    result = stats.linregress(*found)
    return Line(float(result.intercept), float(result.slope))


@dataclass(frozen=True)
class Quarters:
    """Four quarters around one line per measure, and how many provinces each holds.

    a, b: where the lines stand, in the unit of the measure or as a rank. count_of: by whether A
    and B are high, the provinces with sound figures; a province on a line counts as high.
    listed: for A and for B, whether high means to be on the published list.
    """

    a: float
    b: float
    count_of: dict[tuple[bool, bool], int]
    listed: tuple[bool, bool] = (False, False)


def quarters(own: Relation, kind: str) -> Quarters | None:
    """The quarters around the medians, or with kind ``national`` around the national values.

    Medians are those of the provinces with sound figures in both. By rank, a measure is parted
    between its upper and lower half, and a published ten at its end; the kind does not matter.
    None without a line for both: no national value, or a list that is not whole.
    """
    if own.by_rank:
        return _by_rank(own)
    if not own.sound:
        return None
    if kind == "national":
        if own.a.national is None or own.b.national is None:
            return None
        lines = own.a.national.value, own.b.national.value
    else:
        lines = (
            median(p.a.value or 0.0 for p in own.sound),
            median(p.b.value or 0.0 for p in own.sound),
        )
    high = [((p.a.value or 0.0) >= lines[0], (p.b.value or 0.0) >= lines[1]) for p in own.sound]
    return Quarters(*lines, _counted(high))


def _by_rank(own: Relation) -> Quarters | None:
    lines = [_rank_line(side) for side in (own.a, own.b)]
    if lines[0] is None or lines[1] is None:
        return None
    high = []
    for pair in own.pairs:
        sides = [_upper(pair.a, lines[0]), _upper(pair.b, lines[1])]
        if not pair.doubtful and None not in sides:
            high.append((bool(sides[0]), bool(sides[1])))
    listed = (own.a.scale is Scale.TOP_TEN, own.b.scale is Scale.TOP_TEN)
    return Quarters(lines[0], lines[1], _counted(high), listed)


def _rank_line(side: Snapshot) -> float | None:
    if side.scale is Scale.TOP_TEN:
        return LIST_LENGTH + 0.5
    if side.scale is not Scale.QUANTITY:
        return None
    return (last_place(side) + 1) / 2


def last_place(side: Snapshot) -> int:
    """The last rank that can be told: that of the list, or the number of ranked provinces."""
    if side.scale is Scale.QUANTITY:
        return len(side.values())
    return max((place for cell in side.cells.values() if (place := rank(cell))), default=0)


def _upper(cell: Cell, line: float) -> bool | None:
    """Whether a cell ranks above a line; None where that cannot be said."""
    place = rank(cell)
    if place is not None:
        return place <= line
    return False if cell.status is Status.OUTSIDE else None


def _counted(high: list[tuple[bool, bool]]) -> dict[tuple[bool, bool], int]:
    return {(a, b): high.count((a, b)) for a in (True, False) for b in (True, False)}
