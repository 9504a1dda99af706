"""The form that changes a measure of the reader: names, unit, source, count, divisor, order."""

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
from pages.parts.state import escape_markdown, format_error
from pages.parts.uploads.notice import announce_change
from pages.parts.uploads.parsed import replace_table

EDITED_KEY: Final = "upload_edited"  # the id of the measure whose form is open
SAVED: Final = N_("The changes of “{name}” are saved.")
DIRECTIONS: Final = {True: N_("The highest value"), False: N_("The lowest value")}
IS_COUNT: Final = {
    True: N_("A count or a sum: larger provinces have more of it"),
    False: N_("Not a count: a share, a rate, a mean, an index"),
}
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


def draw_edit_button(measure: UploadedMeasure, t: Translator) -> None:
    """Draw the button that opens or closes the form of a measure."""
    st.button(
        t(N_("Edit")),
        icon=":material/edit:",
        type="tertiary",
        help=t(N_("Edit the measure “{name}”"), name=escape_markdown(measure.name_en)),
        key=f"upload_edit_{measure.id}",
        width="content",
        on_click=_toggle_form,
        args=(measure.id,),
    )


def _toggle_form(measure_id: str) -> None:
    is_open = st.session_state.get(EDITED_KEY) == measure_id
    st.session_state[EDITED_KEY] = "" if is_open else measure_id


def draw_measure_editor(table: UploadedTable, measure: UploadedMeasure, t: Translator) -> None:
    """Draw the form of the measure that is edited."""
    if st.session_state.get(EDITED_KEY) != measure.id:
        return
    key = f"upload_edit_{measure.id}"
    definition = measure.definition
    divisors = divisor_names(table, definition.series, t)
    with st.form(f"{key}_form"):
        with st.container(key=f"{key}_texts", horizontal=True):
            changes: dict[str, object] = {
                name: st.text_input(
                    t(label), getattr(definition, name), max_chars=most, key=f"{key}_{name}"
                )
                for name, (label, most) in TEXTS.items()
            }
            changes["decimals"] = st.number_input(
                t(N_("Decimals")), 0, MAX_DECIMALS, definition.decimals, key=f"{key}_decimals"
            )
        with st.container(key=f"{key}_how", horizontal=True):
            changes["count"] = st.radio(
                t(N_("What the values are")),
                list(IS_COUNT),
                index=list(IS_COUNT).index(definition.count),
                format_func=lambda option: t(IS_COUNT[option]),
                key=f"{key}_count",
            )
            options = ["", *divisors]
            per = st.selectbox(
                t(N_("A count is divided by")),
                options,
                index=options.index(definition.per) if definition.per in options else 0,
                format_func=lambda option: divisors.get(option, t(N_("Not divided"))),
                key=f"{key}_per",
            )
            changes["per"] = per if changes["count"] else ""
            changes["higher_is_better"] = st.radio(
                t(N_("Rank 1 has")),
                list(DIRECTIONS),
                index=list(DIRECTIONS).index(definition.higher_is_better),
                format_func=lambda option: t(DIRECTIONS[option]),
                key=f"{key}_higher",
            )
        with st.container(key=f"{key}_end", horizontal=True):
            saved = st.form_submit_button(
                t(N_("Save the changes")), key=f"{key}_save", type="primary", width="content"
            )
            st.form_submit_button(
                t(N_("Cancel")),
                key=f"{key}_cancel",
                width="content",
                on_click=_toggle_form,
                args=(measure.id,),
            )
        if saved:
            _save_changes(table, definition, changes, t)


def _save_changes(
    table: UploadedTable, old: MeasureDefinition, changes: Mapping[str, object], t: Translator
) -> None:
    """Replace a measure by one with changes, or show why it is not valid; its address follows."""
    try:
        new = replace(old, **changes)  # type: ignore[arg-type]  # __post_init__ checks them
        replace_table(
            table, measures=tuple(new if measure == old else measure for measure in table.measures)
        )
    except InputError as error:
        st.warning(format_error(t, error), icon=":material/info:")
    else:
        st.session_state[EDITED_KEY] = ""
        announce_change(SAVED, name=escape_markdown(new.name_in(t.lang)))
        st.rerun()
