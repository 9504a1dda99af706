"""All figures in one zip: tables with a Data Package, workbooks, geographical files, licences."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import pandas as pd

from geo.exports import archive, geofiles, package, readme, shapes, workbook
from geo.exports.geofiles import LINES
from geo.text import LANGUAGES, translator

ROOT: Final = Path(__file__).parent.parent.parent
NAME: Final = "digital-china-atlas.zip"
LICENCES: Final = {
    "licences/atlas.txt": ROOT / "NOTICE",
    "licences/boundaries.txt": ROOT / "data" / "boundaries" / "NOTICE",
}
OTHERS: Final = {
    "boundaries.geojson": "China’s 34 provincial units, WGS 84",
    "boundary-lines.geojson": "Boundary lines, WGS 84",
    "boundaries-albers.topojson": "Provincial units and boundary lines, Albers equal-area plane",
    "atlas.gpkg": "Provincial units, boundary lines and all figures, WGS 84",
}
UNITS: Final = "provinces"


def build_archive() -> bytes:
    """All of it. The same data give the same bytes."""
    tables = package.table_files()
    units, lines = shapes.unit_shapes(), shapes.boundary_lines()
    layers = {
        UNITS: units,
        LINES: lines,
        package.CELLS: _plain_layer(tables, package.CELLS),
        package.MEASURES: _plain_layer(tables, package.MEASURES),
    }
    members = {
        **{f"figures-{lang}.xlsx": workbook.full_workbook(translator(lang)) for lang in LANGUAGES},
        "boundaries.geojson": geofiles.write_geojson(units, title=OTHERS["boundaries.geojson"]),
        "boundary-lines.geojson": geofiles.write_geojson(
            lines, title=OTHERS["boundary-lines.geojson"]
        ),
        "boundaries-albers.topojson": geofiles.write_topojson(),
        "atlas.gpkg": geofiles.write_geopackage(layers, DESCRIPTION=OTHERS["atlas.gpkg"]),
        **tables,
        **{name: path.read_bytes() for name, path in LICENCES.items()},
    }
    bodies = {
        "README.md": readme.build_readme(),
        "datapackage.json": package.build_descriptor(members, OTHERS),
    }
    return archive.pack_zip({**bodies, **members})


def _plain_layer(tables: dict[str, bytes], name: str) -> pd.DataFrame:
    """A table of the package as a layer without shapes, with the types that its fields have."""
    fields = package.CELL_FIELDS if name == package.CELLS else package.MEASURE_FIELDS
    kinds = {"string": "str", "integer": "Int64", "number": "float64"}
    types = {field: kinds[kind] for field, (kind, _) in fields.items()}
    body = tables[f"{package.FOLDER}/{name}.csv"]
    return pd.read_csv(io.BytesIO(body), encoding="utf-8-sig", dtype=types)
