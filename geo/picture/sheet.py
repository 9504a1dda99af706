"""What stands on a picture, as plain items in pixels: before it is drawn, and without a library.

The origin is the upper left corner, y grows downwards, and a pixel is one of scale 1. Items are
drawn in the order in which they were put. What stands where can so be checked by geometry
(geo.picture.guard) before anything is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.picture import fonts
from geo.picture.sizes import FigureSize

Points = npt.NDArray[np.float64]

INK: Final = "#1b1f24"
MUTED: Final = "#4a525c"
FAINT: Final = "#6b7580"
RULE: Final = "#dfe3e8"
PAPER: Final = "#ffffff"


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def with_margin(self, by: float) -> Box:
        """The box with a margin all around (a negative one makes it smaller)."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def overlaps_box(self, other: Box) -> bool:
        """Whether two boxes share more than an edge.

        >>> Box(0, 0, 2, 2).overlaps_box(Box(1, 1, 3, 3))
        True
        >>> Box(0, 0, 1, 1).overlaps_box(Box(1, 0, 2, 1))
        False
        """
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )

    def contains_box(self, other: Box) -> bool:
        """Whether another box lies wholly within this one."""
        return (
            self.x0 <= other.x0
            and self.y0 <= other.y0
            and other.x1 <= self.x1
            and other.y1 <= self.y1
        )


@dataclass(frozen=True)
class TextItem:
    """One line of text; y is its baseline, x its left end, middle or right end by align.

    role: what it is on the picture, e.g. ``title``; halo: the colour around the letters, or ''.
    about: the adcode of the unit that a label names, or ''.
    """

    x: float
    y: float
    text: str
    size: float
    role: str
    weight: int = fonts.REGULAR
    colour: str = INK
    align: str = "left"
    halo: str = ""
    about: str = ""

    @property
    def bounding_box(self) -> Box:
        """The room that the letters take."""
        wide = fonts.text_width(self.text, self.size, self.weight)
        left = self.x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[self.align]
        top = self.y - fonts.ASCENT * self.size
        return Box(left, top, left + wide, self.y + fonts.DESCENT * self.size)


@dataclass(frozen=True)
class StrokeItem:
    """Lines of one look. dash: lengths of line and gap; empty for a whole line."""

    lines: tuple[Points, ...]
    colour: str
    width: float
    role: str
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class ShapeItem:
    """A polygon or several, filled and outlined ('' for neither), perhaps with a pattern.

    clip: nothing is drawn outside of it. about: the adcode of the unit whose shape it is.
    """

    shape: BaseGeometry
    role: str
    fill: str = ""
    edge: str = ""
    width: float = 0.0
    pattern: str = ""
    clip: Box | None = None
    about: str = ""


Item = TextItem | StrokeItem | ShapeItem


@dataclass(frozen=True)
class Pane:
    """A part of the sheet that shows a piece of the plane of the boundaries.

    box: where on the sheet; west, north: metres at its upper left corner; scale: pixels a metre.
    """

    box: Box
    west: float
    north: float
    scale: float

    def to_sheet(self, points: Points) -> Points:
        """Where points of the plane (n by 2, metres) stand on the sheet."""
        return (points - [self.west, self.north]) * [self.scale, -self.scale] + [
            self.box.x0,
            self.box.y0,
        ]


@dataclass
class Sheet:
    """A picture being laid out. panes: the main map and the inset, where it has a map.

    alt: what the picture shows, in words, for those who do not see it.
    """

    size: FigureSize
    title: str = ""
    alt: str = ""
    items: list[Item] = field(default_factory=list)
    panes: dict[str, Pane] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)

    def add_items(self, *items: Item) -> None:
        self.items.extend(items)

    def text_items(self, role: str = "") -> list[TextItem]:
        """The texts of a role, or all."""
        return [i for i in self.items if isinstance(i, TextItem) and role in ("", i.role)]

    def add_rule(self, x0: float, y0: float, x1: float, y1: float, role: str = "rule") -> None:
        """A thin straight line."""
        line = np.array([[x0, y0], [x1, y1]])
        self.add_items(StrokeItem((line,), RULE, self.size.hair, role))


def dot_shape(
    x: float, y: float, radius: float, colour: str, role: str, about: str = ""
) -> ShapeItem:
    """A filled circle."""
    return ShapeItem(shapely.Point(x, y).buffer(radius, quad_segs=6), role, colour, about=about)
