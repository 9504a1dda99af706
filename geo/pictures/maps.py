"""The map of a picture: the placement of its two panes, and the shapes in them.

The main pane shows the country down to Hainan. A boxed inset at its lower right, clear of
territory and dashes, shows the whole South China Sea. Nothing is cut in the main pane: a part or
a dash is either whole there or only in the inset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import geopandas
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.colours import COLOURS
from geo.labels import Box
from geo.limits import SHAPE_CACHE_SIZE
from geo.maps import BORDER_COLOUR, OWN_PROVINCE, Choropleth
from geo.pictures.sheet import PAPER, Pane, ShapeItem, Sheet, StrokeItem
from geo.units import (
    LINES,
    MAIN_SOUTH,
    MAP_CRS,
    boundaries,
    grid_size,
    inset_extent,
    main_extent,
)

ACCENT: Final = OWN_PROVINCE.colour
INSET_SHARE: Final = 0.5  # scale of the inset relative to the main map
INSET_GAP_M: Final = 50_000.0  # between the inset and shapes of the main pane
STEP_M: Final = 10_000.0
# Shapes are simplified to a third of a pixel; more detail is invisible and slower to draw.
DETAIL_PX: Final = 0.33
# Smaller islets are drawn this wide, so that they are visible.
MIN_PART_PX: Final = 2.2
FRAME: Final = COLOURS["line-muted"]
UNIT_EDGE_PX: Final = 0.7
SELECTED_PX: Final = 2.4

# Lines of the boundaries: colour, width in the main pane, width in the inset, dashes.
LINE_STYLES: Final = {
    "sea_borders": (COLOURS["boundary-sea"], 0.8, 0.7, (4.0, 3.0)),
    "sar_borders": (BORDER_COLOUR, 0.8, 0.7, ()),
    "undetermined": (BORDER_COLOUR, 1.3, 1.0, (5.0, 3.5)),
    "dashes": (COLOURS["picture-dashes"], 2.2, 1.7, ()),
}


MAIN: Final = "main"
INSET: Final = "inset"


BESIDE: Final = "beside"
UNDER: Final = "under"
GRID: Final = "grid"  # the tile grid, which has no inset


@dataclass(frozen=True)
class PaneBlock:
    """Main pane and inset as one block, in metres from the main pane's upper left corner.

    left, top, right, bottom: of the inset; width, height: of both together; main_width,
    main_height: of the main pane.
    """

    left: float
    top: float
    right: float
    bottom: float
    main_width: float
    main_height: float

    @property
    def width(self) -> float:
        return max(self.main_width, self.right)

    @property
    def height(self) -> float:
        return max(self.main_height, self.bottom)


@cache
def arrange_panes(side: str) -> PaneBlock:
    """Place the inset as near to the coast as it can be without touching anything.

    side: ``beside`` (at the lower right, ending where the main pane ends in the south) or
    ``under`` (ending where the main pane ends in the east).
    """
    if side == GRID:
        rows, columns = grid_size()
        return PaneBlock(0, 0, columns, rows, columns, rows)
    west, south, east, north = main_extent()
    sea = inset_extent()
    wide = (sea[2] - sea[0]) * INSET_SHARE
    high = (sea[3] - sea[1]) * INSET_SHARE
    shapes = [part for _, part in unit_parts(MAIN)] + list(pane_lines(MAIN)["dashes"])
    land = shapely.union_all(shapes)
    # Start far away and move step by step towards the coast.
    left, top = (east, south + high) if side == BESIDE else (east - wide, south)
    dx, dy = (-STEP_M, 0.0) if side == BESIDE else (0.0, STEP_M)

    def clear(left: float, top: float) -> bool:
        box = shapely.box(left, top - high, left + wide, top)
        return bool(shapely.distance(box, land) > INSET_GAP_M)

    while clear(left + dx, top + dy):
        left, top = left + dx, top + dy
    return PaneBlock(
        left - west, north - top, left + wide - west, north - top + high, east - west, north - south
    )


def pane_key(name: str, letter: str) -> str:
    """The key of a pane or a role on the map with a letter; '' is the letter of a single map.

    >>> pane_key("main", ""), pane_key("main", "B")
    ('main', 'main B')
    """
    return f"{name} {letter}".rstrip()


def fit_panes(area: Box, side: str) -> dict[str, Pane]:
    """Fit the two panes into an area as large as possible, centred (``under``: at its top)."""
    block = arrange_panes(side)
    scale = min(area.width / block.width, area.height / block.height)
    x = area.x0 + (area.width - block.width * scale) / 2
    y = area.y0 + (area.height - block.height * scale) / 2 * (side == BESIDE)
    west, _, _, north = main_extent()
    sea = inset_extent()
    whole = Box(x, y, x + block.main_width * scale, y + block.main_height * scale)
    boxed = Box(
        x + block.left * scale,
        y + block.top * scale,
        x + block.right * scale,
        y + block.bottom * scale,
    )
    return {
        MAIN: Pane(whole, west, north, scale),
        INSET: Pane(boxed, sea[0], sea[3], scale * INSET_SHARE),
    }


@lru_cache(maxsize=SHAPE_CACHE_SIZE)
def unit_parts(pane: str, detail_m: float = 0.0) -> tuple[tuple[str, BaseGeometry], ...]:
    """The parts of all units that a pane shows, each with its adcode, in metres.

    detail_m: the tolerance of simplification. Neighbours keep a common border, and no part is
    dropped.
    """
    units = boundaries().units.geometry
    shapes = shapely.coverage_simplify(units.array, detail_m) if detail_m else units.array
    values = [
        (adcode, part)
        for adcode, shape in zip(units.index, shapes, strict=True)
        for part in shapely.get_parts(shape)
    ]
    flags = _is_shown(pane, [part for _, part in values])
    return tuple(part for part, here in zip(values, flags, strict=True) if here)


@cache
def pane_lines(pane: str) -> dict[str, tuple[BaseGeometry, ...]]:
    """The drawn lines of the boundaries that a pane shows, by name, in metres."""
    base_geometries = {}
    for name in LINES:
        values = list(shapely.get_parts(boundaries().lines[name]))
        flags = _is_shown(pane, values)
        base_geometries[name] = tuple(
            line for line, here in zip(values, flags, strict=True) if here
        )
    return base_geometries


def _is_shown(pane: str, shapes: list[BaseGeometry]) -> list[bool]:
    """Which shapes a pane shows: the inset all that it touches, the main pane only whole ones."""
    if pane == INSET:
        return list(shapely.intersects(shapely.box(*inset_extent()), shapes))
    points = geopandas.GeoSeries([s.representative_point() for s in shapes], crs=MAP_CRS).to_crs(
        4326
    )
    return list(points.y > MAIN_SOUTH)


def unit_shapes_in(pane: Pane, name: str) -> dict[str, BaseGeometry]:
    """The shape of every unit in a pane, in pixels of the sheet, by adcode.

    Islets too small to be visible are enlarged. In the inset, shapes are cut slightly outside its
    box.
    """
    # In powers of two, so that few sets of shapes are cached.
    detail_m = 2.0 ** np.floor(np.log2(DETAIL_PX / pane.scale))
    parts = unit_parts(name, float(detail_m))
    shapes_in_px = shapely.transform(np.array([part for _, part in parts]), pane.to_sheet)
    if name == INSET:
        edge = pane.box.with_margin(8)
        shapes_in_px = shapely.clip_by_rect(shapes_in_px, edge.x0, edge.y0, edge.x1, edge.y1)
    bounds = shapely.bounds(shapes_in_px)
    small = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]) < MIN_PART_PX
    middles = shapely.points((bounds[small, :2] + bounds[small, 2:]) / 2)
    shapes_in_px[small] = shapely.buffer(middles, MIN_PART_PX / 2, quad_segs=2)
    base_geometries: dict[str, list[BaseGeometry]] = {}
    for (adcode, _), shape in zip(parts, shapes_in_px, strict=True):
        if not shape.is_empty:
            base_geometries.setdefault(adcode, []).extend(
                p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"
            )
    return {adcode: shapely.MultiPolygon(items) for adcode, items in base_geometries.items()}


def draw_map(
    sheet: Sheet,
    area: Box,
    fills: Mapping[str, tuple[str, str]],
    selected: str = "",
    side: str = BESIDE,
    letter: str = "",
) -> dict[str, BaseGeometry]:
    """Draw the map with its inset into an area.

    side: the side of the inset (see ``arrange_panes``). fills: colour and pattern of every unit, by
    adcode. selected: the adcode of the outlined unit, or ''. letter: the letter of one of several
    maps, '' for a single one. Returns the shapes of the main pane, in pixels, by adcode.
    """
    panes = fit_panes(area, side)
    sheet.panes |= {pane_key(name, letter): pane for name, pane in panes.items()}
    in_main = unit_shapes_in(panes[MAIN], MAIN)
    _draw_pane(sheet, panes[MAIN], MAIN, in_main, fills, selected, letter)
    box = panes[INSET].box
    ground = shapely.box(box.x0, box.y0, box.x1, box.y1)
    sheet.add_items(ShapeItem(ground, "inset ground", fill=PAPER))
    in_inset = unit_shapes_in(panes[INSET], INSET)
    _draw_pane(sheet, panes[INSET], INSET, in_inset, fills, selected, letter, box)
    sheet.add_items(ShapeItem(ground, "inset", edge=FRAME, width=sheet.size.hair))
    sheet.boxes[pane_key(INSET, letter)] = box
    return in_main


def _draw_pane(
    sheet: Sheet,
    pane: Pane,
    name: str,
    units: Mapping[str, BaseGeometry],
    fills: Mapping[str, tuple[str, str]],
    selected: str,
    letter: str,
    clip: Box | None = None,
) -> None:
    share = 1.0 if name == MAIN else 0.75
    which = pane_key(name, letter)
    for adcode, shape in units.items():
        colour, pattern = fills[adcode]
        sheet.add_items(
            ShapeItem(
                shape,
                f"{which} unit",
                colour,
                BORDER_COLOUR,
                UNIT_EDGE_PX * share,
                pattern,
                clip,
                adcode,
            )
        )
    if selected in units:
        sheet.add_items(
            ShapeItem(
                units[selected], f"{which} selected", edge=ACCENT, width=SELECTED_PX * share,
                clip=clip, about=selected,
            )
        )  # fmt: skip
    for role, pane_line in pane_lines(name).items():
        colour, wide, narrow, dash = LINE_STYLES[role]
        lines_in_px = tuple(pane.to_sheet(shapely.get_coordinates(line)) for line in pane_line)
        sheet.add_items(
            StrokeItem(
                lines_in_px, colour, wide if name == MAIN else narrow, f"{which} {role}", dash
            )
        )


def unit_fills(choropleth: Choropleth) -> dict[str, tuple[str, str]]:
    """Colour and pattern of every unit of a choropleth, by adcode."""
    cells = choropleth.snapshot.cells
    return {
        adcode: (choropleth.colour(cell), choropleth.pattern(cell))
        for adcode, cell in cells.items()
    }
