"""The tables of the atlas as a Data Package: files with a descriptor that says what each holds.

The tables that the atlas reads go in as they stand, with their own descriptors
(data/datapackage.json). Two more hold what it makes of them: every cell, and every measure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from geo import csvsafe, tables
from geo.cells import Status
from geo.dataset import DATA
from geo.exports.workbook import meaning_pairs
from geo.measures import all_measures, snapshot_of
from geo.text import LANGUAGES, translator

FOLDER: Final = "tables"
CELLS: Final = "figures"
MEASURES: Final = "figure_measures"
MIT: Final = {"name": "MIT", "title": "MIT License", "path": "licences/boundaries.txt"}
STATUSES: Final = [status.value for status in Status]

# Fields of the two tables: type, and what stands there.
CELL_FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "measure": ("string", "key of the measure, in figure_measures"),
    "adcode": ("string", "code of the province, in provinces"),
    "year": ("integer", "year of the figure, or edition of the report"),
    "value": ("number", "the figure in the unit of its measure; empty where there is none"),
    "rank": ("integer", "place, highest first; ties share the better one"),
    "of": ("integer", "how many were ranked"),
    "low": ("integer", "best place over choices of method, of the open index alone"),
    "high": ("integer", "last place over choices of method, of the open index alone"),
    "status": ("string", "what kind of statement the cell makes"),
    "remarks_en": ("string", "what to mind, in English"),
    "remarks_zh": ("string", "what to mind, in Chinese"),
}
MEASURE_FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "measure": ("string", "key"),
    "kind": ("string", "report, index or indicator: who made the figures"),
    "dimension": ("string", "dimension of the index, comprehensive or context"),
    "name_en": ("string", "name in English"),
    "name_zh": ("string", "name in Chinese"),
    "unit_en": ("string", "unit in English; empty for published ranks"),
    "unit_zh": ("string", "unit in Chinese; empty for published ranks"),
    "first_year": ("integer", "first year"),
    "last_year": ("integer", "last year"),
    "definition_en": ("string", "what the figures are and whose, in English"),
    "definition_zh": ("string", "what the figures are and whose, in Chinese"),
}


def table_files() -> dict[str, bytes]:
    """The tables by their path in the package, as CSV."""
    read = {
        resource["path"]: (DATA / resource["path"]).read_bytes()
        for resource in _read_descriptor()["resources"]
    }
    bodies = {f"{CELLS}.csv": _cells_csv(), f"{MEASURES}.csv": _measures_csv()}
    return {f"{FOLDER}/{name}": body for name, body in sorted({**bodies, **read}.items())}


def build_descriptor(members: Mapping[str, bytes], others: Mapping[str, str]) -> bytes:
    """datapackage.json over the tables and over other files, each with its size and checksum.

    members: the bodies of all files by path; others: what each file that is no table is, by path.
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
            "licenses": [MIT],
            **_size_and_checksum(members[path]),
        }
        for path, title in others.items()
    ]
    text = json.dumps({**package, "resources": resources}, ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def _read_descriptor() -> dict[str, Any]:
    return json.loads((DATA / "datapackage.json").read_text("utf-8"))


def _size_and_checksum(body: bytes) -> dict[str, object]:
    return {"bytes": len(body), "hash": f"sha256:{hashlib.sha256(body).hexdigest()}"}


def _cells_csv() -> bytes:
    languages = [translator(lang) for lang in LANGUAGES]
    rows = [
        [
            measure.id,
            cell.adcode,
            year,
            tables.file_value(cell.value),
            cell.rank,
            cell.of,
            cell.low,
            cell.high,
            cell.status.value,
            *(tables.join_cell_remarks(cell, t) for t in languages),
        ]
        for measure in all_measures().values()
        for year in measure.years
        for cell in snapshot_of(measure.id, year).cells.values()
    ]
    return csvsafe.to_csv([list(CELL_FIELDS), *rows]).encode()


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
        for measure in all_measures().values()
    ]
    return csvsafe.to_csv([list(MEASURE_FIELDS), *rows]).encode()


def _built_tables() -> list[dict[str, Any]]:
    """The descriptors of the two tables that the atlas makes, formed like those it reads."""
    shared = {
        "type": "table",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "issuer": "the atlas, from the tables beside it",
        "sources": [{"title": "the tables beside it, each with its own sources"}],
        "years": "2016 to 2024",
        "caveat_en": "The open index is a reckoning of the atlas, not of the report. Figures that"
        " look wrong are kept as published and bear the status doubtful.",
        "caveat_zh": "开放指数系本图集自行计算，并非报告的指数。"
        "看似有误的数据照录，并以 doubtful 标明。",
    }
    cells = {
        "name": CELLS,
        "path": f"{CELLS}.csv",
        "title": "Every cell: measure, province and year",
        "title_zh": "全部数据：指标、省份、年份",
        "description": "A row for each measure, province and year, also where there is no figure:"
        " the status says what kind of statement the cell makes.",
        "rows": 34 * sum(len(measure.years) for measure in all_measures().values()),
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
        "description": "The measures that the cells belong to, and whose figures they use.",
        "rows": len(all_measures()),
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
