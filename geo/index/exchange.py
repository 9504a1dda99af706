"""A recipe as part of an address, and as a file to download and open again.

The address holds only what differs from the default, with no character that would have to be
escaped: ``1~outliers-log~dimension_weights-policy_environment.0p5``. The file is JSON with all
choices, its version and a hash of the figures it was made on.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any, Final

from geo.dataset import DATA
from geo.errors import InputError
from geo.index.figures import YEAR_SETS
from geo.index.recipe import CHOICES, SWITCHES, WEIGHED, Recipe, fault
from geo.text import N_

VERSION: Final = 1
KIND: Final = "digital-china-atlas/open-index"
# A recipe of ours with all weights has about 3 kB and an address 1.5 kB. What is much longer is
# none, and reading it would only cost time.
LONGEST_FILE: Final = 20_000
LONGEST_ADDRESS: Final = 4_000
FIGURES: Final = ("indicators.csv", "measures.csv", "doubtful.csv", "provinces.csv")
_FIELDS: Final = tuple(field.name for field in fields(Recipe))
_HEAD: Final = ("kind", "version", "data", "year")
_NAMES: Final = (*_HEAD, *_FIELDS)
_NUMBER: Final = re.compile(r"[0-9]{1,4}(p[0-9]{1,4})?")


@dataclass(frozen=True)
class Opened:
    """A recipe from a file, the year it was shown for, and whether the figures are the same.

    On other figures the same choices give other scores: a page says so.
    """

    recipe: Recipe
    year: int
    same_data: bool


@cache
def data_hash() -> str:
    """The first 16 hexadecimal digits of the SHA-256 over the tables that make the figures."""
    found = hashlib.sha256()
    for name in FIGURES:
        # Line ends may differ between systems, figures do not.
        found.update((DATA / name).read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()[:16]


def to_address(recipe: Recipe) -> str:
    """The recipe for the query of an address; the default is just the version.

    >>> to_address(Recipe(outliers="log", security=True, years="2016-2020"))
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
            text = ".".join(f"{part}.{_short(weight)}" for part, weight in value)
        else:
            text = value.replace("-", "_")
        parts.append(f"{name}-{text}")
    return "~".join(parts)


def from_address(text: str) -> Recipe:
    """The recipe of an address. Raises InputError that names the part that does not fit."""
    if len(text) > LONGEST_ADDRESS:
        raise _too_long(LONGEST_ADDRESS)
    version, *parts = text.split("~")
    if version != str(VERSION):
        raise fault("version", version, str(VERSION))
    found: dict[str, Any] = {}
    for part in parts:
        name, dash, value = part.partition("-")
        if not dash or name not in _FIELDS:
            raise fault(part, value, " | ".join(f"{own}-…" for own in _FIELDS))
        if name in found:
            raise fault(name, value, f"{name} × 1")
        found[name] = _from_text(name, value)
    return Recipe(**found)


def to_json(recipe: Recipe, year: int) -> str:
    """The recipe as a file, one choice or weight a line, so that errors can name lines.

    Raises InputError when the recipe's set has no such year.
    """
    recipe.measures(year)
    choices = asdict(recipe)
    choices |= {name: dict(choices[name]) for name in WEIGHED}
    head = {"kind": KIND, "version": VERSION, "data": data_hash(), "year": year}
    return json.dumps(head | choices, indent=2) + "\n"


def from_json(text: str) -> Opened:
    """The recipe of a file. Raises InputError with the line and what was expected there.

    Every choice must be there, once, and nothing else.
    """
    if len(text) > LONGEST_FILE:
        raise _too_long(LONGEST_FILE)
    found = _parsed(text)
    for name in _NAMES:
        if name not in found:
            raise InputError(
                N_("The recipe lacks “{name}”. Expected are the lines {expected}."),
                name=name,
                expected=", ".join(_NAMES),
            )
    for name in found:
        if name not in _NAMES:
            raise _at(text, name, ", ".join(_NAMES))
    if found["kind"] != KIND:
        raise _at(text, "kind", f'"{KIND}"')
    if not _whole(found["version"]) or found["version"] != VERSION:
        raise _at(text, "version", str(VERSION))
    if not isinstance(found["data"], str) or not re.fullmatch("[0-9a-f]{16}", found["data"]):
        raise _at(text, "data", f'"{data_hash()}"')
    recipe = _checked(text, found)
    years = YEAR_SETS[recipe.years].years
    if not _whole(found["year"]) or found["year"] not in years:
        raise _at(text, "year", " | ".join(map(str, years)))
    return Opened(recipe, found["year"], found["data"] == data_hash())


