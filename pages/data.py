"""What are the figures, whose are they, may I take them along?"""

from __future__ import annotations

import streamlit as st

from pages.parts import looks, nav, state
from pages.parts.data import downloads, figures, listing, measure, quality, report
from pages.parts.own import section


@st.fragment
def draw_page() -> None:
    """All below the header: the list at the left, the chosen measure at the right."""
    view, t, notes = state.current_page()
    looks.load_styles("rows", "data", "own")
    nav.draw_nav(t)
    state.show_notes(notes, t)
    measure.draw_data_head(t)
    with st.container(key="data_sheet"):
        with st.container(key="listing"):
            listing.draw_catalogue(view, t)
        with st.container(key="chosen"):
            measure.draw_chosen_measure(view, t)
            downloads.draw_downloads(view, t)
            figures.draw_year_table(view, t)
            measure.draw_sources(view, t)
            downloads.draw_citation(view, t)
    report.draw_report(view, t)
    quality.draw_quality(t)
    section.draw_uploads(t)


draw_page()
