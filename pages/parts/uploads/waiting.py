"""Tables of the reader of which nothing is on the map yet, said where the map is."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.text import N_, Translator
from pages.parts.page_frame import page_address
from pages.parts.session import shared_workspace, uploaded_tables
from pages.parts.uploads.parsed import table_title

LINE: Final = Markup('<p class="atlas-note">{} <a href="{}">{}</a></p>')


def draw_waiting_tables(t: Translator) -> None:
    """Draw a line with the tables that have no measure, and the way to make one; often nothing."""
    if shared_workspace() is not None:
        return
    waiting = [table for table in uploaded_tables().tables if not table.measures]
    if not waiting:
        return
    names = t.join_names(t(N_("“{name}”"), name=table_title(table, t)) for table in waiting)
    text = t(N_("Not among the measures, because no measure was made of it: {names}."), names=names)
    st.html(LINE.format(text, page_address("data", t), t(N_("Make a measure"))))
