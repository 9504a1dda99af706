"""Recipes as part of a URL, and as files to download and load again.

The URL holds only what differs from the default, without characters that need escaping:
``1~outliers-log~dimension_weights-policy_environment.0p5``. The file is JSON with all choices,
its version and a hash of the data it was made with.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, StrictInt, TypeAdapter, ValidationError

from geo.index.inputs import YEAR_SETS
from geo.index.recipe import SWITCHES, WEIGHED, Recipe, choice_error, describe_choice
from geo.limits import MAX_RECIPE_ADDRESS_LENGTH, MAX_RECIPE_FILE_LENGTH
from geo.tables import DATA_DIR
from geo.text import N_, Fault, InputError, exactly, expect, list_faults

VERSION: Final = 1
RECIPE_KIND: Final = "digital-china-atlas/open-index"
FIGURES: Final = ("indicators.csv", "measures.csv", "doubtful.csv", "provinces.csv")
_FIELDS: Final = tuple(field.name for field in fields(Recipe))
_HEAD: Final = ("kind", "version", "data", "year")
_NAMES: Final = (*_HEAD, *_FIELDS)
_NUMBER: Final = re.compile(r"[0-9]{1,4}(p[0-9]{1,4})?")


RECIPE: Final = TypeAdapter(Recipe)


def _check_checksum(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{16}", value):
        raise expect(f'"{dataset_checksum()}"')
    return value


class RecipeFile(BaseModel):
    """What a file of a recipe says besides its choices."""

    kind: Annotated[str, exactly(RECIPE_KIND)]
    version: Annotated[int, exactly(VERSION)]
    data: Annotated[str, BeforeValidator(_check_checksum)]
    year: StrictInt


@dataclass(frozen=True)
class LoadedRecipe:
    """A recipe from a file, its year, and whether it was made with the current data.

    With other data the same choices give other scores; the page shows a note.
    """

    recipe: Recipe
    year: int
    same_data: bool


@cache
def dataset_checksum() -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 over the tables behind the scores."""
    checksum = hashlib.sha256()
    for name in FIGURES:
        # Line ends may differ between systems without a change of the data.
        checksum.update((DATA_DIR / name).read_bytes().replace(b"\r\n", b"\n"))
    return checksum.hexdigest()[:16]


def recipe_to_address(recipe: Recipe) -> str:
    """Return the recipe for the query of a URL; the default is just the version.

    >>> recipe_to_address(Recipe(outliers="log", security=True, years="2016-2020"))
    '1~years-2016_2020~outliers-log~security-1'
    """
    default, parts = Recipe(), [str(VERSION)]
    for name in _FIELDS:
        value = getattr(recipe, name)
        if value == getattr(default, name):
            continue
        if name in SWITCHES:
            text = str(int(value))
        elif name == "left_out":
            text = ".".join(value)
        elif name in WEIGHED:
            text = ".".join(f"{part}.{_format_weight(weight)}" for part, weight in value)
        else:
            text = value.replace("-", "_")
        parts.append(f"{name}-{text}")
    return "~".join(parts)


def recipe_from_address(text: str) -> Recipe:
    """Return the recipe of a URL. Raises InputError that names the invalid part."""
    if len(text) > MAX_RECIPE_ADDRESS_LENGTH:
        raise _length_error(MAX_RECIPE_ADDRESS_LENGTH)
    version, *parts = text.split("~")
    if version != str(VERSION):
        raise choice_error("version", version, str(VERSION))
    values: dict[str, Any] = {}
    for part in parts:
        name, dash, value = part.partition("-")
        if not dash or name not in _FIELDS:
            raise choice_error(part, value, " | ".join(f"{adcode}-…" for adcode in _FIELDS))
        if name in values:
            raise choice_error(name, value, f"{name} × 1")
        values[name] = _parse_choice(name, value)
    return Recipe(**values)


def recipe_to_json(recipe: Recipe, year: int) -> str:
    """Return the recipe as JSON, one choice or weight per line, so that errors can name lines.

    Raises InputError when the set of the recipe does not have the year.
    """
    recipe.indicators_for(year)
    choices = asdict(recipe)
    choices |= {name: dict(choices[name]) for name in WEIGHED}
    head = {"kind": RECIPE_KIND, "version": VERSION, "data": dataset_checksum(), "year": year}
    return json.dumps(head | choices, indent=2) + "\n"


