"""Which column is what, and in which notation its figures are written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import streamlit as st
from markupsafe import Markup

from geo.text import N_, Translator
from geo.upload import words
from geo.upload.choices import ImportOptions
from geo.upload.columns import Column, Role
from geo.upload.notation import Decimal
from geo.upload.raw import quote_for_message
from geo.upload.session import UploadedTable
from pages.parts import state
from pages.parts.own import decide

OPEN: Final = 6  # columns up to which their list stands open
MARKS: Final = {Decimal.POINT: "1,234.5", Decimal.COMMA: "1.234,5"}


def draw_columns(place: int, table: UploadedTable, t: Translator) -> None:
    """A line for each column; where a notation may be read two ways, the choice of it."""
    st.html(_columns_table(table, t))
    settled = dict(table.options.notations)
    columns = [
        entry for entry in table.understood.columns if entry.ambiguous or entry.number in settled
    ]
    if not columns:
        return
    with st.container(key=decide.widget_key(place, table, "notations"), horizontal=True):
        for column in columns:
            key = decide.widget_key(place, table, f"notation_{column.number}")
            state.set_widget(key, column.decimal)
            st.selectbox(
                t(
                    N_("Figures in column {column} are written as"),
                    column=state.escape_markdown(words.column_title(column, t)),
                ),
                list(MARKS),
                format_func=MARKS.__getitem__,
                key=key,
                on_change=decide.apply_choice,
                args=(key, table, _ChangeNotation(column.number)),
            )


class _ChangeNotation:
    """A change of the notation of one column."""

    def __init__(self, column: int) -> None:
        self.column = column

    def __call__(self, choices: ImportOptions, value: Any) -> ImportOptions:
        decimals = {**dict(choices.notations), self.column: Decimal(value)}
        return replace(choices, notations=tuple(decimals.items()))


def _columns_table(table: UploadedTable, t: Translator) -> Markup:
    heads = (N_("Column"), N_("What it is"), N_("Notation"), N_("Unit"), N_("Year"))
    rows = Markup("").join(
        _column_row(column, t)
        for column in table.understood.columns
        if column.role is not Role.EMPTY
    )
    figures = sum(entry.role is Role.FIGURES for entry in table.understood.columns)
    return Markup(
        '<details class="own-more" {}><summary>{}</summary><div class="wide">'
        '<table class="matrix words"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
        "</div></details>"
    ).format(
        "" if len(table.understood.columns) > OPEN else "open",
        t(
            N_("{figures} of {count} columns hold figures"),
            figures=figures,
            count=len(table.understood.columns),
        ),
        Markup("").join(Markup('<th scope="col">{}</th>').format(t(head)) for head in heads),
        rows,
    )


def _column_row(column: Column, t: Translator) -> Markup:
    cells = (
        t(words.ROLE_NAMES[column.role]),
        words.notation_example(column),
        quote_for_message(column.head.unit),
        str(column.head.year or ""),
    )
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(
        words.column_title(column, t),
        Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells),
    )
