"""The sheet of a picture: its size, its items in pixels, and the territory on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.colours import COLOURS
from geo.labels import Box
from geo.pictures.fonts import ASCENT, DESCENT, REGULAR, text_width
from geo.text import N_

DEFAULT_SIZE: Final = "16-9"
PNG_SCALES: Final = (1, 2, 3, 4)
Points = npt.NDArray[np.float64]
INK: Final = COLOURS["picture-ink"]
MUTED: Final = COLOURS["picture-ink-muted"]
FAINT: Final = COLOURS["picture-ink-faint"]
RULE: Final = COLOURS["picture-rule"]
PAPER: Final = COLOURS["surface"]


@dataclass(frozen=True)
class FigureSize:
    """A size of picture. Lengths and font sizes are in pixels at scale 1.

    px_per_inch: chosen so that the picture fills a slide or a sheet of paper unscaled. upright:
    legends and rankings go below the map, not beside it. bare: no title, sources or notes, because
    the place that shows the picture has them. thirds: three maps side by side are readable.
    """

    id: str
    name: str
    width: int
    height: int
    px_per_inch: int
    margin: float
    title: float
    subtitle: float
    text: float  # legends, rankings, tables
    label: float  # names on the map
    small: float  # sources, notes, credits
    upright: bool = False
    hair: float = 1.0  # thin lines
    bare: bool = False
    thirds: bool = False

    @property
    def size_in_inches(self) -> tuple[float, float]:
        return self.width / self.px_per_inch, self.height / self.px_per_inch


# Slides are 7.5 inches high, as in PowerPoint; A4 has its true size. The smallest font is 6.7
# points in print.
FIGURE_SIZES: Final = {
    size.id: size
    for size in (
        FigureSize(
            "16-9", N_("Slide, 16:9"), 1920, 1080, 144, 64, 42, 23, 18, 15, 14.0, thirds=True
        ),
        FigureSize("4-3", N_("Slide, 4:3"), 1440, 1080, 144, 52, 38, 21, 17, 14, 13.5),
        FigureSize("square", N_("Square"), 1080, 1080, 144, 44, 34, 19, 16, 13, 13.5, upright=True),
        FigureSize(
            "a4-upright", N_("A4 portrait"), 1240, 1754, 150, 76, 40, 22, 18, 15, 14.0, upright=True
        ),
        FigureSize(
            "a4-across", N_("A4 landscape"), 1754, 1240, 150, 72, 41, 22, 18, 15, 14.0, thirds=True
        ),
    )
}
# The map on a slide (geo.slides.build_template); readers cannot choose this size.
SLIDE_PART: Final = FigureSize(
    "slide-part", N_("Part of a slide"), 1073, 688, 144, 4, 20, 16, 15, 14, 13.0, bare=True
)
ALL_SIZES: Final = {**FIGURE_SIZES, SLIDE_PART.id: SLIDE_PART}


@dataclass(frozen=True)
class TextItem:
    """One line of text; y is its baseline, x its left end, middle or right end by `align`.

    role: what it is on the picture, e.g. ``title``; halo: the colour around the letters, or ''.
    about: the adcode of the unit that a label names, or ''.
    """

    x: float
    y: float
    text: str
    size: float
    role: str
    weight: int = REGULAR
    colour: str = INK
    align: str = "left"
    halo: str = ""
    about: str = ""

    @property
    def bounding_box(self) -> Box:
        """The box around the text."""
        wide = text_width(self.text, self.size, self.weight)
        left = self.x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[self.align]
        top = self.y - ASCENT * self.size
        return Box(left, top, left + wide, self.y + DESCENT * self.size)


@dataclass(frozen=True)
class StrokeItem:
    """Lines of one style. dash: lengths of line and gap; empty for a solid line."""

    lines: tuple[Points, ...]
    colour: str
    width: float
    role: str
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class ShapeItem:
    """One or several polygons, filled and outlined ('' for neither), with an optional pattern.

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
    """A part of the sheet that shows a section of the projected plane of the boundaries.

    box: where on the sheet; west, north: metres at its upper left corner; scale: pixels per metre.
    """

    box: Box
    west: float
    north: float
    scale: float

    def to_sheet(self, points: Points) -> Points:
        """Convert points of the plane (n by 2, metres) to pixels of the sheet."""
        return (points - [self.west, self.north]) * [self.scale, -self.scale] + [
            self.box.x0,
            self.box.y0,
        ]


@dataclass
class Sheet:
    """A picture being laid out. panes: the main map and the inset, if it has a map.

    alt: the alternative text. rights: the credit of the boundaries and their map review, for the
    metadata of the file. circle_px: the radius of the largest circle of its maps, once they are
    drawn; 0 without any.
    """

    size: FigureSize
    title: str = ""
    alt: str = ""
    rights: str = ""
    items: list[Item] = field(default_factory=list)
    panes: dict[str, Pane] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    circle_px: float = 0.0

    def add_items(self, *items: Item) -> None:
        self.items.extend(items)

    def text_items(self, role: str = "") -> list[TextItem]:
        """The texts of a role, or all texts."""
        return [i for i in self.items if isinstance(i, TextItem) and role in ("", i.role)]

    def add_rule(self, x0: float, y0: float, x1: float, y1: float, role: str = "rule") -> None:
        """Add a thin straight line."""
        line = np.array([[x0, y0], [x1, y1]])
        self.add_items(StrokeItem((line,), RULE, self.size.hair, role))


def dot_shape(
    x: float, y: float, radius: float, colour: str, role: str, about: str = ""
) -> ShapeItem:
    """A filled circle."""
    return ShapeItem(shapely.Point(x, y).buffer(radius, quad_segs=6), role, colour, about=about)


@dataclass(frozen=True)
class Territory:
    """The parts of all units in one pane as they are drawn, each with its unit."""

    parts: tuple[BaseGeometry, ...]
    owners: tuple[str, ...]
    tree: shapely.STRtree
    areas: Mapping[str, float]

    def overlap_by_unit(self, box: Box) -> dict[str, float]:
        """The overlap of a box with each unit in square pixels; units without any are absent."""
        values: dict[str, float] = defaultdict(float)
        for i in self.tree.query(shapely.box(box.x0, box.y0, box.x1, box.y1)):
            clipped = shapely.clip_by_rect(self.parts[i], box.x0, box.y0, box.x1, box.y1)
            if not clipped.is_empty:
                values[self.owners[i]] += clipped.area
        return dict(values)

    def touches_unit(self, shape: BaseGeometry) -> bool:
        """Whether a shape touches any unit."""
        return len(self.tree.query(shape, predicate="intersects")) > 0

    def are_touched_by(self, shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
        """Which of some shapes touch any unit."""
        touched = np.zeros(len(shapes), dtype=bool)
        touched[self.tree.query(shapes, predicate="intersects")[0]] = True
        return touched

    def length_over_units(self, line: BaseGeometry, but: str = "") -> float:
        """The length of a line over units, except one, in pixels."""
        return sum(
            line.intersection(self.parts[i]).length
            for i in self.tree.query(line, predicate="intersects")
            if self.owners[i] != but
        )


def build_territory(units: Mapping[str, BaseGeometry]) -> Territory:
    """The territory of a pane from the shapes of its units, by adcode."""
    parts = [(adcode, p) for adcode, shape in units.items() for p in shapely.get_parts(shape)]
    shapes = [part for _, part in parts]
    shapely.prepare(shapes)
    areas = {adcode: shape.area for adcode, shape in units.items()}
    return Territory(
        tuple(shapes), tuple(adcode for adcode, _ in parts), shapely.STRtree(shapes), areas
    )
