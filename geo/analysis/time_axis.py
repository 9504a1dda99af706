"""The horizontal axis of lines: the periods of a measure by their place in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

from geo.analysis.state import FIRST_YEAR, LAST_YEAR
from geo.measures import Measure
from geo.text import Period, period_position

TICK_COUNT: Final = 9  # about as many fit
PAD_SHARE: Final = 0.0375  # of the axis before its first and after its last period


@dataclass(frozen=True)
class TimeAxis:
    """The ends of an axis of time, and its ticks with their texts, in years.

    A month or a day is a part of a year.
    """

    first: float
    last: float
    ticks: tuple[tuple[float, str], ...]

    @property
    def pad(self) -> float:
        """The room before the first and after the last period."""
        return PAD_SHARE * ((self.last - self.first) or 1.0)


def axis_ends_of(measure: Measure) -> tuple[int, int]:
    """Return the first and the last period of the axis of a measure.

    Published measures share one axis, so that their lines compare; an uploaded one has its own.
    """
    if measure.kind == "own":
        return measure.years[0], measure.years[-1]
    return FIRST_YEAR, LAST_YEAR


def build_time_axis(measure: Measure, periods: Sequence[int] = ()) -> TimeAxis:
    """Return the axis of a measure. periods: those with points, which end the axis if given."""
    ends = (min(periods), max(periods)) if periods else axis_ends_of(measure)
    first, last = (period_position(end) for end in ends)
    whole = range(ceil(first), floor(last) + 1)
    if len(whole) > 2 or ends == (first, last):
        step = ceil(len(whole) / TICK_COUNT)
        ticks = [(float(year), str(year)) for year in whole[::step]]
    else:  # months, quarters or days of few years
        known = [period for period in measure.years if ends[0] <= period <= ends[1]]
        step = ceil(len(known) / TICK_COUNT)
        ticks = [(period_position(period), str(Period(period))) for period in known[::step]]
    return TimeAxis(first, last, tuple(ticks))
