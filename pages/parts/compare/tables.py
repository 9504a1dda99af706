"""A folded table below a chart, to read, copy or download."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.text import N_, Translator

HEAD: Final = Markup('<th scope="col">{}</th>')
CELL: Final = Markup("<td>{}</td>")


def draw_folded_table(cells: Sequence[Sequence[str]], csv: str, file: str, t: Translator) -> None:
    """Draw the table, its head first; csv: the content of the download named `file`."""
    with st.expander(t(N_("The figures as a table, to read, copy or download"))):
        st.download_button(
            t(N_("Download as CSV")),
            csv.encode(),
            file,
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.html(_figures_table(cells))
        st.caption(t(N_("To copy: the sign at the right takes all of it for a spreadsheet.")))
        with st.container(key="copied"):
            st.code("\n".join("\t".join(row) for row in cells), language=None, height=140)


def _figures_table(cells: Sequence[Sequence[str]]) -> Markup:
    head, *lines = cells
    heads = Markup("").join(map(HEAD.format, head))
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            line[0], Markup("").join(map(CELL.format, line[1:]))
        )
        for line in lines
    )
    return Markup(
        '<div class="wide" tabindex="0"><table class="matrix words figures"><thead><tr>{}</tr>'
        "</thead>{}</table></div>"
    ).format(heads, rows)
