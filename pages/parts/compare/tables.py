"""A folded table below a chart, to read, copy or download."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.text import N_, Translator
from pages.parts.tables import plain_table


def draw_folded_table(cells: Sequence[Sequence[str]], csv: str, file: str, t: Translator) -> None:
    """Draw the table, its head first; csv: the content of the download named `file`."""
    with st.expander(t(N_("Table of values, to read, copy or download"))):
        st.download_button(
            t(N_("Download as CSV")),
            csv.encode(),
            file,
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.html(plain_table(cells[0], cells[1:], "words figures"))
        st.caption(
            t(N_("To copy: the icon on the right copies the whole table for a spreadsheet."))
        )
        with st.container(key="copied"):
            st.code("\n".join("\t".join(row) for row in cells), language=None, height=140)
