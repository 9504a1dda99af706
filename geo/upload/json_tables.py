"""Tables in JSON: features, records, columns, names with values, lines, JSON-stat, TopoJSON."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Any, Final

from geo.text import N_, InputError
from geo.upload.delimited import decode_text
from geo.upload.files import TOO_MANY_CELLS, RowCollector, SourceTable, UploadedFile
from geo.upload.geojson import (
    NO_FEATURES,
    collect_records,
    find_features,
    parse_json,
    property_cell,
)
from geo.upload.limits import check_limit, limit_of

NO_TABLE: Final = N_(
    "The file is JSON without a table in it: no list of records, no columns, no features with"
    " properties. Save the table as CSV, or as JSON with a record for each province."
)
GEOJSON_TYPES: Final = ("Feature", "Point", "Polygon", "MultiPolygon", "GeometryCollection")
NAME: Final = "name"
VALUE: Final = "value"


def read_json(raw: UploadedFile) -> SourceTable:
    """Return the table in a JSON text, one record, feature or name per row.

    Raises InputError when the text is no JSON or holds no table, and beyond the limits.
    """
    text, encoding = decode_text(raw.data)
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.strip()[0] + line.strip()[-1] == "{}" for line in lines):
        document: Any = parse_json("[" + ",".join(lines) + "]", constants_as_text=True)
    else:
        document = parse_json(text, constants_as_text=True)
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        return collect_records(find_features(document), encoding)
    rows = _rows_of(document)
    if not rows:
        one = isinstance(document, dict) and document.get("type") in GEOJSON_TYPES
        raise InputError(NO_FEATURES if one else NO_TABLE)
    collector = RowCollector()
    for number, row in enumerate(rows, start=1):
        collector.add_row([property_cell(value) for value in row], number)
    return SourceTable("geojson", collector.all_rows(), encoding=encoding)


def _rows_of(document: Any) -> list[list[Any]]:
    """Return heads and rows of a document in one of the shapes that tables have; else none."""
    if isinstance(document, list):
        return _rows_of_list(document)
    if not isinstance(document, dict):
        return []
    known = _rows_of_known_format(document)
    if known is not None:
        return known
    rows = _rows_of_dictionary(document)
    inner = _longest_list(document)
    if len(inner) + 1 > len(rows):
        return _rows_of_list(inner) or rows
    return rows or _rows_of_wrapped(document)


def _rows_of_known_format(document: dict[str, Any]) -> list[list[Any]] | None:
    """Return the rows of TopoJSON, JSON-stat or what pandas writes; None for any other object."""
    if document.get("type") == "Topology":
        layers = document.get("objects")
        entries = list(layers.values()) if isinstance(layers, dict) else []
        shapes = [shape for entry in entries for shape in _shapes_of(entry)]
        return _rows_of_list([properties for s in shapes if (properties := _properties_of(s))])
    inner = document.get("dataset")
    if isinstance(inner, dict) and {"dimension", "value"} <= set(inner):
        return _rows_of_json_stat(inner)
    if document.get("class") == "dataset" or {"dimension", "value"} <= set(document):
        return _rows_of_json_stat(document)
    if isinstance(document.get("columns"), list) and isinstance(document.get("data"), list):
        return _rows_of_split(document)
    return None


def _rows_of_wrapped(document: dict[str, Any], level: int = 1) -> list[list[Any]]:
    """Return the rows of the first object within others that is a table by itself."""
    for value in document.values() if level < limit_of("levels") else ():
        if isinstance(value, dict):
            rows = _rows_of_dictionary(value) or _rows_of_wrapped(value, level + 1)
            if len(rows) > 1:
                return rows
    return []


def _longest_list(value: Any, level: int = 1) -> list[Any]:
    """Return the longest list of records or rows in a document, however it is wrapped."""
    inner = list(value.values()) if isinstance(value, dict) else []
    longest: list[Any] = []
    if isinstance(value, list):
        alike = all(isinstance(entry, dict) for entry in value)
        if value and (alike or (len(value) > 1 and all(isinstance(e, list) for e in value))):
            longest = value
        inner = value if alike else []
    for entry in inner if level < limit_of("levels") else ():
        further = _longest_list(entry, level + 1) if isinstance(entry, (dict, list)) else []
        longest = max(longest, further, key=len)
    return longest


def _rows_of_split(document: dict[str, Any]) -> list[list[Any]]:
    """Return the rows of a document with columns, data and perhaps an index, as pandas writes."""
    index = document.get("index")
    body = [row if isinstance(row, list) else [row] for row in document["data"]]
    if isinstance(index, list) and len(index) == len(body):
        rows = [[label, *row] for label, row in zip(index, body, strict=True)]
        return [["", *document["columns"]], *rows]
    return [document["columns"], *body]


def _shapes_of(entry: Any) -> list[dict[str, Any]]:
    """Return the shapes of an object of TopoJSON: those of a collection, or itself."""
    if not isinstance(entry, dict):
        return []
    shapes = entry.get("geometries")
    if not isinstance(shapes, list):
        return [entry]
    return [shape for shape in shapes if isinstance(shape, dict)]


def _properties_of(shape: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of a shape, with its id unless a property has that name."""
    values, name = shape.get("properties"), shape.get("id")
    values = values if isinstance(values, dict) else {}
    return {"id": name, **values} if isinstance(name, (str, int)) else values


def _rows_of_list(entries: list[Any]) -> list[list[Any]]:
    if entries and all(isinstance(entry, dict) for entry in entries):
        entries = [record for entry in entries for record in _flatten_record(entry)]
        names = list(dict.fromkeys(name for entry in entries for name in entry))
        return [names, *([entry.get(name) for name in names] for entry in entries)]
    if len(entries) > 1 and all(isinstance(entry, list) for entry in entries):
        return entries
    return []


def _flatten_record(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a record with the names of inner objects in one level, once for each inner record."""
    plain: dict[str, Any] = {}
    inner: list[Any] = []
    for name, value in record.items():
        if isinstance(value, dict):
            for key, entry in value.items():
                plain[key if key not in record and key not in plain else f"{name} {key}"] = entry
        elif not inner and isinstance(value, list) and value and _are_records(value):
            inner = value
        else:
            plain[name] = value
    return [{**plain, **entry} for entry in inner] or [plain]


def _are_records(values: list[Any]) -> bool:
    return all(isinstance(value, dict) for value in values)


def _rows_of_dictionary(document: dict[str, Any]) -> list[list[Any]]:
    values = list(document.values())
    if all(isinstance(value, list) for value in values):
        if any(isinstance(entry, (dict, list)) for value in values for entry in value[:1]):
            return []
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
    units = category.get("unit")
    if isinstance(units, dict):
        labels = {
            code: f"{labels.get(code, code)} ({unit['label']})"
            if isinstance(unit, dict) and unit.get("label")
            else labels.get(code, code)
            for code, unit in units.items()
        }
    codes = index if isinstance(index, list) else list(labels)
    return [str(labels.get(code, code)) for code in map(str, codes)]
