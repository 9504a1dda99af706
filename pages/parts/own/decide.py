"""What a reader decides otherwise about a table goes back through its understanding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from geo.errors import InputError
from geo.upload.choices import ImportOptions
from geo.upload.own import MeasureDefinition
from geo.upload.session import UploadedTable
from pages.parts import state


def widget_key(place: int, table: UploadedTable, part: object) -> str:
    """The key of a widget that belongs to one table, which keeps it while choices change."""
    return f"own_{place}_{table.file.checksum[:8]}_{part}"


def apply_choice(
    key: str, table: UploadedTable, make: Callable[[ImportOptions, Any], ImportOptions]
) -> None:
    """A widget's callback: the table by the new choice, or the sentence that says why not."""
    try:
        choices = make(table.options, st.session_state[key])
        replace_table(table, choices=choices)
    except InputError as error:
        state.notify(error)


def replace_table(
    table: UploadedTable,
    choices: ImportOptions | None = None,
    measures: tuple[MeasureDefinition, ...] | None = None,
) -> None:
    """Hold a table with other choices or measures in its place. Raises InputError."""
    new = UploadedTable(
        table.file,
        table.options if choices is None else choices,
        table.measures if measures is None else measures,
    )
    state.hold_uploaded_tables(state.uploaded_tables().with_replaced(table.id, new))


def field_change(field: str) -> Callable[[ImportOptions, Any], ImportOptions]:
    """A change of one choice that stands for itself."""

    def make(choices: ImportOptions, value: Any) -> ImportOptions:
        changes: dict[str, Any] = {field: value}
        if field == "sheet":  # rows and columns of another sheet are others
            return ImportOptions(sheet=value)
        return replace(choices, **changes)

    return make
