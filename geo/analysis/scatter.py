"""Layout of a scatter plot: axes with bands for missing ranks, points, and placed labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, pi, sqrt
from typing import Final

import numpy as np

from geo.analysis.profiles import resident_population
from geo.analysis.relations import Relation, comparable_rank, last_rank
from geo.analysis.state import FIRST_YEAR, LAST_YEAR
from geo.analysis.time_series import rank_ticks
from geo.labels import first_candidate, overlap_matrix, place_in_rounds
from geo.limits import SCATTER_CACHE_SIZE
from geo.measures import STATUS_ORDER, Cell, Snapshot, Status
from geo.text import Translator
from geo.units import evaluated_adcodes, provinces

PAD: Final = 0.07  # share of the span that stays free at both ends, for marks and labels
FROM_ZERO_SHARE: Final = (
    0.4  # an axis starts at zero if the minimum is below this share of the maximum
)
BAND: Final = 0.24  # share of the ranked part that a band takes
CROWDED_BAND: Final = 0.6  # if both axes have bands, as their corner holds many provinces
STAGGER: Final = 3  # columns in a band, so that names have room
WIDER: Final = 1.6  # a chart is wider than high, and so is the grid of a corner
# Inner widths, px, between which names keep their positions: from a phone to a large screen.
WIDTHS: Final = (220, 260, 300, 340, 390, 450, 530, 640, 780, 960, 1200, 1600, 2400)
FONT_SIZE_PX: Final = 11
NAME_LINE_PX: Final = 13  # from one line of text to the next
NAME_PX: Final = 15  # height of a name with ascenders and descenders
MARGIN_PX: Final = 2  # between a name and its surroundings
GAPS_PX: Final = (2, 9, 17, 27)  # from a mark to its name; all but the first have a leader line
# Directions by preference: right, left, above, below, then between them.
DIRECTIONS: Final = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
ROUNDS: Final = 5  # names without a position go first in the next round
# Widths of letters in em, on the wide side for common fonts.
NARROW_EM: Final = 0.3
SMALL_EM: Final = 0.54
CAPITAL_EM: Final = 0.67
SQUARE_EM: Final = 1.02
HEAVY: Final = 1.07  # the factor by which bold letters are wider
NARROW: Final = frozenset("fijlrt I.,:;·'-()")
FIRST_SQUARE: Final = "⺀"  # from here on letters are as wide as high
SCATTER_HEIGHT_PX: Final = 430  # of the part between the axes, at every width
PX2_PER_MILLION: Final = 4.2  # area of a mark per million residents, on every scatter
MIN_AREA_PX2: Final = 18.0  # smaller marks are not visible
MIN_CHOSEN_AREA_PX2: Final = 60.0  # the shapes of smaller chosen marks are not visible
POINT_SIZES: Final = (10e6, 50e6, 100e6)  # residents that the key of sizes draws
DOUBT_SUFFIX: Final = " ?"  # the mark of doubtful values in tables


@dataclass(frozen=True)
class Band:
    """A part of an axis, from near to far in its unit, for a status without a rank."""

    status: Status
    near: float
    far: float


@dataclass(frozen=True)
class Axis:
    """One axis: its ends, and for ranks its ticks and the bands beyond the last rank.

    start is at the left or below, end at the right or on top; start is above end for ranks.
    """

    start: float
    end: float
    ticks: tuple[int, ...] = ()
    bands: tuple[Band, ...] = ()

    def share(self, value: float) -> float:
        """Return the position of a value along the axis, 0 to 1."""
        return (value - self.start) / (self.end - self.start)


@dataclass(frozen=True)
class PlotArea:
    """Both axes, and the positions of the provinces (by adcode, in units of the axes)."""

    x: Axis
    y: Axis
    places: Mapping[str, tuple[float, float]]


def build_plot_area(relation: Relation) -> PlotArea:
    """Return the axes of a relation, A horizontal and B vertical, and the position of provinces.

    By value, a province without both values has no position. By rank all have one.
    """
    if relation.by_rank:
        return _rank_plot_area(relation)
    values = {p.adcode: (p.a.value, p.b.value) for p in relation.complete_pairs}
    places = {a: (x, y) for a, (x, y) in values.items() if x is not None and y is not None}
    across = [x for x, _ in places.values()] or [0.0]
    upwards = [y for _, y in places.values()] or [0.0]
    return PlotArea(_value_axis(across), _value_axis(upwards), places)


def _value_axis(values: list[float]) -> Axis:
    """Return an axis around values, from zero if that is near; padding never crosses zero."""
    low, high = min(values), max(values)
    if 0 <= low < FROM_ZERO_SHARE * high:
        return Axis(0.0, high * (1 + PAD))
    span = (high - low) or abs(high) or 1.0
    start = low - PAD * span
    return Axis(max(start, 0.0) if low >= 0 else start, high + PAD * span)


def _rank_plot_area(relation: Relation) -> PlotArea:
    without = [
        {c.status for c in _cells_of(side.snapshot) if comparable_rank(c) is None}
        for side in (relation.a, relation.b)
    ]
    share = CROWDED_BAND if all(without) else BAND
    x = _rank_axis(last_rank(relation.a.snapshot), without[0], share)
    y = _rank_axis(last_rank(relation.b.snapshot), without[1], share)
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
    # At least half a rank of padding, so that the marks at the ends are not cut.
    air = max(last, 1) * PAD
    return Axis(far if bands else far + air, 1 - max(air, 0.5), rank_ticks(last), tuple(bands))


def _positions(relation: Relation, x: Axis, y: Axis) -> dict[str, tuple[float, float]]:
    """Return positions: ranked provinces at their ranks, the others spread over their bands."""
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
            stagger_share = (i % STAGGER + 0.5) / STAGGER if len(ranked) > 1 else 0.5
            inside = band.near + stagger_share * (band.far - band.near)
            places[adcode] = (inside, place) if side == "x" else (place, inside)
    for (a, b), members in corners.items():
        places |= _grid_positions(members, _band_of(x, a), _band_of(y, b))
    return places


def _band_of(axis: Axis, status: Status) -> Band:
    return next(band for band in axis.bands if band.status is status)


def _grid_positions(members: list[str], x: Band, y: Band) -> dict[str, tuple[float, float]]:
    """Return provinces in rows, in the order of adcodes, from the top left of a corner."""
    columns = max(1, min(len(members), ceil(sqrt(len(members) / WIDER))))
    rows = ceil(len(members) / columns)
    return {
        adcode: (
            x.far + (i % columns + 0.5) / columns * (x.near - x.far),
            y.near + (i // columns + 0.5) / rows * (y.far - y.near),
        )
        for i, adcode in enumerate(members)
    }


@dataclass(frozen=True)
class NamedMark:
    """A round mark with a name: across as a share of the width, down and radius in px.

    bold: whether the name is bold. name_width_px: the width of the name if the font is known;
    otherwise it is estimated, since browsers use different fonts.
    """

    name: str
    across: float
    down_px: float
    radius_px: float
    bold: bool = False
    name_width_px: float | None = None


@dataclass(frozen=True)
class LabelPosition:
    """The position of a name: px from the centre of its mark; far: it has a leader line."""

    dx_px: float
    dy_px: float
    align: str  # "left", "right" or "center"
    far: bool


def text_width_px(text: str, letters_px: float = FONT_SIZE_PX) -> float:
    """Return the estimated maximum width of a text.

    >>> text_width_px("北京") > text_width_px("Ili") > 0
    True
    """
    em = 0.0
    for letter in text:
        if letter >= FIRST_SQUARE:
            em += SQUARE_EM
        elif letter in NARROW:
            em += NARROW_EM
        else:
            em += CAPITAL_EM if letter.isupper() else SMALL_EM
    return em * letters_px


def place_names(
    marks: Sequence[NamedMark], widths: tuple[float, float], height_px: float
) -> dict[int, LabelPosition]:
    """Return the positions of names for all inner widths of a range, by index in `marks`.

    Earlier marks have priority; a name without a free position is left out. No name touches
    another name, another mark or the edge of the chart, at any width of the range.
    """
    candidates = _NameCandidates(marks, widths, height_px)
    chosen = place_in_rounds(range(len(marks)), candidates.find_free, ROUNDS)
    return {i: candidates.positions[i][at] for i, at in chosen.items()}


class _NameCandidates:
    """The possible positions of the names of a chart, and which of them are free of marks.

    boxes: left, top, right and bottom of each name at each of its positions (marks by positions
    by 4); left and right in px from the centre of its mark, top and bottom in px of the chart.
    """

    def __init__(
        self,
        marks: Sequence[NamedMark],
        widths: tuple[float, float],
        height_px: float,
    ) -> None:
        self.widths = widths
        self.positions = [_positions_around(mark) for mark in marks]
        self.across = np.array([mark.across for mark in marks])
        down = np.array([mark.down_px for mark in marks])
        boxes = np.array(
            [
                [_label_edges(mark, position) for position in positions]
                for mark, positions in zip(marks, self.positions, strict=True)
            ]
        )
        self.boxes = boxes.reshape(len(marks), -1, 4)
        self.boxes[:, :, [1, 3]] += down[:, None, None]
        radius = np.array([mark.radius_px for mark in marks])
        circles = np.column_stack([-radius, down - radius, radius, down + radius])
        self.free = np.array(
            [
                self._is_inside(i, height_px)
                & ~self._overlaps(i, self.across, circles, skipped=i).any(axis=1)
                for i in range(len(marks))
            ]
        )

    def _is_inside(self, i: int, height_px: float) -> np.ndarray:
        box = self.boxes[i]
        inside = (box[:, 1] >= 0) & (box[:, 3] <= height_px)
        for width in self.widths:
            centre = self.across[i] * width
            inside &= (centre + box[:, 0] >= 0) & (centre + box[:, 2] <= width)
        return inside

    def _overlaps(
        self, i: int, across: np.ndarray, edges: np.ndarray, skipped: int | None = None
    ) -> np.ndarray:
        """Return whether each position of name i touches each obstacle at a width of the range.

        across: shares of the width. edges: n by 4, left and right from there. An obstacle takes
        all room from its position in the narrowest chart to that in the widest.
        """
        apart = np.outer(self.widths, across - self.across[i])  # from this mark to the obstacle
        still = np.zeros(len(edges))
        swept = edges + np.column_stack([apart.min(axis=0), still, apart.max(axis=0), still])
        grown = self.boxes[i] + np.array([-MARGIN_PX, 0, MARGIN_PX, 0])
        hit = overlap_matrix(grown, swept)
        if skipped is not None:
            hit[:, skipped] = False
        return hit

    def find_free(self, i: int, positions: Mapping[int, int]) -> int | None:
        """Return the first position of name i that is free beside placed names, or None."""
        free = self.free[i]
        if positions:
            others = list(positions)
            edges = self.boxes[others, list(positions.values())]
            free = free & ~self._overlaps(i, self.across[others], edges).any(axis=1)
        return first_candidate(free)


def _positions_around(mark: NamedMark) -> list[LabelPosition]:
    """Return the positions around a mark, nearest and preferred directions first."""
    positions = []
    for gap in GAPS_PX:
        for x, y in DIRECTIONS:
            reach = mark.radius_px + gap
            slant = 0.71 if x and y else 1.0
            align = {1: "left", -1: "right", 0: "center"}[x]
            dy = y * (reach * slant + NAME_PX / 2 * (0.6 if x else 1))
            positions.append(LabelPosition(x * reach * slant, dy, align, gap != GAPS_PX[0]))
    return positions


def _label_edges(mark: NamedMark, spot: LabelPosition) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a name in px from the centre of its mark."""
    width = mark.name_width_px
    if width is None:
        width = text_width_px(mark.name) * (HEAVY if mark.bold else 1)
    left = spot.dx_px - {"left": 0.0, "right": width, "center": width / 2}[spot.align]
    return left, spot.dy_px - NAME_PX / 2, left + width, spot.dy_px + NAME_PX / 2


