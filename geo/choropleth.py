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
    Status.NOT_COVERED: Look("#ececea", "cross"),
    Status.NOT_EVALUATED: Look("#ececea", "cross"),
}

# What has a place among 31: published, or by its figure.
RANKED: Final = QUANTITIES | {Status.RANK}
# Tiers of published ranks, best first: first and last place of each.
TIERS: Final = ((1, 3), (4, 6), (7, 10))


@dataclass(frozen=True)
class MapClass:
    """One class of the legend: from above `lower` up to `upper`, or a tier of ranks.

    basis: what the bounds are. ``value``: in the unit of the measure, lower None in the lowest
    and upper None in the highest class. ``percentile``: percentile ranks, 0 (last) to 100.
    ``rank``: places, both within, lower the better one. ``moved``: places gained (negative:
    lost), both within, None beyond the last bound.
    """

    colour: str
    lower: float | None
    upper: float | None
    count: int
    basis: str = "value"


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

    def counted(self, place: int) -> int:
        """The provinces of a class that this map shares with another, which may have more."""
        return self.classes[place].count if place < len(self.classes) else 0

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
    return by_breaks(snapshot, classify(list(snapshot.values().values()), method, count, own))


def by_breaks(
    snapshot: Snapshot, breaks: Classes, colours: Sequence[str] = (), percentiles: bool = False
) -> Choropleth:
    """Draw figures by breaks that are given, which may have been cut for several snapshots.

    colours: one a class, else the ramp of the kind. percentiles: the breaks are of percentile
    ranks, not of the values.
    """
    kind = INDEX_RAMP if snapshot.ours else OWN_RAMP if snapshot.own else QUANTITY_RAMP
    colours = colours or ramp(kind, len(breaks))
    index = {}
    for adcode, cell in snapshot.cells.items():
        figure = cell.percentile if percentiles else cell.value
        if cell.status in QUANTITIES and figure is not None:
            index[adcode] = breaks.of(figure)
    lowers, uppers = (None, *breaks.breaks), (*breaks.breaks, None)
    basis = "percentile" if percentiles else "value"
    classes = tuple(
        MapClass(colour, lower, upper, list(index.values()).count(place), basis)
        for place, (colour, lower, upper) in enumerate(zip(colours, lowers, uppers, strict=True))
    )
    return Choropleth(snapshot, classes, index, None if percentiles else breaks)


def _tiers(snapshot: Snapshot) -> Choropleth:
    # The darkest for the best; the pale end is left out, to stand apart from the gaps.
    return by_tiers(snapshot, TIERS, ramp(RANK_RAMP, 7)[::-1][: len(TIERS)])


def by_tiers(
    snapshot: Snapshot, tiers: Sequence[tuple[int, int]], colours: Sequence[str]
) -> Choropleth:
    """Draw by tiers of places among 31: published ranks, or those of figures."""
    index = {
        adcode: next(i for i, (first, last) in enumerate(tiers) if first <= cell.rank <= last)
        for adcode, cell in snapshot.cells.items()
        if cell.status in RANKED and cell.rank is not None
    }
    counts = [list(index.values()).count(tier) for tier in range(len(tiers))]
    classes = tuple(
        MapClass(colour, *tier, count, "rank")
        for colour, tier, count in zip(colours, tiers, counts, strict=True)
    )
    return Choropleth(snapshot, classes, index)


def ramp(name: str, count: int) -> list[str]:
    """Colours of a ColorBrewer ramp from light to dark; short ramps leave out the ends."""
    if count == 1:
        return [color_brewer(name, 3)[1]]
    if count == 2:
        return list(color_brewer(name, 4)[1::2])
    return list(color_brewer(name, count))
