"""The order in which a snapshot's provinces are listed, with the national value in its place."""

from __future__ import annotations

from dataclasses import dataclass

from geo.cells import STATUS_ORDER, Cell, Scale, Snapshot, Status


@dataclass(frozen=True)
class Group:
    """Cells that stand together in a ranking, and the status that heads them.

    status is None for the ranked ones, which need no head.
    """

    status: Status | None
    cells: tuple[Cell, ...]


def groups(snapshot: Snapshot) -> list[Group]:
    """The ranked cells first, by place; then the others by status, in the order of adcodes.

    A status is never a last place: what has no rank stands under its own head.
    """
    placed = sorted(
        (c for c in snapshot.cells.values() if c.rank), key=lambda c: (c.rank, c.adcode)
    )
    # A place among the comprehensive ten is no place in a ranking of 31.
    if snapshot.scale is Scale.AMONG_TEN:
        placed = []
    found = [Group(None, tuple(placed))] if placed else []
    rest = [cell for cell in snapshot.cells.values() if cell not in placed]
    for status in sorted({cell.status for cell in rest}, key=STATUS_ORDER.__getitem__):
        found.append(Group(status, tuple(cell for cell in rest if cell.status is status)))
    return found


def national_place(snapshot: Snapshot) -> int | None:
    """How many ranked provinces stand before the national value; None without one."""
    if snapshot.national is None:
        return None
    mark, values = snapshot.national.value, snapshot.values().values()
    if snapshot.highest_first:
        return sum(value > mark for value in values)
    return sum(value < mark for value in values)


def beside(snapshot: Snapshot, adcode: str) -> tuple[str, str] | None:
    """The provinces one place before and after a ranked one ('' at an end); None if unranked."""
    order = [
        cell.adcode for own in groups(snapshot)[:1] if own.status is None for cell in own.cells
    ]
    if adcode not in order:
        return None
    place = order.index(adcode)
    return (order[place - 1] if place else "", order[place + 1] if order[place + 1 :] else "")
