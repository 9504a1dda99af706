"""The table beneath the scatter: both figures, ranks and region of every province."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.compare.relation import Relation
from geo.compare.relationtable import relation_csv, relation_heads, relation_rows
from geo.text import N_, Translator


def draw_scatter_table(relation: Relation, chosen: tuple[str, ...], t: Translator) -> None:
    """The table, folded, and the same as a file."""
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(h) for h in relation_heads(relation, t)
    )
    body = Markup("").join(
        Markup('<tr data-adcode="{}"{}><th scope="row">{}</th>{}</tr>').format(
            pair.adcode,
            Markup(' class="chosen"') if pair.adcode in chosen else "",
            cells[0],
            Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells[1:]),
        )
        for pair, cells in zip(relation.pairs, relation_rows(relation, t), strict=True)
    )
    with st.container(key="scatter_table"):
        st.html(
            Markup(
                '<details class="agreement"><summary>{}</summary><div class="wide">'
                '<table class="matrix"><thead><tr>{}</tr></thead>{}</table></div></details>'
            ).format(t(N_("Table of all provinces")), head, body)
        )
        st.download_button(
            t(N_("Download this table")),
            relation_csv(relation, t),
            file_name=f"{relation.a.measure}-{relation.a.year}-{relation.b.measure}-{relation.b.year}-{t.lang}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="scatter_download",
        )
