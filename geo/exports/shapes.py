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
from geo.measures import measures, snapshot
from geo.provinces import provinces
from geo.text import Texts

# The coordinates that an address may ask for.
COORDINATES: Final = {"wgs84": "EPSG:4326", "albers": CRS}
# Decimals that the grid of the boundaries, some 50 m, deserves: about 1 m in degrees, or metres.
DECIMALS: Final = {"wgs84": 5, "albers": 0}


def units(coordinates: str = "wgs84") -> gpd.GeoDataFrame:
    """The 34 units by adcode, in WGS 84 or in the plane of the map, rounded to about a metre.

    Columns name_en, name_zh and geometry: multipolygons whose shells run against the clock.
    Neighbours keep their common border point for point.
    """
    own = boundaries().units
    frame = gpd.GeoDataFrame(
        {
            "name_en": [unit.name_en for unit in provinces().values()],
            "name_zh": [unit.name_zh for unit in provinces().values()],
        },
        index=pd.Index(own.index, name="adcode"),
        geometry=_placed(own.geometry, coordinates),
    )
    frame.geometry = shapely.orient_polygons(frame.geometry.array)
    return frame


def lines(coordinates: str = "wgs84") -> gpd.GeoDataFrame:
    """The drawn lines, the ten dashes among them, one multiline for each name."""
    own = _placed(boundaries().lines, coordinates)
    return gpd.GeoDataFrame({"line": own.index}, geometry=own.array)


def _placed(shapes: gpd.GeoSeries, coordinates: str) -> gpd.GeoSeries:
    """Shapes in the asked coordinates, each point rounded by itself, so that borders stay one."""
    placed = shapes.to_crs(COORDINATES[coordinates])
    decimals = DECIMALS[coordinates]
    rounded = shapely.transform(placed.array, lambda points: np.round(points, decimals))
    return gpd.GeoSeries(rounded, index=shapes.index, crs=placed.crs)


def columns(measure_id: str, say: Texts, year: int | None = None) -> pd.DataFrame:
    """A row for each of the 34 units, by adcode, with what its cells say.

    Of one year: year, value, unit, rank, of, low, high, status, status_text, remarks. Of all
    years: unit, and the others once for each year, such as value_2016. value is float, ranks are
    whole numbers, missing where the cell has none; status is the key of geo.cells.Status, and
    texts are in the reader's language. Raises KeyError for an unknown measure or year.
    """
    measure = measures()[measure_id]
    frame = pd.DataFrame(index=pd.Index(list(provinces()), name="adcode"))
    frame["measure"] = measure_id
    frame["measure_name"] = wording.measure_name(measure, say)
    frame["unit"] = say.pick(measure.unit_en, measure.unit_zh)
    if year is not None:
        frame["year"] = year
    parts = [frame]
    for own in tables.years(measure, year):
        found = _cells(measure, own, say)
        parts.append(found if year is not None else found.add_suffix(f"_{own}"))
    return pd.concat(parts, axis=1)


def _cells(measure: Measure, year: int, say: Texts) -> pd.DataFrame:
    cells = snapshot(measure.id, year).cells
    found = {
        "value": _typed([tables.figure(cell.value) for cell in cells.values()], "float64"),
        "rank": _typed([cell.rank for cell in cells.values()], "Int64"),
        "of": _typed([cell.of for cell in cells.values()], "Int64"),
        "low": _typed([cell.low for cell in cells.values()], "Int64"),
        "high": _typed([cell.high for cell in cells.values()], "Int64"),
        "status": _typed([cell.status.value for cell in cells.values()], "str"),
        "status_text": _typed([wording.status(cell, say) for cell in cells.values()], "str"),
        "remarks": _typed([_remarks(cell, say) for cell in cells.values()], "str"),
    }
    if measure.kind != "index":
        del found["low"], found["high"]
    return pd.DataFrame(found).set_axis(pd.Index(list(cells), name="adcode"))


def _remarks(cell: Cell, say: Texts) -> str | None:
    return tables.remarks(cell, say) or None


def _typed(values: list, dtype: str) -> pd.Series:
    return pd.Series(values, dtype=dtype)


def frame(
    measure_id: str, say: Texts, year: int | None = None, coordinates: str = "wgs84"
) -> gpd.GeoDataFrame:
    """The units with the columns of a measure, the shapes last."""
    own = units(coordinates)
    joined = own.drop(columns="geometry").join(columns(measure_id, say, year))
    return gpd.GeoDataFrame(joined, geometry=own.geometry)
