"""Reading of the attributes of GeoJSON features; the geometry is ignored.

The text is parsed as plain JSON. A geographic library might open other files or addresses that
the content names.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from geo.text import N_, InputError
from geo.upload.files import (
    Cell,
    RowCollector,
    SourceTable,
    clean_line,
    quote_for_message,
)
from geo.upload.limits import check_limit, limit_of

TOO_DEEP: Final = N_(
    "The brackets of the file lie more than {most} deep. Save it as plain GeoJSON, a"
    " FeatureCollection with simple properties."
)
TOO_MANY_BRACKETS: Final = N_(
    "The file has more than {most} pairs of brackets. Remove the geometry: only "
    "the properties are read."
)
NO_JSON: Final = N_("Line {line} of the file is not JSON. Save the file again.")
NO_FEATURES: Final = N_(
    "The file is JSON, but not a FeatureCollection of GeoJSON. Save the layer as GeoJSON."
)
NO_FEATURE: Final = N_(
    "Feature {row} is not a Feature of GeoJSON with properties. Save the layer again as GeoJSON."
)
NO_PROPERTIES: Final = N_(
    "The file has no feature with properties. Save the layer as GeoJSON with its attributes."
)
TWICE: Final = N_(
    "The property “{name}” appears twice in one feature. Give each property its own name."
)
NOT_FINITE: Final = N_(
    "The file holds “{value}”, which is not a number. Remove the property, or "
    "put null, where there is no value."
)
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*+"')
_BRACKET: Final = re.compile(r"[\[\]{}]")


class _TwiceError(ValueError):
    """A name occurs twice in one object."""


class _NotFiniteError(ValueError):
    """A number is not finite."""


def collect_records(records: list[dict[str, Any]], encoding: str) -> SourceTable:
    """Return the properties of features, one feature per row.

    Lists and objects among the properties become text. Raises InputError when there are none, or
    beyond a limit.
    """
    names = list(dict.fromkeys(name for values in records for name in values))
    if not names:
        raise InputError(NO_PROPERTIES)
    rows = RowCollector()
    rows.add_row([clean_line(name) for name in names], 1)
    for number, record in enumerate(records, start=2):
        rows.add_row([property_cell(record.get(name)) for name in names], number)
    return SourceTable("geojson", rows.all_rows(), encoding=encoding)


def _check_depth(text: str) -> None:
    depth = pairs = 0
    for bracket in _BRACKET.finditer(_STRING.sub("", text)):
        if bracket[0] in "]}":
            depth -= 1
            continue
        depth += 1
        pairs += 1
        if depth > limit_of("depth"):
            check_limit("depth", depth, TOO_DEEP)
        if pairs > limit_of("brackets"):
            check_limit("brackets", pairs, TOO_MANY_BRACKETS)


def parse_json(text: str, constants_as_text: bool = False) -> Any:
    """Return the content of a JSON text, after a check of the number and depth of brackets.

    constants_as_text: whether NaN and Infinity, which Python and R write, become texts, which are
    gaps in a table. Raises InputError with the line of invalid JSON, and for duplicate names,
    other numbers that are not finite, and exceeded limits.
    """
    _check_depth(text)
    constant = str if constants_as_text else _reject_constant
    try:
        return json.loads(text, object_pairs_hook=_unique_keys, parse_constant=constant)
    except _TwiceError as error:
        raise InputError(TWICE, name=quote_for_message(error)) from None
    except _NotFiniteError as error:
        raise InputError(NOT_FINITE, value=quote_for_message(error)) from None
    except json.JSONDecodeError as error:
        raise InputError(NO_JSON, line=error.lineno) from None
    except (ValueError, RecursionError):
        # An integer with thousands of digits, which Python refuses to parse.
        raise InputError(NO_JSON, line=1) from None


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return values


def _reject_constant(constant: str) -> Any:
    raise _NotFiniteError(constant)


def find_features(document: Any) -> list[dict[str, Any]]:
    """Return the properties of the features of a FeatureCollection.

    The ``id`` of the features is one too, unless a property has that name. Raises InputError when
    the document is no such collection.
    """
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise InputError(NO_FEATURES)
    features = document.get("features")
    if not isinstance(features, list):
        raise InputError(NO_FEATURES)
    rows = []
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise InputError(NO_FEATURE, row=number)
        value = feature.get("properties")
        if value is not None and not isinstance(value, dict):
            raise InputError(NO_FEATURE, row=number)
        value = value or {}
        name = feature.get("id")
        rows.append({"id": name, **value} if isinstance(name, (str, int)) else value)
    return rows


def property_cell(value: Any) -> Cell:
    """Return a value of JSON as a cell. Raises InputError for a number that is not finite."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        try:
            return float(value)
        except OverflowError:
            raise InputError(NOT_FINITE, value=quote_for_message(value)) from None
    if isinstance(value, str):
        return clean_line(value)
    return clean_line(json.dumps(value, ensure_ascii=False))
