"""A table that could not be understood as it stands: the reader says where its parts are."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.errors import InputError
from geo.text import N_, Texts
from geo.upload.choices import Choices
from geo.upload.raw import Raw, echo
from geo.upload.session import OwnTable
from geo.upload.source import Source, letter, written
from geo.upload.understand import read
from pages.parts import about, state

ROWS = 8  # of the table that are shown, to find the heads
COLUMNS = 8


def mended(raw: Raw, turn: int, say: Texts) -> OwnTable | None:
    """The table by what the reader says of it; None while that is not enough.

    A file whose cells cannot be read at all leaves nothing to say.
    """
    try:
        source = read(raw)
        sheet = _sheet(source, turn, say)
        source = read(raw, sheet) if sheet else source
    except InputError:
        return None
    st.html(_beginning(source, say))
    with st.container(key=f"own_mend_{turn}", horizontal=True, vertical_alignment="bottom"):
        head = st.number_input(
            say(N_("Row of the heads")),
            min_value=1,
            max_value=len(source.rows),
            value=None,
            key=f"own_mend_head_{turn}",
        )
        width = max(map(len, source.rows))
        column = st.selectbox(
            say(N_("Column of the provinces")),
            range(1, width + 1),
            index=None,
            format_func=letter,
            key=f"own_mend_column_{turn}",
        )
    if head is None and column is None and not sheet:
        return None
    try:
        choices = Choices(sheet=sheet, head_row=head, province_column=column)
        return OwnTable(raw, choices)
    except InputError as error:
        st.warning(state.plain(say, error), icon=":material/info:")
        return None


def _sheet(source: Source, turn: int, say: Texts) -> str:
    if len(source.sheets) < 2:
        return ""
    chosen = st.selectbox(
        say(N_("Sheet")),
        source.sheets,
        index=None,
        format_func=echo,
        key=f"own_mend_sheet_{turn}",
    )
    return chosen or ""


def _beginning(source: Source, say: Texts) -> Markup:
    """The first rows as they stand, with the numbers and letters that a choice is made by."""
    width = min(COLUMNS, max(map(len, source.rows)))
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(letter(column)) for column in range(1, width + 1)
    )
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            number,
            Markup("").join(
                Markup("<td>{}</td>").format(echo(written(row[at])) if at < len(row) else "")
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
        about.note(say(N_("The table begins like this. Say where its heads and provinces are:"))),
        say(N_("The first rows of the table")),
        heads,
        rows,
    )
