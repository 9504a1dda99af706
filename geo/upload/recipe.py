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
from geo.upload.choices import CHOICE_NAMES, Choices
from geo.upload.geojson import parsed
from geo.upload.limits import check
from geo.upload.own import OwnMeasure
from geo.upload.raw import Raw, echo
from geo.upload.session import OwnTable, OwnTables

KIND: Final = "digital-china-atlas/own-data"
VERSION: Final = 1
FILE_NAME: Final = "digital-china-atlas-own-data.json"
HEAD: Final = ("kind", "version", "tables")
TABLE: Final = ("name", "data", "choices", "measures")
MEASURE: Final = {field.name: field.type for field in fields(OwnMeasure)}
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


def to_json(tables: OwnTables) -> str:
    """The tables of a session as the text of a file, their bytes in base64."""
    found = [
        {
            "name": table.raw.name,
            "data": base64.b64encode(table.raw.data).decode("ascii"),
            "choices": asdict(table.choices),
            "measures": [asdict(own) for own in table.measures],
        }
        for table in tables.tables
    ]
    return json.dumps({"kind": KIND, "version": VERSION, "tables": found}, indent=1) + "\n"


def from_json(data: bytes) -> OwnTables:
    """The tables of a file.

    Raises InputError when the file is too big, is no recipe (with the place that does not fit),
    or holds a table, a choice or a measure that would be refused on its own.
    """
    check("recipe_bytes", len(data), TOO_BIG)
    try:
        found = parsed(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _misfit("1", "JSON") from None
    own = _object(found, "1", HEAD)
    if own["kind"] != KIND:
        raise _misfit("kind", f'"{KIND}"')
    if own["version"] != VERSION or isinstance(own["version"], bool):
        raise _misfit("version", str(VERSION))
    tables = OwnTables()
    for number, table in enumerate(_list(own["tables"], "tables")):
        tables = tables.add(_table(table, f"tables[{number}]"))
    return tables


def _table(found: Any, place: str) -> OwnTable:
    own = _object(found, place, TABLE)
    if not isinstance(own["name"], str):
        raise _misfit(f"{place}.name", '"…"')
    try:
        data = base64.b64decode(own["data"], validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise _misfit(f"{place}.data", "base64") from None
    measures = [
        _measure(one, f"{place}.measures[{number}]")
        for number, one in enumerate(_list(own["measures"], f"{place}.measures"))
    ]
    return OwnTable(Raw(own["name"], data), _choices(own["choices"], place), tuple(measures))


def _choices(found: Any, place: str) -> Choices:
    place = f"{place}.choices"
    own = _object(found, place, CHOICE_NAMES)
    kinds = {"kept": int, "left_out": int, "notations": list, "mapped": list}
    for name, kind in kinds.items():
        for number, item in enumerate(_list(own[name], f"{place}.{name}")):
            pair = isinstance(item, list) and len(item) == 2
            if not isinstance(item, kind) or (kind is list and not pair):
                expected = '[1, "…"]' if kind is list else "1"
                raise _misfit(f"{place}.{name}[{number}]", expected)
        own[name] = tuple(tuple(item) if kind is list else item for item in own[name])
    return Choices(**own)


def _measure(found: Any, place: str) -> OwnMeasure:
    own = _object(found, place, tuple(MEASURE))
    for name, value in own.items():
        types = TYPES[str(MEASURE[name])]
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            raise _misfit(f"{place}.{name}", str(MEASURE[name]))
    return OwnMeasure(**own)


def _object(found: Any, place: str, names: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(found, dict) or set(found) != set(names):
        raise _misfit(place, "{" + ", ".join(f'"{name}": …' for name in names) + "}")
    return dict(found)


def _list(found: Any, place: str) -> list[Any]:
    if not isinstance(found, list):
        raise _misfit(place, "[…]")
    return found


def _misfit(place: str, expected: str) -> InputError:
    return InputError(MISFIT, place=echo(place), expected=expected)
