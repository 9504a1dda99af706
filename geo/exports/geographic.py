"""Geographic files: units with cells as GeoJSON, GeoPackage and TopoJSON."""

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
import shapely
from pyproj import Transformer

from geo.analysis import file_value, join_cell_remarks, table_years
from geo.measures import Cell, Measure, measure_name, measure_unit, status_name
from geo.text import Translator
from geo.units import BOUNDARIES_FILE, MAP_CRS, boundaries, provinces

# The coordinate systems that an address can choose.
COORDINATES: Final = {"wgs84": "EPSG:4326", "albers": MAP_CRS}
# Decimals: about 1 m, in degrees or metres; the grid of the boundaries is about 50 m.
DECIMALS: Final = {"wgs84": 5, "albers": 0}
LINES: Final = "boundary_lines"
# Replaces GDAL's time of writing, so that the same data give the same bytes.
LAST_CHANGE: Final = "1980-01-01T00:00:00.000Z"


def unit_shapes(coordinates: str = "wgs84") -> gpd.GeoDataFrame:
    """The 34 units by adcode, in WGS 84 or in the plane of the map, rounded to about a metre.

    Columns name_en, name_zh and geometry: multipolygons with counter-clockwise shells. Neighbours
    share every point of their common border.
    """
    geo_data_frame = boundaries().units
    frame = gpd.GeoDataFrame(
        {
            "name_en": [unit.name_en for unit in provinces().values()],
            "name_zh": [unit.name_zh for unit in provinces().values()],
        },
        index=pd.Index(geo_data_frame.index, name="adcode"),
        geometry=_project_shapes(geo_data_frame.geometry, coordinates),
    )
    frame.geometry = shapely.orient_polygons(frame.geometry.array)
    return frame


def boundary_lines(coordinates: str = "wgs84") -> gpd.GeoDataFrame:
    """The drawn lines, including the ten dashes, as one multiline for each name."""
    geo_series = _project_shapes(boundaries().lines, coordinates)
    return gpd.GeoDataFrame({"line": geo_series.index}, geometry=geo_series.array)


def _project_shapes(shapes: gpd.GeoSeries, coordinates: str) -> gpd.GeoSeries:
    """Project shapes and round each point by itself, so that borders stay shared."""
    projected = shapes.to_crs(COORDINATES[coordinates])
    decimals = DECIMALS[coordinates]
    rounded = shapely.transform(projected.array, lambda points: np.round(points, decimals))
    return gpd.GeoSeries(rounded, index=shapes.index, crs=projected.crs)


def measure_columns(measure: Measure, t: Translator, year: int | None = None) -> pd.DataFrame:
    """One row for each of the 34 units, by adcode, with the content of its cells.

    Of one year: year, value, unit, rank, of, low, high, status, status_text, remarks. Of all
    years: unit, and the others once for each year, such as value_2016. value is float, ranks are
    whole numbers, missing where the cell has none; status is the key of geo.measures.cells.Status,
    and texts are in the reader's language. Raises KeyError for a year it lacks.
    """
    frame = pd.DataFrame(index=pd.Index(list(provinces()), name="adcode"))
    frame["measure"] = measure.id
    frame["measure_name"] = measure_name(measure, t)
    frame["unit"] = measure_unit(measure, t)
    if year is not None:
        frame["year"] = year
    parts = [frame]
    for table_year in table_years(measure, year):
        result = _cell_columns(measure, table_year, t)
        parts.append(result if year is not None else result.add_suffix(f"_{table_year}"))
    return pd.concat(parts, axis=1)


def _cell_columns(measure: Measure, year: int, t: Translator) -> pd.DataFrame:
    cells = measure.snapshot(year).cells
    columns = {
        "value": _typed_series([file_value(cell.value) for cell in cells.values()], "float64"),
        "rank": _typed_series([cell.rank for cell in cells.values()], "Int64"),
        "of": _typed_series([cell.of for cell in cells.values()], "Int64"),
        "low": _typed_series([cell.low for cell in cells.values()], "Int64"),
        "high": _typed_series([cell.high for cell in cells.values()], "Int64"),
        "status": _typed_series([cell.status.value for cell in cells.values()], "str"),
        "status_text": _typed_series([status_name(cell, t) for cell in cells.values()], "str"),
        "remarks": _typed_series([_join_remarks(cell, t) for cell in cells.values()], "str"),
    }
    if measure.kind != "index":
        del columns["low"], columns["high"]
    return pd.DataFrame(columns).set_axis(pd.Index(list(cells), name="adcode"))