@lru_cache(maxsize=SCATTER_CACHE_SIZE)
def place_at_all_widths(
    marks: tuple[NamedMark, ...], height_px: float
) -> Mapping[tuple[int, int], dict[int, LabelPosition]]:
    """Return the positions of names for every range of ``WIDTHS``."""
    return {literals: place_names(marks, literals, height_px) for literals in pairwise(WIDTHS)}


@dataclass(frozen=True)
class ScatterPoint:
    """A province on a scatter: its position (units of the axes), and its area in px²."""

    adcode: str
    x: float
    y: float
    area_px2: float

    @property
    def radius_px(self) -> float:
        return sqrt(self.area_px2 / pi)


@dataclass(frozen=True)
class ScatterLabel:
    """A name beside its dot, for inner widths of the chart from above least to most, px."""

    dot: ScatterPoint
    name: str
    least: int
    most: int
    spot: LabelPosition


def mark_area_px2(residents: float) -> float:
    """Return the area of a mark for a number of residents."""
    return max(residents / 1e6 * PX2_PER_MILLION, MIN_AREA_PX2)


def nearest_population_year(year: int) -> int:
    """Return the nearest year with published residents."""
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def scatter_points(plot_area: PlotArea, chosen: Sequence[str], year: int) -> list[ScatterPoint]:
    """Return the provinces with a position, chosen ones first, then the most populous.

    Names have priority in that order. year: of the residents that give the sizes.
    """
    points = []
    for adcode, (x, y) in plot_area.places.items():
        known = resident_population(adcode, nearest_population_year(year))
        area = mark_area_px2(known[0] if known else 0.0)
        points.append(
            ScatterPoint(adcode, x, y, max(area, MIN_CHOSEN_AREA_PX2) if adcode in chosen else area)
        )
    return sorted(points, key=lambda dot: (dot.adcode not in chosen, -dot.area_px2, dot.adcode))


def scatter_labels(
    plot_area: PlotArea,
    points: Sequence[ScatterPoint],
    chosen: Sequence[str],
    doubtful: Sequence[str],
    t: Translator,
) -> Iterator[ScatterLabel]:
    """Yield the names of dots for all ranges of widths; a name without room is left out."""
    names = [
        provinces()[dot.adcode].name_in(t.lang) + (DOUBT_SUFFIX if dot.adcode in doubtful else "")
        for dot in points
    ]
    marks = [
        NamedMark(
            name,
            plot_area.x.share(dot.x),
            SCATTER_HEIGHT_PX * (1 - plot_area.y.share(dot.y)),
            dot.radius_px + 1,  # with its outline
            dot.adcode in chosen,
        )
        for dot, name in zip(points, names, strict=True)
    ]
    for (least, most), spots in place_at_all_widths(tuple(marks), SCATTER_HEIGHT_PX).items():
        for i, spot in spots.items():
            yield ScatterLabel(points[i], names[i], least, most, spot)
