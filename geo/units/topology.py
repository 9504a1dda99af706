"""Boundaries of the 34 units, in the projection of the map, and the extents of its panes."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import geopandas
import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.text import N_, DataError
from geo.units.resolver import provinces

BOUNDARIES_FILE: Final = Path(__file__).parents[2] / "data" / "boundaries" / "china.topo.json"
MAP_CRS: Final = "+proj=aea +lat_0=35 +lon_0=105 +lat_1=25 +lat_2=47 +datum=WGS84 +units=m +no_defs"
LINES: Final = ("sea_borders", "sar_borders", "dashes", "undetermined")
DASHES: Final = 10

Points = npt.NDArray[np.float64]
Extent: TypeAlias = tuple[float, float, float, float]
# Longitudes and latitudes of the inset of the South China Sea, degrees.
INSET: Final = (106.5, 2.8, 123.2, 24.9)
INSET_NAME: Final = N_("South China Sea Islands")
# The southern edge of the main map, just below Hainan; the inset shows what is further south.
MAIN_SOUTH: Final = 17.6


@dataclass(frozen=True)
class Boundaries:
    """The shapes of the map, all in MAP_CRS.

    units: one row per unit, indexed by adcode in ascending order, with multipolygons as geometry
    and a point inside for the label (label_x, label_y, metres). lines: one multiline per name of
    LINES. neighbours: for each adcode, the units that share a land border, in ascending order.
    """

    units: gpd.GeoDataFrame
    lines: gpd.GeoSeries
    neighbours: dict[str, tuple[str, ...]]


@cache
def boundaries() -> Boundaries:
    """Return the boundaries of the atlas, read once. Raises the errors of ``read_boundaries``."""
    return read_boundaries(BOUNDARIES_FILE)


def read_boundaries(path: Path) -> Boundaries:
    """Read the boundaries and check that they are complete.

    Raises DataError with the file and the fault: missing, damaged, other units than those of
    provinces.csv, or not ten dashes.
    """
    try:
        topology = json.loads(path.read_bytes())
        arcs = _decode_arcs(topology)
        geometries = topology["objects"]["provinces"]["geometries"]
        adcodes = [feature["properties"]["adcode"] for feature in geometries]
        units = gpd.GeoDataFrame(
            {
                "label_x": [feature["properties"]["x"] for feature in geometries],
                "label_y": [feature["properties"]["y"] for feature in geometries],
            },
            index=adcodes,
            geometry=[_build_geometry(feature, arcs) for feature in geometries],
            crs=MAP_CRS,
        )
        lines = gpd.GeoSeries(
            {
                name: _build_geometry(topology["objects"][name]["geometries"][0], arcs)
                for name in LINES
            },
            crs=MAP_CRS,
        )
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise DataError(
            N_("The boundaries in {file} cannot be read ({reason}). Build them: make boundaries."),
            file=path.name,
            reason=f"{type(error).__name__}: {error}"[:120],
        ) from error
    _check_units(path, adcodes, lines)
    return Boundaries(units, lines, _find_neighbours(geometries))


def _check_units(path: Path, adcodes: list[str], lines: gpd.GeoSeries) -> None:
    if adcodes != list(provinces()):
        raise DataError(
            N_("The units of {file} differ from those of provinces.csv: {units}."),
            file=path.name,
            units=", ".join(sorted(set(adcodes) ^ set(provinces()))) or "order",
        )
    dash_count = len(shapely.get_parts(lines["dashes"]))
    if dash_count != DASHES:
        raise DataError(
            N_("{file} has {found} dashes instead of {wanted}."),
            file=path.name,
            found=dash_count,
            wanted=DASHES,
        )


def _decode_arcs(topology: dict[str, Any]) -> list[Points]:
    """Return the arcs in metres: cumulated deltas on a grid, scaled and shifted."""
    scale = np.array(topology["transform"]["scale"])
    shift = np.array(topology["transform"]["translate"])
    return [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]


def _join_arcs(indices: list[int], arcs: list[Points]) -> Points:
    """Join arcs end to end; a negative index means the arc ~index, reversed."""
    pieces = [arcs[~i][::-1] if i < 0 else arcs[i] for i in indices]
    return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _build_geometry(geometry: dict[str, Any], arcs: list[Points]) -> BaseGeometry:
    """Return a geometry of the topology as a multipolygon or a multiline."""

    def polygon(rings: list[list[int]]) -> shapely.Polygon:
        shell, *holes = (_join_arcs(ring, arcs) for ring in rings)
        return shapely.Polygon(shell, holes)

    indices = geometry["arcs"]
    match geometry["type"]:
        case "Polygon":
            return shapely.MultiPolygon([polygon(indices)])
        case "MultiPolygon":
            return shapely.MultiPolygon([polygon(rings) for rings in indices])
        case "LineString":
            return shapely.MultiLineString([_join_arcs(indices, arcs)])
        case "MultiLineString":
            return shapely.MultiLineString([_join_arcs(line, arcs) for line in indices])
    raise ValueError(f"geometry type {geometry['type']}")


def _find_neighbours(geometries: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the units that share an arc with each unit: in a topology, a land border.

    A ring of a single arc is skipped: an islet that the source assigns to two units is drawn
    in both and is no border.
    """
    owners: dict[int, set[str]] = defaultdict(set)
    for geometry in geometries:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for ring in (ring for rings in polygons for ring in rings):
            if len(ring) > 1:
                for index in ring:
                    owners[max(index, ~index)].add(geometry["properties"]["adcode"])
    lines: dict[str, set[str]] = {values["properties"]["adcode"]: set() for values in geometries}
    for sharing in owners.values():
        for adcode in sharing:
            lines[adcode] |= sharing - {adcode}
    return {adcode: tuple(sorted(others)) for adcode, others in lines.items()}


@cache
def main_extent() -> Extent:
    """Return the extent of the main map in MAP_CRS (west, south, east, north)."""
    parts = boundaries().units.geometry.explode()
    centres = parts.representative_point().to_crs(4326)
    west, south, east, north = (float(n) for n in parts[centres.y > MAIN_SOUTH].total_bounds)
    return west, south, east, north


@cache
def inset_extent() -> Extent:
    """Return the extent of the boxed inset in MAP_CRS, which every map of the country has."""
    sea = geopandas.GeoSeries([shapely.box(*INSET).segmentize(1.0)], crs=4326).to_crs(MAP_CRS)
    west, south, east, north = (float(n) for n in sea.total_bounds)
    return west, south, east, north
