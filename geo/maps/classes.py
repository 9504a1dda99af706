"""Class breaks for choropleth maps, computed with mapclassify and rounded for readability.

A class holds the values above its lower break up to and including its upper break. A break
can lie anywhere between the last value of one class and the first of the next without moving
a province, so the number with the fewest digits in that gap is used. The breaks alone assign
values to classes, so equal values always share a class.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import mapclassify
import numpy as np
import numpy.typing as npt

from geo.limits import MAX_CLASSES, MIN_CLASSES
from geo.text import N_, InputError

Values = npt.NDArray[np.float64]

SAME_BREAK: Final = 1e-9  # of the range of values: breaks that are nearer are one
DEFAULT_CLASS_COUNT: Final = 5
DEFAULT_METHOD: Final = "quantiles"
CUSTOM_METHOD: Final = "own"


def _standard_deviation_breaks(values: Values, count: int) -> Values:
    """Breaks at whole or, for an odd count, half standard deviations around the mean."""
    steps = np.arange(count - 1) - (count - 2) / 2
    return np.asarray(mapclassify.StdMean(values, multiples=list(steps)).bins)


# Functions from values and a class count to the upper bounds of the classes.
METHODS: Final[dict[str, Callable[[Values, int], Values]]] = {
    "quantiles": lambda values, count: mapclassify.Quantiles(values, k=count).bins,
    "fisher_jenks": lambda values, count: mapclassify.FisherJenks(values, k=count).bins,
    "equal_interval": lambda values, count: mapclassify.EqualInterval(values, k=count).bins,
    "std_mean": _standard_deviation_breaks,
    "pretty": lambda values, count: mapclassify.PrettyBreaks(values, k=count).bins,
}
METHOD_NAMES: Final = {
    "quantiles": N_("Quantiles"),
    "fisher_jenks": N_("Natural breaks (Fisher-Jenks)"),
    "equal_interval": N_("Equal intervals"),
    "std_mean": N_("Standard deviations"),
    "pretty": N_("Round numbers"),
    "own": N_("Custom breaks"),
}
METHOD_NOTES: Final = {
    "quantiles": N_("All classes hold about the same number of provinces."),
    "fisher_jenks": N_("Classes are divided at the widest gaps between values."),
    "equal_interval": N_("All classes have the same range of values."),
    "std_mean": N_("Classes are divided by standard deviations from the mean of the provinces."),
    "pretty": N_("Classes are divided at round numbers."),
    "own": N_("Classes are divided at your custom breaks."),
}


@dataclass(frozen=True)
class Classes:
    """Class breaks in ascending order, with the method that gave them and the class counts.

    breaks: n - 1 numbers for n classes; class i holds the values v with
    breaks[i-1] < v <= breaks[i]. counts: values per class. lowest, highest: the extreme values.
    """

    method: str
    breaks: tuple[float, ...]
    counts: tuple[int, ...]
    lowest: float
    highest: float

    def __len__(self) -> int:
        return len(self.breaks) + 1

    def class_of(self, value: float) -> int:
        """The class of a value, counted from 0 for the lowest.

        >>> Classes("own", (1.0, 2.0), (1, 1, 1), 0.0, 3.0).class_of(1.0)
        0
        """
        return int(np.searchsorted(self.breaks, value, side="left"))


def classify(
    values: Sequence[float],
    method: str,
    count: int = DEFAULT_CLASS_COUNT,
    custom_breaks: Sequence[float] = (),
) -> Classes:
    """Compute class breaks for values.

    values: at least one finite number. method: a key of METHODS, or ``own`` with custom_breaks.
    count: the number of classes wanted, 3 to 7. There are fewer when there are fewer distinct
    values, and "pretty" may differ by one class because it puts round numbers first.

    Raises InputError for an unknown method or a count out of range; the message names what is
    allowed. Source of the methods: mapclassify (PySAL).
    """
    if method not in METHOD_NAMES:
        raise InputError(
            N_("“{value}” is not a classification. Choose one of: {allowed}."),
            value=method,
            allowed=", ".join(METHOD_NAMES),
        )
    if not MIN_CLASSES <= count <= MAX_CLASSES:
        raise InputError(
            N_("“{value}” is not a valid number of classes. Choose {fewest} to {most}."),
            value=count,
            fewest=MIN_CLASSES,
            most=MAX_CLASSES,
        )
    array = np.sort(np.asarray(values, dtype=float))
    distinct = np.unique(array)
    breaks = (
        list(custom_breaks)
        if method == CUSTOM_METHOD
        else _rounded_breaks(array, distinct, method, count)
    )
    classes = np.searchsorted(breaks, array, side="left")
    counts = np.bincount(classes, minlength=len(breaks) + 1)
    return Classes(
        method, tuple(breaks), tuple(int(n) for n in counts), float(array[0]), float(array[-1])
    )


def _rounded_breaks(array: Values, distinct: Values, method: str, count: int) -> list[float]:
    """The breaks of a method, each rounded within the gap between values around it."""
    if len(distinct) <= count:
        # One class for each value. The methods would only give empty classes here.
        uppers = distinct[:-1]
    else:
        with warnings.catch_warnings():
            # mapclassify warns about fewer classes than wanted; the legend shows that anyway.
            warnings.simplefilter("ignore")
            uppers = np.asarray(METHODS[method](array, count), dtype=float)
    # The last upper bound ends the scale; it does not separate classes. Neither does a bound
    # with all values on one side.
    inner = np.unique(uppers[(uppers >= distinct[0]) & (uppers < distinct[-1])])
    # Interpolated quantiles of equal values can differ in their last digit.
    noise = SAME_BREAK * (distinct[-1] - distinct[0])
    inner = inner[np.diff(inner, prepend=-np.inf) > noise]
    # Two breaks can lie in one gap (an empty class of equal intervals). Each is rounded within
    # its own part of the gap.
    room = np.diff(inner).min(initial=np.inf) / 3
    rounded = []
    for upper in inner:
        below = max(distinct[distinct <= upper][-1], upper - room)
        above = min(distinct[distinct > upper][0], upper + room)
        rounded.append(roundest_number(float(below), float(above), float(upper)))
    return rounded


def roundest_number(low: float, high: float, wish: float) -> float:
    """The number with the fewest digits in [low, high); of several, the nearest to `wish`.

    >>> roundest_number(37.26, 41.9, 38.1)
    40.0
    >>> roundest_number(0.0123, 0.0129, 0.0125)
    0.0125
    """
    if not low < high:
        raise ValueError(f"no gap between {low} and {high}")
    # From a step wider than the gap down to one that is certain to have a multiple in it.
    exponent = math.ceil(math.log10(max(abs(low), abs(high), high - low)))
    for power in range(exponent, exponent - 17, -1):
        for step in (5, 2, 1):
            unit = step * 10.0**power
            first, last = math.ceil(low / unit), math.ceil(high / unit) - 1
            if first > last:
                continue
            nearest = min(max(round(wish / unit), first), last)
            # Formatting and parsing removes float noise: 3 * 0.1 becomes 0.3.
            number = float(f"{nearest * unit:.15g}")
            if low <= number < high:
                return number
    return low


def parse_custom_breaks(text: str) -> tuple[float, ...]:
    """Parse breaks typed by a reader: 2 to 6 rising numbers, separated by commas or spaces.

    >>> parse_custom_breaks("10, 20 40")
    (10.0, 20.0, 40.0)

    Raises InputError with the rule that is broken.
    """
    parts = text.replace("，", " ").replace("、", " ").replace(",", " ").split()
    try:
        breaks = tuple(float(part) for part in parts)
    except ValueError as error:
        raise InputError(
            N_("“{value}” is not a list of numbers. Enter breaks such as 10, 20, 40."),
            value=text[:40],
        ) from error
    finite = all(math.isfinite(number) for number in breaks)
    rising = all(a < b for a, b in pairwise(breaks))
    if not (finite and rising and MIN_CLASSES - 1 <= len(breaks) <= MAX_CLASSES - 1):
        raise InputError(
            N_("Enter {fewest} to {most} rising numbers as custom breaks, such as 10, 20, 40."),
            fewest=MIN_CLASSES - 1,
            most=MAX_CLASSES - 1,
        )
    return breaks
