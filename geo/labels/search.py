"""The choice of a position among candidates, and greedy placement of labels in an order.

Greedy placement with the labels of least room or most weight first is the usual heuristic:
placing as many labels as possible without overlaps is NP-hard (Christensen, Marks and Shieber,
1995, "An empirical study of algorithms for point-feature label placement").
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Label = TypeVar("Label", bound=Hashable)
Position = TypeVar("Position")

# Returns the best free position of a label beside the positions of earlier ones, or None.
FindPosition = Callable[[Label, Mapping[Label, Position]], Position | None]


def first_candidate(free: npt.NDArray[np.bool_]) -> int | None:
    """The index of the first free candidate of some that are sorted best first, or None.

    >>> first_candidate(np.array([False, True, True])), first_candidate(np.array([False]))
    (1, None)
    """
    return int(free.argmax()) if free.any() else None


def cheapest_candidate(
    free: npt.NDArray[np.bool_],
    distances: npt.NDArray[np.float64],
    least_costs: npt.NDArray[np.float64],
    find_cost: Callable[[int], float],
) -> int | None:
    """The index of the free candidate with the lowest cost, the first of equals, or None.

    free, distances, least_costs: one entry for each candidate. distances: in ascending order; the
    search ends where they exceed the lowest cost found, so that no label goes farther away than a
    nearer one costs. find_cost: the cost of a candidate, infinite if it is not allowed; it is
    called only where a candidate's least cost is below the lowest cost found.

    >>> costs = [9.0, 3.0, 2.5]
    >>> cheapest_candidate(np.ones(3, bool), np.arange(3.0), np.zeros(3), costs.__getitem__)
    2
    """
    lowest, best = np.inf, None
    for i in np.flatnonzero(free):
        if lowest < distances[i]:
            break
        if least_costs[i] >= lowest:
            continue
        cost = find_cost(int(i))
        if cost < lowest:
            lowest, best = cost, int(i)
    return best


def place_in_order(
    labels: Iterable[Label], find_position: FindPosition[Label, Position]
) -> dict[Label, Position]:
    """Place labels one after another; one without a free position is left out.

    find_position: takes a label and the positions of the labels placed so far, and returns its
    position, or None if it has none.
    """
    positions: dict[Label, Position] = {}
    for label in labels:
        position = find_position(label, positions)
        if position is not None:
            positions[label] = position
    return positions


def place_in_rounds(
    labels: Sequence[Label], find_position: FindPosition[Label, Position], rounds: int
) -> dict[Label, Position]:
    """Place labels in several orders and return the first placement with the most labels.

    In each round, labels that found no position in the round before go first. find_position: as
    in ``place_in_order``; it must depend on its arguments only. rounds: the most orders tried.
    """
    best: dict[Label, Position] = {}
    order = list(labels)
    for _ in range(rounds):
        positions = place_in_order(order, find_position)
        if len(positions) > len(best):
            best = positions
        failed = [label for label in order if label not in positions]
        if not failed:
            break
        order = [*failed, *(label for label in order if label in positions)]
    return best
