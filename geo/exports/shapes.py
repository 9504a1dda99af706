"""The units with the cells of a measure as columns: what every geographical file holds."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import tables, wording
from geo.boundaries import CRS, boundaries
from geo.cells import Cell
from geo.indicators import Measure
from geo.measures import all_measures, snapshot_of
from geo.provinces import provinces
from geo.text import Translator

# The coordinates that an address may ask for.
COORDINATES: Final = {"wgs84": "EPSG:4326", "albers": CRS}
# Decimals that the grid of the boundaries, some 50 m, deserves: about 1 m in degrees, or metres.
DECIMALS: Final = {"wgs84": 5, "albers": 0}


def unit_shapes(coordinates: str = "wgs84") -> gpd.GeoDataFrame:
    """The 34 units by adcode, in WGS 84 or in the plane of the map, rounded to about a metre.

    Columns name_en, name_zh and geometry: multipolygons whose shells run against the clock.
    Neighbours keep their common border point for point.
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
    """The drawn lines, the ten dashes among them, one multiline for each name."""
    geo_series = _project_shapes(boundaries().lines, coordinates)
    return gpd.GeoDataFrame({"line": geo_series.index}, geometry=geo_series.array)


def _project_shapes(shapes: gpd.GeoSeries, coordinates: str) -> gpd.GeoSeries:
    """Shapes in the asked coordinates, each point rounded by itself, so that borders stay one."""
    placed = shapes.to_crs(COORDINATES[coordinates])
    decimals = DECIMALS[coordinates]
    rounded = shapely.transform(placed.array, lambda points: np.round(points, decimals))
    return gpd.GeoSeries(rounded, index=shapes.index, crs=placed.crs)


def measure_columns(measure_id: str, t: Translator, year: int | None = None) -> pd.DataFrame:
    """A row for each of the 34 units, by adcode, with what its cells say.

    Of one year: year, value, unit, rank, of, low, high, status, status_text, remarks. Of all
    years: unit, and the others once for each year, such as value_2016. value is float, ranks are
    whole numbers, missing where the cell has none; status is the key of geo.cells.Status, and
    texts are in the reader's language. Raises KeyError for an unknown measure or year.
    """
    measure = all_measures()[measure_id]
    frame = pd.DataFrame(index=pd.Index(list(provinces()), name="adcode"))
    frame["measure"] = measure_id
    frame["measure_name"] = wording.measure_name(measure, t)
    frame["unit"] = t.localized(measure.unit_en, measure.unit_zh)
    if year is not None:
        frame["year"] = year
    parts = [frame]
    for table_year in tables.table_years(measure, year):
        result = _cell_columns(measure, table_year, t)
        parts.append(result if year is not None else result.add_suffix(f"_{table_year}"))
    return pd.concat(parts, axis=1)


def _cell_columns(measure: Measure, year: int, t: Translator) -> pd.DataFrame:
    cells = snapshot_of(measure.id, year).cells
    columns = {
        "value": _typed_series(
            [tables.file_value(cell.value) for cell in cells.values()], "float64"
        ),
        "rank": _typed_series([cell.rank for cell in cells.values()], "Int64"),
        "of": _typed_series([cell.of for cell in cells.values()], "Int64"),
        "low": _typed_series([cell.low for cell in cells.values()], "Int64"),
        "high": _typed_series([cell.high for cell in cells.values()], "Int64"),
        "status": _typed_series([cell.status.value for cell in cells.values()], "str"),
        "status_text": _typed_series(
            [wording.status_name(cell, t) for cell in cells.values()], "str"
        ),
        "remarks": _typed_series([_join_remarks(cell, t) for cell in cells.values()], "str"),
    }
    if measure.kind != "index":
        del columns["low"], columns["high"]
    return pd.DataFrame(columns).set_axis(pd.Index(list(cells), name="adcode"))


def _join_remarks(cell: Cell, t: Translator) -> str | None:
    return tables.join_cell_remarks(cell, t) or None


def _typed_series(values: list, dtype: str) -> pd.Series:
    return pd.Series(values, dtype=dtype)


def units_with_columns(
    measure_id: str, t: Translator, year: int | None = None, coordinates: str = "wgs84"
) -> gpd.GeoDataFrame:
    """The units with the columns of a measure, the shapes last."""
    geo_data_frame = unit_shapes(coordinates)
    joined = geo_data_frame.drop(columns="geometry").join(measure_columns(measure_id, t, year))
    return gpd.GeoDataFrame(joined, geometry=geo_data_frame.geometry)
