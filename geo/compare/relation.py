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
from geo.measures import all_measures, snapshot_of
from geo.provinces import evaluated_adcodes
from geo.report import LIST_LENGTH

CONFIDENCE: Final = 0.95
MIN_PAIRS: Final = 4  # Fisher's z has a standard error from four pairs on
RANKED: Final = QUANTITIES | {Status.RANK}


@dataclass(frozen=True)
class ProvincePair:
    """One province's cells in both measures."""

    adcode: str
    a: Cell
    b: Cell

    @property
    def doubtful(self) -> bool:
        """Whether either figure looks wrong as published, or may be another province's."""
        return self.a.is_doubtful or self.b.is_doubtful


@dataclass(frozen=True)
class Relation:
    """Two measures, each in a year, over the 31 provinces in the order of adcodes.

    by_rank: compared by rank alone, because one of the two is a list of the report.
    """

    a: Snapshot
    b: Snapshot
    by_rank: bool
    pairs: tuple[ProvincePair, ...]

    def compared_values(self, pair: ProvincePair) -> tuple[float | None, float | None]:
        """What is compared of a province: two values in their units, or two ranks."""
        if self.by_rank:
            return comparable_rank(pair.a), comparable_rank(pair.b)
        return pair.a.value, pair.b.value

    @property
    def complete_pairs(self) -> tuple[ProvincePair, ...]:
        """The provinces with something to compare in both, doubtful ones among them."""
        return tuple(pair for pair in self.pairs if None not in self.compared_values(pair))

    @property
    def reliable(self) -> tuple[ProvincePair, ...]:
        """The provinces that correlations, the line and the middle values rest on."""
        return tuple(pair for pair in self.complete_pairs if not pair.doubtful)

    @property
    def doubtful(self) -> tuple[ProvincePair, ...]:
        """The provinces with a figure in both of which at least one looks wrong."""
        return tuple(pair for pair in self.complete_pairs if pair.doubtful)

    @property
    def incomplete(self) -> tuple[ProvincePair, ...]:
        """The provinces that lack a figure or a rank in at least one."""
        return tuple(pair for pair in self.pairs if None in self.compared_values(pair))


def comparable_rank(cell: Cell) -> int | None:
    """The place of a cell among the provinces; a place among the leading ten alone is none."""
    return cell.rank if cell.status in RANKED else None


def relate_measures(measure: str, year: int, measure2: str, year2: int) -> Relation:
    """Both measures side by side. Raises KeyError as geo.measures.snapshot_of does."""
    a, b = snapshot_of(measure, year), snapshot_of(measure2, year2)
    by_rank = "report" in (all_measures()[measure].kind, all_measures()[measure2].kind)
    pairs = tuple(
        ProvincePair(adcode, a.cells[adcode], b.cells[adcode]) for adcode in evaluated_adcodes()
    )
    return Relation(a, b, by_rank, pairs)


@dataclass(frozen=True)
class Correlation:
    """A coefficient from -1 to 1, its 95% interval, and over how many provinces."""

    value: float
    low: float
    high: float
    count: int


def pearson_correlation(relation: Relation) -> Correlation | None:
    """The linear correlation with its interval by Fisher's z.

    None where the measures are compared by rank, where fewer than four provinces have sound
    figures in both, or where all figures of a measure are equal.
    """
    values = _reliable_values(relation)
    if relation.by_rank or values is None:
        return None
    result = stats.pearsonr(*values)
    bounds = result.confidence_interval(CONFIDENCE)
    return Correlation(
        float(result.statistic), float(bounds.low), float(bounds.high), len(values[0])
    )


def spearman_correlation(relation: Relation) -> Correlation | None:
    """The rank correlation with its interval, ties at their mean rank.

    The interval is Fisher's z with the standard error of Bonett and Wright, the root of
    (1 + r²/2) / (n - 3): D. G. Bonett and T. A. Wright, Sample size requirements for estimating
    Pearson, Kendall and Spearman correlations, Psychometrika 65 (2000), 23-28. None as for
    ``pearson_correlation``, but for comparisons by rank too.
    """
    values = _reliable_values(relation)
    if values is None:
        return None
    value, count = float(stats.spearmanr(*values).statistic), len(values[0])
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


