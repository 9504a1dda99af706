"""How a table was understood, before anything of it is mapped; each part can be chosen anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st
from markupsafe import Markup

from geo.errors import InputError
from geo.text import N_, Translator
from geo.upload import words
from geo.upload.choices import NO_YEAR_COLUMN
from geo.upload.raw import quote_for_message
from geo.upload.session import UploadedTable
from geo.upload.understand import ParsedTable
from pages.parts import about, state
from pages.parts.own import columns, decide

LAST_HEAD: Final = 30  # rows among which the heads are sought by hand
KINDS: Final = {
    "csv": N_("Table of text"),
    "xlsx": N_("Workbook"),
    "geojson": N_("GeoJSON, attributes alone"),
}


def draw_parsed_table(place: int, table: UploadedTable, t: Translator) -> None:
    """Name, kind and encoding; the sheet, the heads, the provinces, the years; the columns."""
    parsed = table.understood
    with st.container(key=decide.widget_key(place, table, "head"), horizontal=True):
        st.html(
            Markup("<h3>{}</h3>{}").format(
                table_title(table, t), about.quiet_note(" · ".join(_file_facts(parsed, t)))
            )
        )
        st.button(
            t(N_("Take this table out")),
            key=decide.widget_key(place, table, "out"),
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove_table,
            args=(table.id,),
        )
    with st.container(key=decide.widget_key(place, table, "parts"), horizontal=True):
        if len(parsed.sheets) > 1:
            _draw_part_select(
                place,
                table,
                "sheet",
                t(N_("Sheet")),
                parsed.sheet,
                {sheet: quote_for_message(sheet) for sheet in parsed.sheets},
            )
        _draw_part_select(
            place,
            table,
            "head_row",
            t(N_("Row of the heads")),
            parsed.head_row,
            {
                row.number: f"{row.number}: {quote_for_message(row.text)}"
                for row in parsed.rows[:LAST_HEAD]
            },
        )
        named = {column.number: words.column_title(column, t) for column in parsed.columns}
        _draw_part_select(
            place, table, "province_column", t(N_("Column of the provinces")),
            parsed.province_column, named,
        )  # fmt: skip
        none = (
            N_("in the heads of the columns") if parsed.has_years_in_heads else N_("none says it")
        )
        years = {NO_YEAR_COLUMN: t(none), **named}
        _draw_part_select(place, table, "year_column", t(N_("Year")), parsed.year_column, years)
    columns.draw_columns(place, table, t)


def table_title(table: UploadedTable, t: Translator) -> str:
    """The name of the file, without folders."""
    return quote_for_message(table.file.display_name) or t(N_("pasted table"))


def _file_facts(parsed: ParsedTable, t: Translator) -> list[str]:
    """What the file is, as far as it says something."""
    facts = [t(KINDS[parsed.kind])]
    if parsed.encoding:
        facts.append(words.encoding_name(parsed.encoding, t))
    if parsed.kind == "csv":
        facts.append(t(N_("Delimiter: {name}"), name=t(words.DELIMITERS[parsed.delimiter])))
    if parsed.title:
        facts.append(t(N_("Title: {title}"), title=quote_for_message(parsed.title)))
    if parsed.unit:
        facts.append(t(N_("Unit: {unit}"), unit=quote_for_message(parsed.unit)))
    if parsed.formulas:
        text = N_("Formulas: {count}; the values stored beside them are read")
        facts.append(t(text, count=t.format_number(parsed.formulas)))
    if parsed.links:
        facts.append(t(N_("It refers to other files, which are not opened")))
    return facts


def _draw_part_select(
    place: int,
    table: UploadedTable,
    field: str,
    label: str,
    current: object,
    options: Mapping[Any, str],
) -> None:
    key = decide.widget_key(place, table, field)
    state.set_widget(key, current)
    st.selectbox(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=decide.apply_choice,
        args=(key, table, decide.field_change(field)),
    )


def _remove_table(table_id: str) -> None:
    try:
        state.hold_uploaded_tables(state.uploaded_tables().without_table(table_id))
    except InputError as error:
        state.notify(error)
