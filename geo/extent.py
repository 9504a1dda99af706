"""What the panes of every map show: the country down to Hainan, and the South China Sea.

Metres in the plane of the boundaries (geo.boundaries.CRS): west, south, east, north.
"""

from __future__ import annotations

from functools import cache
from typing import Final, TypeAlias

import geopandas
import shapely

from geo.boundaries import CRS, boundaries
from geo.text import N_

Extent: TypeAlias = tuple[float, float, float, float]

# Longitudes and latitudes of the inset of the South China Sea, degrees.
INSET: Final = (106.5, 2.8, 123.2, 24.9)
INSET_NAME: Final = N_("South China Sea Islands")
# The main map ends in the south below Hainan; what lies beyond stands in the inset.
MAIN_SOUTH: Final = 17.6


@cache
def main_extent() -> Extent:
    """The extent of the main map."""
    parts = boundaries().units.geometry.explode()
    centres = parts.representative_point().to_crs(4326)
    west, south, east, north = (float(n) for n in parts[centres.y > MAIN_SOUTH].total_bounds)
    return west, south, east, north


@cache
def inset_extent() -> Extent:
    """The extent of the boxed inset, which every map of the country has."""
    sea = geopandas.GeoSeries([shapely.box(*INSET).segmentize(1.0)], crs=4326).to_crs(CRS)
    west, south, east, north = (float(n) for n in sea.total_bounds)
    return west, south, east, north
