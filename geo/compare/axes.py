"""Where the provinces stand on a scatter: two axes, and bands for what has no rank.

On axes of ranks the first place is at the right and on top. A province without a rank never gets
an invented one: it stands in a band beyond the last place, in which its position means nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Final

from geo.cells import STATUS_ORDER, Cell, Snapshot, Status
from geo.compare.relation import Relation, comparable_rank, last_rank
from geo.provinces import evaluated_adcodes

PAD: Final = 0.07  # share of the span that stays free at both ends, for marks and labels
FROM_ZERO_SHARE: Final = (
    0.4  # an axis starts at nought where the least value is below this of the most
)
BAND: Final = 0.24  # share of the ranked part that a band takes
CROWDED_BAND: Final = 0.6  # where both axes have bands, their corner holds many
RANK_TICKS: Final = 5  # every fifth rank is written on a long axis
STAGGER: Final = 3  # columns in a band, so that names have room
WIDER: Final = 1.6  # a chart is wider than high, and so is the grid of a corner


@dataclass(frozen=True)
class Band:
    """A part of an axis, from near to far in its unit, for a status without a rank."""

    status: Status
    near: float
    far: float


@dataclass(frozen=True)
class Axis:
    """One axis: its ends, and on axes of ranks where ranks are written and what lies beyond.

    start is at the left or below, end at the right or on top; start is above end for ranks.
    """

    start: float
    end: float
    ticks: tuple[int, ...] = ()
    bands: tuple[Band, ...] = ()

    def share(self, value: float) -> float:
        """How far along the axis a value lies, 0 to 1."""
        return (value - self.start) / (self.end - self.start)


@dataclass(frozen=True)
class PlotArea:
    """Both axes, and where each province stands on them (by adcode, in units of the axes)."""

    x: Axis
    y: Axis
    places: Mapping[str, tuple[float, float]]


def build_plot_area(relation: Relation) -> PlotArea:
    """The axes of a relation with A across and B upwards, and the place of each province.

    Compared by value, a province without both figures has no place. By rank all have one.
    """
    if relation.by_rank:
        return _rank_plot_area(relation)
    values = {p.adcode: (p.a.value, p.b.value) for p in relation.complete_pairs}
    places = {a: (x, y) for a, (x, y) in values.items() if x is not None and y is not None}
    across = [x for x, _ in places.values()] or [0.0]
    upwards = [y for _, y in places.values()] or [0.0]
    return PlotArea(_value_axis(across), _value_axis(upwards), places)


def _value_axis(values: list[float]) -> Axis:
    """An axis around values, from nought where that is near; nought is never passed for air."""
    low, high = min(values), max(values)
    if 0 <= low < FROM_ZERO_SHARE * high:
        return Axis(0.0, high * (1 + PAD))
    span = (high - low) or abs(high) or 1.0
    start = low - PAD * span
    return Axis(max(start, 0.0) if low >= 0 else start, high + PAD * span)


def _rank_plot_area(relation: Relation) -> PlotArea:
    without = [
        {c.status for c in _cells_of(side) if comparable_rank(c) is None}
        for side in (relation.a, relation.b)
    ]
    share = CROWDED_BAND if all(without) else BAND
    x = _rank_axis(last_rank(relation.a), without[0], share)
    y = _rank_axis(last_rank(relation.b), without[1], share)
    return PlotArea(x, y, _positions(relation, x, y))


def _cells_of(side: Snapshot) -> list[Cell]:
    return [side.cells[adcode] for adcode in evaluated_adcodes()]


def _rank_axis(last: int, without: set[Status], share: float) -> Axis:
    width = max(last, 1) * share
    far = last + 0.5
    bands = []
    for status in sorted(without, key=STATUS_ORDER.__getitem__):
        bands.append(Band(status, far, far + width))
        far += width
    step = 1 if last <= 2 * RANK_TICKS else RANK_TICKS
    ticks = tuple(n for n in range(1, last + 1) if step == 1 or n == 1 or n % step == 0)
    # Half a place more than needed: the best marks are not cut in half, the last has air.
    air = max(last, 1) * PAD
    return Axis(far if bands else far + air, 1 - max(air, 0.5), ticks, tuple(bands))


def _positions(relation: Relation, x: Axis, y: Axis) -> dict[str, tuple[float, float]]:
    """Ranked provinces at their ranks; the others spread over their bands."""
    places: dict[str, tuple[float, float]] = {}
    corners: dict[tuple[Status, Status], list[str]] = {}
    aside: dict[tuple[str, Status], list[tuple[int, str]]] = {}
    for pair in relation.pairs:
        across, up = comparable_rank(pair.a), comparable_rank(pair.b)
        if across is not None and up is not None:
            places[pair.adcode] = (across, up)
        elif across is not None:
            aside.setdefault(("y", pair.b.status), []).append((across, pair.adcode))
        elif up is not None:
            aside.setdefault(("x", pair.a.status), []).append((up, pair.adcode))
        else:
            corners.setdefault((pair.a.status, pair.b.status), []).append(pair.adcode)
    for (side, status), ranked in aside.items():
        band = _band_of(x if side == "x" else y, status)
        for i, (place, adcode) in enumerate(sorted(ranked)):
            own_share = (i % STAGGER + 0.5) / STAGGER if len(ranked) > 1 else 0.5
            inside = band.near + own_share * (band.far - band.near)
            places[adcode] = (inside, place) if side == "x" else (place, inside)
    for (a, b), members in corners.items():
        places |= _grid_positions(members, _band_of(x, a), _band_of(y, b))
    return places


def _band_of(axis: Axis, status: Status) -> Band:
    return next(band for band in axis.bands if band.status is status)


def _grid_positions(members: list[str], x: Band, y: Band) -> dict[str, tuple[float, float]]:
    """Provinces in rows, in the order of adcodes, from the left and the top of a corner."""
    columns = max(1, min(len(members), ceil(sqrt(len(members) / WIDER))))
    rows = ceil(len(members) / columns)
    return {
        adcode: (
            x.far + (i % columns + 0.5) / columns * (x.near - x.far),
            y.near + (i // columns + 0.5) / rows * (y.far - y.near),
        )
        for i, adcode in enumerate(members)
    }
