"""A snapshot as a choropleth: class colours, a fill style for every status, labels of classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from branca.utilities import color_brewer

from geo.maps.classes import DEFAULT_CLASS_COUNT, DEFAULT_METHOD, Classes, classify
from geo.measures import QUANTITIES, Cell, Scale, Snapshot, Status
from geo.text import N_, Translator

# ColorBrewer ramps, safe for colour-blind readers and rising in darkness, so that they keep
# their order in grey. One for figures, another for published ranks, a third for
# our own index, a fourth for data of the reader's own: never mixed up.
QUANTITY_RAMP: Final = "YlGnBu"
RANK_RAMP: Final = "Purples"
INDEX_RAMP: Final = "YlOrBr"
OWN_RAMP: Final = "RdPu"
# What has a place among 31: published, or by its figure.
RANKED_SCALES: Final = QUANTITIES | {Status.RANK}
# Tiers of published ranks, best first: first and last place of each.
RANK_TIERS: Final = ((1, 3), (4, 6), (7, 10))


@dataclass(frozen=True)
class FillStyle:
    """How a status without a class is filled: a colour, and a pattern drawn over it."""

    fill: str
    pattern: str = ""  # "", "dots", "hatch", "bars" or "cross": see the map's script


STATUS_STYLES: Final[Mapping[Status, FillStyle]] = {
    Status.RANK_AMONG_TEN: FillStyle("#e7b65c"),
    Status.NAMED: FillStyle("#9e9ac8"),
    Status.TOO_FEW: FillStyle("#f0f0ee", "bars"),
    Status.OUTSIDE: FillStyle("#f4f4f2", "dots"),
    Status.NOT_GIVEN: FillStyle("#ffffff", "hatch"),
    Status.NOT_PUBLISHED: FillStyle("#ffffff", "hatch"),
    Status.NOT_COVERED: FillStyle("#ececea", "cross"),
    Status.NOT_EVALUATED: FillStyle("#ececea", "cross"),
}


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
        return STATUS_STYLES[cell.status].fill if place is None else self.classes[place].colour

    def pattern(self, cell: Cell) -> str:
        return "" if cell.adcode in self.index else STATUS_STYLES[cell.status].pattern

    def shared_class_count(self, place: int) -> int:
        """The provinces of a class that this map shares with another, which may have more."""
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
    """Draw a snapshot: figures by classes, published ranks of 31 by tiers, the rest by status.

    Raises InputError as geo.maps.classes does.
    """
    if snapshot.scale is Scale.QUANTITY:
        return _classify_values(snapshot, method, count, custom_breaks)
    if snapshot.scale in (Scale.TOP_TEN, Scale.PARTIAL):
        return _colour_by_rank(snapshot)
    # A place among ten is not one among 31, and ten names have no order: no class, no ramp.
    return Choropleth(snapshot, (), {})


def _classify_values(
    snapshot: Snapshot, method: str, count: int, custom_breaks: Sequence[float]
) -> Choropleth:
    return colour_by_breaks(
        snapshot, classify(list(snapshot.values_by_adcode().values()), method, count, custom_breaks)
    )


def colour_by_breaks(
    snapshot: Snapshot, breaks: Classes, colours: Sequence[str] = (), percentiles: bool = False
) -> Choropleth:
    """Draw figures by breaks that are given, which may have been cut for several snapshots.

    colours: one a class, else the ramp of the kind. percentiles: the breaks are of percentile
    ranks, not of the values.
    """
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
    # The darkest for the best; the pale end is left out, to stand apart from the gaps.
    return colour_by_tiers(snapshot, RANK_TIERS, colour_ramp(RANK_RAMP, 7)[::-1][: len(RANK_TIERS)])


def colour_by_tiers(
    snapshot: Snapshot, tiers: Sequence[tuple[int, int]], colours: Sequence[str]
) -> Choropleth:
    """Draw by tiers of places among 31: published ranks, or those of figures."""
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
    """Colours of a ColorBrewer ramp from light to dark; short ramps leave out the ends."""
    if count == 1:
        return [color_brewer(name, 3)[1]]
    if count == 2:
        return list(color_brewer(name, 4)[1::2])
    return list(color_brewer(name, count))


def class_label(map_class: MapClass, t: Translator) -> str:
    """What a class of the legend holds."""
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
    """Places gained or lost: both bounds within, None beyond the last."""
    low, high = map_class.lower, map_class.upper
    if low is None and high is not None:
        return t(N_("{count} or more places down"), count=_format_plain(abs(high)))
    if low is None or high is None:
        return t(N_("{count} or more places up"), count=_format_plain(low))
    if low == high == 0:
        return t(N_("same place"))
    few, many = sorted((abs(low), abs(high)))
    message = N_("{few} to {many} places up") if low > 0 else N_("{few} to {many} places down")
    return t(message, few=_format_plain(few), many=_format_plain(many))


_CLASS_LABELS: Final = {
    "value": _value_label,
    "percentile": _percentile_label,
    "rank": _tier_label,
    "moved": _rank_change_label,
}


def class_range(map_class: MapClass, t: Translator) -> str:
    """What a class of figures holds, in signs that need no language."""
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
    """A break with just the decimals that it has."""
    if number is None:
        raise ValueError("an open end of the scale has no break to print")
    decimals = len(f"{number:.12f}".rstrip("0").partition(".")[2])
    return t.format_number(number, decimals)
