"""Proportional circles of a picture: on the map and on tiles, with the radius for its legend."""

from __future__ import annotations

from typing import Final

import shapely

from geo.colours import COLOURS
from geo.maps import Choropleth
from geo.pictures.maps import MAIN, pane_key
from geo.pictures.sheet import PAPER, ShapeItem, Sheet
from geo.units import boundaries

FILL: Final = COLOURS["circle-pale"]
EDGE: Final = COLOURS["circle"]
EDGE_PX: Final = 0.9
RADIUS_EM: Final = 1.7  # of the largest circle; a row of the legend has room for it
TILE_SHARE: Final = 0.47  # of the side of a tile, the most that fits
MIN_RADIUS_PX: Final = 0.8


def circle_shape(
    x: float, y: float, radius: float, size: float, role: str, adcode: str = ""
) -> ShapeItem:
    """A circle of a size relative to the largest, which is negative for a value below zero."""
    shape = shapely.Point(x, y).buffer(max(MIN_RADIUS_PX, radius * abs(size)), quad_segs=16)
    return ShapeItem(shape, role, PAPER if size < 0 else FILL, EDGE, EDGE_PX, about=adcode)


def draw_circles(sheet: Sheet, choropleth: Choropleth, letter: str = "") -> None:
    """Draw the circles of a total at the label points of a map, smaller ones over larger ones.

    letter: the letter of one of several maps. Draws nothing on a map with classes.
    """
    sizes = choropleth.circle_sizes()
    if not sizes:
        return
    pane = sheet.panes[pane_key(MAIN, letter)]
    sheet.circle_px = RADIUS_EM * sheet.size.text
    units = boundaries().units
    for adcode in sorted(sizes, key=lambda code: -abs(sizes[code])):
        point = units.loc[[adcode], ["label_x", "label_y"]].to_numpy(float)
        ((x, y),) = pane.to_sheet(point)
        sheet.add_items(circle_shape(x, y, sheet.circle_px, sizes[adcode], "circle", adcode))
