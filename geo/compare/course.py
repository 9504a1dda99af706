"""A measure of compared provinces over the years: its figures, indexed, or as ranks.

Lines are broken where their years do not compare. A rank is drawn where one was published or
reckoned among the provinces with a figure, and never made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from geo.cells import Status
from geo.change import break_years, longest_period
from geo.dimension import SeriesPoint, split_at_breaks, trend_points
from geo.indicators import Measure
from geo.measures import snapshot_of

HUNDRED = 100.0


class Unavailable(StrEnum):
    """Why a course is shown otherwise than it was asked for."""

    RANKS_ONLY = "ranks_only"  # the report publishes ranks, no scores
    NO_ZERO = "no_zero"  # scores between goalposts: twice the score is not twice as much
    ONE_YEAR = "one_year"  # no two years compare


@dataclass(frozen=True)
class TimeSeries:
    """The lines of a measure, as one of geo.view.LINE_MODES.

    shown: what is drawn, asked: what was asked for, declined: why the two differ. base: the year
    that is 100 where indexed. breaks: years from which on the measure is another. left_out:
    provinces that cannot be indexed, for want of a sound figure above nought in the base year.
    """

    measure: Measure
    mode: str
    requested_mode: str
    points: tuple[SeriesPoint, ...]
    breaks: tuple[int, ...]
    declined: Unavailable | None = None
    base_year: int | None = None
    left_out: tuple[str, ...] = ()


def build_time_series(measure: Measure, chosen: Sequence[str], mode: str) -> TimeSeries:
    """The lines of the chosen provinces, with the country's and the regions' where values."""
    broken = break_years(measure.id)
    if measure.kind == "report":
        why = None if mode == "ranks" else Unavailable.RANKS_ONLY
        return TimeSeries(measure, "ranks", mode, _rank_points(measure, chosen), broken, why)
    if mode == "ranks":
        return TimeSeries(measure, "ranks", mode, _rank_points(measure, chosen), broken)
    points = tuple(trend_points(measure, chosen))
    years = longest_period(measure.id)
    if mode != "indexed":
        return TimeSeries(measure, "lines", mode, points, broken)
    if measure.kind == "index" or years is None:
        why = Unavailable.NO_ZERO if measure.kind == "index" else Unavailable.ONE_YEAR
        return TimeSeries(measure, "lines", mode, points, broken, why)
    first, last = years
    base = {p.line: p.value for p in points if p.year == first and p.value > 0 and not p.doubtful}
    indexed = tuple(
        replace(p, value=HUNDRED * (p.value / base[p.line]))
        for p in points
        if p.line in base and first <= p.year <= last
    )
    out = tuple(adcode for adcode in chosen if adcode not in base)
    return TimeSeries(measure, "indexed", mode, indexed, (), base_year=first, left_out=out)


def _rank_points(measure: Measure, chosen: Sequence[str]) -> tuple[SeriesPoint, ...]:
    """Each year's places among the provinces with a figure, or as the report prints them."""
    points = []
    for year in measure.years:
        cells = snapshot_of(measure.id, year).cells
        for adcode in chosen:
            cell = cells[adcode]
            # A place among the comprehensive ten is no place among 31.
            if cell.rank is not None and cell.status is not Status.RANK_AMONG_TEN:
                doubtful = cell.is_doubtful
                points.append(SeriesPoint(adcode, year, float(cell.rank), doubtful))
    return tuple(split_at_breaks(points, measure.id))


def axis_ends(values: Sequence[float], places: int) -> tuple[float, float]:
    """Where the upright axis of lines ends: at all places, or around the values.

    Values are drawn from nought where it is near. places: how many there are, where they are
    ranks; else 0.
    """
    if places:
        return 0.5, places + 0.5
    low, high = min(values), max(values)
    if 0 <= low < high / 2:
        low = 0.0
    spread = (high - low) or abs(high) or 1.0
    return (low if low == 0.0 else low - 0.05 * spread), high + 0.05 * spread
