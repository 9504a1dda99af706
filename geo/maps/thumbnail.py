"""Small maps as SVG: one colour for each unit, with the inset of the South China Sea.

Drawn from the same choropleth as the web map. The shapes are simplified further; all 34 units,
every island group and the dashes are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.colours import COLOURS
from geo.maps.choropleth import STATUS_STYLES, Choropleth
from geo.text import render_template
from geo.units import Extent, boundaries, inset_extent, main_extent

TEMPLATES: Final = Path(__file__).parent / "templates"
WIDTH: Final = 240
SIMPLIFY_M: Final = 9_000.0  # less than 1.5 pixels of the main map
INSET_WIDTH: Final = 40
BORDER_COLOUR: Final = COLOURS["border"]
PLAIN_COLOUR: Final = COLOURS["unit-plain"]
SELECTED_COLOUR: Final = COLOURS["selected"]
DASHES_COLOUR: Final = COLOURS["boundary-dashes"]
PATTERN_COLOUR: Final = COLOURS["pattern"]


def thumbnail_svg(choropleth: Choropleth | None = None, selected: str = "") -> str:
    """Draw a small map: a choropleth or a plain map, with one unit ('' for none) highlighted."""
    colours = dict.fromkeys(boundaries().units.index, PLAIN_COLOUR)
    if choropleth is not None:
        for adcode, cell in choropleth.snapshot.cells.items():
            pattern = choropleth.pattern(cell)
            colours[adcode] = f"url(#{pattern})" if pattern else choropleth.colour(cell)
    width, height = _pane_size(main_extent(), WIDTH)
    inset_width, inset_height = _pane_size(inset_extent(), INSET_WIDTH)
    return str(
        render_template(
            TEMPLATES,
            "thumbnail.svg",
            panes=[
                ThumbnailPane(0, 0, width, height, _unit_paths(sea=False)),
                ThumbnailPane(
                    width + 2,
                    height - inset_height - 1,
                    inset_width,
                    inset_height,
                    _unit_paths(sea=True),
                ),
            ],
            colours=colours,
            patterns=[style for style in STATUS_STYLES.values() if style.pattern],
            selected=selected,
            selected_fill=SELECTED_COLOUR if choropleth is None else "none",
            border_colour=BORDER_COLOUR,
            dashes_colour=DASHES_COLOUR,
            pattern_colour=PATTERN_COLOUR,
            selected_colour=SELECTED_COLOUR,
        )
    )


@dataclass(frozen=True)
class ThumbnailPane:
    """The main map or the inset: its box in pixels, and the paths of units and dashes by name."""

    x: int
    y: int
    width: int
    height: int
    paths: Mapping[str, str]


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