def recipe_from_json(text: str) -> LoadedRecipe:
    """Return the recipe of a file. Raises InputError with the line and the expected content.

    Every choice must be present exactly once, and nothing else.
    """
    if len(text) > MAX_RECIPE_FILE_LENGTH:
        raise _length_error(MAX_RECIPE_FILE_LENGTH)
    values = _parse_json(text)
    for name in _NAMES:
        if name not in values:
            raise InputError(
                N_("The recipe has no “{name}”. Expected lines: {expected}."),
                name=name,
                expected=", ".join(_NAMES),
            )
    for name in values:
        if name not in _NAMES:
            raise _error_at(text, name, ", ".join(_NAMES))
    try:
        document = RecipeFile.model_validate(values)
    except ValidationError as error:
        raise _describe_line(text, list_faults(error)[0]) from None
    recipe = _build_recipe(text, values)
    years = YEAR_SETS[recipe.years].years
    if document.year not in years:
        raise _error_at(text, "year", " | ".join(map(str, years)))
    return LoadedRecipe(recipe, document.year, document.data == dataset_checksum())


def _build_recipe(text: str, values: Mapping[str, Any]) -> Recipe:
    """Build the recipe of a file. Raises InputError with the line of an invalid choice."""
    choices = {name: values[name] for name in _FIELDS}
    for name in WEIGHED:
        if not isinstance(choices[name], dict):
            raise _error_at(text, name, '{"…": 1}')
        choices[name] = tuple(choices[name].items())
    if not isinstance(choices["left_out"], list):
        raise _error_at(text, "left_out", '["…"]')
    try:
        return RECIPE.validate_python(choices)
    except ValidationError as error:
        raise _describe_line(text, list_faults(error)[0]) from None


def _describe_line(text: str, fault: Fault) -> InputError:
    """Return the error for a fault with the line that it is in."""
    name = str(fault.place[0])
    part = fault.slots.get("part")
    if name in _HEAD:
        return _error_at(text, name, fault.expected)
    return InputError(
        N_("Line {line} of the recipe is not valid: “{value}” for {name}. Expected: {expected}."),
        line=_line_number(text, rf'"{re.escape(part or name)}"\s*:', last=part is not None),
        **describe_choice(fault).slots,
    )


def _parse_json(text: str) -> dict[str, Any]:
    """Return the object of a JSON file; raise InputError with the line of a fault."""
    try:
        document = json.loads(text, object_pairs_hook=_unique_keys, parse_constant=_reject_constant)
    except _TwiceError as error:
        raise _error_at(text, error.name, f"“{error.name}” × 1", last=True) from None
    except json.JSONDecodeError as error:
        raise _validation_error(error.lineno, "JSON") from None
    except (ValueError, RecursionError):
        # NaN, numbers with thousands of digits, or brackets nested too deeply.
        raise _validation_error(
            _line_number(text, r"NaN|Infinity|[0-9]{400}|\[{50}"), "JSON"
        ) from None
    if not isinstance(document, dict):
        raise _validation_error(1, "{")
    return document


def _error_at(text: str, name: str, expected: str, last: bool = False) -> InputError:
    return _validation_error(_line_number(text, rf'"{re.escape(name)}"\s*:', last), expected)


def _validation_error(line: int, expected: str) -> InputError:
    return InputError(
        N_("Line {line} of the recipe is not valid. Expected: {expected}."),
        line=line,
        expected=expected,
    )


def _line_number(text: str, pattern: str, last: bool = False) -> int:
    """Return the line number of the first (or last) match; 1 without a match."""
    places = [match.start() for match in re.finditer(pattern, text)]
    return text.count("\n", 0, places[-1 if last else 0]) + 1 if places else 1


def _parse_choice(name: str, value: str) -> Any:
    """Return one choice from its text in a URL."""
    if name in SWITCHES:
        if value not in ("0", "1"):
            raise choice_error(name, value, "0 | 1")
        return value == "1"
    if name == "left_out":
        return tuple(value.split("."))
    if name in WEIGHED:
        words = value.split(".")
        if len(words) % 2 or not all(_NUMBER.fullmatch(word) for word in words[1::2]):
            raise choice_error(name, value, "….1p5")
        numbers = (float(word.replace("p", ".")) for word in words[1::2])
        return tuple(zip(words[::2], numbers, strict=True))
    return value.replace("_", "-") if name == "years" else value


def _format_weight(weight: float) -> str:
    return f"{weight:.4f}".rstrip("0").rstrip(".").replace(".", "p")


def _length_error(most: int) -> InputError:
    return InputError(
        N_("The recipe is longer than {most} characters, so it is not a recipe of this atlas."),
        most=most,
    )


class _TwiceError(ValueError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise _TwiceError(name)
        values[name] = value
    return values


def _reject_constant(constant: str) -> Any:
    raise ValueError(constant)
