"""A session's tables as a file to keep, and back: the bytes, the choices and the measures.

JSON with the tables inside, so that nothing is lost by a restart. What comes back is made anew
from the bytes, through the same checks as when it was first brought.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import asdict, fields
from typing import Any, Final

from geo.errors import InputError
from geo.text import N_
from geo.upload.choices import OPTION_NAMES, ImportOptions
from geo.upload.geojson import parse_json
from geo.upload.limits import check_limit
from geo.upload.own import MeasureDefinition
from geo.upload.raw import UploadedFile, quote_for_message
from geo.upload.session import UploadedTable, UploadedTables

KIND: Final = "digital-china-atlas/own-data"
VERSION: Final = 1
FILE_NAME: Final = "digital-china-atlas-own-data.json"
HEAD: Final = ("kind", "version", "tables")
TABLE: Final = ("name", "data", "choices", "measures")
MEASURE: Final = {field.name: field.type for field in fields(MeasureDefinition)}
# What a value of the file may be, by the annotation of the field that it fills.
TYPES: Final[dict[str, tuple[type, ...]]] = {
    "str": (str,), "bool": (bool,), "int": (int,), "float": (int, float),
    "int | None": (int, type(None)),
}  # fmt: skip

MISFIT: Final = N_(
    "The file is no recipe of own data: {place} should be {expected}. Choose a file that was"
    " downloaded from the Data page."
)
TOO_BIG: Final = N_(
    "The file has more than {most}, which no recipe of own data has. Choose a file that was"
    " downloaded from the Data page."
)


def tables_to_json(tables: UploadedTables) -> str:
    """The tables of a session as the text of a file, their bytes in base64."""
    values = [
        {
            "name": table.file.name,
            "data": base64.b64encode(table.file.data).decode("ascii"),
            "choices": asdict(table.options),
            "measures": [asdict(measure) for measure in table.measures],
        }
        for table in tables.tables
    ]
    return json.dumps({"kind": KIND, "version": VERSION, "tables": values}, indent=1) + "\n"


def tables_from_json(data: bytes) -> UploadedTables:
    """The tables of a file.

    Raises InputError when the file is too big, is no recipe (with the place that does not fit),
    or holds a table, a choice or a measure that would be refused on its own.
    """
    check_limit("recipe_bytes", len(data), TOO_BIG)
    try:
        value = parse_json(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _misfit_error("1", "JSON") from None
    values = _check_object(value, "1", HEAD)
    if values["kind"] != KIND:
        raise _misfit_error("kind", f'"{KIND}"')
    if values["version"] != VERSION or isinstance(values["version"], bool):
        raise _misfit_error("version", str(VERSION))
    tables = UploadedTables()
    for number, table in enumerate(_check_list(values["tables"], "tables")):
        tables = tables.with_table(_parse_table(table, f"tables[{number}]"))
    return tables


def _parse_table(value: Any, place: str) -> UploadedTable:
    values = _check_object(value, place, TABLE)
    if not isinstance(values["name"], str):
        raise _misfit_error(f"{place}.name", '"…"')
    try:
        data = base64.b64decode(values["data"], validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise _misfit_error(f"{place}.data", "base64") from None
    measures = [
        _parse_definition(one, f"{place}.measures[{number}]")
        for number, one in enumerate(_check_list(values["measures"], f"{place}.measures"))
    ]
    return UploadedTable(
        UploadedFile(values["name"], data),
        _parse_options(values["choices"], place),
        tuple(measures),
    )


def _parse_options(value: Any, place: str) -> ImportOptions:
    place = f"{place}.choices"
    values = _check_object(value, place, OPTION_NAMES)
    kinds = {"kept": int, "left_out": int, "notations": list, "mapped": list}
    for name, kind in kinds.items():
        for number, item in enumerate(_check_list(values[name], f"{place}.{name}")):
            pair = isinstance(item, list) and len(item) == 2
            if not isinstance(item, kind) or (kind is list and not pair):
                expected = '[1, "…"]' if kind is list else "1"
                raise _misfit_error(f"{place}.{name}[{number}]", expected)
        values[name] = tuple(tuple(item) if kind is list else item for item in values[name])
    return ImportOptions(**values)


def _parse_definition(value: Any, place: str) -> MeasureDefinition:
    answers = _check_object(value, place, tuple(MEASURE))
    for name, answer in answers.items():
        types = TYPES[str(MEASURE[name])]
        if not isinstance(answer, types) or (isinstance(answer, bool) and bool not in types):
            raise _misfit_error(f"{place}.{name}", str(MEASURE[name]))
    return MeasureDefinition(**answers)


def _check_object(value: Any, place: str, names: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != set(names):
        raise _misfit_error(place, "{" + ", ".join(f'"{name}": …' for name in names) + "}")
    return dict(value)


def _check_list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise _misfit_error(place, "[…]")
    return value


def _misfit_error(place: str, expected: str) -> InputError:
    return InputError(MISFIT, place=quote_for_message(place), expected=expected)
