"""A table comes in: as a file or pasted. What cannot be understood is told in place."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.errors import InputError
from geo.text import N_, Texts
from geo.upload.choices import Choices
from geo.upload.content import SUFFIXES
from geo.upload.limits import MB, most, readable
from geo.upload.raw import Raw
from geo.upload.session import OwnTable
from pages.parts import state
from pages.parts.own import refused

# Kinds that are no table here, but are answered in the reader's language with what to do.
ANSWERED: Final = ("xls", "xlsm", "zip")
TURN: Final = "own_turn"  # how many tables have come in: each finds the fields empty


def draw(say: Texts) -> None:
    """Choose a file or paste a table; it is read at once, and nothing is mapped yet."""
    turn = st.session_state.get(TURN, 0)
    with st.container(key="own_intake"):
        file = st.file_uploader(
            say(
                N_("A table as CSV, Excel (XLSX) or GeoJSON, up to {most}"),
                most=readable("file_bytes"),
            ),
            type=[*(ending[1:] for ending in SUFFIXES), *ANSWERED],
            max_upload_size=most("file_bytes") // MB,
            key=f"own_file_{turn}",
        )
        with st.form(f"own_paste_{turn}", border=False):
            text = st.text_area(
                say(N_("Or paste a table: heads first, a province in each row")),
                key=f"own_pasted_{turn}",
                height=110,
            )
            st.form_submit_button(say(N_("Read what was pasted")), key=f"own_read_{turn}")
        raw = Raw(file.name, file.getvalue()) if file else Raw.pasted(text or "")
        if raw.data:
            _take(raw, turn, say)


def _take(raw: Raw, turn: int, say: Texts) -> None:
    """Hold the table, or say why not and let the reader show where it begins."""
    try:
        state.put_own(state.own().add(OwnTable(raw, Choices())))
    except InputError as error:
        st.warning(state.plain(say, error), icon=":material/info:")
        table = refused.mended(raw, turn, say)
        if table is None:
            return
        state.put_own(state.own().add(table))
    st.session_state[TURN] = turn + 1
    st.rerun()
