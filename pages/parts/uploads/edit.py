"""The form that changes a measure of the reader: names, unit, decimals, order, source, divisor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from geo.limits import MAX_DECIMALS, MAX_TYPED_TEXT_LENGTH
from geo.text import N_, InputError, Translator
from geo.upload import (
    DIVISORS,
    MeasureDefinition,
    UploadedMeasure,
    UploadedTable,
    limit_of,
    quote_for_message,
)
from pages.parts.session import uploaded_tables
from pages.parts.state import escape_markdown, format_error
from pages.parts.uploads.parsed import replace_table

DIRECTIONS: Final = {True: N_("The highest value"), False: N_("The lowest value")}
# The parts of a definition that are texts: their labels, and the most characters.
TEXTS: Final = {
    "name": (N_("Name"), limit_of("text")),
    "unit": (N_("Unit"), limit_of("text")),
    "name_zh": (N_("Chinese name"), limit_of("text")),
    "unit_zh": (N_("Chinese unit"), limit_of("text")),
    "source": (N_("Source"), MAX_TYPED_TEXT_LENGTH),
    "note": (N_("Note"), MAX_TYPED_TEXT_LENGTH),
}


def divisor_names(table: UploadedTable, series_key: str, t: Translator) -> Mapping[str, str]:
    """Return what a series can be divided by: published series, and the others of its table."""
    names = {name: t(divisor.name) for name, divisor in DIVISORS.items()}
    for other in table.understood.series:
        if other.key != series_key:
            name = quote_for_message(other.name)
            names[f"={other.key}"] = t(N_("divided by “{name}”"), name=name)
    return names


def draw_measure_editor(measure: UploadedMeasure, t: Translator) -> None:
    """Draw the form of a measure in a popover: its content runs only while it is open."""
    key = f"upload_edit_{measure.id}"
    popover = st.popover(
        t(N_("Edit")),
        icon=":material/edit:",
        type="tertiary",
        help=t(N_("Edit the measure “{name}”"), name=escape_markdown(measure.name_en)),
        key=key,
        on_change="rerun",
    )
    if not popover.open:
        return
    table = uploaded_tables().table_with(measure.id)
    definition = measure.definition
    divisors = divisor_names(table, definition.series, t)
    with popover, st.form(f"{key}_form", border=False):
        changes: dict[str, object] = {
            name: st.text_input(
                t(label), getattr(definition, name), max_chars=most, key=f"{key}_{name}"
            )
            for name, (label, most) in TEXTS.items()
        }
        changes["decimals"] = st.number_input(
            t(N_("Decimals")), 0, MAX_DECIMALS, definition.decimals, key=f"{key}_decimals"
        )
        changes["higher_is_better"] = st.radio(
            t(N_("Rank 1 has")),
            list(DIRECTIONS),
            index=list(DIRECTIONS).index(definition.higher_is_better),
            format_func=lambda option: t(DIRECTIONS[option]),
            key=f"{key}_higher",
        )
        if definition.count:
            options = ["", *divisors]
            changes["per"] = st.selectbox(
                t(N_("A count is divided by")),
                options,
                index=options.index(definition.per) if definition.per in options else 0,
                format_func=lambda option: divisors.get(option, t(N_("Not divided"))),
                key=f"{key}_per",
            )
        if st.form_submit_button(t(N_("Save the changes")), key=f"{key}_save", type="primary"):
            _save_changes(table, definition, changes, t)


def _save_changes(
    table: UploadedTable, old: MeasureDefinition, changes: Mapping[str, object], t: Translator
) -> None:
    """Replace a measure by one with changes, or show why it is not valid; its address follows."""
    try:
        new = replace(old, **changes)  # type: ignore[arg-type]
        replace_table(
            table, measures=tuple(new if measure == old else measure for measure in table.measures)
        )
    except InputError as error:
        st.warning(format_error(t, error), icon=":material/info:")
    else:
        st.rerun()
