"""The marks of a scatter: how large each province is drawn, and where its name stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Final

from geo.compare.axes import Ground
from geo.compare.names import Mark, Spot, place_all
from geo.profile import population
from geo.provinces import provinces
from geo.text import Texts
from geo.view import FIRST_YEAR, LAST_YEAR

HEIGHT_PX: Final = 430  # of the part between the axes, at every width
PX2_PER_MILLION: Final = 4.2  # area of a mark per million residents, on every scatter
LEAST_PX2: Final = 18.0  # a smaller mark could not be seen
LEAST_CHOSEN_PX2: Final = 60.0  # nor the shape of a smaller chosen one
SIZES: Final = (10e6, 50e6, 100e6)  # residents that the key of sizes draws
DOUBT: Final = " ?"  # as doubtful figures are marked in tables


@dataclass(frozen=True)
class Dot:
    """A province on a scatter: where (units of the axes), and its area in px²."""

    adcode: str
    x: float
    y: float
    area_px2: float

    @property
    def radius_px(self) -> float:
        return sqrt(self.area_px2 / pi)


@dataclass(frozen=True)
class Label:
    """A name beside its dot, for inner widths of the chart from above least to most, px."""

    dot: Dot
    name: str
    least: int
    most: int
    spot: Spot


def area_px2(residents: float) -> float:
    """The area of a mark for a number of residents."""
    return max(residents / 1e6 * PX2_PER_MILLION, LEAST_PX2)


def population_year(year: int) -> int:
    """The year of which residents are known that is nearest."""
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def dots(where: Ground, chosen: Sequence[str], year: int) -> list[Dot]:
    """The provinces that have a place, chosen ones first, then the most populous.

    Names are served in that order. year: of the residents that sizes go by.
    """
    found = []
    for adcode, (x, y) in where.places.items():
        known = population(adcode, population_year(year))
        area = area_px2(known[0] if known else 0.0)
        found.append(Dot(adcode, x, y, max(area, LEAST_CHOSEN_PX2) if adcode in chosen else area))
    return sorted(found, key=lambda dot: (dot.adcode not in chosen, -dot.area_px2, dot.adcode))


def labels(
    where: Ground,
    own: Sequence[Dot],
    chosen: Sequence[str],
    doubtful: Sequence[str],
    say: Texts,
) -> Iterator[Label]:
    """The names of dots for all ranges of widths; without room for one it is left out there."""
    names = [
        provinces()[dot.adcode].name(say.lang) + (DOUBT if dot.adcode in doubtful else "")
        for dot in own
    ]
    marks = [
        Mark(
            name,
            where.x.share(dot.x),
            HEIGHT_PX * (1 - where.y.share(dot.y)),
            dot.radius_px + 1,  # with its outline
            dot.adcode in chosen,
        )
        for dot, name in zip(own, names, strict=True)
    ]
    for (least, most), spots in place_all(tuple(marks), HEIGHT_PX).items():
        for i, spot in spots.items():
            yield Label(own[i], names[i], least, most, spot)
