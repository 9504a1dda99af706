"""Relation of two measures: correlations, a fitted line, quadrants, and their wording."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import atanh, floor, log10, sqrt, tanh
from statistics import median
from typing import Final

import numpy as np
from scipy import stats

from geo.analysis.compared_measures import MeasureInYear
from geo.index import open_index_note
from geo.measures import (
    HOW_NATIONAL_SHORT,
    LIST_LENGTH,
    QUANTITIES,
    Benchmark,
    Cell,
    Measure,
    Scale,
    Snapshot,
    Status,
    ambiguity_lines,
    format_cell,
    format_value,
    mark_doubt,
    measure_name,
    measure_unit,
    short_rank,
    status_name,
)
from geo.tables import to_csv
from geo.text import N_, Translator
from geo.units import evaluated_adcodes, provinces

CONFIDENCE: Final = 0.95
MIN_PAIRS: Final = 4  # Fisher's z has a standard error from four pairs on
RANKED: Final = QUANTITIES | {Status.RANK}
QUADRANT_NAMES: Final = {"median": N_("Medians"), "national": N_("National values")}
FIT_NAMES: Final = {"none": N_("No line"), "line": N_("Fitted line")}
METHOD: Final = N_(
    "Intervals of 95% by Fisher’s z, for the rank correlation with the standard "
    "error of Bonett and Wright (Psychometrika 65, 2000). They treat the provinces "
    "as a sample; a correlation does not show causes."
)
BY_RANK: Final = N_(
    "The report publishes ranks without scores, so the measures are compared by "
    "rank: a linear correlation and a fitted line are not available."
)
BANDS: Final = N_(
    "Provinces without a rank are shown in separate bands; their position in a band has no meaning."
)
SIDE_A: Final = "a"
SIDE_B: Final = "b"
# Short names for the bands of an axis, at most a few letters wide on each line.
BAND_NAMES: Final = {
    Status.RANK_AMONG_TEN: N_("among ten"),
    Status.NAMED: N_("listed"),
    Status.TOO_FEW: N_("too few values"),
    Status.OUTSIDE: N_("not listed"),
    Status.NOT_GIVEN: N_("not in the uploaded data"),
    Status.NOT_PUBLISHED: N_("not published"),
}
SIDE_NAMES: Final = {SIDE_A: N_("A: {title}"), SIDE_B: N_("B: {title}")}
HIGH: Final = {
    (SIDE_A, True, False): N_("A high"),
    (SIDE_A, False, False): N_("A low"),
    (SIDE_B, True, False): N_("B high"),
    (SIDE_B, False, False): N_("B low"),
    (SIDE_A, True, True): N_("A: in the ten"),
    (SIDE_A, False, True): N_("A: outside"),
    (SIDE_B, True, True): N_("B: in the ten"),
    (SIDE_B, False, True): N_("B: outside"),
}


@dataclass(frozen=True)
class ProvincePair:
    """The cells of one province in both measures."""

    adcode: str
    a: Cell
    b: Cell

    @property
    def doubtful(self) -> bool:
        """Whether either cell is doubtful."""
        return self.a.is_doubtful or self.b.is_doubtful


@dataclass(frozen=True)
class Relation:
    """Two measures, each in a year, over the 31 provinces in the order of adcodes.

    by_rank: compared by rank alone, because one of the two is a list of the report.
    """

    a: MeasureInYear
    b: MeasureInYear
    by_rank: bool
    pairs: tuple[ProvincePair, ...]

    def compared_values(self, pair: ProvincePair) -> tuple[float | None, float | None]:
        """Return the compared values of a province: two values in their units, or two ranks."""
        if self.by_rank:
            return comparable_rank(pair.a), comparable_rank(pair.b)
        return pair.a.value, pair.b.value

    @cached_property
    def complete_pairs(self) -> tuple[ProvincePair, ...]:
        """The provinces with values (or ranks) in both, including doubtful ones."""
        return tuple(pair for pair in self.pairs if None not in self.compared_values(pair))

    @cached_property
    def reliable(self) -> tuple[ProvincePair, ...]:
        """The provinces that enter in correlations, the fitted line and the medians."""
        return tuple(pair for pair in self.complete_pairs if not pair.doubtful)

    @cached_property
    def doubtful(self) -> tuple[ProvincePair, ...]:
        """The provinces with values in both of which at least one is doubtful."""
        return tuple(pair for pair in self.complete_pairs if pair.doubtful)

    @cached_property
    def incomplete(self) -> tuple[ProvincePair, ...]:
        """The provinces without a value or a rank in at least one."""
        return tuple(pair for pair in self.pairs if None in self.compared_values(pair))


def comparable_rank(cell: Cell) -> int | None:
    """Return the rank of a cell among the 31 provinces; None for a rank among the ten only."""
    return cell.rank if cell.status in RANKED else None


def relate_measures(measure: Measure, year: int, measure2: Measure, year2: int) -> Relation:
    """Return the relation of two measures. Raises KeyError for a year that a measure lacks."""
    a, b = measure.snapshot(year), measure2.snapshot(year2)
    by_rank = "report" in (measure.kind, measure2.kind)
    pairs = tuple(
        ProvincePair(adcode, a.cells[adcode], b.cells[adcode]) for adcode in evaluated_adcodes()
    )
    return Relation(MeasureInYear(measure, a), MeasureInYear(measure2, b), by_rank, pairs)


@dataclass(frozen=True)
class Correlation:
    """A coefficient from -1 to 1, its 95% interval, and the number of provinces."""

    value: float
    low: float
    high: float
    count: int


def pearson_correlation(relation: Relation) -> Correlation | None:
    """Return the linear correlation with its interval by Fisher's z.

    None if the measures are compared by rank, if fewer than four provinces have sound values in
    both, or if all values of a measure are equal.
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
    """Return the rank correlation with its interval; ties have their mean rank.

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
    """Return the 95% interval of a rank correlation over `count` pairs, four or more.

    >>> [round(bound, 4) for bound in spearman_interval(0.8699639, 15)]
    [0.5841, 0.9638]
    """
    if abs(value) >= 1 - 1e-12:  # Fisher's z is infinite there
        return value, value
    error = sqrt((1 + value**2 / 2) / (count - 3))
    reach = float(stats.norm.ppf((1 + CONFIDENCE) / 2)) * error
    return tanh(atanh(value) - reach), tanh(atanh(value) + reach)


def _reliable_values(relation: Relation) -> tuple[np.ndarray, np.ndarray] | None:
    """Return the sound values of both, if there are enough and they differ."""
    figures = np.array([relation.compared_values(pair) for pair in relation.reliable], dtype=float)
    if len(figures) < MIN_PAIRS or (np.ptp(figures, axis=0) == 0).any():
        return None
    return figures[:, 0], figures[:, 1]


@dataclass(frozen=True)
class FittedLine:
    """A straight line: the value of B at zero of A, and its change per unit of A."""

    intercept: float
    slope: float

    def value_at(self, value: float) -> float:
        """Return the value of B on the line at a value of A."""
        return self.intercept + self.slope * value


def fit_line(relation: Relation) -> FittedLine | None:
    """Fit B on A by ordinary least squares; None where ``pearson_correlation`` is None."""
    values = _reliable_values(relation)
    if relation.by_rank or values is None:
        return None
    result = stats.linregress(*values)
    return FittedLine(float(result.intercept), float(result.slope))


@dataclass(frozen=True)
class Quadrants:
    """Four quarters around one line per measure, and the number of provinces in each.

    a, b: the positions of the lines, in the unit of the measure or as a rank. count_of: by
    whether A and B are high, the number of provinces with sound values; a province on a line
    counts as high. listed: for A and for B, whether high means being on the published list.
    """

    a: float
    b: float
    count_of: dict[tuple[bool, bool], int]
    listed: tuple[bool, bool] = (False, False)


def build_quarters(relation: Relation, kind: str) -> Quadrants | None:
    """Return the quarters around the medians, or the national values with kind ``national``.

    Medians are over the provinces with sound values in both. By rank, a measure is split between
    its upper and lower half, and a published ten at its end; the kind does not matter. None
    without a line for both: no national value, or an incomplete list.
    """
    if relation.by_rank:
        return _rank_quarters(relation)
    if not relation.reliable:
        return None
    if kind == "national":
        if relation.a.snapshot.national is None or relation.b.snapshot.national is None:
            return None
        lines = relation.a.snapshot.national.value, relation.b.snapshot.national.value
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
    lines = [_median_rank(side.snapshot) for side in (relation.a, relation.b)]
    if lines[0] is None or lines[1] is None:
        return None
    high = []
    for pair in relation.pairs:
        sides = [_is_above(pair.a, lines[0]), _is_above(pair.b, lines[1])]
        if not pair.doubtful and None not in sides:
            high.append((bool(sides[0]), bool(sides[1])))
    listed = (
        relation.a.snapshot.scale is Scale.TOP_TEN,
        relation.b.snapshot.scale is Scale.TOP_TEN,
    )
    return Quadrants(lines[0], lines[1], _count_quarters(high), listed)


def _median_rank(side: Snapshot) -> float | None:
    if side.scale is Scale.TOP_TEN:
        return LIST_LENGTH + 0.5
    if side.scale is not Scale.QUANTITY:
        return None
    return (last_rank(side) + 1) / 2


def last_rank(side: Snapshot) -> int:
    """Return the last known rank: that of the list, or the number of ranked provinces."""
    if side.scale is Scale.QUANTITY:
        return len(side.values_by_adcode())
    return max(
        (place for cell in side.cells.values() if (place := comparable_rank(cell))), default=0
    )


def _is_above(cell: Cell, line: float) -> bool | None:
    """Return whether a cell ranks above a line; None if that is not known."""
    place = comparable_rank(cell)
    if place is not None:
        return place <= line
    return False if cell.status is Status.OUTSIDE else None


def _count_quarters(high: list[tuple[bool, bool]]) -> dict[tuple[bool, bool], int]:
    return {(a, b): high.count((a, b)) for a in (True, False) for b in (True, False)}


def side_title(key: str, side: MeasureInYear, t: Translator) -> str:
    """Return a measure with its year and its letter, A or B."""
    return t(SIDE_NAMES[key], title=name_with_year(side, t))


def name_with_year(side: MeasureInYear, t: Translator) -> str:
    """Return a measure with its year."""
    name = measure_name(side.measure, t)
    return t(N_("{measure}, {year}"), measure=name, year=side.year)


def axis_title_of(side: MeasureInYear, by_rank: bool, t: Translator) -> str:
    """Return the title of an axis: measure and year, with the unit or a word for ranks."""
    measure = side.measure
    unit = t(N_("rank")) if by_rank else measure_unit(measure, t)
    return t(N_("{measure} ({unit})"), measure=name_with_year(side, t), unit=unit)


def format_side_value(cell: Cell, side: MeasureInYear, t: Translator) -> str:
    """Return the text of a cell, with a mark if it is doubtful."""
    return mark_doubt(format_cell(cell, side.measure, t), cell)


def format_side_rank(cell: Cell, t: Translator) -> str:
    """Return the rank of a cell among the provinces, or why it has none."""
    if comparable_rank(cell) is None:
        return status_name(cell, t)
    return short_rank(cell, t)


def format_quarter(quarters: Quadrants, a_high: bool, b_high: bool, t: Translator) -> str:
    """Return the text in a corner, on two lines: which measure is high or low, and the count."""
    a = t(HIGH[SIDE_A, a_high, quarters.listed[0]])
    b = t(HIGH[SIDE_B, b_high, quarters.listed[1]])
    return t(N_("{a},\n{b}: {count}"), a=a, b=b, count=quarters.count_of[a_high, b_high])


def describe_quarter_lines(
    relation: Relation, quarters: Quadrants | None, kind: str, t: Translator
) -> str:
    """Return a sentence on the lines of the quarters, or why there are none."""
    if quarters is None:
        if relation.by_rank:
            return t(N_("Quadrants are not shown: at least one list publishes too few ranks."))
        return t(N_("Quadrants are not shown: one of the measures has no dividing line."))
    if relation.by_rank:
        return t(
            N_(
                "Lines: the end of the published ten for the report’s lists, the middle rank "
                "otherwise. {count} provinces are counted."
            ),
            count=sum(quarters.count_of.values()),
        )
    a, b = relation.a.measure, relation.b.measure
    return t(
        N_(
            "Lines: A {name_a} {a}, B {name_b} {b}. {count} provinces are counted; a "
            "province on a line counts as high."
        ),
        name_a=_national_line_name(relation.a.snapshot.national, kind, t),
        a=format_value(quarters.a, a, t),
        name_b=_national_line_name(relation.b.snapshot.national, kind, t),
        b=format_value(quarters.b, b, t),
        count=sum(quarters.count_of.values()),
    )


def _national_line_name(mark: Benchmark | None, kind: str, t: Translator) -> str:
    how = mark.how if mark and kind == "national" else "median"
    return t(HOW_NATIONAL_SHORT[how])


def describe_correlation(relation: Relation, t: Translator) -> str:
    """Return both correlations with their intervals and the number of provinces, as text."""
    ranks, linear = spearman_correlation(relation), pearson_correlation(relation)
    if ranks is None:
        return t(
            N_(
                "The correlation is not available: it requires {fewest} provinces with reliable, "
                "differing values in both measures."
            ),
            fewest=MIN_PAIRS,
        )
    if linear is None:
        return t(
            N_(
                "Rank correlation (Spearman) {ranks}, over the {count} provinces with a rank in"
                " both."
            ),
            ranks=_format_coefficient(ranks, t),
            count=ranks.count,
        )
    return t(
        N_(
            "Rank correlation (Spearman) {ranks}; linear correlation (Pearson) {linear}; over"
            " {count} provinces."
        ),
        ranks=_format_coefficient(ranks, t),
        linear=_format_coefficient(linear, t),
        count=ranks.count,
    )


def _format_coefficient(correlation: Correlation, t: Translator) -> str:
    return t(
        N_("{value} (95%: {low} to {high})"),
        value=t.format_number(correlation.value, 2),
        low=t.format_number(correlation.low, 2),
        high=t.format_number(correlation.high, 2),
    )


def describe_left_out(relation: Relation, t: Translator) -> list[str]:
    """Return a sentence on the provinces with doubtful values, and one on those without."""
    lines = []
    if relation.doubtful:
        lines.append(
            t(
                N_("Doubtful, shown hollow and excluded from all calculations: {names}."),
                names=_join_province_names(relation.doubtful, t),
            )
        )
    if relation.incomplete and not relation.by_rank:
        lines.append(
            t(
                N_("At least one value not available: {names}."),
                names=_join_province_names(relation.incomplete, t),
            )
        )
    return lines


def _join_province_names(pairs: Iterable[ProvincePair], t: Translator) -> str:
    return t.join_names([provinces()[pair.adcode].name_in(t.lang) for pair in pairs])


def describe_slope(line: FittedLine, relation: Relation, t: Translator) -> str:
    """Return the fitted line in words: a step of A that suits its range, and the change of B."""
    values = [pair.a.value or 0.0 for pair in relation.reliable]
    step = 10.0 ** floor(log10(max(values) - min(values)))
    change = line.slope * step
    message = (
        N_(
            "Fitted line (least squares): where A is {step} higher, B is on average {change} "
            "higher. It does not show causes."
        )
        if change >= 0
        else N_(
            "Fitted line (least squares): where A is {step} higher, B is on average {change} "
            "lower. It does not show causes."
        )
    )
    return t(
        message,
        step=_format_slope(step, relation.a, t),
        change=_format_slope(abs(change), relation.b, t),
    )


def _format_slope(value: float, side: MeasureInYear, t: Translator) -> str:
    """Return a difference with two significant digits, in percentage points for shares."""
    measure = side.measure
    # Of a unit that states the range of its scale only the first part suits a difference.
    unit = re.split("[,（]", measure_unit(measure, t))[0]
    decimals = max(0, 1 - floor(log10(value))) if value else measure.decimals
    if unit == "%":
        return t(N_("{points} percentage points"), points=t.format_number(value, decimals))
    return f"{t.format_number(value, decimals)} {unit}"


def relation_notes(relation: Relation, kind: str, fit: str, t: Translator) -> list[str]:
    """Return the notes on a scatter: its line, its quarters, what is left out, the method.

    kind: of the quarters, a key of KINDS. fit: a key of FITS.
    """
    line = fit_line(relation) if fit == "line" else None
    return [
        *([describe_slope(line, relation, t)] if line else []),
        describe_quarter_lines(relation, build_quarters(relation, kind), kind, t),
        *([t(BY_RANK)] if relation.by_rank else []),
        *([t(BANDS)] if relation.by_rank and relation.incomplete else []),
        *describe_left_out(relation, t),
        *ambiguity_lines((cell for pair in relation.pairs for cell in (pair.a, pair.b)), t),
        t(METHOD),
        *_open_index_notes(relation, t),
    ]


def _open_index_notes(relation: Relation, t: Translator) -> list[str]:
    """Return a note that the open index is a calculation of the atlas, for measures of it."""
    return [
        t(
            N_("{measure}: {note}."),
            measure=name_with_year(side, t),
            note=open_index_note(side.measure, side.year, t),
        )
        for side in (relation.a, relation.b)
        if side.snapshot.is_open_index
    ]


def relation_heads(relation: Relation, t: Translator) -> list[str]:
    """Return the heads of ``relation_rows``: names, value and rank in A and B, and the region."""
    return [
        t(N_("Province")),
        side_title(SIDE_A, relation.a, t),
        t(N_("Rank in A")),
        side_title(SIDE_B, relation.b, t),
        t(N_("Rank in B")),
        t(N_("Region")),
    ]


def relation_rows(relation: Relation, t: Translator) -> list[list[str]]:
    """Return a row of texts for each of the 31 provinces, in the order of adcodes."""
    return [
        [
            provinces()[pair.adcode].name_in(t.lang),
            format_side_value(pair.a, relation.a, t),
            str(comparable_rank(pair.a) or "–"),
            format_side_value(pair.b, relation.b, t),
            str(comparable_rank(pair.b) or "–"),
            provinces()[pair.adcode].region_in(t.lang),
        ]
        for pair in relation.pairs
    ]


def relation_csv(relation: Relation, t: Translator) -> str:
    """Return the relation as CSV: plain numbers, with units and statuses in separate columns."""
    head = [t(N_("adcode")), t(N_("Province")), t(N_("Region"))]
    for key, side in ((SIDE_A, relation.a), (SIDE_B, relation.b)):
        title = side_title(key, side, t)
        head += [title, t(N_("Unit")), t(N_("Rank")), t(N_("Status"))]
    body: list[list[object]] = []
    for pair in relation.pairs:
        province = provinces()[pair.adcode]
        row: list[object] = [pair.adcode, province.name_in(t.lang), province.region_in(t.lang)]
        for cell, side in ((pair.a, relation.a), (pair.b, relation.b)):
            measure = side.measure
            row += [
                "" if cell.value is None else f"{cell.value:.12g}",
                measure_unit(measure, t),
                comparable_rank(cell),
                status_name(cell, t),
            ]
        body.append(row)
    return to_csv([head, *body])
