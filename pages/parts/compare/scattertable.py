"""The table beneath the scatter: both figures, ranks and region of every province."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.compare.relation import Relation
from geo.compare.relationtable import heads, rows, to_csv
from geo.text import N_, Texts


def draw(own: Relation, chosen: tuple[str, ...], say: Texts) -> None:
    """The table, folded, and the same as a file."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(h) for h in heads(own, say))
    body = Markup("").join(
        Markup('<tr data-adcode="{}"{}><th scope="row">{}</th>{}</tr>').format(
            pair.adcode,
            Markup(' class="chosen"') if pair.adcode in chosen else "",
            cells[0],
            Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells[1:]),
        )
        for pair, cells in zip(own.pairs, rows(own, say), strict=True)
    )
    with st.container(key="scatter_table"):
        st.html(
            Markup(
                '<details class="agreement"><summary>{}</summary><div class="wide">'
                '<table class="matrix"><thead><tr>{}</tr></thead>{}</table></div></details>'
            ).format(say(N_("Table of all provinces")), head, body)
        )
        st.download_button(
            say(N_("Download this table")),
            to_csv(own, say),
            file_name=f"{own.a.measure}-{own.a.year}-{own.b.measure}-{own.b.year}-{say.lang}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="scatter_download",
        )
