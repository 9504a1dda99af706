"""How a snapshot is drawn: the classes with their colours, and a look for every status.

The one place that says which colour a province has. The web map, the legend, the ranking and
the pictures all take it from here, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from branca.utilities import color_brewer

from geo.cells import QUANTITIES, Cell, Scale, Snapshot, Status
from geo.classify import DEFAULT_COUNT, DEFAULT_METHOD, Classes, classify

# ColorBrewer ramps, safe for colour-blind readers and rising in darkness, so that they keep
# their order in grey. One for figures, another for published ranks, a third for
# our own index, a fourth for data of the reader's own: never mixed up.
QUANTITY_RAMP: Final = "YlGnBu"
RANK_RAMP: Final = "Purples"
INDEX_RAMP: Final = "YlOrBr"
OWN_RAMP: Final = "RdPu"


@dataclass(frozen=True)
class Look:
    """How a status without a class is filled: a colour, and a pattern drawn over it."""

    fill: str
    pattern: str = ""  # "", "dots", "hatch", "bars" or "cross": see the map's script


LOOKS: Final[Mapping[Status, Look]] = {
    Status.RANK_AMONG_TEN: Look("#e7b65c"),
    Status.NAMED: Look("#9e9ac8"),
    Status.TOO_FEW: Look("#f0f0ee", "bars"),
    Status.OUTSIDE: Look("#f4f4f2", "dots"),
    Status.NOT_GIVEN: Look("#ffffff", "hatch"),
    Status.NOT_PUBLISHED: Look("#ffffff", "hatch"),
    Status.NOT_EVALUATED: Look("#ececea", "cross"),
}

# Tiers of published ranks, best first: first and last place of each.
TIERS: Final = ((1, 3), (4, 6), (7, 10))


@dataclass(frozen=True)
class MapClass:
    """One class of the legend: from above `lower` up to `upper`, or a tier of ranks.

    For classes of figures, lower is None in the lowest and upper None in the highest. For
    tiers both are places, lower the better one.
    """

    colour: str
    lower: float | None
    upper: float | None
    count: int


@dataclass(frozen=True)
class Choropleth:
    """A snapshot with a class or a look for each of its cells.

    classes run from low to high for figures, from the best tier on for ranks. index gives
    the class of each adcode that has one.
    """

    snapshot: Snapshot
    classes: tuple[MapClass, ...]
    index: Mapping[str, int]
    breaks: Classes | None = None

    def colour(self, cell: Cell) -> str:
        """The fill of a cell, under its pattern if it has one."""
        place = self.index.get(cell.adcode)
        return LOOKS[cell.status].fill if place is None else self.classes[place].colour

    def pattern(self, cell: Cell) -> str:
        return "" if cell.adcode in self.index else LOOKS[cell.status].pattern

    def keyed_statuses(self) -> tuple[Status, ...]:
        """The statuses that need a key of their own beside the classes."""
        classed = {Status.VALUE, Status.DERIVED, Status.RANK, Status.OWN, Status.OWN_DERIVED}
        return tuple(status for status in self.snapshot.statuses() if status not in classed)


def choropleth(
    snapshot: Snapshot,
    method: str = DEFAULT_METHOD,
    count: int = DEFAULT_COUNT,
    own: Sequence[float] = (),
) -> Choropleth:
    """Draw a snapshot: figures by classes, published ranks of 31 by tiers, the rest by status.

    Raises InputError as geo.classify does.
    """
    if snapshot.scale is Scale.QUANTITY:
        return _quantities(snapshot, method, count, own)
    if snapshot.scale in (Scale.TOP_TEN, Scale.PARTIAL):
        return _tiers(snapshot)
    # A place among ten is not one among 31, and ten names have no order: no class, no ramp.
    return Choropleth(snapshot, (), {})


def _quantities(snapshot: Snapshot, method: str, count: int, own: Sequence[float]) -> Choropleth:
    values = snapshot.values()
    breaks = classify(list(values.values()), method, count, own)
    name = INDEX_RAMP if snapshot.ours else OWN_RAMP if snapshot.own else QUANTITY_RAMP
    colours = ramp(name, len(breaks))
    lowers, uppers = (None, *breaks.breaks), (*breaks.breaks, None)
    classes = tuple(
        MapClass(*parts) for parts in zip(colours, lowers, uppers, breaks.counts, strict=True)
    )
    index = {
        adcode: breaks.of(cell.value)
        for adcode, cell in snapshot.cells.items()
        if cell.status in QUANTITIES and cell.value is not None
    }
    return Choropleth(snapshot, classes, index, breaks)


def _tiers(snapshot: Snapshot) -> Choropleth:
    index = {
        adcode: next(i for i, (first, last) in enumerate(TIERS) if first <= cell.rank <= last)
        for adcode, cell in snapshot.cells.items()
        if cell.status is Status.RANK and cell.rank is not None
    }
    # The darkest for the best; the pale end is left out, to stand apart from the gaps.
    colours = ramp(RANK_RAMP, 7)[::-2][: len(TIERS)]
    counts = [list(index.values()).count(tier) for tier in range(len(TIERS))]
    classes = tuple(
        MapClass(colour, *tier, count)
        for colour, tier, count in zip(colours, TIERS, counts, strict=True)
    )
    return Choropleth(snapshot, classes, index)


def ramp(name: str, count: int) -> list[str]:
    """Colours of a ColorBrewer ramp from light to dark; short ramps leave out the ends."""
    if count == 1:
        return [color_brewer(name, 3)[1]]
    if count == 2:
        return list(color_brewer(name, 4)[1::2])
    return list(color_brewer(name, count))
