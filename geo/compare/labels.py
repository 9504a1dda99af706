"""Names at the ends of lines, moved just so far that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import isotonic_regression


def spread_labels(places: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """The places moved as little as can be so that neighbours are `room` apart, in their order.

    Least squares, by isotonic regression of the places less their room. All stay within low and
    high; where they do not fit they are spread evenly over the whole.

    >>> spread_labels([5.0, 5.0, 9.0], 1.0, 0.0, 10.0)
    [4.5, 5.5, 9.0]
    """
    order = np.argsort(places, kind="stable")
    if len(places) > 1:
        room = min(room, (high - low) / (len(places) - 1))
    offsets = room * np.arange(len(places))
    free = isotonic_regression(np.asarray(places, dtype=float)[order] - offsets).x
    array1_d = np.empty(len(places))
    array1_d[order] = np.clip(free, low, max(low, high - offsets[-1])) + offsets
    return [float(place) for place in array1_d]
