"""The order of the provinces in a ranking, and the position of the national value in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from geo.measures.cells import STATUS_ORDER, Cell, Scale, Snapshot, Status

TIE_TOLERANCE: float = 1e-9  # values that differ by less are tied
Item = TypeVar("Item")


@dataclass(frozen=True)
class RankingGroup:
    """Cells that a ranking lists together under one status.

    status is None for the ranked cells, which have no heading.
    """

    status: Status | None
    cells: tuple[Cell, ...]


def ranking_groups(snapshot: Snapshot) -> list[RankingGroup]:
    """Return the ranked cells by rank, then the others by status, in the order of adcodes.

    Cells without a rank are never last: they are listed under their status.
    """
    ranked_cells = sorted(
        (c for c in snapshot.cells.values() if c.rank), key=lambda c: (c.rank, c.adcode)
    )
    # A rank among the comprehensive ten is no rank among 31.
    if snapshot.scale is Scale.AMONG_TEN:
        ranked_cells = []
    groups = [RankingGroup(None, tuple(ranked_cells))] if ranked_cells else []
    rest = [cell for cell in snapshot.cells.values() if cell not in ranked_cells]
    for status in sorted({cell.status for cell in rest}, key=STATUS_ORDER.__getitem__):
        groups.append(RankingGroup(status, tuple(cell for cell in rest if cell.status is status)))
    return groups


def first_with_ties(
    items: Sequence[Item], values: Sequence[float], count: int
) -> tuple[list[Item], list[Item]]:
    """Return the first `count` items in two lists: those before the last rank, and those on it.

    items and values have the same length and are in order. All items tied with the last one are
    included, so the two lists together may hold more than `count`.

    >>> first_with_ties("abcd", [3.0, 2.0, 2.0, 2.0], 2)
    (['a'], ['b', 'c', 'd'])
    """
    if not items:
        return [], []
    last = values[min(count, len(items)) - 1]
    level = [abs(value - last) < TIE_TOLERANCE for value in values]
    start = level.index(True)
    return list(items[:start]), [item for item, same in zip(items, level, strict=True) if same]


def count_level_beyond(values: Sequence[float], count: int) -> int:
    """Return how many values after the first `count` are tied with the last of them.

    values are in order, best first.

    >>> count_level_beyond([3.0, 2.0, 2.0, 2.0, 1.0], 2)
    2
    """
    return sum(len(part) for part in first_with_ties(values, values, count)) - min(
        count, len(values)
    )


def rank_of_national(snapshot: Snapshot) -> int | None:
    """Return how many provinces rank before the national value; None without one."""
    if snapshot.national is None:
        return None
    mark, values = snapshot.national.value, snapshot.values_by_adcode().values()
    if snapshot.highest_first:
        return sum(value > mark for value in values)
    return sum(value < mark for value in values)


def adjacent_provinces(snapshot: Snapshot, adcode: str) -> tuple[str, str] | None:
    """Return the provinces before and after a ranked one ('' at an end); None if unranked."""
    order = [
        cell.adcode
        for group in ranking_groups(snapshot)[:1]
        if group.status is None
        for cell in group.cells
    ]
    if adcode not in order:
        return None
    place = order.index(adcode)
    return (order[place - 1] if place else "", order[place + 1] if order[place + 1 :] else "")
