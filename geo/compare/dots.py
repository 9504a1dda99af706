"""The marks of a scatter: how large each province is drawn, and where its name stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Final

from geo.compare.axes import PlotArea
from geo.compare.names import LabelPosition, NamedMark, place_at_all_widths
from geo.profile import resident_population
from geo.provinces import provinces
from geo.text import Translator
from geo.view import FIRST_YEAR, LAST_YEAR

HEIGHT_PX: Final = 430  # of the part between the axes, at every width
PX2_PER_MILLION: Final = 4.2  # area of a mark per million residents, on every scatter
MIN_AREA_PX2: Final = 18.0  # a smaller mark could not be seen
MIN_CHOSEN_AREA_PX2: Final = 60.0  # nor the shape of a smaller chosen one
SIZES: Final = (10e6, 50e6, 100e6)  # residents that the key of sizes draws
DOUBT: Final = " ?"  # as doubtful figures are marked in tables


@dataclass(frozen=True)
class ScatterPoint:
    """A province on a scatter: where (units of the axes), and its area in px²."""

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
    """The area of a mark for a number of residents."""
    return max(residents / 1e6 * PX2_PER_MILLION, MIN_AREA_PX2)


def nearest_population_year(year: int) -> int:
    """The year of which residents are known that is nearest."""
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def scatter_points(plot_area: PlotArea, chosen: Sequence[str], year: int) -> list[ScatterPoint]:
    """The provinces that have a place, chosen ones first, then the most populous.

    Names are served in that order. year: of the residents that sizes go by.
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
    """The names of dots for all ranges of widths; without room for one it is left out there."""
    names = [
        provinces()[dot.adcode].name_in(t.lang) + (DOUBT if dot.adcode in doubtful else "")
        for dot in points
    ]
    marks = [
        NamedMark(
            name,
            plot_area.x.share(dot.x),
            HEIGHT_PX * (1 - plot_area.y.share(dot.y)),
            dot.radius_px + 1,  # with its outline
            dot.adcode in chosen,
        )
        for dot, name in zip(points, names, strict=True)
    ]
    for (least, most), spots in place_at_all_widths(tuple(marks), HEIGHT_PX).items():
        for i, spot in spots.items():
            yield ScatterLabel(points[i], names[i], least, most, spot)
