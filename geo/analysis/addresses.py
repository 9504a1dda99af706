"""Addresses: their parameters as checked models, and one sentence for each invalid value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Self
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, ValidationError

from geo.text import N_, Fault, InputError, list_faults, shorten_echo

ITEM_SEPARATOR: Final = ","


def add_query(path: str, params: Mapping[str, object]) -> str:
    """Return a path with its query; empty parameters are left out, commas are not escaped.

    >>> add_query("/compare", {"provinces": "110000,440000", "recipe": ""})
    '/compare?provinces=110000,440000'
    """
    filled = {name: value for name, value in params.items() if value not in ("", None)}
    return f"{path}?{urlencode(filled, safe=ITEM_SEPARATOR)}" if filled else path


class AddressModel(BaseModel):
    """The parameters of an address: a field each, with its default.

    ``parse`` is for files, which have no place for a note; ``parse_with_notes`` is for pages,
    which show the default and a note on each invalid value. Unknown parameters are ignored.
    """

    model_config = ConfigDict(frozen=True, validate_by_name=True, validate_default=True)

    @classmethod
    def parse(cls, params: Mapping[str, str], **fixed: object) -> Self:
        """Return the model of an address. Raises InputError for the first invalid value.

        fixed: fields that no address gives; a parameter of the same name is ignored.
        """
        try:
            return cls._build({**params, **fixed})
        except ValidationError as error:
            raise describe_refusal(list_faults(error)[0], params) from None

    @classmethod
    def parse_with_notes(
        cls, params: Mapping[str, str], defaults: Mapping[str, str], **fixed: object
    ) -> tuple[Self, list[InputError]]:
        """Return the model with defaults for what is invalid, and a note for each such value.

        defaults: values of parameters that the address does not have, instead of the model's.
        fixed: as for ``parse``.
        """
        rest = dict(params)
        notes: list[InputError] = []
        while True:
            try:
                return cls._build({**defaults, **rest, **fixed}), notes
            except ValidationError as error:
                for fault in list_faults(error):
                    notes.append(describe_default(fault, rest))
                    cls.drop_fault(rest, fault)

    @classmethod
    def _build(cls, values: Mapping[str, object]) -> Self:
        return cls.model_validate(values, by_alias=True, by_name=False)

    @classmethod
    def drop_fault(cls, params: dict[str, str], fault: Fault) -> None:
        """Remove what is invalid from the parameters: an item of a list, or the parameter."""
        name, *item = fault.place
        if item:
            items = params[str(name)].split(ITEM_SEPARATOR)
            params[str(name)] = ITEM_SEPARATOR.join(one for one in items if one != fault.value)
        elif "fallback" in fault.slots:
            params[str(name)] = fault.slots["fallback"]
        else:
            params.pop(str(name), None)


def describe_default(fault: Fault, params: Mapping[str, str]) -> InputError:
    """Return the note of a page on an invalid value, of which it shows the default."""
    return _own_sentence(fault) or InputError(
        N_("“{name}={value}” in the address is not valid. The page uses the default."),
        **_name_and_value(fault, params),
    )


def describe_refusal(fault: Fault, params: Mapping[str, str]) -> InputError:
    """Return the error of a file, which is not made from an address with an invalid value."""
    if sentence := _own_sentence(fault):
        return sentence
    if fault.expected:
        return InputError(
            N_("“{name}={value}” is not valid. Choose one of: {allowed}."),
            **_name_and_value(fault, params),
            allowed=fault.expected.replace(" | ", ", "),
        )
    return InputError(
        N_("“{name}={value}” in the address is not valid."),
        **_name_and_value(fault, params),
    )


def _name_and_value(fault: Fault, params: Mapping[str, str]) -> dict[str, str]:
    """Return the parameter, and the text of the address that is invalid."""
    name, *item = fault.place
    return {
        "name": str(name),
        "value": shorten_echo(fault.value if item else params.get(str(name), "")),
    }


def _own_sentence(fault: Fault) -> InputError | None:
    """Return the error of a validator that says more than that a value is unknown."""
    sentence = fault.slots.get("sentence")
    return sentence if isinstance(sentence, InputError) else None
