"""Geographical files: GeoJSON, GeoPackage and TopoJSON, in WGS 84 or in the plane of the map."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
from pyproj import Transformer

from geo.boundaries import CRS, FILE
from geo.exports.shapes import COORDINATES, DECIMALS
from geo.provinces import provinces

LINES: Final = "boundary_lines"
# GDAL writes the time of writing; the file is to be the same for the same figures.
LAST_CHANGE: Final = "1980-01-01T00:00:00.000Z"


def write_geojson(frame: gpd.GeoDataFrame, **texts: str) -> bytes:
    """A frame as a FeatureCollection, its index among the properties.

    told: members of the collection, such as title and source. WGS 84 is what GeoJSON means
    (RFC 7946); for other coordinates a member `crs` names them, as GDAL and QGIS read it.
    """
    collection: dict[str, Any] = {"type": "FeatureCollection", **texts}
    if frame.crs != COORDINATES["wgs84"]:
        collection["crs"] = {"type": "name", "properties": {"name": CRS}}
    whole = frame.reset_index() if frame.index.name else frame
    collection["features"] = [
        {
            "type": "Feature",
            "properties": iterfeature["properties"],
            "geometry": iterfeature["geometry"],
        }
        for iterfeature in whole.iterfeatures(na="null")
    ]
    return _json_bytes(collection)


def write_geopackage(layers: Mapping[str, pd.DataFrame], **texts: str) -> bytes:
    """Frames as the layers of a GeoPackage, the first one first; without shapes a plain table.

    told: IDENTIFIER and DESCRIPTION of the first layer. Written by GDAL in a folder of its own,
    which goes when it is read.
    """
    with tempfile.TemporaryDirectory(prefix="atlas-") as folder:
        path = Path(folder) / "atlas.gpkg"
        for name, frame in layers.items():
            whole = frame.reset_index() if frame.index.name else frame
            pyogrio.write_dataframe(
                whole, path, layer=name, driver="GPKG", append=path.exists(), **texts
            )
            texts = {}
        with closing(sqlite3.connect(path)) as base, base:
            base.execute("UPDATE gpkg_contents SET last_change = ?", [LAST_CHANGE])
        return path.read_bytes()


def write_topojson(
    columns: pd.DataFrame | None = None, coordinates: str = "albers", **texts: str
) -> bytes:
    """The built boundaries with the columns of a measure among the properties of the units.

    The arcs are the built ones; in WGS 84 each of their points is projected back.
    """
    topology = json.loads(FILE.read_bytes())
    if coordinates == "wgs84":
        topology["transform"], topology["arcs"] = _topology_in_degrees()
    topology["properties"] = {**texts, "crs": COORDINATES[coordinates]}
    for geometry in topology["objects"]["provinces"]["geometries"]:
        adcode = geometry["properties"]["adcode"]
        values = {} if columns is None else _plain_row(columns.loc[adcode].to_dict())
        unit = provinces()[adcode]
        names = {"name_en": unit.name_en, "name_zh": unit.name_zh}
        geometry["properties"] = {"adcode": adcode, **names, **values}
    # GDAL knows a topology by its first member.
    return _json_bytes({"type": topology.pop("type"), **topology})


@cache
def _topology_in_degrees() -> tuple[dict[str, list[float]], list[list[list[int]]]]:
    """The transform and the arcs of the topology in degrees, on a grid of about a metre."""
    topology = json.loads(FILE.read_bytes())
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    to_degrees = Transformer.from_crs(CRS, COORDINATES["wgs84"], always_xy=True)
    step = 10.0 ** -DECIMALS["wgs84"]
    arcs = []
    for arc in topology["arcs"]:
        points = np.cumsum(arc, axis=0) * scale + shift
        grid = np.round(np.column_stack(to_degrees.transform(*points.T)) / step).astype(int)
        # Points that fall together on the grid are one; an arc keeps its two ends.
        moves = [(after - before).tolist() for before, after in pairwise(grid)]
        arcs.append([grid[0].tolist(), *(move for move in moves if any(move))])
    return {"scale": [step, step], "translate": [0.0, 0.0]}, arcs


def _plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with None where it has nothing, and whole numbers and figures as JSON knows them."""
    return {
        name: None if pd.isna(cell) else cell.item() if hasattr(cell, "item") else cell
        for name, cell in row.items()
    }


def _json_bytes(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return (text + "\n").encode()
