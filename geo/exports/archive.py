"""The archive of all data: tables with a Data Package, README, workbooks, geographic files."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.analysis import (
    ATLAS_NAME,
    BOUNDARY_LICENCE,
    file_value,
    join_cell_remarks,
    known_gaps,
    licence_lines,
    published_measures,
)
from geo.exports.geographic import (
    LINES,
    boundary_lines,
    unit_shapes,
    write_geojson,
    write_geopackage,
    write_topojson,
)
from geo.exports.workbooks import full_workbook, meaning_pairs
from geo.exports.zip_files import pack_zip
from geo.index import OWNER_NOTE
from geo.measures import STATUS_NOTES, Status, status_name
from geo.tables import DATA_DIR, to_csv
from geo.text import LANGUAGES, N_, Translator, translator

FOLDER: Final = "tables"
CELLS: Final = "values"
MEASURES: Final = "value_measures"
STATUSES: Final = [status.value for status in Status]

# Fields of the two tables: type and description.
CELL_FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "measure": ("string", "key of the measure, in value_measures"),
    "adcode": ("string", "code of the province, in provinces"),
    "year": ("integer", "year of the value, or edition of the report"),
    "value": ("number", "the value in the unit of its measure; empty where it is not available"),
    "rank": ("integer", "rank, highest first; ties share the better one"),
    "of": ("integer", "how many were ranked"),
    "low": ("integer", "best rank over choices of method, only of the open index"),
    "high": ("integer", "lowest rank over choices of method, only of the open index"),
    "status": ("string", "status of the value"),
    "remarks_en": ("string", "notes on use, in English"),
    "remarks_zh": ("string", "notes on use, in Chinese"),
}
MEASURE_FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "measure": ("string", "key"),
    "kind": ("string", "report, index or indicator: who issued the values"),
    "dimension": ("string", "dimension of the index, comprehensive or context"),
    "name_en": ("string", "name in English"),
    "name_zh": ("string", "name in Chinese"),
    "unit_en": ("string", "unit in English; empty for published ranks"),
    "unit_zh": ("string", "unit in Chinese; empty for published ranks"),
    "first_year": ("integer", "first year"),
    "last_year": ("integer", "last year"),
    "definition_en": ("string", "what the values are, and their source, in English"),
    "definition_zh": ("string", "what the values are, and their source, in Chinese"),
}
FILES: Mapping[str, str] = {
    "tables/values.csv": N_(
        "Every measure, province and year in one long table, with rank, status and remarks."
    ),
    "tables/value_measures.csv": N_("All measures with names, unit, definition and sources."),
    "tables/*.csv": N_(
        "The tables as the atlas reads them: published data in base units, the catalogue "
        "of sources, the report’s ranks and facts, doubtful values, breaks."
    ),
    "datapackage.json": N_(
        "What each table contains: fields, types, units, issuing bodies (a Frictionless "
        "Data Package)."
    ),
    "values-en.xlsx, values-zh.xlsx": N_(
        "The same data as a workbook, with definitions and sources."
    ),
    "atlas.gpkg": N_(
        "GeoPackage in WGS 84: provinces, boundary lines, and the data as a table to "
        "join by adcode."
    ),
    "boundaries.geojson, boundary-lines.geojson": N_("The same boundaries as GeoJSON, WGS 84."),
    "boundaries-albers.topojson": N_(
        "The boundaries as the maps draw them: TopoJSON in an equal-area plane (Albers, metres)."
    ),
    "licences/": N_("Sources of data, boundaries and software, and their terms of use."),
}
ROOT: Final = Path(__file__).parent.parent.parent
NAME: Final = "digital-china-atlas.zip"
BOUNDARY_NOTICE: Final = "licences/boundaries.txt"
LICENCES: Final = {
    "licences/atlas.txt": ROOT / "NOTICE",
    BOUNDARY_NOTICE: BOUNDARY_LICENCE.notice,
}
OTHERS: Final = {
    "boundaries.geojson": "China’s 34 provincial units, WGS 84",
    "boundary-lines.geojson": "Boundary lines, WGS 84",
    "boundaries-albers.topojson": "Provincial units and boundary lines, Albers equal-area plane",
    "atlas.gpkg": "Provincial units, boundary lines and all values, WGS 84",
}
UNITS: Final = "provinces"


def table_files() -> dict[str, bytes]:
    """The tables as CSV, by their path in the package."""
    read = {
        resource["path"]: (DATA_DIR / resource["path"]).read_bytes()
        for resource in _read_descriptor()["resources"]
    }
    bodies = {f"{CELLS}.csv": _cells_csv(), f"{MEASURES}.csv": _measures_csv()}
    return {f"{FOLDER}/{name}": body for name, body in sorted({**bodies, **read}.items())}


def build_descriptor(members: Mapping[str, bytes], others: Mapping[str, str]) -> bytes:
    """The content of datapackage.json: all tables and files with size and checksum.

    members: the bodies of all files by path; others: descriptions of the files that are not tables,
    by path.
    """
    package = _read_descriptor()
    resources = [
        {
            **resource,
            "path": f"{FOLDER}/{resource['path']}",
            **_size_and_checksum(members[f"{FOLDER}/{resource['path']}"]),
        }
        for resource in (*package["resources"], *_built_tables())
    ]
    resources += [
        {
            "name": path.replace(".", "-").replace("/", "-"),
            "path": path,
            "title": title,
            "format": path.rpartition(".")[2],
            "licenses": [
                {
                    "name": BOUNDARY_LICENCE.id,
                    "title": BOUNDARY_LICENCE.title,
                    "path": BOUNDARY_NOTICE,
                }
            ],
            **_size_and_checksum(members[path]),
        }
        for path, title in others.items()
    ]
    text = json.dumps({**package, "resources": resources}, ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def _read_descriptor() -> dict[str, Any]:
    return json.loads((DATA_DIR / "datapackage.json").read_text("utf-8"))


def _size_and_checksum(body: bytes) -> dict[str, object]:
    return {"bytes": len(body), "hash": f"sha256:{hashlib.sha256(body).hexdigest()}"}


def _cells_csv() -> bytes:
    languages = [translator(lang) for lang in LANGUAGES]
    rows = [
        [
            measure.id,
            cell.adcode,
            year,
            file_value(cell.value),
            cell.rank,
            cell.of,
            cell.low,
            cell.high,
            cell.status.value,
            *(join_cell_remarks(cell, t) for t in languages),
        ]
        for measure in published_measures().values()
        for year in measure.years
        for cell in measure.snapshot(year).cells.values()
    ]
    return to_csv([list(CELL_FIELDS), *rows]).encode()


def _measures_csv() -> bytes:
    languages = [translator(lang) for lang in LANGUAGES]
    rows = [
        [
            measure.id,
            measure.kind,
            measure.dimension,
            measure.name_en,
            measure.name_zh,
            measure.unit_en,
            measure.unit_zh,
            measure.years[0],
            measure.years[-1],
            *(
                "; ".join(
                    f"{head}: {text}" for head, text in meaning_pairs(measure, measure.years, t)
                )
                for t in languages
            ),
        ]
        for measure in published_measures().values()
    ]
    return to_csv([list(MEASURE_FIELDS), *rows]).encode()


def _built_tables() -> list[dict[str, Any]]:
    """The descriptors of the two tables that the atlas builds, in the form of its input tables."""
    shared = {
        "type": "table",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "issuer": "the atlas, from the tables beside it",
        "sources": [{"title": "the tables beside it, each with its own sources"}],
        "years": "2016 to 2024",
        "caveat_en": "The open index is a calculation of the atlas, not of the report. Figures that"
        " look wrong are kept as published and bear the status doubtful.",
        "caveat_zh": "开放指数系本图集自行计算，并非报告的指数。"
        "看似有误的数据照录，并以 doubtful 标明。",
    }
    cells = {
        "name": CELLS,
        "path": f"{CELLS}.csv",
        "title": "Every cell: measure, province and year",
        "title_zh": "全部数据：指标、省份、年份",
        "description": "A row for each measure, province and year, also without a value: the"
        " status says why.",
        "rows": 34 * sum(len(measure.years) for measure in published_measures().values()),
        "schema": _table_schema(
            CELL_FIELDS,
            ["measure", "adcode", "year"],
            {"measure": (MEASURES, "measure"), "adcode": ("provinces", "adcode")},
        ),
    }
    listed = {
        "name": MEASURES,
        "path": f"{MEASURES}.csv",
        "title": "Every measure: names, unit, definition and sources",
        "title_zh": "全部指标：名称、单位、定义与来源",
        "description": "The measures that the cells belong to, and the sources that they use.",
        "rows": len(published_measures()),
        "schema": _table_schema(MEASURE_FIELDS, ["measure"], {}),
    }
    return [{**shared, **cells}, {**shared, **listed}]


def _table_schema(
    lines: Mapping[str, tuple[str, str]], key: list[str], foreign: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    fields: list[dict[str, Any]] = [
        {"name": name, "type": kind, "description": text} for name, (kind, text) in lines.items()
    ]
    for field in fields:
        if field["type"] != "string":
            field["unit"] = "as the measure says" if field["name"] == "value" else "count"
        if field["name"] == "status":
            field["constraints"] = {"enum": STATUSES, "required": True}
        if field["name"] in key:
            field["constraints"] = {"required": True}
    return {
        "fields": fields,
        "primaryKey": key,
        "foreignKeys": [
            {"fields": [name], "reference": {"resource": table, "fields": [field]}}
            for name, (table, field) in foreign.items()
        ],
    }


def build_readme() -> bytes:
    """The README in every language, one after the other, as Markdown."""
    return "\n---\n\n".join(_readme_in(translator(lang)) for lang in LANGUAGES).encode()


def _readme_in(t: Translator) -> str:
    parts = [
        f"# {t(ATLAS_NAME)}",
        t(
            N_(
                "All data of the atlas: the ranks published in the Digital China Construction "
                "and Development Report (2017), open official data by province, 2016 to 2024, "
                "and the open index calculated by this atlas."
            )
        ),
        _section(t(N_("Files")), [f"`{name}`: {t(text)}" for name, text in FILES.items()]),
        _section(
            t(N_("Status of each value")),
            [_status_line(status, t) for status in Status],
        ),
        _section(t(N_("Notes on use")), caveats(t)),
        _section(t(N_("What is not available")), known_gaps(t)),
        _section(t(N_("Licences and credits")), licence_lines(t)),
    ]
    return "\n\n".join(parts) + "\n"


def _status_line(status: Status, t: Translator) -> str:
    return f"`{status.value}`: {status_name(status, t)}. {t(STATUS_NOTES[status])}"


def _section(title: str, lines: list[str]) -> str:
    return "\n".join([f"## {title}", "", *(f"- {line}" for line in lines)])


def caveats(t: Translator) -> list[str]:
    """The caveats for anyone who uses the data without the pages."""
    return [
        t(OWNER_NOTE),
        t(N_("This atlas, not the report, assigns the indicators to dimensions.")),
        t(STATUS_NOTES[Status.DOUBTFUL]),
        t(
            N_(
                "Do not calculate areas or densities from the boundaries: reefs and estuaries "
                "distort them. Land areas are among the data."
            )
        ),
    ]


def build_archive() -> bytes:
    """Build the archive as a zip. The same data give the same bytes."""
    tables = table_files()
    units, lines = unit_shapes(), boundary_lines()
    layers = {
        UNITS: units,
        LINES: lines,
        CELLS: _plain_layer(tables, CELLS),
        MEASURES: _plain_layer(tables, MEASURES),
    }
    members = {
        **{f"values-{lang}.xlsx": full_workbook(translator(lang)) for lang in LANGUAGES},
        "boundaries.geojson": write_geojson(units, title=OTHERS["boundaries.geojson"]),
        "boundary-lines.geojson": write_geojson(lines, title=OTHERS["boundary-lines.geojson"]),
        "boundaries-albers.topojson": write_topojson(),
        "atlas.gpkg": write_geopackage(layers, DESCRIPTION=OTHERS["atlas.gpkg"]),
        **tables,
        **{name: path.read_bytes() for name, path in LICENCES.items()},
    }
    bodies = {
        "README.md": build_readme(),
        "datapackage.json": build_descriptor(members, OTHERS),
    }
    return pack_zip({**bodies, **members})


def _plain_layer(tables: dict[str, bytes], name: str) -> pd.DataFrame:
    """A table of the package as a layer without geometry, with the types of its fields."""
    fields = CELL_FIELDS if name == CELLS else MEASURE_FIELDS
    kinds = {"string": "str", "integer": "Int64", "number": "float64"}
    types = {field: kinds[kind] for field, (kind, _) in fields.items()}
    body = tables[f"{FOLDER}/{name}.csv"]
    return pd.read_csv(io.BytesIO(body), encoding="utf-8-sig", dtype=types)
