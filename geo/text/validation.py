"""Checked models: what is wrong with a value, in the words of its format.

What comes from outside (addresses, recipe files) is checked by pydantic models. This module turns
the errors of pydantic into ``Fault``: where it is, what stands there and what is expected. Each
format makes its own sentence of a fault.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final, TypeVar

from pydantic import BeforeValidator, ValidationError
from pydantic_core import PydanticCustomError

from geo.limits import MAX_ECHO_LENGTH

# What is expected, by the type of an error of pydantic.
EXPECTED: Final[Mapping[str, str]] = {
    "bool_type": "true | false",
    "bool_parsing": "true | false",
    "dict_type": "{…}",
    "dataclass_type": "{…}",
    "model_type": "{…}",
    "list_type": "[…]",
    "tuple_type": "[…]",
    "string_type": '"…"',
    "int_type": "int",
    "int_from_float": "int",
    "float_type": "float",
    "finite_number": "1",
}

T = TypeVar("T")


@dataclass(frozen=True)
class Fault:
    """An invalid value of a model.

    place: the way to it, of names and indices. value: what stands there. expected: in the
    characters of the format, such as ``en | zh``; empty if there is no short way to say it. slots:
    what its validator adds.
    """

    place: tuple[str | int, ...]
    value: object
    expected: str
    slots: Mapping[str, Any] = field(default_factory=dict)


def list_faults(error: ValidationError) -> list[Fault]:
    """Return the faults of a model, in the order of its fields."""
    faults = []
    for detail in error.errors(include_url=False):
        if detail["type"] == "default_factory_not_called":
            continue  # a default that follows from an invalid value
        place, value, slots = detail["loc"], detail["input"], detail.get("ctx", {})
        expected = slots.get("expected", EXPECTED.get(detail["type"], ""))
        if detail["type"] == "missing":
            place, expected = place[:-1], f'{{"{place[-1]}": …}}'
        elif detail["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
            place, expected = place[:-1], f'"{place[-1]}" × 0'
        faults.append(Fault(place, value, expected, slots))
    return faults


def expect(expected: str = "", **slots: object) -> ValueError:
    """Return the error that a validator raises for a value that is not what is expected."""
    return PydanticCustomError("unexpected", "unexpected value", {"expected": expected, **slots})


def one_of(allowed: Collection[str] | Callable[[], Collection[str]]) -> BeforeValidator:
    """Return a validator of texts that are one of several; a function gives them when needed."""

    def check(value: object) -> object:
        names = allowed() if callable(allowed) else allowed
        if not isinstance(value, str) or value not in names:
            raise expect(" | ".join(names))
        return value

    return BeforeValidator(check)


def exactly(expected: object) -> BeforeValidator:
    """Return a validator of values whose JSON is that of the expected one."""

    def check(value: object) -> object:
        if json.dumps(value) != json.dumps(expected):
            raise expect(json.dumps(expected))
        return value

    return BeforeValidator(check)


def refuse_with(describe: Callable[[Fault], Exception]) -> Callable[[type[T]], type[T]]:
    """Return a decorator of a pydantic dataclass that raises its own error for the first fault.

    A model that has the dataclass as a field reports its faults as its own.
    """

    def decorate(checked: type[T]) -> type[T]:
        build: Callable[..., None] = vars(checked)["__init__"]

        @wraps(build)
        def build_or_refuse(self: T, *args: object, **kwargs: object) -> None:
            try:
                build(self, *args, **kwargs)
            except ValidationError as error:
                raise describe(list_faults(error)[0]) from None

        type.__setattr__(checked, "__init__", build_or_refuse)
        return checked

    return decorate


def shorten_echo(value: object) -> str:
    """Return a reader's value for a message, with an ellipsis if it is long.

    >>> shorten_echo("x" * 50)
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
    """
    text = str(value)
    return text if len(text) <= MAX_ECHO_LENGTH else text[: MAX_ECHO_LENGTH - 1] + "…"
