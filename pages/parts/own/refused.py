"""A table that could not be understood as it stands: the reader says where its parts are."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.errors import InputError
from geo.text import N_, Translator
from geo.upload.choices import ImportOptions
from geo.upload.raw import UploadedFile, quote_for_message
from geo.upload.session import UploadedTable
from geo.upload.source import SourceTable, cell_text, column_letters
from geo.upload.understand import read_source
from pages.parts import about, state

ROWS = 8  # of the table that are shown, to find the heads
COLUMNS = 8


def draw_table_repair(raw: UploadedFile, turn: int, t: Translator) -> UploadedTable | None:
    """The table by what the reader says of it; None while that is not enough.

    A file whose cells cannot be read at all leaves nothing to say.
    """
    try:
        source = read_source(raw)
        sheet = _draw_sheet_select(source, turn, t)
        source = read_source(raw, sheet) if sheet else source
    except InputError:
        return None
    st.html(_first_rows_table(source, t))
    with st.container(key=f"own_mend_{turn}", horizontal=True, vertical_alignment="bottom"):
        head = st.number_input(
            t(N_("Row of the heads")),
            min_value=1,
            max_value=len(source.rows),
            value=None,
            key=f"own_mend_head_{turn}",
        )
        width = max(map(len, source.rows))
        column = st.selectbox(
            t(N_("Column of the provinces")),
            range(1, width + 1),
            index=None,
            format_func=column_letters,
            key=f"own_mend_column_{turn}",
        )
    if head is None and column is None and not sheet:
        return None
    try:
        choices = ImportOptions(sheet=sheet, head_row=head, province_column=column)
        return UploadedTable(raw, choices)
    except InputError as error:
        st.warning(state.format_error(t, error), icon=":material/info:")
        return None


def _draw_sheet_select(source: SourceTable, turn: int, t: Translator) -> str:
    if len(source.sheets) < 2:
        return ""
    chosen = st.selectbox(
        t(N_("Sheet")),
        source.sheets,
        index=None,
        format_func=quote_for_message,
        key=f"own_mend_sheet_{turn}",
    )
    return chosen or ""


def _first_rows_table(source: SourceTable, t: Translator) -> Markup:
    """The first rows as they stand, with the numbers and letters that a choice is made by."""
    width = min(COLUMNS, max(map(len, source.rows)))
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(column_letters(column))
        for column in range(1, width + 1)
    )
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            number,
            Markup("").join(
                Markup("<td>{}</td>").format(
                    quote_for_message(cell_text(row[at])) if at < len(row) else ""
                )
                for at in range(width)
            ),
        )
        for number, row in enumerate(source.rows[:ROWS], start=1)
    )
    return Markup(
        '{}<div class="wide" tabindex="0" role="region" aria-label="{}">'
        '<table class="matrix words">'
        "<thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(
        about.quiet_note(
            t(N_("The table begins like this. Say where its heads and provinces are:"))
        ),
        t(N_("The first rows of the table")),
        heads,
        rows,
    )
