"""Tables in JSON: features, records, columns, names with values, lines, JSON-stat, TopoJSON."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Any, Final

from geo.text import InputError
from geo.upload.delimited import decode_text
from geo.upload.files import TOO_MANY_CELLS, RowCollector, SourceTable, UploadedFile
from geo.upload.geojson import (
    NO_FEATURES,
    collect_records,
    find_features,
    parse_json,
    property_cell,
)
from geo.upload.limits import check_limit

WRAPPERS: Final = ("data", "records", "rows", "items", "result", "results", "features", "values")
NAME: Final = "name"
VALUE: Final = "value"


def read_json(raw: UploadedFile) -> SourceTable:
    """Return the table in a JSON text, one record, feature or name per row.

    Raises InputError when the text is no JSON or holds no table, and beyond the limits.
    """
    text, encoding = decode_text(raw.data)
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.strip()[0] + line.strip()[-1] == "{}" for line in lines):
        document: Any = parse_json("[" + ",".join(lines) + "]")
    else:
        document = parse_json(text)
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        return collect_records(find_features(document), encoding)
    rows = _rows_of(document)
    if not rows:
        raise InputError(NO_FEATURES)
    collector = RowCollector()
    for number, row in enumerate(rows, start=1):
        collector.add_row([property_cell(value) for value in row], number)
    return SourceTable("geojson", collector.all_rows(), encoding=encoding)


def _rows_of(document: Any) -> list[list[Any]]:
    """Return heads and rows of a document in one of the shapes that tables have; else none."""
    if not isinstance(document, dict):
        return _rows_of_list(document) if isinstance(document, list) else []
    if document.get("type") == "Topology":
        layers = document.get("objects")
        entries = list(layers.values()) if isinstance(layers, dict) else []
        shapes = [shape for entry in entries for shape in _shapes_of(entry)]
        return _rows_of_list([s["properties"] for s in shapes if _has_properties(s)])
    if document.get("class") == "dataset" or {"dimension", "value"} <= set(document):
        return _rows_of_json_stat(document)
    if isinstance(document.get("columns"), list) and isinstance(document.get("data"), list):
        return _rows_of_split(document)
    for wrapper in WRAPPERS:
        inner = document.get(wrapper)
        if isinstance(inner, (list, dict)) and inner and not isinstance(document.get("type"), str):
            return _rows_of(inner)
    return _rows_of_dictionary(document)


def _rows_of_split(document: dict[str, Any]) -> list[list[Any]]:
    """Return the rows of a document with columns, data and perhaps an index, as pandas writes."""
    index = document.get("index")
    body = [row if isinstance(row, list) else [row] for row in document["data"]]
    if isinstance(index, list) and len(index) == len(body):
        rows = [[label, *row] for label, row in zip(index, body, strict=True)]
        return [["", *document["columns"]], *rows]
    return [document["columns"], *body]


def _shapes_of(entry: Any) -> list[dict[str, Any]]:
    shapes = entry.get("geometries") if isinstance(entry, dict) else None
    return (
        [shape for shape in shapes if isinstance(shape, dict)] if isinstance(shapes, list) else []
    )


def _has_properties(shape: dict[str, Any]) -> bool:
    return isinstance(shape.get("properties"), dict)


def _rows_of_list(entries: list[Any]) -> list[list[Any]]:
    if entries and all(isinstance(entry, dict) for entry in entries):
        names = list(dict.fromkeys(name for entry in entries for name in entry))
        return [names, *([entry.get(name) for name in names] for entry in entries)]
    if len(entries) > 1 and all(isinstance(entry, list) for entry in entries):
        return entries
    return []


def _rows_of_dictionary(document: dict[str, Any]) -> list[list[Any]]:
    values = list(document.values())
    if all(isinstance(value, list) for value in values):
        if len({len(value) for value in values}) == 1:
            return [list(document), *map(list, zip(*values, strict=True))]
        return []
    if all(isinstance(value, dict) for value in values):
        inner = list(dict.fromkeys(name for value in values for name in value))
        rows = [[label, *(value.get(name) for name in inner)] for label, value in document.items()]
        return [["", *inner], *rows]
    if len(values) > 1 and all(isinstance(v, (int, float, str)) or v is None for v in values):
        return [[NAME, VALUE], *([label, value] for label, value in document.items())]
    return []


def _rows_of_json_stat(document: dict[str, Any]) -> list[list[Any]]:
    """Return a row for each combination of categories of a JSON-stat dataset (json-stat.org)."""
    ids, dimensions, values = (document.get(name) for name in ("id", "dimension", "value"))
    if not isinstance(dimensions, dict):
        return []
    ids = ids if isinstance(ids, list) else dimensions.get("id")
    if not isinstance(ids, list) or not all(isinstance(dimensions.get(str(i)), dict) for i in ids):
        return []
    categories = [_categories_of(dimensions[str(name)]) for name in ids]
    count = prod(map(len, categories))
    check_limit("cells", count * (len(ids) + 1), TOO_MANY_CELLS)
    heads = [str(dimensions[str(name)].get("label") or name) for name in ids]
    name = document.get("label")
    name = name if isinstance(name, str) and name else VALUE
    rows: list[list[Any]] = [[*heads, name]]
    for place, labels in enumerate(product(*categories)):
        if isinstance(values, dict):
            value = values.get(str(place))
        else:
            value = values[place] if isinstance(values, list) and place < len(values) else None
        rows.append([*labels, value])
    return rows


def _categories_of(dimension: dict[str, Any]) -> list[str]:
    category = dimension.get("category")
    if not isinstance(category, dict):
        return []
    index, labels = category.get("index"), category.get("label")
    if isinstance(index, dict):
        places = index
        index = sorted(places, key=lambda code: str(places[code]).zfill(12))
    labels = labels if isinstance(labels, dict) else {}
    codes = index if isinstance(index, list) else list(labels)
    return [str(labels.get(code, code)) for code in map(str, codes)]
