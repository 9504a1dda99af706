"""Checked models: what is wrong with a value, in the words of its format.

What comes from outside (addresses, recipe files) is checked by pydantic models. This module turns
the errors of pydantic into ``Fault``: where it is, what stands there and what is expected. Each
format makes its own sentence of a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import AfterValidator, ValidationError
from pydantic_core import PydanticCustomError

MAX_ECHO_LENGTH: Final = 40  # characters of a reader's value that a message repeats
# What is expected, by the type of an error of pydantic.
EXPECTED: Final[Mapping[str, str]] = {
    "bool_type": "true | false",
    "bool_parsing": "true | false",
    "dict_type": "{…}",
    "list_type": "[…]",
    "tuple_type": "[…]",
    "string_type": '"…"',
    "int_type": "1",
    "int_from_float": "1",
    "float_type": "1",
    "finite_number": "1",
}


@dataclass(frozen=True)
class Fault:
    """An invalid value of a model.

    place: the way to it, of names and indices. value: what stands there. expected: in the
    characters of the format, such as ``en | zh``; empty if there is no short way to say it. type:
    of the error. slots: what its validator adds.
    """

    place: tuple[str | int, ...]
    value: object
    expected: str
    type: str
    slots: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the innermost part of the place."""
        return str(self.place[-1]) if self.place else ""


def list_faults(error: ValidationError) -> list[Fault]:
    """Return the faults of a model, in the order of its fields."""
    faults = []
    for detail in error.errors(include_url=False):
        if detail["type"] == "default_factory_not_called":
            continue  # a default that follows from an invalid value
        slots = detail.get("ctx", {})
        expected = slots.get("expected", EXPECTED.get(detail["type"], ""))
        faults.append(Fault(detail["loc"], detail["input"], expected, detail["type"], slots))
    return faults


def expect(expected: str = "", fault_type: str = "expected", **slots: object) -> ValueError:
    """Return the error that a validator raises for a value that is not what is expected."""
    return PydanticCustomError(fault_type, "unexpected value", {"expected": expected, **slots})


def one_of(allowed: Collection[str] | Callable[[], Collection[str]]) -> AfterValidator:
    """Return a validator of texts that are one of several; a function gives them when needed."""

    def check(value: str) -> str:
        names = allowed() if callable(allowed) else allowed
        if value not in names:
            raise expect(" | ".join(names), "one_of")
        return value

    return AfterValidator(check)


def shorten_echo(value: object) -> str:
    """Return a reader's value for a message, with an ellipsis if it is long.

    >>> shorten_echo("x" * 50)
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
    """
    text = str(value)
    return text if len(text) <= MAX_ECHO_LENGTH else text[: MAX_ECHO_LENGTH - 1] + "…"
