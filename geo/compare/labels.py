"""Names at the ends of lines, moved just so far that none covers another."""

from __future__ import annotations

from collections.abc import Sequence


def apart(places: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """The places moved so that neighbours are `room` apart, within low and high, in their order.

    Where they do not fit they are spread evenly over the whole.

    >>> apart([5.0, 5.2, 9.0], 1.0, 0.0, 10.0)
    [5.0, 6.0, 9.0]
    """
    order = sorted(range(len(places)), key=lambda own: places[own])
    if len(places) > 1:
        room = min(room, (high - low) / (len(places) - 1))
    found = [min(max(places[own], low), high) for own in order]
    for place in range(1, len(found)):
        found[place] = max(found[place], found[place - 1] + room)
    # What was pushed over the upper end is pushed back, and its neighbours with it.
    ceiling = high
    for place in reversed(range(len(found))):
        found[place] = min(found[place], ceiling)
        ceiling = found[place] - room
    return [place for _, place in sorted(zip(order, found, strict=True))]
