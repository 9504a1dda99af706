"""What a reader decides otherwise about a table goes back through its understanding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from geo.errors import InputError
from geo.upload.choices import Choices
from geo.upload.own import OwnMeasure
from geo.upload.session import OwnTable
from pages.parts import state


def name(place: int, table: OwnTable, part: object) -> str:
    """The key of a widget that belongs to one table, which keeps it while choices change."""
    return f"own_{place}_{table.raw.checksum[:8]}_{part}"


def chosen(key: str, table: OwnTable, make: Callable[[Choices, Any], Choices]) -> None:
    """A widget's callback: the table by the new choice, or the sentence that says why not."""
    try:
        choices = make(table.choices, st.session_state[key])
        exchange(table, choices=choices)
    except InputError as error:
        state.tell(error)


def exchange(
    table: OwnTable,
    choices: Choices | None = None,
    measures: tuple[OwnMeasure, ...] | None = None,
) -> None:
    """Hold a table with other choices or measures in its place. Raises InputError."""
    new = OwnTable(
        table.raw,
        table.choices if choices is None else choices,
        table.measures if measures is None else measures,
    )
    state.put_own(state.own().replace(table.id, new))


def with_field(field: str) -> Callable[[Choices, Any], Choices]:
    """A change of one choice that stands for itself."""

    def make(choices: Choices, value: Any) -> Choices:
        changes: dict[str, Any] = {field: value}
        if field == "sheet":  # rows and columns of another sheet are others
            return Choices(sheet=value)
        return replace(choices, **changes)

    return make
