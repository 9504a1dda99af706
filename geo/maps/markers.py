"""Markers of provinces on charts: a colour and a shape, the same on every chart of a page.

Colours and shapes together are distinct for colour-blind readers and in greyscale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.colours import COLOURS, PALETTES


@dataclass(frozen=True)
class Marker:
    """A colour and a shape; the shape is a name that Vega and ``MARKER_PATHS`` know."""

    colour: str
    shape: str


# The province that a page is about, in the colour of a selection on the map.
OWN_PROVINCE: Final = Marker(COLOURS["selected"], "diamond")
_SHAPES: Final = (
    *("circle", "square", "triangle-up", "triangle-down", "cross"),
    *("triangle-right", "triangle-left", "square", "circle", "triangle-up"),
)
CHOSEN: Final = tuple(
    Marker(colour, shape) for colour, shape in zip(PALETTES["provinces"], _SHAPES, strict=True)
)
# Regions are drawn in the background. Their lines are grey and differ by dashes (lengths of line
# and gap); their marks have muted colours that differ from the ones above.
SOLID_LINE: Final = (1, 0)
REGION_DASHES: Final = (SOLID_LINE, (6, 2), (3, 2), (1, 2))
REGION_GREY: Final = COLOURS["line-muted"]
REGION_COLOURS: Final = PALETTES["regions"]
# SVG paths centred on (0, 0), about 10 wide.
MARKER_PATHS: Final = {
    "circle": "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
    "square": "M-4-4h8v8h-8z",
    "diamond": "M0-6L5 0L0 6L-5 0z",
    "triangle-up": "M0-5L5 4H-5z",
    "triangle-down": "M0 5L5-4H-5z",
    "triangle-right": "M5 0L-4 5V-5z",
    "triangle-left": "M-5 0L4 5V-5z",
    "cross": "M-1.7-5h3.4v3.3H5v3.4H1.7V5h-3.4V1.7H-5v-3.4h3.3z",
}


def assign_markers(subject_province: str, chosen: Sequence[str]) -> dict[str, Marker]:
    """Markers by adcode: of the page's own province ('' for none) and of each chosen one.

    >>> list(assign_markers("110000", ["440000", "110000", "310000"]))
    ['440000', '310000', '110000']
    """
    others = [adcode for adcode in chosen if adcode != subject_province]
    markers = dict(zip(others, CHOSEN, strict=False))
    return {**markers, subject_province: OWN_PROVINCE} if subject_province else markers
