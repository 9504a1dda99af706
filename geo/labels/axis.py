"""Labels along one axis: moved apart as little as possible, or stacked in rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import isotonic_regression


def spread_labels(places: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """Return the positions moved as little as possible, so that neighbours are `room` apart.

    Least squares, by isotonic regression of the positions minus their room. The order is kept,
    and all stay within low and high; where they do not fit they are spread evenly.

    >>> spread_labels([5.0, 5.0, 9.0], 1.0, 0.0, 10.0)
    [4.5, 5.5, 9.0]
    """
    order = np.argsort(places, kind="stable")
    if len(places) > 1:
        room = min(room, (high - low) / (len(places) - 1))
    offsets = room * np.arange(len(places))
    free = isotonic_regression(np.asarray(places, dtype=float)[order] - offsets).x
    spread = np.empty(len(places))
    spread[order] = np.clip(free, low, max(low, high - offsets[-1])) + offsets
    return [float(place) for place in spread]


def stacking_levels(places: Sequence[float], step: float) -> list[int]:
    """For each position, the lowest level from 0 without an earlier one nearer than a step.

    >>> stacking_levels([0.0, 5.0, 10.0], step=10.0)
    [0, 1, 0]
    """
    rows: list[list[float]] = []
    levels = []
    for place in places:
        free = (
            level
            for level, row in enumerate(rows)
            if all(abs(place - other) >= step for other in row)
        )
        level = next(free, len(rows))
        if level == len(rows):
            rows.append([])
        rows[level].append(place)
        levels.append(level)
    return levels
