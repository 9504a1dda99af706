"""Data page: all measures with their values, sources and downloads."""

from __future__ import annotations

import streamlit as st

from geo.metrics import time_rerun
from pages.parts.data.catalogue import draw_catalogue
from pages.parts.data.measure import (
    draw_chosen_measure,
    draw_citation,
    draw_data_head,
    draw_downloads,
    draw_sources,
    draw_year_table,
)
from pages.parts.data.quality import draw_quality
from pages.parts.data.report import draw_report
from pages.parts.page_frame import draw_nav
from pages.parts.state import current_page, show_notes
from pages.parts.uploads.section import draw_uploads


@st.fragment
@time_rerun("data", "fragment")
def draw_page() -> None:
    """Draw the page below the header: the list at the left, the chosen measure at the right."""
    view, t, notes = current_page()
    draw_nav("data", view, t)
    show_notes(notes, t)
    draw_data_head(view, t)
    with st.container(key="data_sheet"):
        with st.container(key="listing"):
            draw_catalogue(view, t)
        with st.container(key="chosen"):
            draw_chosen_measure(view, t)
            draw_downloads(view, t)
            draw_year_table(view, t)
            draw_sources(view, t)
            draw_citation(view, t)
    draw_report(view, t)
    draw_quality(t)
    draw_uploads(t)


draw_page()