def _parsed(text: str) -> dict[str, Any]:
    """The object that a file holds, or the line where it is no JSON."""
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except _TwiceError as error:
        raise _at(text, error.name, f"“{error.name}” × 1", last=True) from None
    except json.JSONDecodeError as error:
        raise _misfit(error.lineno, "JSON") from None
    except (ValueError, RecursionError):
        # NaN, a number of thousands of digits, brackets within brackets without end.
        raise _misfit(_line(text, r"NaN|Infinity|[0-9]{400}|\[{50}"), "JSON") from None
    if not isinstance(found, dict):
        raise _misfit(1, "{")
    return found


def _checked(text: str, found: dict[str, Any]) -> Recipe:
    """The recipe of a file's choices, one after the other, so that a fault has its line."""
    for name in (*CHOICES, *SWITCHES):
        _placed(text, name, {name: found[name]})
    left_out = found["left_out"]
    if not isinstance(left_out, list):
        raise _at(text, "left_out", '["…"]')
    _placed(text, "left_out", {"left_out": tuple(left_out)})
    for name in WEIGHED:
        if not isinstance(found[name], dict):
            raise _at(text, name, '{"…": 1}')
        for part, weight in found[name].items():
            own = {"weighting": "own", name: ((part, weight),)}
            _placed(text, part, own, last=True)
    choices: dict[str, Any] = {name: found[name] for name in (*CHOICES, *SWITCHES)}
    choices |= {name: tuple(found[name].items()) for name in WEIGHED}
    # What is left are choices that do not fit one another: the sentence names both.
    return Recipe(left_out=tuple(left_out), **choices)


def _placed(text: str, name: str, choices: dict[str, Any], last: bool = False) -> None:
    """Try choices by themselves, and add to their fault the line where they stand."""
    try:
        Recipe(**choices)
    except InputError as error:
        if "expected" not in error.slots:
            raise
        raise InputError(
            N_(
                "Line {line} of the recipe does not fit: it says “{value}” for {name}."
                " Expected is {expected}."
            ),
            line=_line(text, rf'"{re.escape(name)}"\s*:', last),
            **error.slots,
        ) from None


def _at(text: str, name: str, expected: str, last: bool = False) -> InputError:
    return _misfit(_line(text, rf'"{re.escape(name)}"\s*:', last), expected)


def _misfit(line: int, expected: str) -> InputError:
    return InputError(
        N_("Line {line} of the recipe does not fit. Expected is {expected}."),
        line=line,
        expected=expected,
    )


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _line(text: str, pattern: str, last: bool = False) -> int:
    """The number of the line of the first (or last) match; 1 where there is none."""
    places = [match.start() for match in re.finditer(pattern, text)]
    return text.count("\n", 0, places[-1 if last else 0]) + 1 if places else 1


def _from_text(name: str, value: str) -> Any:
    """One choice from its text in an address."""
    if name in SWITCHES:
        if value not in ("0", "1"):
            raise fault(name, value, "0 | 1")
        return value == "1"
    if name == "left_out":
        return tuple(value.split("."))
    if name in WEIGHED:
        words = value.split(".")
        if len(words) % 2 or not all(_NUMBER.fullmatch(word) for word in words[1::2]):
            raise fault(name, value, "….1p5")
        numbers = (float(word.replace("p", ".")) for word in words[1::2])
        return tuple(zip(words[::2], numbers, strict=True))
    return value.replace("_", "-") if name == "years" else value


def _short(weight: float) -> str:
    return f"{weight:.4f}".rstrip("0").rstrip(".").replace(".", "p")


def _too_long(most: int) -> InputError:
    return InputError(
        N_("The recipe is longer than {most} characters, so it is none of ours."), most=most
    )


class _TwiceError(ValueError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _TwiceError(name)
        found[name] = value
    return found


def _no_number(constant: str) -> Any:
    raise ValueError(constant)
