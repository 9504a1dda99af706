"""A table comes in: as a file or pasted. What cannot be understood is told in place."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.errors import InputError
from geo.text import N_, Translator
from geo.upload.choices import ImportOptions
from geo.upload.content import SUFFIXES
from geo.upload.limits import MB, format_limit, limit_of
from geo.upload.raw import UploadedFile
from geo.upload.session import UploadedTable
from pages.parts import state
from pages.parts.own import refused

# Kinds that are no table here, but are answered in the reader's language with what to do.
ANSWERED: Final = ("xls", "xlsm", "zip")
TURN: Final = "own_turn"  # how many tables have come in: each finds the fields empty


def draw_intake(t: Translator) -> None:
    """Choose a file or paste a table; it is read at once, and nothing is mapped yet."""
    turn = st.session_state.get(TURN, 0)
    with st.container(key="own_intake"):
        file = st.file_uploader(
            t(
                N_("A table as CSV, Excel (XLSX) or GeoJSON, up to {most}"),
                most=format_limit("file_bytes"),
            ),
            type=[*(ending[1:] for ending in SUFFIXES), *ANSWERED],
            max_upload_size=limit_of("file_bytes") // MB,
            key=f"own_file_{turn}",
        )
        with st.form(f"own_paste_{turn}", border=False):
            text = st.text_area(
                t(N_("Or paste a table: heads first, a province in each row")),
                key=f"own_pasted_{turn}",
                height=110,
            )
            st.form_submit_button(t(N_("Read what was pasted")), key=f"own_read_{turn}")
        raw = (
            UploadedFile(file.name, file.getvalue())
            if file
            else UploadedFile.from_pasted(text or "")
        )
        if raw.data:
            _take_table(raw, turn, t)


def _take_table(raw: UploadedFile, turn: int, t: Translator) -> None:
    """Hold the table, or say why not and let the reader show where it begins."""
    try:
        state.hold_uploaded_tables(
            state.uploaded_tables().with_table(UploadedTable(raw, ImportOptions()))
        )
    except InputError as error:
        st.warning(state.format_error(t, error), icon=":material/info:")
        table = refused.draw_table_repair(raw, turn, t)
        if table is None:
            return
        state.hold_uploaded_tables(state.uploaded_tables().with_table(table))
    st.session_state[TURN] = turn + 1
    st.rerun()