def _join_remarks(cell: Cell, t: Translator) -> str | None:
    return join_cell_remarks(cell, t) or None


def _typed_series(values: list, dtype: str) -> pd.Series:
    return pd.Series(values, dtype=dtype)


def units_with_columns(
    measure: Measure, t: Translator, year: int | None = None, coordinates: str = "wgs84"
) -> gpd.GeoDataFrame:
    """The units with the columns of a measure, geometry last."""
    geo_data_frame = unit_shapes(coordinates)
    joined = geo_data_frame.drop(columns="geometry").join(measure_columns(measure, t, year))
    return gpd.GeoDataFrame(joined, geometry=geo_data_frame.geometry)


def write_geojson(frame: gpd.GeoDataFrame, **texts: str) -> bytes:
    """Write a frame as a GeoJSON FeatureCollection; its index becomes a property.

    texts: members of the collection, such as title and source. GeoJSON implies
    WGS 84 (RFC 7946); other coordinates are named by a member `crs`, which GDAL and QGIS read.
    """
    collection: dict[str, Any] = {"type": "FeatureCollection", **texts}
    if frame.crs != COORDINATES["wgs84"]:
        collection["crs"] = {"type": "name", "properties": {"name": MAP_CRS}}
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
    """Write frames as layers of a GeoPackage, in order; those without geometry as plain tables.

    texts: IDENTIFIER and DESCRIPTION of the first layer. GDAL writes into a temporary folder.
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
    """Write the stored topology with the columns of a measure as properties of the units.

    The arcs are the stored ones; for WGS 84 each of their points is projected back.
    """
    topology = json.loads(BOUNDARIES_FILE.read_bytes())
    if coordinates == "wgs84":
        topology["transform"], topology["arcs"] = _topology_in_degrees()
    topology["properties"] = {**texts, "crs": COORDINATES[coordinates]}
    for geometry in topology["objects"]["provinces"]["geometries"]:
        adcode = geometry["properties"]["adcode"]
        values = {} if columns is None else _plain_row(columns.loc[adcode].to_dict())
        unit = provinces()[adcode]
        names = {"name_en": unit.name_en, "name_zh": unit.name_zh}
        geometry["properties"] = {"adcode": adcode, **names, **values}
    # GDAL recognises a topology by its first member.
    return _json_bytes({"type": topology.pop("type"), **topology})


@cache
def _topology_in_degrees() -> tuple[dict[str, list[float]], list[list[list[int]]]]:
    """The transform and arcs of the topology in degrees, on a grid of about a metre."""
    topology = json.loads(BOUNDARIES_FILE.read_bytes())
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    to_degrees = Transformer.from_crs(MAP_CRS, COORDINATES["wgs84"], always_xy=True)
    step = 10.0 ** -DECIMALS["wgs84"]
    arcs = []
    for arc in topology["arcs"]:
        points = np.cumsum(arc, axis=0) * scale + shift
        grid = np.round(np.column_stack(to_degrees.transform(*points.T)) / step).astype(int)
        # Points that coincide on the grid are merged; an arc keeps its two ends.
        moves = [(after - before).tolist() for before, after in pairwise(grid)]
        arcs.append([grid[0].tolist(), *(move for move in moves if any(move))])
    return {"scale": [step, step], "translate": [0.0, 0.0]}, arcs


def _plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with None for missing values, and numbers as JSON types."""
    return {
        name: None if pd.isna(cell) else cell.item() if hasattr(cell, "item") else cell
        for name, cell in row.items()
    }


def _json_bytes(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return (text + "\n").encode()