def _reliable_values(relation: Relation) -> tuple[np.ndarray, np.ndarray] | None:
    """The sound figures of both, where there are enough and they differ."""
    figures = np.array([relation.compared_values(pair) for pair in relation.reliable], dtype=float)
    if len(figures) < MIN_PAIRS or (np.ptp(figures, axis=0) == 0).any():
        return None
    return figures[:, 0], figures[:, 1]


@dataclass(frozen=True)
class FittedLine:
    """A straight line: measure B in its unit at nought of A, and by how much per unit of A."""

    intercept: float
    slope: float

    def value_at(self, value: float) -> float:
        """The value of B that the line has at a value of A."""
        return self.intercept + self.slope * value


def fit_line(relation: Relation) -> FittedLine | None:
    """The line of B on A by ordinary least squares; None where ``pearson_correlation`` is None."""
    values = _reliable_values(relation)
    if relation.by_rank or values is None:
        return None
    result = stats.linregress(*values)
    return FittedLine(float(result.intercept), float(result.slope))


@dataclass(frozen=True)
class Quadrants:
    """Four quarters around one line per measure, and how many provinces each holds.

    a, b: where the lines stand, in the unit of the measure or as a rank. count_of: by whether A
    and B are high, the provinces with sound figures; a province on a line counts as high.
    listed: for A and for B, whether high means to be on the published list.
    """

    a: float
    b: float
    count_of: dict[tuple[bool, bool], int]
    listed: tuple[bool, bool] = (False, False)


def build_quarters(relation: Relation, kind: str) -> Quadrants | None:
    """The quarters around the medians, or with kind ``national`` around the national values.

    Medians are those of the provinces with sound figures in both. By rank, a measure is parted
    between its upper and lower half, and a published ten at its end; the kind does not matter.
    None without a line for both: no national value, or a list that is not whole.
    """
    if relation.by_rank:
        return _rank_quarters(relation)
    if not relation.reliable:
        return None
    if kind == "national":
        if relation.a.national is None or relation.b.national is None:
            return None
        lines = relation.a.national.value, relation.b.national.value
    else:
        lines = (
            median(p.a.value or 0.0 for p in relation.reliable),
            median(p.b.value or 0.0 for p in relation.reliable),
        )
    high = [
        ((p.a.value or 0.0) >= lines[0], (p.b.value or 0.0) >= lines[1]) for p in relation.reliable
    ]
    return Quadrants(*lines, _count_quarters(high))


def _rank_quarters(relation: Relation) -> Quadrants | None:
    lines = [_median_rank(side) for side in (relation.a, relation.b)]
    if lines[0] is None or lines[1] is None:
        return None
    high = []
    for pair in relation.pairs:
        sides = [_is_above(pair.a, lines[0]), _is_above(pair.b, lines[1])]
        if not pair.doubtful and None not in sides:
            high.append((bool(sides[0]), bool(sides[1])))
    listed = (relation.a.scale is Scale.TOP_TEN, relation.b.scale is Scale.TOP_TEN)
    return Quadrants(lines[0], lines[1], _count_quarters(high), listed)


def _median_rank(side: Snapshot) -> float | None:
    if side.scale is Scale.TOP_TEN:
        return LIST_LENGTH + 0.5
    if side.scale is not Scale.QUANTITY:
        return None
    return (last_rank(side) + 1) / 2


def last_rank(side: Snapshot) -> int:
    """The last rank that can be told: that of the list, or the number of ranked provinces."""
    if side.scale is Scale.QUANTITY:
        return len(side.values_by_adcode())
    return max(
        (place for cell in side.cells.values() if (place := comparable_rank(cell))), default=0
    )


def _is_above(cell: Cell, line: float) -> bool | None:
    """Whether a cell ranks above a line; None where that cannot be said."""
    place = comparable_rank(cell)
    if place is not None:
        return place <= line
    return False if cell.status is Status.OUTSIDE else None


def _count_quarters(high: list[tuple[bool, bool]]) -> dict[tuple[bool, bool], int]:
    return {(a, b): high.count((a, b)) for a in (True, False) for b in (True, False)}
