"""Maps by colours or circles: class colours, a fill style for each status, and class labels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from branca.utilities import color_brewer

from geo.colours import COLOURS, RAMPS
from geo.maps.circles import Circles, scale_circles
from geo.maps.classes import DEFAULT_CLASS_COUNT, DEFAULT_METHOD, Classes, classify
from geo.measures import QUANTITIES, Cell, PublishedRanks, Scale, Snapshot, Status
from geo.text import N_, Translator

QUANTITY_RAMP: Final = RAMPS["quantity"]
RANK_RAMP: Final = RAMPS["rank"]
INDEX_RAMP: Final = RAMPS["index"]
OWN_RAMP: Final = RAMPS["own"]
# Scales with a rank among 31, published or calculated from the values.
RANKED_SCALES: Final = QUANTITIES | {Status.RANK}
# Tiers of published ranks, best first: the first and last rank of each.
RANK_TIERS: Final = ((1, 3), (4, 6), (7, 10))


@dataclass(frozen=True)
class FillStyle:
    """How a status without a class is filled: a colour, and a pattern drawn over it."""

    fill: str
    pattern: str = ""  # "", "dots", "hatch", "bars" or "cross": see web/looks.js


STATUS_STYLES: Final[Mapping[Status, FillStyle]] = {
    Status.RANK_AMONG_TEN: FillStyle(COLOURS["status-rank-among-ten"]),
    Status.NAMED: FillStyle(COLOURS["status-named"]),
    Status.TOO_FEW: FillStyle(COLOURS["status-too-few"], "bars"),
    Status.OUTSIDE: FillStyle(COLOURS["status-outside"], "dots"),
    Status.NOT_GIVEN: FillStyle(COLOURS["status-not-published"], "hatch"),
    Status.NOT_PUBLISHED: FillStyle(COLOURS["status-not-published"], "hatch"),
    Status.NOT_COVERED: FillStyle(COLOURS["status-not-covered"], "cross"),
    Status.NOT_EVALUATED: FillStyle(COLOURS["status-not-covered"], "cross"),
}


@dataclass(frozen=True)
class MapClass:
    """One class of the legend: values above `lower` up to `upper`, or a tier of ranks.

    basis: what the bounds are. ``value``: in the unit of the measure, lower None in the lowest
    and upper None in the highest class. ``percentile``: percentile ranks, 0 (last) to 100.
    ``rank``: ranks, both bounds included, lower is the better one. ``moved``: places gained
    (negative: lost), both bounds included, None where the class is open.
    """

    colour: str
    lower: float | None
    upper: float | None
    count: int
    basis: str = "value"


@dataclass(frozen=True)
class Choropleth:
    """A snapshot with a class or a fill style for each cell.

    classes: from low to high for values, from the best tier for ranks. index: adcode to class
    number; cells without a class are not in it. breaks: the class breaks of the values, if any.
    ranks: the ranks of a published list that are marked over the map, if any. circles: the scale of
    the circles that show the values of a total, which have no classes; else None.
    """

    snapshot: Snapshot
    classes: tuple[MapClass, ...]
    index: Mapping[str, int]
    breaks: Classes | None = None
    ranks: PublishedRanks | None = None
    circles: Circles | None = None

    def colour(self, cell: Cell) -> str:
        """The fill of a cell, below its pattern or its circle if it has one."""
        if self.has_circle(cell):
            return COLOURS["unit-plain"]
        place = self.index.get(cell.adcode)
        return STATUS_STYLES[cell.status].fill if place is None else self.classes[place].colour

    def pattern(self, cell: Cell) -> str:
        classed = cell.adcode in self.index or self.has_circle(cell)
        return "" if classed else STATUS_STYLES[cell.status].pattern

    def has_circle(self, cell: Cell) -> bool:
        """Whether a circle shows the value of a cell."""
        return self.circles is not None and cell.status in QUANTITIES and cell.value is not None

    def mark_colour(self, cell: Cell) -> str:
        """The colour that stands for a cell in a list: that of its circle, or its fill."""
        return COLOURS["circle"] if self.has_circle(cell) else self.colour(cell)

    def circle_sizes(self) -> dict[str, float]:
        """The radius of each circle as a share of the largest, by adcode, negative below zero."""
        return {
            adcode: math.copysign(self.circles.radius_share(cell.value), cell.value)
            for adcode, cell in self.snapshot.cells.items()
            if self.circles is not None and cell.value is not None and self.has_circle(cell)
        }

    def is_unsure(self, cell: Cell) -> bool:
        """Whether a cell is marked as a rank whose tier is uncertain.

        Ranks of a list take the place of these marks: two kinds on one map are hard to read, and
        the ranking has the intervals.
        """
        return cell.unsure and self.ranks is None

    def shared_class_count(self, place: int) -> int:
        """The number of provinces in a class, 0 if another map of the pair has more classes."""
        return self.classes[place].count if place < len(self.classes) else 0

    def keyed_statuses(self) -> tuple[Status, ...]:
        """The statuses that need a key of their own beside the classes."""
        classed = {Status.VALUE, Status.DERIVED, Status.RANK, Status.OWN, Status.OWN_DERIVED}
        return tuple(status for status in self.snapshot.present_statuses() if status not in classed)


def classify_snapshot(
    snapshot: Snapshot,
    method: str = DEFAULT_METHOD,
    count: int = DEFAULT_CLASS_COUNT,
    custom_breaks: Sequence[float] = (),
) -> Choropleth:
    """Classify a snapshot: values by classes, ranks among 31 by tiers, the rest by status.

    A total has circles in place of classes.

    method, count, custom_breaks: as in ``classify``, which raises InputError for wrong ones.
    """
    if snapshot.is_total:
        return size_circles(snapshot, scale_circles(snapshot.values_by_adcode().values()))
    if snapshot.scale is Scale.QUANTITY:
        return _classify_values(snapshot, method, count, custom_breaks)
    if snapshot.scale in (Scale.TOP_TEN, Scale.PARTIAL):
        return _colour_by_rank(snapshot)
    # A rank among ten is not a rank among 31, and names without ranks have no order. Neither
    # gets classes or a ramp.
    return Choropleth(snapshot, (), {})


def size_circles(snapshot: Snapshot, circles: Circles) -> Choropleth:
    """Show the values of a snapshot by circles of a given scale, which several maps may share."""
    return Choropleth(snapshot, (), {}, circles=circles)


def _classify_values(
    snapshot: Snapshot, method: str, count: int, custom_breaks: Sequence[float]
) -> Choropleth:
    return colour_by_breaks(
        snapshot, classify(list(snapshot.values_by_adcode().values()), method, count, custom_breaks)
    )


def colour_by_breaks(
    snapshot: Snapshot, breaks: Classes, colours: Sequence[str] = (), percentiles: bool = False
) -> Choropleth:
    """Classify the values of a snapshot by given breaks, which several snapshots may share.

    colours: one for each class; by default the ramp of the kind of measure. percentiles: the
    breaks apply to percentile ranks instead of values. A total has circles instead, whose scale the
    largest value below the breaks gives.
    """
    if snapshot.is_total:
        own = snapshot.values_by_adcode().values()
        shared = () if percentiles else (breaks.lowest, breaks.highest)
        return size_circles(snapshot, scale_circles([*own, *shared]))
    kind = (
        INDEX_RAMP
        if snapshot.is_open_index
        else OWN_RAMP
        if snapshot.is_uploaded
        else QUANTITY_RAMP
    )
    colours = colours or colour_ramp(kind, len(breaks))
    index = {}
    for adcode, cell in snapshot.cells.items():
        figure = cell.percentile if percentiles else cell.value
        if cell.status in QUANTITIES and figure is not None:
            index[adcode] = breaks.class_of(figure)
    lowers, uppers = (None, *breaks.breaks), (*breaks.breaks, None)
    basis = "percentile" if percentiles else "value"
    classes = tuple(
        MapClass(colour, lower, upper, list(index.values()).count(place), basis)
        for place, (colour, lower, upper) in enumerate(zip(colours, lowers, uppers, strict=True))
    )
    return Choropleth(snapshot, classes, index, None if percentiles else breaks)


def _colour_by_rank(snapshot: Snapshot) -> Choropleth:
    # The best tier is darkest. The pale end of the ramp is unused: it looks like a gap.
    return colour_by_tiers(snapshot, RANK_TIERS, colour_ramp(RANK_RAMP, 7)[::-1][: len(RANK_TIERS)])


def colour_by_tiers(
    snapshot: Snapshot, tiers: Sequence[tuple[int, int]], colours: Sequence[str]
) -> Choropleth:
    """Classify a snapshot by tiers of ranks among 31, published or calculated from values."""
    index = {
        adcode: next(i for i, (first, last) in enumerate(tiers) if first <= cell.rank <= last)
        for adcode, cell in snapshot.cells.items()
        if cell.status in RANKED_SCALES and cell.rank is not None
    }
    counts = [list(index.values()).count(tier) for tier in range(len(tiers))]
    classes = tuple(
        MapClass(colour, *tier, count, "rank")
        for colour, tier, count in zip(colours, tiers, counts, strict=True)
    )
    return Choropleth(snapshot, classes, index)


def colour_ramp(name: str, count: int) -> list[str]:
    """Colours of a ColorBrewer ramp from light to dark; one or two colours avoid its ends."""
    if count == 1:
        return [color_brewer(name, 3)[1]]
    if count == 2:
        return list(color_brewer(name, 4)[1::2])
    return list(color_brewer(name, count))


def class_label(map_class: MapClass, t: Translator) -> str:
    """The label of a class in the legend."""
    return _CLASS_LABELS[map_class.basis](map_class, t)


def _tier_label(map_class: MapClass, t: Translator) -> str:
    return t(
        N_("Rank {first} to {last}"),
        first=_format_plain(map_class.lower),
        last=_format_plain(map_class.upper),
    )


def _percentile_label(map_class: MapClass, t: Translator) -> str:
    lower, upper = map_class.lower or 0, 100 if map_class.upper is None else map_class.upper
    return t(
        N_("Percentile {lower} to {upper}"), lower=_format_plain(lower), upper=_format_plain(upper)
    )


def _value_label(map_class: MapClass, t: Translator) -> str:
    if map_class.lower is None and map_class.upper is None:
        return t(N_("All values"))
    if map_class.lower is None:
        return t(N_("up to {upper}"), upper=_format_break(map_class.upper, t))
    if map_class.upper is None:
        return t(N_("over {lower}"), lower=_format_break(map_class.lower, t))
    return t(
        N_("{lower} to {upper}"),
        lower=_format_break(map_class.lower, t),
        upper=_format_break(map_class.upper, t),
    )


def _rank_change_label(map_class: MapClass, t: Translator) -> str:
    """Label a class of rank changes; both bounds are included, None is an open end."""
    low, high = map_class.lower, map_class.upper
    if low is None and high is not None:
        return t(N_("{count} or more ranks down"), count=_format_plain(abs(high)))
    if low is None or high is None:
        return t(N_("{count} or more ranks up"), count=_format_plain(low))
    if low == high == 0:
        return t(N_("same rank"))
    few, many = sorted((abs(low), abs(high)))
    message = N_("{few} to {many} ranks up") if low > 0 else N_("{few} to {many} ranks down")
    return t(message, few=_format_plain(few), many=_format_plain(many))


_CLASS_LABELS: Final = {
    "value": _value_label,
    "percentile": _percentile_label,
    "rank": _tier_label,
    "moved": _rank_change_label,
}


def class_range(map_class: MapClass, t: Translator) -> str:
    """The range of a class of values in symbols only, such as "≤ 10"."""
    if map_class.lower is None and map_class.upper is None:
        return t(N_("All values"))
    if map_class.lower is None:
        return f"≤ {_format_break(map_class.upper, t)}"
    if map_class.upper is None:
        return f"> {_format_break(map_class.lower, t)}"
    return f"{_format_break(map_class.lower, t)} – {_format_break(map_class.upper, t)}"


def _format_plain(number: float | None) -> str:
    return f"{number:g}"


def _format_break(number: float | None, t: Translator) -> str:
    """Format a class break with only the decimals that it has."""
    if number is None:
        raise ValueError("an open end of the scale has no break to print")
    decimals = len(f"{number:.12f}".rstrip("0").partition(".")[2])
    return t.format_number(number, decimals)
