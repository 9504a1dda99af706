"""Reading and validation of a table by its descriptor (Frictionless Table Schema).

The descriptors are in data/datapackage.json. The tests check the tables with the frictionless
library; at startup this module checks them from the same file in a tenth of the time. It raises
the first fault, with file, row and column.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.text import N_, DataError

Descriptor = Mapping[str, Any]
FIRST_ROW: Final = 2  # the first record is in row 2 of a spreadsheet
# int() and float() also accept "1_000", " 12 " and full-width digits, which no table may hold.
_NUMERALS: Final = {
    "integer": re.compile(r"-?[0-9]+"),
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"),
}


def read_table(folder: Path, resource: Descriptor) -> pd.DataFrame:
    """Return a table with typed columns: str ('' where empty), int64, float64 (nan where empty).

    Raises DataError when the file is missing, when its header or number of rows differs from the
    descriptor, or when a cell violates the type or a constraint of its field.
    """
    file = str(resource["path"])
    fields = resource["schema"]["fields"]
    names = [field["name"] for field in fields]
    rows = _read_csv_rows(folder / file)
    if not rows or rows[0] != names:
        raise DataError(
            N_("{file}: the header of the table must be {columns}."),
            file=file,
            columns=", ".join(names),
        )
    for number, row in enumerate(rows[1:], start=FIRST_ROW):
        if len(row) != len(names):
            raise DataError(
                N_("{file}, row {row}: {found} cells instead of {wanted}."),
                file=file,
                row=number,
                found=len(row),
                wanted=len(names),
            )
    if len(rows) - 1 != resource["rows"]:
        raise DataError(
            N_("{file}: {found} rows instead of the {wanted} of datapackage.json."),
            file=file,
            found=len(rows) - 1,
            wanted=resource["rows"],
        )
    columns = zip(*rows[1:], strict=True)
    frame = pd.DataFrame(
        {
            field["name"]: _typed_column(file, field, list(cells))
            for field, cells in zip(fields, columns, strict=True)
        }
    )
    _check_unique(file, frame, resource["schema"]["primaryKey"])
    return frame


def _read_csv_rows(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file, strict=True))
    except FileNotFoundError as error:
        raise DataError(N_("{file} is missing from the data folder."), file=path.name) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        # The text of an OSError names folders of the machine: show the reader the cause only.
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DataError(
            N_("{file} cannot be read: {reason}."), file=path.name, reason=reason
        ) from error


def _typed_column(file: str, field: Descriptor, cells: list[str]) -> pd.Series:
    """Return the typed cells of one column, each checked against the field."""
    check = _cell_parser(field)
    values = []
    for number, cell in enumerate(cells, start=FIRST_ROW):
        try:
            values.append(check(cell))
        except _FaultError as fault:
            place = {"file": file, "row": number, "column": field["name"], "cell": cell[:60]}
            raise DataError(fault.message, **place, **fault.slots) from None
    if field.get("constraints", {}).get("unique"):
        _check_unique(file, pd.DataFrame({field["name"]: values}), [field["name"]])
    return pd.Series(values, dtype=_DTYPES[field["type"]] if None not in values else "float64")


class _FaultError(ValueError):
    """A fault of a cell; ``_typed_column`` adds file, row and column."""

    def __init__(self, message: str, **slots: object) -> None:
        super().__init__(message)
        self.message, self.slots = message, slots


_DTYPES: Final = {"string": "object", "integer": "int64", "number": "float64"}


def _cell_parser(field: Descriptor) -> Callable[[str], Any]:
    """Return a function that converts a cell and raises _FaultError for an invalid one."""
    rules = field.get("constraints", {})
    convert = {"string": str, "integer": int, "number": float}[field["type"]]
    pattern = re.compile(rules["pattern"]) if "pattern" in rules else None
    allowed = frozenset(rules["enum"]) if "enum" in rules else None
    lowest, highest = rules.get("minimum", -math.inf), rules.get("maximum", math.inf)

    def check(cell: str) -> Any:
        if cell == "":
            if rules.get("required"):
                raise _FaultError(N_("{file}, row {row}, column {column}: the cell is empty."))
            return "" if convert is str else None
        if convert is not str and not _NUMERALS[field["type"]].fullmatch(cell):
            raise _FaultError(
                N_("{file}, row {row}, column {column}: “{cell}” is not of the type {type}."),
                type=field["type"],
            )
        value = convert(cell)
        if allowed is not None and value not in allowed:
            raise _FaultError(
                N_("{file}, row {row}, column {column}: “{cell}” is not one of {allowed}."),
                allowed=", ".join(sorted(allowed)),
            )
        if pattern is not None and not pattern.fullmatch(cell):
            raise _FaultError(
                N_("{file}, row {row}, column {column}: “{cell}” does not match {pattern}."),
                pattern=pattern.pattern,
            )
        if convert is not str and not (lowest <= value <= highest and math.isfinite(value)):
            raise _FaultError(
                N_(
                    "{file}, row {row}, column {column}: “{cell}” is not between {lowest} and "
                    "{highest}."
                ),
                lowest=lowest,
                highest=highest,
            )
        return value

    return check


def _check_unique(file: str, frame: pd.DataFrame, key: list[str]) -> None:
    again = frame.duplicated(key)
    if again.any():
        row = int(again.to_numpy().argmax())
        raise DataError(
            N_("{file}, row {row}, column {column}: “{cell}” appears twice."),
            file=file,
            row=row + FIRST_ROW,
            column=", ".join(key),
            cell=", ".join(str(frame[name].iloc[row]) for name in key),
        )


def check_references(tables: Mapping[str, pd.DataFrame], resource: Descriptor) -> None:
    """Check the foreign keys of a table. Raises DataError at the first without a target."""
    frame = tables[resource["name"]]
    for foreign in resource["schema"]["foreignKeys"]:
        names, reference = foreign["fields"], foreign["reference"]
        known = set(_key_tuples(tables[reference["resource"]], reference["fields"]))
        for place, key in enumerate(_key_tuples(frame, names)):
            if key not in known and any(key):
                raise DataError(
                    N_("{file}, row {row}, column {column}: “{cell}” is not in {other}."),
                    file=resource["path"],
                    row=place + FIRST_ROW,
                    column=", ".join(names),
                    cell=", ".join(str(part) for part in key),
                    other=f"{reference['resource']}.csv",
                )


def _key_tuples(frame: pd.DataFrame, names: list[str]) -> list[tuple[object, ...]]:
    return list(zip(*(frame[name].tolist() for name in names), strict=True))
