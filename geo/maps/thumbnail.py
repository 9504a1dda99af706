"""Small maps as SVG: one colour for each unit, with the inset of the South China Sea.

Drawn from the same choropleth as the web map. The shapes are simplified further; all 34 units,
every island group and the dashes are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.colours import COLOURS
from geo.maps.choropleth import STATUS_STYLES, Choropleth
from geo.units import Extent, boundaries, inset_extent, main_extent

WIDTH: Final = 240
SIMPLIFY_M: Final = 9_000.0  # less than 1.5 pixels of the main map
INSET_WIDTH: Final = 40
BORDER_COLOUR: Final = COLOURS["border"]
PLAIN_COLOUR: Final = COLOURS["unit-plain"]
SELECTED_COLOUR: Final = COLOURS["selected"]
DASHES_COLOUR: Final = COLOURS["boundary-dashes"]
PATTERN_COLOUR: Final = COLOURS["pattern"]


def thumbnail_svg(drawn: Choropleth | None = None, selected: str = "") -> str:
    """Draw a small map: a choropleth or a plain map, with one unit ('' for none) highlighted."""
    colours = dict.fromkeys(boundaries().units.index, PLAIN_COLOUR)
    if drawn is not None:
        for adcode, cell in drawn.snapshot.cells.items():
            pattern = drawn.pattern(cell)
            colours[adcode] = f"url(#{pattern})" if pattern else drawn.colour(cell)
    panes = [_pane_svg(colours, selected, drawn is None, sea) for sea in (False, True)]
    width, height = _pane_size(main_extent(), WIDTH)
    inset_width, inset_height = _pane_size(inset_extent(), INSET_WIDTH)
    x, y = width + 2, height - inset_height - 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {x + inset_width + 2} {height}">'
        f"<defs>{_pattern_defs()}</defs>"
        f'<svg width="{width}" height="{height}">{panes[0]}</svg>'
        f'<svg x="{x}" y="{y}" width="{inset_width}" height="{inset_height}">{panes[1]}</svg>'
        f'<rect x="{x}" y="{y}" width="{inset_width}" height="{inset_height}" fill="none"'
        f' stroke="{BORDER_COLOUR}" stroke-width="0.7"/></svg>'
    )


def _pane_svg(colours: dict[str, str], selected: str, plain: bool, sea: bool) -> str:
    """The units and the dashes of the main map or of the inset."""
    paths = _unit_paths(sea)
    units = "".join(
        f'<path d="{paths[adcode]}" fill="{fill}"/>' for adcode, fill in colours.items()
    )
    chosen = ""
    if selected:
        fill = SELECTED_COLOUR if plain else "none"
        chosen = (
            f'<path d="{paths[selected]}" fill="{fill}" stroke="{SELECTED_COLOUR}"'
            ' stroke-width="1.4"/>'
        )
    dashes = (
        f'<path d="{paths["dashes"]}" fill="none" stroke="{DASHES_COLOUR}" stroke-width="0.9"/>'
    )
    return (
        f'<g stroke="{BORDER_COLOUR}" stroke-width="0.35" stroke-linejoin="round">{units}</g>'
        f"{chosen}{dashes}"
    )


def _pattern_defs() -> str:
    """The patterns of the statuses, as on the web map but finer."""
    stroke = f'stroke="{PATTERN_COLOUR}"'
    marks = {
        "dots": f'<circle cx="2" cy="2" r=".5" fill="{PATTERN_COLOUR}"/>',
        "hatch": f'<path d="M-1 5L5-1M-1 1L1-1M3 5L5 3" {stroke} stroke-width=".6"/>',
        "bars": f'<path d="M2 0V4" {stroke} stroke-width=".6"/>',
        "cross": f'<path d="M0 0L4 4M4 0L0 4" {stroke} stroke-width=".4"/>',
    }
    return "".join(
        f'<pattern id="{look.pattern}" width="4" height="4" patternUnits="userSpaceOnUse">'
        f'<rect width="4" height="4" fill="{look.fill}"/>{marks[look.pattern]}</pattern>'
        for look in STATUS_STYLES.values()
        if look.pattern
    )


def _pane_size(extent: Extent, width: int) -> tuple[int, int]:
    west, south, east, north = extent
    return width, round(width * (north - south) / (east - west))


@cache
def _unit_paths(sea: bool) -> dict[str, str]:
    """The path of each unit, and of the dashes, in pixels of the main map or of the inset."""
    extent = inset_extent() if sea else main_extent()
    units = boundaries().units.geometry
    coarse = shapely.coverage_simplify(units.array, SIMPLIFY_M)
    box = shapely.box(*extent).buffer(100_000)
    scale = (INSET_WIDTH if sea else WIDTH) / (extent[2] - extent[0])

    def place(shape: BaseGeometry) -> np.ndarray:
        points = shapely.get_coordinates(shape)
        return (points - [extent[0], extent[3]]) * [scale, -scale]

    texts = {}
    for adcode, whole, simple in zip(units.index, units, coarse, strict=True):
        values = [part for part in shapely.get_parts(simple) if box.intersects(part)]
        lost = [
            part.representative_point()
            for part in shapely.get_parts(whole)
            if box.intersects(part) and not simple.intersects(part)
        ]
        texts[adcode] = "".join(map(_ring_path, (place(p.exterior) for p in values))) + _dot_paths(
            place(point)[0] for point in lost
        )
    dashes = (place(dash) for dash in shapely.get_parts(boundaries().lines["dashes"]))
    texts["dashes"] = "".join(_ring_path(points, closed=False) for points in dashes)
    return texts


def _ring_path(points: np.ndarray, closed: bool = True) -> str:
    """An SVG path of points rounded to a tenth of a pixel, without repeated points."""
    rounded = np.round(points, 1)
    keep = np.r_[True, np.any(np.diff(rounded, axis=0) != 0, axis=1)]
    words = [f"{x:g} {y:g}" for x, y in rounded[keep]]
    if len(words) < 3 and closed:
        return _dot_paths([points.mean(axis=0)])
    return "M" + "L".join(words) + ("z" if closed else "")


def _dot_paths(points: Iterable[np.ndarray]) -> str:
    """Dots for islets too small for a shape; islets at the same point share one."""
    spots = sorted({(round(float(x), 1), round(float(y), 1)) for x, y in points})
    return "".join(f"M{x:g} {y:g}h.4v.4h-.4z" for x, y in spots)
